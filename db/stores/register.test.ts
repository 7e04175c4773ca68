import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { must } from "#app/domain/kernel/result.ts";
import { closeRegistration } from "#app/domain/register/close-registration.ts";
import { keepConsent } from "#app/domain/register/consent.ts";
import { judgeDuplicate } from "#app/domain/register/duplicates.ts";
import {
  correctHousehold,
  registerAgain,
  registerHousehold,
} from "#app/domain/register/keep-household.ts";
import { LOST } from "#app/domain/register/ports.ts";
import {
  answerRequest,
  decideErasure,
  finishRequest,
  noteRequest,
} from "#app/domain/register/request.ts";
import { recordSiteCheck } from "#app/domain/register/site-check.ts";
import { may } from "#app/domain/people/may.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { PEOPLE, scan } from "../../tests/support/order-books.ts";
import {
  enrol,
  household,
  LATER_CLERK,
  openRegister,
  type RegisterBooks,
  registerOver,
  request,
} from "../../tests/support/register-books.ts";

import { waitingStore } from "./waiting.ts";

const OTHER = { commune: "20455", campaign: "LD2", who: PEOPLE.otherClerk };

describe.each(databaseKinds())("the register, on %s", (kind) => {
  let base: TestDatabase;
  let books: RegisterBooks;
  beforeAll(async () => {
    base = await testDatabase(kind);
    books = await openRegister(base.db);
  });
  afterAll(() => base.close());

  const read = <Value>(
    work: (
      stores: Parameters<Parameters<typeof books.services.official.write>[0]>[0],
    ) => Promise<Value>,
  ) => books.services.official.write(work);
  const lookOf = (purpose: "keep" | "compile") => {
    const grant = must(may(PEOPLE.clerk, "register.read"));
    return { person: PEOPLE.clerk, grant, act: "register.read" as const, purpose };
  };
  const looks = async (id: string) => {
    const rows = await base.db.rows<{ facts: string }>(
      `select facts from audit_line where subject = $1 and act = 'register.read'`,
      [id],
    );
    return rows.map(({ facts }) => JSON.parse(facts) as unknown);
  };
  const checksOf = (id: string) => read(({ register }) => register.checksOf([id]));

  test("a household is registered once, sealed, and opened with one line in the trail a look", async () => {
    const wish = {
      ...household("Zơrâm Bhling", {
        phone: "+84 905 123 456",
        book: "B-0001",
        members: [{ name: "Zơrâm Nhân", relation: "child", birthYear: "2010" }],
      }),
      key: "a".repeat(26),
      commune: "20446",
      registration: request(),
    };
    const { services } = books;
    const { household: id } = must(await registerHousehold(services, PEOPLE.clerk, wish));
    expect(must(await registerHousehold(services, PEOPLE.clerk, wish)).household).toBe(id);
    const tables = await base.db.rows<{ text: string }>(
      `select h::text as text from register_household h union all select r::text from registration r`,
    );
    expect(tables).toHaveLength(2);
    for (const { text } of tables) expect(text).not.toMatch(/Bhling|0905123456|B-0001|Nhân/);
    const [registration] = await read(({ register }) => register.registrationsOf(id));
    const before = await looks(id);
    const names = must(
      await read(({ registerNames }) =>
        registerNames.ofRegistrations([registration?.id ?? "", "unknown"], lookOf("compile")),
      ),
    );
    expect([...names.values()]).toMatchObject([
      { name: "Zơrâm Bhling", phone: "0905123456", members: [{ name: "Zơrâm Nhân" }] },
    ]);
    expect(await looks(id)).toEqual([...before, { purpose: "compile", look: true }]);
  });

  test("another commune's clerk, a used key and another's campaign are refused", async () => {
    const { services } = books;
    const wish = {
      ...household("Alăng Một"),
      key: "b".repeat(26),
      commune: "20446",
      registration: request(),
    };
    expect(await registerHousehold(services, PEOPLE.otherClerk, wish)).toMatchObject({
      problem: { code: "people.not-your-place" },
    });
    expect(await registerHousehold(services, PEOPLE.chair, wish)).toMatchObject({
      problem: { code: "people.not-your-role" },
    });
    expect(
      await registerHousehold(services, PEOPLE.both, { ...wish, key: "a".repeat(26) }),
    ).toMatchObject({
      problem: { code: "register.key-used" },
    });
    const elsewhere = { ...wish, registration: request({ campaign: "LD2" }) };
    expect(await registerHousehold(services, PEOPLE.clerk, elsewhere)).toMatchObject({
      problem: { wrong: [{ code: "register.other-commune", field: "campaign" }] },
    });
    const empty = { ...wish, name: "", phone: "12", categoryOn: "31/02/2024" };
    expect(await registerHousehold(services, PEOPLE.clerk, empty)).toMatchObject({
      problem: { wrong: [{ field: "name" }, { field: "phone" }, { field: "categoryOn" }] },
    });
  });

  test("a book, a phone or a name that another household has is proposed, across communes, and judged once", async () => {
    const first = await enrol(books, "Bríu A Tiêng", { book: "B-70", phone: "0905000007" });
    expect(first.duplicates).toBe(0);
    const spelled = await enrol(books, "ATIÊNG BRÍU", {}, OTHER);
    const book = await enrol(books, "Hồ Văn Khác", { book: "b 70" }, OTHER);
    await enrol(books, "Bríu A Tiềng");
    expect(await checksOf(spelled.household)).toMatchObject([
      { one: first.household, matches: ["spelling"], decision: null },
    ]);
    const [check] = await checksOf(book.household);
    expect(check).toMatchObject({ one: first.household, matches: ["book"] });
    const judge = (who: typeof PEOPLE.clerk, decision: string, reason: string) =>
      judgeDuplicate(books.services, who, { check: check?.id ?? "", decision, reason });
    expect(await judge(PEOPLE.clerk, "same", "lost-support")).toMatchObject({
      problem: { code: "duplicate.no-reason" },
    });
    must(await judge(PEOPLE.clerk, "allowed", "split-household"));
    expect(await judge(PEOPLE.otherChair, "same", "moved")).toMatchObject({
      problem: { code: "duplicate.judged-already" },
    });
    expect((await checksOf(first.household)).map(({ decision }) => decision)).toEqual([
      null,
      "allowed",
    ]);
    // Corrected, it is compared anew, and the pair is not proposed twice.
    const version = 1;
    must(
      await correctHousehold(books.services, PEOPLE.otherClerk, {
        ...household("Hồ Văn Khác", { book: "B70", phone: "0905 000 007" }),
        household: book.household,
        version,
      }),
    );
    expect(await checksOf(book.household)).toHaveLength(1);
    expect(
      await correctHousehold(books.services, PEOPLE.otherClerk, {
        ...household("Hồ Văn Khác"),
        household: book.household,
        version,
      }),
    ).toMatchObject({ problem: { code: "office.stale" } });
  });

  test("a name alone is not proposed where each has its own book in one commune", async () => {
    await enrol(books, "Hồ Thị Trùng Tên", { book: "C-100" });
    const own = await enrol(books, "Hồ Thị Trùng Tên", { book: "C-101" });
    expect(own.duplicates).toBe(0);
    const elsewhere = await enrol(books, "Hồ Thị Trùng Tên", { book: "C-102" }, OTHER);
    expect(elsewhere.duplicates).toBe(2);
    expect((await enrol(books, "Hồ Thị Trùng Tên")).duplicates).toBe(3);
  });

  test("a visit, another round, and a request taken back", async () => {
    const { services } = books;
    const { household: id } = await enrol(books, "Pơloong Thăm");
    const [registration] = await read(({ register }) => register.registrationsOf(id));
    const visit = {
      registration: registration?.id ?? "",
      onDay: "01/05/2024",
      present: ["commune", "village"],
      answers: {
        "lives-here": "yes",
        "category-holds": "yes",
        "can-work": "yes",
        "has-grass": "yes",
        "has-barn": "no",
        "wants-to-keep": "yes",
      },
      fit: "yes",
    };
    expect(
      await recordSiteCheck(services, PEOPLE.clerk, { ...visit, present: ["household"] }),
    ).toMatchObject({
      problem: { code: "site-check.nobody" },
    });
    must(await recordSiteCheck(services, PEOPLE.clerk, visit));
    const candidates = await read(({ register }) => register.candidates("LD1", 1));
    expect(candidates.find(({ household }) => household === id)).toMatchObject({
      fit: true,
      openChecks: 0,
    });
    must(
      await registerAgain(services, PEOPLE.clerk, {
        household: id,
        registration: request({ round: "2" }),
      }),
    );
    expect(
      await registerAgain(services, PEOPLE.clerk, {
        household: id,
        registration: request({ round: "2" }),
      }),
    ).toMatchObject({ problem: { code: "register.registered-already" } });
    const closed = { registration: visit.registration, state: "declined" };
    must(await closeRegistration(services, PEOPLE.clerk, closed));
    expect(await closeRegistration(services, PEOPLE.clerk, closed)).toMatchObject({
      problem: { code: "register.not-open" },
    });
    expect(await recordSiteCheck(services, PEOPLE.clerk, visit)).toMatchObject({
      problem: { code: "register.not-open" },
    });
  });

  test("consent needs a proof, is withdrawn by a word, and pages change at once", async () => {
    const { services } = books;
    const { household: id } = await enrol(books, "Riah Thuận");
    const version = async () => {
      const [row] = await base.db.rows<{ version: bigint }>(
        `select version from content_version where name = 'households'`,
      );
      return row?.version ?? 0n;
    };
    const wish = {
      household: id,
      kind: "name",
      given: true,
      onDay: "02/05/2024",
      channel: "signed",
      language: "cotu",
    };
    expect(await keepConsent(services, PEOPLE.clerk, wish, [])).toMatchObject({
      problem: { code: "consent.no-proof" },
    });
    expect(
      await keepConsent(services, PEOPLE.clerk, { ...wish, channel: "spoken" }, [scan()]),
    ).toMatchObject({ problem: { code: "consent.no-channel" } });
    const before = await version();
    must(await keepConsent(services, PEOPLE.clerk, wish, [scan()]));
    expect(await version()).toBeGreaterThan(before);
    expect(await read(({ register }) => register.consentNow(id, "name"))).toBe(true);
    expect(await keepConsent(services, PEOPLE.clerk, wish, [scan()])).toMatchObject({
      problem: { code: "consent.so-already" },
    });
    const given = await version();
    must(
      await keepConsent(services, PEOPLE.clerk, { ...wish, given: false, channel: "spoken" }, []),
    );
    expect(await version()).toBeGreaterThan(given);
    expect(await read(({ register }) => register.consentNow(id, "name"))).toBe(false);
    expect(await read(({ register }) => register.consents(id))).toMatchObject([
      { n: 1, given: true, textVersion: "2026-1" },
      { n: 2, given: false, textVersion: "2026-1" },
    ]);
  });

  test("a request has both clocks; only the leader erases, never who noted it, and nothing is left but the code", async () => {
    const { services } = books;
    const { household: id } = await enrol(books, "Coor Xoá Tên", {
      book: "B-99",
      phone: "0905000099",
    });
    const twin = await enrol(books, "Coor Xoá Tên", { book: "B-99" });
    expect(twin.duplicates).toBe(1);
    const wish = {
      household: id,
      kind: "access",
      channel: "phone",
      receivedOn: "02/05/2024",
      text: "Cho tôi xem",
    };
    const access = must(await noteRequest(services, PEOPLE.clerk, wish));
    // Thursday: two working days are Monday, 72 hours are Sunday.
    expect(access).toMatchObject({ answerBy: "2024-05-06", actBy: "2024-05-05" });
    must(await answerRequest(services, PEOPLE.clerk, access.id));
    must(await finishRequest(services, PEOPLE.clerk, { request: access.id, outcome: "shown" }));
    expect(
      await finishRequest(services, PEOPLE.clerk, { request: access.id, outcome: "shown" }),
    ).toMatchObject({
      problem: { code: "request.done-already" },
    });
    const erase = must(await noteRequest(services, PEOPLE.both, { ...wish, kind: "erase" }));
    const waiting = await waitingStore(base.db, services.now).matters("2024-05-02");
    expect(waiting.filter((one) => one.id === id)).toMatchObject([
      { kind: "request-answer", acts: ["register.keep"], dueOn: "2024-05-06" },
      { kind: "request-erase", acts: ["register.erase"], subject: { preparedBy: ["both"] } },
    ]);
    expect(waiting.find(({ kind }) => kind === "duplicate-judge")).toMatchObject({
      acts: ["register.judge"],
    });
    expect(
      await finishRequest(services, PEOPLE.clerk, { request: erase.id, outcome: "erased" }),
    ).toMatchObject({
      problem: { code: "request.no-outcome" },
    });
    const decided = { request: erase.id, outcome: "erased" };
    expect(await decideErasure(services, PEOPLE.both, decided)).toMatchObject({
      problem: { code: "people.own-preparation" },
    });
    expect(await decideErasure(services, PEOPLE.otherChair, decided)).toMatchObject({
      problem: { code: "people.not-your-place" },
    });
    must(await decideErasure(services, PEOPLE.chair, decided));
    const [row] = await base.db.rows<{ empty: boolean; texts: bigint }>(
      `select octet_length(sealed) = 0 and name_mark is null and book_mark is null and phone_mark is null as empty,
              (select sum(octet_length(q.sealed)) from household_request q where q.household = h.id) as texts
         from register_household h where h.id = $1`,
      [id],
    );
    expect(row).toEqual({ empty: true, texts: 0n });
    const names = await read(({ registerNames }) =>
      registerNames.ofHouseholds([id], lookOf("keep")),
    );
    expect(must(names).size).toBe(0);
    const again = { ...household("Coor Mới"), household: id, version: 1 };
    expect(await correctHousehold(services, PEOPLE.clerk, again)).toMatchObject({
      problem: { code: "register.erased" },
    });
    await expect(
      base.db.rows(`update household_request set done_by = noted_by where id = $1`, [erase.id]),
    ).rejects.toThrow(/another_erases|stays as it was done/);
  });

  test("after a merger the successor's clerk keeps the households of before, and the old names are compared", async () => {
    const { household: id } = await enrol(books, "Tơ Ngôl Sáp Nhập", { book: "B-55" });
    books.day = "2026-03-04";
    const fresh = await enrol(
      books,
      "Tơ Ngôl Sáp Nhập",
      { book: "B-55" },
      { commune: "20443", campaign: "LD1", who: LATER_CLERK },
    );
    books.day = "2024-05-02";
    expect(await checksOf(fresh.household)).toMatchObject([{ one: id, matches: ["book", "name"] }]);
    const lines = await read(({ register }) => register.households({ places: ["20443"] }));
    expect(lines.map((line) => line.id)).toEqual(expect.arrayContaining([id, fresh.household]));
    expect(lines.find((line) => line.id === id)).toMatchObject({
      communes: ["20446", "20443"],
      district: "504",
    });
    const old = await read(({ register }) =>
      register.households({ places: ["20446"], campaign: "LD1", round: 1 }),
    );
    expect(old.map((line) => line.id)).not.toContain(fresh.household);
    expect(await read(({ register }) => register.households({ places: ["20455"] }))).toHaveLength(
      3,
    );
  });

  test("with another key nothing is registered or opened, and it is said which is missing", async () => {
    const { household: id } = await enrol(books, "Arất Mất Khoá");
    const other = registerOver(base.db, "demo-another-key");
    const wish = {
      ...household("Arất Nữa"),
      key: "c".repeat(26),
      commune: "20446",
      registration: request(),
    };
    expect(await registerHousehold(other.services, PEOPLE.clerk, wish)).toEqual(LOST);
    const names = await other.services.official.write(({ registerNames }) =>
      registerNames.ofHouseholds([id], lookOf("keep")),
    );
    expect(names).toEqual(LOST);
    expect(await read(({ register }) => register.household("c".repeat(26)))).toBeUndefined();
  });
});
