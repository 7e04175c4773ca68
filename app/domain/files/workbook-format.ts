import type { Examined, FormatProblem, Stranger } from "./examined.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { findLastText, little16, little32, signs, standsAt } from "./bytes.ts";

/** A zip's end record and the longest comment it may carry. */
const END = 22;
const LONGEST_COMMENT = 65_535;
const MOST_ENTRIES = 5_000;

/** A workbook without macros: a zip whose directory is whole and does not unpack to more than `most` bytes. */
export function checkWorkbook(bytes: Uint8Array, most: number): Result<Examined, FormatProblem> {
  const end = findLastText(bytes, "PK\x05\x06", bytes.length - END - LONGEST_COMMENT);
  if (end === -1 || end + END + little16(bytes, end + 20) > bytes.length) {
    return no({ code: "file.truncated" });
  }
  const count = little16(bytes, end + 10);
  const start = little32(bytes, end + 16);
  if (count > MOST_ENTRIES || start > end) return no({ code: "file.damaged" });

  const names: string[] = [];
  let unpacked = 0;
  let at = start;
  for (let n = 0; n < count; n += 1) {
    if (!standsAt(bytes, at, "PK\x01\x02")) return no({ code: "file.damaged" });
    unpacked += little32(bytes, at + 24);
    const nameLength = little16(bytes, at + 28);
    names.push(signs(bytes, at + 46, at + 46 + nameLength));
    at += 46 + nameLength + little16(bytes, at + 30) + little16(bytes, at + 32);
  }
  if (!names.includes("[Content_Types].xml") || !names.includes("xl/workbook.xml")) {
    return no({ code: "file.not-allowed", found: strangerOfNames(names) });
  }
  if (names.some((name) => /vbaProject|\/macrosheets\/|activeX|\.exe$|\.js$/i.test(name))) {
    return no({ code: "file.macros" });
  }
  if (unpacked > most) return no({ code: "file.too-large", limit: most });
  return ok({ format: "xlsx", width: null, height: null });
}

function strangerOfNames(names: readonly string[]): Stranger {
  return names.includes("word/document.xml") ? "word" : "archive";
}
