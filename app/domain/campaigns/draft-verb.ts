import { dayOf } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { AuditFacts } from "../people/audit.ts";
import { carryOut, type Done, type Moment, rightTo, type TrailNote } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import type { OfficeAct } from "../people/office-act.ts";
import {
  type CampaignDraft,
  type DraftStep,
  type DraftVerb,
  nextState,
  type StateProblem,
  subjectOf,
} from "./draft.ts";
import type { DraftServices, DraftStores } from "./draft-ports.ts";

export type DraftRefusal =
  | MayProblem
  | StateProblem
  | { code: "draft.unknown"; draft: string }
  | { code: "office.stale"; version: number };

/** A person about to do something with a draft, checked against what the database says now. */
export interface AtWork extends Pick<Moment<DraftStores, unknown>, "stores" | "person" | "grant"> {
  readonly draft: CampaignDraft;
  /** The state it will have. */
  readonly next: CampaignDraft["state"];
}

/** Which draft as the person saw it; without `version` the verb looks for itself what is stale. */
export interface DraftAsSeen {
  readonly draft: string;
  readonly version?: number;
}

/**
 * Do one thing with a draft in one transaction: find it, ask again whether this person may, in the state it has now, and
 * whether the form saw what is there. Of two who decide at once the second finds it decided.
 */
export function workOn<Value, Problem extends { code: string }>(
  services: DraftServices,
  person: Person,
  { act, verb }: { readonly act: OfficeAct; readonly verb: DraftVerb },
  seen: DraftAsSeen,
  work: (at: AtWork) => Promise<Result<Done<Value>, Problem>>,
): Promise<Result<Value, Problem | DraftRefusal>> {
  return carryOut<DraftStores, Found, Result<Done<Value>, Problem | DraftRefusal>>(
    services,
    person,
    {
      find: async ({ drafts }) => {
        const draft = await drafts.find(seen.draft);
        return draft ? ok(draft) : no({ code: "draft.unknown", draft: seen.draft });
      },
      right: (now, draft) => rightTo(now, act, subjectOf(draft)),
      work: async ({ stores, grant, found: draft }) => {
        const next = nextState(draft.state, verb);
        if (!next.ok) return next;
        if (seen.version !== undefined && seen.version !== draft.version) {
          return no({ code: "office.stale", version: draft.version });
        }
        return work({ stores, person, grant, draft, next: next.value });
      },
    },
  );
}

type Found = Result<CampaignDraft, { code: "draft.unknown"; draft: string }>;

/** Keep a draft with its version raised; answers the version. */
export async function keepDraft(
  services: Pick<DraftServices, "now">,
  { stores, draft }: Pick<AtWork, "stores" | "draft">,
  changed: Partial<CampaignDraft>,
): Promise<CampaignDraft> {
  const version = draft.version + 1;
  const kept: CampaignDraft = { ...draft, ...changed, version, changedAt: services.now() };
  await stores.drafts.keep(kept);
  return kept;
}

/** Write a step into the draft's own history, for the people of the office; answers its line for the audit trail. */
export async function tell(
  services: Pick<DraftServices, "now">,
  { stores, person, grant, draft }: Pick<AtWork, "stores" | "person" | "grant" | "draft">,
  step: Pick<DraftStep, "step"> & Partial<Pick<DraftStep, "reason" | "note">>,
  facts: AuditFacts = {},
): Promise<TrailNote> {
  await stores.drafts.addStep(draft.id, {
    reason: null,
    note: "",
    ...step,
    person: person.id,
    organisation: grant.organisation,
    role: grant.role,
    at: services.now(),
  });
  return { kind: "draft", id: draft.id, facts: { step: step.step, ...facts } };
}

/** Note a person among those who prepared a draft. */
export function withPreparer(draft: CampaignDraft, person: Person): readonly string[] {
  return draft.preparedBy.includes(person.id) ? draft.preparedBy : [...draft.preparedBy, person.id];
}

/** The Vietnamese day of now. */
export function todayOf(services: Pick<DraftServices, "now">): string {
  return dayOf(services.now());
}
