import { describe, expect, it } from "vitest";

import { integer, maybe, text, week } from "./column.ts";
import { csvHeader, csvLine } from "./csv.ts";
import { jsonRow } from "./json-row.ts";

const columns = [text("title"), integer("amount"), maybe(text("note")), week("week")];
const row = (title: string, more = {}) => ({
  title,
  amount: 1_234_567n,
  note: null,
  week: "2026-W48",
  ...more,
});

// docs/stack.md, spreadsheets
describe("a line of CSV", () => {
  it("is header, plain digits, nothing for nothing, and ends with CRLF", () => {
    expect(csvHeader(columns)).toBe("title,amount,note,week\r\n");
    expect(csvLine(columns, row("Bò"))).toBe('"Bò",1234567,,2026-W48\r\n');
  });

  it("quotes every text: commas, quotes, line ends and outer blanks", () => {
    expect(csvLine(columns, row('a "b", c'))).toBe('"a ""b"", c",1234567,,2026-W48\r\n');
    expect(csvLine(columns, row("a\nb"))).toMatch(/^"a\nb",/);
    expect(csvLine(columns, row(" a"))).toMatch(/^" a",/);
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])(
    "makes %j no formula",
    (title) => {
      const line = csvLine(columns, row(title));
      expect(line.replace(/^"/, "")).toMatch(/^'/);
    },
  );

  it.each([
    ["x;=1+1", "x;'=1+1"],
    ["x; =1+1", "x; '=1+1"],
    ["x\t@SUM(A1)", "x\t'@SUM(A1)"],
    ["a,-1", "a,'-1"],
    ["x\n=1", "x\n'=1"],
    ["x;＝1", "x;'＝1"],
    ["a-b=c", "a-b=c"],
    ["x; y", "x; y"],
  ])("makes a formula behind another separator none: %j", (title, cell) => {
    expect(csvLine(columns, row(title))).toBe(`"${cell}",1234567,,2026-W48\r\n`);
  });

  it("leaves numbers alone, also negative ones", () => {
    expect(csvLine([integer("amount")], { amount: -5n })).toBe("-5\r\n");
  });

  it("does not hide a missing or empty required cell", () => {
    expect(() => csvLine(columns, { title: "a" })).toThrow("amount");
    expect(() => csvLine(columns, row("a", { amount: null }))).toThrow("amount");
  });
});

it("a row of JSON has numbers as numbers, the very text, and null for nothing", () => {
  expect(jsonRow(columns, row('=1"'))).toBe(
    '{"title":"=1\\"","amount":1234567,"note":null,"week":"2026-W48"}',
  );
});
