import { subjectOfCampaign } from "../campaigns/draft.ts";
import { dayOf, type Seconds } from "../kernel/calendar.ts";
import { may, type Person } from "../people/may.ts";
import { type Lateness, latenessOf } from "../campaigns/lateness.ts";
import type { OwingCampaign, ProgressReading, ProgressStatement } from "../progress/ports.ts";
import type { FileColumn, OfficeList } from "./list.ts";

export interface ProgressListNeeds {
  readonly progress: Pick<ProgressReading, "owing" | "statements">;
  now(): Seconds;
}

/** A campaign with where it stands with its statements. */
export interface ProgressRow {
  readonly campaign: OwingCampaign;
  readonly lateness: Lateness;
}

/** Worst first. */
export const LATENESS_ORDER: readonly Lateness["is"][] = [
  "held-up",
  "late",
  "in-time",
  "done",
  "not-asked",
];

/** Day on which the next statement is due; null where none is. */
function dueOf({ lateness }: Pick<ProgressRow, "lateness">): string | null {
  return "dueOn" in lateness ? lateness.dueOn : null;
}

const campaign: FileColumn<{ readonly campaign: OwingCampaign }>[] = [
  { name: "id", type: "text", cell: (row) => row.campaign.id },
  {
    name: "campaign",
    type: "text",
    cell: (row, locale) => row.campaign.title[locale] || row.campaign.title.vi,
  },
  { name: "commune", type: "text", cell: (row) => row.campaign.commune.fullName },
];

/** Campaigns that owe statements, the latest first: those the person may read or file for. `state`. */
export const progressList: OfficeList<ProgressListNeeds, ProgressRow> = {
  act: "campaign.read",
  columns: [
    ...campaign,
    { name: "filed", type: "day", cell: (row) => row.campaign.progress.filedOn },
    { name: "due", type: "day", cell: dueOf },
    {
      name: "state",
      type: "text",
      words: "office-twinning:progress.is",
      cell: ({ lateness }) => lateness.is,
    },
    {
      name: "daysLate",
      type: "integer",
      cell: ({ lateness }) => ("daysLate" in lateness ? lateness.daysLate : 0),
    },
  ],
  async rows(needs, person, query) {
    const today = dayOf(needs.now());
    const state = query["state"] ?? "";
    return (await visible(needs, person))
      .map((one): ProgressRow => ({ campaign: one, lateness: latenessOf(one, today) }))
      .filter(({ lateness }) => state === "" || lateness.is === state)
      .toSorted(
        (a, b) =>
          LATENESS_ORDER.indexOf(a.lateness.is) - LATENESS_ORDER.indexOf(b.lateness.is) ||
          (dueOf(a) ?? "").localeCompare(dueOf(b) ?? "") ||
          a.campaign.id.localeCompare(b.campaign.id),
      );
  },
};

/** A statement with the campaign it is about. */
export interface StatementRow {
  readonly campaign: OwingCampaign;
  readonly statement: ProgressStatement;
}

/** The statements that were filed, campaign by campaign, newest first. Amounts in đồng. */
export const statementsList: OfficeList<ProgressListNeeds, StatementRow> = {
  act: "campaign.read",
  columns: [
    ...campaign,
    { name: "n", type: "integer", cell: ({ statement }) => statement.n },
    { name: "filed", type: "day", cell: ({ statement }) => statement.filedOn },
    { name: "daysLate", type: "integer", cell: ({ statement }) => statement.daysLate },
    { name: "entry", type: "integer", cell: ({ statement }) => statement.entry },
    { name: "received", type: "dong", cell: ({ statement }) => statement.received },
    { name: "disbursed", type: "dong", cell: ({ statement }) => statement.disbursed },
    { name: "spent", type: "dong", cell: ({ statement }) => statement.spent },
    { name: "delivered", type: "dong", cell: ({ statement }) => statement.delivered },
    { name: "alive", type: "integer", cell: ({ statement }) => statement.alive },
    { name: "lost", type: "integer", cell: ({ statement }) => statement.lost },
    { name: "born", type: "integer", cell: ({ statement }) => statement.born },
    { name: "office", type: "text", cell: ({ statement }, locale) => statement.office[locale] },
    {
      name: "text",
      type: "text",
      cell: ({ statement: { textVi, textEn } }, locale) => (locale === "en" && textEn) || textVi,
    },
  ],
  async rows(needs, person) {
    const rows: StatementRow[] = [];
    for (const one of await visible(needs, person)) {
      if (one.progress.filedOn === null) continue;
      const filed = await needs.progress.statements(one.id);
      rows.push(...filed.map((statement) => ({ campaign: one, statement })));
    }
    return rows;
  },
};

async function visible({ progress }: ProgressListNeeds, person: Person): Promise<OwingCampaign[]> {
  return (await progress.owing()).filter(
    (campaign) =>
      may(person, "campaign.read", subjectOfCampaign(campaign)).ok ||
      may(person, "progress.file", subjectOfCampaign(campaign)).ok,
  );
}
