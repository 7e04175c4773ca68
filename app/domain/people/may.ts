/**
 * Who may do what: one table, printed in `docs/permissions.md`, tried cell by cell in `may.test.ts` and over HTTP by
 * `tests/outside/permissions.ts`.
 *
 *   person --holds--> grant (role, organisation, place, period)
 *   act    --table--> role -> reach: everywhere, its own place, or what its own organisation is twinned with
 *   a deciding act is refused to the hands that the matter came through before (`EARLIER_HANDS`)
 */
import { no, ok, type Result } from "../kernel/result.ts";
import { EARLIER_HANDS, MONEY_KINDS, type MoneyKind, type OfficeAct } from "./office-act.ts";
import type { Grant, Role } from "./role.ts";

/** How far a role reaches in one act. */
export type Reach =
  /** Everywhere. */
  | "all"
  /** Where the grant's place is the subject's commune or district, or where the grant has no place. */
  | "place"
  /** Where the grant's organisation is the twin of the subject. */
  | "twin";

/** A signed-in person as far as permission goes. */
export interface Person {
  readonly id: string;
  /** As the office shows it. */
  readonly name: string;
  /** Approved and in force today. */
  readonly grants: readonly Grant[];
  /** The session showed a second factor. Without it no grant counts. */
  readonly secondFactor: boolean;
}

/** What an act is about. Nothing given: an address that lists, where each row is asked about again. */
export interface Subject {
  /** Codes of the commune and of what it was before or became. */
  readonly communes?: readonly string[];
  /** Mountain district of 2024. */
  readonly district?: string;
  /** The twinned organisation, by id. */
  readonly twin?: string;
  /** Ids of the people through whose hands came what is now decided. */
  readonly preparedBy?: readonly string[];
}

export type MayProblem =
  | { code: "people.signed-out" }
  | { code: "people.no-second-factor" }
  | { code: "people.not-your-role"; act: OfficeAct }
  | { code: "people.not-your-place"; act: OfficeAct }
  | { code: "people.own-preparation"; act: OfficeAct };

const REFUSALS: Readonly<Record<MayProblem["code"], true>> = {
  "people.signed-out": true,
  "people.no-second-factor": true,
  "people.not-your-role": true,
  "people.not-your-place": true,
  "people.own-preparation": true,
};

/** Whether a verb refused the person, and not what was typed or what stands: that is noted in the trail and answered 403. */
export function isRefusal(problem: { readonly code: string }): problem is MayProblem {
  return Object.hasOwn(REFUSALS, problem.code);
}

type Row = Partial<Record<Role, Reach>>;

const READING: Row = {
  "committee-officer": "all",
  "committee-leader": "all",
  "committee-accountant": "all",
  "finance-inspector": "all",
  "commune-clerk": "place",
  "commune-leader": "place",
  "commune-accountant": "place",
  "district-officer": "place",
  "twin-officer": "twin",
};

const OF_THE_COMMUNE: Row = { "commune-clerk": "place", "commune-accountant": "place" };
const BY_THE_COMMITTEE: Row = { "committee-officer": "all", "committee-accountant": "all" };
const DECIDED_BY_COMMITTEE: Row = { "committee-leader": "all" };
const DECIDED_BY_COMMUNE: Row = { "commune-leader": "place" };
const BOOKED_BY_COMMITTEE: Row = { "committee-accountant": "all" };
const BOOKED_BY_COMMUNE: Row = { "commune-accountant": "place" };

const BY_THE_CLERK: Row = { "commune-clerk": "place" };
/** Front and unions of the commune. */
const BESIDE_THE_COMMUNE: Row = { "front-officer": "place", "union-officer": "place" };
/** Names of the register: the commune that keeps it, and the office that watches it. */
const WHO_KNOWS_NAMES: Row = {
  ...BY_THE_CLERK,
  ...DECIDED_BY_COMMUNE,
  "district-officer": "place",
};

/** Who asks, approves and books each kind of money order. */
const MONEY: Record<MoneyKind, { request: Row; approve: Row; book: Row }> = {
  // From the fund to the commune: the commune asks, the Committee decides (II.1.6 b).
  disbursement: {
    request: OF_THE_COMMUNE,
    approve: DECIDED_BY_COMMITTEE,
    book: BOOKED_BY_COMMITTEE,
  },
  // The commune manages and spends its money itself (II.1.6 b).
  advance: { request: OF_THE_COMMUNE, approve: DECIDED_BY_COMMUNE, book: BOOKED_BY_COMMUNE },
  return: { request: OF_THE_COMMUNE, approve: DECIDED_BY_COMMUNE, book: BOOKED_BY_COMMITTEE },
  refund: {
    request: BY_THE_COMMITTEE,
    approve: DECIDED_BY_COMMITTEE,
    book: BOOKED_BY_COMMITTEE,
  },
  redesignation: {
    request: BY_THE_COMMITTEE,
    approve: DECIDED_BY_COMMITTEE,
    book: BOOKED_BY_COMMITTEE,
  },
  "write-off": {
    request: OF_THE_COMMUNE,
    approve: DECIDED_BY_COMMITTEE,
    book: BOOKED_BY_COMMITTEE,
  },
  reversal: {
    request: BY_THE_COMMITTEE,
    approve: DECIDED_BY_COMMITTEE,
    book: BOOKED_BY_COMMITTEE,
  },
};

/** The table. A role that is not named in a row may not do the act. */
export const PERMISSIONS: Readonly<Record<OfficeAct, Row>> = {
  "office.enter": { ...READING, ...BESIDE_THE_COMMUNE, administrator: "all" },
  "campaign.read": READING,
  "campaign.draft": { "commune-clerk": "place" },
  "campaign.opine": { "district-officer": "place", "twin-officer": "twin" },
  "campaign.review": { "committee-officer": "all", "committee-leader": "all" },
  "campaign.publish": DECIDED_BY_COMMITTEE,
  "campaign.tell": { "commune-clerk": "place", "committee-officer": "all" },
  "progress.file": OF_THE_COMMUNE,
  "order.read": READING,
  ...moneyRows(),
  "statement.import": { "committee-accountant": "all" },
  "attention.close": BY_THE_COMMITTEE,
  "pledge.confirm": BY_THE_COMMITTEE,
  "account.propose": BY_THE_COMMITTEE,
  "account.approve": DECIDED_BY_COMMITTEE,
  "file.read": { ...READING, ...BESIDE_THE_COMMUNE },
  "file.add": {
    ...OF_THE_COMMUNE,
    ...BY_THE_COMMITTEE,
    "commune-leader": "place",
    "district-officer": "place",
    "twin-officer": "twin",
    ...BESIDE_THE_COMMUNE,
  },
  "file.redact": { "commune-clerk": "place", "committee-officer": "all" },
  "twinning.promise": { "twin-officer": "twin" },
  "twinning.confirm": DECIDED_BY_COMMUNE,
  "register.read": WHO_KNOWS_NAMES,
  "register.keep": BY_THE_CLERK,
  "register.judge": { ...BY_THE_CLERK, ...DECIDED_BY_COMMUNE },
  "register.erase": DECIDED_BY_COMMUNE,
  "working-group.keep": BY_THE_CLERK,
  "meeting.record": BY_THE_CLERK,
  "list.read": { ...READING, ...BESIDE_THE_COMMUNE },
  "list.compile": BY_THE_CLERK,
  "list.opine": { "district-officer": "place", "twin-officer": "twin", ...BESIDE_THE_COMMUNE },
  "list.decide": DECIDED_BY_COMMUNE,
  "list.sheet": { ...WHO_KNOWS_NAMES, "twin-officer": "twin", ...BESIDE_THE_COMMUNE },
  "notice.post": BY_THE_CLERK,
  "notice.confirm": {
    ...DECIDED_BY_COMMUNE,
    "commune-accountant": "place",
    ...BESIDE_THE_COMMUNE,
  },
  "objection.read": { ...WHO_KNOWS_NAMES, "front-officer": "place" },
  "objection.note": { ...BY_THE_CLERK, ...BESIDE_THE_COMMUNE },
  "objection.decide": DECIDED_BY_COMMUNE,
  "objection.review": { "district-officer": "place" },
  "group.draft": BY_THE_CLERK,
  "group.decide": DECIDED_BY_COMMUNE,
  "commitment.record": BY_THE_CLERK,
  "people.read": { administrator: "all", "committee-leader": "all", "finance-inspector": "all" },
  "person.keep": { administrator: "all" },
  "role.propose": { administrator: "all" },
  "role.approve": DECIDED_BY_COMMITTEE,
  "role.withdraw": { administrator: "all", "committee-leader": "all" },
  "organisation.keep": { administrator: "all" },
  "audit.read": { "finance-inspector": "all", "committee-leader": "all" },
  "health.read": {
    administrator: "all",
    ...BY_THE_COMMITTEE,
    "committee-leader": "all",
    "finance-inspector": "all",
  },
};

/**
 * Whether a person may do an act: answers the grant it is done under, for the audit trail. Without a subject the answer
 * is whether the person may do it somewhere.
 */
export function may(
  person: Person | undefined,
  act: OfficeAct,
  subject?: Subject,
): Result<Grant, MayProblem> {
  if (!person) return no({ code: "people.signed-out" });
  if (!person.secondFactor) return no({ code: "people.no-second-factor" });
  const row = PERMISSIONS[act];
  const holding = person.grants.filter(({ role }) => row[role] !== undefined);
  if (holding.length === 0) return no({ code: "people.not-your-role", act });
  const grant = holding.find(
    (held) => subject === undefined || reaches(row[held.role], held, subject),
  );
  if (!grant) return no({ code: "people.not-your-place", act });
  if (EARLIER_HANDS.has(act) && subject?.preparedBy?.includes(person.id)) {
    return no({ code: "people.own-preparation", act });
  }
  return ok(grant);
}

function reaches(reach: Reach | undefined, grant: Grant, subject: Subject): boolean {
  if (reach === "all") return true;
  if (reach === "twin") return subject.twin !== undefined && subject.twin === grant.organisation;
  if (reach !== "place") return false;
  if (grant.place === null) return true;
  return (subject.communes?.includes(grant.place) ?? false) || subject.district === grant.place;
}

type MoneyAct = `${MoneyKind}.${"request" | "approve" | "book"}`;

function moneyRows(): Record<MoneyAct, Row> {
  const rows = MONEY_KINDS.flatMap((kind) =>
    (["request", "approve", "book"] as const).map(
      (step) => [`${kind}.${step}`, MONEY[kind][step]] as const,
    ),
  );
  return Object.fromEntries(rows) as Record<MoneyAct, Row>;
}
