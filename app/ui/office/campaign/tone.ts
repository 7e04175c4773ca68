import type { DraftState } from "#app/domain/campaigns/draft.ts";
import type { Tone } from "#app/ui/office/state.tsx";

const TONES: Readonly<Record<DraftState, Tone>> = {
  drafting: "plain",
  submitted: "waiting",
  opinions: "waiting",
  "sent-back": "bad",
  published: "good",
  cancelled: "over",
};

/** What the state of a draft means for whoever looks at it. */
export function draftTone(state: DraftState): Tone {
  return TONES[state];
}
