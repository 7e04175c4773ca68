import { type Day, isDay } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { Places } from "../places/ports.ts";
import { inForce, type Organisation, type OrganisationKind } from "./organisation.ts";
import type { GrantFile, People } from "./ports.ts";
import { type Grant, type Role, ROLES } from "./role.ts";

/** In which kinds of organisation each role is held, and for which place. */
export const ROLE_HOMES: Readonly<
  Record<
    Role,
    { readonly kinds: readonly OrganisationKind[]; readonly place: "none" | "commune" | "district" }
  >
> = {
  administrator: { kinds: ["committee", "department"], place: "none" },
  "committee-officer": { kinds: ["committee"], place: "none" },
  "committee-leader": { kinds: ["committee"], place: "none" },
  "committee-accountant": { kinds: ["committee"], place: "none" },
  "commune-clerk": { kinds: ["commune-committee"], place: "commune" },
  "commune-leader": { kinds: ["commune-committee"], place: "commune" },
  "commune-accountant": { kinds: ["commune-committee"], place: "commune" },
  // After July 2025 the task is the successor's: the Committee's, or a commune's that took it over.
  "district-officer": {
    kinds: ["district-office", "committee", "commune-committee"],
    place: "district",
  },
  "twin-officer": { kinds: ["twinned-unit", "department", "committee"], place: "none" },
  "finance-inspector": { kinds: ["department"], place: "none" },
  "front-officer": { kinds: ["front"], place: "commune" },
  "union-officer": { kinds: ["union"], place: "commune" },
};

/** What somebody is proposed for. */
export interface RoleWish {
  readonly person: string;
  readonly role: string;
  readonly organisation: string;
  /** Code; empty or null: none. */
  readonly place: string | null;
  readonly from: string;
  /** Last day; empty or null: no end. */
  readonly to: string | null;
}

export type WishProblem =
  | { code: "role.unknown-person"; field: "person" }
  | { code: "role.unknown-role"; field: "role" }
  | { code: "role.unknown-organisation"; field: "organisation" }
  | { code: "role.organisation-ended"; field: "organisation"; successor: string | null }
  | { code: "role.wrong-organisation"; field: "organisation"; role: Role }
  | { code: "role.place-needed"; field: "place" }
  | { code: "role.place-not-wanted"; field: "place" }
  | { code: "role.wrong-place"; field: "place" }
  | { code: "role.no-day"; field: "from" | "to" }
  | { code: "role.ends-before"; field: "to" }
  | { code: "role.held-already"; field: "role"; grant: string };

type Reading = Pick<People, "organisation" | "names" | "grants">;

/** Whether a wish can be granted at all; the answer is what would be stored. All that is wrong is answered at once. */
export async function checkWish(
  { people, places }: { readonly people: Reading; readonly places: Pick<Places, "periods"> },
  wish: RoleWish,
  today: Day,
): Promise<Result<Omit<Grant, "id">, { code: "role.wrong"; wrong: readonly WishProblem[] }>> {
  const wrong: WishProblem[] = [];
  const to = wish.to || null;
  const role = ROLES.find((one) => one === wish.role);
  if ((await people.names([wish.person])).size === 0) {
    wrong.push({ code: "role.unknown-person", field: "person" });
  }
  if (!role) wrong.push({ code: "role.unknown-role", field: "role" });
  wrong.push(...wrongDays(wish.from, to));
  const organisation = await people.organisation(wish.organisation);
  wrong.push(...wrongOrganisation(organisation, role, wish.from > today ? wish.from : today));
  const place = placeOf(wish, role, organisation);
  if (role && organisation) {
    const problem = await wrongPlace(places, role, organisation, place);
    if (problem) wrong.push(problem);
  }
  const same = (await people.grants(wish.person)).find((held) => overlaps(held, wish, place));
  if (same) wrong.push({ code: "role.held-already", field: "role", grant: same.id });
  if (!role || wrong.length > 0) return no({ code: "role.wrong", wrong });
  return ok({ role, organisation: wish.organisation, place, from: wish.from, to });
}

/** A commune's role is for the commune of its organisation: nobody needs to type its code. */
function placeOf(
  wish: RoleWish,
  role: Role | undefined,
  organisation: Organisation | undefined,
): string | null {
  if (wish.place) return wish.place;
  return role && ROLE_HOMES[role].place === "commune" ? (organisation?.place ?? null) : null;
}

/** Whether a grant is what was wished for. */
export function isWished(
  grant: Pick<GrantFile, "person" | "role" | "organisation" | "place" | "from" | "to">,
  wish: RoleWish,
  organisation: Organisation | undefined,
): boolean {
  return (
    grant.person === wish.person &&
    grant.role === wish.role &&
    grant.organisation === wish.organisation &&
    grant.place === placeOf(wish, grant.role, organisation) &&
    grant.from === wish.from &&
    grant.to === (wish.to || null)
  );
}

function wrongDays(from: string, to: string | null): WishProblem[] {
  if (!isDay(from)) return [{ code: "role.no-day", field: "from" }];
  if (to === null) return [];
  if (!isDay(to)) return [{ code: "role.no-day", field: "to" }];
  return to < from ? [{ code: "role.ends-before", field: "to" }] : [];
}

function wrongOrganisation(
  organisation: Organisation | undefined,
  role: Role | undefined,
  day: Day,
): WishProblem[] {
  if (!organisation) return [{ code: "role.unknown-organisation", field: "organisation" }];
  if (isDay(day) && !inForce(organisation, day)) {
    const { successor } = organisation;
    return [{ code: "role.organisation-ended", field: "organisation", successor }];
  }
  if (role && !ROLE_HOMES[role].kinds.includes(organisation.kind)) {
    return [{ code: "role.wrong-organisation", field: "organisation", role }];
  }
  return [];
}

async function wrongPlace(
  places: Pick<Places, "periods">,
  role: Role,
  organisation: Organisation,
  place: string | null,
): Promise<WishProblem | undefined> {
  const wanted = ROLE_HOMES[role].place;
  if (wanted === "none") {
    return place === null ? undefined : { code: "role.place-not-wanted", field: "place" };
  }
  // "The whole province" is for no commune, and for a district only where the office is the Committee's.
  if (place === null) {
    const whole = wanted === "district" && organisation.kind === "committee";
    return whole ? undefined : { code: "role.place-needed", field: "place" };
  }
  if (wanted === "commune") {
    return place === organisation.place ? undefined : { code: "role.wrong-place", field: "place" };
  }
  const periods = await places.periods(place);
  if (!periods.some(({ kind, mountain }) => kind === "district" && mountain)) {
    return { code: "role.wrong-place", field: "place" };
  }
  const elsewhere = organisation.kind === "district-office" && organisation.place !== place;
  return elsewhere ? { code: "role.wrong-place", field: "place" } : undefined;
}

function overlaps(held: GrantFile, wish: RoleWish, place: string | null): boolean {
  const open = held.state === "proposed" || held.state === "approved";
  const same =
    held.role === wish.role && held.organisation === wish.organisation && held.place === place;
  return (
    open && same && (held.to === null || wish.from <= held.to) && (!wish.to || held.from <= wish.to)
  );
}
