import { createHash } from "node:crypto";

import fc from "fast-check";
import { expect, it } from "vitest";

import { checksumOf, groupsOf, type NamedSheet, readChecksum } from "./checksum.ts";
import { decidedFacts } from "./decide-list.ts";
import { totalsOf } from "./list-version.ts";

const sha256 = (data: Uint8Array | string) => createHash("sha256").update(data).digest("hex");

const word = fc.constantFrom("Alăng Thị Mơ", "Zơrâm Nhơt", "Pà Ong", "Đắc Ốc", "A Tiêng", "Tr'Hy");
const line = fc.record({
  code: fc.integer({ min: 1, max: 999 }).map((n) => `H-LD1-${String(n).padStart(3, "0")}`),
  name: word,
  village: word,
  category: fc.constantFrom("poor", "near_poor", "escaped", "other"),
  heads: fc.integer({ min: 1, max: 9 }),
  amount: fc.bigInt({ min: 0n, max: 9_000_000_000n }),
  reserve: fc.boolean(),
});
const sheet: fc.Arbitrary<NamedSheet> = fc.record({
  list: fc.constantFrom("LD1-r1", "LD1-r2", "TB3-r1"),
  version: fc.integer({ min: 1, max: 9 }),
  sheet: fc.stringMatching(/^[a-z2-7]{26}$/),
  lines: fc.array(line, { minLength: 1, maxLength: 12 }),
});

it("is another one when any one thing of the sheet is another one", () => {
  fc.assert(
    fc.property(sheet, fc.nat(), (one, at) => {
      const before = checksumOf(sha256, one);
      const n = at % one.lines.length;
      const own = one.lines[n]!;
      const but = (changed: Partial<typeof own>): NamedSheet => ({
        ...one,
        lines: one.lines.map((other, m) => (m === n ? { ...other, ...changed } : other)),
      });
      const others = [
        { ...one, list: `${one.list}0` },
        { ...one, version: one.version + 1 },
        { ...one, sheet: `${one.sheet}a` },
        { ...one, lines: one.lines.slice(0, -1) },
        but({ code: `${own.code}0` }),
        but({ name: own.name.replace(/.$/u, "") }),
        but({ village: `${own.village}g` }),
        but({ category: own.category === "poor" ? "other" : "poor" }),
        but({ heads: own.heads + 1 }),
        but({ amount: own.amount + 1n }),
        but({ reserve: !own.reserve }),
      ];
      for (const other of others) expect(checksumOf(sha256, other)).not.toBe(before);
    }),
  );
});

it("does not depend on how the same letters are coded", () => {
  fc.assert(
    fc.property(sheet, (one) => {
      const decomposed = {
        ...one,
        lines: one.lines.map((other) => ({
          ...other,
          name: other.name.normalize("NFD"),
          village: other.village.normalize("NFD"),
        })),
      };
      expect(checksumOf(sha256, decomposed)).toBe(checksumOf(sha256, one));
    }),
  );
});

it("is read back from paper, in groups, with blanks, in capitals", () => {
  fc.assert(
    fc.property(sheet, fc.constantFrom(" ", "\n", "-", " · "), (one, between) => {
      const checksum = checksumOf(sha256, one);
      expect(readChecksum(groupsOf(checksum).join(between).toUpperCase())).toBe(checksum);
      expect(readChecksum(checksum.slice(1))).toBeUndefined();
    }),
  );
});

it("the entry's facts come to what the lines come to, and say no name and no village", () => {
  fc.assert(
    fc.property(sheet, ({ lines }) => {
      const facts = decidedFacts({ list: "LD1-r1", version: 1, checksum: "c" }, lines);
      expect(facts).toMatchObject({ ...totalsOf(lines) });
      const text = JSON.stringify(facts, (_, value: unknown) =>
        typeof value === "bigint" ? value.toString() : value,
      );
      for (const { name, village } of lines) {
        expect(text).not.toContain(name);
        expect(text).not.toContain(village);
      }
    }),
  );
});
