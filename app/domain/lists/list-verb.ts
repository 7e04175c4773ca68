import { dayOf } from "../kernel/calendar.ts";
import { no, type Result } from "../kernel/result.ts";
import { type AuditFacts, noteOf } from "../people/audit.ts";
import type { MayProblem, Person } from "../people/may.ts";
import type { OfficeAct } from "../people/office-act.ts";
import type { Grant } from "../people/role.ts";
import { atWork, type ListVersion, readListId } from "./list-version.ts";
import { type ListPlace, mayWithList, placeOfCampaign } from "./place.ts";
import type { ListServices, ListStores } from "./ports.ts";

/** A list as the person saw it. */
export interface ListAsSeen {
  readonly list: string;
  /** Number of the version the form was about, and its revision. */
  readonly version: number;
  readonly revision: number;
}

export type ListRefusal =
  | MayProblem
  | { code: "list.unknown"; list: string }
  | { code: "list.other-state"; state: string }
  | { code: "office.stale"; version: number };

/** A person about to do something with a version, checked against what the database says now. */
export interface AtList {
  readonly stores: ListStores;
  readonly person: Person;
  readonly grant: Grant;
  readonly place: ListPlace;
  /** Today. */
  readonly today: string;
  readonly versions: readonly ListVersion[];
  readonly version: ListVersion;
}

/**
 * Do one thing with the version that is worked at, in one transaction: find it, ask again whether this person may, and
 * whether the form saw what is there. Of two clerks at one list the second finds it changed.
 */
export async function workOnList<Value, Problem extends { code: string }>(
  services: ListServices,
  person: Person,
  asked: { readonly act: OfficeAct; readonly states: readonly ListVersion["state"][] },
  seen: ListAsSeen,
  work: (at: AtList) => Promise<Result<Value, Problem>>,
): Promise<Result<Value, Problem | ListRefusal>> {
  const id = readListId(seen.list);
  if (!id) return no({ code: "list.unknown", list: seen.list });
  return services.official.write<Result<Value, Problem | ListRefusal>>(async (stores) => {
    const today = dayOf(services.now());
    const place = await placeOfCampaign(stores, id.campaign, today);
    if (!place) return no({ code: "list.unknown", list: seen.list });
    const versions = await stores.lists.versions(seen.list);
    const version = atWork(versions);
    const hands = version?.compiledBy ?? [];
    const grant = await mayWithList({ services, stores }, person, asked.act, place, hands);
    if (!grant.ok) return grant;
    const last = versions.at(-1);
    if (!version) return no({ code: "list.other-state", state: last?.state ?? "none" });
    if (version.version !== seen.version || version.revision !== seen.revision) {
      return no({ code: "office.stale", version: version.revision });
    }
    if (!asked.states.includes(version.state)) {
      return no({ code: "list.other-state", state: version.state });
    }
    return work({ stores, person, grant: grant.value, place, today, versions, version });
  });
}

/** Keep a version with its revision raised. */
export async function keepVersion(
  services: Pick<ListServices, "now">,
  { stores, version }: Pick<AtList, "stores" | "version">,
  changed: Partial<ListVersion>,
): Promise<ListVersion> {
  const kept: ListVersion = {
    ...version,
    ...changed,
    revision: version.revision + 1,
    changedAt: services.now(),
  };
  await stores.lists.keepVersion(kept);
  return kept;
}

/** A line of the trail about a version. */
export function noteList(
  { stores, person, grant, version }: Pick<AtList, "stores" | "person" | "grant" | "version">,
  act: OfficeAct,
  facts: AuditFacts,
): Promise<void> {
  const { list, version: n } = version;
  return stores.audit.add(
    noteOf(person, grant, act, { kind: "list", id: list }, { version: n, ...facts }),
  );
}

/** Note a person among those who compiled a version. */
export function withCompiler({ compiledBy }: ListVersion, { id }: Person): readonly string[] {
  return compiledBy.includes(id) ? compiledBy : [...compiledBy, id];
}
