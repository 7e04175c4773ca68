import { createHash } from "node:crypto";

import { describe, expect, test } from "vitest";

import type { Sha256 } from "../kernel/digest.ts";
import {
  type EntryDraft,
  keyDigest,
  type LaidOutEntry,
  leafHash,
  publicText,
  requestDigest,
} from "./entry.ts";

const sha256: Sha256 = (data) => createHash("sha256").update(data).digest("hex");

const DRAFT: EntryDraft = {
  key: "purchase:secret-key",
  kind: "purchase",
  effectiveOn: "2024-05-02",
  legs: [{ from: "proc:LD1:P1", to: "delivered:20455:LD1:r1", amount: 15n, animal: "LD1-0001" }],
  reason: "price-market",
  role: "commune:20455",
  evidence: [
    { kind: "contract", digest: "c".repeat(64) },
    { kind: "acceptance-minutes", digest: "a".repeat(64) },
  ],
  commitments: ["d".repeat(64)],
  animals: [
    {
      code: "LD1-0001",
      species: "BO",
      campaign: "LD1",
      commune: "20455",
      round: 1,
      sex: "F",
      bornOn: "2022-01-01",
      tagCommitment: "e".repeat(64),
    },
  ],
  animalEvents: [
    { animal: "LD1-0001", kind: "handed-over", on: "2024-05-02", household: "HO-SECRET" },
  ],
};

const ENTRY: LaidOutEntry = {
  number: 12,
  draft: DRAFT,
  recordedAt: 1_714_640_400,
  movements: [
    {
      from: "proc:LD1:P1",
      to: "delivered:20455:LD1:r1",
      amount: 15n,
      fromLo: 9_007_199_254_740_000n,
      toLo: 1n,
      animal: "LD1-0001",
    },
    { from: "world:market:BO", to: "herd:20455:BO:r1", amount: 1n, animal: "LD1-0001" },
  ],
  units: ["VND", "BO"],
  opens: ["delivered:20455:LD1:r1"],
};

describe("the public text", () => {
  test("is canonical JSON of codes and digests, sign for sign", () => {
    expect(publicText(ENTRY, "f".repeat(64))).toBe(
      `{"animals":[{"campaign":"LD1","code":"LD1-0001","commune":"20455","round":1,"species":"BO","tag":"${"e".repeat(64)}"}],` +
        `"commitments":["${"d".repeat(64)}"],"effective":"2024-05-02","entry":12,` +
        `"evidence":["${"c".repeat(64)}","${"a".repeat(64)}"],"key":"${"f".repeat(64)}","kind":"purchase",` +
        `"movements":[{"amount":15,"animal":"LD1-0001","from":"proc:LD1:P1","fromLo":9007199254740000,` +
        `"to":"delivered:20455:LD1:r1","toLo":1,"unit":"VND"},` +
        `{"amount":1,"animal":"LD1-0001","from":"world:market:BO","to":"herd:20455:BO:r1","unit":"BO"}],` +
        `"opens":["delivered:20455:LD1:r1"],"reason":"price-market","recorded":1714640400,"role":"commune:20455","v":1}`,
    );
  });

  test("holds neither the key nor the household", () => {
    const text = publicText(ENTRY, keyDigest(sha256, DRAFT.key, "00"));
    expect(text).not.toContain("secret-key");
    expect(text).not.toContain("SECRET");
  });

  test("of a period close: no movements, balances stated", () => {
    const text = publicText(
      {
        number: 1,
        recordedAt: 5,
        movements: [],
        units: [],
        opens: [],
        draft: {
          key: "k",
          kind: "period-close",
          effectiveOn: "2024-04-30",
          legs: [],
          assertions: [{ account: "fund:LD1", balance: 7n }],
        },
      },
      "0",
    );
    expect(text).toBe(
      `{"assertions":[{"account":"fund:LD1","balance":7}],"effective":"2024-04-30","entry":1,"key":"0",` +
        `"kind":"period-close","movements":[],"recorded":5,"v":1}`,
    );
  });

  test("more đồng than the format can tell are not written", () => {
    const movements = [{ from: "world:donor:bank", to: "fund:A", amount: 2n ** 53n, toLo: 1n }];
    expect(() => publicText({ ...ENTRY, movements }, "0")).toThrow(RangeError);
  });
});

describe("digests", () => {
  test("a leaf is SHA-256 over a zero byte and the UTF-8 text (RFC 6962)", () => {
    const text = '{"d":"đồng"}';
    const expected = createHash("sha256")
      .update(Buffer.concat([Buffer.of(0), Buffer.from(text, "utf8")]))
      .digest("hex");
    expect(leafHash(sha256, text)).toBe(expected);
  });

  test("a key cannot be guessed from its digest without the salt", () => {
    expect(keyDigest(sha256, "bank:1", "aa")).not.toBe(keyDigest(sha256, "bank:1", "ab"));
    expect(keyDigest(sha256, "bank:1", "aa")).not.toBe(keyDigest(sha256, "bank:2", "aa"));
    expect(keyDigest(sha256, "bank:1", "aa")).toBe(
      createHash("sha256").update("ketnghia/key/v1\0aa\0bank:1").digest("hex"),
    );
  });

  test("the request is the same in any order of fields, with or without what is undefined", () => {
    const turned = Object.fromEntries(Object.entries(DRAFT).toReversed()) as unknown as EntryDraft;
    expect(requestDigest(sha256, turned)).toBe(requestDigest(sha256, DRAFT));
    const bare = { ...DRAFT, reverses: undefined, donation: undefined } as unknown as EntryDraft;
    expect(requestDigest(sha256, bare)).toBe(requestDigest(sha256, DRAFT));
    expect(requestDigest(sha256, { ...DRAFT, key: "another" })).toBe(requestDigest(sha256, DRAFT));
  });

  test.each<[string, Partial<EntryDraft>]>([
    ["kind", { kind: "advance" }],
    ["day", { effectiveOn: "2024-05-03" }],
    ["reason", { reason: "late-notice" }],
    ["role", { role: "committee" }],
    ["amount", { legs: [{ from: "a", to: "b", amount: 16n }] }],
    ["evidence", { evidence: [] }],
    ["animals", { animals: [] }],
    ["events", { animalEvents: [] }],
    ["named numbers", { legs: [{ ...DRAFT.legs[0]!, take: [{ lo: 1n, length: 15n }] }] }],
    ["what an earlier leg brought", { legs: [{ ...DRAFT.legs[0]!, take: { broughtBy: 0 } }] }],
  ])("another %s is another request", (_, change) => {
    expect(requestDigest(sha256, { ...DRAFT, ...change })).not.toBe(requestDigest(sha256, DRAFT));
  });
});
