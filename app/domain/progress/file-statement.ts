import { subjectOfCampaign } from "../campaigns/draft.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidyParagraphs } from "../kernel/tidy.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { daysLateOn } from "../campaigns/lateness.ts";
import type { FiledStatement, ProgressDesk } from "./ports.ts";

/** What a commune writes; every figure is taken from the books. */
export interface StatementWish {
  /** Campaign id. */
  readonly campaign: string;
  readonly textVi: string;
  /** Empty: none. */
  readonly textEn: string;
  /** Made with the form, before its first send. */
  readonly key: string;
}

export type FileProblem =
  | MayProblem
  | { code: "progress.no-campaign"; campaign: string }
  | { code: "progress.not-begun"; on: Day }
  | { code: "progress.too-short"; least: number }
  | { code: "progress.too-long"; most: number; field: "textVi" | "textEn" }
  | { code: "progress.filed-today" }
  /** The form's key was used before, for something else or by somebody else. */
  | { code: "progress.key-used" };

/** Fewest signs that say something. */
const SHORTEST_TEXT = 40;
export const LONGEST_TEXT = 4000;

/** File a progress statement: a text, and the figures of the books at this moment. One a day at most. */
export async function fileStatement(
  desk: ProgressDesk,
  person: Person,
  wish: StatementWish,
): Promise<Result<{ readonly n: number; readonly again: boolean }, FileProblem>> {
  const textVi = tidyParagraphs(wish.textVi);
  const textEn = tidyParagraphs(wish.textEn);
  if (textVi.length < SHORTEST_TEXT)
    return no({ code: "progress.too-short", least: SHORTEST_TEXT });
  for (const [field, text] of [
    ["textVi", textVi],
    ["textEn", textEn],
  ] as const) {
    if (text.length > LONGEST_TEXT)
      return no({ code: "progress.too-long", most: LONGEST_TEXT, field });
  }
  return carryOut(desk, person, {
    find: async ({ progress }) => ok(await progress.campaign(wish.campaign)),
    right: (now, campaign) =>
      rightTo(now, "progress.file", campaign && subjectOfCampaign(campaign)),
    work: async ({ stores: { progress }, found: campaign, grant, at, today }) => {
      if (!campaign) return no({ code: "progress.no-campaign", campaign: wish.campaign });
      const before = await progress.byKey(wish.key);
      const said = { campaign: campaign.id, textVi, textEn: textEn === "" ? null : textEn };
      if (before !== undefined) {
        return isOf(before, { ...said, filedBy: person.id })
          ? done({ n: before.n, again: true })
          : no({ code: "progress.key-used" });
      }
      if (today < campaign.startsOn) {
        return no({ code: "progress.not-begun", on: campaign.startsOn });
      }
      if (campaign.progress.filedOn !== null && today <= campaign.progress.filedOn) {
        return no({ code: "progress.filed-today" });
      }
      const figures = await progress.figures(campaign.id, at);
      const n = await progress.file(
        {
          ...figures,
          ...said,
          filedOn: today,
          filedAt: at,
          daysLate: daysLateOn(campaign, today),
          organisation: grant.organisation,
          filedBy: person.id,
        },
        wish.key,
      );
      const facts = { n, entry: figures.entry };
      return done({ n, again: false }, { kind: "campaign", id: campaign.id, facts });
    },
  });
}

/** Whether a statement is what this form says: sent twice it is one, and nothing else is passed off as it. */
function isOf(kept: FiledStatement, said: Omit<FiledStatement, "n">): boolean {
  return (
    kept.campaign === said.campaign &&
    kept.textVi === said.textVi &&
    kept.textEn === said.textEn &&
    kept.filedBy === said.filedBy
  );
}
