import type { FileFormat, FileKind } from "./file-rules.ts";

/** What we know of a file after looking at its bytes. */
export interface Examined {
  readonly format: FileFormat;
  /** Pixels, for pictures. */
  readonly width: number | null;
  readonly height: number | null;
}

/** Strangers that have a name in our words. */
export type Stranger =
  | "svg"
  | "html"
  | "script"
  | "gif"
  | "heic"
  | "tiff"
  | "bmp"
  | "archive"
  | "old-office"
  | "word"
  | "executable"
  | "video"
  | "unknown";

export type FormatProblem =
  | { code: "file.empty" }
  | { code: "file.too-large"; limit: number }
  | { code: "file.not-allowed"; found: Stranger }
  | { code: "file.not-for-kind"; found: FileFormat; kind: FileKind }
  | { code: "file.truncated" }
  | { code: "file.damaged" }
  | { code: "file.junk-before"; limit: number }
  | { code: "file.active-content" }
  /** Encrypted, or packed in a way that we do not look into. */
  | { code: "file.closed-pdf" }
  | { code: "file.macros" }
  | { code: "file.too-many-pixels"; limit: number }
  | { code: "file.too-costly"; limit: number };
