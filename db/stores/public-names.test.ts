import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { sealingUnder } from "#app/adapters/sealed-texts.ts";
import { must } from "#app/domain/kernel/result.ts";
import { keepConsent } from "#app/domain/register/consent.ts";
import { decideErasure, noteRequest } from "#app/domain/register/request.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { PEOPLE, scan } from "../../tests/support/order-books.ts";
import { enrol, openRegister, type RegisterBooks } from "../../tests/support/register-books.ts";
import { noticeStore } from "./notices.ts";
import { publicNames } from "./public-names.ts";
import { registerKeysStore } from "./register-keys.ts";

describe.each(databaseKinds())("names that the web may show, on %s", (kind) => {
  let base: TestDatabase;
  let books: RegisterBooks;
  const ids: string[] = [];
  beforeAll(async () => {
    base = await testDatabase(kind);
    books = await openRegister(base.db);
    for (const n of [1, 2, 3, 4, 5]) {
      const { household } = await enrol(books, `Alăng Công Khai ${"ABCDE"[n - 1]}`);
      ids.push(household);
      await base.db.rows(
        `insert into household (code, campaign, commune, commune_from, group_id, round, category, leader, listed_on, registration)
         select 'H-LD1-00' || $1::int, 'LD1', '20446', '2021-11-01', 'G1', 1, 'poor', 0, '2024-05-02', r.id
           from registration r where r.household = $2`,
        [n, household],
      );
    }
    await base.db.rows(
      `insert into household_group (id, campaign, commune, name_vi, name_en, founded_on, decision_number)
       values ('G1', 'LD1', '20446', 'Nhóm', 'Group', '2024-05-02', '1')`,
    );
  });
  afterAll(() => base.close());

  const sealedBy = (key: string) => sealingUnder(key)(registerKeysStore(base.db, () => 0));
  const shown = async (key = books.key) => [
    ...(await publicNames(base.db, sealedBy(key), ["H-LD1-001", "H-LD1-002", "H-LD1-009"])),
  ];
  const consent = (household: string, given: boolean) =>
    keepConsent(
      books.services,
      PEOPLE.clerk,
      {
        household,
        kind: "name",
        given,
        onDay: books.day,
        channel: given ? "thumb-print" : "spoken",
        language: "vi",
      },
      given ? [scan()] : [],
    );

  test("only with a consent that stands, and at once", async () => {
    expect(await shown()).toEqual([]);
    must(await consent(ids[0]!, true));
    expect(await shown()).toEqual([["H-LD1-001", "Alăng Công Khai A"]]);
    const file = await noticeStore(base.db, sealedBy(books.key)).file("LD1-r1");
    expect(file?.rows.map(({ code, name }) => [code, name])).toEqual([
      ["H-LD1-001", "Alăng Công Khai A"],
      ...["002", "003", "004", "005"].map((n) => [`H-LD1-${n}`, null]),
    ]);
    must(await consent(ids[0]!, false));
    expect(await shown()).toEqual([]);
    must(await consent(ids[0]!, true));
    expect(await shown()).toHaveLength(1);
  });

  test("with the key lost the list is there without names", async () => {
    expect(await shown("demo-another")).toEqual([]);
    const file = await noticeStore(base.db, sealedBy("demo-another")).file("LD1-r1");
    expect(file?.rows.map(({ name }) => name)).toEqual([null, null, null, null, null]);
  });

  test("an erased household has none, and keeps its line", async () => {
    must(await consent(ids[1]!, true));
    expect(await shown()).toHaveLength(2);
    const request = must(
      await noteRequest(books.services, PEOPLE.clerk, {
        household: ids[1]!,
        kind: "erase",
        channel: "paper",
        receivedOn: books.day,
        text: "",
      }),
    );
    must(
      await decideErasure(books.services, PEOPLE.chair, { request: request.id, outcome: "erased" }),
    );
    expect(await shown()).toEqual([["H-LD1-001", "Alăng Công Khai A"]]);
    const file = await noticeStore(base.db, sealedBy(books.key)).file("LD1-r1");
    expect(file?.rows).toHaveLength(5);
  });
});
