import { no, ok, type Result } from "../kernel/result.ts";
import type { AuditFacts } from "../people/audit.ts";
import { carryOut, type Done, type Moment, rightTo, type TrailNote } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import type { OfficeAct } from "../people/office-act.ts";
import { atWork, type ListVersion, readListId } from "./list-version.ts";
import { type ListPlace, placeOfCampaign, subjectOfList } from "./place.ts";
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
export interface AtList extends Pick<
  Moment<ListStores, unknown>,
  "stores" | "person" | "grant" | "today" | "at"
> {
  readonly place: ListPlace;
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
  work: (at: AtList) => Promise<Result<Done<Value>, Problem>>,
): Promise<Result<Value, Problem | ListRefusal>> {
  return carryOut<ListStores, Found, Result<Done<Value>, Problem | ListRefusal>>(services, person, {
    find: async (stores, today) => {
      const id = readListId(seen.list);
      const place = id && (await placeOfCampaign(stores, id.campaign, today));
      if (!place) return no({ code: "list.unknown", list: seen.list });
      return ok({ place, versions: await stores.lists.versions(seen.list) });
    },
    right: (now, { place, versions }) =>
      rightTo(now, asked.act, subjectOfList(place, atWork(versions)?.compiledBy ?? [])),
    work: async ({ found: { place, versions }, ...moment }) => {
      const version = atWork(versions);
      if (!version)
        return no({ code: "list.other-state", state: versions.at(-1)?.state ?? "none" });
      if (version.version !== seen.version || version.revision !== seen.revision) {
        return no({ code: "office.stale", version: version.revision });
      }
      if (!asked.states.includes(version.state)) {
        return no({ code: "list.other-state", state: version.state });
      }
      return work({ ...moment, place, versions, version });
    },
  });
}

type Found = Result<
  { readonly place: ListPlace; readonly versions: readonly ListVersion[] },
  { code: "list.unknown"; list: string }
>;

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
export function noteOfList({ list, version }: ListVersion, facts: AuditFacts): TrailNote {
  return { kind: "list", id: list, facts: { version, ...facts } };
}

/** Note a person among those who compiled a version. */
export function withCompiler({ compiledBy }: ListVersion, { id }: Person): readonly string[] {
  return compiledBy.includes(id) ? compiledBy : [...compiledBy, id];
}
