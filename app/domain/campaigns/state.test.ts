import { expect, test } from "vitest";

import { campaignState, lastDay, stillNeeded, takesGifts } from "./state.ts";

const campaign = {
  startsOn: "2026-01-20",
  endsOn: "2027-01-31",
  closedOn: null,
  goal: 100n,
  totals: { received: 40n },
};

test("the days of a campaign, both ends included", () => {
  expect(campaignState(campaign, "2026-01-19")).toBe("upcoming");
  expect(campaignState(campaign, "2026-01-20")).toBe("open");
  expect(campaignState(campaign, "2027-01-31")).toBe("open");
  expect(campaignState(campaign, "2027-02-01")).toBe("closed");
});

test("one that was stopped ends on that day", () => {
  const stopped = { ...campaign, closedOn: "2026-05-01" };
  expect(lastDay(stopped)).toBe("2026-05-01");
  expect(campaignState(stopped, "2026-05-01")).toBe("open");
  expect(campaignState(stopped, "2026-05-02")).toBe("closed");
  expect(takesGifts(stopped, "2026-05-02")).toBe(false);
});

test("a full one still takes gifts and needs nothing", () => {
  const full = { ...campaign, totals: { received: 130n } };
  expect(campaignState(full, "2026-06-01")).toBe("full");
  expect(takesGifts(full, "2026-06-01")).toBe(true);
  expect(stillNeeded(full)).toBe(0n);
  expect(stillNeeded(campaign)).toBe(60n);
});
