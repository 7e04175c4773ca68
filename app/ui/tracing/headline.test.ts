import { expect, test } from "vitest";

import type { Clause } from "#app/domain/donations/became.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import type { Locale } from "#app/i18n/paths.ts";

import { headlineWords } from "./headline.ts";

const say = (locale: Locale, ...clauses: Clause[]) =>
  headlineWords(locale, wordsFor(locale, "donation"), clauses);

test("a cow, part of a second, and a calf", () => {
  const clauses: Clause[] = [
    { is: "whole", species: "BO", count: 1 },
    { is: "part-next", species: "BO", nth: 2 },
    { is: "offspring", species: "BO", count: 1, shared: false, more: false },
  ];
  expect(say("vi", ...clauses)).toBe("một con bò, một phần con thứ hai, và một con bê");
  expect(say("en", ...clauses)).toBe("one cow, part of a second cow, and one calf");
});

test("money that has not moved says so, without repeating the amount", () => {
  const fund: Clause = { is: "fund", amount: 25_000_000n, all: true };
  expect(say("vi", fund)).toBe("đã vào quỹ, chưa chuyển về xã");
  expect(say("en", fund)).toBe("in the fund, not yet sent to a commune");
});

test("money left beside animals is named to the đồng", () => {
  expect(
    say(
      "vi",
      { is: "whole", species: "DE", count: 12 },
      { is: "commune", amount: 1_234_567n, all: false },
    ),
  ).toBe("12 con dê và 1.234.567\u00a0đ còn ở xã");
});

test("a part alone, and parts beside whole ones", () => {
  expect(say("en", { is: "part", species: "BO", count: 1, more: false })).toBe("part of one cow");
  expect(
    say(
      "en",
      { is: "whole", species: "DE", count: 2 },
      { is: "part", species: "DE", count: 2, more: true },
    ),
  ).toBe("two goats and part of two other goats");
});

test("a part of a mother is a part of her young", () => {
  const shared: Clause = { is: "offspring", species: "DE", count: 2, shared: true, more: false };
  expect(say("vi", shared)).toBe("một phần của hai con dê con");
  expect(say("en", { ...shared, count: 1 })).toBe("part of one kid");
});

test("a dead animal is not hidden behind its replacement", () => {
  const dead: Clause = { is: "dead", species: "BO", count: 1, whole: true, replaced: true };
  expect(say("vi", dead)).toBe("một con bò đã chết hoặc mất và được thay");
  expect(say("en", { ...dead, whole: false, replaced: false })).toBe("part of one cow since lost");
});
