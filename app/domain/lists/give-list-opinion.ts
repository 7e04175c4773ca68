import { no, type Result } from "../kernel/result.ts";
import { tidyParagraphs } from "../kernel/tidy.ts";
import { done } from "../people/carry-out.ts";
import type { Person } from "../people/may.ts";
import { type ListAsSeen, type ListRefusal, noteOfList, workOnList } from "./list-verb.ts";
import { capacityOf } from "./opinion.ts";
import type { ListServices } from "./ports.ts";

/** What a body beside the commune says of a submitted list. */
export interface ListOpinionWish extends ListAsSeen {
  /** `yes` or `no`. */
  readonly agrees: string;
  readonly text: string;
}

export type ListOpinionProblem =
  | ListRefusal
  | { code: "list.no-verdict" }
  /** Whoever does not agree says why. */
  | { code: "list.no-text" }
  | { code: "list.too-long"; limit: number }
  | { code: "list.opinion-given" };

const LONGEST_OPINION = 4_000;

/** Give an opinion on a submitted list, once an organisation for what was submitted; it is never changed. */
export function giveListOpinion(
  services: ListServices,
  person: Person,
  wish: ListOpinionWish,
): Promise<Result<{ readonly n: number }, ListOpinionProblem>> {
  const asked = { act: "list.opine", states: ["submitted"] } as const;
  return workOnList<{ n: number }, ListOpinionProblem>(
    services,
    person,
    asked,
    wish,
    async (at) => {
      const text = tidyParagraphs(wish.text);
      if (wish.agrees !== "yes" && wish.agrees !== "no") return no({ code: "list.no-verdict" });
      const agrees = wish.agrees === "yes";
      if (!agrees && text === "") return no({ code: "list.no-text" });
      if (text.length > LONGEST_OPINION)
        return no({ code: "list.too-long", limit: LONGEST_OPINION });
      const { list, version, submittedOn } = at.version;
      const { organisation, role } = at.grant;
      const given = await at.stores.lists.opinions(list);
      const own = given.filter((one) => one.version === version);
      const since = own.filter((one) => one.saidAt >= at.version.changedAt);
      if (since.some((one) => one.organisation === organisation)) {
        return no({ code: "list.opinion-given" });
      }
      const capacity = capacityOf(role);
      const n = Math.max(0, ...own.map((one) => one.n)) + 1;
      await at.stores.lists.addOpinion({
        list,
        version,
        n,
        capacity,
        organisation,
        agrees,
        text,
        saidBy: person.id,
        saidAt: at.at,
      });
      const facts = { capacity, agrees, submitted: submittedOn };
      return done({ n }, noteOfList(at.version, facts));
    },
  );
}
