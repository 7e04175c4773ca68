import fc from "fast-check";
import { expect, test } from "vitest";

import { type AccountFile, fitsCampaign, lookUpAccount, readNumber } from "./account.ts";

const account = (over: Partial<AccountFile>): AccountFile => ({
  id: "a",
  owner: "appeal",
  commune: null,
  validFrom: "2024-01-01",
  validTo: null,
  holder: "Ban vận động",
  bankName: "Agribank",
  bin: "970405",
  number: "1234567890",
  place: null,
  uses: [],
  ...over,
});

test("a number is read however it is printed", () => {
  for (const typed of [
    "1234567890",
    " 1234 567 890 ",
    "1234.567.890",
    "1234-567-890",
    "１２３４５６７８９０",
  ]) {
    expect(readNumber(typed), typed).toBe("1234567890");
  }
  expect(readNumber("demo 9295 qn01")).toBe("DEMO9295QN01");
  for (const typed of ["", "12345", "1".repeat(25), "12345678é", "<script>"]) {
    expect(readNumber(typed), typed).toBeUndefined();
  }
});

test("blanks, dots and dashes anywhere change nothing", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[0-9A-Z]{6,24}$/),
      fc.array(fc.constantFrom(" ", ".", "-", ",", "\t"), { maxLength: 24 }),
      (number, noise) => {
        const typed = [...number].map((sign, n) => sign + (noise[n] ?? "")).join("");
        expect(readNumber(typed)).toBe(number);
      },
    ),
  );
});

test("official, ended, coming, not ours: each is told apart, to the day", () => {
  const accounts = [
    account({}),
    account({ id: "b", number: "222222222", validTo: "2025-06-30" }),
    account({ id: "c", number: "333333333", validFrom: "2027-01-01" }),
  ];
  const is = (typed: string, day = "2026-11-23") => lookUpAccount(accounts, typed, day).is;
  expect(is("1234.567.890")).toBe("official");
  expect(is("222222222")).toBe("ended");
  expect(is("222222222", "2025-06-30")).toBe("official");
  expect(is("333333333")).toBe("coming");
  expect(is("1234567891")).toBe("not-ours");
  expect(is("12")).toBe("no-number");
});

test("a campaign may name an account in force: the appeal's or its own commune's", () => {
  const commune = account({ owner: "commune", commune: "20443" });
  const asked = { id: "a", commune: "20443", day: "2026-01-01" };
  expect(fitsCampaign(commune, asked).ok).toBe(true);
  expect(fitsCampaign(account({}), { ...asked, commune: undefined }).ok).toBe(true);
  expect(fitsCampaign(commune, { ...asked, commune: "20446" })).toMatchObject({
    problem: { code: "account.other-commune" },
  });
  expect(fitsCampaign(account({ validTo: "2025-12-31" }), asked)).toMatchObject({
    problem: { code: "account.not-then" },
  });
  expect(fitsCampaign(undefined, asked)).toMatchObject({ problem: { code: "account.unknown" } });
});
