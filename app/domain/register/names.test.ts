import fc from "fast-check";
import { expect, test } from "vitest";

import { nameLetters, sameName } from "./names.ts";

test.each([
  ["Hồ Văn Hoà", "Hồ Văn Hòa"],
  ["Nguyễn Thị Thuỷ", "Nguyễn Thị Thủy"],
  ["Tr'Hy Nhất", "Tr’Hy Nhất"],
  ["Tr'Hy Nhất", "Trhy Nhất"],
  ["A Tiêng Bríu", "Atiêng Bríu"],
  ["A Tiêng Bríu", "Bríu A Tiêng"],
  ["A Tiêng Bríu", "Bríu Atiêng"],
  ["Alăng Nhất", "ALĂNG  NHẤT".normalize("NFD")],
  ["Đinh Thị Hằng", "Dinh Thi Hang"],
  ["Zơrâm-Bhling", "Zơrâm Bhling"],
])("%s and %s are one name", (one, other) => {
  expect(sameName(one, other)).toBeDefined();
  expect(sameName(other, one)).toBeDefined();
  expect(nameLetters(one)).toBe(nameLetters(other));
});

test.each([
  ["Nguyễn Thị Hoa", "Nguyễn Thị Hòa"],
  ["Hồ Văn Hoà", "Hồ Vân Hoà"],
  ["Hồ Thị Lan", "Hồ Thị Lân"],
  ["Alăng Nhất", "Alăng Nhị"],
  ["Đinh Văn Tam", "Định Văn Tam"],
  // Letters of one make the other.
  ["Hồ Văn An", "Hồ Văn Na"],
])("%s and %s are two names", (one, other) => {
  expect(sameName(one, other)).toBeUndefined();
});

const SYLLABLES = [
  "hồ",
  "hòa",
  "thuỷ",
  "văn",
  "alăng",
  "a",
  "tiêng",
  "đinh",
  "bríu",
  "zơrâm",
  "nhất",
];
const names = fc.array(fc.constantFrom(...SYLLABLES), { minLength: 2, maxLength: 4 });

test("however a name is written, it is found again; other letters are another name", () => {
  fc.assert(
    fc.property(names, fc.boolean(), fc.boolean(), fc.nat(3), (words, apart, shout, turn) => {
      const name = words.join(" ");
      const turned = [...words.slice(turn % words.length), ...words.slice(0, turn % words.length)];
      let again = turned.join(apart ? " " : "'");
      if (shout) again = again.toUpperCase().normalize("NFD");
      expect(nameLetters(again)).toBe(nameLetters(name));
      expect(sameName(name, again)).toBeDefined();
      expect(nameLetters(`${name} x`)).not.toBe(nameLetters(name));
    }),
  );
});
