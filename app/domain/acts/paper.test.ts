import { createHash } from "node:crypto";

import { expect, it } from "vitest";

import { sealPaper, sealValue } from "./paper.ts";

const sealing = {
  sha256: (data: Uint8Array | string) => createHash("sha256").update(data).digest("hex"),
  randomHex: (bytes: number) => "ab".repeat(bytes),
};

it("digests a paper over its 32 salt bytes and its content", () => {
  const content = new TextEncoder().encode("Biên bản bàn giao");
  const paper = sealPaper(sealing, "handover-minutes", content);
  const salt = Buffer.from("ab".repeat(32), "hex");
  const expected = createHash("sha256")
    .update(Buffer.concat([salt, Buffer.from(content)]))
    .digest("hex");
  expect(paper).toMatchObject({ kind: "handover-minutes", digest: expected, content });
  expect(paper.salt).toHaveLength(64);
});

it("commits to a value with label, field, salt and canonical text, so that fields cannot be swapped", () => {
  const tag = sealValue(sealing, "ear-tag", "4951026000123");
  const expected = createHash("sha256")
    .update("ketnghia/commit/v1\0ear-tag\0")
    .update(Buffer.from("ab".repeat(32), "hex"))
    .update('"4951026000123"')
    .digest("hex");
  expect(tag.commitment).toBe(expected);
  expect(sealValue(sealing, "name", "4951026000123").commitment).not.toBe(expected);
});
