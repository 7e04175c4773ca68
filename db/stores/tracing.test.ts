import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { familyOf, lifeOf } from "#app/domain/animals/history.ts";
import { SHUT } from "#app/domain/register/ports.ts";
import { proofOf, sharesOf } from "#app/domain/animals/shares.ts";
import { tellStory } from "#app/domain/donations/story.ts";
import { ok } from "#app/domain/kernel/result.ts";
import { pickUnit } from "#app/domain/places/commune-file.ts";

import { bookByHand, SECRETS } from "../../tests/support/hand-made-books.ts";
import { databaseKinds, type TestDatabase, testDatabase } from "../../tests/support/database.ts";
import { animalStore } from "./animal-files.ts";
import { communeStore } from "./communes.ts";
import { donationStore } from "./donations.ts";
import { ledgerReadingStore } from "./ledger-reading.ts";
import { noticeStore } from "./notices.ts";

describe.each(databaseKinds())("what the tracing pages read, on %s", (kind) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase(kind);
    await bookByHand(test.db);
  });
  afterAll(() => test.close());

  const story = async (code: string) => {
    const file = await donationStore(test.db).file(code);
    return file && tellStory(file);
  };

  it("tells every gift to its last đồng, in table, picture and steps", async () => {
    const gifts = await test.db.rows<{ code: string; amount: bigint }>(
      `select code, amount from donation order by code`,
    );
    expect(gifts.length).toBe(12);
    for (const { code, amount } of gifts) {
      const told = await story(code);
      const parts = [...(told?.outcome.shares ?? []), ...(told?.outcome.standing ?? [])];
      expect([code, sum(parts)]).toEqual([code, amount]);
      expect(told?.flow.nodes.reduce((all, { rest }) => all + rest, 0n)).toBe(amount);
      expect(told?.steps[0]?.amount).toBe(amount);
      expect(told?.clauses.length).toBeGreaterThan(0);
    }
  });

  it("says of each gift what became of it", async () => {
    const clauses = async (code: string) =>
      (await story(code))?.clauses.map((clause) =>
        "amount" in clause ? `${clause.is} ${clause.amount}` : `${clause.is} ${clause.species}`,
      );
    // QNI's 5,000,000 came to the commune before: 16,500,000 are in the first cow, 8,500,000 in the one that died.
    expect(await clauses("QNA")).toEqual(["part BO", "dead BO", "offspring BO"]);
    expect((await story("QNA"))?.outcome.shares.map(({ amount }) => amount)).toEqual([
      16_500_000n,
      8_500_000n,
    ]);
    expect(await clauses("QNB")).toEqual(["refunded 15000000"]);
    expect(await clauses("QNJ")).toEqual(["undone 1000000"]);
    expect(await clauses("QNF")).toEqual(["never-came 3000000"]);
    expect(await clauses("QNSUSP")).toEqual(["suspense 700000"]);
    expect(await clauses("QNE")).toEqual(["clearing 2000000"]);
  });

  it("knows a pledge without money, a standing code, and nothing else", async () => {
    const donations = donationStore(test.db);
    expect(await donations.waiting("QNWHOLE")).toMatchObject({
      amount: 30_000_000n,
      campaign: { id: "LD1" },
    });
    expect(await donations.waiting("QNNONE")).toBeUndefined();
    expect(await donations.standing("QNLD1")).toBe("dot-ld1");
    expect(await donations.file("QNNONE")).toBeUndefined();
  });

  it("finds for every animal with a price the gifts that sum to it, once each", async () => {
    const rows = await test.db.rows<{ code: string; price: bigint | null; undone: boolean }>(
      `select code, price, exists (select 1 from entry r where r.reverses = animal.entry) as undone
         from animal order by code`,
    );
    expect(rows.some(({ price }) => price !== null)).toBe(true);
    for (const { code, price, undone } of rows) {
      const file = await animalStore(test.db).file(code.toLowerCase());
      expect(file?.animal).toMatchObject({ code, price, undone });
      const shares = file ? sharesOf(file) : [];
      const proof = file && proofOf(file, shares);
      if (price === null) expect(proof).toBeUndefined();
      else expect(proof).toEqual({ price, sum: price, tiled: true, rivals: [] });
    }
  });

  it("tells an animal's life and family, and what was undone as undone", async () => {
    const animals = animalStore(test.db);
    const mother = (await animals.file("LD1-0001"))!;
    expect(lifeOf(mother).map(({ kind, other }) => [kind, other])).toEqual([
      ["handed-over", null],
      ["gave-birth", "LD1-0003"],
    ]);
    const calf = (await animals.file("LD1-0003"))!;
    expect(familyOf(calf).animal.code).toBe("LD1-0001");
    expect(familyOf(calf).young.map(({ animal }) => animal.code)).toEqual(["LD1-0003"]);
    const blamed = (await animals.file("LD2-0001"))!;
    expect(lifeOf(blamed).map(({ kind, undone }) => [kind, undone])).toContainEqual(["died", true]);
    expect(await animals.file("LD9-0001")).toBeUndefined();
  });

  it("lists households by code, and never what is private", async () => {
    const notices = noticeStore(test.db, SHUT);
    expect((await notices.all()).map(({ id, households }) => [id, households])).toEqual([
      ["LD1-r1", 13],
      ["LD1-r2", 3],
    ]);
    const file = await notices.file("ld1-R1");
    expect(file?.rows.find(({ code }) => code === "H-LD1-001")?.things).toMatchObject([
      { animal: "LD1-0001", price: 21_500_000n, how: "handed-over", died: false },
    ]);
    expect(file?.rows.find(({ code }) => code === "H-LD1-002")?.things[0]?.died).toBe(true);
    // Three households of a list are too few to have codes.
    expect(file?.together).toBeNull();
    expect(await notices.file("LD1-r2")).toMatchObject({
      rows: [],
      groups: [],
      together: { households: 3, passed: 1, things: [{ animal: "LD1-0003" }] },
    });
    const told = JSON.stringify([file, await notices.file("LD1-r2")], (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const secret of SECRETS.slice(0, 2)) expect(told).not.toContain(secret);
    for (const none of ["LD1-r9", "LD1", "LD1-r0", "'; drop table entry --", ""]) {
      expect(await notices.file(none)).toBeUndefined();
    }
  });

  it("shows a name under a consent, and hides it when the consent is taken back", async () => {
    // Texts of these books are sealed by nothing.
    const opened = { open: async (text: Uint8Array) => ok(new TextDecoder().decode(text)) };
    const name = async () => {
      const file = await noticeStore(test.db, { ...SHUT, ...opened }).file("LD1-r1");
      return file?.rows.find(({ code }) => code === "H-LD1-003")?.name;
    };
    const consent = (n: number, given: boolean) =>
      test.db.rows(
        `insert into household_consent (household, kind, n, given, on_day, channel, text_version, language, taken_by, taken_at)
         values ('household 3', 'name', $1, $2, '2024-05-01', 'signed', '2026-1', 'vi', 'clerk', 1)`,
        [n, given],
      );
    expect(await name()).toBeNull();
    await consent(1, true);
    expect(await name()).toBe("Nguyễn Thị Bí Mật");
    await consent(2, false);
    expect(await name()).toBeNull();
  });

  it("opens a commune of 2021, and knows what it became and from what", async () => {
    const communes = communeStore(test.db);
    const old = pickUnit(await communes.named("20446"), undefined, "2026-11-23")!;
    const file = await communes.file(old);
    expect(file.became.map(({ code, validFrom }) => [code, validFrom])).toEqual([
      ["20443", "2025-07-01"],
    ]);
    expect(file.campaigns.map(({ id }) => id)).toEqual(["LD1"]);
    expect(file.above.map(({ kind }) => kind)).toEqual(["district", "province"]);
    const now = pickUnit(await communes.named("20443"), undefined, "2026-11-23")!;
    const heir = await communes.file(now);
    expect(heir.from.map(({ code }) => code)).toContain("20446");
    expect(heir.campaigns.map(({ id, totals }) => [id, totals])).toEqual([
      ["LD1", file.campaigns[0]?.totals],
    ]);
  });

  it("pages through the books without losing or repeating an entry", async () => {
    const books = ledgerReadingStore(test.db);
    const [{ last }] = (await test.db.rows<{ last: bigint }>(
      `select max(number) as last from entry`,
    )) as [{ last: bigint }];
    const seen: number[] = [];
    let page = await books.list({}, { at: "newest" }, 7);
    expect(page.newer).toBe(false);
    for (;;) {
      seen.push(...page.rows.map(({ number }) => number));
      if (!page.older) break;
      page = await books.list({}, { at: "older", than: seen.at(-1)! }, 7);
      expect(page.newer).toBe(true);
    }
    expect(seen).toEqual(Array.from({ length: Number(last) }, (_, n) => Number(last) - n));
    const back = await books.list({}, { at: "newer", than: seen.at(-1)! }, 7);
    expect(back.rows.map(({ number }) => number)).toEqual([8, 7, 6, 5, 4, 3, 2]);
  });

  it("filters by kind, campaign, commune and day", async () => {
    const books = ledgerReadingStore(test.db);
    const count = async (filter: Parameters<typeof books.list>[0]) =>
      (await books.list(filter, { at: "newest" }, 100)).rows.length;
    expect(await count({ kind: "reversal" })).toBe(3);
    expect(await count({ campaign: "LD3" })).toBe(0);
    const all = await count({});
    const one = await count({ campaign: "LD1" });
    expect(one).toBeGreaterThan(0);
    expect(one).toBeLessThan(all);
    expect(await count({ commune: "20455" })).toBeGreaterThan(0);
    expect(await count({ from: "2024-05-03" })).toBe(0);
    expect(await count({ from: "2024-05-02", to: "2024-05-02" })).toBe(all);
  });

  it("shows an entry with the very bytes that were hashed", async () => {
    const books = ledgerReadingStore(test.db);
    const entry = (await books.entry(1))!;
    expect(new TextDecoder().decode(await books.bytes(1))).toBe(entry.text);
    expect(JSON.parse(entry.text)).toMatchObject({ entry: 1, donation: entry.donation });
    expect(entry.leafHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await books.entry(99_999)).toBeUndefined();
  });
});

function sum(parts: readonly { readonly amount: bigint }[]): bigint {
  return parts.reduce((all, { amount }) => all + amount, 0n);
}
