import { no, ok, type Result } from "../kernel/result.ts";
import { carryOut, done, rightTo } from "./carry-out.ts";
import { FIRST_ROLES } from "./first-grant.ts";
import type { MayProblem, Person, Subject } from "./may.ts";
import type { OfficeAct } from "./office-act.ts";
import { inForce } from "./organisation.ts";
import type { GrantFile, GrantStep } from "./ports.ts";
import type { PeopleNeeds, PeopleStores } from "./propose-role.ts";

export type StepProblem =
  | MayProblem
  | { code: "role.unknown" }
  /** Somebody else was faster, or the page was old. */
  | { code: "office.stale"; state: GrantFile["state"] }
  | { code: "role.not-open"; state: GrantFile["state"] }
  | { code: "role.organisation-over"; organisation: string }
  /** The last one who can keep roles, or decide about them, cannot be taken away. */
  | { code: "role.last-one"; role: string };

/** Who prepared a grant: neither the proposer nor the person it is for may decide it. */
export function subjectOfGrant(grant: Pick<GrantFile, "proposedBy" | "person">): Subject {
  return { preparedBy: [grant.proposedBy, grant.person] };
}

/** Approve a proposed role, or refuse it. Only somebody else than the proposer and the one it is for. */
export function decideRole(
  needs: PeopleNeeds,
  person: Person,
  id: string,
  version: number,
  answer: "approved" | "refused",
): Promise<Result<{ grant: string }, StepProblem>> {
  return stepOf(
    needs,
    person,
    { act: "role.approve", id, version, state: answer },
    async (stores, grant, today) => {
      if (grant.state !== "proposed") return no({ code: "role.not-open", state: grant.state });
      if (answer === "refused") return ok(undefined);
      const organisation = await stores.people.organisation(grant.organisation);
      const held = organisation && (inForce(organisation, today) || organisation.validFrom > today);
      return held
        ? ok(undefined)
        : no({ code: "role.organisation-over", organisation: grant.organisation });
    },
  );
}

/** Take a role away, approved or only proposed; it counts no more from this moment. */
export function withdrawRole(
  needs: PeopleNeeds,
  person: Person,
  id: string,
  version: number,
): Promise<Result<{ grant: string }, StepProblem>> {
  return stepOf(
    needs,
    person,
    { act: "role.withdraw", id, version, state: "withdrawn" },
    async (stores, grant, today) => {
      if (grant.state !== "proposed" && grant.state !== "approved") {
        return no({ code: "role.not-open", state: grant.state });
      }
      const last = grant.state === "approved" && LOCKING.has(grant.role);
      if (!last) return ok(undefined);
      const others = (await stores.people.holders(grant.role, today)).filter(
        (held) => held.grant.id !== grant.id,
      );
      return others.length > 0 ? ok(undefined) : no({ code: "role.last-one", role: grant.role });
    },
  );
}

/** Without one of these nobody could give or approve a role any more. */
const LOCKING: ReadonlySet<string> = new Set(FIRST_ROLES);

/** The step that is wanted, of the grant as its form showed it. */
interface Wanted {
  readonly act: OfficeAct;
  readonly id: string;
  readonly version: number;
  readonly state: GrantStep["state"];
}

function stepOf(
  needs: PeopleNeeds,
  person: Person,
  { act, id, version, state }: Wanted,
  check: (
    stores: PeopleStores,
    grant: GrantFile,
    today: string,
  ) => Promise<Result<undefined, StepProblem>>,
): Promise<Result<{ grant: string }, StepProblem>> {
  return carryOut(needs, person, {
    find: async ({ people }) => ok(await people.grant(id)),
    right: (now, grant) =>
      rightTo(now, act, grant && act === "role.approve" ? subjectOfGrant(grant) : undefined),
    work: async ({ stores, found: grant, at, today }) => {
      if (!grant) return no({ code: "role.unknown" });
      const checked = await check(stores, grant, today);
      if (!checked.ok) return checked;
      const stale =
        grant.version !== version ||
        !(await stores.people.step(id, version, { state, by: person.id, at }));
      if (stale) return no({ code: "office.stale", state: grant.state });
      const facts = { person: grant.person, role: grant.role, state };
      return done({ grant: id }, { kind: "grant", id, facts });
    },
  });
}
