import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { bookReader } from "#app/adapters/read-book.ts";
import { must } from "#app/domain/kernel/result.ts";
import {
  beginRegisterImport,
  dropRegisterImport,
  type ImportNeeds,
  mapRegisterImport,
} from "#app/domain/register/import-desk.ts";
import { takeImport } from "#app/domain/register/take-import.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { PEOPLE } from "../../tests/support/order-books.ts";
import { enrol, openRegister, type RegisterBooks } from "../../tests/support/register-books.ts";
import { type MadeSheet, workbook } from "../../tests/support/workbooks.ts";
import { sealedOver } from "./acts.ts";
import { sealingUnder } from "#app/adapters/sealed-texts.ts";
import { registerStore } from "./register.ts";
import { registerImportsStore } from "./register-imports.ts";

const HEAD = [
  "STT",
  "Họ và tên chủ hộ",
  "Thôn",
  "Số sổ",
  "SĐT",
  "Đối tượng",
  "Số quyết định",
  "Ngày quyết định",
];
/** A name without a digit for each number. */
const nameOf = (n: number) =>
  `Hồ Văn ${String(n).replace(/\d/g, (digit) => "abcdeghikl"[Number(digit)] ?? "")}`;
const row = (n: number, more: { name?: string; village?: string; book?: string } = {}) => [
  n,
  more.name ?? nameOf(n),
  more.village ?? "Thôn Một",
  more.book ?? `S-${1000 + n}`,
  "",
  "Hộ nghèo",
  "15/QĐ-UBND",
  { xml: `<c r="@" s="1"><v>45280</v></c>` },
];

describe.each(databaseKinds())("reading a commune's list in, on %s", (kind) => {
  let base: TestDatabase;
  let books: RegisterBooks;
  let needs: ImportNeeds;
  beforeAll(async () => {
    base = await testDatabase(kind);
    books = await openRegister(base.db);
    const making = {
      now: books.services.now,
      sha256: books.services.sha256,
      randomHex: books.services.randomHex,
      sealing: sealingUnder(books.key),
    };
    needs = {
      ...books.services,
      register: registerStore(base.db),
      registerImports: registerImportsStore(base.db),
      sealed: sealedOver(base.db, making),
      giveWay: async () => undefined,
      readBook: bookReader(async () => undefined),
    };
  });
  afterAll(() => base.close());

  const begin = async (rows: MadeSheet["rows"], more: Partial<ImportNeeds> = {}) =>
    must(
      await beginRegisterImport({ ...needs, ...more }, PEOPLE.clerk, {
        commune: "20446",
        campaign: "LD1",
        round: "1",
        fileName: "danh-sach.xlsx",
        format: "xlsx",
        bytes: workbook({ name: "Cũ", hidden: true, rows: [HEAD, row(900)] }, { name: "Hộ", rows }),
      }),
    );
  const mapped = async (rows: MadeSheet["rows"]) => {
    const begun = await begin(rows);
    return must(await mapRegisterImport(needs, PEOPLE.clerk, begun.id, begun.mapping));
  };
  const count = async () => {
    const [found] = await base.db.rows<{ households: bigint; registrations: bigint }>(
      `select (select count(*) from register_household) as households, (select count(*) from registration) as registrations`,
    );
    return [Number(found?.households), Number(found?.registrations)];
  };

  test("nothing is kept before it is confirmed; cut off it goes on where it was; again it changes nothing", async () => {
    const rows = [["DANH SÁCH HỘ"], HEAD, ...Array.from({ length: 250 }, (_, n) => row(n + 1))];
    const before = await count();
    const one = await mapped(rows);
    expect(one.mapping).toMatchObject({ sheet: 1, first: 2, name: 1, village: 2, book: 3 });
    expect(one.counts).toMatchObject({ new: 250, same: 0, changed: 0, doubtful: 0, refused: 0 });
    expect(await count()).toEqual(before);
    const staged = await base.db.rows<{ text: string }>(
      `select encode(sealed, 'escape') as text from register_import`,
    );
    for (const { text } of staged) expect(text).not.toContain("Văn");
    let turns = 0;
    const killed: ImportNeeds = {
      ...needs,
      async giveWay() {
        turns += 1;
        if (turns > 2) throw new Error("killed");
      },
    };
    await expect(takeImport(killed, PEOPLE.clerk, one.id)).rejects.toThrow("killed");
    expect(await count()).toEqual([(before[0] ?? 0) + 200, (before[1] ?? 0) + 200]);
    expect(await needs.registerImports.import(one.id)).toMatchObject({
      state: "mapped",
      taken: 200,
    });
    const done = must(await takeImport(needs, PEOPLE.clerk, one.id));
    expect(done).toMatchObject({ state: "confirmed", taken: 250 });
    expect(await needs.registerImports.sheet(one.id)).toHaveLength(0);
    expect(await count()).toEqual([(before[0] ?? 0) + 250, (before[1] ?? 0) + 250]);
    expect(await takeImport(needs, PEOPLE.clerk, one.id)).toMatchObject({
      problem: { code: "import.not-open" },
    });
    const again = await mapped(rows);
    expect(again.counts).toMatchObject({ new: 0, same: 250 });
    must(await takeImport(needs, PEOPLE.clerk, again.id));
    expect(await count()).toEqual([(before[0] ?? 0) + 250, (before[1] ?? 0) + 250]);
  });

  test("two who confirm at once bring every row once", async () => {
    const before = await count();
    const one = await mapped([HEAD, ...Array.from({ length: 120 }, (_, n) => row(2000 + n))]);
    await Promise.all([1, 2].map(() => takeImport(needs, PEOPLE.clerk, one.id)));
    await takeImport(needs, PEOPLE.clerk, one.id);
    expect(await count()).toEqual([(before[0] ?? 0) + 120, (before[1] ?? 0) + 120]);
    expect(await needs.registerImports.import(one.id)).toMatchObject({ state: "confirmed" });
  });

  test("what is changed, doubtful and refused is told, and doubtful ones are proposed as duplicates", async () => {
    const elsewhere = await enrol(
      books,
      "Bríu Hòa",
      { book: "X-11" },
      { commune: "20455", campaign: "LD2", who: PEOPLE.otherClerk },
    );
    const here = await enrol(books, "Alăng Không Sổ", { village: "Thôn Hai" });
    const one = await mapped([
      HEAD,
      row(1, { village: "Thôn Ba" }),
      row(3001, { name: "BRÍU HOÀ", book: "S-9001" }),
      row(3002, { name: "Ai Đó", book: "X11" }),
      row(3003, { name: "Alăng Không Sổ", village: "thôn hai", book: "S-9002" }),
      row(3004, { name: "=1+1", book: "S-9003" }),
      row(3005, { name: "Không Ai", book: "S-9001" }),
    ]);
    expect(one.counts).toMatchObject({
      changed: 2,
      doubtful: 2,
      new: 0,
      refused: 2,
      skipped: 0,
      same: 0,
    });
    must(await takeImport(needs, PEOPLE.clerk, one.id));
    const checks = await needs.register.checksOf([elsewhere.household]);
    expect(
      checks.map(({ matches }) => matches).toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    ).toEqual([["book"], ["spelling"]]);
    expect(await needs.register.household(here.household)).toMatchObject({ version: 2 });
  });

  test("columns are remembered by their headings; an import given up is emptied", async () => {
    const heads = ["A", "B", "Thôn"];
    const first = await begin([heads, ["1", "Tơ Ngôl Nhớ", "Bốn"]]);
    const mapping = {
      ...first.mapping,
      first: 1,
      name: 1,
      village: 2,
      "category.all": "poor",
      "categoryDecision.all": "1/QĐ",
      "categoryOn.all": "01/01/2024",
    };
    expect((await needs.registerImports.import(first.id))?.mapping["name"]).toBeUndefined();
    expect(
      await mapRegisterImport(needs, PEOPLE.clerk, first.id, { ...mapping, sheet: 9 }),
    ).toMatchObject({
      problem: { code: "import.no-sheet" },
    });
    must(await mapRegisterImport(needs, PEOPLE.clerk, first.id, mapping));
    must(await dropRegisterImport(needs, PEOPLE.clerk, first.id));
    expect(await needs.registerImports.sheet(first.id)).toHaveLength(0);
    const second = await begin([heads, ["1", "Tơ Ngôl Nhớ", "Bốn"]]);
    expect(second.mapping).toMatchObject({ name: 1, village: 2 });
    expect(await dropRegisterImport(needs, PEOPLE.otherClerk, second.id)).toMatchObject({
      problem: { code: "people.not-your-place" },
    });
  });
});
