import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { groupDigits } from "../kernel/dong.ts";
import { BANK_FORMATS } from "./bank-formats.ts";
import { amountOf, checkBalances, readDay, readStatement } from "./read-statement.ts";

it("reads amounts as banks write them", () => {
  for (const text of [
    "1234567",
    "1.234.567",
    "1,234,567",
    "1,234,567.00",
    "1.234.567,00",
    "+1,234,567",
    "1 234 567",
    "1.234.567 VND",
    "1.234.567đ",
  ]) {
    expect(amountOf(text)).toBe(1_234_567n);
  }
  expect(amountOf("-200.000")).toBe(-200_000n);
  expect(amountOf("200.000-")).toBe(-200_000n);
  expect(amountOf("(200.000)")).toBe(-200_000n);
  for (const text of [
    "",
    "abc",
    "1.23",
    "12.34.567",
    "1,234.567",
    "1234,5",
    "1e6",
    "=1+1",
    "9".repeat(16),
  ]) {
    expect(amountOf(text)).toBeUndefined();
  }
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 14n }),
      fc.constantFrom(".", ","),
      (amount, sign) => {
        expect(amountOf(groupDigits(amount, sign))).toBe(amount);
      },
    ),
  );
});

it("reads days as banks write them", () => {
  for (const text of [
    "23/11/2026",
    "23-11-2026",
    "23.11.2026",
    "2026-11-23",
    "23/11/2026 09:02:13",
    "2026-11-23T09:02",
  ]) {
    expect(readDay(text)).toBe("2026-11-23");
  }
  expect(readDay("1/2/2026")).toBe("2026-02-01");
  for (const text of ["", "31/02/2026", "11/23/2026", "23/11/26", "x"])
    expect(readDay(text)).toBeUndefined();
});

const records = (rows: readonly (readonly string[])[]) =>
  rows.map((cells, n) => ({ line: n + 1, cells }));

describe("formats", () => {
  it.each(BANK_FORMATS)("$id: its own header is known as its own", ({ id, columns }) => {
    const names = Object.values(columns).flatMap(([first]) => first ?? []);
    const row = Object.entries(columns).flatMap(([column, [first]]) =>
      first === undefined
        ? []
        : column === "day"
          ? ["23/11/2026"]
          : column === "credit" || (column === "signed" && columns.credit.length === 0)
            ? ["1.000"]
            : column === "text"
              ? ["x"]
              : [""],
    );
    const read = readStatement(records([["sao ke"], names, row]), id);
    expect(read).toMatchObject({
      ok: true,
      value: { format: id, rows: [{ line: 3, amount: 1_000n, direction: "credit", text: "x" }] },
    });
  });

  it("signed amounts tell the direction", () => {
    const read = readStatement(
      records([
        ["Ngày giao dịch", "Số bút toán", "Số tiền", "Nội dung"],
        ["23/11/2026", "1", "+1.000", "vao"],
        ["23/11/2026", "2", "-400", "ra"],
      ]),
    );
    expect(read).toMatchObject({
      value: {
        format: "mb",
        rows: [
          { direction: "credit", amount: 1_000n },
          { direction: "debit", amount: 400n },
        ],
      },
    });
  });

  it("an unknown format is named with those there are", () => {
    expect(readStatement([], "swift")).toMatchObject({
      problem: { code: "statement.unknown-format" },
    });
  });

  it("whatever the cells hold, it reads or names, and never throws", () => {
    const cell = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom("23/11/2026", "1.000", "-", "0"),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 20 }), (rows) => {
        const read = readStatement(
          records([["date", "ref", "debit", "credit", "balance", "text"], ...rows]),
        );
        expect(read.ok).toBe(true);
      }),
    );
  });
});

it("balances run forwards or backwards, and a missing line shows", () => {
  const rows = [
    ["20/11/2026", "a", "", "100", "1100"],
    ["20/11/2026", "b", "50", "", "1050"],
    ["21/11/2026", "c", "", "200", "1250"],
  ];
  const header = ["date", "text", "debit", "credit", "balance"];
  const check = (some: string[][]) => {
    const read = readStatement(records([header, ...some]));
    return read.ok ? checkBalances(read.value) : undefined;
  };
  expect(check(rows)).toBeUndefined();
  expect(check(rows.toReversed())).toBeUndefined();
  expect(check([rows[0] ?? [], rows[2] ?? []])).toMatchObject({
    code: "statement.running",
    line: 3,
  });
});
