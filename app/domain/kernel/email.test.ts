import { expect, test } from "vitest";

import { readEmail } from "./email.ts";

test.each([
  [" Hong@Example.com ", "hong@example.com"],
  ["a.b+c_d-e@sub.example.vn", "a.b+c_d-e@sub.example.vn"],
  ["hong@thưđiệntử.example", "hong@thưđiệntử.example"],
])("%s is taken as %s", (typed, email) => {
  expect(readEmail(typed)).toEqual({ ok: true, value: email });
});

// docs/stack.md, nodemailer; docs/stack.md, type=email
test.each([
  "hồng@example.com",
  "hồng@example.com".normalize("NFD"),
  "đ@example.com",
  "ａ@b.example",
])("%s has a letter outside ASCII before the @", (typed) => {
  expect(readEmail(typed)).toEqual({ ok: false, problem: { code: "email.letters" } });
});

test.each([
  "",
  "hong",
  "hong@example",
  "@example.com",
  "a@b..example",
  "a@b.example.",
  "a b@c.example",
  "a@b@c.example",
  "<a@b.example>",
  "a,b@c.example",
  `${"a".repeat(65)}@b.example`,
  `a@${"b".repeat(250)}.example`,
  "a\u0000@b.example",
])("%j is no address", (typed) => {
  expect(readEmail(typed)).toEqual({ ok: false, problem: { code: "email.wrong" } });
});
