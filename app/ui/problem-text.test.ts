import { expect, test } from "vitest";

import { money } from "#app/i18n/formats.ts";

import { problemField, problemText, toldProblem } from "./problem-text.ts";

/** A translator that shows what it is asked. */
const shown = (keys: string[], facts: Record<string, unknown>) =>
  `${keys.join("|")} ${JSON.stringify(facts)}`;

test("a code is its key, and facts are worded by what they are", () => {
  const problem = {
    code: "order.over-norm",
    norm: 12_000_000n,
    heads: 3,
    startsOn: "2026-02-03",
    number: "120034005600",
    items: ["a", "b"],
    table: { no: "word" },
  };
  const text = problemText(shown, "vi", problem);
  expect(text).toBe(
    `problem.order.over-norm|problem.other ${JSON.stringify({
      norm: money("vi", 12_000_000n),
      heads: 3,
      startsOn: "03/02/2026",
      number: "120034005600",
      items: "a, b",
      code: "order.over-norm",
    })}`,
  );
  expect(problemText(shown, "vi", toldProblem(problem))).toBe(text);
});

test("a limit is an amount where it is text, a count where it is a number; the page's own words win", () => {
  const about = (facts: object) => ({ code: "x.y", ...facts });
  expect(problemText(shown, "en", about({ limit: "1000" }))).toContain("1,000");
  expect(problemText(shown, "en", about({ limit: 1000 }))).toContain('"limit":1000');
  expect(problemText(shown, "vi", about({ entry: 2130 }))).toContain("#2.130");
  expect(problemText(shown, "vi", about({ state: "booked" }), { state: "đã ghi sổ" })).toContain(
    '"state":"đã ghi sổ"',
  );
});

test("a problem leads to the field it names, else to the form's for its code", () => {
  const fields = { "a.b": "name" };
  expect(problemField({ code: "a.b" }, fields)).toBe("name");
  expect(problemField({ code: "a.b", field: "day" }, fields)).toBe("day");
  expect(problemField({ code: "constructor" }, fields)).toBeNull();
});
