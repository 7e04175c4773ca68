import { randomBytes } from "node:crypto";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { lineMoney } from "#app/domain/list-lines/line-lock.ts";
import { decideObjection } from "#app/domain/objections/decide-objection.ts";
import { lookAtWords } from "#app/domain/objections/look-at-words.ts";
import {
  noteObjection,
  type ObjectionWish,
  openObjection,
} from "#app/domain/objections/open-objection.ts";
import type { ObjectionDesk } from "#app/domain/objections/ports.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { Role } from "#app/domain/people/role.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { openOrderBooks, scan } from "../../tests/support/order-books.ts";
import { openTexts, postList } from "../../tests/support/posted-list.ts";
import { refused } from "../../tests/support/official-acts.ts";
import { officialWriting } from "./acts.ts";
import { auditStore } from "./audit.ts";
import { listLinesStore } from "./list-lines.ts";
import { objectionReadingStore } from "./objections.ts";
import { rulesStore } from "./rules.ts";

const START = Math.floor(Date.parse("2024-05-02T03:00:00Z") / 1000);
const DAY_LENGTH = 86_400;

function person(id: string, role: Role, place: string): Person {
  return {
    id,
    name: id,
    secondFactor: true,
    grants: [{ id: `g-${id}`, role, organisation: id, place, from: "2021-12-24", to: null }],
  };
}
const CLERK = person("clerk", "commune-clerk", "20446");
const CHAIR = person("chair", "commune-leader", "20446");
const DISTRICT = person("district", "district-officer", "504");
const OTHER = person("otherChair", "commune-leader", "20455");
const EVERYBODY = new Map([CLERK, CHAIR, DISTRICT, OTHER].map((one) => [one.id, one]));

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  let now = START;
  let desk: ObjectionDesk;
  const making = {
    now: () => now,
    sha256: sha256Hex,
    randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
  };
  let keys = 0;
  const wish = (more: Partial<ObjectionWish> = {}): ObjectionWish => ({
    list: "LD1-r1",
    line: "H-LD1-002",
    ground: "not-poor",
    text: "Nhà có xe tải",
    contact: "",
    key: `key ${(keys += 1)}`,
    ...more,
  });
  const lines = () => listLinesStore(base.db).ofCampaign("LD1");
  const line = async (code: string) => (await lines()).lines.find((one) => one.code === code);
  const decide = (who: Person, code: string, outcome: string, papers = [scan()]) =>
    decideObjection(desk, who, { code, outcome, on: dayOf(now), papers });
  const facts = async (code: string, kind_: string) => {
    const rows = await base.db.rows<{ text: string }>(
      `select convert_from(bytes, 'UTF8') as text from entry where kind = $1`,
      [kind_],
    );
    return rows
      .map(({ text }) => JSON.parse(text) as { facts: Record<string, unknown> })
      .find((entry) => entry.facts["objection"] === code)?.facts;
  };

  beforeAll(async () => {
    base = await testDatabase(kind);
    await openOrderBooks(base.db);
    await postList(base.db, making, { campaign: "LD1", lines: 4, reserves: 2 });
    const official = officialWriting(base.db, making);
    const grantsOf = async (id: string) => [...(EVERYBODY.get(id)?.grants ?? [])];
    let drawn = 0;
    desk = {
      official: {
        write: (work) =>
          official.write((stores) => work({ ...stores, people: { ...stores.people, grantsOf } })),
      },
      sealed: openTexts,
      rules: rulesStore(base.db),
      drawSigns: (count) => {
        drawn += 1;
        return Array.from({ length: count }, (_, n) => (drawn >> (5 * n)) % 32);
      },
      now: () => now,
    };
  });
  afterAll(() => base.close());

  test("one is opened without an account, locks its line alone, and a form sent twice opens one", async () => {
    const asked = wish();
    const opened = must(await openObjection(desk, asked));
    expect(opened).toMatchObject({ again: false });
    expect(must(await openObjection(desk, asked))).toEqual({ code: opened.code, again: true });
    const other = must(await openObjection(desk, { ...asked, text: "Nhà có hai xe tải" }));
    expect(other.code).not.toBe(opened.code);
    expect(await line("H-LD1-002")).toMatchObject({ objections: [opened.code, other.code] });
    expect(await line("H-LD1-001")).toMatchObject({ objections: [] });
    expect(await facts(opened.code, "objection-opened")).toEqual({
      objection: opened.code,
      list: "LD1-r1",
      version: 1,
      line: "H-LD1-002",
      ground: "not-poor",
      channel: "web",
      on: "2024-05-02",
      body: "commune",
    });
    const seen = await objectionReadingStore(base.db).published(opened.code);
    expect(seen).toMatchObject({ state: "open", answerBy: "2024-05-17", locked: 15_000_000n });
  });

  test("what somebody wrote stands nowhere unsealed, and a look at it is a line in the trail", async () => {
    const words = "Ông Hồ Văn Thử có lương";
    const { code } = must(
      await openObjection(desk, wish({ text: words, contact: "0905 000 000" })),
    );
    const reading = objectionReadingStore(base.db);
    const [stored] = await base.db.rows<{ all: string }>(
      `select row_to_json(o)::text as "all" from objection o where code = $1`,
      [code],
    );
    expect(stored?.all).not.toContain("Thử");
    const look = { objections: reading, sealed: openTexts, audit: auditStore(base.db, making.now) };
    const grant = CHAIR.grants[0]!;
    expect(must(await lookAtWords(look, { person: CHAIR, grant }, code))).toEqual({
      text: words,
      contact: "0905 000 000",
    });
    const trail = await base.db.rows<{ act: string; person: string; purpose: string }>(
      `select act, person, facts::jsonb ->> 'purpose' as purpose from audit_line where subject_kind = 'objection' and subject = $1`,
      [code],
    );
    expect(trail).toEqual([{ act: "objection.read", person: "chair", purpose: "objection" }]);
    must(await decide(CHAIR, code, "not-shown"));
  });

  test.each([
    [{ list: "LD1-r9" }, refused("objection.no-list", { list: "LD1-r9" })],
    [{ line: "H-LD1-099" }, refused("objection.no-line")],
    [{ ground: "constructor" }, refused("objection.no-ground")],
    [{ ground: "no-meeting" }, refused("objection.list-ground")],
    [{ ground: "other", text: " \u200b " }, refused("objection.no-text")],
    [{ text: "ạ".repeat(2001) }, refused("objection.text-too-long", { most: 2000 })],
    [{ contact: "x".repeat(201) }, refused("objection.contact-too-long", { most: 200 })],
  ])("%j is refused", async (typed, answer) => {
    expect(await openObjection(desk, wish(typed))).toEqual(answer);
  });

  test("an official notes one from paper for the own commune, with the day it came", async () => {
    const noted = { ...wish({ line: "H-LD1-003" }), channel: "paper", on: "2024-04-20" };
    expect(await noteObjection(desk, OTHER, noted)).toMatchObject({
      problem: { code: "people.not-your-role" },
    });
    expect(await noteObjection(desk, CLERK, { ...noted, on: "2024-05-03" })).toEqual(
      refused("objection.wrong-day"),
    );
    expect(await noteObjection(desk, CLERK, { ...noted, channel: "web" })).toEqual(
      refused("objection.no-channel"),
    );
    const { code } = must(await noteObjection(desk, CLERK, noted));
    expect(await objectionReadingStore(base.db).one(code)).toMatchObject({
      channel: "paper",
      onDay: "2024-04-20",
      answerBy: "2024-05-05",
    });
    expect(must(await noteObjection(desk, CLERK, noted))).toEqual({ code, again: true });
  });

  test("the commune decides in its days; refused, the line is free again", async () => {
    const { code } = must(await openObjection(desk, wish({ line: "H-LD1-001" })));
    expect(await decide(CLERK, code, "not-shown")).toMatchObject({
      problem: { code: "people.not-your-role" },
    });
    expect(await decide(OTHER, code, "not-shown")).toMatchObject({
      problem: { code: "people.not-your-place" },
    });
    expect(await decide(DISTRICT, code, "not-shown")).toMatchObject({
      problem: { code: "people.not-your-role" },
    });
    expect(await decide(CHAIR, code, "recover")).toEqual(refused("objection.no-outcome"));
    expect(await decide(CHAIR, code, "not-shown", [])).toEqual(refused("objection.no-paper"));
    expect((await line("H-LD1-001"))?.objections).toEqual([code]);
    const { entry } = must(await decide(CHAIR, code, "conditions-met"));
    expect(await decide(CHAIR, code, "not-shown")).toEqual(refused("objection.decided"));
    expect((await line("H-LD1-001"))?.objections).toEqual([]);
    expect(await objectionReadingStore(base.db).one(code)).toMatchObject({
      state: "refused",
      outcome: "conditions-met",
      decidedEntry: entry,
      locked: 0n,
    });
    expect(await facts(code, "objection-decided")).toMatchObject({ body: "commune", late: 0 });
  });

  test("against the commune's decision the district is asked, once, and locks the line again", async () => {
    const first = must(await openObjection(desk, wish({ line: "H-LD1-004" }))).code;
    const again = wish({ line: "H-LD1-004", against: first });
    expect(await openObjection(desk, again)).toEqual(refused("objection.final"));
    must(await decide(CHAIR, first, "not-shown"));
    const second = must(await openObjection(desk, again)).code;
    expect((await line("H-LD1-004"))?.objections).toEqual([second]);
    expect(await openObjection(desk, wish({ against: first }))).toEqual(refused("objection.final"));
    expect(await decide(CHAIR, second, "not-shown")).toMatchObject({
      problem: { code: "people.not-your-role", act: "objection.review" },
    });
    must(await decide(DISTRICT, second, "not-shown"));
    expect(await openObjection(desk, wish({ against: second }))).toEqual(
      refused("objection.final"),
    );
    expect(await objectionReadingStore(base.db).published(first)).toMatchObject({ again: second });
  });

  test("one against the whole list locks every line of it", async () => {
    const all = wish({ line: "", ground: "no-meeting", text: "" });
    const { code } = must(await openObjection(desk, all));
    expect((await lines()).lines.every(({ objections }) => objections.includes(code))).toBe(true);
    const { locked } = lineMoney(await lines());
    expect(await objectionReadingStore(base.db).locked("LD1")).toMatchObject({ amount: locked });
    must(await decide(CHAIR, code, "not-shown"));
  });

  test("not answered in time it is late for all to see, and the district's to decide", async () => {
    const { code } = must(await openObjection(desk, wish({ line: "H-LD1-001" })));
    now = START + 16 * DAY_LENGTH;
    try {
      expect(await decide(CHAIR, code, "not-shown")).toMatchObject({
        problem: { act: "objection.review" },
      });
      must(await decide(DISTRICT, code, "not-shown"));
      expect(await facts(code, "objection-decided")).toMatchObject({ body: "district", late: 1 });
    } finally {
      now = START + 16 * DAY_LENGTH + 60;
    }
  });

  test("two at once on one line: upheld the first, the line leaves, and the other still gets its answer", async () => {
    const [one, two] = [
      must(await openObjection(desk, wish({ line: "H-LD1-003", key: "a" }))).code,
      must(await openObjection(desk, wish({ line: "H-LD1-003", key: "b" }))).code,
    ];
    must(await decide(CHAIR, one, "line-leaves"));
    // The version in force still has it until the next one is decided: locked for good, whatever the other brings.
    expect((await line("H-LD1-003"))?.objections).toContain(one);
    const next = await base.db.rows<{ code: string; rank: number; reserve: boolean }>(
      `select l.code, l.rank, l.reserve from list_line l join list_version v on v.list = l.list and v.version = l.version
        where v.list = 'LD1-r1' and v.state = 'compiling' order by l.rank`,
    );
    expect(next.map(({ code, reserve }) => [code, reserve])).toEqual([
      ["H-LD1-001", false],
      ["H-LD1-002", false],
      ["H-LD1-004", false],
      ["H-LD1-005", false],
      ["H-LD1-006", true],
    ]);
    must(await decide(CHAIR, two, "answered-before"));
    expect((await line("H-LD1-003"))?.objections).toContain(one);
  });

  test("only so many are open from the web against one line", async () => {
    const most = 20;
    let opened = 0;
    for (let n = 0; n < most + 2; n += 1) {
      const done = await openObjection(desk, wish({ line: "H-LD1-006" }));
      if (done.ok) opened += 1;
      else expect(done).toEqual(refused("objection.too-many", { most }));
    }
    expect(opened).toBe(most);
    const noted = { ...wish({ line: "H-LD1-006" }), channel: "paper", on: "2024-05-02" };
    expect((await noteObjection(desk, CLERK, noted)).ok).toBe(true);
  });
});
