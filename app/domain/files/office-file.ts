import type { Seconds } from "../kernel/calendar.ts";
import type { Subject } from "../people/may.ts";
import type { Box } from "./boxes.ts";
import type { FileFormat, FileKind } from "./file-rules.ts";

/** What files belong to. */
const FILE_SUBJECTS = [
  "campaign",
  "order",
  "organisation",
  "account",
  "twinning",
  "progress",
  "objection",
  "group",
  "working-group",
  "meeting",
  "list",
  "notice",
  "household",
] as const;
export type FileSubjectKind = (typeof FILE_SUBJECTS)[number];

/** What a file belongs to, with the facts by which permission is asked; kept with the file as they were that day. */
export interface FileSubject {
  readonly kind: FileSubjectKind;
  readonly id: string;
  readonly communes: readonly string[];
  readonly district: string | null;
  readonly twin: string | null;
}

/** The subject as `may` asks for it. */
export function subjectOf(subject: FileSubject): Subject {
  return {
    communes: subject.communes,
    ...(subject.district === null ? {} : { district: subject.district }),
    ...(subject.twin === null ? {} : { twin: subject.twin }),
  };
}

/** A file that a form brought and no act has taken yet. */
export interface StagedFile {
  readonly id: string;
  /** Key of the form; files are found again by it and the person. */
  readonly form: string;
  readonly person: string;
  /** Name of the form's field. */
  readonly field: string;
  readonly kind: FileKind;
  /** As the uploader called it, without what does not belong into a name; for the office's eyes only. */
  readonly name: string;
  readonly format: FileFormat;
  readonly bytes: number;
  /** Pixels; null for what is no picture. */
  readonly width: number | null;
  readonly height: number | null;
  /** Name of its bytes in the file store. */
  readonly blob: string;
  readonly at: Seconds;
}

/** A file of the office: never changed. The digest is public, everything else is not. */
export interface OfficeFile {
  readonly id: string;
  readonly kind: FileKind;
  readonly subject: FileSubject;
  readonly name: string;
  readonly format: FileFormat;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  /** SHA-256 over 32 salt bytes and the original bytes, hex (transparency-log.md 5). */
  readonly digest: string;
  readonly blob: string;
  readonly addedBy: string;
  readonly addedAt: Seconds;
}

/** A picture as drawn anew: no position, no device, covered where it was redacted. */
export interface FilePicture {
  /** 1 as added, one more for each redaction. */
  readonly n: number;
  readonly width: number;
  readonly height: number;
  readonly blob: string;
  readonly smallWidth: number;
  readonly smallHeight: number;
  readonly smallBlob: string;
  /** Everything that is covered in it. */
  readonly boxes: readonly Box[];
}

/** What happened to a file, in order; never changed. */
export interface FileStep {
  /** 1, 2, 3, ...: the number of the last one is the version that forms carry. */
  readonly n: number;
  readonly step: "added" | "redacted" | "published" | "withdrawn";
  /** Number of the picture after it; null for what is no picture. */
  readonly picture: number | null;
  /** Coded, see `REDACTION_REASONS` and `WITHDRAWAL_REASONS`. */
  readonly reason: string | null;
  /** What the public picture shows: `campaign` and its id, `order`, ... */
  readonly tied: { readonly kind: string; readonly id: string } | null;
  readonly person: string;
  readonly organisation: string;
  readonly at: Seconds;
}

/** A file with its history. */
export interface FileHistory {
  readonly file: OfficeFile;
  readonly steps: readonly FileStep[];
  /** All pictures drawn of it, oldest first; only the last one's bytes are kept. */
  readonly pictures: readonly FilePicture[];
}

/** The version that a form about this file carries. */
export function versionOf(history: FileHistory): number {
  return history.steps.at(-1)?.n ?? 0;
}

/** What the public picture is tied to; null when the file is not public. */
export function publishedAs({ steps }: FileHistory): FileStep | null {
  const last = steps.findLast(({ step }) => step === "published" || step === "withdrawn");
  return last?.step === "published" ? last : null;
}

/**
 * Whether a picture was taken back from the public for good: nothing publishes it again. Boxes in the wrong place are drawn
 * anew, and then it may be shown.
 */
export function takenBack({ steps }: Pick<FileHistory, "steps">): boolean {
  const last = steps.findLast(({ step }) => step === "published" || step === "withdrawn");
  return last?.step === "withdrawn" && last.reason !== ("wrong-boxes" satisfies WithdrawalReason);
}

/** A picture that anybody may see. */
export interface PublishedPicture {
  readonly file: string;
  readonly n: number;
  readonly width: number;
  readonly height: number;
  readonly smallWidth: number;
  readonly smallHeight: number;
  readonly blob: string;
  readonly smallBlob: string;
  readonly publishedAt: Seconds;
  readonly tied: { readonly kind: string; readonly id: string };
}

/** Why something in a picture is covered. */
export const REDACTION_REASONS = [
  "face",
  "child",
  "name",
  "identity-number",
  "account-number",
  "signature",
  "vehicle-plate",
  "other-personal",
] as const;
export type RedactionReason = (typeof REDACTION_REASONS)[number];

/** Why a picture is no longer public, or its boxes were taken off again. */
export const WITHDRAWAL_REASONS = [
  "person-asked",
  "wrong-picture",
  "wrong-boxes",
  "out-of-date",
] as const;
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number];
