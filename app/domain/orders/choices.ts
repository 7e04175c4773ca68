import type { AnimalReading } from "../animals/animal-file.ts";
import { animalState } from "../animals/animal-state.ts";
import type { LedgerReading, LedgerRow } from "../ledger-reading/ports.ts";
import type { MoneyKind } from "../people/office-act.ts";
import type { OrderCampaign } from "./ports.ts";

/** What can be chosen in a form in place of typing a code: shown under it, never the only thing that may be typed. */
export interface OrderChoices {
  /** Living animals of the campaigns that can be asked for. */
  readonly animals: readonly { readonly code: string; readonly campaign: string }[];
  /** The last entries that nobody has reversed yet, newest first. */
  readonly entries: readonly Pick<LedgerRow, "number" | "kind" | "on" | "amount" | "unit">[];
}

/** Entries that are offered: whoever reverses one mostly means one of the last. */
const MOST_ENTRIES = 30;

/** What a form of this kind offers. */
export async function orderChoices(
  services: {
    readonly animals: Pick<AnimalReading, "ofCampaign">;
    readonly books: Pick<LedgerReading, "list">;
  },
  kind: MoneyKind | undefined,
  campaigns: readonly Pick<OrderCampaign, "id">[],
): Promise<OrderChoices> {
  return {
    animals: kind === "write-off" ? await livingOf(services.animals, campaigns) : [],
    entries: kind === "reversal" ? await lastOf(services.books) : [],
  };
}

async function livingOf(
  animals: Pick<AnimalReading, "ofCampaign">,
  campaigns: readonly Pick<OrderCampaign, "id">[],
): Promise<OrderChoices["animals"]> {
  const all = await Promise.all(campaigns.map(({ id }) => animals.ofCampaign(id)));
  return all
    .flat()
    .filter(({ events, ...animal }) => {
      const kinds = events.map((event) => event.kind);
      return animalState({ ...animal, events: kinds }) === "alive";
    })
    .map(({ code, campaign }) => ({ code, campaign }));
}

async function lastOf(books: Pick<LedgerReading, "list">): Promise<OrderChoices["entries"]> {
  const { rows } = await books.list({}, { at: "newest" }, MOST_ENTRIES);
  return rows
    .filter(({ reverses, reversedBy }) => reverses === null && reversedBy === null)
    .map(({ number, kind, on, amount, unit }) => ({ number, kind, on, amount, unit }));
}
