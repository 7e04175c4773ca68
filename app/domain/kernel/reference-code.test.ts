import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  CODE_ALPHABET,
  codeFromDigest,
  drawReferenceCode,
  isReferenceCode,
  looksLikeReference,
  pledgeCodeIn,
  referenceCodeOf,
} from "./reference-code.ts";

const signs = fc.array(fc.nat(31), { minLength: 6, maxLength: 6 });
const code = signs.map(referenceCodeOf);

describe("reference codes", () => {
  it("what is drawn is a code", () => {
    fc.assert(fc.property(signs, (drawn) => isReferenceCode(drawReferenceCode(() => drawn))));
  });

  it("every single wrong sign is caught", () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 2, max: 8 }), fc.nat(31), (right, place, sign) => {
        const other = CODE_ALPHABET.charAt(sign);
        fc.pre(other !== right.charAt(place));
        return !isReferenceCode(right.slice(0, place) + other + right.slice(place + 1));
      }),
    );
  });

  it("every swap of neighbours is caught, but for 2 with Z", () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 2, max: 7 }), (right, place) => {
        const [a = "", b = ""] = right.slice(place, place + 2);
        fc.pre(a !== b && ![a, b].every((sign) => "2Z".includes(sign)));
        return !isReferenceCode(right.slice(0, place) + b + a + right.slice(place + 2));
      }),
    );
  });

  it("refuses what is no code", () => {
    for (const text of [
      "",
      "QN",
      "qnk7f3k27",
      "QNK7F3K270",
      "QN0000000",
      "QNK7F3K2\u00ea",
      "XX2222222",
    ]) {
      expect(isReferenceCode(text)).toBe(false);
    }
    expect(() => referenceCodeOf([1, 2, 3])).toThrow(RangeError);
    expect(() => referenceCodeOf([1, 2, 3, 4, 5, 32])).toThrow(RangeError);
  });

  it("a digest tells one code, and every sign turns up", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const told = codeFromDigest(Buffer.from(bytes).toString("hex"));
        for (const sign of told) seen.add(sign);
        return isReferenceCode(told);
      }),
    );
    expect(seen.size).toBe(32);
    expect(() => codeFromDigest("xyz")).toThrow(RangeError);
  });

  it("finds the pledge in a reference, and knows a reference from rubbish", () => {
    expect(["QNK7F3K27", "QNK7F3K27-2", "QNK7F3K27-120"].map(pledgeCodeIn)).toEqual(
      Array.from({ length: 3 }, () => "QNK7F3K27"),
    );
    for (const text of ["QNK7F3K27-", "QNK7F3K27-0", "QNK7F3K272", "QNK7F3K28-1"]) {
      expect(pledgeCodeIn(text)).toBeUndefined();
    }
    expect(looksLikeReference("QNK7F3K27-12")).toBe(true);
    for (const text of ["", "a\u0000", "a b", "x".repeat(101), "';--"]) {
      expect(looksLikeReference(text)).toBe(false);
    }
  });
});
