import type { Chance } from "./random.ts";

/** What people and banks make of a transfer's text. None of it is ever shown in public. */

const WISHES = [
  "ung ho ba con",
  "chuc ba con khoe",
  "mua bo cho ba con",
  "gop mot chut",
  "thuong lam",
  "cam on",
  "tu thien",
];
const BANK_WRAPS: readonly ((memo: string, n: number) => string)[] = [
  (memo) => memo,
  (memo, n) => `MBVCB.${4_000_000_000 + n}.${memo}.CT tu 0xxxxxx toi TK van dong; tai Napas`,
  (memo) => `ND: ${memo}`,
  (memo, n) => `IBFT ${memo} FT${String(26_000_000 + n)}`,
  (memo) => `CT DEN: ${memo.toUpperCase()}`,
];

/** A memo with its code, as tidy or untidy as people write. */
export function memoWithCode(code: string, chance: Chance): string {
  const wish = chance.happens(0.4) ? ` ${chance.pick(WISHES)}` : "";
  const memo = `${mangled(code, chance)}${wish}`;
  return chance.pick(BANK_WRAPS)(memo, chance.whole(1, 999_999));
}

/** Four in five codes come as they are; the rest is what matching is for (payments.md 4.1). */
function mangled(code: string, chance: Chance): string {
  return chance.weighted([
    [code, 80],
    [code.toLowerCase(), 8],
    [`${code.slice(0, 2)} ${code.slice(2)}`, 4],
    [`${code.slice(0, 5)} ${code.slice(5)}`, 3],
    [`mã ${code}, ủng hộ`, 3],
    [`${code}-UH`, 2],
  ]);
}

/** A code in which one sign was taken for another that looks alike. */
export function misread(code: string): string | undefined {
  const pairs: readonly (readonly [string, string])[] = [
    ["5", "S"],
    ["8", "B"],
    ["2", "Z"],
    ["S", "5"],
    ["B", "8"],
    ["Z", "2"],
  ];
  for (let at = 2; at < code.length; at += 1) {
    const pair = pairs.find(([sign]) => sign === code[at]);
    if (pair) return `${code.slice(0, at)}${pair[1]}${code.slice(at + 1)}`;
  }
  return undefined;
}

/** A memo that names nothing we know. */
export function memoWithoutCode(chance: Chance): string {
  return chance.pick([
    "ung ho chuong trinh ket nghia",
    "giup ba con mien nui",
    "CHUYEN TIEN",
    "QN123 ung ho",
    "chuyen khoan tu thien bo giong",
    "gop quy vi nguoi ngheo",
    "NHO GUI CHO XA",
  ]);
}
