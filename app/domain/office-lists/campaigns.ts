import { subjectOfCampaign } from "../campaigns/draft.ts";
import type { DraftLine, DraftReading } from "../campaigns/draft-ports.ts";
import type { Seconds } from "../kernel/calendar.ts";
import { may, type Person } from "../people/may.ts";
import { holds, type ListQuery, type OfficeList, sorted } from "./list.ts";

export interface CampaignListNeeds {
  readonly drafts: Pick<DraftReading, "list">;
  now(): Seconds;
}

/** Drafts, changes of campaigns, and published campaigns. `q`, `state`, `model`, `commune`, `sort`. */
export const campaignsList: OfficeList<CampaignListNeeds, DraftLine> = {
  act: "campaign.read",
  columns: [
    { name: "id", type: "text", cell: ({ campaign, amends, id }) => campaign ?? amends ?? id },
    { name: "title", type: "text", cell: ({ title }) => title },
    { name: "state", type: "text", cell: ({ state }) => state, words: "office-campaign:state" },
    { name: "model", type: "text", cell: ({ model }) => model, words: "campaign:model" },
    { name: "commune", type: "text", cell: ({ communeName }) => communeName },
    { name: "goal", type: "dong", cell: ({ goal }) => goal },
    { name: "submitted", type: "day", cell: ({ submittedOn }) => submittedOn },
    { name: "changed", type: "moment", cell: ({ changedAt }) => changedAt },
  ],
  rows: async (needs, person, query) => sortedLines(await visible(needs, person, query), query),
};

async function visible(
  { drafts }: CampaignListNeeds,
  person: Person,
  query: ListQuery,
): Promise<DraftLine[]> {
  return (await drafts.list()).filter(
    (line) =>
      maySee(person, line) &&
      (!query["state"] || line.state === query["state"]) &&
      (!query["model"] || line.model === query["model"]) &&
      (!query["commune"] || line.communes.includes(query["commune"])) &&
      (!query["q"] ||
        holds(query["q"], line.searchText, line.title, line.campaign, line.communeName)),
  );
}

/** Whether a person may see a line: it is of their place, or of what they are twinned with. */
function maySee(person: Person, line: DraftLine): boolean {
  return may(person, "campaign.read", subjectOfCampaign(line)).ok;
}

function sortedLines(lines: readonly DraftLine[], query: ListQuery): readonly DraftLine[] {
  // Without a wish the last changed stand first.
  return sorted(lines, query["sort"] ?? "-changed", CAMPAIGN_ORDERS).rows;
}

/** Orders the list offers. */
const CAMPAIGN_ORDERS = {
  changed: ({ changedAt }: DraftLine) => changedAt,
  title: ({ title }: DraftLine) => title,
  commune: ({ communeName }: DraftLine) => communeName,
  goal: ({ goal }: DraftLine) => goal,
} as const;
