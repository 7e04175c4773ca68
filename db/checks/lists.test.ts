import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { drawSigns } from "#app/adapters/randomness.ts";
import { draftGroup } from "#app/domain/groups/draft-group.ts";
import { foundGroup } from "#app/domain/groups/found-group.ts";
import { must } from "#app/domain/kernel/result.ts";
import { decideObjection } from "#app/domain/objections/decide-objection.ts";
import { openObjection } from "#app/domain/objections/open-objection.ts";
import { rulesStore } from "#db/stores/rules.ts";

import { testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  decided,
  FIRST_DAY,
  hungWhole,
  openListBooks,
  posted,
  submittedList,
  VILLAGERS,
} from "../../tests/support/list-books.ts";
import { freshId, scan } from "../../tests/support/order-books.ts";
import { openTexts } from "../../tests/support/posted-list.ts";
import { afterChange, everythingWrong, offendersOf } from "../../tests/support/tampering.ts";

const RULES = {
  heads: "1",
  sex: "F",
  leastAgeDays: "300",
  leastKg: "80",
  deadlineDays: "1000",
  onDeath: "postpone",
  onBarren: "replace",
  onTheft: "waive",
  onSale: "pay",
  mother: "household",
  next: "rank",
};

let books: TestDatabase;
/** Codes are drawn: which households stand where is found out. */
let lines: {
  readonly one: string;
  readonly two: string;
  readonly three: string;
  readonly reserve: string;
};

/** A text about lines by their places, with their codes. */
const coded = (text: string) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => lines[name as keyof typeof lines]);

beforeAll(async () => {
  books = await testDatabase();
  const road = await openListBooks(books.db);
  const { official, now } = road.services;
  const desk = { official, now, rules: rulesStore(books.db), sealed: openTexts, drawSigns };
  await submittedList(road);
  await decided(road);
  const notice = await posted(road);
  const [one = "", two = "", three = "", , reserve = ""] = (
    await books.db.rows<{ code: string }>(`select code from list_line order by reserve, rank`)
  ).map(({ code }) => code);
  lines = { one, two, three, reserve };
  const { code } = must(
    await openObjection(desk, {
      list: "LD1-r1",
      line: two,
      ground: "has-job",
      text: "Nhà này có người đi làm công nhân.",
      contact: "",
      key: freshId(),
    }),
  );
  const answer = { code, outcome: "not-shown", on: FIRST_DAY, papers: [scan()] };
  must(await decideObjection(desk, VILLAGERS.chair, answer));
  await hungWhole(road, notice);
  const { group } = must(
    await draftGroup(desk, VILLAGERS.clerk, {
      list: "LD1-r1",
      nameVi: "Nhóm Pà Ong",
      nameEn: "",
      members: [one, two],
      leader: one,
      deputy: "",
      rules: RULES,
    }),
  );
  const founding = { group, decisionNumber: "9/QĐ-UBND", on: "2024-05-22", papers: [scan()] };
  must(await foundGroup(desk, VILLAGERS.chair, founding));
});
afterAll(() => books.close());

/** An animal handed to the household of a line, in the entry that founded its group. */
const given = (line: string) => `
  insert into animal_event (animal, n, kind, on_day, entry, household)
  select 'LD1-0001', 1, 'handed-over', effective_on, number, '${line}' from entry where kind = 'group-founded'`;

// What a superuser can do to lists, and which invariant then names which subject.
const frauds: [what: string, sql: string, invariant: string, subject: string][] = [
  [
    "a line of more heads",
    "update list_line set heads = heads + 1 where code = '{one}'",
    "lists-as-decided",
    "^list LD1-r1, version 1$",
  ],
  [
    "a line that becomes another household's",
    "update list_line set code = 'H-LD1-900' where code = '{one}'",
    "lists-as-decided",
    "^list LD1-r1",
  ],
  [
    "a reserve that becomes a line",
    "update list_line set reserve = false where reserve",
    "lists-as-decided",
    "^list LD1-r1",
  ],
  [
    "another checksum",
    "update list_version set checksum = repeat('0', 64)",
    "lists-as-decided",
    "^list LD1-r1",
  ],
  [
    "a list that another entry decided",
    "update list_version set entry = 1",
    "lists-as-decided",
    "^list LD1-r1",
  ],
  [
    "a list decided by who compiled it",
    "alter table list_version drop constraint another_decides; update list_version set decided_by = compiled_by[1]",
    "lists-as-decided",
    "^list LD1-r1",
  ],
  [
    "a notice that hung longer",
    "update notice set from_day = from_day - 10",
    "notices-as-posted",
    "^notice of LD1-r1",
  ],
  [
    "a notice torn down that is called whole",
    "update notice set ended_on = to_day - 3",
    "notices-as-posted",
    "^notice of LD1-r1",
  ],
  [
    "a proof taken away",
    "update notice_place set down_photo = null where kind = 'office'",
    "notices-as-posted",
    "^notice of LD1-r1",
  ],
  [
    "confirmed by who took it down",
    "update notice set confirmed_by = ended_by, posted_by = 'another'",
    "notices-as-posted",
    "^notice of LD1-r1",
  ],
  [
    "an objection against another line",
    "update objection set line = '{three}'",
    "objections-as-told",
    "^objection YK",
  ],
  [
    "an objection decided otherwise",
    "update objection set outcome = 'line-leaves', state = 'upheld'",
    "objections-as-told",
    "^objection YK",
  ],
  [
    "a member put into a group",
    "update group_founding set members = members || array['{three}']",
    "groups-as-founded",
    "^group LD1-N1$",
  ],
  [
    "a household taken out of a group",
    "delete from household where code = '{two}'",
    "groups-as-founded",
    "^group LD1-N1$",
  ],
  [
    "an animal for a reserve",
    `insert into household (code, campaign, commune, commune_from, group_id, round, category, leader, listed_on, registration)
     select l.code, 'LD1', '20446', '2025-07-01', 'LD1-N1', 1, l.category, 0, '2024-05-22', l.registration from list_line l where l.reserve;
     ${given("{reserve}")}`,
    "list-before-cow",
    "^household {reserve}$",
  ],
  [
    "an animal before the list was decided",
    `${given("{one}")}; update list_version set entry = 9999; `,
    "list-before-cow",
    "^household {one}$",
  ],
  [
    "an animal before the notice ended",
    `${given("{one}")}; update notice set ended_entry = 9999`,
    "list-before-cow",
    "^household {one}$",
  ],
  [
    "an animal while an objection was open",
    `${given("{two}")}; update objection set decided_entry = 9999`,
    "list-before-cow",
    "^household {two}$",
  ],
];

describe("lists before the cow", () => {
  it("finds nothing wrong where people did what they may", async () => {
    // Gifts and campaigns of these books are made by hand.
    const made = /^(gifts-shown-by-bank|papers-open|campaigns-as-published): /;
    const wrong = (await everythingWrong(books.db)).filter((line) => !made.test(line));
    expect(wrong).toEqual([]);
  });

  it("lets an animal reach a household whose list hung whole", async () => {
    expect(
      await afterChange(books.db, coded(given("{one}")), (tx) =>
        offendersOf(tx, "list-before-cow"),
      ),
    ).toEqual([]);
  });

  it.each(frauds)("names %s", async (_what, sql, invariant, subject) => {
    const named = await afterChange(books.db, coded(sql), (tx) => offendersOf(tx, invariant));
    expect(named).toEqual([expect.stringMatching(coded(subject))]);
  });
});
