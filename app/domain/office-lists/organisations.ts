import { dayOf } from "../kernel/calendar.ts";
import { inForce } from "../people/organisation.ts";
import type { Organisation } from "../people/ports.ts";
import { holds, type OfficeList, sorted } from "./list.ts";
import type { PeopleListNeeds } from "./people.ts";

/** An organisation with how many people hold a role in it. */
export interface OrganisationRow extends Organisation {
  readonly open: boolean;
  readonly people: number;
  readonly successorName: { readonly vi: string; readonly en: string } | null;
}

/** Organisations in time. `q`, `kind`, `state` (`open` when nothing is asked, `ended`, `any`). */
export const organisationsList: OfficeList<PeopleListNeeds, OrganisationRow> = {
  act: "people.read",
  columns: [
    { name: "id", type: "text", cell: (row) => row.id },
    { name: "kind", type: "text", words: "office-people:kind", cell: (row) => row.kind },
    { name: "nameVi", type: "text", cell: (row) => row.nameVi },
    { name: "nameEn", type: "text", cell: (row) => row.nameEn },
    { name: "place", type: "text", cell: (row) => row.place },
    { name: "validFrom", type: "day", cell: (row) => row.validFrom },
    { name: "validTo", type: "day", cell: (row) => row.validTo },
    { name: "successor", type: "text", cell: (row) => row.successor },
    { name: "people", type: "integer", cell: (row) => row.people },
  ],
  async rows({ people, now }, _person, query) {
    const [organisations, grants] = await Promise.all([people.organisations(), people.grants()]);
    const today = dayOf(now());
    const byId = new Map(organisations.map((one) => [one.id, one]));
    const state = query["state"] || "open";
    const rows = organisations
      .map((one): OrganisationRow => {
        const successor = one.successor === null ? undefined : byId.get(one.successor);
        const holders = grants.filter(
          (grant) => grant.state === "approved" && grant.organisation === one.id,
        );
        return {
          ...one,
          open: inForce(one, today),
          people: new Set(holders.map(({ person }) => person)).size,
          successorName: successor ? { vi: successor.nameVi, en: successor.nameEn } : null,
        };
      })
      .filter(
        (row) =>
          (state === "any" || (state === "ended") === !row.open) &&
          (!query["kind"] || row.kind === query["kind"]) &&
          holds(query["q"], row.nameVi, row.nameEn, row.id),
      );
    return sorted(rows, query["sort"], { name: (row) => row.nameVi }).rows;
  },
};
