import { randomBytes } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import { must } from "#app/domain/kernel/result.ts";
import type { RegisterKeyDesk, WrappedKey } from "#app/domain/register/ports.ts";

import { rewrapKeys, rotateKeys, sealingUnder } from "./sealed-texts.ts";

const KEY = randomBytes(32).toString("hex");
const LOST = { ok: false, problem: { code: "register.key-lost" } };

/** The wrapped keys, kept in memory. */
function desk(): RegisterKeyDesk & { rows: WrappedKey[] } {
  const rows: WrappedKey[] = [];
  let at = 0;
  const set = (id: string, more: Partial<WrappedKey>) => {
    const n = rows.findIndex((row) => row.id === id);
    rows[n] = { ...rows[n]!, ...more };
  };
  return {
    rows,
    all: () => Promise.resolve(rows.toSorted((a, b) => b.madeAt - a.madeAt)),
    async add(id, wrapped) {
      at += 1;
      if (!rows.some((row) => row.id === id))
        rows.push({ id, wrapped, madeAt: at, retiredAt: null });
    },
    async retireOthers(stay) {
      for (const { id, retiredAt } of rows) {
        if (!stay.includes(id) && retiredAt === null) set(id, { retiredAt: at });
      }
    },
    async rewrap(id, wrapped) {
      set(id, { wrapped });
    },
  };
}

test("whatever is sealed is opened as it was, and the seal shows nothing of it", async () => {
  const sealed = sealingUnder(KEY)(desk());
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
      const one = must(await sealed.seal(text));
      const again = must(await sealed.seal(text));
      expect(must(await sealed.open(one))).toBe(text);
      expect(Buffer.from(one).equals(Buffer.from(again))).toBe(false);
      if (text.length > 3) expect(Buffer.from(one).includes(text)).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test("a seal that was changed anywhere is not opened", async () => {
  const sealed = sealingUnder(KEY)(desk());
  const one = must(await sealed.seal("Zơrâm Thị Bhling"));
  for (let at = 0; at < one.length; at += 1) {
    const changed = Uint8Array.from(one);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await sealed.open(changed)).toEqual(LOST);
  }
  expect(await sealed.open(one.subarray(0, 12))).toEqual(LOST);
  expect(await sealed.open(new Uint8Array())).toEqual(LOST);
});

test("after a rotation new texts are under a new key, old ones are opened still, marks stay", async () => {
  const keys = desk();
  const before = sealingUnder(KEY)(keys);
  const old = must(await before.seal("Alăng Nhất"));
  const mark = must(await before.mark("alang nhat"));
  expect(must(await rotateKeys(KEY, keys))).toBe(2);
  const after = sealingUnder(KEY)(keys);
  const fresh = must(await after.seal("Alăng Nhất"));
  const keyOf = (seal: Uint8Array) => Buffer.from(seal.subarray(1, 9)).toString("hex");
  expect(keyOf(fresh)).not.toBe(keyOf(old));
  expect(must(await after.open(old))).toBe("Alăng Nhất");
  // A process that began before it opens what is sealed after it.
  expect(must(await before.open(fresh))).toBe("Alăng Nhất");
  expect(must(await after.mark("alang nhat"))).toBe(mark);
  expect(keys.rows.filter(({ retiredAt }) => retiredAt === null).map(({ id }) => id)).toEqual(
    expect.arrayContaining(["marks", keyOf(fresh)]),
  );
});

test("under a new key outside, everything is opened as before, and the old one opens nothing", async () => {
  const keys = desk();
  const before = sealingUnder(KEY)(keys);
  const old = must(await before.seal("Alăng Nhất"));
  const mark = must(await before.mark("alang nhat"));
  const next = randomBytes(32).toString("base64");
  expect(must(await rewrapKeys(KEY, next, keys))).toBe(2);
  // Cut off half-way it is run again.
  expect(must(await rewrapKeys(KEY, next, keys))).toBe(2);
  const after = sealingUnder(next)(keys);
  expect(must(await after.open(old))).toBe("Alăng Nhất");
  expect(must(await after.mark("alang nhat"))).toBe(mark);
  expect(await sealingUnder(KEY)(keys).open(old)).toEqual(LOST);
});

test("with another key nothing is opened, marked, sealed, rotated or made anew", async () => {
  const keys = desk();
  const before = sealingUnder(KEY)(keys);
  const old = must(await before.seal("Alăng Nhất"));
  await before.mark("alang nhat");
  const count = keys.rows.length;
  const wrong = randomBytes(32).toString("hex");
  const other = sealingUnder(wrong)(keys);
  expect(await other.open(old)).toEqual(LOST);
  expect(await other.seal("x")).toEqual(LOST);
  expect(await other.mark("x")).toEqual(LOST);
  expect(await rotateKeys(wrong, keys)).toEqual(LOST);
  expect(await rewrapKeys(wrong, KEY.replace(/^./, "0"), keys)).toEqual(
    KEY.startsWith("0") ? { ok: true, value: 2 } : LOST,
  );
  expect(keys.rows).toHaveLength(count);
});

test("one key in hexadecimal and in base64 is one key; marks of two keys differ", async () => {
  const keys = desk();
  const sealed = must(await sealingUnder(KEY)(keys).seal("Pơloong"));
  const base64 = Buffer.from(KEY, "hex").toString("base64");
  expect(must(await sealingUnder(base64)(keys).open(sealed))).toBe("Pơloong");
  const another = sealingUnder(randomBytes(32).toString("hex"))(desk());
  expect(must(await another.mark("a"))).not.toBe(must(await sealingUnder(KEY)(keys).mark("a")));
});
