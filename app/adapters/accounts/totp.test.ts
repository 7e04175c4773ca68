import { expect, test } from "vitest";

import { base32, codeAt, codeNow, factorUri, fromBase32, stepOf } from "./totp.ts";

/** RFC 6238, appendix B: the secret of the SHA-1 rows. */
const SECRET = base32(new TextEncoder().encode("12345678901234567890"));

test.each([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
])("at %i s the code is that of RFC 6238", (seconds, code) => {
  expect(codeNow(SECRET, seconds)).toBe(code);
});

test("RFC 4226, appendix D", () => {
  expect(Array.from({ length: 5 }, (_, step) => codeAt(SECRET, step))).toEqual([
    "755224",
    "287082",
    "359152",
    "969429",
    "338314",
  ]);
});

test("a clock may be one step off, not two", () => {
  const now = 1_800_000_000;
  expect(stepOf(SECRET, codeNow(SECRET, now), now)).toBe(60_000_000);
  expect(stepOf(SECRET, codeNow(SECRET, now - 30), now)).toBe(59_999_999);
  expect(stepOf(SECRET, codeNow(SECRET, now + 30), now)).toBe(60_000_001);
  expect(stepOf(SECRET, codeNow(SECRET, now - 60), now)).toBeUndefined();
  expect(stepOf(SECRET, codeNow(SECRET, now + 60), now)).toBeUndefined();
});

test("what is no code is none", () => {
  for (const code of ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"]) {
    expect(stepOf(SECRET, code, 59)).toBeUndefined();
  }
  expect(stepOf(SECRET, "287 082", 59)).toBe(1);
});

test("base32 comes back as it was, with blanks and small letters too", () => {
  const bytes = Uint8Array.from({ length: 20 }, (_, n) => (n * 37) % 256);
  expect(fromBase32(base32(bytes))).toEqual(bytes);
  expect(
    fromBase32(
      base32(bytes)
        .toLowerCase()
        .replace(/(.{4})/g, "$1 "),
    ),
  ).toEqual(bytes);
  expect(base32(new TextEncoder().encode("foobar"))).toBe("MZXW6YTBOI");
});

test("the address for apps names the site and the account, and has no plus sign", () => {
  const url = new URL(factorUri(SECRET, "a+b@c.example"));
  expect(url.protocol).toBe("otpauth:");
  expect(url.searchParams.get("secret")).toBe(SECRET);
  expect(url.searchParams.get("issuer")).toBe("Kết Nghĩa");
  expect(url.href).not.toContain("+");
});
