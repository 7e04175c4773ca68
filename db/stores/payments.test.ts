import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startPayment } from "#app/domain/payments/start-payment.ts";
import { takeStripeNotice } from "#app/domain/gateway-notices/take-stripe-notice.ts";
import { takeUpAgain } from "#app/domain/gateway-notices/take-up-again.ts";
import { takeVnpayNotice } from "#app/domain/gateway-notices/take-vnpay-notice.ts";

import { databaseKinds, type TestDatabase, testDatabase } from "../../tests/support/database.ts";
import {
  addPledge,
  payingServices,
  stripeCall,
  TEST_NOW,
  testCode,
  twoCampaigns,
  vnpayNotice,
} from "../../tests/support/paying.ts";

describe.each(databaseKinds())("gateway notices on %s", (kind) => {
  let database: TestDatabase;
  let services: Awaited<ReturnType<typeof payingServices>>;
  let next = 100;

  beforeAll(async () => {
    database = await testDatabase(kind);
    await twoCampaigns(database.db);
    services = await payingServices(database.db);
  });
  afterAll(async () => {
    await services.intake.stop();
    await database.close();
  });

  async function opened(channel: "vnpay" | "stripe", amount = 200_000n): Promise<string> {
    next += 1;
    const code = testCode(next);
    await addPledge(database.db, code, amount);
    return again(code, channel, amount);
  }

  async function again(
    code: string,
    channel: "vnpay" | "stripe",
    amount = 200_000n,
  ): Promise<string> {
    const n = (await services.payments.attempts(code)).length + 1;
    const ref = `${code}-${n}`;
    const times = { createdAt: TEST_NOW, expiresAt: TEST_NOW + 900 };
    await services.payments.open({ ref, pledge: code, channel, amount, ...times });
    return ref;
  }

  const notice = (ref: string, fields: Record<string, string> = {}) =>
    vnpayNotice({ vnp_TxnRef: ref, vnp_Amount: "20000000", ...fields });

  async function count(sql: string, ...params: unknown[]): Promise<number> {
    const [row] = await database.db.rows<{ n: bigint }>(
      `select count(*)::bigint as n from ${sql}`,
      params,
    );
    return Number(row?.n);
  }

  const gifts = (ref: string) => count("donation where pledge = $1", ref.slice(0, 9));
  const outcome = async (ref: string) => (await services.payments.find(ref))?.outcome;

  describe("VNPay", () => {
    it("books a good notice once, and says 02 to its repeats", async () => {
      const ref = await opened("vnpay");
      expect(await takeVnpayNotice(services, notice(ref))).toBe("00");
      expect(await takeVnpayNotice(services, notice(ref))).toBe("02");
      expect(await gifts(ref)).toBe(1);
      expect(await outcome(ref)).toMatchObject({
        state: "paid",
        providerCode: "00",
        providerTransaction: "14226112",
      });
      const [entry] = await database.db.rows<{ kind: string; to: string; amount: bigint }>(
        `select e.kind, a.code as to, m.amount from donation d join entry e on e.number = d.entry
           join movement m on m.entry = e.number join account a on a.id = m.to_account where d.code = $1`,
        [ref.slice(0, 9)],
      );
      expect(entry).toEqual({
        kind: "donation-reported",
        to: "clearing:vnpay:LD1",
        amount: 200_000n,
      });
      const evidence = await count(
        `evidence v join donation d on d.entry = v.entry join opening o on o.digest = v.digest where d.code = $1`,
        ref.slice(0, 9),
      );
      expect(evidence).toBe(1);
    });

    it("answers fifty equal notices at once with exactly one 00", async () => {
      const ref = await opened("vnpay");
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => takeVnpayNotice(services, notice(ref))),
      );
      expect(answers.filter((answer) => answer === "00")).toHaveLength(1);
      expect(answers.filter((answer) => answer === "02")).toHaveLength(49);
      expect(await gifts(ref)).toBe(1);
    });

    it("refuses what is changed, foreign, unknown or of another amount, and stores no state", async () => {
      const ref = await opened("vnpay");
      const changed = notice(ref).replace("vnp_Amount=20000000", "vnp_Amount=20000001");
      expect(await takeVnpayNotice(services, changed)).toBe("97");
      expect(await takeVnpayNotice(services, `${notice(ref)}&vnp_Amount=20000000`)).toBe("97");
      expect(await takeVnpayNotice(services, "")).toBe("97");
      expect(await takeVnpayNotice(services, "%FF=%00&vnp_TxnRef")).toBe("97");
      expect(await takeVnpayNotice(services, "x=1&".repeat(10_000))).toBe("97");
      expect(await takeVnpayNotice(services, notice(ref, { vnp_TmnCode: "OTHERSHP" }))).toBe("01");
      expect(await takeVnpayNotice(services, notice("QN2222222-9"))).toBe("01");
      expect(await takeVnpayNotice(services, notice("a\u0000b'; drop table entry --"))).toBe("01");
      for (const vnp_Amount of ["20000100", "200000", "2e7", "-20000000", "9".repeat(30)]) {
        expect(await takeVnpayNotice(services, notice(ref, { vnp_Amount }))).toBe("04");
      }
      expect(await outcome(ref)).toBeUndefined();
      expect(await gifts(ref)).toBe(0);
      expect(
        await count("attention where kind = 'payment-wrong-amount' and subject = $1", ref),
      ).toBe(1);
      // Nothing above has closed the payment.
      expect(await takeVnpayNotice(services, notice(ref))).toBe("00");
    });

    it("says 99 to a signed notice whose codes say nothing", async () => {
      const ref = await opened("vnpay");
      expect(await takeVnpayNotice(services, notice(ref, { vnp_ResponseCode: "" }))).toBe("99");
      expect(await takeVnpayNotice(services, notice(ref, { vnp_TransactionStatus: "x" }))).toBe(
        "99",
      );
      expect(await outcome(ref)).toBeUndefined();
    });

    it("a failed payment is final: a success afterwards is 02 and somebody is told", async () => {
      const ref = await opened("vnpay");
      const failed = notice(ref, { vnp_ResponseCode: "24", vnp_TransactionStatus: "02" });
      expect(await takeVnpayNotice(services, failed)).toBe("00");
      expect(await takeVnpayNotice(services, failed)).toBe("02");
      expect(await count("attention where subject = $1", ref)).toBe(0);
      expect(await takeVnpayNotice(services, notice(ref))).toBe("02");
      expect(await gifts(ref)).toBe(0);
      expect(await outcome(ref)).toMatchObject({ state: "failed", providerCode: "24/02" });
      expect(await count("attention where kind = 'payment-after-end' and subject = $1", ref)).toBe(
        1,
      );
    });

    it("holds a suspicious payment without booking it", async () => {
      const ref = await opened("vnpay");
      const suspicious = notice(ref, { vnp_ResponseCode: "07", vnp_TransactionStatus: "07" });
      expect(await takeVnpayNotice(services, suspicious)).toBe("00");
      expect(await takeVnpayNotice(services, suspicious)).toBe("02");
      expect(await gifts(ref)).toBe(0);
      expect(await outcome(ref)).toMatchObject({ state: "held" });
      expect(await count("attention where kind = 'payment-held' and subject = $1", ref)).toBe(1);
    });

    it("one success and one failure at once: one wins, the other is told 02", async () => {
      const ref = await opened("vnpay");
      const failed = notice(ref, { vnp_ResponseCode: "51", vnp_TransactionStatus: "02" });
      const answers = await Promise.all(
        [notice(ref), failed, notice(ref), failed].map((query) => takeVnpayNotice(services, query)),
      );
      expect(answers.toSorted()).toEqual(["00", "02", "02", "02"]);
      const { state } = (await outcome(ref)) ?? {};
      expect(await gifts(ref)).toBe(state === "paid" ? 1 : 0);
    });

    it("two payments of one pledge become two gifts with codes of their own", async () => {
      const first = await opened("vnpay");
      const second = await again(first.slice(0, 9), "vnpay");
      const answers = await Promise.all(
        [first, second].map((ref) => takeVnpayNotice(services, notice(ref))),
      );
      expect(answers).toEqual(["00", "00"]);
      const codes = await database.db.rows<{ code: string }>(
        `select code from donation where pledge = $1 order by code`,
        [first.slice(0, 9)],
      );
      expect(codes.map(({ code }) => code)).toEqual([first.slice(0, 9), `${first.slice(0, 9)}-2`]);
    });

    it("keeps a notice once, however often it is told, with what is added to it, and counts", async () => {
      const ref = await opened("vnpay");
      const told = notice(ref);
      const spellings = (n: number) =>
        [told, `${told}&x=${n}`, told.split("&").toReversed().join("&")][n % 3] ?? told;
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, n) => takeVnpayNotice(services, spellings(n))),
      );
      expect(answers.filter((answer) => answer === "00")).toHaveLength(1);
      expect(answers.filter((answer) => answer === "02")).toHaveLength(59);
      const body = "convert_from(body, 'UTF8') like '%' || $1 || '%'";
      expect(await count(`inbox where ${body}`, ref)).toBe(1);
      const [counted] = await database.db.rows<{ times: bigint; inbox: bigint }>(
        `select t.times, t.inbox from inbox_told t join inbox i on i.id = t.inbox where ${body}`,
        [ref],
      );
      expect(counted?.times).toBe(60n);
      expect(await outcome(ref)).toMatchObject({ inbox: Number(counted?.inbox) });
      // Another word that the gateway signed is another notice.
      const failed = notice(ref, { vnp_ResponseCode: "51", vnp_TransactionStatus: "02" });
      for (let n = 0; n < 3; n += 1) expect(await takeVnpayNotice(services, failed)).toBe("02");
      expect(await count(`inbox where ${body}`, ref)).toBe(2);
    });

    it("takes up an event that was kept and not answered", async () => {
      const ref = await opened("vnpay");
      const body = new TextEncoder().encode(notice(ref));
      const id = await services.inbox.keep({
        provider: "vnpay",
        eventKey: "left behind",
        body,
        signatureValid: true,
      });
      expect(await takeUpAgain(services, (error) => expect.fail(String(error)))).toBe(1);
      expect(await gifts(ref)).toBe(1);
      const [answer] = await database.db.rows<{ outcome: string }>(
        `select outcome from inbox_answer where inbox = $1`,
        [id],
      );
      expect(answer?.outcome).toBe("00");
      expect(await takeUpAgain(services, (error) => expect.fail(String(error)))).toBe(0);
    });

    it("an event whose gift was booked before the process died is answered 00, not 02", async () => {
      const ref = await opened("vnpay");
      const dying = { ...services, inbox: { ...services.inbox, answered: () => Promise.reject() } };
      await expect(takeVnpayNotice(dying, notice(ref))).rejects.toBeUndefined();
      expect(await gifts(ref)).toBe(1);
      const { inbox } = (await outcome(ref)) ?? {};
      expect(await takeUpAgain(services, (error) => expect.fail(String(error)))).toBe(1);
      const [answer] = await database.db.rows<{ outcome: string }>(
        `select outcome from inbox_answer where inbox = $1`,
        [inbox],
      );
      expect(answer?.outcome).toBe("00");
      expect(await gifts(ref)).toBe(1);
    });
  });

  describe("Stripe", () => {
    const session = (ref: string, fields: object = {}) => ({
      id: `cs_${ref}`,
      object: "checkout.session",
      amount_total: 200_000,
      currency: "vnd",
      payment_status: "paid",
      payment_intent: `pi_${ref}`,
      client_reference_id: ref,
      ...fields,
    });
    let events = 0;
    const event = (type: string, object: object) => ({
      id: `evt_${(events += 1)}`,
      object: "event",
      type,
      data: { object },
    });
    const tell = async (told: object) => {
      const { body, header } = stripeCall(told);
      return takeStripeNotice(services, body, header);
    };

    it("books a paid session once, whatever repeats and however many at once", async () => {
      const ref = await opened("stripe");
      const completed = event("checkout.session.completed", session(ref));
      const answers = await Promise.all(Array.from({ length: 20 }, () => tell(completed)));
      expect(answers.filter((answer) => answer === "settled")).toHaveLength(1);
      expect(answers.filter((answer) => answer === "repeated")).toHaveLength(19);
      expect(await count("inbox where provider = 'stripe' and event_key = $1", completed.id)).toBe(
        1,
      );
      expect(await tell(event("checkout.session.completed", session(ref)))).toBe("repeated");
      expect(await gifts(ref)).toBe(1);
      expect(await outcome(ref)).toMatchObject({
        state: "paid",
        providerTransaction: `pi_${ref}`,
      });
    });

    it("refuses wrong signatures, old ones, other secrets and bodies that are no event", async () => {
      const ref = await opened("stripe");
      const completed = event("checkout.session.completed", session(ref));
      const { body, header } = stripeCall(completed);
      const changed = Buffer.from(Buffer.from(body).toString().replace("200000", "900000"));
      expect(await takeStripeNotice(services, changed, header)).toBe("refused");
      expect(await takeStripeNotice(services, body, undefined)).toBe("refused");
      expect(await takeStripeNotice(services, body, "t=1,v1=00")).toBe("refused");
      const old = stripeCall(completed, TEST_NOW - 301);
      expect(await takeStripeNotice(services, old.body, old.header)).toBe("refused");
      const foreign = stripeCall(completed, TEST_NOW, "whsec_other");
      expect(await takeStripeNotice(services, foreign.body, foreign.header)).toBe("refused");
      for (const odd of [[], {}, { id: "e" }, { id: "e", type: 1, data: { object: {} } }]) {
        expect(await tell(odd)).toBe("refused");
      }
      expect(await outcome(ref)).toBeUndefined();
    });

    it("raises other amounts, other currencies and unknown references", async () => {
      const ref = await opened("stripe");
      const odd = [
        session(ref, { amount_total: 200_001 }),
        session(ref, { amount_total: 200_000.5 }),
        session(ref, { currency: "usd" }),
        session(ref, { client_reference_id: "QN2222222-7" }),
        session(ref, { client_reference_id: { $ne: "" } }),
      ];
      for (const object of odd) {
        expect(await tell(event("checkout.session.completed", object))).toBe("raised");
      }
      expect(await outcome(ref)).toBeUndefined();
      expect(await gifts(ref)).toBe(0);
    });

    it("waits for slow payments, closes failed ones, tells of money after the end", async () => {
      const ref = await opened("stripe");
      const unpaid = session(ref, { payment_status: "unpaid" });
      expect(await tell(event("checkout.session.completed", unpaid))).toBe("ignored");
      expect(await outcome(ref)).toBeUndefined();
      expect(await tell(event("checkout.session.async_payment_failed", unpaid))).toBe("settled");
      expect(await tell(event("checkout.session.async_payment_succeeded", session(ref)))).toBe(
        "repeated",
      );
      expect(await gifts(ref)).toBe(0);
      expect(await count("attention where kind = 'payment-after-end' and subject = $1", ref)).toBe(
        1,
      );
    });

    it("out of order: an expiry after the success changes nothing", async () => {
      const ref = await opened("stripe");
      expect(await tell(event("checkout.session.async_payment_succeeded", session(ref)))).toBe(
        "settled",
      );
      expect(await tell(event("checkout.session.expired", session(ref)))).toBe("repeated");
      expect(await outcome(ref)).toMatchObject({ state: "paid" });
      expect(await gifts(ref)).toBe(1);
    });

    it("tells a person of disputes and refunds, ignores what it does not know", async () => {
      expect(await tell(event("charge.dispute.created", { id: "dp_1" }))).toBe("raised");
      expect(await tell(event("charge.refunded", { id: "ch_1" }))).toBe("raised");
      expect(await tell(event("invoice.paid", { id: "in_1" }))).toBe("ignored");
    });
  });

  describe("starting a payment", () => {
    const wish = (code: string) => ({
      code,
      channel: "vnpay" as const,
      locale: "vi" as const,
      address: "::1",
      returnUrl: "https://site.example/thanh-toan/x",
      cancelUrl: "https://site.example/cam-ket/x",
      title: "x",
    });

    it("sends the payer with our reference, a new one each time, also when two start at once", async () => {
      next += 1;
      const code = testCode(next);
      await addPledge(database.db, code, 200_000n);
      const started = await Promise.all(
        Array.from({ length: 8 }, () => startPayment(services, wish(code))),
      );
      const refs = started.map((one) => (one.ok ? one.value.ref : one.problem.code));
      expect(new Set(refs)).toEqual(
        new Set(Array.from({ length: 8 }, (_, n) => `${code}-${n + 1}`)),
      );
      const [one] = started;
      const url = new URL(one?.ok ? one.value.url : "");
      expect(url.searchParams.get("vnp_TxnRef")).toBe(one?.ok ? one.value.ref : "");
      expect(url.searchParams.get("vnp_Amount")).toBe("20000000");
      expect(url.searchParams.get("vnp_CreateDate")).toBe("20261123090000");
      expect(url.searchParams.get("vnp_ExpireDate")).toBe("20261123091500");
    });

    it("refuses closed, paid, unknown pledges and amounts outside the channel's limits", async () => {
      const problem = async (code: string, channel: "vnpay" | "stripe" = "vnpay") => {
        const started = await startPayment(services, { ...wish(code), channel });
        return started.ok ? undefined : started.problem;
      };
      expect(await problem("QN2222222")).toEqual({ code: "payment.no-such-pledge" });
      const [closed, small, large, paid] = [1, 2, 3, 4].map((n) => testCode(9_000 + n));
      await addPledge(database.db, closed ?? "", 200_000n, "LD1", "withdrawn");
      await addPledge(database.db, small ?? "", 9_999n);
      await addPledge(database.db, large ?? "", 50_000_001n);
      await addPledge(database.db, paid ?? "", 200_000n);
      expect(await problem(closed ?? "")).toMatchObject({ code: "payment.pledge-closed" });
      expect(await problem(small ?? "")).toMatchObject({
        code: "payment.too-small",
        limit: "10000",
      });
      expect(await problem(large ?? "", "stripe")).toMatchObject({
        code: "payment.too-large",
        limit: "50000000",
      });
      const ref = await again(paid ?? "", "vnpay");
      expect(await takeVnpayNotice(services, notice(ref))).toBe("00");
      expect(await problem(paid ?? "")).toEqual({ code: "payment.already-paid" });
    });

    it("says so when Stripe does not answer", async () => {
      next += 1;
      const code = testCode(next);
      await addPledge(database.db, code, 200_000n);
      const started = await startPayment(services, { ...wish(code), channel: "stripe" });
      expect(started).toMatchObject({ ok: false, problem: { code: "payment.gateway" } });
    });
  });
});
