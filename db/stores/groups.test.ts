import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { drawSigns } from "#app/adapters/randomness.ts";
import { wrongPassing } from "#app/domain/rounds/pass-on.ts";
import { dutyLegs } from "#app/domain/animals/hand-over.ts";
import { draftGroup, type GroupWish } from "#app/domain/groups/draft-group.ts";
import { foundGroup } from "#app/domain/groups/found-group.ts";
import { defaultRules, readRules } from "#app/domain/groups/group-rules.ts";
import { noteCommitment, noteTraining } from "#app/domain/groups/note-commitment.ts";
import { must } from "#app/domain/kernel/result.ts";
import { openObjection } from "#app/domain/objections/open-objection.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  DAY,
  MAKING,
  type OfficeServices,
  openOrderBooks,
  orderServices,
  PEOPLE,
  scan,
} from "../../tests/support/order-books.ts";
import { refused } from "../../tests/support/official-acts.ts";
import { openTexts, postList } from "../../tests/support/posted-list.ts";
import { groupReadingStore } from "./groups.ts";
import { herdsStore } from "./herds.ts";
import { rulesStore } from "./rules.ts";

const RULES = {
  heads: "2",
  sex: "F",
  leastAgeDays: "300",
  leastKg: "80",
  deadlineDays: "1.000",
  onDeath: "postpone",
  onBarren: "replace",
  onTheft: "waive",
  onSale: "pay",
  mother: "household",
  next: "rank",
};

test("rules are read whole, and what is none of them is named", () => {
  expect(must(readRules(RULES))).toMatchObject({ heads: 2, deadlineDays: 1000, onTheft: "waive" });
  const wrong = (more: Record<string, string>) => readRules({ ...RULES, ...more });
  expect(wrong({ heads: "6" })).toEqual(refused("group.wrong-rule", { rule: "heads", most: 5 }));
  expect(wrong({ onSale: "waive" })).toMatchObject({ problem: { rule: "onSale" } });
  expect(wrong({ leastKg: "-1" })).toMatchObject({ problem: { rule: "leastKg" } });
  const campaign = { species: "BO", passOnHeads: 1, passOnAgeDays: 365 };
  expect(defaultRules(campaign)).toMatchObject({ heads: 1, leastAgeDays: 365 });
});

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  let services: OfficeServices;
  let lines: string[];
  beforeAll(async () => {
    base = await testDatabase(kind);
    await openOrderBooks(base.db);
    services = orderServices(base.db);
    lines = await postList(base.db, MAKING, { campaign: "LD1", lines: 12, reserves: 1 });
    await postList(base.db, MAKING, {
      campaign: "LD1",
      round: 2,
      lines: 2,
      from: 90,
      notice: "hangs",
    });
  });
  afterAll(() => base.close());

  const desk = () => ({
    official: services,
    now: services.now,
    rules: rulesStore(base.db),
    sealed: openTexts,
    drawSigns,
  });
  const wish = (more: Partial<GroupWish> = {}): GroupWish => ({
    list: "LD1-r1",
    nameVi: "Nhóm thôn 1",
    nameEn: "",
    members: lines.slice(0, 6),
    leader: "H-LD1-001",
    deputy: "H-LD1-002",
    rules: RULES,
    ...more,
  });
  const draft = (more: Partial<GroupWish> = {}, who = PEOPLE.clerk) =>
    draftGroup(desk(), who, wish(more));
  const decide = (group: string, who = PEOPLE.chair, more: object = {}) =>
    foundGroup(desk(), who, {
      group,
      decisionNumber: "9/QĐ-UBND",
      on: DAY,
      papers: [scan()],
      ...more,
    });

  test.each([
    [{ list: "LD1-r9" }, "people.not-your-place"],
    [{ nameVi: "  " }, "group.no-name"],
    [{ members: [] }, "group.empty"],
    [{ leader: "H-LD1-007" }, "group.no-leader"],
    [{ deputy: "H-LD1-001" }, "group.deputy"],
    [{ members: ["H-LD1-001", "H-LD1-013"] }, "order.line-reserve", { deputy: "" }],
    [
      { list: "LD1-r2", members: ["H-LD1-090"], leader: "H-LD1-090" },
      "order.line-not-posted",
      { deputy: "" },
    ],
    [{ rules: { ...RULES, mother: "nobody" } }, "group.wrong-rule"],
  ])("%j is refused", async (typed, code, more: object = {}) => {
    const answer = await draft({ ...typed, ...more });
    expect(answer.ok ? "ok" : answer.problem.code).toBe(
      code === "people.not-your-place" ? (answer.ok ? "" : answer.problem.code) : code,
    );
    expect(answer.ok).toBe(false);
  });

  test("written by a clerk, decided by another; then its households are known by their codes", async () => {
    const { group } = must(await draft());
    expect(group).toBe("LD1-N1");
    expect(await draft({}, PEOPLE.otherClerk)).toMatchObject({ ok: false });
    must(await draft({ group, nameVi: "Nhóm thôn Một" }));
    expect(
      await draft({ members: ["H-LD1-006", "H-LD1-007"], leader: "H-LD1-007", deputy: "" }),
    ).toEqual(refused("group.taken", { line: "H-LD1-006", group }));
    expect(await decide(group, PEOPLE.clerk)).toMatchObject({ ok: false });
    expect(await decide(group, PEOPLE.chair, { papers: [] })).toEqual(refused("group.no-paper"));
    expect(await decide(group, PEOPLE.chair, { decisionNumber: " " })).toEqual(
      refused("group.no-number"),
    );
    const { entry } = must(await decide(group));
    expect(await decide(group)).toEqual(refused("group.decided"));
    expect(await draft({ group })).toEqual(refused("group.decided"));
    const told = await base.db.rows<{ text: string }>(
      `select convert_from(bytes, 'UTF8') as text from entry where number = $1::bigint`,
      [entry],
    );
    expect(JSON.parse(told[0]?.text ?? "{}")).toMatchObject({
      kind: "group-founded",
      facts: {
        group,
        members: 6,
        leader: "H-LD1-001",
        deputy: "H-LD1-002",
        rules: { heads: 2, onTheft: "waive" },
      },
    });
    const seen = await groupReadingStore(base.db).published("ld1-n1");
    expect(seen).toMatchObject({
      id: group,
      nameVi: "Nhóm thôn Một",
      households: 6,
      leader: "H-LD1-001",
      lists: ["LD1-r1"],
      committed: 0,
      rules: { deadlineDays: 1000 },
    });
    expect(seen?.members.map(({ code }) => code)).toEqual(lines.slice(0, 6));
  });

  test("two hands also where one person holds both roles", async () => {
    const members = ["H-LD1-010"];
    const { group } = must(await draft({ members, leader: "H-LD1-010", deputy: "" }, PEOPLE.both));
    expect(await decide(group, PEOPLE.both)).toMatchObject({
      problem: { code: "people.own-preparation" },
    });
  });

  test("an objection that comes between draft and decision stands in the way of both", async () => {
    const members = ["H-LD1-007", "H-LD1-008"];
    const { group } = must(await draft({ members, leader: "H-LD1-007", deputy: "" }));
    const { code } = must(
      await openObjection(desk(), {
        list: "LD1-r1",
        line: "H-LD1-008",
        ground: "relative",
        text: "",
        contact: "",
        key: "k",
      }),
    );
    expect(await decide(group)).toEqual(
      refused("order.line-locked", { line: "H-LD1-008", objection: code }),
    );
    must(await draft({ group, members: ["H-LD1-007"], leader: "H-LD1-007", deputy: "" }));
    must(await decide(group));
    // A group of one tells nobody by a code.
    expect(await groupReadingStore(base.db).published(group)).toMatchObject({
      households: 1,
      members: [],
      leader: null,
    });
  });

  test("commitments once a household, with a paper; trainings of no more households than there are", async () => {
    const commit = (more: object = {}) =>
      noteCommitment(desk(), PEOPLE.clerk, {
        group: "LD1-N1",
        households: ["H-LD1-001", "H-LD1-003"],
        on: DAY,
        language: "co-tu",
        papers: [scan()],
        ...more,
      });
    expect(await commit({ households: ["H-LD1-011"] })).toEqual(refused("commitment.no-household"));
    expect(await commit({ language: "xx" })).toEqual(refused("commitment.no-language"));
    expect(await commit({ papers: [] })).toEqual(refused("group.no-paper"));
    must(await commit());
    expect(await commit({ households: ["H-LD1-003"] })).toEqual(
      refused("commitment.there", { line: "H-LD1-003" }),
    );
    const train = (more: object = {}) =>
      noteTraining(desk(), PEOPLE.clerk, {
        group: "LD1-N1",
        topic: "barn",
        on: DAY,
        trainer: "Trạm khuyến nông",
        present: 5,
        ...more,
      });
    expect(await train({ present: 7 })).toEqual(refused("training.present", { most: 6 }));
    expect(await train({ topic: "song" })).toEqual(refused("training.no-topic"));
    expect(must(await train()).n).toBe(1);
    expect(must(await train({ topic: "feed" })).n).toBe(2);
    expect(await groupReadingStore(base.db).published("LD1-N1")).toMatchObject({
      committed: 2,
      trainings: [{ topic: "barn", present: 5 }, { topic: "feed" }],
    });
    expect((await groupReadingStore(base.db).one("LD1-N1"))?.committed).toEqual([
      "H-LD1-001",
      "H-LD1-003",
    ]);
  });

  test("its rules hold for the duty and for the age at passing on, whatever the campaign says", async () => {
    const households = await herdsStore(base.db).households(["H-LD1-001"]);
    expect(households).toMatchObject([{ rules: { heads: 2, leastAgeDays: 300 } }]);
    const campaign = { id: "LD1", passOnHeads: 1, passOnAgeDays: 10 };
    const legs = dutyLegs({ lines: [{ household: "H-LD1-001" }] }, campaign, "BO", households);
    expect(legs).toMatchObject([{ to: "owed:LD1-N1:BO", amount: 2n }]);
    const calf = {
      code: "LD1-0100",
      species: "BO",
      campaign: "LD1",
      commune: "20446",
      round: 1,
      alive: true,
      undone: false,
      dam: "LD1-0001",
      bornOn: "2024-01-01",
      keeper: "H-LD1-001",
    };
    const passings = [{ animal: "LD1-0100", household: "H-LD1-090" }];
    expect(wrongPassing({ on: DAY, passings }, campaign, [calf], households)).toMatchObject({
      code: "pass-on.too-young",
      needed: 300,
    });
  });
});
