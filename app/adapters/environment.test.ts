import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";

import { expect, test } from "vitest";

import { describeProblem, readEnvironment } from "./environment.ts";

const LIVE = {
  NODE_ENV: "production",
  DATABASE_URL: "postgres://localhost/ketnghia",
  ACCOUNTS_SECRET: "7hX0v2-a secret of this test only, 2b",
  REGISTER_KEY: "5b".repeat(32),
  SMTP_URL: "smtps://user:word@mail.example:465",
  MAIL_FROM: "Kết Nghĩa <no-reply@ketnghia.example>",
  PUBLIC_URL: "https://ketnghia.example",
};

function refusals(source: Record<string, string>): string {
  const read = readEnvironment(source);
  return read.ok ? "" : describeProblem(read.problem);
}

test("an empty environment is development with stand-ins and the embedded database", () => {
  const read = readEnvironment({});
  expect(read).toMatchObject({
    ok: true,
    value: {
      PORT: 3000,
      live: false,
      standIns: { vnpay: true, stripe: true, mail: true },
      donorLinks: true,
      EMBEDDED_DIRECTORY: ".data/dev",
    },
  });
});

test("everything wrong is named at once", () => {
  const message = refusals({ PORT: "many", DATABASE_URL: "mysql://x", BODY_LIMIT: "1" });
  expect(message).toContain("PORT: must be a whole number");
  expect(message).toContain("DATABASE_URL: must be an address that begins with postgres://");
  expect(message).toContain("BODY_LIMIT:");
});

test("a # in the password of an address (docs/stack.md, Node)", () => {
  // What stands unquoted in `.env` ends there; quoted it arrives whole and is no address: it has to be written %23.
  const unquoted = parseEnv("DATABASE_URL=postgres://u:p#w@h/db");
  expect(unquoted["DATABASE_URL"]).toBe("postgres://u:p");
  const quoted = parseEnv('DATABASE_URL="postgres://u:p#w@h/db"')["DATABASE_URL"] ?? "";
  expect(quoted).toBe("postgres://u:p#w@h/db");
  expect(refusals({ DATABASE_URL: quoted })).toContain("%23");
  expect(refusals({ DATABASE_URL: "postgres://u:p%23w@h/db" })).toBe("");
});

test("production needs a database", () => {
  const message = refusals({ NODE_ENV: "production" });
  expect(message).toContain("DATABASE_URL: missing");
  expect(refusals(LIVE)).toBe("");
});

test("the demonstration may run in production mode without them", () => {
  const read = readEnvironment({ NODE_ENV: "production", DEMO: "1" });
  expect(read).toMatchObject({ ok: true, value: { live: false, standIns: { vnpay: true } } });
});

test("production refuses stand-ins and demonstration secrets, and never prints a secret", () => {
  const message = refusals({
    ...LIVE,
    STAND_INS: "1",
    CLOCK_PLAYED: "1",
    VNPAY_TMN_CODE: "KETNGHIA",
    VNPAY_HASH_SECRET: "demo-vnpay-secret-of-the-stand-in",
    VNPAY_PAY_URL: "https://pay.example/",
  });
  expect(message).toContain("STAND_INS: must be off");
  expect(message).toContain("CLOCK_PLAYED: must be off");
  expect(message).toContain("VNPAY_HASH_SECRET: a demonstration secret");
  expect(message).not.toContain("of-the-stand-in");
});

test("a gateway is configured wholly or not at all", () => {
  expect(refusals({ VNPAY_TMN_CODE: "KETNGHIA" })).toContain("VNPAY_HASH_SECRET: missing");
  expect(refusals({ STRIPE_SECRET_KEY: "sk_test_123456" })).toContain(
    "STRIPE_WEBHOOK_SECRET: missing",
  );
});

test("a gateway of one's own turns its stand-in off, not the other's", () => {
  const read = readEnvironment({
    VNPAY_TMN_CODE: "KETNGHIA",
    VNPAY_HASH_SECRET: "0123456789abcdef",
    VNPAY_PAY_URL: "http://127.0.0.1:9/",
  });
  expect(read).toMatchObject({ ok: true, value: { standIns: { vnpay: false, stripe: true } } });
});

test("an empty value is a missing value, whichever variable it is", () => {
  const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
  const names = [...example.matchAll(/^([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name ?? "");
  expect(names).toEqual(expect.arrayContaining(["PORT", "NODE_ENV", "DEMO", "STAND_INS"]));
  const empty = Object.fromEntries(names.map((name) => [name, ""]));
  expect(readEnvironment(empty)).toEqual(readEnvironment({}));
  expect(refusals({ ...LIVE, PORT: "", ACCOUNTS_SECRET: "" })).toContain(
    "ACCOUNTS_SECRET: missing",
  );
});

test("production needs a secret for sign-in, and a mail server unless donors' links are off", () => {
  const { ACCOUNTS_SECRET, SMTP_URL, MAIL_FROM, ...rest } = LIVE;
  const message = refusals(rest);
  expect(message).toContain("ACCOUNTS_SECRET: missing");
  expect(message).not.toContain("demonstration secret");
  expect(refusals({ ...LIVE, PUBLIC_URL: "" })).toContain("PUBLIC_URL: missing");
  expect(message).toContain("SMTP_URL: missing");
  expect(refusals({ ...rest, ACCOUNTS_SECRET, DONOR_LINKS: "0" })).toBe("");
  expect(refusals({ ...LIVE, ACCOUNTS_SECRET: "short" })).toContain("ACCOUNTS_SECRET:");
  expect(refusals({ ...rest, SMTP_URL })).toContain("MAIL_FROM: missing");
  expect(refusals({ ...rest, MAIL_FROM })).toContain("SMTP_URL: missing");
  const demo = readEnvironment({ DEMO: "1" });
  expect(demo.ok).toBe(true);
  if (!demo.ok) return;
  expect(refusals({ ...LIVE, ACCOUNTS_SECRET: demo.value.ACCOUNTS_SECRET })).toContain(
    "ACCOUNTS_SECRET: a demonstration secret",
  );
});

test("production needs a key of its own for the register", () => {
  const { REGISTER_KEY, ...rest } = LIVE;
  expect(refusals(rest)).toContain("REGISTER_KEY: missing");
  for (const written of [REGISTER_KEY, Buffer.from(REGISTER_KEY, "hex").toString("base64")]) {
    expect(refusals({ ...rest, REGISTER_KEY: written })).toBe("");
  }
  const wrong = "5b".repeat(31);
  expect(refusals({ ...rest, REGISTER_KEY: wrong })).toContain("REGISTER_KEY: must be 32 bytes");
  expect(refusals({ ...rest, REGISTER_KEY: wrong })).not.toContain(wrong);
  const demo = readEnvironment({ DEMO: "1" });
  expect(demo.ok && refusals({ ...LIVE, REGISTER_KEY: demo.value.REGISTER_KEY })).toContain(
    "REGISTER_KEY: a demonstration secret",
  );
});

test("a mail server of one's own turns the stand-in off", () => {
  const { SMTP_URL, MAIL_FROM } = LIVE;
  expect(readEnvironment({ SMTP_URL, MAIL_FROM })).toMatchObject({
    value: { standIns: { mail: false, vnpay: true }, donorLinks: true },
  });
  expect(readEnvironment({ STAND_INS: "0" })).toMatchObject({ value: { donorLinks: false } });
});

test("a bucket is configured wholly or not at all, and its secret is never printed", () => {
  const message = refusals({
    FILES_S3_BUCKET: "ket-nghia",
    FILES_S3_SECRET_ACCESS_KEY: "very secret",
  });
  expect(message).toContain("FILES_S3_ACCESS_KEY_ID: missing");
  expect(message).not.toContain("very secret");
  expect(refusals({ FILES_S3_BUCKET: "No Bucket!" })).toContain(
    "FILES_S3_BUCKET: must be a bucket",
  );
});
