import { expect, test } from "vitest";

import { createLog, loggedPath } from "./log.ts";

function written(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = "";
  write(createLog({ level: "info", process: "test" }, { write: (line) => void (text += line) }));
  return text;
}

test("secrets and persons do not reach the log, at any usual depth", () => {
  const text = written((log) =>
    log.info({
      email: "a@example.vn",
      pledge: { donorName: "Nguyễn Thị Đào" },
      request: { headers: { authorization: "Bearer s3cret", "stripe-signature": "v1=abc" } },
    }),
  );
  expect(text).toContain("(hidden)");
  for (const secret of ["a@example.vn", "Đào", "s3cret", "v1=abc"]) {
    expect(text).not.toContain(secret);
  }
});

test("an error's message stays, its parameters do not", () => {
  const error = Object.assign(new Error("Failed query: insert\nparams: Nguyễn Thị Đào,5"), {
    code: "23505",
    parameters: ["Nguyễn Thị Đào"],
    cause: Object.assign(new Error("duplicate key"), { detail: "(Nguyễn Thị Đào)" }),
  });
  const text = written((log) => log.error({ err: error }));
  expect(text).toContain("Failed query");
  expect(text).toContain("23505");
  expect(text).toContain("duplicate key");
  expect(text).not.toContain("Đào");
});

test("a path is logged without its query", () => {
  expect(loggedPath("/hooks/vnpay?vnp_SecureHash=abc")).toBe("/hooks/vnpay?…");
  expect(loggedPath("/so-cai")).toBe("/so-cai");
});
