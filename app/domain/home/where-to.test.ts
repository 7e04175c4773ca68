import { expect, test } from "vitest";

import { whereTo } from "./where-to.ts";

test.each([
  ["", { is: "nothing" }],
  ["   ", { is: "nothing" }],
  ["#2130", { is: "entry", number: 2130 }],
  ["2.130", { is: "entry", number: 2130 }],
  ["2,130", { is: "entry", number: 2130 }],
  ["0007", { is: "entry", number: 7 }],
  ["QNZZZZZZZ", { is: "wrong-code" }],
  ["qn k7f3-k2", { is: "words", words: "qn k7f3-k2" }],
  ["h-ld1-009", { is: "household", code: "H-LD1-009" }],
  ["ld1-R2", { is: "list", id: "LD1-r2" }],
  ["ld1-0031", { is: "label", code: "LD1-0031", words: "ld1-0031" }],
  ["LD1", { is: "label", code: "LD1", words: "LD1" }],
  ["trà  giáp", { is: "words", words: "trà giáp" }],
  ["2.13", { is: "words", words: "2.13" }],
])("%j", (typed, wanted) => {
  expect(whereTo(typed)).toEqual(wanted);
});

test("a whole code is one, however it is written", () => {
  expect(whereTo("QNLQCT3XA")).toEqual({ is: "code", code: "QNLQCT3XA" });
  expect(whereTo("qn lqct-3xa")).toEqual({ is: "code", code: "QNLQCT3XA" });
});

test("a checksum of a list is one, in groups as it is printed", () => {
  const checksum = "bd186a0b5992582512003e5c2026af7f1eb554ef94d5f699c134bf6f11e5ac78";
  const printed = checksum.match(/.{4}/g)!.join(" ").toUpperCase();
  expect(whereTo(printed)).toEqual({ is: "checksum", checksum });
});

test("a text of a thousand signs is cut", () => {
  expect(whereTo("a".repeat(1000))).toEqual({ is: "words", words: "a".repeat(100) });
});
