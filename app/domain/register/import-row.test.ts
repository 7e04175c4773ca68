import { expect, test } from "vitest";

import { importRows } from "./import-row.ts";
import { findHead, headAbove } from "./import-sheet.ts";

const TODAY = "2024-05-02";
const DEFAULTS = { "categoryDecision.all": "15/QĐ", "categoryOn.all": "20/12/2023" };

test("headings are found below a title, with accents or without, in one row or in two", () => {
  const plain = [
    ["UBND XA TR'HY"],
    [],
    ["STT", "Ho ten chu ho", "Thon", "So CCCD", "Doi tuong"],
    ["1", "Hồ A"],
  ];
  expect(findHead(plain)).toMatchObject({
    first: 3,
    columns: { name: 1, village: 2, book: 3, category: 4 },
  });
  const two = [
    ["Danh sách hộ"],
    ["TT", "Họ và tên chủ hộ", "Thôn", "Đối tượng", "Đối tượng", "Quyết định", "Quyết định"],
    [
      "TT",
      "Họ và tên chủ hộ",
      "Thôn",
      "Hộ nghèo",
      "Hộ cận nghèo",
      "Số quyết định",
      "Ngày quyết định",
    ],
    ["1", "Hồ A", "Một", "x", "", "1/QĐ", "20/12/2023"],
  ];
  expect(findHead(two)).toMatchObject({
    first: 3,
    columns: {
      name: 1,
      village: 2,
      "is-poor": 3,
      "is-near_poor": 4,
      categoryDecision: 5,
      categoryOn: 6,
    },
  });
  expect(headAbove(two, 3).columns).toEqual(findHead(two).columns);
});

test("rows are read with crosses, categories in words, lost zeros, and told why they are not", () => {
  const rows = [
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    ["1", "Hồ  Văn Hoà", "Một", "Hộ nghèo", "905123456", "0123"],
    ["2", "Hồ Thị B", "", "cận nghèo", "", "123456789012345"],
    [],
    ["3", "Hồ Văn C", "Hai", "mới thoát nghèo", "12", ""],
    ["4", "Hồ Văn Hòa", "Một", "Hộ nghèo", "0905 123 456", "0123"],
    ["5", "#REF!", "Hai", "", "", "≈123456789012345670"],
    ["", "Tổng cộng", "", "5", "", ""],
    ["", "", "", "", "", ""],
  ];
  const mapping = {
    first: 0,
    name: 1,
    village: 2,
    category: 3,
    phone: 4,
    book: 5,
    ...DEFAULTS,
    "village.all": "Ba",
  };
  const told = [...importRows(rows, mapping, TODAY)].map(({ line, read }) => [
    line,
    read === "skipped"
      ? read
      : read.ok
        ? [read.value.personal, read.value.category, read.value.village]
        : read.problem.reasons,
  ]);
  expect(told).toMatchObject([
    [1, "skipped"],
    [2, [{ name: "Hồ Văn Hoà", phone: "0905123456", book: "0123" }, "poor", "Một"]],
    [3, [{ book: "123456789012345", phone: "" }, "near_poor", "Ba"]],
    [4, "skipped"],
    [5, ["register.bad-phone"]],
    [6, ["import.twice"]],
    [7, ["register.no-name", "register.bad-book", "register.no-category"]],
    [8, "skipped"],
    [9, "skipped"],
  ]);
});

test("a cross says the category where each has a column", () => {
  const mapping = { first: 0, name: 0, village: 1, "is-poor": 2, "is-near_poor": 3, ...DEFAULTS };
  const read = [...importRows([["Hồ A B", "Một", "", "x"]], mapping, TODAY)][0]?.read;
  expect(read).toMatchObject({
    ok: true,
    value: { category: "near_poor", categoryOn: "2023-12-20" },
  });
});
