import { createHmac, randomBytes } from "node:crypto";

import { drawSigns } from "#app/adapters/randomness.ts";
import { drawReferenceCode } from "#app/domain/kernel/reference-code.ts";
import { signedText } from "#app/domain/payments/vnpay-protocol.ts";
import type { Db } from "#db/client.ts";

import { MERCHANT } from "./site.ts";

/** A gift paid at the gateway: the pledge and the attempt are written; the gateway's signed notice of it is answered. */
export async function paidNotice(db: Db): Promise<string> {
  const code = drawReferenceCode(drawSigns);
  const amount = 50_000n + BigInt(randomBytes(2).readUInt16BE()) * 1_000n;
  const now = Math.floor(Date.now() / 1000);
  await db.rows(
    `insert into pledge (code, campaign, amount, intent, donor_kind, donor_name, name_public, channel, locale,
       created_at, state, form_key)
     select $1, (select id from campaign order by id limit 1), $2, 'now', 'person', '', false, 'vnpay', 'vi', $3, 'open', $1`,
    [code, amount, now],
  );
  await db.rows(
    `insert into payment (ref, pledge, channel, amount, created_at, expires_at) values ($1, $2, 'vnpay', $3, $4, $5)`,
    [`${code}-1`, code, amount, now, now + 900],
  );
  const pairs = Object.entries({
    vnp_TmnCode: MERCHANT.tmnCode,
    vnp_Amount: `${amount}00`,
    vnp_BankCode: "NCB",
    vnp_OrderInfo: "Ung ho",
    vnp_PayDate: "20261123090213",
    vnp_ResponseCode: "00",
    vnp_TransactionNo: String(randomBytes(4).readUInt32BE()),
    vnp_TransactionStatus: "00",
    vnp_TxnRef: `${code}-1`,
  });
  const signature = createHmac("sha512", MERCHANT.secret)
    .update(signedText(pairs) ?? "")
    .digest("hex");
  return `/hooks/vnpay?${new URLSearchParams([...pairs, ["vnp_SecureHash", signature]]).toString()}`;
}
