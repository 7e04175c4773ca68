import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { newId, randomHex } from "#app/adapters/randomness.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import type { Writing } from "#app/domain/acts/act.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { OfficeStores } from "#app/domain/office-stores.ts";
import { decideRole, withdrawRole } from "#app/domain/people/decide-role.ts";
import { firstGrant } from "#app/domain/people/first-grant.ts";
import { keepOrganisation } from "#app/domain/people/keep-organisation.ts";
import type { Person } from "#app/domain/people/may.ts";
import { proposeRole } from "#app/domain/people/propose-role.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import type { Database } from "../client.ts";
import { officialWriting } from "./acts.ts";
import { auditStore } from "./audit.ts";
import { peopleStore } from "./people.ts";

const TODAY = "2026-03-04";
const NOW = Date.parse(`${TODAY}T05:00:00Z`) / 1000;

const ORGANISATIONS = [
  ["committee", "committee", null, "2025-07-01", null, null],
  ["department", "department", null, "2021-01-01", null, null],
  ["commune", "commune-committee", "20443", "2025-07-01", null, null],
  ["old-office", "district-office", "504", "2021-01-01", "2025-06-30", "committee"],
] as const;

describe.each(databaseKinds())("people and what they hold, on %s", (kind) => {
  let base: TestDatabase;
  let db: Database;
  let desk: { official: Writing<OfficeStores>; now: () => number };
  beforeAll(async () => {
    base = await testDatabase(kind);
    db = base.db;
    const making = { now: () => NOW, sha256: sha256Hex, randomHex };
    desk = { official: officialWriting(db, making), now: () => NOW };
    for (const organisation of ORGANISATIONS) {
      await db.rows(
        `insert into organisation (id, kind, name_vi, name_en, place, valid_from, valid_to, successor)
         values ($1, $2, $1, $1, $3, $4::text::date, $5::text::date, $6)`,
        [...organisation],
      );
    }
    await db.rows(
      `insert into place (code, valid_from, valid_to, kind, name, full_name, slug, mountain, search_text, source)
       values ('504', '2021-01-01', '2025-06-30', 'district', 'Tây Giang', 'Huyện Tây Giang', 'tay-giang', true, '', 'test')`,
    );
    for (const id of ["ann", "leader", "second", "clerk", "other"]) {
      await db.rows(`insert into "user" (id, name, email, staff) values ($1, $2, $3, true)`, [
        id,
        `Người ${id}`,
        `${id}@example.vn`,
      ]);
    }
    await first("ann", "administrator");
    await first("leader", "committee-leader");
  });
  afterAll(() => base.close());

  const first = (person: string, role: "administrator" | "committee-leader", recovery?: string) =>
    firstGrant(desk, { id: newId(), person, role, organisation: "committee", recovery });
  const people = () => peopleStore(db);
  const as = async (id: string): Promise<Person> => ({
    id,
    name: id,
    grants: await people().grantsOf(id, TODAY),
    secondFactor: true,
  });
  const wish = (person: string, rest: Partial<Parameters<typeof proposeRole>[3]> = {}) => ({
    person,
    role: "commune-clerk",
    organisation: "commune",
    place: null,
    from: TODAY,
    to: null,
    ...rest,
  });
  const proposed = async (...asked: Parameters<typeof wish>) =>
    must(await proposeRole(desk, await as("ann"), newId(), wish(...asked))).grant;
  const lines = () => auditStore(db, () => NOW).count({});

  test("the first one is given by hand, the second only in a recovery, and both are in the trail", async () => {
    expect(await first("other", "administrator")).toMatchObject({
      problem: { code: "grant.held-already", holders: 1 },
    });
    const [line] = await auditStore(db, () => NOW).list({}, 2, 1);
    expect(line).toMatchObject({
      n: 1,
      act: "role.approve",
      person: null,
      facts: { by: "bin/grant", role: "administrator" },
    });
  });

  test("a role counts once another person approved it, for the commune of its organisation", async () => {
    const grant = await proposed("clerk");
    expect(await people().grantsOf("clerk", TODAY)).toEqual([]);
    const before = await lines();
    must(await decideRole(desk, await as("leader"), grant, 1, "approved"));
    expect(await people().grantsOf("clerk", TODAY)).toMatchObject([
      { id: grant, role: "commune-clerk", place: "20443" },
    ]);
    expect(await people().grantsOf("clerk", "2026-03-03")).toEqual([]);
    expect(await lines()).toBe(before + 1);
    must(await withdrawRole(desk, await as("ann"), grant, 2));
    expect(await people().grantsOf("clerk", TODAY)).toEqual([]);
  });

  test("neither the proposer nor the person it is for decides it, whatever else they hold", async () => {
    must(await first("ann", "committee-leader", "the test gives both roles"));
    const forClerk = await proposed("clerk", { to: "2026-12-31" });
    const own = await proposed("leader", { role: "administrator", organisation: "committee" });
    for (const [person, grant] of [
      ["ann", forClerk],
      ["leader", own],
    ] as const) {
      expect(await decideRole(desk, await as(person), grant, 1, "approved")).toMatchObject({
        problem: { code: "people.own-preparation" },
      });
    }
    // Nor does the database take it from a programme that forgot to ask.
    await expect(
      db.rows(
        `update role_grant set state = 'approved', decided_by = 'ann', decided_at = 1 where id = $1`,
        [forClerk],
      ),
    ).rejects.toMatchObject({ code: "23514" });
    must(await decideRole(desk, await as("leader"), forClerk, 1, "refused"));
  });

  test("two approvers at once: one is first, the other is told", async () => {
    must(await first("second", "committee-leader", "two leaders"));
    const grant = await proposed("other");
    const both = await Promise.all(
      ["leader", "second"].map(async (id) => decideRole(desk, await as(id), grant, 1, "approved")),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ problem: { code: "role.not-open" } });
    expect(await withdrawRole(desk, await as("leader"), grant, 1)).toMatchObject({
      problem: { code: "office.stale" },
    });
  });

  test("a role withdrawn during a session counts no more, although the session still shows it", async () => {
    const session = await as("second");
    const [held] = await people().grantsOf("second", TODAY);
    must(await withdrawRole(desk, await as("leader"), held?.id ?? "", 2));
    const grant = await proposed("clerk", { from: "2026-05-01" });
    expect(await decideRole(desk, session, grant, 1, "approved")).toMatchObject({
      problem: { code: "people.not-your-role" },
    });
  });

  test("the last administrator cannot be taken away", async () => {
    const held = (await people().grantsOf("ann", TODAY)).find(
      ({ role }) => role === "administrator",
    );
    expect(await withdrawRole(desk, await as("leader"), held?.id ?? "", 2)).toMatchObject({
      problem: { code: "role.last-one", role: "administrator" },
    });
  });

  test("the same form twice is one proposal", async () => {
    const key = newId();
    const send = async () => proposeRole(desk, await as("ann"), key, wish("leader"));
    expect(await send()).toEqual({ ok: true, value: { grant: key } });
    expect(await send()).toEqual({ ok: true, value: { grant: key } });
    expect((await people().grants("leader")).filter(({ id }) => id === key)).toHaveLength(1);
    // The key of one form is no way to be told that something else was proposed.
    const used = { problem: { code: "role.key-used" } };
    for (const other of [
      wish("leader", { from: "2026-04-01" }),
      wish("leader", { to: "2026-12-31" }),
      wish("leader", { role: "commune-leader" }),
      wish("clerk"),
    ]) {
      expect(await proposeRole(desk, await as("ann"), key, other)).toMatchObject(used);
    }
  });

  test.each([
    [{ person: "nobody" }, "role.unknown-person"],
    [{ role: "king" }, "role.unknown-role"],
    [{ organisation: "nowhere" }, "role.unknown-organisation"],
    [
      { organisation: "old-office", role: "district-officer", place: "504" },
      "role.organisation-ended",
    ],
    [{ role: "administrator" }, "role.wrong-organisation"],
    [{ place: "20500" }, "role.wrong-place"],
    [{ role: "district-officer" }, "role.place-needed"],
    [{ role: "district-officer", place: "20443" }, "role.wrong-place"],
    [
      { role: "finance-inspector", organisation: "department", place: "504" },
      "role.place-not-wanted",
    ],
    [{ from: "2026-02-30" }, "role.no-day"],
    [{ to: "2026-01-01" }, "role.ends-before"],
    [{ person: "leader" }, "role.held-already"],
  ])("a wish that cannot be granted: %j", async (rest, code) => {
    const before = await lines();
    const refused = await proposeRole(desk, await as("ann"), newId(), wish("ann", rest));
    expect(refused).toMatchObject({ problem: { code: "role.wrong" } });
    const wrong = refused.ok || refused.problem.code !== "role.wrong" ? [] : refused.problem.wrong;
    expect(wrong.map((one) => one.code)).toEqual([code]);
    expect(await lines()).toBe(before);
  });

  test("when an organisation ends its grants end; the successor's people are granted anew", async () => {
    const grant = await proposed("clerk", {
      role: "finance-inspector",
      organisation: "department",
    });
    must(await decideRole(desk, await as("leader"), grant, 1, "approved"));
    expect(await people().holders("finance-inspector", TODAY)).toHaveLength(1);
    const form = {
      id: "department",
      kind: "department",
      nameVi: "Sở",
      nameEn: "Department",
      place: "",
      validFrom: "2021-01-01",
      validTo: TODAY,
      successor: "committee",
      version: 1,
    };
    const before = await lines();
    for (const [change, wrong] of [
      [{ successor: "" }, { field: "successor", code: "organisation.successor-needed", count: 1 }],
      [{ validTo: "2026-03-03" }, { field: "validTo", code: "organisation.ends-in-past" }],
      [{ kind: "company" }, { field: "kind", code: "organisation.kind-held" }],
      [{ place: "504" }, { field: "place", code: "organisation.place-held" }],
    ] as const) {
      expect(await keepOrganisation(desk, await as("ann"), { ...form, ...change })).toMatchObject({
        problem: { wrong: [wrong] },
      });
    }
    expect(await lines()).toBe(before);
    must(await keepOrganisation(desk, await as("ann"), form));
    expect(await people().holders("finance-inspector", TODAY)).toHaveLength(1);
    expect(await people().holders("finance-inspector", "2026-03-05")).toEqual([]);
    expect(await people().grantsOf("clerk", "2026-03-05")).toEqual([]);
    // A form opened before that is stale, and says what is stored now.
    expect(await keepOrganisation(desk, await as("ann"), { ...form, validTo: "" })).toMatchObject({
      problem: { code: "office.stale", now: { version: 2, validTo: TODAY } },
    });
    const committee = { ...form, id: "committee", kind: "committee", validFrom: "2025-07-01" };
    const round = { ...committee, validTo: "", successor: "department" };
    expect(await keepOrganisation(desk, await as("ann"), round)).toMatchObject({
      problem: { wrong: [{ code: "organisation.bad-successor", field: "successor" }] },
    });
  });

  test("an organisation does not end, or begin later, under the last who can give or approve roles", async () => {
    const form = {
      id: "committee",
      kind: "committee",
      nameVi: "Ban",
      nameEn: "Committee",
      place: "",
      validFrom: "2025-07-01",
      validTo: TODAY,
      successor: "commune",
      version: 1,
    };
    const before = await lines();
    expect(await keepOrganisation(desk, await as("ann"), form)).toMatchObject({
      problem: { wrong: [{ field: "validTo", code: "organisation.last-one" }] },
    });
    const later = { ...form, validFrom: "2026-03-05", validTo: "" };
    expect(await keepOrganisation(desk, await as("ann"), later)).toMatchObject({
      problem: { wrong: [{ field: "validFrom", code: "organisation.begins-after-grant" }] },
    });
    expect(await lines()).toBe(before);
    expect(await people().holders("administrator", "2027-01-01")).toHaveLength(1);
  });

  test("what was proposed never changes, also by the owner's hand", async () => {
    for (const statement of [
      `update role_grant set role = 'administrator'`,
      `update role_grant set person = 'other'`,
      `update role_grant set state = 'proposed', withdrawn_by = null, withdrawn_at = null where state = 'withdrawn'`,
      `delete from role_grant`,
      `truncate role_grant`,
    ]) {
      await expect(db.rows(statement), statement).rejects.toMatchObject({ code: "KN001" });
    }
  });

  test("whoever holds no fitting role is refused, and nothing is written", async () => {
    const before = await lines();
    expect(await proposeRole(desk, await as("clerk"), newId(), wish("other"))).toMatchObject({
      problem: { code: "people.not-your-role" },
    });
    const ann = { ...(await as("ann")), secondFactor: false };
    expect(await proposeRole(desk, ann, newId(), wish("other"))).toMatchObject({
      problem: { code: "people.no-second-factor" },
    });
    expect(await lines()).toBe(before);
  });
});
