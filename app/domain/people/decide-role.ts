import { dayOf } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { noteOf } from "./audit.ts";
import { FIRST_ROLES } from "./first-grant.ts";
import { mayNow } from "./may-now.ts";
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

async function stepOf(
  { official, now }: PeopleNeeds,
  person: Person,
  { act, id, version, state }: Wanted,
  check: (
    stores: PeopleStores,
    grant: GrantFile,
    today: string,
  ) => Promise<Result<undefined, StepProblem>>,
): Promise<Result<{ grant: string }, StepProblem>> {
  const at = now();
  const today = dayOf(at);
  return official.write(async (stores) => {
    const grant = await stores.people.grant(id);
    const subject = grant && act === "role.approve" ? subjectOfGrant(grant) : undefined;
    const permitted = await mayNow(stores.people, person, act, subject, today);
    if (!permitted.ok) return permitted;
    if (!grant) return no({ code: "role.unknown" });
    const checked = await check(stores, grant, today);
    if (!checked.ok) return checked;
    if (
      grant.version !== version ||
      !(await stores.people.step(id, version, { state, by: person.id, at }))
    ) {
      return no({ code: "office.stale", state: grant.state });
    }
    await stores.audit.add(
      noteOf(
        person,
        permitted.value,
        act,
        { kind: "grant", id },
        { person: grant.person, role: grant.role, state },
      ),
    );
    return ok({ grant: id });
  });
}
