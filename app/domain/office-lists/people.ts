import { dayOf, type Seconds } from "../kernel/calendar.ts";
import { inForce } from "../people/organisation.ts";
import type { GrantFile, Organisation, PeopleReading, PersonCard } from "../people/ports.ts";
import { heldOn } from "../people/role.ts";
import { holds, type ListQuery, type OfficeList, sorted } from "./list.ts";

/** Somebody with what they hold today and what is proposed for them. */
export interface PersonRow extends PersonCard {
  readonly held: readonly { readonly grant: GrantFile; readonly organisation: Organisation }[];
  readonly proposed: number;
}

export interface PeopleListNeeds {
  readonly people: PeopleReading;
  now(): Seconds;
}

/** People of the office by what they hold. `q`, `role`, `state` (`held`, `proposed`, `none`), `sort` (`name`, `organisation`). */
export const peopleList: OfficeList<PeopleListNeeds, PersonRow> & {
  readonly sorts: (query: ListQuery) => string;
} = {
  act: "people.read",
  columns: [
    { name: "name", type: "text", cell: (row) => row.name },
    { name: "email", type: "text", cell: (row) => row.email },
    {
      name: "role",
      type: "text",
      words: "office-frame:role",
      cell: (row) => row.held.map(({ grant }) => grant.role).join("; ") || null,
    },
    {
      name: "organisation",
      type: "text",
      cell: (row, locale) =>
        row.held
          .map(({ organisation }) => organisation[locale === "vi" ? "nameVi" : "nameEn"])
          .join("; ") || null,
    },
    { name: "proposed", type: "integer", cell: (row) => row.proposed },
  ],
  async rows({ people, now }, _person, query) {
    const [cards, grants, organisations] = await Promise.all([
      people.cards(),
      people.grants(),
      people.organisations(),
    ]);
    const today = dayOf(now());
    const byId = new Map(organisations.map((one) => [one.id, one]));
    const byPerson = Map.groupBy(grants, ({ person }) => person);
    const rows = cards.map((card): PersonRow => {
      const files = byPerson.get(card.id) ?? [];
      const held = files.flatMap((grant) => {
        const organisation = byId.get(grant.organisation);
        const counts =
          grant.state === "approved" &&
          heldOn(grant, today) &&
          organisation !== undefined &&
          inForce(organisation, today);
        return counts ? [{ grant, organisation }] : [];
      });
      return { ...card, held, proposed: files.filter(({ state }) => state === "proposed").length };
    });
    const found = rows.filter((row) => wanted(row, query));
    return sorted(found, query["sort"], SORTS).rows;
  },
  sorts: (query) => sorted([], query["sort"], SORTS).sort,
};

const SORTS = {
  name: (row: PersonRow) => row.name,
  organisation: (row: PersonRow) => row.held[0]?.organisation.nameVi ?? null,
};

function wanted(row: PersonRow, query: ListQuery): boolean {
  const { role, state } = query;
  if (role && !row.held.some(({ grant }) => grant.role === role)) return false;
  if (state === "held" && row.held.length === 0) return false;
  if (state === "proposed" && row.proposed === 0) return false;
  if (state === "none" && (row.held.length > 0 || row.proposed > 0)) return false;
  const names = row.held.flatMap(({ organisation }) => [organisation.nameVi, organisation.nameEn]);
  return holds(query["q"], row.name, row.email, ...names);
}
