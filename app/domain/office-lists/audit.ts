import { own } from "../kernel/own.ts";
import type { Seconds } from "../kernel/calendar.ts";
import { readTypedDay } from "../kernel/typed-day.ts";
import type { AuditLine } from "../people/audit.ts";
import type { AuditFilter, AuditReading, PeopleReading } from "../people/ports.ts";
import type { ListQuery, OfficeList } from "./list.ts";

export interface AuditListNeeds {
  readonly audit: AuditReading;
  readonly people: PeopleReading;
  now(): Seconds;
}

/** A line with the name of who did it. */
export interface AuditRow extends AuditLine {
  readonly personName: string | null;
  readonly organisationName: { readonly vi: string; readonly en: string } | null;
  /** Name of the person the line is about; null where it is about something else, or nobody knows. */
  readonly subjectName: string | null;
  /** Names of people and organisations among the facts, by the name of the fact. */
  readonly factNames: Readonly<Record<string, { readonly vi: string; readonly en: string }>>;
}

const CHUNK = 2_000;
/** A file of more lines than this would not open in a spreadsheet: it asks for a shorter period. */
const MOST_LINES = 100_000;

/** What the address of the trail asks for; anything that means nothing is passed over. */
export function auditFilter(query: ListQuery): AuditFilter {
  const text = (name: string) => own(query, name)?.trim().slice(0, 100) || undefined;
  const day = (name: string) => {
    const typed = text(name);
    return typed === undefined ? undefined : readTypedDay(typed);
  };
  const outcome = text("outcome");
  const filter = {
    person: text("person"),
    act: text("act"),
    subject: text("subject"),
    outcome: outcome === "done" || outcome === "refused" ? outcome : undefined,
    from: day("from"),
    to: day("to"),
  } as const;
  const asked = Object.entries(filter).filter(([, value]) => value !== undefined);
  return Object.fromEntries(asked) as AuditFilter;
}

/** Lines with names instead of ids. */
export async function withNames(
  { people }: Pick<AuditListNeeds, "people">,
  lines: readonly AuditLine[],
): Promise<AuditRow[]> {
  const ids = [
    ...new Set(
      lines.flatMap(({ person, facts, subjectKind, subject }) =>
        [person, facts["person"], subjectKind === "person" ? subject : null].filter(isText),
      ),
    ),
  ];
  const [names, organisations] = await Promise.all([people.names(ids), people.organisations()]);
  const byId = new Map(organisations.map((one) => [one.id, one]));
  return lines.map((line) => {
    const held = line.organisation === null ? undefined : byId.get(line.organisation);
    return {
      ...line,
      personName: line.person === null ? null : (names.get(line.person) ?? line.person),
      subjectName: line.subjectKind === "person" ? (names.get(line.subject) ?? null) : null,
      organisationName: held ? { vi: held.nameVi, en: held.nameEn } : null,
      factNames: Object.fromEntries(
        Object.entries(line.facts).flatMap(([name, value]) => {
          if (!isText(value)) return [];
          const person = name === "person" ? names.get(value) : undefined;
          if (person !== undefined) return [[name, { vi: person, en: person }] as const];
          const one = ORGANISATION_FACTS.has(name) ? byId.get(value) : undefined;
          return one ? [[name, { vi: one.nameVi, en: one.nameEn }] as const] : [];
        }),
      ),
    };
  });
}

const ORGANISATION_FACTS = new Set(["organisation", "successor"]);

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** The audit trail, newest first. `person`, `act`, `subject`, `outcome`, `from`, `to`. */
export const auditList: OfficeList<AuditListNeeds, AuditRow> = {
  act: "audit.read",
  columns: [
    { name: "n", type: "integer", cell: (row) => row.n },
    { name: "at", type: "moment", cell: (row) => row.at },
    { name: "act", type: "text", words: "office-frame:act", cell: (row) => row.act },
    { name: "actCode", type: "text", cell: (row) => row.act },
    {
      name: "outcome",
      type: "text",
      words: "office-people:audit.outcome",
      cell: (row) => row.outcome,
    },
    { name: "person", type: "text", cell: (row) => row.personName },
    { name: "role", type: "text", words: "office-frame:role", cell: (row) => row.role },
    {
      name: "organisation",
      type: "text",
      cell: (row, locale) => row.organisationName?.[locale] ?? null,
    },
    { name: "subjectKind", type: "text", cell: (row) => row.subjectKind },
    { name: "subject", type: "text", cell: (row) => row.subject },
    { name: "facts", type: "text", cell: (row) => JSON.stringify(row.facts) },
  ],
  async rows(needs, _person, query) {
    const filter = auditFilter(query);
    const lines: AuditLine[] = [];
    while (lines.length < MOST_LINES) {
      const more = await needs.audit.list(filter, lines.at(-1)?.n, CHUNK);
      lines.push(...more);
      if (more.length < CHUNK) break;
    }
    return withNames(needs, lines);
  },
};
