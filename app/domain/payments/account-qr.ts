import type { Dong } from "../kernel/dong.ts";
import { transferMemo, vietQrPayload } from "./vietqr.ts";

/** What the memo says after the code, where a bank keeps it. */
const MEMO_WORDS = "UNG HO";

/** The VietQR payload that pays into an official account with a code as memo; undefined when the account is malformed. */
export function accountQr(
  account: { readonly bin: string; readonly number: string },
  code: string,
  amount?: Dong,
): string | undefined {
  const payload = vietQrPayload({
    bin: account.bin,
    account: account.number.replace(/[\s.-]+/g, ""),
    service: "QRIBFTTA",
    memo: memoOf(code),
    ...(amount === undefined ? {} : { amount }),
  });
  return payload.ok ? payload.value : undefined;
}

/** The memo of a transfer for a code, as the QR picture and the page show it. */
export function memoOf(code: string): string {
  return transferMemo(code, MEMO_WORDS);
}
