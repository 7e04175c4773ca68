import { no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { lineProblem, type LineProblem } from "../list-lines/line-lock.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { type GroupRules, readRules, type RuleProblem } from "./group-rules.ts";
import type { Founding, FoundingLine, FoundingList, GroupDesk, GroupStores } from "./ports.ts";

/** A group as a clerk writes it, as typed and read. */
export interface GroupWish {
  readonly list: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly members: readonly string[];
  readonly leader: string;
  /** Empty: none. */
  readonly deputy: string;
  readonly rules: Readonly<Record<string, string>>;
  /** The draft that is changed; absent for a new one. */
  readonly group?: string;
}

export type FoundingProblem =
  | LineProblem
  | { readonly code: "group.empty" }
  | { readonly code: "group.taken"; readonly line: string; readonly group: string }
  | { readonly code: "group.no-leader" }
  | { readonly code: "group.deputy" }
  | {
      readonly code: "group.too-few-poor";
      readonly supported: number;
      readonly households: number;
    };

export type DraftGroupProblem =
  | MayProblem
  | FoundingProblem
  | RuleProblem
  | { readonly code: "group.no-list" }
  | { readonly code: "group.no-name" }
  | { readonly code: "group.decided" };

const LONGEST_NAME = 120;

/** Write the founding of a group down, for somebody else to decide: lines of a list that is decided, posted and not objected to. */
export async function draftGroup(
  desk: Pick<GroupDesk, "official" | "now">,
  person: Person,
  wish: GroupWish,
): Promise<Result<{ readonly group: string }, DraftGroupProblem>> {
  return carryOut(desk, person, {
    find: async ({ groups }) => ok(await groups.list(wish.list)),
    right: (now, list) => rightTo(now, "group.draft", list && subjectOfGroup(list)),
    work: async ({ stores, found: list, at }) => {
      if (!list) return no({ code: "group.no-list" });
      const before = wish.group === undefined ? undefined : await stores.groups.find(wish.group);
      if (before?.state === "decided" || (wish.group !== undefined && before?.list !== list.list)) {
        return no({ code: "group.decided" });
      }
      const read = readWish(wish);
      if (!read.ok) return read;
      const groupId = before?.groupId ?? (await stores.groups.nextId(list.campaign));
      const drafted: Founding = {
        groupId,
        campaign: list.campaign,
        list: list.list,
        ...read.value,
        ...DRAFT,
        draftedBy: person.id,
        draftedAt: at,
      };
      const wrong = await wrongFounding(stores, drafted, list);
      if (wrong) return no(wrong);
      await stores.groups.draft(drafted);
      const facts = { list: list.list, members: drafted.members.length };
      return done({ group: groupId }, { kind: "group", id: groupId, facts });
    },
  });
}

const DRAFT = {
  state: "drafted",
  decidedBy: null,
  decidedOn: null,
  decisionNumber: null,
  paper: null,
  entry: null,
} as const;

function readWish(wish: GroupWish): Result<
  {
    nameVi: string;
    nameEn: string;
    members: string[];
    leader: string;
    deputy: string | null;
    rules: GroupRules;
  },
  DraftGroupProblem
> {
  const nameVi = tidy(wish.nameVi);
  const nameEn = tidy(wish.nameEn) || nameVi;
  if (nameVi === "" || nameVi.length > LONGEST_NAME || nameEn.length > LONGEST_NAME) {
    return no({ code: "group.no-name" });
  }
  const rules = readRules(wish.rules);
  if (!rules.ok) return rules;
  const members = [...new Set(wish.members)].toSorted();
  const deputy = wish.deputy === "" ? null : wish.deputy;
  return ok({ nameVi, nameEn, members, leader: wish.leader, deputy, rules: rules.value });
}

/** What stands in the way of founding a group with these members; asked when it is drafted and when it is decided. */
export async function wrongFounding(
  { listLines }: Pick<GroupStores, "listLines">,
  { groupId, campaign, members, leader, deputy }: Founding,
  list: FoundingList,
): Promise<FoundingProblem | undefined> {
  if (members.length === 0) return { code: "group.empty" };
  if (!members.includes(leader)) return { code: "group.no-leader" };
  if (deputy !== null && (deputy === leader || !members.includes(deputy))) {
    return { code: "group.deputy" };
  }
  const lines = await listLines.ofCampaign(campaign);
  const found: FoundingLine[] = [];
  for (const code of members) {
    const problem = lineProblem(lines, code);
    if (problem) return problem;
    const line = list.lines.find((one) => one.code === code);
    if (!line) return { code: "order.line-unknown", line: code };
    if (line.group !== null && line.group !== groupId) {
      return { code: "group.taken", line: code, group: line.group };
    }
    found.push(line);
  }
  return wrongCategories(found, leader);
}

/** The leader alone may be of a household that is none of the poor ones (plan 9295, II.1.6 c). */
function wrongCategories(
  members: readonly Pick<FoundingLine, "code" | "category">[],
  leader: string,
): FoundingProblem | undefined {
  const supported = members.filter(({ category }) => category !== "other").length;
  const others = members.filter(({ code, category }) => category === "other" && code !== leader);
  return others.length === 0
    ? undefined
    : { code: "group.too-few-poor", supported, households: members.length };
}

/** What is asked of `may` about a group. */
export function subjectOfGroup(
  { communes, district }: Pick<FoundingList, "communes" | "district">,
  preparedBy: readonly string[] = [],
) {
  return { communes, district, preparedBy };
}
