import { describe, expect, it } from "vitest";

import { holds, pageOf, sorted } from "./list.ts";

describe("holds", () => {
  it.each([
    ["tra my", true],
    ["Trà", true],
    ["tramy", true],
    ["my tra", true],
    ["tra linh", false],
    ["", true],
    ["  ", true],
    [undefined, true],
  ])("%s", (query, found) => {
    expect(holds(query, "Nguyễn Văn A", null, "Xã Trà My")).toBe(found);
  });
});

describe("pageOf", () => {
  const rows = [1, 2, 3, 4, 5];
  it.each([
    [undefined, [1, 2], 1],
    ["2", [3, 4], 2],
    ["3", [5], 3],
    ["99", [5], 3],
    ["0", [1, 2], 1],
    ["-1", [1, 2], 1],
    ["x", [1, 2], 1],
  ])("page %s", (page, expected, number) => {
    expect(pageOf(rows, { page }, 2)).toEqual({ rows: expected, total: 5, page: number, pages: 3 });
  });
  it("has one page of nothing", () => {
    expect(pageOf([], {})).toEqual({ rows: [], total: 0, page: 1, pages: 1 });
  });
});

describe("sorted", () => {
  const rows = [
    { name: "Đông", at: 3n },
    { name: "Dũng", at: null },
    { name: "An 10", at: 1n },
    { name: "An 9", at: 2n },
  ];
  const keys = { name: (row: (typeof rows)[0]) => row.name, at: (row: (typeof rows)[0]) => row.at };
  const names = (sort?: string) => sorted(rows, sort, keys).rows.map(({ name }) => name);
  it("orders as Vietnamese readers do, numbers by size, nothing last", () => {
    expect(names()).toEqual(["An 9", "An 10", "Dũng", "Đông"]);
    expect(names("-name")).toEqual(["Đông", "Dũng", "An 10", "An 9"]);
    expect(names("at")).toEqual(["An 10", "An 9", "Đông", "Dũng"]);
  });
  it("takes an order that is not offered as the first", () => {
    expect(sorted(rows, "-nothing", keys).sort).toBe("name");
  });
});
