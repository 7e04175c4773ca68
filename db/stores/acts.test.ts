import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { sealPaper } from "#app/domain/acts/paper.ts";
import { handOver } from "#app/domain/animals/hand-over.ts";
import { listHouseholds } from "#app/domain/animals/list-households.ts";
import { recordBirths } from "#app/domain/animals/record-births.ts";
import { recordLoss } from "#app/domain/animals/record-loss.ts";
import { openCampaign } from "#app/domain/campaigns/open-campaign.ts";
import { reverseEntry } from "#app/domain/corrections/reverse-entry.ts";
import { advance } from "#app/domain/disbursements/advance.ts";
import { disburse } from "#app/domain/disbursements/disburse.ts";
import { returnUnspent } from "#app/domain/disbursements/return-money.ts";
import { startOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { succeedCommune } from "#app/domain/places/succeed-commune.ts";
import { assignSuspense } from "#app/domain/refunds/assign-suspense.ts";
import { refundGift } from "#app/domain/refunds/refund-gift.ts";
import { passOn } from "#app/domain/rounds/pass-on.ts";
import { closePeriod } from "#app/domain/statements/close-period.ts";
import { seedPlan } from "#db/seeds/plan.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { officialWriting } from "./acts.ts";
import { type RunningIntake, startIntake } from "./intake.ts";

/** One campaign of Tr'Hy, played through by every verb, on each kind of database. */
describe.each(databaseKinds())("official acts on %s", (kind) => {
  let books: TestDatabase;
  let intake: RunningIntake;
  let clock = startOf("2025-06-02") + 36_000;
  let n = 0;
  const making = {
    now: () => clock,
    sha256: sha256Hex,
    randomHex: (bytes: number) => {
      n += 1;
      return n.toString(16).padStart(bytes * 2, "0");
    },
  };
  const services = () => officialWriting(books.db, making);
  const act = (
    key: string,
    on = "2025-06-02",
    kindOfPaper: "decision" | "minutes" = "minutes",
  ) => ({
    key,
    on,
    role: "committee",
    papers: [sealPaper(making, kindOfPaper, new TextEncoder().encode(`paper of ${key}`))],
  });
  const balanceOf = async (account: string) => {
    const found = await services().write(({ balances }) => balances.standing());
    return found.find((one) => one.account === account)?.balance ?? 0n;
  };
  const give = (code: string, amount: bigint, to = "fund:TH1") =>
    intake.record({
      key: `bank:${code}`,
      code,
      ...(to.startsWith("suspense") ? {} : { campaign: "TH1" }),
      channel: "bank",
      to,
      amount,
      receivedOn: "2025-06-02",
      evidence: [],
    });

  beforeAll(async () => {
    books = await testDatabase(kind);
    await seedPlan(books.db);
    intake = await startIntake(books.db, making);
    must(
      await openCampaign(services(), {
        id: "TH1",
        slug: "de-tr-hy",
        model: "livestock",
        species: "DE",
        commune: "20446",
        titleVi: "Dê",
        titleEn: "Goats",
        summaryVi: "Dê",
        summaryEn: "Goats",
        storyVi: "Dê",
        storyEn: "Goats",
        households: 2,
        needs: [
          { species: "DE", titleVi: "Dê", titleEn: "Goats", quantity: 10, unitPrice: 4_000_000n },
        ],
        startsOn: "2025-05-01",
        endsOn: "2026-05-01",
        bankAccount: "van-dong",
        code: "QNK7F3K27",
        twin: "ubnd-503-2021",
        responsible: "ubnd-20446-2021",
        publishedBy: "ban-dan-toc-quang-nam",
        publishedOn: "2025-04-20",
        decisionNumber: "1/QĐ-UBND",
        decisionDate: "2025-04-10",
        passOnHeads: 1,
        passOnAgeDays: 180,
        surplusTo: null,
      }),
    );
  });
  afterAll(async () => {
    await intake.stop();
    await books.close();
  });
  beforeEach(() => {
    clock += 60;
  });

  it("opens a campaign once, with a goal from its needs and the norm behind them", async () => {
    const terms = await services().write(({ campaignTerms }) => campaignTerms.terms("TH1"));
    expect(terms).toMatchObject({ goal: 40_000_000n, communeFrom: "2021-11-01" });
    const [need] = await books.db.rows<{ norm_id: string }>(`select norm_id from need_line`);
    expect(need?.norm_id).toBe("de-2021");
  });

  it("pays out what is there, lowest numbers first, and refuses what is not, writing nothing", async () => {
    await give("QNM9P8Q7Y", 30_000_000n);
    await give("QNA2B3C4Z", 10_000_000n);
    const refused = await disburse(services(), {
      ...act("d0"),
      campaign: "TH1",
      amount: 40_000_001n,
    });
    expect(refused).toMatchObject({ problem: { code: "ledger.not-enough", missing: 1n } });
    const bare = { ...act("d0"), papers: [], campaign: "TH1", amount: 1n };
    expect(await disburse(services(), bare)).toMatchObject({
      problem: { code: "disbursement.no-paper" },
    });
    const order = { ...act("d1"), campaign: "TH1", amount: 24_000_000n };
    const paid = must(await disburse(services(), order));
    expect(paid.movements).toMatchObject([
      { from: "fund:TH1", to: "commune:20446:TH1", fromLo: 1n, toLo: 1n, amount: 24_000_000n },
    ]);
    expect(must(await disburse(services(), order))).toMatchObject({ again: true });
    const openings = await books.db.rows(`select 1 from opening where digest = $1`, [
      order.papers[0]?.digest,
    ]);
    expect(openings).toHaveLength(1);
  });

  it("hands over five goats a household at their real prices, each owning its numbers", async () => {
    must(
      await listHouseholds(services(), {
        campaign: "TH1",
        on: "2025-06-02",
        round: 1,
        group: { id: "TH1-N1", nameVi: "Nhóm 1", nameEn: "Group 1", decisionNumber: "2/QĐ" },
        households: [
          {
            code: "H-TH1-001",
            category: "other",
            leader: true,
            name: "Bhling Nhơi",
            hamlet: "Thôn 1",
          },
          {
            code: "H-TH1-002",
            category: "poor",
            leader: false,
            name: "Coor Tin",
            hamlet: "Thôn 2",
          },
        ],
      }),
    );
    const purchase = { campaign: "TH1", purchase: "P01" };
    must(await advance(services(), { ...act("a1"), ...purchase, amount: 24_000_000n }));
    const lines = [1, 2, 3, 4, 5].map((at) => ({
      code: `TH1-000${at}`,
      price: 3_900_000n + BigInt(at) * 20_000n,
      sex: "F" as const,
      household: "H-TH1-001",
    }));
    const one = { ...act("h1"), ...purchase, round: 1 };
    const tooMany = { ...one, lines: [...lines, { ...lines[0]!, code: "TH1-0006" }] };
    expect(await handOver(services(), tooMany)).toMatchObject({
      problem: { code: "household.over-norm" },
    });
    must(await handOver(services(), { ...one, lines }));
    const [third] = await services().write(({ herds }) => herds.animals(["TH1-0003"]));
    expect(third).toMatchObject({
      round: 1,
      alive: true,
      keeper: "H-TH1-001",
      range: { account: "delivered:20446:TH1:r1", lo: 7_860_001n, price: 3_960_000n },
    });
    const [keeper] = await services().write(({ herds }) => herds.households(["H-TH1-001"]));
    expect(keeper?.keeps).toBe(5);
    expect(await balanceOf("herd:20446:DE:r1")).toBe(5n);
    expect(await balanceOf("owed:TH1-N1:DE")).toBe(5n);
    const rest = 24_000_000n - 19_800_000n;
    must(await returnUnspent(services(), { ...act("u1"), ...purchase, amount: rest }));
    expect(await balanceOf("commune:20446:TH1")).toBe(rest);
    expect(await balanceOf("proc:TH1:P01")).toBe(0n);
  });

  it("writes off exactly the numbers of the animal that died, once", async () => {
    const loss = { ...act("l1"), animal: "TH1-0003", cause: "cold" as const };
    const booked = must(await recordLoss(services(), loss));
    expect(booked.movements).toMatchObject([
      { fromLo: 7_860_001n, amount: 3_960_000n, to: "loss:cold:TH1", animal: "TH1-0003" },
      { from: "herd:20446:DE:r1", to: "world:death:DE", amount: 1n },
    ]);
    const again = { ...loss, ...act("l2") };
    expect(await recordLoss(services(), again)).toMatchObject({
      problem: { code: "animal.not-alive" },
    });
  });

  it("books births to living dams only", async () => {
    const births = [{ code: "TH1-0007", dam: "TH1-0001", sex: "F" as const, bornOn: "2025-05-30" }];
    const list = { ...act("b1"), campaign: "TH1", births };
    must(await recordBirths(services(), list));
    expect(await balanceOf("herd:20446:DE:r1")).toBe(5n);
    const ofDead = [{ ...births[0]!, code: "TH1-0008", dam: "TH1-0003" }];
    expect(
      await recordBirths(services(), { ...act("b2"), campaign: "TH1", births: ofDead }),
    ).toMatchObject({ problem: { code: "birth.no-dam" } });
  });

  it("refunds a gift that rests in the fund, by its own numbers; not one that was paid out", async () => {
    const refund = { gift: "QNM9P8Q7Y", reason: "donor-asked" as const };
    expect(await refundGift(services(), { ...act("r0"), ...refund })).toMatchObject({
      problem: { code: "refund.spent", left: 6_000_000n, of: 30_000_000n },
    });
    const mine = { ...refund, gift: "QNA2B3C4Z" };
    const booked = must(await refundGift(services(), { ...act("r1"), ...mine }));
    expect(booked.movements).toMatchObject([
      { from: "fund:TH1", fromLo: 30_000_001n, amount: 10_000_000n },
      { to: "world:refund", amount: 10_000_000n },
    ]);
    expect(await refundGift(services(), { ...act("r2"), ...mine })).toMatchObject({ ok: false });
  });

  it("places a gift out of suspense once", async () => {
    await give("QN2222222", 700_000n, "suspense:van-dong");
    const order = { gift: "QN2222222", campaign: "TH1" };
    const placed = must(await assignSuspense(services(), { ...act("s1"), ...order }));
    expect(placed.movements).toMatchObject([{ to: "fund:TH1", amount: 700_000n }]);
    expect(await assignSuspense(services(), { ...act("s2"), ...order })).toMatchObject({
      problem: { code: "gift.not-in-suspense" },
    });
  });

  it("undoes an entry once, unless its money has moved on", async () => {
    const wrong = must(
      await disburse(services(), { ...act("d2"), campaign: "TH1", amount: 1_000_000n }),
    );
    const { key: _, ...paper } = act("x");
    const undo = { ...paper, entry: wrong.entry, reason: "entered-twice" as const };
    const undone = must(await reverseEntry(services(), undo));
    expect(undone.movements).toMatchObject([{ from: "commune:20446:TH1", to: "fund:TH1" }]);
    const { key: __, ...other } = act("y");
    expect(await reverseEntry(services(), { ...undo, ...other })).toMatchObject({ ok: false });
    const { key: ___, ...third } = act("z");
    expect(await reverseEntry(services(), { ...undo, ...third, entry: 1 })).toMatchObject({
      problem: { code: "ledger.moved-on" },
    });
  });

  it("closes a period with its balances; nothing takes effect in it any more", async () => {
    clock = startOf("2025-07-03") + 30_000;
    const { key: _, on: __, ...paper } = act("c1");
    must(await closePeriod(services(), { ...paper, lastDay: "2025-06-30" }));
    const late = { ...act("d3", "2025-06-30"), campaign: "TH1", amount: 1n };
    expect(await disburse(services(), late)).toMatchObject({
      problem: { code: "ledger.period-closed" },
    });
  });

  it("hands a merged commune's money and herd to its successor, and goes on there", async () => {
    const { key: _, ...paper } = act("m", "2025-07-01", "decision");
    const order = { ...paper, reason: "commune-merged", commune: "20446", validFrom: "2021-11-01" };
    const money = await balanceOf("commune:20446:TH1");
    must(await succeedCommune(services(), order));
    expect(await balanceOf("commune:20443:TH1")).toBe(money);
    expect(await balanceOf("herd:20443:DE:r1")).toBe(5n);
    expect(await succeedCommune(services(), order)).toMatchObject({
      problem: { code: "succession.nothing" },
    });
    const same = { ...order, commune: "20704" };
    expect(await succeedCommune(services(), same)).toMatchObject({
      problem: { code: "succession.same-code" },
    });
    const paid = must(
      await disburse(services(), { ...act("d4", "2025-07-03"), campaign: "TH1", amount: 5n }),
    );
    expect(paid.movements[0]?.to).toBe("commune:20443:TH1");
  });

  it("passes an offspring on after the merger, at its age, and the group owes one less", async () => {
    must(
      await listHouseholds(services(), {
        campaign: "TH1",
        on: "2025-07-03",
        round: 2,
        group: { id: "TH1-N1" },
        households: [
          { code: "H-TH1-003", category: "poor", leader: false, name: "Riah Ba", hamlet: "Thôn 3" },
        ],
      }),
    );
    const passing = {
      campaign: "TH1",
      passings: [{ animal: "TH1-0007", household: "H-TH1-003" }],
    };
    const early = { ...act("p0", "2025-07-03"), ...passing };
    expect(await passOn(services(), early)).toMatchObject({
      problem: { code: "pass-on.too-young" },
    });
    clock = startOf("2025-12-01") + 30_000;
    const booked = must(await passOn(services(), { ...act("p1", "2025-12-01"), ...passing }));
    expect(booked.movements).toMatchObject([
      { from: "herd:20443:DE:r1", to: "herd:20443:DE:r2", animal: "TH1-0007" },
      { from: "owed:TH1-N1:DE", to: "world:duty:DE" },
    ]);
    const [kid] = await services().write(({ herds }) => herds.animals(["TH1-0007"]));
    expect(kid).toMatchObject({ round: 2, keeper: "H-TH1-003" });
  });
});
