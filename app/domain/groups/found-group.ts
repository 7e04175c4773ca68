import { campaignOn } from "../campaigns/facts.ts";
import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import { type Day, dayOf } from "../kernel/calendar.ts";
import { must, no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import type { PostProblem } from "../ledger/ports.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { type FoundingProblem, subjectOfGroup, wrongFounding } from "./draft-group.ts";
import type { Founding, FoundingList, GroupDesk } from "./ports.ts";

/** The decision that founds a group. */
export interface GroupDecision {
  readonly group: string;
  readonly decisionNumber: string;
  /** Day on the paper. */
  readonly on: Day;
  readonly papers: readonly PreparedFile[];
}

export type FoundProblem =
  | MayProblem
  | PostProblem
  | FoundingProblem
  | { readonly code: "group.unknown" }
  | { readonly code: "group.decided" }
  | { readonly code: "group.no-list" }
  | { readonly code: "group.no-number" }
  | { readonly code: "group.wrong-day" }
  | { readonly code: "group.no-paper" };

/**
 * Found a group, by another person than who wrote it: its members are checked again, its entry tells the rules, and its households
 * are known by their codes from now on.
 */
export async function foundGroup(
  desk: GroupDesk,
  person: Person,
  decision: GroupDecision,
): Promise<Result<{ readonly entry: number }, FoundProblem>> {
  const least = await desk.rules.on("lists.least-cell", dayOf(desk.now()));
  return carryOut(desk, person, {
    find: async ({ groups }) => {
      const draft = await groups.find(decision.group);
      return ok({ draft, list: draft && (await groups.list(draft.list)) });
    },
    right: (now, { draft, list }) =>
      rightTo(now, "group.decide", list && draft && subjectOfGroup(list, [draft.draftedBy])),
    work: async ({ stores, found: { draft, list }, at, today }) => {
      if (!draft) return no({ code: "group.unknown" });
      if (draft.state === "decided") return no({ code: "group.decided" });
      if (!list) return no({ code: "group.no-list" });
      const wrong =
        wrongDecision(decision, list, today) ?? (await wrongFounding(stores, draft, list));
      if (wrong) return no(wrong);
      const place = await campaignOn(stores, draft.campaign, today);
      if (!place.ok) return no({ code: "group.no-list" });
      const { commune } = place.value;
      const posted = await stores.ledger.post({
        key: `group:${draft.groupId}`,
        kind: "group-founded",
        effectiveOn: today,
        role: `commune:${commune.code}`,
        legs: [],
        evidence: decision.papers.map(({ digest }) => ({ kind: "decision", digest })),
        facts: factsOf(draft, list, decision.on, typeof least === "number" ? least : 5),
      });
      if (!posted.ok) return posted;
      const entry = posted.value.number;
      const { communes, district } = list;
      const filed = { kind: "group", id: draft.groupId, communes, district, twin: null } as const;
      // Whoever decides may file papers there too: refused here, nothing of the act may stay.
      const [paper] = must(await keepFiles(stores, person, decision.papers, filed, at));
      const founded: Founding = {
        ...draft,
        state: "decided",
        decidedBy: person.id,
        decidedOn: decision.on,
        decisionNumber: tidy(decision.decisionNumber),
        paper: paper?.id ?? null,
        entry,
      };
      const members = list.lines.filter(({ code }) => draft.members.includes(code));
      await stores.groups.found(
        founded,
        commune.code,
        members.map(({ code, category, registration }) => ({
          code,
          campaign: draft.campaign,
          commune: commune.code,
          communeFrom: commune.validFrom,
          group: draft.groupId,
          round: list.round,
          category,
          leader: code === draft.leader ? 1 : 0,
          listedOn: list.decidedOn,
          registration,
        })),
      );
      const facts = { members: members.length, entry };
      return done({ entry }, { kind: "group", id: draft.groupId, facts });
    },
  });
}

const LONGEST_NUMBER = 60;

function wrongDecision(
  decision: GroupDecision,
  list: FoundingList,
  today: Day,
): FoundProblem | undefined {
  const number = tidy(decision.decisionNumber);
  if (number === "" || number.length > LONGEST_NUMBER) return { code: "group.no-number" };
  if (decision.on > today || decision.on < list.decidedOn) return { code: "group.wrong-day" };
  return decision.papers.length === 0 ? { code: "group.no-paper" } : undefined;
}

/** What the entry tells. Of a group below the least cell nobody is told by a code. */
function factsOf(draft: Founding, list: FoundingList, on: Day, least: number) {
  const { groupId: group, campaign, members, leader, deputy, rules } = draft;
  const told = members.length >= least;
  return {
    group,
    campaign,
    list: list.list,
    version: list.version,
    members: members.length,
    ...(told ? { leader } : {}),
    ...(told && deputy !== null ? { deputy } : {}),
    rules: { ...rules },
    on,
  };
}
