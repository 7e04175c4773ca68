import { expect, test } from "vitest";

import { keptOrigins, originOf } from "./request-origin.ts";

const open = { trustProxy: false };
const host = (name: string) => originOf({ headers: { host: name } }, open);

test.each([
  "a:99999",
  "127.0.0.14341",
  "1.2.3.4.5",
  "[::1::2]",
  "[12345::]",
  "a b",
  "a/b",
  "a@b",
  "a#b",
  "",
])("%j is no host", (name) => {
  expect(host(name)).toBeUndefined();
});

test.each(["a", "A.example:8080", "127.0.0.1:3000", "[::1]:3000", "xn--kt-ngha-2hb.example"])(
  "%s is one, and an address can be made of it",
  (name) => {
    const origin = host(name);
    expect(origin).toBe(`http://${name.toLowerCase()}`);
    expect(new URL(`${origin}/p`).pathname).toBe("/p");
  },
);

test("a forwarded host that is none is refused too", () => {
  const headers = { host: "a", "x-forwarded-host": "b:70000", "x-forwarded-proto": "https" };
  expect(originOf({ headers }, { trustProxy: true })).toBeUndefined();
  expect(originOf({ headers }, open)).toBe("http://a");
});

test("pages are kept for the first hosts that are used, not for each that is made up", () => {
  let now = 0;
  const origins = keptOrigins(open, () => now);
  expect(origins.has("http://own.example")).toBe(true);
  const made = Array.from({ length: 100 }, (_, n) => origins.has(`http://h${n}.example`));
  expect(made.filter(Boolean)).toHaveLength(7);
  expect(origins.has("http://own.example")).toBe(true);
  now += 11 * 60_000;
  expect(origins.has("http://own.example")).toBe(true);
  expect(origins.has("http://late.example")).toBe(true);
});

test("with an address of its own the site keeps for that alone", () => {
  const origins = keptOrigins({ publicUrl: "https://a.example", trustProxy: false });
  expect(origins.has("https://a.example")).toBe(true);
  expect(origins.has("https://b.example")).toBe(false);
});
