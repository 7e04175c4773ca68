/** Stripe's events of money going back: in any order, any number of times, each đồng is booked once. */
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { must } from "#app/domain/kernel/result.ts";
import { startPayment } from "#app/domain/payments/start-payment.ts";
import { takeStripeNotice } from "#app/domain/gateway-notices/take-stripe-notice.ts";
import { takeUpAgain } from "#app/domain/gateway-notices/take-up-again.ts";

import { databaseKinds, type TestDatabase, testDatabase } from "../../tests/support/database.ts";
import {
  addPledge,
  payingServices,
  stripeCall,
  testCode,
  twoCampaigns,
} from "../../tests/support/paying.ts";
import { expectSound, expectTraced, readBooks } from "../../tests/support/sound-books.ts";

describe.each(databaseKinds())("on %s", (kind) => {
  let database: TestDatabase;
  let services: Awaited<ReturnType<typeof payingServices>>;
  let next = 7_000;
  let events = 0;

  beforeAll(async () => {
    database = await testDatabase(kind);
    await twoCampaigns(database.db);
    const paying = await payingServices(database.db);
    services = {
      ...paying,
      stripe: {
        ...paying.stripe!,
        openSession: async ({ ref }) => ({
          ok: true,
          value: { id: `cs_${ref}`, url: `https://stripe.example/${ref}` },
        }),
      },
    };
  });
  afterEach(async () => {
    const books = await readBooks(database.db);
    expectSound(books);
    await expectTraced(database.db, books);
  });
  afterAll(async () => {
    await services.intake.stop();
    await database.close();
  });

  const event = (type: string, object: object) => ({
    id: `evt_${(events += 1)}`,
    object: "event",
    type,
    data: { object },
  });
  const tell = (told: object) => {
    const { body, header } = stripeCall(told);
    return takeStripeNotice(services, body, header);
  };

  /** A card gift of 200.000 đ; answers its code, which is also in Stripe's ids. */
  async function given(): Promise<string> {
    next += 1;
    const code = testCode(next);
    await addPledge(database.db, code, 200_000n);
    const { ref } = must(
      await startPayment(services, {
        code,
        channel: "stripe",
        locale: "vi",
        address: "::1",
        returnUrl: "https://site.example/x",
        cancelUrl: "https://site.example/x",
        title: "x",
      }),
    );
    const session = {
      id: `cs_${ref}`,
      amount_total: 200_000,
      currency: "vnd",
      payment_status: "paid",
      payment_intent: `pi_${code}`,
      client_reference_id: ref,
    };
    expect(await tell(event("checkout.session.completed", session))).toBe("settled");
    return code;
  }

  const charge = (code: string, refunded: number, more: object = {}) =>
    event("charge.refunded", {
      id: `ch_${code}`,
      payment_intent: `pi_${code}`,
      amount: 200_000,
      amount_refunded: refunded,
      currency: "vnd",
      ...more,
    });
  const dispute = (what: string, code: string, more: object = {}) =>
    event(`charge.dispute.${what}`, {
      id: `dp_${code}`,
      payment_intent: `pi_${code}`,
      amount: 200_000,
      currency: "vnd",
      status: "needs_response",
      ...more,
    });
  const acts = async (code: string) =>
    (
      await database.db.rows<{ kind: string; reason: string | null; amount: bigint }>(
        `select e.kind, e.reason, (select sum(amount) from movement where entry = e.number)::bigint as amount
           from entry e
          where e.kind in ('chargeback', 'reversal')
            and (convert_from(e.bytes, 'UTF8')::jsonb ->> 'donation' = $1
                 or e.reverses in (select number from entry c where convert_from(c.bytes, 'UTF8')::jsonb ->> 'donation' = $1))
          order by e.number`,
        [code],
      )
    ).map(({ kind: one, reason, amount }) => [one, reason, amount]);
  const raised = async (subject: string) =>
    (
      await database.db.rows<{ kind: string }>(`select kind from attention where subject = $1`, [
        subject,
      ])
    ).map((row) => row.kind);

  test("given back at Stripe itself, in parts, repeated and late, is a chargeback of the sum", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([30_000, 30_001, 90_000, 200_000], { minLength: 1 }),
        fc.boolean(),
        async (sums, atOnce) => {
          const code = await given();
          const told = sums.flatMap((sum) => {
            const one = charge(code, sum);
            return [one, one, charge(code, sum)];
          });
          const answers = atOnce
            ? await Promise.all(told.map(tell))
            : await told.reduce<Promise<string[]>>(
                async (before, one) => [...(await before), await tell(one)],
                Promise.resolve([]),
              );
          expect(answers.every((one) => one === "settled" || one === "repeated")).toBe(true);
          const booked = await acts(code);
          const sum = booked.reduce((all, [, , amount]) => all + (amount as bigint), 0n);
          expect(sum).toBe(BigInt(Math.max(...sums)));
          expect(new Set(booked.map(([one, reason]) => `${one} ${reason}`))).toEqual(
            new Set(["chargeback bank-returned"]),
          );
          expect(await raised(`ch_${code}`)).toEqual(["payment-taken-back"]);
        },
      ),
      { numRuns: 10 },
    );
  });

  test("a dispute takes the money once, and gives it back when it is won", async () => {
    const code = await given();
    expect(await tell(dispute("funds_withdrawn", code))).toBe("settled");
    expect(await tell(dispute("created", code))).toBe("repeated");
    expect(await tell(dispute("updated", code))).toBe("raised");
    expect(await acts(code)).toEqual([["chargeback", "disputed", 200_000n]]);
    expect(await tell(dispute("funds_reinstated", code, { status: "won" }))).toBe("settled");
    expect(await tell(dispute("closed", code, { status: "won" }))).toBe("repeated");
    expect(await acts(code)).toEqual([
      ["chargeback", "disputed", 200_000n],
      ["reversal", "dispute-won", 200_000n],
    ]);
    expect(await raised(`dp_${code}`)).toEqual(["payment-disputed"]);
  });

  test("what was taken back, and how refunds ended, is never changed", async () => {
    const code = await given();
    expect(await tell(dispute("created", code))).toBe("settled");
    for (const table of ["gateway_takeback", "gateway_refund_outcome"]) {
      for (const act of [`truncate ${table}`, `truncate ${table} cascade`]) {
        await expect(database.db.rows(act), act).rejects.toThrow("never changed");
      }
    }
    for (const act of [
      "update gateway_takeback set amount = 1",
      "delete from gateway_takeback",
      "truncate gateway_refund cascade",
    ]) {
      await expect(database.db.rows(act), act).rejects.toThrow("never changed");
    }
  });

  test("an inquiry takes nothing, a lost dispute nothing more", async () => {
    const code = await given();
    expect(await tell(dispute("created", code, { status: "warning_needs_response" }))).toBe(
      "raised",
    );
    expect(await acts(code)).toEqual([]);
    expect(await tell(dispute("created", code))).toBe("settled");
    expect(await tell(dispute("closed", code, { status: "lost" }))).toBe("raised");
    expect(await acts(code)).toHaveLength(1);
  });

  test("a dispute after the money was spent is recorded too: the commune owes", async () => {
    const code = await given();
    const [row] = await database.db.rows<{ lo: bigint }>(
      `select lo from donation where code = $1`,
      [code],
    );
    await services.gatewayActs.write(async ({ ledger }) =>
      must(
        await ledger.post({
          key: `spent ${code}`,
          kind: "disbursement",
          effectiveOn: "2026-11-23",
          legs: [
            {
              from: "clearing:stripe:LD1",
              to: "commune:20452:LD1",
              amount: 150_000n,
              take: [{ lo: row?.lo ?? 0n, length: 150_000n }],
            },
          ],
        }),
      ),
    );
    expect(await tell(dispute("created", code))).toBe("settled");
    const legs = await database.db.rows<{ to: string; amount: bigint }>(
      `select t.code as to, m.amount from movement m join entry e on e.number = m.entry
         join account t on t.id = m.to_account
        where e.idempotency_key = $1 order by m.n`,
      [`chargeback:stripe:dp_${code}`],
    );
    expect(legs).toEqual([
      { to: "world:donor:stripe", amount: 50_000n },
      { to: "due:20452", amount: 150_000n },
    ]);
  });

  test("what cannot be counted is for a person, and books nothing", async () => {
    const code = await given();
    const odd = [
      charge(code, 300_000),
      charge(code, 1.5),
      charge(code, 1_000, { currency: "usd" }),
      charge("QNUNKNOWN", 1_000),
      dispute("created", code, { amount: 0 }),
      dispute("funds_reinstated", code),
      dispute("created", code, { id: { $ne: "" }, amount: "200000" }),
      event("refund.failed", { id: "re_1", status: "failed", payment_intent: `pi_${code}` }),
    ];
    for (const one of odd) expect(await tell(one), JSON.stringify(one)).toBe("raised");
    expect(await tell(event("refund.updated", { id: "re_1", status: "succeeded" }))).toBe(
      "ignored",
    );
    expect(await acts(code)).toEqual([]);
  });

  test("money that goes back before its gift has its numbers waits, and is booked after", async () => {
    const code = await given();
    // As if the gift were still in the queue of another process: its entry is not found yet.
    const hidden = {
      ...services,
      gatewayRefunds: { ...services.gatewayRefunds, giftOfPayment: async () => undefined },
    };
    const { body, header } = stripeCall(charge(code, 200_000));
    await expect(takeStripeNotice(hidden, body, header)).rejects.toThrow("before its gift");
    expect(await acts(code)).toEqual([]);
    const trouble: unknown[] = [];
    expect(await takeUpAgain(services, (error) => trouble.push(error))).toBe(1);
    expect(trouble).toEqual([]);
    expect(await acts(code)).toEqual([["chargeback", "bank-returned", 200_000n]]);
  });
});
