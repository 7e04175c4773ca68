import fc from "fast-check";
import { expect, it } from "vitest";

import {
  awaited,
  DRAFT_STATES,
  DRAFT_VERBS,
  type DraftState,
  isDecided,
  mayPublish,
  nextState,
  subjectOf,
} from "./draft.ts";

/** The states after each of some verbs, those that are refused left out. */
function lifeOf(verbs: readonly (typeof DRAFT_VERBS)[number][]): DraftState[] {
  const states: DraftState[] = ["drafting"];
  for (const verb of verbs) {
    const next = nextState(states.at(-1) ?? "drafting", verb);
    if (next.ok) states.push(next.value);
  }
  return states;
}

it("never leaves a decided state, and is decided once, whatever is tried", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...DRAFT_VERBS), { maxLength: 60 }), (verbs) => {
      const states = lifeOf(verbs);
      const decided = states.findIndex(isDecided);
      expect(decided === -1 || decided === states.length - 1).toBe(true);
    }),
  );
});

it("is published only after it was submitted, and every sending back is followed by another submission", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...DRAFT_VERBS), { maxLength: 60 }), (verbs) => {
      const states = lifeOf(verbs);
      if (states.at(-1) !== "published") return;
      const sentBack = states.lastIndexOf("sent-back");
      expect(states.lastIndexOf("submitted")).toBeGreaterThan(sentBack);
    }),
  );
});

it("reaches every state", () => {
  expect(new Set(lifeOf(["submit", "complete", "send-back", "submit", "publish"]))).toEqual(
    new Set(DRAFT_STATES.filter((state) => state !== "cancelled")),
  );
  expect(lifeOf(["cancel"]).at(-1)).toBe("cancelled");
});

it("says whether somebody was first or whether it is not its time", () => {
  expect(nextState("published", "publish")).toMatchObject({
    problem: { code: "draft.already-decided", state: "published" },
  });
  expect(nextState("drafting", "publish")).toMatchObject({
    problem: { code: "draft.wrong-state", verb: "publish" },
  });
  expect(nextState("submitted", "save").ok).toBe(false);
  expect(nextState("submitted", "save-decision").ok).toBe(true);
});

it("awaits one opinion of each side on what was submitted last", () => {
  expect(awaited(1, [])).toEqual(["district", "twin"]);
  expect(awaited(2, [{ round: 1, side: "district" }])).toEqual(["district", "twin"]);
  expect(
    awaited(2, [
      { round: 2, side: "twin" },
      { round: 2, side: "district" },
    ]),
  ).toEqual([]);
});

it("lets the Committee publish once all opinions are in, or once the offices were silent long enough", () => {
  const draft = { state: "submitted", submittedOn: "2026-11-01" } as const;
  expect(mayPublish(draft, "2026-11-10", 10)).toMatchObject({ problem: { days: 1 } });
  expect(mayPublish(draft, "2026-11-11", 10).ok).toBe(true);
  expect(mayPublish({ ...draft, state: "opinions" }, "2026-11-01", 10).ok).toBe(true);
});

it("is about its commune under all its codes, its district and what its twin is now", () => {
  const facts = { communes: ["20446", "20443"], district: "504", preparedBy: ["a"] };
  expect(subjectOf({ ...facts, twinNow: "ubnd-da-nang" })).toEqual({
    ...facts,
    twin: "ubnd-da-nang",
  });
  expect(subjectOf({ ...facts, twinNow: null })).toEqual(facts);
});
