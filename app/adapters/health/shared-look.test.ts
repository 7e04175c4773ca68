import { setTimeout as pause } from "node:timers/promises";

import { expect, test } from "vitest";

import { GivenUp, sharedLook } from "./shared-look.ts";

const options = {
  keptFor: 60_000,
  troubleKeptFor: 0,
  patience: 60_000,
  givenUpAfter: 60_000,
  now: () => 1_764_500_000,
  troubleOf: (error: unknown) =>
    error instanceof GivenUp ? ("timed-out" as const) : ("error" as const),
};

test("a thousand who ask cost one look, and what was found is told again", async () => {
  let looks = 0;
  const look = sharedLook(async () => {
    looks += 1;
    await pause(1);
    return looks;
  }, options);
  const found = await Promise.all(Array.from({ length: 1000 }, () => look()));
  expect(new Set(found.map((one) => one.state === "seen" && one.value))).toEqual(new Set([1]));
  await look();
  expect(looks).toBe(1);
});

test("what hangs is silent, is not begun again beside itself, and is told when it ends", async () => {
  let looks = 0;
  let answer: ((value: string) => void) | undefined;
  const look = sharedLook(
    () => {
      looks += 1;
      return new Promise<string>((resolve) => {
        answer = resolve;
      });
    },
    { ...options, patience: 0 },
  );
  for (let n = 0; n < 3; n += 1) {
    expect(await look()).toEqual({ state: "silent", since: 1_764_500_000 });
  }
  expect(looks).toBe(1);
  answer?.("here");
  await pause(1);
  expect(await look()).toMatchObject({ state: "seen", value: "here" });
});

test("what never ends is given up and looked at anew", async () => {
  let looks = 0;
  let dropped = 0;
  const look = sharedLook(
    (givenUp) => {
      looks += 1;
      givenUp.addEventListener("abort", () => (dropped += 1));
      return looks === 1 ? new Promise<number>(() => undefined) : Promise.resolve(looks);
    },
    { ...options, patience: 0, givenUpAfter: 50 },
  );
  expect(await look()).toMatchObject({ state: "silent" });
  await pause(60);
  expect(await look()).toMatchObject({ state: "silent" });
  expect(dropped).toBe(1);
  await pause(1);
  // Begun anew; with no patience its answer is there for the next who asks.
  expect(await look()).toMatchObject({ state: "silent" });
  await pause(1);
  expect(await look()).toMatchObject({ state: "seen", value: 2 });
});

test("trouble keeps the moment at which it began until it is over", async () => {
  let now = 100;
  let broken = true;
  const look = sharedLook(
    () => (broken ? Promise.reject(new Error("away")) : Promise.resolve("well")),
    { ...options, keptFor: 0, now: () => now },
  );
  expect(await look()).toEqual({ state: "failed", why: "error", since: 100 });
  now = 160;
  expect(await look()).toEqual({ state: "failed", why: "error", since: 100 });
  broken = false;
  expect(await look()).toMatchObject({ state: "seen", value: "well" });
  broken = true;
  expect(await look()).toEqual({ state: "failed", why: "error", since: 160 });
});
