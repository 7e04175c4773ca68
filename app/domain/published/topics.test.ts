import fc from "fast-check";
import { expect, test } from "vitest";

import {
  EVERYTHING,
  giftTopic,
  readTopics,
  saysTopics,
  topicsOfGifts,
  topicsOfPromise,
  writeTopics,
} from "./topics.ts";

test("a gift touches its campaign, itself, its promise, the books and the entry before it", () => {
  expect(
    topicsOfGifts(7, [
      { code: "QN4K7M2PX-2", pledge: "QN4K7M2PX", campaign: "TB1", to: "fund:TB1" },
    ]),
  ).toEqual(["ledger", "figures", "head:7", "entry:6", "campaign:TB1", "gift:QN4K7M2PX"]);
});

test("a batch touches each campaign once; money without a purpose touches none", () => {
  const topics = topicsOfGifts(1, [
    { code: "A1", campaign: "TB1", to: "fund:TB1" },
    { code: "A2", campaign: "TB1", to: "clearing:vnpay:TB1" },
    { code: "A3", to: "suspense:van-dong" },
  ]);
  expect(topics).toEqual([
    "ledger",
    "figures",
    "head:3",
    "campaign:TB1",
    "gift:A1",
    "gift:A2",
    "gift:A3",
  ]);
});

test("a promise touches no entry", () => {
  const topics = topicsOfPromise({ code: "QN4K7M2PX", campaign: "TB1" });
  expect(topics.filter((topic) => /^(entry|head)/.test(topic))).toEqual([]);
  expect(topics).toContain("campaign:TB1");
  expect(topics).toContain(giftTopic("QN4K7M2PX"));
});

test("what is said is heard, whatever the codes; what cannot be said whole is everything", () => {
  const code = fc.string({ minLength: 1, maxLength: 40, unit: "binary" });
  fc.assert(
    fc.property(
      fc.array(fc.record({ code, campaign: code, to: code }), { maxLength: 400 }),
      (gifts) => {
        const topics = topicsOfGifts(12, gifts);
        const text = writeTopics(topics);
        expect(saysTopics(text)).toBe(true);
        expect(Buffer.byteLength(text)).toBeLessThan(8_000);
        const heard = readTopics(text);
        if (heard !== undefined) expect(heard).toEqual(topics);
      },
    ),
  );
});

test("a batch too large to be told is everything", () => {
  const gifts = Array.from({ length: 2_000 }, (_, n) => ({
    code: `QN${n}`,
    campaign: "TB1",
    to: "fund:TB1",
  }));
  expect(writeTopics(topicsOfGifts(1, gifts))).toBe(EVERYTHING);
});

test.each(["", "ledger", "changed", EVERYTHING, "changed ledger *"])(
  "%j means everything",
  (text) => {
    expect(readTopics(text)).toBeUndefined();
  },
);
