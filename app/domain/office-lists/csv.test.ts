import { expect, it } from "vitest";

import { csvOfList } from "./csv.ts";

const text = { type: "text" } as const;

function lineOf(...cells: (string | number | bigint | null)[]): string {
  const csv = csvOfList(
    cells.map((_, n) => `h${n}`),
    cells.map(() => text),
    [cells],
  );
  return csv.split("\r\n").slice(1).join("\r\n");
}

it.each(["=1+1", "+84", "-1", "@SUM(A1)", "\tx", "＝1", "－2"])(
  "a text like %j is no formula in a spreadsheet",
  (typed) => {
    expect(lineOf(typed)).toMatch(/^"'/);
  },
);

it("leaves numbers, and quotes every text", () => {
  expect(lineOf(-5, 12_000n, null, "An", 'a,"b"', "x\ny")).toBe(
    '-5,12000,,"An","a,""b""","x\ny"\r\n',
  );
});

it("begins with a byte order mark and tells moments as Vietnamese time", () => {
  const csv = csvOfList(
    ["=lúc"],
    [{ type: "moment" }],
    [[Date.parse("2026-11-23T18:00:07Z") / 1000]],
  );
  expect(csv).toBe('\uFEFF"\'=lúc"\r\n2026-11-24 01:00:07\r\n');
});
