import type { Examined, Stranger } from "./examined.ts";

/** How much of a text is looked at for what it is; a table is looked at whole. */
const HEAD = 64 * 1024;

/** How programs in the languages of browsers begin or what they call. */
const SCRIPT =
  /^("use strict"|'use strict'|\/\*|\/\/|\(?function\b|\(\(|import\b|export\b|var\b|let\b|const\b)|\b(alert|eval|require|fetch)\s*\(|\bdocument\.(cookie|write|location)|=>\s*[{(]/m;

/** Text by its mark or as UTF-8; undefined when it is none. */
function textOf(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes;
  const encoding =
    a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Texts that a browser or a shell would run or draw. Looked for in bytes that are no text too: polyglots begin so. */
export function strangerOfText(bytes: Uint8Array): Stranger | undefined {
  const head = bytes.subarray(0, HEAD);
  const text = (textOf(head) ?? new TextDecoder("latin1").decode(head))
    .replace(/^\uFEFF/, "")
    .trimStart()
    .toLowerCase();
  if (/^(#!|<\?php|@echo\b)/.test(text)) return "script";
  if (text.startsWith("<")) return /<svg[\s>]|<!doctype svg/.test(text) ? "svg" : "html";
  // Anybody can write tags into the memo of a transfer: a statement stays a table.
  if (looksLikeTable(text)) return undefined;
  if (/<svg[\s>]/.test(text)) return "svg";
  if (/<(!doctype html|html|head|body|script|iframe|meta|img)[\s>/]/.test(text)) return "html";
  return SCRIPT.test(text) ? "script" : undefined;
}

/** Lines of cells: text through and through, with the same separator on most lines. */
export function checkTable(bytes: Uint8Array): Examined | undefined {
  const text = textOf(bytes)?.replace(/^\uFEFF/, "");
  if (text === undefined || /[^\P{Cc}\t\n\f\r]/u.test(text)) return undefined;
  return looksLikeTable(text) ? { format: "csv", width: null, height: null } : undefined;
}

function looksLikeTable(text: string): boolean {
  const lines = text
    .slice(0, HEAD)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== "");
  if (lines.length < 2) return false;
  return [",", ";", "\t"].some((sign) => {
    const withCells = lines.filter((line) => line.split(sign).length >= 3);
    return withCells.length >= 2 && withCells.length * 2 >= lines.length;
  });
}
