import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { approveAccount } from "#app/domain/bank-accounts/approve-account.ts";
import { endAccount } from "#app/domain/bank-accounts/end-account.ts";
import { proposeAccount } from "#app/domain/bank-accounts/propose-account.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { Role } from "#app/domain/people/role.ts";
import { fileStatement } from "#app/domain/progress/file-statement.ts";
import { answerPromise } from "#app/domain/twinning/answer-promise.ts";
import { makePromise } from "#app/domain/twinning/make-promise.ts";
import { withdrawPromise } from "#app/domain/twinning/withdraw-promise.ts";
import { seedPlan } from "#db/seeds/plan.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { holding } from "../../tests/support/office-person.ts";
import { officialWriting } from "./acts.ts";
import { bankAccountStore } from "./bank-accounts.ts";
import { catalogueStore } from "./catalogue.ts";
import { progressStore } from "./progress.ts";
import { twinningStore } from "./twinning.ts";

const TODAY = "2024-05-20";
const PAIR = "hoi-an-tay-giang";

function person(id: string, role: Role, organisation: string, place: string | null = null): Person {
  const grant = { id: `g-${id}`, role, organisation, place, from: "2022-01-01", to: null };
  return { id, name: id, secondFactor: true, grants: [grant] };
}

const TWIN = person("twin", "twin-officer", "ubnd-503-2021");
const OTHER_TWIN = person("other", "twin-officer", "ubnd-507-2021");
const LEADER = person("leader", "commune-leader", "ubnd-20440-2021", "20440");
const CLERK = person("clerk", "commune-clerk", "ubnd-20440-2021", "20440");
const OFFICER = person("officer", "committee-officer", "ban-dan-toc-quang-nam");
const HEAD = person("head", "committee-leader", "ban-dan-toc-quang-nam");

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  let today = TODAY;
  let ids = 0;
  beforeAll(async () => {
    base = await testDatabase(kind);
    await seedPlan(base.db);
  });
  afterAll(() => base.close());

  const now = () => Date.parse(`${today}T03:00:00Z`) / 1000;
  const desk = (who?: Person) => ({
    official: holding(
      officialWriting(base.db, {
        now,
        sha256: sha256Hex,
        randomHex: (bytes: number) => "0".repeat(bytes * 2),
      }),
      [...(who ? [who] : []), TWIN, OTHER_TWIN, LEADER, CLERK, OFFICER, HEAD],
    ),
    now,
    newId: () => `id${(ids += 1)}`,
  });
  const wish = (over: object = {}) => ({
    pair: PAIR,
    commune: "20440",
    year: 2024,
    model: "livestock" as const,
    money: 90_000_000n,
    goods: [{ what: "dê giống", quantity: 5, unit: "con" }],
    version: 0,
    key: `k${(ids += 1)}`,
    ...over,
  });
  const refusal = async (asked: Promise<{ ok: boolean }>) => {
    const answer = (await asked) as { ok: boolean; problem?: { code: string } };
    return answer.problem?.code;
  };

  test("the catalogues are the plan's, dated, and honest about what it does not give", async () => {
    const { catalogue } = catalogueStore(base.db);
    const startUp = await catalogue("start-up", TODAY);
    expect(startUp.map(({ id, things }) => [id, things.length])).toEqual([
      ["start-up.fruit", 12],
      ["start-up.medicinal", 9],
      ["start-up.short-term", 8],
      ["start-up.livestock", 4],
      ["start-up.processing", 9],
    ]);
    const [village] = await catalogue("village", TODAY);
    expect(village?.things).toEqual([]);
    expect(village?.note?.vi).toMatch(/bộ tiêu chí/);
    const [topics] = await catalogue("training", TODAY);
    expect(topics?.things.filter(({ priority }) => priority)).toHaveLength(8);
    expect(await catalogue("livestock", "2021-12-23")).toEqual([]);
  });

  test("a promise is the twin's, counts once the commune's leader signs, and changes by versions", async () => {
    const { versions, pairs } = twinningStore(base.db);
    expect((await pairs()).filter((pair) => pair.kind === "district")).toHaveLength(6);
    expect(await refusal(makePromise(desk(), OTHER_TWIN, wish()))).toBe("people.not-your-place");
    expect(await refusal(makePromise(desk(), LEADER, wish()))).toBe("people.not-your-role");
    expect(await refusal(makePromise(desk(), TWIN, wish({ commune: "20494" })))).toBe(
      "twinning.no-commune",
    );
    expect(await refusal(makePromise(desk(), TWIN, wish({ year: 2023 })))).toBe(
      "twinning.bad-year",
    );
    const first = must(await makePromise(desk(), TWIN, wish({ key: "same" })));
    expect(must(await makePromise(desk(), TWIN, wish({ key: "same" })))).toMatchObject({
      id: first.id,
      again: true,
    });
    // The key with anything else is no second promise that is passed off as the first.
    expect(await refusal(makePromise(desk(), TWIN, wish({ key: "same", money: 1n })))).toBe(
      "twinning.key-used",
    );
    // The form that did not know of it is stale; the one that does makes the next version.
    expect(await refusal(makePromise(desk(), TWIN, wish()))).toBe("office.stale");
    const second = must(await makePromise(desk(), TWIN, wish({ version: 1, money: 70_000_000n })));
    const sign = (promise: string, who = LEADER) =>
      answerPromise(desk(who), who, { promise, outcome: "confirmed", reason: "" });
    expect(await refusal(sign(first.id))).toBe("office.stale");
    expect(await refusal(sign(second.id, CLERK))).toBe("people.not-your-role");
    const elsewhere = person("far", "commune-leader", "ubnd-20494-2021", "20494");
    expect(await refusal(sign(second.id, elsewhere))).toBe("people.not-your-place");
    const both: Person = { ...TWIN, grants: [...TWIN.grants, ...LEADER.grants] };
    expect(await refusal(sign(second.id, both))).toBe("people.own-preparation");
    // A role withdrawn while the form was on its way counts no more, whatever the session began with.
    expect(
      await refusal(
        answerPromise(desk({ ...LEADER, grants: [] }), LEADER, {
          promise: second.id,
          outcome: "confirmed",
          reason: "",
        }),
      ),
    ).toBe("people.not-your-role");
    must(await sign(second.id));
    expect(await refusal(sign(second.id))).toBe("twinning.answered");
    const kept = await versions(PAIR);
    expect(kept.map(({ version, money, answer }) => [version, money, answer?.outcome])).toEqual([
      [2, 70_000_000n, "confirmed"],
      [1, 90_000_000n, undefined],
    ]);
    expect(kept[0]?.goods).toEqual([{ what: "dê giống", quantity: 5, unit: "con" }]);
    // The database itself does not take the signature of whoever promised.
    await expect(
      base.db.rows(`insert into twinning_answer values ($1, 'confirmed', null, 'x', 'twin', 1)`, [
        first.id,
      ]),
    ).rejects.toMatchObject({ code: "KN009" });
    await expect(base.db.rows(`update twinning_promise set money = 1`)).rejects.toMatchObject({
      code: "KN001",
    });
    // An empty form takes nothing back; taking back is an act with a reason, which the commune signs too.
    const empty = wish({ version: 2, money: 0n, goods: [] });
    expect(await refusal(makePromise(desk(), TWIN, empty))).toBe("twinning.nothing");
    const back = (over: object = {}, who = TWIN) =>
      withdrawPromise(desk(who), who, {
        promise: second.id,
        reason: "Đơn vị giải thể",
        key: "back",
        ...over,
      });
    expect(await refusal(back({ reason: " " }))).toBe("twinning.no-withdraw-reason");
    expect(await refusal(back({ promise: first.id }))).toBe("office.stale");
    expect(await refusal(back({}, OTHER_TWIN))).toBe("people.not-your-place");
    expect(must(await back())).toEqual({ pair: PAIR });
    // Sent twice it is one.
    expect(must(await back())).toEqual({ pair: PAIR });
    const [newest, before] = await versions(PAIR);
    expect([newest?.version, newest?.money, newest?.goods]).toEqual([3, 0n, []]);
    expect([before?.version, before?.answer?.outcome]).toEqual([2, "confirmed"]);
    expect(await refusal(back({ promise: newest?.id, key: "again" }))).toBe("twinning.withdrawn");
    // A key that was used for another promise takes nothing back, and says so.
    const other = must(await makePromise(desk(), TWIN, wish({ model: "training" })));
    expect(await refusal(back({ promise: other.id }))).toBe("twinning.key-used");
    expect(must(await back({ promise: other.id, key: "its-own" }))).toEqual({ pair: PAIR });
  });

  test("an account exists once another person approved it, and ends the same way", async () => {
    const open = {
      holder: "UBND xã Ga Ri",
      bankName: "BIDV",
      bin: "970418",
      number: "1200 3400.5600",
      owner: "commune" as const,
      commune: "20440",
      validFrom: "2024-06-01",
      reason: "Tài khoản tiền gửi của xã",
      paperNumber: "12/CV-UBND",
      paperDate: "2024-05-10",
      key: "open",
    };
    const { all, accountChanges } = bankAccountStore(base.db);
    expect(await refusal(proposeAccount(desk(), HEAD, open))).toBe("people.not-your-role");
    expect(await refusal(proposeAccount(desk(), OFFICER, { ...open, commune: "00001" }))).toBe(
      "account.no-commune",
    );
    const made = must(await proposeAccount(desk(), OFFICER, open));
    expect(await all()).toEqual([]);
    // The same form by the same person is the same proposal; the key with anything else is none.
    expect(must(await proposeAccount(desk(), OFFICER, open))).toEqual({ id: made.id, again: true });
    const typo = { ...open, number: "120034005601" };
    expect(await refusal(proposeAccount(desk(), OFFICER, typo))).toBe("account.key-used");
    const colleague = { ...OFFICER, id: "colleague" };
    expect(await refusal(proposeAccount(desk(colleague), colleague, open))).toBe(
      "account.key-used",
    );
    expect(await refusal(proposeAccount(desk(), OFFICER, { ...open, key: "twice" }))).toBe(
      "account.waiting",
    );
    const approve = (who: Person) =>
      approveAccount(desk(who), who, { change: made.id, outcome: "approved", reason: "" });
    const both: Person = { ...OFFICER, grants: [...OFFICER.grants, ...HEAD.grants] };
    expect(await refusal(approve(both))).toBe("people.own-preparation");
    const verdict = { change: made.id, outcome: "approved", reason: "" } as const;
    expect(await refusal(approveAccount(desk({ ...HEAD, grants: [] }), HEAD, verdict))).toBe(
      "people.not-your-role",
    );
    must(await approve(HEAD));
    expect(await refusal(approve(HEAD))).toBe("account.decided");
    expect(await all()).toMatchObject([
      {
        id: "120034005600",
        number: "120034005600",
        validTo: null,
        place: { name: "Ga Ri" },
        uses: [],
      },
    ]);
    expect(await refusal(proposeAccount(desk(), OFFICER, { ...open, key: "again" }))).toBe(
      "account.taken",
    );
    const end = {
      account: "120034005600",
      lastDay: "2024-12-31",
      reason: "Đóng",
      paperNumber: "1",
      paperDate: "2024-05-20",
      key: "end",
    };
    const ending = must(await endAccount(desk(), OFFICER, end));
    expect(must(await endAccount(desk(), OFFICER, end))).toEqual({ id: ending.id, again: true });
    const later = { ...end, lastDay: "2025-01-31" };
    expect(await refusal(endAccount(desk(), OFFICER, later))).toBe("account.key-used");
    expect(await refusal(endAccount(desk(), OFFICER, { ...end, key: open.key }))).toBe(
      "account.key-used",
    );
    expect(await all()).toMatchObject([{ validTo: null }]);
    must(
      await approveAccount(desk(), HEAD, { change: ending.id, outcome: "approved", reason: "" }),
    );
    expect(await all()).toMatchObject([{ validTo: "2024-12-31" }]);
    expect(await accountChanges()).toHaveLength(2);
    const trail = await base.db.rows<{ act: string }>(
      `select act from audit_line where subject_kind = 'account' order by n`,
    );
    expect(trail.map(({ act }) => act)).toEqual([
      "account.propose",
      "account.approve",
      "account.propose",
      "account.approve",
    ]);
  });

  test("a statement is filed by its commune, with the figures of the books, once a day", async () => {
    await base.db.rows(
      `insert into campaign (id, slug, model, species, commune, commune_from, district, title_vi, title_en, summary_vi,
         summary_en, story_vi, story_en, goal, households, starts_on, ends_on, bank_account, code, twin, responsible,
         published_by, published_on, decision_number, decision_date, search_text)
       values ('GR9', 'gr9', 'livestock', 'DE', '20440', '2021-11-01', '504', 'a', 'a', 'a', 'a', 'a', 'a', 100, 1,
         '2023-09-05', '2027-03-31', '120034005600', 'X', 'ubnd-503-2021', 'x', 'x', '2023-09-01', '1', '2023-08-01', '')`,
    );
    const text = "Các hộ đã làm xong chuồng, trồng cỏ và chờ nhận giống trong tháng tới.";
    const file = (who: Person, over: object = {}) =>
      fileStatement(desk(who), who, {
        campaign: "GR9",
        textVi: text,
        textEn: "",
        key: `s${(ids += 1)}`,
        ...over,
      });
    const { statements, overdue } = progressStore(base.db);
    expect(await overdue(TODAY)).toMatchObject([
      { campaign: { id: "GR9" }, daysLate: 78, heldUp: true },
    ]);
    expect(await refusal(file(LEADER))).toBe("people.not-your-role");
    const far = person("far", "commune-clerk", "ubnd-20494-2021", "20494");
    expect(await refusal(file(far))).toBe("people.not-your-place");
    expect(await refusal(file(CLERK, { textVi: "xong" }))).toBe("progress.too-short");
    expect(must(await file(CLERK, { key: "once" }))).toEqual({ n: 1, again: false });
    expect(must(await file(CLERK, { key: "once" }))).toEqual({ n: 1, again: true });
    // The same form with something else is not passed off as what it filed, nor another's as one's own.
    expect(await refusal(file(CLERK, { key: "once", textVi: `${text} Thêm.` }))).toBe(
      "progress.key-used",
    );
    expect(await refusal(file(CLERK, { key: "once", textEn: text }))).toBe("progress.key-used");
    expect(await refusal(file(CLERK))).toBe("progress.filed-today");
    expect(await overdue(TODAY)).toEqual([]);
    // The merged commune goes on for the one it was.
    today = "2025-09-01";
    const after = person("after", "commune-clerk", "ubnd-20443-2025", "20443");
    must(await file(after));
    today = TODAY;
    expect(await statements("GR9")).toMatchObject([
      { n: 2, received: 0n, alive: 0, daysLate: 289 },
      { n: 1, filedOn: TODAY, daysLate: 78, textVi: text, textEn: null },
    ]);
    const [use] = (await bankAccountStore(base.db).all()).flatMap(({ uses }) => uses);
    expect(use).toMatchObject({ campaign: "GR9", since: "2023-09-01", until: null });
  });
});
