import { expect, test } from "vitest";

import { wrongFact } from "./draft-form.ts";

test("what is too long is let in and measured; other faults keep their word", () => {
  const titleVi = "bò ".repeat(50);
  expect(wrongFact("titleVi", "too-long", { titleVi })).toEqual({
    code: "too-long-by",
    facts: { most: 120, length: 149 },
  });
  expect(wrongFact("titleVi", "missing", { titleVi: "" })).toEqual({ code: "missing", facts: {} });
  expect(wrongFact("twin", "too-long", { twin: titleVi })).toEqual({ code: "too-long", facts: {} });
});
