/**
 * What a file is, told by its bytes: never by its name or by what the sender says of it.
 *
 *   signature ── one of ours? ── its structure from the first to the last byte ── format and size
 *            └── a known stranger, or nothing known: refused by the name of what it is
 */
import type { Examined, Stranger, FormatProblem } from "./examined.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { findText, signs, standsAt } from "./bytes.ts";
import type { FileFormat, FileRules } from "./file-rules.ts";
import { type FileKind, FORMATS_OF } from "./file-rules.ts";
import { checkPdf } from "./pdf-format.ts";
import { checkJpeg, checkPng, checkWebp, type Decoding } from "./picture-format.ts";
import type { Unpack } from "./ports.ts";
import { checkTable, strangerOfText } from "./text-format.ts";
import { checkWorkbook } from "./workbook-format.ts";

/** Examine a file for what it is to be. */
export function examine(
  bytes: Uint8Array,
  kind: FileKind,
  rules: FileRules,
  unpack: Unpack,
): Result<Examined, FormatProblem> {
  if (bytes.length === 0) return no({ code: "file.empty" });
  if (bytes.length > rules.bytesPerFile) {
    return no({ code: "file.too-large", limit: rules.bytesPerFile });
  }
  const examined = formatOf(bytes, rules, unpack);
  if (!examined.ok) return examined;
  const { format } = examined.value;
  if (!FORMATS_OF[kind].includes(format)) {
    return no({ code: "file.not-for-kind", found: format, kind });
  }
  return examined;
}

function formatOf(
  bytes: Uint8Array,
  rules: FileRules,
  unpack: Unpack,
): Result<Examined, FormatProblem> {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) {
    return pictureOf("jpeg", checkJpeg(bytes), rules);
  }
  if (standsAt(bytes, 0, "\x89PNG\r\n\x1a\n")) return pictureOf("png", checkPng(bytes), rules);
  if (standsAt(bytes, 0, "RIFF") && standsAt(bytes, 8, "WEBP")) {
    return pictureOf("webp", checkWebp(bytes), rules);
  }
  if (standsAt(bytes, 0, "%PDF-")) return checkPdf(bytes, unpack);
  if (standsAt(bytes, 0, "PK\x03\x04")) return checkWorkbook(bytes, rules.unpackedBytes);

  const stranger = strangerOf(bytes) ?? strangerOfText(bytes);
  const pdf = findText(bytes, "%PDF-");
  if (pdf > 0 && stranger === undefined) {
    if (pdf > rules.bytesBeforePdf) {
      return no({ code: "file.junk-before", limit: rules.bytesBeforePdf });
    }
    // A mark of UTF-8, line ends or lines of a mail server are put up with; what a program would read is not.
    return isHarmlessBefore(signs(bytes, 0, pdf))
      ? checkPdf(bytes.subarray(pdf), unpack)
      : no({ code: "file.not-allowed", found: "unknown" });
  }
  if (stranger !== undefined) return no({ code: "file.not-allowed", found: stranger });
  const table = checkTable(bytes);
  return table ? ok(table) : no({ code: "file.not-allowed", found: "unknown" });
}

/** A picture that costs no more than the rules allow. */
function pictureOf(
  format: FileFormat,
  checked: Result<Decoding, FormatProblem>,
  rules: FileRules,
): Result<Examined, FormatProblem> {
  if (!checked.ok) return checked;
  const { width, height, bytesPerPixel, whole } = checked.value;
  if (width * height > rules.pixels) {
    return no({ code: "file.too-many-pixels", limit: rules.pixels });
  }
  const limit = whole ? rules.wholeBytes : rules.decodedBytes;
  return width * height * bytesPerPixel > limit
    ? no({ code: "file.too-costly", limit })
    : ok({ format, width, height });
}

function isHarmlessBefore(text: string): boolean {
  return !/[<>{}`;()]|\/\*|#!/.test(text);
}

/** Strangers known by what stands at a place. */
const SIGNATURES: readonly (readonly [at: number, text: string, found: Stranger])[] = [
  [0, "GIF8", "gif"],
  [0, "II*\0", "tiff"],
  [0, "MM\0*", "tiff"],
  [0, "PK", "archive"],
  [0, "Rar!", "archive"],
  [0, "7z\xbc\xaf", "archive"],
  [0, "\x1f\x8b", "archive"],
  [257, "ustar", "archive"],
  [0, "\xd0\xcf\x11\xe0", "old-office"],
  [0, "MZ", "executable"],
  [0, "\x7fELF", "executable"],
  [0, "\xfe\xed\xfa", "executable"],
  [0, "\xca\xfe\xba\xbe", "executable"],
  [0, "RIFF", "video"],
  [0, "\x1aE\xdf\xa3", "video"],
];
const HEIC = /^(heic|heix|hevc|hevx|heim|heis|mif1|msf1|avif|avis)$/;

function strangerOf(bytes: Uint8Array): Stranger | undefined {
  if (standsAt(bytes, 4, "ftyp")) return HEIC.test(signs(bytes, 8, 12)) ? "heic" : "video";
  if (standsAt(bytes, 0, "BM") && bytes[6] === 0 && bytes[7] === 0) return "bmp";
  return SIGNATURES.find(([at, text]) => standsAt(bytes, at, text))?.[2];
}
