import { CHANNELS } from "../ledger/chart.ts";
import { ENTRY_KINDS } from "../ledger/entry.ts";
import { ANIMAL_STATES } from "../animals/animal-state.ts";
import { boolean, date, maybe, moment, refers, type SetSpec, text, week, whole } from "./column.ts";
import { DONATION_STATES } from "./donation-state.ts";

const HEX_64 = "[0-9a-f]{64}";

/** The tables that are the books themselves: enough to recompute every figure and every trace. */
export const LEDGER_SETS = {
  accounts: {
    columns: [
      text("account"),
      text("kind"),
      text("unit", { oneOf: ["VND", "BO", "DE"] }),
      boolean("axis"),
      boolean("may_be_negative"),
      maybe(text("campaign")),
      maybe(text("commune")),
      whole("opened_by", 1),
      maybe(whole("closed_by", 1)),
    ],
    key: ["account"],
    references: [refers("opened_by", "entries", "entry"), refers("closed_by", "entries", "entry")],
  },
  entries: {
    columns: [
      whole("entry", 1),
      text("kind", { oneOf: ENTRY_KINDS }),
      date("effective_on"),
      moment("recorded_at"),
      maybe(whole("reverses", 1)),
      text("leaf_hash", { pattern: HEX_64 }),
      maybe(text("reason")),
      whole("movements"),
    ],
    key: ["entry"],
    references: [refers("reverses", "entries", "entry")],
  },
  movements: {
    columns: [
      whole("entry", 1),
      whole("n"),
      text("from_account"),
      text("to_account"),
      text("unit", { oneOf: ["VND", "BO", "DE"] }),
      whole("amount", 1),
      maybe(whole("from_lo", 1)),
      maybe(whole("to_lo", 1)),
      maybe(text("animal")),
    ],
    key: ["entry", "n"],
    references: [
      refers("entry", "entries"),
      refers("from_account", "accounts", "account"),
      refers("to_account", "accounts", "account"),
      refers("animal", "animals"),
    ],
  },
  evidence: {
    columns: [whole("entry", 1), whole("n"), text("kind"), text("digest", { pattern: HEX_64 })],
    key: ["entry", "n"],
    references: [refers("entry", "entries")],
  },
  donations: {
    columns: [
      text("donation"),
      whole("entry", 1),
      maybe(text("campaign")),
      text("channel", { oneOf: CHANNELS }),
      text("account"),
      whole("lo", 1),
      whole("amount", 1),
      text("state", { oneOf: DONATION_STATES }),
      whole("returned"),
      maybe(text("pledge")),
      date("received_on"),
    ],
    key: ["donation"],
    references: [
      refers("entry", "entries"),
      refers("account", "accounts"),
      refers("campaign", "campaigns"),
    ],
  },
  animals: {
    columns: [
      text("animal"),
      text("species", { oneOf: ["BO", "DE", "TB", "LH", "TC"] }),
      text("commune"),
      maybe(text("account")),
      maybe(whole("lo", 1)),
      maybe(whole("price", 1)),
      maybe(text("dam")),
      whole("round", 1),
      text("state", { oneOf: ANIMAL_STATES }),
      text("campaign"),
      whole("entry", 1),
      maybe(text("sex", { oneOf: ["F", "M"] })),
      maybe(week("born_week")),
      maybe(text("price_reason")),
      maybe(text("tag_commitment", { pattern: HEX_64 })),
    ],
    key: ["animal"],
    references: [
      refers("account", "accounts"),
      refers("dam", "animals", "animal"),
      refers("campaign", "campaigns"),
      refers("entry", "entries"),
    ],
  },
  animal_events: {
    columns: [
      text("animal"),
      whole("n"),
      text("kind", {
        oneOf: ["handed-over", "born", "died", "passed-on", "replaced", "returned"],
      }),
      week("week"),
      whole("entry", 1),
      maybe(text("household")),
      maybe(text("other")),
      maybe(text("cause")),
    ],
    key: ["animal", "n"],
    references: [
      refers("animal", "animals"),
      refers("entry", "entries"),
      refers("household", "households"),
      refers("other", "animals", "animal"),
    ],
  },
} as const satisfies Record<string, SetSpec>;
