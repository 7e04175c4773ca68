/**
 * How banks lay out the CSV of their web banking, as data. Names are compared folded (no diacritics, lower case), so one
 * spelling serves for `Số tiền ghi có` and `SO TIEN GHI CO`. Which bank gives which form to a commune's account is to be
 * confirmed with the bank (payments.md 4.3): add a row here, no code.
 */
export interface BankFormat {
  readonly id: string;
  readonly columns: {
    readonly day: readonly string[];
    readonly reference: readonly string[];
    readonly text: readonly string[];
    /** Money out; banks with one signed column have none. */
    readonly debit: readonly string[];
    /** Money in. */
    readonly credit: readonly string[];
    /** One column with a sign, where debit and credit are not apart. */
    readonly signed: readonly string[];
    readonly balance: readonly string[];
  };
}

/** Formats in the order in which they are tried; the first whose columns are all there is taken. */
export const BANK_FORMATS: readonly BankFormat[] = [
  {
    id: "vietcombank",
    columns: {
      day: ["ngay giao dich", "ngay gd", "transaction date"],
      reference: ["so tham chieu", "so ct", "reference number"],
      text: ["mo ta", "noi dung chi tiet", "transactions in detail"],
      debit: ["so tien ghi no", "ghi no", "debit amount"],
      credit: ["so tien ghi co", "ghi co", "credit amount"],
      signed: [],
      balance: ["so du", "balance"],
    },
  },
  {
    id: "agribank",
    columns: {
      day: ["ngay hach toan", "ngay phat sinh", "posting date"],
      reference: ["so but toan", "so chung tu", "journal number"],
      text: ["dien giai", "noi dung", "narrative"],
      debit: ["phat sinh no", "no", "debit"],
      credit: ["phat sinh co", "co", "credit"],
      signed: [],
      balance: ["so du cuoi", "so du", "closing balance"],
    },
  },
  {
    id: "bidv",
    columns: {
      day: ["ngay hieu luc", "ngay gia tri", "value date"],
      reference: ["so giao dich", "ma giao dich", "transaction id"],
      text: ["noi dung giao dich", "mo ta giao dich", "remark"],
      debit: ["ghi no", "tien ra", "debit"],
      credit: ["ghi co", "tien vao", "credit"],
      signed: [],
      balance: ["so du", "balance"],
    },
  },
  {
    id: "mb",
    columns: {
      day: ["ngay giao dich", "ngay gio giao dich"],
      reference: ["so but toan", "ma tham chieu"],
      text: ["noi dung", "noi dung giao dich"],
      debit: [],
      credit: [],
      signed: ["so tien", "so tien giao dich"],
      balance: ["so du", "so du sau giao dich"],
    },
  },
  {
    id: "plain",
    columns: {
      day: ["date", "day", "booked on", "booking date", "ngay", "ngay giao dich", "ngay hach toan"],
      reference: [
        "reference",
        "ref",
        "bank reference",
        "so tham chieu",
        "ma giao dich",
        "so but toan",
        "so ct",
      ],
      text: ["text", "description", "content", "memo", "details", "noi dung", "dien giai", "mo ta"],
      debit: ["debit", "out", "ghi no", "no", "tien ra", "phat sinh no"],
      credit: ["credit", "in", "ghi co", "co", "tien vao", "phat sinh co"],
      signed: ["amount", "so tien"],
      balance: ["balance", "so du", "running balance"],
    },
  },
];

/** What the lines above and below the table say, folded. */
export const STATEMENT_LABELS = {
  account: ["so tai khoan", "tai khoan", "account number", "account no", "account"],
  opening: ["so du dau ky", "so du dau", "opening balance"],
  closing: ["so du cuoi ky", "so du cuoi", "closing balance"],
  /** Rows of sums that are no movements. */
  sums: ["tong cong", "tong phat sinh", "cong phat sinh", "total", "totals"],
} as const;

/** Words in a debit that say it takes back an earlier credit, normalised as in `matching.ts`. */
export const REVERSAL_WORDS: readonly string[] = [
  "HOAN TRA",
  "HOAN TIEN",
  "HUY GIAO DICH",
  "HUY GD",
  "THU HOI",
  "REVERSAL",
  "REVERSED",
  "REFUND",
  "CHUYEN NHAM",
];

/**
 * Words of credits by which a gateway pays out what it collected, `after` somewhere behind `first`: such a line confirms
 * gifts that are booked already (clearing to fund), it is no gift itself.
 */
export const SETTLEMENT_WORDS: readonly { readonly first: RegExp; readonly after: RegExp }[] = [
  {
    first: /\bVNPAY\b/,
    after: /\b(?:QUYET TOAN|THANH TOAN DVCNTT|TT DVCNTT|SETTLEMENT)\b/,
  },
  { first: /\b(?:QUYET TOAN|THANH TOAN DVCNTT|SETTLEMENT)\b/, after: /\bVNPAY\b/ },
  { first: /\bSTRIPE\b/, after: /\b(?:PAYOUT|SETTLEMENT)\b/ },
];
