import { isDay } from "../kernel/calendar.ts";
import { must, no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
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
  services: Pick<ListServices, "official" | "now">,
  person: Person,
  wish: WorkingGroupWish,
  files: readonly PreparedFile[],
): Promise<Result<{ readonly n: number }, WorkingGroupProblem>> {
  const decisionNumber = tidy(wish.decisionNumber);
  const members = wish.members
    .map(({ body, capacity }) => ({ body: tidy(body), capacity }))
    .filter(({ body, capacity }) => body !== "" || capacity !== "");
  const communes = [wish.commune];
  return carryOut(services, person, {
    find: async ({ places }) => {
      const unit = (await places.periods(wish.commune)).at(-1);
      return unit ? ok(unit) : no({ code: "list.no-commune", commune: wish.commune });
    },
    right: (now) => rightTo(now, "working-group.keep", { communes }),
    work: async ({ stores, found: unit, at, today }) => {
      if (decisionNumber === "" || decisionNumber.length > LONGEST)
        return no({ code: "list.no-decision" });
      const decisionDate = wish.decisionDate;
      if (!isDay(decisionDate) || decisionDate > today) return no({ code: "list.bad-day" });
      const wrong = wrongMembers(members);
      if (wrong) return no(wrong);
      const before = await stores.lists.workingGroups(wish.commune);
      const last = before.at(-1);
      if (last?.decisionNumber === decisionNumber && last.decisionDate === decisionDate) {
        return done({ n: last.n });
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
        keptAt: at,
      });
      const subject = {
        kind: "working-group",
        id: wish.commune,
        communes,
        district: unit.district2024,
        twin: null,
      } as const;
      const id = `${wish.commune}-${n}`;
      return ok({
        value: { n },
        notes: [{ kind: "working-group", id, facts: { members: members.length } }],
        // Whoever keeps the working group may file its paper there: refused here, nothing of the act may stay.
        follows: async () => void must(await keepFiles(stores, person, files, subject, at)),
      });
    },
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
