import { expect, test } from "vitest";

import { bulletOf } from "./promise-bar.tsx";

test("the bar is as long as the longer of promise and done", () => {
  expect(bulletOf(500n, 125n)).toEqual({ done: 25, mark: 100 });
  expect(bulletOf(500n, 500n)).toEqual({ done: 100, mark: 100 });
  expect(bulletOf(250n, 1_000n)).toEqual({ done: 100, mark: 25 });
  expect(bulletOf(0n, 0n)).toEqual({ done: 0, mark: 0 });
});
