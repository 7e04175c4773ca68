import { expect, test } from "vitest";

import { startOf } from "../kernel/calendar.ts";
import { daysLate } from "./waiting.ts";

test("what has no due day is late after two weeks, what has one after it", () => {
  const since = startOf("2026-11-01");
  expect(daysLate({ dueOn: null, since }, "2026-11-15")).toBe(0);
  expect(daysLate({ dueOn: null, since }, "2026-11-16")).toBe(1);
  // Waiting since 27 November 2023 was shown beside "late: 0".
  expect(daysLate({ dueOn: null, since: startOf("2023-11-27") }, "2026-11-23")).toBe(1078);
  expect(daysLate({ dueOn: "2026-11-10", since }, "2026-11-10")).toBe(0);
  expect(daysLate({ dueOn: "2026-11-10", since }, "2026-11-12")).toBe(2);
});
