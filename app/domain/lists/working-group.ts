import { dayOf, isDay } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import { noteOf } from "../people/audit.ts";
import { mayNow } from "../people/may-now.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { CAPACITIES, type WorkingGroup } from "./capacity.ts";
import type { ListServices } from "./ports.ts";

/** What the form says. */
export interface WorkingGroupWish {
  /** Code of the commune. */
  readonly commune: string;
  readonly decisionNumber: string;
  readonly decisionDate: string;
  readonly members: readonly { readonly body: string; readonly capacity: string }[];
}

export type WorkingGroupProblem =
  | MayProblem
  | { code: "list.no-commune"; commune: string }
  | { code: "list.no-decision" }
  | { code: "list.bad-day" }
  | { code: "list.no-paper" }
  | { code: "group.no-chair" }
  | { code: "group.bad-member" };

const MOST_MEMBERS = 20;
const LONGEST = 160;

/** Note the decision on a commune's working group; a later decision is a row more. Sent twice it is one. */
export async function keepWorkingGroup(
  { official, now }: Pick<ListServices, "official" | "now">,
  person: Person,
  wish: WorkingGroupWish,
  files: readonly PreparedFile[],
): Promise<Result<{ readonly n: number }, WorkingGroupProblem>> {
  const decisionNumber = tidy(wish.decisionNumber);
  const members = wish.members
    .map(({ body, capacity }) => ({ body: tidy(body), capacity }))
    .filter(({ body, capacity }) => body !== "" || capacity !== "");
  const today = dayOf(now());
  return official.write<Result<{ readonly n: number }, WorkingGroupProblem>>(async (stores) => {
    const unit = (await stores.places.periods(wish.commune)).at(-1);
    const place = { communes: [wish.commune], district: unit?.district2024 ?? null, twin: null };
    const grant = await mayNow(
      stores.people,
      person,
      "working-group.keep",
      { communes: place.communes },
      today,
    );
    if (!grant.ok) return grant;
    if (!unit) return no({ code: "list.no-commune", commune: wish.commune });
    if (decisionNumber === "" || decisionNumber.length > LONGEST)
      return no({ code: "list.no-decision" });
    const decisionDate = wish.decisionDate;
    if (!isDay(decisionDate) || decisionDate > today) return no({ code: "list.bad-day" });
    const wrong = wrongMembers(members);
    if (wrong) return no(wrong);
    const before = await stores.lists.workingGroups(wish.commune);
    const last = before.at(-1);
    if (last?.decisionNumber === decisionNumber && last.decisionDate === decisionDate) {
      return ok({ n: last.n });
    }
    const [paper] = files;
    if (!paper) return no({ code: "list.no-paper" });
    const n = (last?.n ?? 0) + 1;
    await stores.lists.keepWorkingGroup({
      commune: wish.commune,
      n,
      decisionNumber,
      decisionDate,
      paper: paper.id,
      members,
      keptBy: person.id,
      keptAt: now(),
    });
    await stores.audit.add(
      noteOf(
        person,
        grant.value,
        "working-group.keep",
        { kind: "working-group", id: `${wish.commune}-${n}` },
        { members: members.length },
      ),
    );
    const subject = { kind: "working-group", id: wish.commune, ...place } as const;
    const kept = await keepFiles(stores, person, files, subject, now());
    return kept.ok ? ok({ n }) : kept;
  });
}

function wrongMembers(members: WorkingGroup["members"]): WorkingGroupProblem | undefined {
  const known = new Set<string>(CAPACITIES);
  const fits = members.every(
    ({ body, capacity }) => body !== "" && body.length <= LONGEST && known.has(capacity),
  );
  if (!fits || members.length > MOST_MEMBERS) return { code: "group.bad-member" };
  return members.filter(({ capacity }) => capacity === "chair").length === 1
    ? undefined
    : { code: "group.no-chair" };
}
