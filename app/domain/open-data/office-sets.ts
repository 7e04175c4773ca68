import { boolean, date, maybe, refers, type SetSpec, text, whole } from "./column.ts";

const MODEL = { oneOf: ["livestock", "start-up", "training", "village"] };

/** What the office keeps in public: catalogues, official accounts, promises of twinned bodies, progress statements. */
export const OFFICE_SETS = {
  catalogue: {
    columns: [
      text("section"),
      text("code"),
      text("model", MODEL),
      text("kind", { oneOf: ["thing", "support"] }),
      text("section_vi"),
      text("section_en"),
      text("title_vi"),
      text("title_en"),
      boolean("priority"),
      boolean("open_ended"),
      date("valid_from"),
      maybe(date("valid_to")),
      text("source"),
    ],
    key: ["section", "code", "valid_from"],
    references: [],
  },
  account_uses: {
    columns: [
      text("campaign"),
      whole("n", 1),
      text("bank_account"),
      date("since"),
      maybe(date("until")),
    ],
    key: ["campaign", "n"],
    references: [refers("campaign", "campaigns"), refers("bank_account", "bank_accounts")],
  },
  twinning_pairs: {
    columns: [
      text("pair"),
      text("kind", { oneOf: ["district", "commune"] }),
      text("giver"),
      text("giver_now"),
      text("receiver"),
      date("receiver_from"),
      date("valid_from"),
      maybe(date("valid_to")),
      text("basis", { oneOf: ["plan-order", "decided", "campaigns"] }),
    ],
    key: ["pair"],
    references: [
      { columns: ["receiver", "receiver_from"], set: "places", to: ["code", "valid_from"] },
    ],
  },
  twinning_promises: {
    columns: [
      text("promise"),
      text("pair"),
      text("commune"),
      date("commune_from"),
      whole("year", 2021),
      text("model", MODEL),
      whole("version", 1),
      whole("money"),
      text("organisation"),
      date("promised_on"),
      text("answer", { oneOf: ["confirmed", "declined", "waiting"] }),
      maybe(date("answered_on")),
    ],
    key: ["promise"],
    references: [
      refers("pair", "twinning_pairs"),
      { columns: ["commune", "commune_from"], set: "places", to: ["code", "valid_from"] },
    ],
  },
  twinning_goods: {
    columns: [text("promise"), whole("n", 1), text("what"), whole("quantity", 1), text("unit")],
    key: ["promise", "n"],
    references: [refers("promise", "twinning_promises")],
  },
  progress_statements: {
    columns: [
      text("campaign"),
      whole("n", 1),
      date("filed_on"),
      whole("days_late"),
      whole("entry"),
      whole("received"),
      whole("disbursed"),
      whole("spent"),
      whole("delivered"),
      whole("alive"),
      whole("lost"),
      whole("born"),
      text("organisation"),
      text("text_vi"),
      maybe(text("text_en")),
    ],
    key: ["campaign", "n"],
    references: [refers("campaign", "campaigns")],
  },
} as const satisfies Record<string, SetSpec>;
