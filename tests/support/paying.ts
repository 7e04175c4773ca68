import type { BankLineServices } from "#app/domain/bank-lines/ports.ts";
import type { GatewayRefundServices } from "#app/domain/refunds/ports.ts";
import { createHmac } from "node:crypto";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { stripeGateway } from "#app/adapters/stripe.ts";
import { vnpayGateway, vnpaySignature } from "#app/adapters/vnpay.ts";
import { signedText } from "#app/domain/payments/vnpay-protocol.ts";
import { referenceCodeOf } from "#app/domain/kernel/reference-code.ts";
import type { Database } from "#db/client.ts";
import { RULES } from "#db/seeds/norms.ts";
import { bankStatementsStore } from "#db/stores/bank-statements.ts";
import { gatewayActs, gatewayRefundsStore } from "#db/stores/gateway-refunds.ts";
import { attentionStore, inboxStore } from "#db/stores/inbox.ts";
import { type RunningIntake, startIntake } from "#db/stores/intake.ts";
import { openingsStore } from "#db/stores/openings.ts";
import { paymentsStore } from "#db/stores/payments.ts";
import { placesStore } from "#db/stores/places.ts";
import { rulesStore } from "#db/stores/rules.ts";

/** Merchant code and secrets of the tests' gateways. */
export const TEST_TMN = "QNTEST01";
export const TEST_VNPAY_SECRET = "test-vnpay-secret-0123456789";
const TEST_WEBHOOK_SECRET = "whsec_test_0123456789";
/** 23 November 2026, 09:00 in Việt Nam. */
export const TEST_NOW = 1_795_399_200;

/** The services that paying needs, real stores over a test database, with a clock that stands still. */
export async function payingServices(
  db: Database,
  clock: { now: number } = { now: TEST_NOW },
): Promise<GatewayRefundServices & BankLineServices & { readonly intake: RunningIntake }> {
  const now = () => clock.now;
  let salt = 0;
  const randomHex = (bytes: number) => (salt += 1).toString(16).padStart(bytes * 2, "0");
  const intake = await startIntake(db, { now, sha256: sha256Hex, randomHex });
  return {
    now,
    giveWay: () => new Promise((go) => setImmediate(go)),
    sha256: sha256Hex,
    randomHex,
    drawSigns: (count) => Array.from({ length: count }, () => 0),
    intake,
    payments: paymentsStore(db),
    inbox: inboxStore(db, now),
    attention: attentionStore(db, now),
    openings: openingsStore(db),
    places: placesStore(db),
    rules: rulesStore(db),
    bankStatements: bankStatementsStore(db),
    gatewayRefunds: gatewayRefundsStore(db),
    gatewayActs: gatewayActs(db, { now, sha256: sha256Hex, randomHex }),
    vnpay: vnpayGateway({
      tmnCode: TEST_TMN,
      secret: TEST_VNPAY_SECRET,
      payUrl: "https://pay.example/vpcpay.html",
      apiUrl: "http://127.0.0.1:9/api",
    }),
    stripe: stripeGateway({
      secretKey: "sk_test_x",
      webhookSecret: TEST_WEBHOOK_SECRET,
      apiBase: "http://127.0.0.1:9",
    }),
    qrPicture: (text) => text,
    qrFile: async (text) => text,
  };
}

/** The `n`-th code of the tests: all different, all with a right check sign. */
export function testCode(n: number): string {
  const signs = [0, 0, 0, 0, 0, 0].map((_, place) => Math.floor(n / 32 ** place) % 32);
  return referenceCodeOf(signs);
}

const LIMITS = RULES.find(({ code }) => code === "gift.limits");

/** Campaign LD1 (appeal's account A1) and LD2 (account C1 of its commune 20446), with standing codes 1 and 2. */
export async function twoCampaigns(db: Database): Promise<void> {
  await db.script(`
    insert into bank_account (id, holder, bank_name, bin, number, owner, commune, valid_from) values
      ('A1', 'Ban van dong', 'Ngan hang A', '970415', '113366668888', 'appeal', null, '2021-01-01'),
      ('C1', 'UBND xa', 'Ngan hang B', '970405', '4200201000001', 'commune', '20446', '2021-01-01');
    insert into place (code, valid_from, kind, name, full_name, slug, search_text, source) values
      ('20446', '2021-01-01', 'commune', 'A Vuong', 'Xa A Vuong', 'a-vuong', '', 'test'),
      ('20452', '2021-01-01', 'commune', 'A Tieng', 'Xa A Tieng', 'a-tieng', '', 'test');`);
  await db.rows(
    `insert into rule (code, valid_from, value, source) values ($1, $2::text::date, $3::text::jsonb, 'test')
     on conflict do nothing`,
    [LIMITS?.code, LIMITS?.validFrom, JSON.stringify(LIMITS?.value)],
  );
  const campaigns = [
    ["LD1", "20452", "A1", testCode(1)],
    ["LD2", "20446", "C1", testCode(2)],
  ] as const;
  for (const [id, commune, account, code] of campaigns) {
    await db.rows(
      `insert into campaign (id, slug, model, species, commune, commune_from, district, title_vi, title_en, summary_vi,
         summary_en, story_vi, story_en, goal, households, starts_on, ends_on, bank_account, code, twin, responsible,
         published_by, published_on, decision_number, decision_date, search_text)
       values ($1, $1, 'livestock', 'BO', $2, '2021-01-01', '504', '', '', '', '', '', '', 2000000000, 50, '2021-06-01',
         '2027-12-31', $3, $4, '', '', 'committee', '2021-06-01', '1', '2021-06-01', '')`,
      [id, commune, account, code],
    );
  }
}

/** Store an open pledge. */
export async function addPledge(
  db: Database,
  code: string,
  amount: bigint,
  campaign = "LD1",
  state = "open",
): Promise<void> {
  await db.rows(
    `insert into pledge (code, campaign, amount, intent, donor_kind, donor_name, name_public, channel, locale, created_at,
       state, form_key) values ($1, $2, $3, 'now', 'person', '', false, 'bank', 'vi', 0, $4, $1)`,
    [code, campaign, amount, state],
  );
}

/** A query string of VNPay, signed with the tests' secret. */
export function vnpayNotice(
  fields: Readonly<Record<string, string>>,
  secret = TEST_VNPAY_SECRET,
): string {
  const pairs = Object.entries({
    vnp_TmnCode: TEST_TMN,
    vnp_BankCode: "NCB",
    vnp_OrderInfo: "Ung ho",
    vnp_PayDate: "20261123090213",
    vnp_ResponseCode: "00",
    vnp_TransactionNo: "14226112",
    vnp_TransactionStatus: "00",
    ...fields,
  });
  const signature = vnpaySignature(secret, signedText(pairs) ?? "");
  return new URLSearchParams([...pairs, ["vnp_SecureHash", signature]]).toString();
}

/** A webhook call of Stripe: body and header, signed with the tests' secret. */
export function stripeCall(
  event: object,
  at = TEST_NOW,
  secret = TEST_WEBHOOK_SECRET,
): { body: Uint8Array; header: string } {
  const body = Buffer.from(JSON.stringify(event));
  const signature = createHmac("sha256", secret).update(`${at}.`).update(body).digest("hex");
  return { body, header: `t=${at},v1=${signature}` };
}
