import { expect, test } from "vitest";

import { must } from "#app/domain/kernel/result.ts";

import { workbook } from "../../tests/support/workbooks.ts";
import { bookReader } from "./read-book.ts";
import { sheetBytes } from "./sheet-bytes.ts";
import { workbookSheets } from "./workbook-bytes.ts";

const rowsOf = (...cells: Parameters<typeof workbook>[0]["rows"]) =>
  must(workbookSheets(workbook({ name: "A", rows: cells })))[0]?.rows;

test("numbers keep every digit, and one that the spreadsheet rounded is no number any more", () => {
  const raw = (value: string) => ({ xml: `<c r="@"><v>${value}</v></c>` });
  expect(
    rowsOf([
      49_012_345_678,
      raw("123456789012345"),
      raw("1.23456789012345E+14"),
      raw("4.9012345678E10"),
      raw("1.2345678901234567E+17"),
      raw("0.5"),
      raw("12345678.000000001"),
      -7,
    ]),
  ).toEqual([
    [
      "49012345678",
      "123456789012345",
      "123456789012345",
      "49012345678",
      "≈123456789012345670",
      "0.5",
      "12345678.000000001",
      "-7",
    ],
  ]);
});

test("days by their style, formulas by what was computed last, errors and texts as they stand", () => {
  expect(
    rowsOf([
      { xml: `<c r="@" s="1"><v>45280</v></c>` },
      { xml: `<c r="@" s="2"><v>45280.75</v></c>` },
      { xml: `<c r="@" t="str"><f>A1&amp;B1</f><v>Hồ Văn A &amp; B</v></c>` },
      { xml: `<c r="@"><f>1+1</f></c>` },
      { xml: `<c r="@" t="e"><v>#REF!</v></c>` },
      { xml: `<c r="@" t="inlineStr"><is><t>Tr&apos;Hy</t></is></c>` },
      "20/12/2023",
    ]),
  ).toEqual([["2023-12-20", "2023-12-20", "Hồ Văn A & B", "#?", "#REF!", "Tr'Hy", "20/12/2023"]]);
});

test("merged cells each have the text, hidden sheets are told, empty rows keep their place", () => {
  const sheets = must(
    workbookSheets(
      workbook(
        { name: "Ẩn & kín", hidden: true, rows: [["x"]] },
        {
          name: "Danh sách",
          rows: [["Đối tượng", null, "Thôn"], [], ["Nghèo", "Cận nghèo"]],
          merged: ["A1:B1", "C1:C3"],
        },
      ),
    ),
  );
  expect(sheets).toEqual([
    { name: "Ẩn & kín", hidden: true, rows: [["x"]] },
    {
      name: "Danh sách",
      hidden: false,
      rows: [
        ["Đối tượng", "Đối tượng", "Thôn"],
        ["", "", "Thôn"],
        ["Nghèo", "Cận nghèo", "Thôn"],
      ],
    },
  ]);
});

test("what our own sheets write, and CSV, is read; what is no workbook is refused", async () => {
  const read = bookReader(async () => undefined);
  const own = await sheetBytes({
    title: "Hộ",
    headings: ["Chủ hộ", "Ngày"],
    rows: [[{ text: "Zơrâm Bhling" }, { day: "2023-12-20" }]],
  });
  expect(must(await read(own, "xlsx"))[0]?.rows).toEqual([
    ["Chủ hộ", "Ngày"],
    ["Zơrâm Bhling", "2023-12-20"],
  ]);
  const csv = new TextEncoder().encode(
    "Chủ hộ;Thôn;Số sổ;SĐT;Diện\nHồ A;Một;0012;0905;N\n\nHồ B;Hai;2;1;CN\n",
  );
  expect(must(await read(csv, "csv"))[0]?.rows.map((row) => row[0])).toEqual([
    "Chủ hộ",
    "Hồ A",
    undefined,
    "Hồ B",
  ]);
  for (const bytes of [new Uint8Array(10), own.subarray(0, own.length / 2)]) {
    expect(await read(bytes, "xlsx")).toMatchObject({ problem: { code: "import.unreadable" } });
  }
  const long = new TextEncoder().encode("a,b,c,d,e\n".repeat(30_000));
  expect(await read(long, "csv")).toMatchObject({ problem: { code: "import.too-many-rows" } });
});
