import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Ledger } from "#app/domain/ledger/ports.ts";
import { restingPieces } from "#app/domain/ledger/trace.ts";
import type { OpenDataReading } from "#app/domain/open-data/ports.ts";
import { SET_NAMES, type SetName, SETS } from "#app/domain/open-data/sets.ts";

import { recompute } from "../../tests/outside/recompute.ts";
import { folderSource } from "../../tests/outside/source.ts";
import { databaseKinds, type TestDatabase, testDatabase } from "../../tests/support/database.ts";
import { bookByHand, FORMULA_TITLE, SECRETS } from "../../tests/support/hand-made-books.ts";
import { publishAll, rowsOf, sourceOf } from "../../tests/support/published.ts";
import { openDataStore } from "./open-data.ts";

function rowOf(files: ReadonlyMap<string, string>, set: SetName, key: string) {
  return rowsOf(files, set).find((row) => row[SETS[set].key[0] ?? ""] === key);
}

describe.each(databaseKinds())("open data on %s", (kind) => {
  let test: TestDatabase;
  let openData: OpenDataReading;
  let ledger: Ledger;
  let files: Map<string, string>;

  beforeAll(async () => {
    test = await testDatabase(kind);
    ledger = await bookByHand(test.db);
    openData = openDataStore(test.db);
    files = await publishAll(openData);
  });
  afterAll(() => test.close());

  it("is enough for an outsider to recompute everything, and nothing is broken", async () => {
    const { problems, counts } = await recompute(sourceOf(files));
    expect(problems).toEqual([]);
    expect(counts).toMatchObject({ gifts: 12, records: 12, animals: 6, campaigns: 3 });
    expect(counts["entries"]).toBe(await openData.head());
    expect(counts["described"]).toBe(SET_NAMES.length);
  });

  it("says the totals that pencil and paper say", () => {
    expect(rowOf(files, "campaigns", "LD1")).toMatchObject({
      pledged: 79_000_000,
      received: 47_500_000,
      disbursed: 32_700_000,
      delivered: 31_500_000,
    });
    expect(rowOf(files, "campaigns", "LD2")).toMatchObject({
      pledged: 14_000_000,
      received: 14_000_000,
      disbursed: 13_000_000,
      delivered: 9_100_000,
    });
    expect(rowOf(files, "campaigns", "LD3")).toMatchObject({ pledged: 0, delivered: 0 });
  });

  it("names what became of each gift and animal", () => {
    const states = Object.fromEntries(
      rowsOf(files, "donations").map(({ donation, state, returned }) => [
        donation,
        `${String(state)} ${String(returned)}`,
      ]),
    );
    expect(states).toEqual({
      QNA: "received 0",
      QNB: "refunded 15000000",
      QNPART: "received 0",
      QND: "received 0",
      QNE: "reported 0",
      QNF: "expired 3000000",
      QNSUSP: "suspense 0",
      QNFOUND: "received 0",
      QNI: "received 0",
      QNJ: "reversed 1000000",
      QNK: "received 0",
      QNL: "received 0",
    });
    expect(rowsOf(files, "animals").map(({ animal, state }) => [animal, state])).toEqual([
      ["LD1-0001", "alive"],
      ["LD1-0002", "dead"],
      ["LD1-0003", "alive"],
      ["LD2-0001", "alive"],
      ["LD2-0002", "reversed"],
      ["LD2-0003", "alive"],
    ]);
    expect(rowOf(files, "animals", "LD1-0003")).toMatchObject({
      account: null,
      lo: null,
      price: null,
    });
  });

  it("tells where each đồng of a gift rests, as the ledger's own trace does", async () => {
    const record = JSON.parse(files.get("/data/v1/donations/QNA.json") ?? "") as unknown;
    expect(record).toMatchObject({
      donation: "QNA",
      amount: 25_000_000,
      campaign: "LD1",
      account: "fund:LD1",
      lo: 1,
      state: "received",
      pieces: [
        {
          account: "delivered:20446:LD1:r1",
          animal: "LD1-0001",
          amount: 16_500_000,
          lo: 5_000_001,
        },
        { account: "loss:disease:LD1", animal: "LD1-0002", amount: 8_500_000, lo: 1 },
      ],
    });
    const head = await openData.head();
    for (const { donation } of rowsOf(files, "donations")) {
      const gift = await openData.gift(String(donation), head);
      if (!gift) throw new Error("no gift");
      const pieces = await ledger.forward(gift.account, { lo: gift.lo, length: gift.amount });
      expect(restingPieces(gift.pieces)).toEqual(restingPieces(pieces));
    }
  });

  it("is as of one entry, whatever is booked while it is read", async () => {
    const head = 12;
    const states = [];
    for await (const page of openData.pages("donations", head)) {
      states.push(...page.map(({ state }) => state));
    }
    expect(states.filter((state) => state === "reported")).toHaveLength(3);
    let movements = 0;
    for await (const page of openData.pages("movements", head)) movements += page.length;
    expect(movements).toBe(12);
    expect(await openData.gift("QNL", 11)).toBeUndefined();
  });

  it("holds nobody's name, no text of a payer and no key", () => {
    const everything = [...files.values()].join("\n");
    for (const secret of SECRETS) expect(everything).not.toContain(secret);
    expect(everything).not.toContain("form QN");
    expect(files.get("/data/v1/pledges.csv")).not.toContain("QNNOW");
    // Seven poor may be told; one lately out of poverty may not, nor follow from the sum.
    expect(rowsOf(files, "household_counts")).toEqual([
      { commune: "20446", campaign: "LD1", round: 1, category: "poor", households: 7 },
    ]);
    expect(files.get("/data/v1/households.csv")).not.toMatch(/poor|escaped/);
    // Three households of the second round are too few to have codes, in any file.
    expect(rowsOf(files, "households")).toHaveLength(14);
    expect(rowsOf(files, "households").at(-1)).toEqual({
      household: "H-LD1-r2",
      commune: "20446",
      campaign: "LD1",
      round: 2,
      group: null,
      households: 3,
    });
    expect(files.get("/data/v1/animal_events.csv")).toContain("H-LD1-r2");
    expect(everything).not.toMatch(/H-LD1-01[456]/);
    expect(files.get("/data/v1/animal_events.csv")).toContain("2024-W18");
    expect(files.get("/data/v1/animal_events.csv")).not.toMatch(/2024-\d\d-\d\d/);
  });

  it("gives a spreadsheet no formula, and JSON the very text", () => {
    expect(files.get("/data/v1/campaigns.csv")).toContain(
      `"'=HYPERLINK(""http://evil.example"",""Đàn bò"")"`,
    );
    expect(rowOf(files, "campaigns", "LD1")).toMatchObject({ title_vi: FORMULA_TITLE });
  });

  it("reads the same from a folder", async () => {
    const folder = await mkdtemp(join(tmpdir(), "ketnghia-"));
    try {
      for (const [address, text] of files) {
        const name = address.replace(/^\/data\/v1\//, "");
        if (!name.includes("/")) await writeFile(join(folder, name), text);
      }
      const { problems, counts } = await recompute(folderSource(folder));
      expect(problems).toEqual([]);
      expect(counts).toMatchObject({ gifts: 12, records: 0 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  /** Each changes one published file as somebody with bad intentions, or a bug, would. */
  const TAMPERED: readonly (readonly [string, string, RegExp | string, string, RegExp])[] = [
    ["an amount", "movements.csv", /"VND",25000000,,1,/, '"VND",24000000,,1,', /gift QNA|does not/],
    [
      "a number given twice",
      "movements.csv",
      /15000000,,25000001,/,
      "15000000,,25000000,",
      /next is/,
    ],
    ["a missing entry", "entries.csv", /^3,.*\r\n/m, "", /stands at place/],
    ["a leaf", "entries.csv", /[0-9a-f]{64}/, "x".repeat(64), /leaf/],
    [
      "an overdrawn account",
      "movements.csv",
      /"fund:LD2","commune:20455:LD2","VND",13000000/,
      '"fund:LD2","commune:20455:LD2","VND",15000000',
      /fund:LD2/,
    ],
    ["a price", "animals.csv", ",21500000,", ",21500001,", /LD1-0001/],
    [
      "a neighbour's numbers",
      "animals.csv",
      ",21500001,10000000,",
      ",21500000,10000000,",
      /LD1-0002/,
    ],
    ["a living animal", "animals.csv", ',"dead",', ',"alive",', /called alive, recomputed dead/],
    ["a total", "campaigns.csv", ",47500000,", ",47500001,", /received is 47500001/],
    ["a promise", "pledges.csv", ",30000000,0,", ",31000000,0,", /pledged is/],
    ["a payment of a promise", "pledges.csv", ",2000000,500000,", ",2000000,0,", /paid 0/],
    ["a state of a gift", "donations.csv", ',"refunded",', ',"received",', /recomputed refunded/],
    ["a gift's range", "donations.csv", 'fund:LD1",40000001,', 'fund:LD1",40000002,', /QNPART/],
    ["a piece", "donations/QNA.json", '"amount":8500000', '"amount":8400000', /pieces of QNA/],
    ["a piece's animal", "donations/QNA.json", "LD1-0002", "LD1-0001", /pieces of QNA/],
    [
      "a reversal",
      "entries.csv",
      /,"reversal",([^,]*),([^,]*),10,/,
      ',"reversal",$1,$2,9,',
      /does not undo/,
    ],
    ["a lost reference", "movements.csv", 'LD2-0003"\r\n', 'LD2-0009"\r\n', /not in animals/],
    ["a unit", "movements.csv", ',"DE",1,', ',"BO",1,', /changes DE into BO/],
    ["a closed account", "accounts.csv", /(commune:20446:LD1",.*),\d+\r\n/, "$1,20\r\n", /closed/],
  ];

  it.each(TAMPERED)("names %s that was changed", async (_, file, found, put, named) => {
    const address = `/data/v1/${file}`;
    const before = files.get(address) ?? "";
    const after = before.replace(found, put);
    expect(after).not.toBe(before);
    const { problems } = await recompute(sourceOf(new Map(files).set(address, after)));
    expect(problems.join("\n")).toMatch(named);
  });
});
