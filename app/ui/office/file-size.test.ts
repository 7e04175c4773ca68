import { expect, test } from "vitest";

import { fileSize } from "./file-size.ts";

test.each([
  [0, "0 byte", "0 byte"],
  [1023, "1023 byte", "1023 byte"],
  [1024, "1 KB", "1 KB"],
  [1_500_000, "1,4 MB", "1.4 MB"],
  [20 * 1024 * 1024, "20 MB", "20 MB"],
])("%d", (bytes, vi, en) => {
  expect([fileSize("vi", bytes), fileSize("en", bytes)]).toEqual([vi, en]);
});
