import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { addDays } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { beginList, changeLine, submitList } from "#app/domain/lists/compile-list.ts";
import { checksumOf } from "#app/domain/lists/checksum.ts";
import { decideList, sendListBack } from "#app/domain/lists/decide-list.ts";
import { addProof, confirmNotice, endEarly, takeDown } from "#app/domain/lists/end-notice.ts";
import { giveListOpinion } from "#app/domain/lists/give-list-opinion.ts";
import { beginAnew, listAnew } from "#app/domain/lists/list-anew.ts";
import { postNotice } from "#app/domain/lists/post-notice.ts";
import { recordMeeting } from "#app/domain/lists/record-meeting.ts";
import type { ListReading } from "#app/domain/lists/ports.ts";
import { standingOf } from "#app/domain/lists/standing.ts";
import type { Canonical } from "#app/domain/kernel/canonical.ts";

import { TRAIL_INVARIANTS } from "../checks/invariants-trail.ts";
import { databaseKinds, type TestDatabase, testDatabase } from "../../tests/support/database.ts";
import {
  decided,
  FIRST_DAY,
  hungWhole,
  type ListBooks,
  meetingOf,
  openListBooks,
  posted,
  provenIn,
  registerIn,
  submittedList,
  VILLAGERS,
} from "../../tests/support/list-books.ts";
import { freshId, scan } from "../../tests/support/order-books.ts";

const { clerk, secondClerk, chair, front, stranger } = VILLAGERS;

async function factsOf(db: TestDatabase["db"], entry: number) {
  const [row] = await db.rows<{ text: string }>(
    `select convert_from(bytes, 'UTF8') as text from entry where number = $1`,
    [entry],
  );
  return (JSON.parse(row?.text ?? "{}") as { facts?: Record<string, Canonical> }).facts;
}

const standing = async ({ services }: ListBooks) =>
  standingOf(await services.official.write(({ lists }) => lists.standing({ list: "LD1-r1" })));

describe.each(databaseKinds())("the road of a list (%s)", (kind) => {
  let base: TestDatabase;
  let books: ListBooks<ListReading>;
  beforeAll(async () => {
    base = await testDatabase(kind);
    books = await openListBooks(base.db);
  });
  afterAll(() => base.close());

  it("keeps a meeting without quorum, and the next one names it", async () => {
    const { services } = books;
    const thin = meetingOf("Đắc Ốc", [], { present: 9, places: 2 });
    expect(must(await recordMeeting(services, clerk, thin, [scan()])).quorate).toBe(false);
    const voted = await registerIn(books, "Đắc Ốc", ["Hôih Thị Lơi", "Tơngôl Hùng"]);
    const again = meetingOf("Đắc Ốc", voted, { present: 12, onDay: "2024-04-28" });
    expect(await recordMeeting(services, clerk, again, [scan()])).toMatchObject({
      problem: { code: "meeting.repeat-not-named" },
    });
    const named = { ...again, repeats: thin.key, votes: [] };
    expect(await recordMeeting(services, clerk, named, [scan()])).toMatchObject({
      problem: { code: "meeting.no-votes" },
    });
    expect(
      await recordMeeting(services, stranger, { ...again, repeats: thin.key }, [scan()]),
    ).toMatchObject({ problem: { code: "people.not-your-place" } });
    const held = { ...again, repeats: thin.key };
    expect(must(await recordMeeting(services, clerk, held, [scan()])).quorate).toBe(true);
    expect(must(await recordMeeting(services, clerk, held, [scan()])).id).toBe(held.key);
    expect((await books.lists.meetings("LD1", 1)).map(({ quorate }) => quorate)).toEqual([
      false,
      true,
    ]);
  });

  it("goes from the meetings to a decided list whose checksum is of its names", async () => {
    const { services, lists } = books;
    await submittedList(books);
    const lines = await lists.lines("LD1-r1", 1);
    // Two villages take turns; the last of each is a reserve.
    expect(lines.map(({ village, reserve }) => `${village}${reserve ? " dự bị" : ""}`)).toEqual([
      "Pà Ong",
      "Đắc Ốc",
      "Pà Ong",
      "Pà Ong",
      "Pà Ong",
      "Đắc Ốc dự bị",
      "Pà Ong dự bị",
    ]);
    const seen = { list: "LD1-r1", version: 1, revision: 2 };
    const own = { ...seen, agrees: "no", text: "" };
    expect(await giveListOpinion(services, front, own)).toMatchObject({
      problem: { code: "list.no-text" },
    });
    must(await giveListOpinion(services, front, { ...own, text: "Thiếu hộ ở đầu thôn" }));
    expect(await giveListOpinion(services, front, { ...own, agrees: "yes" })).toMatchObject({
      problem: { code: "list.opinion-given" },
    });
    must(await sendListBack(services, chair, { ...seen, reason: "opinion" }));
    const first = lines[0]!;
    const change = { list: "LD1-r1", version: 1, code: first.code, heads: 1, why: "ability" };
    expect(await changeLine(services, clerk, { ...change, revision: 2 })).toMatchObject({
      problem: { code: "office.stale", version: 3 },
    });
    must(await changeLine(services, secondClerk, { ...change, revision: 3 }));
    expect(await changeLine(services, clerk, { ...change, revision: 3 })).toMatchObject({
      problem: { code: "office.stale", version: 4 },
    });
    must(await submitList(services, clerk, { ...seen, revision: 4 }));
    const both = { ...chair, grants: [...chair.grants, ...clerk.grants] };
    expect(both.grants).toHaveLength(2);
    const version = await decided(books);
    expect(version).toMatchObject({ state: "decided", compiledBy: [clerk.id, secondClerk.id] });
    const facts = await factsOf(base.db, version.entry!);
    expect(facts).toMatchObject({ list: "LD1-r1", version: 1, households: 5, reserves: 2 });
    expect(facts?.["checksum"]).toBe(version.checksum);
    const text = JSON.stringify(facts);
    for (const name of ["Mơ", "Bhling", "Pà Ong", version.sheetNumber]) {
      expect(text).not.toContain(name);
    }
    const names = ["Alăng Thị Mơ", "Hôih Thị Lơi", "Bhling Bhớt", "Zơrâm Nhơt", "Coor Tứ"];
    const all = [...names, "Tơngôl Hùng", "Pơloong Blúi"];
    const printed = (await lists.lines("LD1-r1", 1)).map((line, at) => ({
      ...line,
      name: all[at]!,
    }));
    const sheet = { list: "LD1-r1", version: 1, sheet: version.sheetNumber!, lines: printed };
    expect(checksumOf(sha256Hex, sheet)).toBe(version.checksum);
    expect(await lists.byChecksum(version.checksum!)).toEqual({
      list: "LD1-r1",
      version: 1,
      inForce: 1,
    });
    const looks = await base.db.rows(
      `select 1 from audit_line where act = 'list.decide' and facts::jsonb ->> 'purpose' = 'decide'`,
    );
    expect(looks).toHaveLength(7);
  });

  it("is not decided by who compiled it, nor twice", async () => {
    const { services } = books;
    const seen = { list: "LD1-r1", version: 1, revision: 5 };
    const decision = { ...seen, decisionNumber: "1", on: FIRST_DAY };
    expect(await decideList(services, clerk, decision, [scan()])).toMatchObject({ ok: false });
    expect(await decideList(services, chair, decision, [scan()])).toMatchObject({
      problem: { code: "list.other-state" },
    });
    expect(await beginList(services, clerk, { campaign: "LD1", round: 1 })).toMatchObject({
      problem: { code: "list.there" },
    });
  });

  it("does not count a notice that was torn down, and counts one that hung whole", async () => {
    const { services, lists } = books;
    const early = await posted(books);
    expect(early.toDay).toBe(addDays(FIRST_DAY, 19));
    const twice = { key: freshId(), list: "LD1-r1", version: 1, from: FIRST_DAY };
    expect(await postNotice(services, clerk, twice)).toMatchObject({
      problem: { code: "notice.hanging" },
    });
    expect((await standing(books)).lines[0]?.state).toBe("hanging");
    books.onDay("2024-05-06");
    const torn = { notice: early.id, on: "2024-05-05", outcome: "torn-down" };
    must(await endEarly(services, clerk, torn));
    expect(await endEarly(services, clerk, torn)).toMatchObject({
      problem: { code: "notice.ended" },
    });
    expect((await standing(books)).lines[0]?.state).toBe("not-counted");
    const notice = await posted(books, 1, "2024-05-06");
    const down = { notice: notice.id, on: notice.toDay };
    books.onDay(notice.toDay);
    expect(await takeDown(services, clerk, down)).toMatchObject({
      problem: { code: "notice.not-over" },
    });
    books.onDay(addDays(notice.toDay, 1));
    const after = { notice: notice.id, on: addDays(notice.toDay, 1) };
    expect(await takeDown(services, clerk, after)).toMatchObject({
      problem: { code: "notice.proofs-missing", missing: 9 },
    });
    const wrong = { notice: notice.id, n: 1, loudspeakerDays: ["2024-05-01"], files: {} };
    expect(await addProof(services, clerk, wrong)).toMatchObject({
      problem: { code: "notice.bad-loudspeaker-day" },
    });
    await provenIn(books, notice.id);
    must(await takeDown(services, clerk, after));
    expect((await standing(books)).spendable).toBe(0n);
    expect(await confirmNotice(services, clerk, { notice: notice.id })).toMatchObject({
      problem: { code: "people.not-your-role" },
    });
    const entry = must(await confirmNotice(services, front, { notice: notice.id })).entry;
    expect(await factsOf(base.db, entry)).toMatchObject({ outcome: "whole", to: notice.toDay });
    const { lines, amount, spendable } = await standing(books);
    expect(spendable).toBe(amount);
    expect(lines.filter(({ state }) => state === "reserve")).toHaveLength(2);
    expect((await lists.published())[0]).toMatchObject({ list: "LD1-r1", households: 5 });
    expect(await lists.newestNotices(5)).toHaveLength(2);
  });

  it("makes a version without a line: codes stay, the first reserve moves up, the old notice ends", async () => {
    const { services, lists } = books;
    const before = await lists.lines("LD1-r1", 1);
    const [gone] = before;
    const wish = {
      list: "LD1-r1",
      without: gone!.code,
      reason: "objection-upheld",
      at: services.now(),
    } as const;
    must(await services.official.write((stores) => listAnew(stores, wish)));
    const lines = await lists.lines("LD1-r1", 2);
    expect(lines.map(({ code }) => code).toSorted()).toEqual(
      before
        .map(({ code }) => code)
        .filter((code) => code !== gone!.code)
        .toSorted(),
    );
    expect(lines.filter(({ reserve }) => !reserve)).toHaveLength(5);
    expect(lines.find(({ why }) => why === "reserve-called")).toMatchObject({ reserve: false });
    // Another line leaves while it is worked at: the same version.
    const more = { ...wish, without: lines[0]!.code };
    must(await services.official.write((stores) => listAnew(stores, more)));
    expect(await lists.lines("LD1-r1", 2)).toHaveLength(5);
    const open = (await lists.versions("LD1-r1")).at(-1)!;
    must(await submitList(services, clerk, open));
    const today = "2024-05-27";
    books.onDay(today);
    const version = await decided(books, today);
    expect(version).toMatchObject({ version: 2, reason: "objection-upheld" });
    expect((await lists.versions("LD1-r1")).map(({ state }) => state)).toEqual([
      "replaced",
      "decided",
    ]);
    // The whole days of the one before count: what is left is the least the rule asks.
    const notice = await posted(books, 2, today);
    expect(notice.toDay).toBe(addDays(today, 2));
    await hungWhole(books, notice);
    expect((await standing(books)).lines.every(({ state }) => state !== "hanging")).toBe(true);
  });

  it("begins a version for a household that declined, and replaces a notice that hangs", async () => {
    const { services, lists } = books;
    const [line] = await lists.lines("LD1-r1", 2);
    await base.db.rows(`update registration set state = 'declined' where id = $1`, [
      line!.registration,
    ]);
    const wish = { list: "LD1-r1", version: 2, reason: "declined" };
    const begun = must(await beginAnew(services, clerk, wish));
    expect(await beginAnew(services, secondClerk, wish)).toMatchObject({
      problem: { code: "list.at-work", version: 3 },
    });
    const lines = await lists.lines("LD1-r1", 3);
    expect(lines.map(({ code }) => code)).not.toContain(line!.code);
    expect(begun.revision).toBe(1);
  });

  it("stands in the trail as it stands in the tables", async () => {
    for (const { name, offenders } of TRAIL_INVARIANTS) {
      const wrong = await base.db.rows<{ subject: string; fact: string }>(offenders);
      expect(
        wrong.filter(({ subject }) => /meeting|list|notice|audit/.test(subject)),
        name,
      ).toEqual([]);
    }
  });
});
