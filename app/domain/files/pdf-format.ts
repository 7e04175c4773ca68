import { no, ok, type Result } from "../kernel/result.ts";
import { findText, signs } from "./bytes.ts";
import type { Examined, FormatProblem } from "./format.ts";

/** Where readers look for the end of a PDF. */
const TAIL = 2048;

/**
 * Names that start something when the paper is opened. They are long enough not to stand in compressed bytes by chance;
 * what hides in compressed objects is answered by sending every PDF as a download, never as a page.
 */
const ACTIVE = ["/JavaScript", "/Launch", "/RichMedia", "/SubmitForm", "/ImportData"];

/** PDF from its first line on: a known version, an end, nothing that acts by itself. */
export function checkPdf(bytes: Uint8Array): Result<Examined, FormatProblem> {
  if (!/^%PDF-[12]\.\d/.test(signs(bytes, 0, 8))) return no({ code: "file.damaged" });
  const tail = signs(bytes, bytes.length - TAIL, bytes.length);
  const end = tail.lastIndexOf("%%EOF");
  if (end === -1 || !tail.includes("startxref")) return no({ code: "file.truncated" });
  // Something after the end that is meant for another reader.
  const behind = tail.slice(end);
  if (/<(script|html|svg|!doctype)/i.test(behind) || behind.includes("PK\x03\x04")) {
    return no({ code: "file.active-content" });
  }
  if (ACTIVE.some((name) => findText(bytes, name) !== -1)) {
    return no({ code: "file.active-content" });
  }
  return ok({ format: "pdf", width: null, height: null });
}
