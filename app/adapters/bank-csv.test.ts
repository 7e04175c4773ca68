import { expect, test } from "vitest";

import { readBankCsv } from "./bank-csv.ts";

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
  });
});

test.each(["x", '"open'])("a line of too many cells is named, the others are read: %s", (memo) => {
  const started = performance.now();
  const csv = read(
    ROW.join(","),
    `20/11/2026,B,,1000,,${memo}`,
    ",".repeat(4_000_000),
    Array.from({ length: 101 }, () => "x").join(","),
    Array.from({ length: 100 }, () => "x").join(","),
    ROW.join(","),
  );
  expect(performance.now() - started).toBeLessThan(1000);
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
