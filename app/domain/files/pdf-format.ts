import type { Examined, FormatProblem } from "./examined.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { findText, signs } from "./bytes.ts";
import { isPassive } from "./pdf-content.ts";
import {
  packedObjects,
  type PdfObject,
  pdfObjects,
  type PdfValue,
  type ReadingBudget,
} from "./pdf-objects.ts";
import type { Unpack } from "./ports.ts";

/** Where readers look for the end of a PDF. */
const TAIL = 2048;
/** What all packed objects of a paper may grow to, bytes: they hold its structure, not its pictures. */
const MOST_UNPACKED = 32 * 1024 * 1024;
/** Words, numbers and names of all objects: some seconds at most for a trap, many more than a paper of 20 MB has. */
const MOST_VALUES = 1_000_000;

/** Long enough not to stand in compressed bytes by chance, and never wanted, also outside of any object. */
const NEVER = ["/JavaScript", "/Launch", "/RichMedia", "/SubmitForm", "/ImportData"];

const ACTIVE = no({ code: "file.active-content" });
const CLOSED = no({ code: "file.closed-pdf" });

/** PDF from its first line on: a known version, an end, nothing that acts by itself, nothing that cannot be looked into. */
export function checkPdf(bytes: Uint8Array, unpack: Unpack): Result<Examined, FormatProblem> {
  if (!/^%PDF-[12]\.\d/.test(signs(bytes, 0, 8))) return no({ code: "file.damaged" });
  const tail = signs(bytes, bytes.length - TAIL, bytes.length);
  const end = tail.lastIndexOf("%%EOF");
  if (end === -1 || !tail.includes("startxref")) return no({ code: "file.truncated" });
  // Something after the end that is meant for another reader.
  const behind = tail.slice(end);
  if (/<(script|html|svg|!doctype)/i.test(behind) || behind.includes("PK\x03\x04")) return ACTIVE;
  if (NEVER.some((name) => findText(bytes, name) !== -1)) return ACTIVE;

  const budget = { values: MOST_VALUES };
  const plain = pdfObjects(signs(bytes, 0, bytes.length), budget);
  const packed = plain && unpackAll(bytes, plain, { unpack, budget });
  if (!packed) return CLOSED;
  const objects = [...plain, ...packed];
  if (!isPassive(objects)) return ACTIVE;
  return ok({ format: "pdf", width: null, height: null });
}

/** Objects that stand in object streams; undefined when one cannot be looked into, or the file is encrypted. */
function unpackAll(
  bytes: Uint8Array,
  objects: readonly PdfObject[],
  { unpack, budget }: { readonly unpack: Unpack; readonly budget: ReadingBudget },
): PdfObject[] | undefined {
  const found: PdfObject[] = [];
  let left = MOST_UNPACKED;
  for (const { value, streamAt } of objects) {
    if (value.kind !== "dictionary") continue;
    const entries = new Map(value.entries);
    if (entries.has("Encrypt")) return undefined;
    if (streamAt === undefined || !isObjectStream(entries)) continue;
    const [count, first] = [entries.get("N"), entries.get("First")];
    if (count?.kind !== "number" || first?.kind !== "number") return undefined;
    const start = streamAt + (bytes[streamAt] === 13 ? 2 : 1);
    const content = contentOf(bytes.subarray(start), entries, left, unpack);
    const inside =
      content &&
      packedObjects(
        signs(content, 0, content.length),
        { count: count.value, first: first.value },
        budget,
      );
    if (!inside) return undefined;
    left -= content.length;
    for (const object of inside) found.push(object);
  }
  return found;
}

/** By what it has, as readers take it for one also where its type says otherwise. */
function isObjectStream(entries: ReadonlyMap<string, PdfValue>): boolean {
  const type = entries.get("Type");
  return (
    (entries.has("N") && entries.has("First")) || (type?.kind === "name" && type.name === "ObjStm")
  );
}

/** Packed in the one way that programs pack objects; other ways could hide anything. */
function contentOf(
  bytes: Uint8Array,
  entries: ReadonlyMap<string, PdfValue>,
  most: number,
  unpack: Unpack,
): Uint8Array | undefined {
  const filter = entries.get("Filter");
  const only = filter?.kind === "array" && filter.items.length === 1 ? filter.items[0] : filter;
  const known = only?.kind === "name" && only.name === "FlateDecode";
  return known && !entries.has("DecodeParms") ? unpack(bytes, most) : undefined;
}
