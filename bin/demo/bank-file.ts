import type { Day } from "#app/domain/kernel/calendar.ts";

/** A movement on an official bank account. */
export interface BankLine {
  readonly day: Day;
  /** Order within the account. */
  readonly n: number;
  readonly reference: string;
  /** đồng, positive in, negative out */
  readonly amount: bigint;
  readonly text: string;
}

/** How an account's bank prints its file: head and column names as its web banking has them. */
export interface FileStyle {
  readonly header: readonly string[];
  readonly cells: (line: BankLine, balance: bigint, n: number) => readonly string[];
}

const day = (text: Day) => text.split("-").reverse().join("/");
const dots = (amount: bigint) => amount.toLocaleString("vi");
const commas = (amount: bigint) => amount.toLocaleString("en");
const into = (amount: bigint, print: (amount: bigint) => string) =>
  amount > 0n ? print(amount) : "";
const out = (amount: bigint, print: (amount: bigint) => string) =>
  amount < 0n ? print(-amount) : "";

/** The layouts in which the demonstration's banks print (payments.md 4.3). */
export const STYLES: Readonly<Record<"agribank" | "vietcombank" | "bidv" | "mb", FileStyle>> = {
  agribank: {
    header: [
      "STT",
      "Ngày hạch toán",
      "Số bút toán",
      "Diễn giải",
      "Phát sinh nợ",
      "Phát sinh có",
      "Số dư cuối",
    ],
    cells: (line, balance, n) => [
      String(n),
      day(line.day),
      line.reference,
      line.text,
      out(line.amount, dots),
      into(line.amount, dots),
      dots(balance),
    ],
  },
  vietcombank: {
    header: [
      "Ngày giao dịch",
      "Số tham chiếu",
      "Số tiền ghi nợ",
      "Số tiền ghi có",
      "Số dư",
      "Mô tả",
    ],
    cells: (line, balance) => [
      day(line.day),
      line.reference,
      out(line.amount, commas),
      into(line.amount, commas),
      commas(balance),
      line.text,
    ],
  },
  bidv: {
    header: ["Ngày hiệu lực", "Số giao dịch", "Ghi nợ", "Ghi có", "Số dư", "Nội dung giao dịch"],
    cells: (line, balance) => [
      day(line.day),
      line.reference,
      out(line.amount, String),
      into(line.amount, String),
      String(balance),
      line.text,
    ],
  },
  mb: {
    header: ["Ngày giao dịch", "Số bút toán", "Số tiền", "Số dư", "Nội dung"],
    cells: (line, balance) => [
      day(line.day),
      line.reference,
      commas(line.amount),
      commas(balance),
      line.text,
    ],
  },
};

/** The file of one account over some lines, as CSV with the account and both balances. */
export function bankFile(
  style: FileStyle,
  account: string,
  opening: bigint,
  lines: readonly BankLine[],
): { readonly text: string; readonly closing: bigint } {
  let balance = opening;
  const rows = lines.map((line, at) => {
    balance += line.amount;
    return style.cells(line, balance, at + 1);
  });
  const records = [
    [`Số tài khoản: ${account}`],
    [`Số dư đầu kỳ: ${opening}`],
    style.header,
    ...rows,
    [`Số dư cuối kỳ: ${balance}`],
  ];
  return { text: `${records.map(csvRecord).join("\n")}\n`, closing: balance };
}

function csvRecord(cells: readonly string[]): string {
  return cells
    .map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(",");
}
