import { expect, test } from "vitest";

import type { PledgePage } from "./ports.ts";
import {
  attemptState,
  canBePaid,
  openOf,
  publishedOf,
  standingOf,
  mayBeWithdrawn,
  unsettledOf,
  waitsForConfirmation,
} from "./standing.ts";

const gift = (amount: bigint, unsettled = false) => ({
  code: "QN",
  entry: 1,
  amount,
  receivedOn: "2026-11-20",
  channel: "vnpay" as const,
  unsettled,
});
const pledge = {
  amount: 100n,
  intent: "now" as const,
  promisedOn: null,
  state: "open" as const,
  gifts: [],
};
const NOON = Date.UTC(2026, 10, 23, 5) / 1000;

test("money that came decides before everything else", () => {
  expect(standingOf(pledge, NOON)).toBe("waiting");
  expect(standingOf({ ...pledge, gifts: [gift(40n)] }, NOON)).toBe("part");
  expect(standingOf({ ...pledge, gifts: [gift(40n), gift(60n)] }, NOON)).toBe("paid");
  expect(standingOf({ ...pledge, state: "expired", gifts: [gift(120n)] }, NOON)).toBe("paid");
  expect(standingOf({ ...pledge, state: "withdrawn" }, NOON)).toBe("withdrawn");
  expect(standingOf({ ...pledge, state: "expired", gifts: [gift(40n)] }, NOON)).toBe("part-ended");
  expect(openOf({ ...pledge, gifts: [gift(120n)] })).toBe(0n);
});

test("a promise is late only after its days of grace", () => {
  const promise = (promisedOn: string) =>
    standingOf({ ...pledge, intent: "promised", promisedOn }, NOON);
  expect(promise("2026-12-31")).toBe("promised");
  expect(promise("2026-11-20")).toBe("promised");
  expect(promise("2026-11-19")).toBe("late");
});

test("what a gateway told of waits for the statement, gift by gift", () => {
  expect(unsettledOf({ gifts: [gift(40n), gift(60n, true)] })).toBe(60n);
  expect(unsettledOf({ gifts: [gift(40n)] })).toBe(0n);
});

test("a promise waits for its confirmation until it is confirmed, paid or over", () => {
  const promise = { ...pledge, intent: "promised" as const, promisedOn: "2026-12-31" };
  expect(waitsForConfirmation({ ...promise, confirmedAt: null })).toBe(true);
  expect(waitsForConfirmation({ ...promise, confirmedAt: NOON })).toBe(false);
  expect(waitsForConfirmation({ ...promise, confirmedAt: null, gifts: [gift(100n)] })).toBe(false);
  expect(waitsForConfirmation({ ...promise, confirmedAt: null, state: "withdrawn" })).toBe(false);
  expect(waitsForConfirmation({ ...pledge, confirmedAt: null })).toBe(false);
  expect(mayBeWithdrawn(promise)).toBe(true);
  expect(mayBeWithdrawn({ ...promise, gifts: [gift(40n)] })).toBe(true);
  expect(mayBeWithdrawn({ ...promise, gifts: [gift(100n)] })).toBe(false);
  expect(mayBeWithdrawn(pledge)).toBe(false);
});

test("only what is not over can be paid", () => {
  expect(canBePaid("late")).toBe(true);
  expect(canBePaid("paid")).toBe(false);
  expect(canBePaid("expired")).toBe(false);
  expect(canBePaid("part-ended")).toBe(false);
});

test("an attempt without a final state is open until its time is over", () => {
  expect(attemptState({ expiresAt: NOON + 1 }, NOON)).toBe("open");
  expect(attemptState({ expiresAt: NOON - 1 }, NOON)).toBe("expired");
  expect(
    attemptState(
      { outcome: { state: "paid", providerCode: "00", at: NOON }, expiresAt: NOON - 1 },
      NOON,
    ),
  ).toBe("paid");
});

test("a stranger with a published code is told what is published, and no more", () => {
  const mine: PledgePage = {
    ...pledge,
    code: "QNK7F3K27",
    amount: 500_000n,
    intent: "now",
    promisedOn: null,
    channel: "vnpay",
    state: "open",
    confirmedAt: null,
    createdAt: NOON,
    campaign: { slug: "dan-bo", title: { vi: "Đàn bò", en: "Herd" } },
    account: { holder: "h", bankName: "b", bin: "970415", number: "1", owner: "appeal" },
    gifts: [{ ...gift(200_000n), code: "QNK7F3K27", entry: 7, receivedOn: "2026-11-01" }],
  };
  const told = publishedOf(mine);
  expect(told).toEqual({ ...mine, amount: 200_000n, createdAt: null, channel: null });
  expect(standingOf(told, NOON)).toBe("paid");
  // A promise stands in the open data with its amount and day.
  const promise = { ...mine, intent: "promised", promisedOn: "2026-12-31" } as const;
  expect(publishedOf(promise)).toEqual({ ...promise, createdAt: null, channel: null });
});
