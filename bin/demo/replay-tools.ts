import { createHmac } from "node:crypto";

import { readBankCsv } from "#app/adapters/bank-csv.ts";
import { bookReader } from "#app/adapters/read-book.ts";
import { sealingUnder } from "#app/adapters/sealed-texts.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import { stripeGateway } from "#app/adapters/stripe.ts";
import { vnpayGateway, vnpaySignature } from "#app/adapters/vnpay.ts";
import { ok } from "#app/domain/kernel/result.ts";
import type { ReplayTools } from "./stage.ts";

/** Keys of the replay's own gateways; they sign what was never sent anywhere. */
const VNPAY = { tmnCode: "QNDEMO01", secret: "demo-replay-vnpay-secret" };
const STRIPE = { secretKey: "demo-replay-stripe-key", webhookSecret: "demo-replay-stripe-secret" };

/** Seals the households of a replay that nobody looks at afterwards. */
const REGISTER_KEY = "demo-replay-register-key-of-invented-households";

const encoder = new TextEncoder();

/**
 * The adapters on which the replay runs: the site's own for reading bank files and checking signatures. Only Stripe's
 * server is played, as nothing is sent to anybody.
 */
export function replayTools(
  given: Pick<ReplayTools, "keepFile" | "files"> & { readonly registerKey?: string } = {},
): ReplayTools {
  const { registerKey = REGISTER_KEY, ...rest } = given;
  const vnpay = vnpayGateway({
    ...VNPAY,
    payUrl: "https://vnpay.example/paymentv2/vpcpay.html",
    apiUrl: "https://vnpay.example/merchant_webapi/api/transaction",
  });
  const stripe = stripeGateway(STRIPE);
  return {
    sha256: sha256Hex,
    records: (text) => readBankCsv(encoder.encode(text)).records,
    vnpay,
    stripe: {
      ...stripe,
      openSession: async ({ ref }) => {
        const id = `cs_demo_${ref.replaceAll("-", "_")}`;
        return ok({ id, url: `https://stripe.example/pay/${id}` });
      },
    },
    signVnpay: (text) => vnpaySignature(VNPAY.secret, text),
    signStripe: (body, at) => {
      const signature = createHmac("sha256", STRIPE.webhookSecret)
        .update(`${at}.${body}`, "utf8")
        .digest("hex");
      return `t=${at},v1=${signature}`;
    },
    readBook: bookReader(async () => undefined),
    sealing: sealingUnder(registerKey),
    ...rest,
  };
}
