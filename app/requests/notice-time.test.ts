import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { inNoticeTime, NOTICE_TIME, NoticeLate } from "./notice-time.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("steps that are slow one after the other are told as late, and go on", async () => {
  let booked = false;
  const step = () => new Promise<void>((done) => setTimeout(done, 7_000));
  const taken = (async () => {
    await step();
    await step();
    booked = true;
    return "00";
  })();
  const told = inNoticeTime(taken).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(NOTICE_TIME);
  expect(await told).toBeInstanceOf(NoticeLate);
  expect(booked).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(booked).toBe(true);
});

test("an answer in time is the answer, and leaves no timer behind", async () => {
  expect(await inNoticeTime(Promise.resolve("00"))).toBe("00");
  await expect(inNoticeTime(Promise.reject(new Error("refused")))).rejects.toThrow("refused");
  expect(vi.getTimerCount()).toBe(0);
});
