/** Money is a whole number of đồng in a `bigint`; the đồng has no fraction. */
export type Dong = bigint;

/** What these parts come to. */
export function sumOf(parts: readonly { readonly amount: Dong }[]): Dong {
  return parts.reduce((sum, { amount }) => sum + amount, 0n);
}

/**
 * Read an amount as people type it: `200000`, `200.000`, `200,000`, `200 000`, with or without `đ`, `đồng` or `VND`,
 * `5tr`, `5 triệu`, `1,5 triệu`, `200k`, `200 nghìn`, `2 tỷ`, as they say it (`1tr5` and `1 triệu rưỡi` are a million and a half, `1 triệu 500`
 * is a million and 500 thousand, `2 tỷ 300 triệu`), and in English `1.5 million`, `1.5m`, `2 billion`, `200 thousand`. Undefined when it is
 * not an amount of whole đồng.
 */
export function readDong(typed: string): Dong | undefined {
  const text = typed
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s\u00a0\u202f]+/g, "")
    .replace(/(đồng|dong|vnđ|vnd|đ|₫)$/u, "");
  const spoken = readSpoken(text);
  if (spoken !== undefined) return spoken;
  const match =
    /^(\d[\d.,]*?)(k|nghìn|ngàn|nghin|ngan|thousand|tr|triệu|trieu|m|million|millions|tỷ|tỉ|ty|ti|bn|billion|billions)?$/u.exec(
      text,
    );
  if (!match?.[1]) return undefined;
  const unit = UNITS.get(match[2] ?? "");
  if (unit === undefined) return undefined;
  return unit === 1n ? readWhole(match[1]) : readWithFraction(match[1], unit);
}

/** `1234567n` as `1.234.567`: dots after thousands, as Vietnamese papers write it. */
export function groupDigits(amount: Dong, separator = "."): string {
  const digits = (amount < 0n ? -amount : amount).toString();
  let end = digits.length - 3;
  let grouped = digits.slice(Math.max(end, 0));
  for (; end > 0; end -= 3) grouped = digits.slice(Math.max(end - 3, 0), end) + separator + grouped;
  return amount < 0n ? `−${grouped}` : grouped;
}

const UNITS = new Map<string, bigint>([
  ["", 1n],
  ...["k", "nghìn", "ngàn", "nghin", "ngan", "thousand"].map((word) => [word, 1_000n] as const),
  ...["tr", "triệu", "trieu", "m", "million", "millions"].map(
    (word) => [word, 1_000_000n] as const,
  ),
  ...["tỷ", "tỉ", "ty", "ti", "bn", "billion", "billions"].map(
    (word) => [word, 1_000_000_000n] as const,
  ),
]);

const LONGEST = 18;

const SPOKEN =
  /^(\d{1,6})(tr|triệu|trieu|tỷ|tỉ|ty|ti)(?:(rưỡi|ruoi)|(\d)|(\d{1,3})(?:(k|nghìn|ngàn|nghin|ngan)|(tr|triệu|trieu))|(\d{3}))$/u;

/**
 * Two parts, as amounts are said: one digit after the unit is its tenth (`1tr5`, `2tỷ3`), three digits are of the unit a
 * thousandth of it (`1tr500`, `1 triệu 250 nghìn`), `rưỡi` is half of it. Other tails could be either, so they are not read.
 */
function readSpoken(text: string): Dong | undefined {
  const match = SPOKEN.exec(text);
  if (!match) return undefined;
  const [, whole, word, half, tenth, counted, thousands, millions, bare] = match;
  const unit = UNITS.get(word ?? "") ?? 0n;
  const base = BigInt(whole ?? "0") * unit;
  if (half !== undefined) return base + unit / 2n;
  if (tenth !== undefined) return base + (BigInt(tenth) * unit) / 10n;
  if (bare !== undefined) return base + (BigInt(bare) * unit) / 1_000n;
  const smaller = thousands === undefined ? 1_000_000n : 1_000n;
  // `1 triệu 5 triệu` says nothing; `2 tỷ 300 nghìn` is an amount.
  if (millions !== undefined && unit !== 1_000_000_000n) return undefined;
  return base + BigInt(counted ?? "0") * smaller;
}

function readWhole(text: string): Dong | undefined {
  const plain =
    /^\d+$/.test(text) || /^\d{1,3}(\.\d{3})+$/.test(text) || /^\d{1,3}(,\d{3})+$/.test(text);
  const digits = text.replace(/[.,]/g, "");
  return plain && digits.length <= LONGEST ? BigInt(digits) : undefined;
}

function readWithFraction(text: string, unit: bigint): Dong | undefined {
  const match = /^(\d+)(?:[.,](\d{1,9}))?$/.exec(text);
  if (!match?.[1] || match[1].length > LONGEST) return undefined;
  const fraction = match[2] ?? "";
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(match[1] + fraction) * unit;
  return scaled % scale === 0n ? scaled / scale : undefined;
}
