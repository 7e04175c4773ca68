import type { PlaceName } from "../places/unit.ts";
import { type Day, dayOf, type Seconds } from "../kernel/calendar.ts";
import { may, type Person, type Subject } from "../people/may.ts";
import { actingGiver, type Pair, type PromiseVersion } from "../twinning/pair.ts";
import type { TwinningReading } from "../twinning/ports.ts";
import type { OfficeList } from "./list.ts";

export interface PromiseListNeeds {
  readonly twinning: Pick<TwinningReading, "pairs" | "versions" | "communes">;
  now(): Seconds;
}

/** A version of a promise with its pair as it acts today. */
export interface PromiseRow extends PromiseVersion {
  readonly of: Pair;
}

/** What permission is asked about a pair: the places that can sign for it, and the body that acts for it on `day`. */
export function pairSubject(pair: Pair, communes: readonly PlaceName[], day: Day): Subject {
  return {
    communes: [pair.receiver.code, ...communes.map(({ code }) => code)],
    twin: actingGiver(pair, day).id,
    ...(pair.kind === "district" ? { district: pair.receiver.code } : {}),
  };
}

/** Every version of every promise of the pairs a person may read, pair by pair, newest first. */
export const promisesList: OfficeList<PromiseListNeeds, PromiseRow> = {
  act: "campaign.read",
  columns: [
    {
      name: "giver",
      type: "text",
      cell: ({ of }, locale) => (of.giverNow ?? of.giver).name[locale],
    },
    { name: "receiver", type: "text", cell: ({ of }) => (of.receiverNow ?? of.receiver).fullName },
    { name: "commune", type: "text", cell: ({ commune }) => commune.fullName },
    { name: "year", type: "integer", cell: ({ year }) => year },
    { name: "model", type: "text", words: "twinning:model", cell: ({ model }) => model },
    { name: "version", type: "integer", cell: ({ version }) => version },
    { name: "money", type: "dong", cell: ({ money }) => money },
    {
      name: "goods",
      type: "text",
      cell: ({ goods }) =>
        goods.map(({ what, quantity, unit }) => `${quantity} ${unit} ${what}`).join("; "),
    },
    { name: "promisedBy", type: "text", cell: (row, locale) => row.organisation[locale] },
    { name: "promisedOn", type: "day", cell: ({ promisedOn }) => promisedOn },
    { name: "state", type: "text", words: "office-twinning:twinning.is", cell: stateOf },
    { name: "reason", type: "text", cell: ({ answer }) => answer?.reason ?? null },
    {
      name: "answeredBy",
      type: "text",
      cell: ({ answer }, locale) => answer?.organisation[locale] ?? null,
    },
    { name: "answeredOn", type: "day", cell: ({ answer }) => answer?.on ?? null },
  ],
  rows: async (needs, person) => {
    const pairs = await pairsOf(needs, person);
    const versions = Map.groupBy(await needs.twinning.versions(), ({ pair }) => pair);
    return pairs.flatMap((of) =>
      (versions.get(of.id) ?? [])
        .map((version) => ({ ...version, of }))
        .toSorted((a, b) => (a.promisedOn < b.promisedOn ? 1 : -1) || b.version - a.version),
    );
  },
};

function stateOf({ answer }: PromiseRow): string {
  if (answer === null) return "waiting";
  return answer.outcome === "confirmed" ? "signed" : "declined";
}

async function pairsOf({ twinning, now }: PromiseListNeeds, person: Person): Promise<Pair[]> {
  const today = dayOf(now());
  const seen: Pair[] = [];
  for (const pair of await twinning.pairs()) {
    const subject = pairSubject(pair, await twinning.communes(pair, today), today);
    if (may(person, "campaign.read", subject).ok) seen.push(pair);
  }
  return seen;
}
