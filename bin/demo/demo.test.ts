import { describe, expect, it } from "vitest";

import { readStatement } from "#app/domain/bank-lines/read-statement.ts";
import { must } from "#app/domain/kernel/result.ts";
import { isReferenceCode } from "#app/domain/kernel/reference-code.ts";

import { replayTools } from "./replay-tools.ts";
import { agenda } from "./agenda.ts";
import { bankFile, STYLES } from "./bank-file.ts";
import { CAMPAIGNS } from "./campaign-plans.ts";
import { TEXTS } from "./campaign-texts.ts";
import { LAST_DAY, planGifts } from "./gift-plan.ts";
import { memoWithCode, misread } from "./memo.ts";
import { chance } from "./random.ts";

describe("chance", () => {
  it("draws the same for the same seed, and streams do not disturb each other", () => {
    const draws = (seed: string) => {
      const all = chance(seed);
      all.stream("a").hex(100);
      return [all.whole(1, 1_000_000), all.stream("b").hex(8), all.pick([..."abcdefgh"])];
    };
    expect(draws("x")).toEqual(draws("x"));
    expect(draws("x")).not.toEqual(draws("y"));
  });

  it("keeps to its bounds and hits both ends", () => {
    const all = chance("bounds");
    const seen = new Set(Array.from({ length: 500 }, () => all.whole(3, 7)));
    expect([...seen].sort((a, b) => a - b)).toEqual([3, 4, 5, 6, 7]);
    expect(chance("h").hex(16)).toMatch(/^[0-9a-f]{32}$/);
  });
});

it("runs an agenda in order of time, and acts that acts ask for", async () => {
  const clock = agenda(0);
  const done: string[] = [];
  const act = (name: string) => async () => void done.push(`${name}@${clock.now()}`);
  clock.add(30, act("c"));
  clock.add(10, async () => {
    await act("a")();
    clock.add(20, act("b"));
    clock.add(5, act("late"));
  });
  clock.add(30, act("d"));
  clock.add(99, act("never"));
  expect(await clock.runUntil(50)).toBe(5);
  expect(done).toEqual(["a@10", "late@10", "b@20", "c@30", "d@30"]);
});

describe("the campaigns", () => {
  it("ask together for the plan's 300 cows and 750 goats for 300 households", () => {
    const sum = (species: string) => {
      const all = CAMPAIGNS.filter((one) => one.species === species);
      const animals = all.flatMap(({ needs }) => needs).reduce((n, need) => n + need.quantity, 0);
      return [animals, all.reduce((n, { households }) => n + households, 0)];
    };
    expect(sum("BO")).toEqual([300, 150]);
    expect(sum("DE")).toEqual([750, 150]);
    expect(new Set(CAMPAIGNS.map(({ model }) => model)).size).toBe(4);
  });

  it("have texts in both languages, with slugs of their own", () => {
    for (const { id } of CAMPAIGNS) {
      const text = TEXTS[id];
      expect(text?.slug, id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const words of Object.values(text ?? {})) {
        expect(words, id).toBe(words.normalize("NFC").trim());
      }
      expect(text?.storyVi.split("\n\n").length, id).toBe(text?.storyEn.split("\n\n").length);
    }
    expect(new Set(Object.values(TEXTS).map(({ slug }) => slug)).size).toBe(CAMPAIGNS.length);
  });

  it("are given exactly what they raise, in gifts from 10.000 đ to 500 million", () => {
    const all = CAMPAIGNS.map((one) => ({ one, gifts: planGifts(one, chance("ketnghia 9295")) }));
    for (const { one, gifts } of all) {
      expect(gifts.length, one.id).toBe(one.gifts);
      expect(
        gifts.reduce((sum, { amount }) => sum + amount, 0n),
        one.id,
      ).toBe(one.raises);
      for (const gift of gifts) {
        expect(gift.parts.reduce((sum, { amount }) => sum + amount, 0n)).toBe(gift.amount);
        const { promisedOn = LAST_DAY } = gift;
        expect(promisedOn <= one.endsOn || one.endsOn < LAST_DAY).toBe(true);
      }
    }
    const amounts = all.flatMap(({ gifts }) => gifts.map(({ amount }) => amount));
    expect(amounts.length).toBeGreaterThan(1_400);
    expect(amounts.reduce((a, b) => (a < b ? a : b))).toBe(10_000n);
    expect(amounts.reduce((a, b) => (a > b ? a : b))).toBe(500_000_000n);
  });
});

describe("bank files", () => {
  const lines = [
    { day: "2023-03-01", n: 1, reference: "FT1", amount: 1_250_000n, text: 'ND: "QN", ủng hộ' },
    { day: "2023-03-02", n: 2, reference: "FT2", amount: -250_000n, text: "CHI CHUYEN" },
  ];
  it.each(Object.keys(STYLES) as (keyof typeof STYLES)[])("of %s read back whole", (style) => {
    const file = bankFile(STYLES[style], "DEMO9295QN01", 500_000n, lines);
    const read = must(readStatement(replayTools().records(file.text), style));
    expect(file.closing).toBe(1_500_000n);
    expect(read).toMatchObject({
      accountNumber: "DEMO9295QN01",
      opening: 500_000n,
      closing: 1_500_000n,
      bad: [],
    });
    expect(read.rows).toMatchObject([
      { bookedOn: "2023-03-01", direction: "credit", amount: 1_250_000n, balance: 1_750_000n },
      { bookedOn: "2023-03-02", direction: "debit", amount: 250_000n, reference: "FT2" },
    ]);
    expect(read.rows[0]?.text).toBe('ND: "QN", ủng hộ');
  });
});

it("mistypes one look-alike sign of a code, so that its check sign no longer fits", () => {
  expect(misread("QN5F3K27A")).toBe("QNSF3K27A");
  const wrong = misread("QNK7F3K27") ?? "";
  expect(wrong).toBe("QNK7F3KZ7");
  expect(isReferenceCode(wrong)).toBe(false);
  expect(memoWithCode("QNK7F3K27", chance("memo")).toUpperCase().replaceAll(" ", "")).toContain(
    "QNK7F3K27",
  );
});
