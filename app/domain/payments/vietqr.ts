import { no, ok, type Result } from "../kernel/result.ts";
import type { Dong } from "../kernel/dong.ts";

/**
 * VietQR payloads (EMVCo merchant-presented QR as NAPAS247 uses it, payments.md section 2).
 * Every field is id (2 digits), length (2 digits), value:
 *
 *   00 01 | 01 11 or 12 | 38 { 00 A000000727 | 01 { 00 BIN | 01 account } | 02 service } | 53 704 | 54 amount
 *   | 58 VN | 62 { 08 memo } | 63 CRC
 */
export interface VietQr {
  /** Six-digit NAPAS number of the bank. */
  readonly bin: string;
  /** Account or card number, up to 19 letters and digits; leading zeros count. */
  readonly account: string;
  /** To an account (`QRIBFTTA`) or a card (`QRIBFTTC`). */
  readonly service: VietQrService;
  /** đồng; absent when the payer chooses. */
  readonly amount?: Dong;
  /** Text of the transfer; absent when the payer chooses. */
  readonly memo?: string;
}

/** NAPAS service code. */
type VietQrService = "QRIBFTTA" | "QRIBFTTC";

/** Why a payload cannot be written or is refused. */
export type VietQrProblem =
  | { readonly code: "vietqr.bank"; readonly bin: string }
  | { readonly code: "vietqr.account"; readonly account: string }
  | { readonly code: "vietqr.amount"; readonly limit: string }
  | { readonly code: "vietqr.memo"; readonly limit: number }
  | { readonly code: "vietqr.broken" }
  | { readonly code: "vietqr.wrong-crc"; readonly expected: string };

/** Longest memo the field table allows; some banks cut at `MEMO_KEPT`. */
const MEMO_LIMIT = 25;
/** Signs of a memo that no bank cuts. */
export const MEMO_KEPT = 19;

const NAPAS = "A000000727";
const LARGEST_AMOUNT = 9_999_999_999_999n;
const encoder = new TextEncoder();

/** The payload to draw as a QR picture. The memo has to be plain ASCII: make it with `transferMemo`. */
export function vietQrPayload(wish: VietQr): Result<string, VietQrProblem> {
  if (!/^\d{6}$/.test(wish.bin)) return no({ code: "vietqr.bank", bin: wish.bin });
  if (!/^[0-9A-Za-z]{1,19}$/.test(wish.account)) {
    return no({ code: "vietqr.account", account: wish.account });
  }
  if (wish.amount !== undefined && (wish.amount <= 0n || wish.amount > LARGEST_AMOUNT)) {
    return no({ code: "vietqr.amount", limit: LARGEST_AMOUNT.toString() });
  }
  if (wish.memo !== undefined && !/^[ -~]{1,25}$/.test(wish.memo)) {
    return no({ code: "vietqr.memo", limit: MEMO_LIMIT });
  }
  return ok(assemble(wish));
}

function assemble(wish: VietQr): string {
  const bank = field("00", wish.bin) + field("01", wish.account);
  const body =
    field("00", "01") +
    field("01", wish.amount === undefined ? "11" : "12") +
    field("38", field("00", NAPAS) + field("01", bank) + field("02", wish.service)) +
    field("53", "704") +
    (wish.amount === undefined ? "" : field("54", wish.amount.toString())) +
    field("58", "VN") +
    (wish.memo === undefined ? "" : field("62", field("08", wish.memo))) +
    "6304";
  return body + crc16(body);
}

function field(id: string, value: string): string {
  return id + String(value.length).padStart(2, "0") + value;
}

/** CRC-16/CCITT-FALSE over the UTF-8 bytes of the text, four upper-case hexadecimal digits. */
export function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of encoder.encode(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
    }
  }
  return crc.toString(16).toUpperCase().padStart(4, "0");
}

/** Read a payload; one with a wrong CRC, a broken field or another country's template is refused. */
export function readVietQr(payload: string): Result<VietQr, VietQrProblem> {
  if (payload.length > 512 || !/6304[0-9A-Fa-f]{4}$/.test(payload)) {
    return no({ code: "vietqr.broken" });
  }
  const expected = crc16(payload.slice(0, -4));
  if (payload.slice(-4).toUpperCase() !== expected) {
    return no({ code: "vietqr.wrong-crc", expected });
  }
  const top = fieldsOf(payload);
  const to = receiverIn(top?.get("38") ?? "");
  if (!top || !to) return no({ code: "vietqr.broken" });
  const amount = top.get("54");
  if (amount !== undefined && !/^\d{1,13}$/.test(amount)) return no({ code: "vietqr.broken" });
  const memo = fieldsOf(top.get("62") ?? "")?.get("08");
  return ok({
    ...to,
    ...(amount === undefined ? {} : { amount: BigInt(amount) }),
    ...(memo === undefined ? {} : { memo }),
  });
}

function receiverIn(field38: string): Pick<VietQr, "bin" | "account" | "service"> | undefined {
  const template = fieldsOf(field38);
  const bank = fieldsOf(template?.get("01") ?? "");
  const bin = bank?.get("00");
  const account = bank?.get("01");
  const service = template?.get("02") ?? "QRIBFTTA";
  if (template?.get("00") !== NAPAS || !bin || !account) return undefined;
  if (service !== "QRIBFTTA" && service !== "QRIBFTTC") return undefined;
  return { bin, account, service };
}

function fieldsOf(text: string): Map<string, string> | undefined {
  const fields = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    const head = /^(\d{2})(\d{2})/.exec(text.slice(at, at + 4));
    if (!head?.[1] || !head[2]) return undefined;
    const value = text.slice(at + 4, at + 4 + Number(head[2]));
    if (value.length !== Number(head[2])) return undefined;
    fields.set(head[1], value);
    at += 4 + value.length;
  }
  return fields;
}

/**
 * The memo of a transfer: the code first, so that no cut reaches it, then as many whole words as fit into the 19 signs
 * that every bank keeps; capitals, no diacritics, letters, digits and blanks only.
 */
export function transferMemo(code: string, words = ""): string {
  let memo = code;
  for (const word of plainWords(words)) {
    if (memo.length + 1 + word.length > MEMO_KEPT) break;
    memo += ` ${word}`;
  }
  return memo;
}

function plainWords(words: string): string[] {
  return words
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[đĐ]/g, "D")
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== "");
}
