import { isDay } from "../kernel/calendar.ts";
import { no, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { carryOut, done, nothing, rightTo } from "./carry-out.ts";
import type { MayProblem, Person } from "./may.ts";
import { type Organisation, ORGANISATION_KINDS } from "./organisation.ts";
import { type HeldFault, heldFaults } from "./organisation-held.ts";
import type { PeopleNeeds, PeopleStores } from "./propose-role.ts";

/** What was typed; empty text is nothing. */
export interface OrganisationWish {
  readonly id: string;
  readonly kind: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly place: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly successor: string;
  /** Version the form was made from; 0 for a new one. */
  readonly version: number;
}

type OrganisationField = Exclude<keyof OrganisationWish, "version">;
interface FormFault {
  readonly code:
    | "organisation.bad-id"
    | "organisation.taken"
    | "organisation.bad-kind"
    | "organisation.no-name"
    | "organisation.bad-place"
    | "organisation.no-day"
    | "organisation.ends-before"
    | "organisation.bad-successor";
  readonly field: OrganisationField;
}
export type OrganisationFault = FormFault | HeldFault;

export type OrganisationProblem =
  | MayProblem
  | { code: "organisation.wrong"; wrong: readonly OrganisationFault[] }
  | { code: "organisation.unknown" }
  | { code: "office.stale"; now: Organisation };

const LONGEST_NAME = 200;

/**
 * Add an organisation, or change one: names, its last day, who takes its tasks over. When it ends, the grants held in it end
 * with it; the successor's people are granted anew. What the grants in it stand on cannot be changed under them.
 */
export function keepOrganisation(
  needs: PeopleNeeds,
  person: Person,
  wish: OrganisationWish,
): Promise<Result<{ organisation: string }, OrganisationProblem>> {
  return carryOut(needs, person, {
    find: nothing,
    right: (now) => rightTo(now, "organisation.keep"),
    work: async ({ stores, today }) => {
      const before = await stores.people.organisation(wish.id);
      if (wish.version > 0 && !before) return no({ code: "organisation.unknown" });
      if (before && wish.version > 0 && wish.version !== before.version) {
        return no({ code: "office.stale", now: before });
      }
      const faults = await faultsOf(stores, wish, before);
      const kind = ORGANISATION_KINDS.find((one) => one === wish.kind);
      if (!kind || faults.length > 0) return no({ code: "organisation.wrong", wrong: faults });
      const kept = organisationOf(wish, kind);
      if (before) {
        const wrong = heldFaults(before, kept, {
          grants: await stores.people.grants(),
          organisations: await stores.people.organisations(),
          today,
        });
        if (wrong.length > 0) return no({ code: "organisation.wrong", wrong });
      }
      if (!before) await stores.people.addOrganisation(kept);
      else if (!(await stores.people.changeOrganisation(kept)))
        return no({ code: "office.stale", now: before });
      const facts = {
        new: !before,
        kind: kept.kind,
        from: kept.validFrom,
        to: kept.validTo,
        successor: kept.successor,
        renamed:
          before !== undefined && (before.nameVi !== kept.nameVi || before.nameEn !== kept.nameEn),
      };
      return done({ organisation: kept.id }, { kind: "organisation", id: kept.id, facts });
    },
  });
}

async function faultsOf(
  stores: PeopleStores,
  wish: OrganisationWish,
  before: Organisation | undefined,
): Promise<FormFault[]> {
  const faults: FormFault[] = [];
  const fault = (field: OrganisationField, code: FormFault["code"]) =>
    void faults.push({ field, code });
  if (!/^[a-z0-9][a-z0-9-]{1,59}$/.test(wish.id)) fault("id", "organisation.bad-id");
  if (before && wish.version === 0) fault("id", "organisation.taken");
  if (!ORGANISATION_KINDS.some((kind) => kind === wish.kind))
    fault("kind", "organisation.bad-kind");
  for (const field of ["nameVi", "nameEn"] as const) {
    const name = tidy(wish[field]);
    if (name === "" || name.length > LONGEST_NAME) fault(field, "organisation.no-name");
  }
  if (!isDay(wish.validFrom)) fault("validFrom", "organisation.no-day");
  if (wish.validTo !== "" && !isDay(wish.validTo)) fault("validTo", "organisation.no-day");
  else if (wish.validTo !== "" && wish.validTo < wish.validFrom) {
    fault("validTo", "organisation.ends-before");
  }
  if (wish.place !== "" && (await stores.places.periods(wish.place)).length === 0) {
    fault("place", "organisation.bad-place");
  }
  if (await badSuccessor(stores, wish)) fault("successor", "organisation.bad-successor");
  return faults;
}

/** A successor exists, is another one, and its line does not come back to where it began. */
async function badSuccessor(stores: PeopleStores, wish: OrganisationWish): Promise<boolean> {
  if (wish.successor === "") return false;
  const all = new Map((await stores.people.organisations()).map((one) => [one.id, one]));
  const seen = new Set([wish.id]);
  let next: string | null = wish.successor;
  while (next !== null) {
    const one = all.get(next);
    if (!one || seen.has(next)) return true;
    seen.add(next);
    next = one.successor;
  }
  return false;
}

function organisationOf(wish: OrganisationWish, kind: Organisation["kind"]): Organisation {
  return {
    id: wish.id,
    kind,
    nameVi: tidy(wish.nameVi),
    nameEn: tidy(wish.nameEn),
    place: wish.place || null,
    validFrom: wish.validFrom,
    validTo: wish.validTo || null,
    successor: wish.successor || null,
    version: wish.version,
  };
}
