import { expect, test } from "vitest";

import { MOST_STATEMENT_LINES } from "#app/domain/bank-lines/read-statement.ts";

import { readBankCsv, readBankCsvSteps } from "./bank-csv.ts";
import { readStatementFile } from "./statement-file.ts";

const read = (...lines: string[]) => readBankCsv(Buffer.from(lines.join("\r\n")));
const ROW = "20/11/2026,A,,1000,,x".split(",");

test("cells of each record, with the line it begins on", () => {
  expect(read("\uFEFFa,b", "", '"1,5","two', 'lines"', "c,d")).toEqual({
    records: [
      { line: 1, cells: ["a", "b"] },
      { line: 3, cells: ["1,5", "two\nlines"] },
      { line: 5, cells: ["c", "d"] },
    ],
    bad: [],
    lines: 5,
  });
});

test("a large file is read in portions, and no portion ends inside a record", () => {
  const rows = Array.from({ length: 5_000 }, (_, n) =>
    n % 7 === 0 ? `20/11/2026,R${n},,1000,,"two\nlines"` : `20/11/2026,R${n},,1000,,x`,
  );
  const bytes = Buffer.from(rows.join("\n"));
  const steps = readBankCsvSteps(bytes);
  let turns = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) turns += 1;
  const { records, bad, lines } = step.value;
  expect(bad).toEqual([]);
  expect(records.map(({ cells }) => cells[1])).toEqual(rows.map((_, n) => `R${n}`));
  expect(records.map(({ cells }) => cells[5])).toEqual(
    rows.map((_, n) => (n % 7 === 0 ? "two\nlines" : "x")),
  );
  expect(lines).toBe(5_000 + 715);
  expect(turns).toBeGreaterThan(5);
});

test("a file with too many lines is not read", async () => {
  const bytes = Buffer.from("x\n".repeat(MOST_STATEMENT_LINES));
  expect(await readStatementFile(bytes, async () => undefined)).toEqual({
    ok: false,
    problem: {
      code: "statement.too-many-lines",
      lines: MOST_STATEMENT_LINES + 1,
      limit: MOST_STATEMENT_LINES,
    },
  });
});

test.each(["x", '"open'])("a line of too many cells is named, the others are read: %s", (memo) => {
  const csv = read(
    ROW.join(","),
    `20/11/2026,B,,1000,,${memo}`,
    ",".repeat(4_000_000),
    Array.from({ length: 101 }, () => "x").join(","),
    Array.from({ length: 100 }, () => "x").join(","),
    ROW.join(","),
  );
  expect(csv.bad).toEqual([
    ...(memo === "x" ? [] : [{ line: 2, code: "broken-quotes" }]),
    { line: 3, code: "too-many-cells" },
    { line: 4, code: "too-many-cells" },
  ]);
  expect(csv.records.map(({ line, cells }) => [line, cells.length])).toEqual([
    [1, 6],
    ...(memo === "x" ? [[2, 6]] : []),
    [5, 100],
    [6, 6],
  ]);
});
