/**
 * The checksum of a list: SHA-256 over canonical bytes (RFC 8785, NFC) that only who holds the sheet with names can write
 * down, as the sheet's own random number is among them. Described for checkers in docs/recipes/check-a-list.md.
 */
import { canonicalText } from "../kernel/canonical.ts";
import type { Sha256 } from "../kernel/digest.ts";
import { type ListLine, totalsOf } from "./list-version.ts";

/** What the sheet with names says, line by line in its order. */
export interface SheetLine extends Pick<
  ListLine,
  "code" | "village" | "category" | "heads" | "amount" | "reserve"
> {
  /** Head of the household, as printed. */
  readonly name: string;
}

/** The sheet with names. */
export interface NamedSheet {
  readonly list: string;
  readonly version: number;
  /** Random, printed on this sheet only. */
  readonly sheet: string;
  readonly lines: readonly SheetLine[];
}

/** The bytes that the checksum is of. */
function sheetText({ list, version, sheet, lines }: NamedSheet): string {
  return canonicalText({
    lines: lines.map(({ amount, category, code, heads, name, reserve, village }) => ({
      amount,
      category,
      code,
      heads,
      name: name.normalize("NFC"),
      reserve,
      village: village.normalize("NFC"),
    })),
    list,
    sheet,
    totals: { ...totalsOf(lines) },
    v: 1,
    version,
  });
}

/** 64 hex signs. */
export function checksumOf(sha256: Sha256, sheet: NamedSheet): string {
  return sha256(sheetText(sheet));
}

/** In groups of four, as it is printed. */
export function groupsOf(checksum: string): string[] {
  return checksum.match(/.{1,4}/g) ?? [];
}

/** A checksum as somebody typed or pasted it, with blanks, dashes or capitals; undefined when it is none. */
export function readChecksum(typed: string): string | undefined {
  const plain = typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s.:·–-]/g, "");
  return /^[0-9a-f]{64}$/.test(plain) ? plain : undefined;
}
