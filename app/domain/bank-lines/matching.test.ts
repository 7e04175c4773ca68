import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  type CodeBook,
  codesToLookUp,
  normaliseMemo,
  type OpenPledge,
  placeLine,
} from "./matching.ts";
import { isReferenceCode, referenceCodeOf } from "../kernel/reference-code.ts";

const code = fc.array(fc.nat(31), { minLength: 6, maxLength: 6 }).map(referenceCodeOf);

function book(
  pledges: readonly string[],
  campaigns: readonly string[] = [],
  paid = false,
): CodeBook {
  const known = new Map(
    pledges.map((one): [string, OpenPledge] => [
      one,
      { code: one, campaign: "LD1", amount: 200_000n, paid },
    ]),
  );
  return {
    pledge: (one) => known.get(one),
    campaign: (one) => (campaigns.includes(one) ? "LD1" : undefined),
  };
}

const place = (text: string, pledges: readonly string[], campaigns: readonly string[] = []) =>
  placeLine(text, 200_000n, book(pledges, campaigns));

describe("placing a bank line", () => {
  it("rule 1: capitals, no diacritics, single blanks", () => {
    expect(normaliseMemo("  ủng hộ\tĐồng-bào  qnk7f3k27.\n")).toBe("UNG HO DONG BAO QNK7F3K27");
    expect(normaliseMemo("ủng".normalize("NFD"))).toBe("UNG");
  });

  it("rule 2: the code as a word, in whatever writing", () => {
    for (const text of [
      "QNK7F3K27",
      "MBVCB.3412.qnk7f3k27.CT tu 0123 NGUYEN VAN A toi 4567; tai Napas",
      "ND:QNK7F3K27;",
      "Q\u0301NK7F3K27 ung ho",
    ]) {
      expect(place(text, ["QNK7F3K27"])).toMatchObject({ rule: 2, code: "QNK7F3K27" });
    }
    expect(placeLine("QNK7F3K27", 1n, book(["QNK7F3K27"]))).toMatchObject({ needsLook: true });
    expect(placeLine("QNK7F3K27", 200_000n, book(["QNK7F3K27"], [], true))).toMatchObject({
      rule: 2,
      needsLook: true,
    });
    expect(place("QNK7F3K27 QNA2B3C4Z", ["QNK7F3K27", "QNA2B3C4Z"])).toMatchObject({
      code: "QNK7F3K27",
      needsLook: true,
    });
  });

  it("rule 3: blanks and breaks inside, only when one code results", () => {
    for (const text of ["QN K7F3K27", "QNK7F\n3K27", "Q-N-K-7-F-3-K-2-7", "XXQNK7F3K27UNGHO"]) {
      expect(place(text, ["QNK7F3K27"])).toMatchObject({ rule: 3, needsLook: false });
    }
    const two = ["QNK7F3K27", "QNA2B3C4Z"];
    expect(place("QN K7F3K27 QN A2B3C4Z", two)).toMatchObject({ rule: 6 });
  });

  it("rule 4: one look-alike, flagged, only when one pledge results", () => {
    expect(place("QNK7F3K2 7", ["QNK7F3K27"])).toMatchObject({ rule: 3 });
    expect(place("QNA2B3C42", ["QNA2B3C4Z"])).toMatchObject({ rule: 4, needsLook: true });
    expect(place("ONK7F3K27", ["QNK7F3K27"])).toMatchObject({ rule: 4 });
    expect(place("0N K7F3K27", ["QNK7F3K27"])).toMatchObject({ rule: 4 });
    expect(place("QNK7F3K37", ["QNK7F3K27"])).toMatchObject({ rule: 6 });
  });

  it("rule 5 and 6: a campaign's code, else nothing", () => {
    expect(place("ung ho QNM9P8Q7Y", [], ["QNM9P8Q7Y"])).toMatchObject({
      rule: 5,
      campaign: "LD1",
    });
    expect(place("ung ho QN M9P8 Q7Y", [], ["QNM9P8Q7Y"])).toMatchObject({ rule: 5 });
    expect(place("QNM9P8Q7Y QNK7F3K27", ["QNK7F3K27"], ["QNM9P8Q7Y"])).toMatchObject({ rule: 2 });
    expect(place("QNM9P8Q7Y QNK7F3K27", [], ["QNM9P8Q7Y", "QNK7F3K27"])).toMatchObject({ rule: 6 });
    for (const text of ["", "NGUYEN VAN A chuyen tien", "QNK7F3K2A", "\u0000\uD800"]) {
      expect(place(text, ["QNK7F3K27"])).toEqual({ rule: 6, needsLook: false });
    }
  });

  it("a code in any noise, with any case and blanks, is found by rule 2 or 3", () => {
    const noise = fc.string({
      unit: fc.constantFrom(..."abc. -/:;0123456789đ".split("")),
      maxLength: 40,
    });
    fc.assert(
      fc.property(code, noise, noise, fc.boolean(), (one, before, after, lower) => {
        const text = `${before} ${lower ? one.toLowerCase() : one} ${after}`;
        expect(place(text, [one])).toMatchObject({ rule: 2, code: one });
      }),
    );
    fc.assert(
      fc.property(code, fc.integer({ min: 1, max: 8 }), (one, at) => {
        expect(place(`${one.slice(0, at)} ${one.slice(at)}`, [one])).toMatchObject({ code: one });
      }),
    );
  });

  it("every misread sign of the table leads back to the code, and is flagged", () => {
    const misread: Record<string, string> = {
      S: "5",
      "5": "S",
      B: "8",
      "8": "B",
      Z: "2",
      "2": "Z",
      Q: "0",
      D: "O",
      L: "1",
      J: "I",
    };
    fc.assert(
      fc.property(code, fc.integer({ min: 2, max: 8 }), (one, at) => {
        const typed = misread[one.charAt(at)];
        fc.pre(typed !== undefined);
        const text = one.slice(0, at) + typed + one.slice(at + 1);
        expect(place(text, [one])).toMatchObject({ rule: 4, code: one, needsLook: true });
      }),
    );
  });

  it("asks the book only for codes, and for all that the rules can use", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: fc.constantFrom(..."QN QN234BS58Z2OI01 ".split("")), maxLength: 300 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const asked = new Set<string>();
        const ask = (one: string) => {
          asked.add(one);
          return undefined;
        };
        placeLine(text, 1n, { pledge: ask, campaign: ask });
        const announced = new Set(codesToLookUp(text));
        return [...asked].every((one) => isReferenceCode(one) && announced.has(one));
      }),
    );
  });

  it("stays fast on hostile texts", () => {
    expect(place("QN".repeat(500_000), ["QNK7F3K27"])).toMatchObject({ rule: 6 });
  });
});
