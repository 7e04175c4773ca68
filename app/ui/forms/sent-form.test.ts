import { expect, test } from "vitest";
import { z } from "zod";

import { drawnForm, readSentForm } from "./sent-form.ts";

const SCHEMA = z.object({
  name: z.string("form.broken").max(5, "form.too-long").optional(),
  key: z.string("form.broken"),
});

function sent(...pairs: [string, string | Blob][]) {
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  return readSentForm(form, SCHEMA);
}

test("what is left empty is absent", () => {
  const read = sent(["name", ""], ["key", "k"]);
  expect(read.status === "success" && read.value).toEqual({ key: "k" });
});

test("what is wrong is told by field, and what was typed comes back", () => {
  const read = sent(["name", "too long"], ["key", "k"]);
  expect(read.status === "error" && read.error).toEqual({ name: ["form.too-long"] });
  expect(read.reply()).toEqual({
    typed: { name: "too long", key: "k" },
    wrong: { name: ["form.too-long"] },
  });
});

test("a field sent twice or as a file is broken, not an exception", () => {
  const twice = sent(["key", "a"], ["key", "b"]);
  expect(twice.status === "error" && twice.error).toEqual({ key: ["form.broken"] });
  const file = sent(["key", new Blob(["x"])]);
  expect(file.status === "error" && file.error).toEqual({ key: ["form.broken"] });
  expect(sent(["__proto__", "x"], ["key", "k"]).status).toBe("success");
});

test("a verb's refusal stands at its field or above the form", () => {
  const read = sent(["key", "k"]);
  expect(read.reply({ fieldErrors: { name: ["name.missing"] } }).wrong).toEqual({
    name: ["name.missing"],
  });
  expect(read.reply({ formErrors: ["campaign.closed"] }).wrong).toEqual({
    "": ["campaign.closed"],
  });
});

test("a form is drawn with what was typed, or else with what is offered", () => {
  const offered = drawnForm(undefined, { key: "k", name: "An" });
  expect(offered[1]["name"]).toEqual({ initialValue: "An", errors: [] });
  const typed = drawnForm(
    { typed: { key: "k" }, wrong: { name: ["x"], "": ["y"] } },
    { name: "An" },
  );
  expect(typed[0].errors).toEqual(["y"]);
  expect(typed[1]["name"]).toEqual({ initialValue: undefined, errors: ["x"] });
});
