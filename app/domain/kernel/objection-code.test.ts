import { expect, test } from "vitest";

import { drawObjectionCode, isObjectionCode, readTypedObjection } from "./objection-code.ts";

const CODE = drawObjectionCode(() => [3, 1, 4, 1, 5, 9]);

test("a drawn code is one; one of a gift is none, nor one with a wrong sign", () => {
  expect(isObjectionCode(CODE)).toBe(true);
  expect(isObjectionCode(`QN${CODE.slice(2)}`)).toBe(false);
  for (const sign of "23456789ABCDEFGHJKLMNPQRSTUVWXYZ") {
    const other = `${CODE.slice(0, 4)}${sign}${CODE.slice(5)}`;
    expect(isObjectionCode(other)).toBe(other === CODE);
  }
});

test.each([
  [CODE.toLowerCase()],
  [`${CODE.slice(0, 2)} ${CODE.slice(2, 6)}-${CODE.slice(6)}`],
  [` ${CODE}. `],
])("%j is read", (typed) => {
  expect(readTypedObjection(typed)).toBe(CODE);
});

test("what is too long or something else is not read", () => {
  expect(readTypedObjection(CODE.repeat(10))).toBeUndefined();
  expect(readTypedObjection("YK")).toBeUndefined();
});
