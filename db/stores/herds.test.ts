/** Animals after corrections: what a reversed entry told never happened, and no verb takes a head from the wrong herd. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { Act, Writing } from "#app/domain/acts/act.ts";
import { acceptGiftInKind } from "#app/domain/animals/accept-gift-in-kind.ts";
import { recordBirths } from "#app/domain/animals/record-births.ts";
import { recordCompensation } from "#app/domain/animals/record-compensation.ts";
import { recordLoss } from "#app/domain/animals/record-loss.ts";
import { reverseEntry } from "#app/domain/corrections/reverse-entry.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { EntryDraft } from "#app/domain/ledger/entry.ts";
import type { OfficeStores } from "#app/domain/office-stores.ts";
import { placeOf } from "#app/domain/orders/place.ts";
import { succeedCommune } from "#app/domain/places/succeed-commune.ts";
import { passOn } from "#app/domain/rounds/pass-on.ts";
import { runChecks } from "#db/checks/run.ts";

import { recompute } from "../../tests/outside/recompute.ts";
import { databaseKinds, type TestDatabase, testDatabase } from "../../tests/support/database.ts";
import { bookByHand } from "../../tests/support/hand-made-books.ts";
import { officialActs, refused } from "../../tests/support/official-acts.ts";
import { publishAll, sourceOf } from "../../tests/support/published.ts";
import { expectSound, readBooks } from "../../tests/support/sound-books.ts";
import { postList } from "../../tests/support/posted-list.ts";
import { officialStores, officialWriting } from "./acts.ts";
import { openDataStore } from "./open-data.ts";

/** The cows of the hand-made books came on 2 May 2024; the commune of LD1 ends with June 2025. */
const LIST: Day = "2025-06-02";
const BORN: Day = "2024-06-01";
let today: Day = LIST;
const { making, act } = officialActs("herds", () => today);

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  let official: Writing<OfficeStores>;
  let stores: OfficeStores;

  beforeAll(async () => {
    today = LIST;
    base = await testDatabase(kind);
    official = officialWriting(base.db, making);
    stores = officialStores(base.db, making);
    await bookByHand(base.db);
    // The households of these books stand on lists that hung whole.
    await postList(base.db, making, { campaign: "LD1", lines: 13, trail: true });
    await postList(base.db, making, { campaign: "LD1", round: 2, lines: 3, from: 14, trail: true });
  });
  afterAll(() => base.close());
  beforeEach(() => {
    today = LIST;
  });

  const heads = async (account: string) => {
    const state = await stores.ledger.state(account);
    return (state?.received ?? 0n) - (state?.sent ?? 0n);
  };
  const herds = async (commune = "20446") => [
    await heads(`herd:${commune}:BO:r1`),
    await heads(`herd:${commune}:BO:r2`),
  ];
  const animal = async (code: string) => (await stores.herds.animals([code]))[0];
  const keeps = async (household: string) => (await stores.herds.households([household]))[0]?.keeps;
  const moves = (movements: readonly { from: string; to: string; amount: bigint }[]) =>
    movements.map(({ from, to, amount }) => [from, to, amount]);
  const bear = (code: string, more: object = {}) =>
    recordBirths(official, {
      ...act(),
      campaign: "LD1",
      births: [{ code, dam: "LD1-0001", sex: "F", bornOn: BORN, ...more }],
    });
  const pass = (code: string, more: Partial<Act> = {}) =>
    passOn(official, {
      ...act(more),
      campaign: "LD1",
      passings: [{ animal: code, household: "H-LD1-014" }],
    });
  const lose = (code: string, more: Partial<Act> = {}) =>
    recordLoss(official, { ...act(more), animal: code, cause: "disease" });
  const reverse = (entry: number) =>
    reverseEntry(official, { ...act(), entry, reason: "entered-twice" });

  async function expectWhole(): Promise<void> {
    expectSound(await readBooks(base.db));
    const files = await publishAll(openDataStore(base.db));
    expect((await recompute(sourceOf(files))).problems).toEqual([]);
    const checks = await runChecks(base.db, making.now);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  }

  /** What the check of the herds names once these entries are posted; nothing of them stays. */
  async function offendersAfter(
    drafts: readonly Pick<EntryDraft, "kind" | "legs" | "animalEvents">[],
  ) {
    let named: string[] = [];
    const undo = new Error("undo");
    await base.db
      .begin(async (tx) => {
        for (const draft of drafts) {
          must(
            await officialStores(tx, making).ledger.post({
              key: act().key,
              effectiveOn: today,
              ...draft,
            }),
          );
        }
        const checks = await runChecks(tx, making.now);
        const broken = checks.filter(({ ok }) => !ok);
        expect(broken.map(({ name }) => name)).toEqual(["heads-add-up"]);
        named = broken.flatMap(({ offenders }) => offenders.map(({ subject }) => subject));
        throw undo;
      })
      .catch((error: unknown) => {
        if (error !== undo) throw error;
      });
    return named;
  }
  /** A write-off as it was booked when reversals were not looked at. */
  const written = (code: string, herd: string, keeper: { household?: string } = {}) => ({
    kind: "loss" as const,
    legs: [{ from: herd, to: "world:death:BO", amount: 1n, animal: code }],
    animalEvents: [{ animal: code, kind: "died" as const, on: today, cause: "disease", ...keeper }],
  });

  test("a calf whose birth was reversed never was", async () => {
    const before = await herds();
    const { entry } = must(await bear("LD1-0010"));
    expect(await herds()).toEqual([(before[0] ?? 0n) + 1n, before[1]]);
    expect(await animal("LD1-0010")).toMatchObject({ alive: true, undone: false, cameOn: BORN });
    must(await reverse(entry));
    expect(await animal("LD1-0010")).toMatchObject({ alive: false, undone: true });
    expect(await herds()).toEqual(before);

    expect(await lose("LD1-0010")).toEqual(refused("animal.undone", { animal: "LD1-0010" }));
    expect(await pass("LD1-0010")).toMatchObject(refused("pass-on.not-offspring"));
    expect(await bear("LD1-0011", { dam: "LD1-0010" })).toMatchObject(refused("birth.no-dam"));
    expect(await bear("LD1-0010")).toMatchObject(refused("animal.exists"));
    expect(await herds()).toEqual(before);
    await expectWhole();
    expect(await offendersAfter([written("LD1-0010", "herd:20446:BO:r1")])).toEqual([
      "herd:20446:BO:r1",
    ]);
  });

  test("a calf whose passing-on was reversed is back with its round, its household and its group", async () => {
    const born = must(
      await recordBirths(official, {
        ...act(),
        campaign: "LD1",
        births: [{ code: "LD1-0012", dam: "LD1-0001", sex: "F", bornOn: BORN }],
      }),
    );
    await base.db.rows(
      `insert into household_group (id, campaign, commune, name_vi, name_en, founded_on, decision_number)
       values ('G1', 'LD1', '20446', 'Nhóm 1', 'Group 1', $1, '1')`,
      [LIST],
    );
    const before = [await animal("LD1-0012"), await herds(), await heads("owed:G1:BO")];
    const passed = must(await pass("LD1-0012"));
    expect(await animal("LD1-0012")).toMatchObject({ round: 2, keeper: "H-LD1-014", lastOn: LIST });
    expect(await keeps("H-LD1-014")).toBe(1);

    // Its birth cannot be turned round while it is elsewhere: another head would leave the first herd.
    expect(await reverse(born.entry)).toEqual(
      refused("reversal.animal-moved-on", { animal: "LD1-0012", entry: passed.entry }),
    );
    const back = must(await reverse(passed.entry));
    expect(await reverse(passed.entry)).toMatchObject(refused("ledger.key-conflict"));
    expect([await animal("LD1-0012"), await herds(), await heads("owed:G1:BO")]).toEqual(before);
    expect(await keeps("H-LD1-014")).toBe(0);
    expect(await reverse(back.entry)).toMatchObject(refused("ledger.cannot-reverse"));

    expect(
      await offendersAfter([written("LD1-0012", "herd:20446:BO:r2", { household: "H-LD1-001" })]),
    ).toEqual(["herd:20446:BO:r1", "herd:20446:BO:r2"]);
    const lost = must(await lose("LD1-0012"));
    expect(moves(lost.movements)).toEqual([["herd:20446:BO:r1", "world:death:BO", 1n]]);
    expect(await reverse(born.entry)).toMatchObject(
      refused("reversal.animal-moved-on", { entry: lost.entry }),
    );
    must(await reverse(lost.entry));
    must(await reverse(born.entry));
    expect(await animal("LD1-0012")).toMatchObject({ undone: true });
    await expectWhole();
  });

  test("an animal whose loss was reversed lives, and its đồng are where they came back", async () => {
    // The hand-made books tell this death once and turn it round.
    const [stored] = await base.db.rows<{ lo: bigint }>(
      `select lo from animal where code = 'LD2-0001'`,
    );
    const now = await animal("LD2-0001");
    expect(now).toMatchObject({ alive: true, range: { price: 4_100_000n } });
    expect(now?.range?.lo).not.toBe(stored?.lo);
    const goats = await heads("herd:20455:DE:r1");
    const first = must(await lose("LD2-0001"));
    expect(moves(first.movements)).toEqual([
      ["delivered:20455:LD2:r1", "loss:disease:LD2", 4_100_000n],
      ["herd:20455:DE:r1", "world:death:DE", 1n],
    ]);
    expect(await lose("LD2-0001")).toMatchObject(refused("animal.not-alive"));
    const fund = { animal: "LD2-0001", amount: 1n };
    expect(await recordCompensation(official, { ...act({ on: "2025-06-01" }), ...fund })).toEqual(
      refused("animal.too-early", { animal: "LD2-0001", since: LIST }),
    );
    // Once more, and once more dead: the numbers are new each time.
    must(await reverse(first.entry));
    expect((await animal("LD2-0001"))?.range?.lo).toBeGreaterThan(now?.range?.lo ?? 0n);
    must(await lose("LD2-0001"));
    expect(await heads("herd:20455:DE:r1")).toBe(goats - 1n);
    must(await recordCompensation(official, { ...act(), ...fund }));
    await expectWhole();
  });

  test("a household keeps what it was given by entries that stand", async () => {
    const given = { campaign: "LD1", round: 1 };
    const lines = ["LD1-0021", "LD1-0022"].map((code) => ({ code, household: "H-LD1-005" }));
    const first = must(await acceptGiftInKind(official, { ...act(), ...given, lines }));
    expect(await keeps("H-LD1-005")).toBe(2);
    const another = { ...given, lines: [{ code: "LD1-0023", household: "H-LD1-005" }] };
    expect(await acceptGiftInKind(official, { ...act(), ...another })).toMatchObject(
      refused("household.over-norm"),
    );
    const lost = must(await lose("LD1-0021"));
    expect(await keeps("H-LD1-005")).toBe(1);
    expect(await reverse(first.entry)).toMatchObject(refused("reversal.animal-moved-on"));
    must(await reverse(lost.entry));
    expect(await keeps("H-LD1-005")).toBe(2);
    must(await reverse(first.entry));
    expect(await keeps("H-LD1-005")).toBe(0);
    must(await acceptGiftInKind(official, { ...act(), ...another }));
    expect(await keeps("H-LD1-005")).toBe(1);
    await expectWhole();
  });

  test("nothing happens to an animal before it came, or before what happened to it last", async () => {
    const came = "2024-05-02";
    expect(await bear("LD1-0031", { bornOn: "2024-05-01" })).toEqual(
      refused("animal.too-early", { animal: "LD1-0001", since: came }),
    );
    must(await bear("LD1-0031", { bornOn: "2025-05-28" }));
    const early = (code: string, on: Day) => lose(code, { on, reason: "papers-late" });
    for (const code of ["LD1-0031", "LD1-0001"]) {
      expect(await early(code, "2025-05-27")).toEqual(
        refused("animal.too-early", { animal: code, since: "2025-05-28" }),
      );
    }
    const unborn = { code: "LD1-0032", bornOn: "2025-06-03" };
    expect(
      await acceptGiftInKind(official, { ...act(), campaign: "LD1", round: 1, lines: [unborn] }),
    ).toEqual(refused("animal.too-early", { animal: "LD1-0032", since: "2025-06-03" }));
    must(await early("LD1-0031", "2025-05-28"));
    await expectWhole();
  });

  test("a reversal of births or passings-on belongs to the campaign of the animals", async () => {
    const entryOf = async (animalCode: string, event: string) => {
      const [row] = await base.db.rows<{ entry: bigint }>(
        `select entry from animal_event where animal = $1 and kind = $2`,
        [animalCode, event],
      );
      return Number(row?.entry);
    };
    const place = async (entry: number) =>
      placeOf(stores, { kind: "reversal", entry, reason: "entered-twice" }, today);
    const birth = await place(await entryOf("LD1-0003", "born"));
    expect(birth).toMatchObject({ campaign: "LD1", commune: "20446", twin: "twin" });
    expect(await place(await entryOf("LD1-0003", "passed-on"))).toEqual(birth);
    expect((await place(await entryOf("LD2-0001", "handed-over"))).campaign).toBe("LD2");
    expect((await place(999_999)).campaign).toBeNull();
  });

  test("herds that went to a merged commune are followed there", async () => {
    must(await bear("LD1-0041"));
    const before = await herds();
    today = "2025-07-01";
    must(
      await succeedCommune(official, {
        ...act({ reason: "commune-merged" }),
        commune: "20446",
        validFrom: "2021-11-01",
      }),
    );
    expect([await herds(), await herds("20443")]).toEqual([[0n, 0n], before]);
    await expectWhole();
    must(await lose("LD1-0041"));
    must(await lose("LD1-0003"));
    expect(await herds("20443")).toEqual([(before[0] ?? 0n) - 1n, 0n]);
    must(await bear("LD1-0042", { bornOn: "2025-06-20" }));
    await expectWhole();
    expect(
      await offendersAfter([
        {
          kind: "pass-on",
          legs: [
            { from: "herd:20443:BO:r1", to: "herd:20455:BO:r1", amount: 1n, animal: "LD1-0042" },
          ],
        },
      ]),
    ).toEqual(["animal LD1-0042", "herd:20443:BO:r1", "herd:20455:BO:r1"]);
  });
});
