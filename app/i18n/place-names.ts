import { own } from "#app/domain/kernel/own.ts";

import type { Locale } from "./paths.ts";

/** Kinds of administrative units as they stand before a Vietnamese name, and the English word that goes behind it. */
const KINDS: Readonly<Record<string, string>> = {
  Xã: "commune",
  Phường: "ward",
  "Thị trấn": "township",
  "Đặc khu": "special zone",
  Huyện: "district",
  "Thị xã": "town",
  "Thành phố": "city",
  Tỉnh: "province",
};

/**
 * Districts and towns of the district level were abolished on 1 July 2025, so that whoever reads of one today reads of
 * a former one, but for the figures of the plan, which keep its own words.
 */
const ABOLISHED: ReadonlySet<string> = new Set(["Huyện", "Thị xã"]);

/**
 * A unit by its official name (`Xã La Dêê`), where a line or a label begins: `Xã La Dêê`, `La Dêê commune`; a district
 * as `Huyện Nam Giang cũ`, `Former Nam Giang district`. A name without a kind stays as it is.
 */
export function placeName(locale: Locale, fullName: string, former?: boolean): string {
  const words = placeInSentence(locale, fullName, former);
  return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
}

/** The same within a sentence: `xã La Dêê`, `La Dêê commune`, `huyện Nam Giang cũ`, `former Nam Giang district`. */
export function placeInSentence(locale: Locale, fullName: string, former?: boolean): string {
  const kind = Object.keys(KINDS).find((one) => fullName.startsWith(`${one} `));
  if (kind === undefined) return fullName;
  const name = fullName.slice(kind.length + 1);
  const over = former ?? ABOLISHED.has(kind);
  if (locale === "vi") return `${kind.toLocaleLowerCase("vi")} ${name}${over ? " cũ" : ""}`;
  return `${over ? "former " : ""}${name} ${own(KINDS, kind)}`;
}
