/**
 * How each table is sealed. A table that stands here with none has its reason beside it; a table that does not stand here fails a
 * test, so that nobody forgets to decide. `docs/checks.md` is printed from this list.
 */

/** Rows of a table that belong to a position which only rises: sealed in ranges of it, off the way of whoever writes. */
interface ByPosition {
  readonly by: "position";
  /** Column that holds the position. */
  readonly column: string;
  /**
   * Up to which position all rows are there: the last `entry` (all written in its transaction), the last line of the `audit`
   * trail (numbered under the lock of its head), the last `row` seal, or the last `id` that no transaction can still fill.
   */
  readonly complete: "entry" | "audit" | "row" | "id";
}

/** Rows whose changes a trigger notes; the next sweep seals each row noted. */
interface ByNotice {
  readonly by: "notice";
  /** Of a table that holds what people are called or wrote: a digest alone must not tell it by guessing. */
  readonly salted: boolean;
}

/** Not sealed, and why. */
interface NotSealed {
  readonly by: "none";
  /** A code of `NOT_SEALED`. */
  readonly reason: keyof typeof NOT_SEALED;
}

export type Cover = (ByPosition | ByNotice | NotSealed) & {
  /** Columns that are not part of the seal, and why. */
  readonly except?: Readonly<Record<string, keyof typeof NOT_SEALED>>;
};

/** Why something is not sealed. */
export const NOT_SEALED = {
  recomputed:
    "Worked out anew from what is sealed by an invariant of its own; a seal would cost every booking a write.",
  queue: "A work queue: a row stands in it for seconds and leaves when it is done.",
  counter: "Counts against guessing or repetition; changed by every try, worth nothing afterwards.",
  session:
    "Who is signed in now: changed by every page that is asked for, and void within a day. What was done in a session is in the audit trail.",
  staging:
    "Files that were not filed yet; what is filed is a row of `office_file`, which is sealed.",
  import:
    "A sheet on its way into the register: emptied once it is confirmed; what it brought is rows of the register, which are sealed.",
  runs: "What our own jobs and checks said about themselves. They run again at any time; no figure is made of it.",
  salt: "Proves nothing by itself: a salt that is changed or gone makes the row it belongs to disagree with its seal.",
} as const;

const entry = (column = "entry"): Cover => ({ by: "position", column, complete: "entry" });
const plain: Cover = { by: "notice", salted: false };
const salted: Cover = { by: "notice", salted: true };
const none = (reason: keyof typeof NOT_SEALED): Cover => ({ by: "none", reason });

/** Every table of the schema `public`. */
export const COVER: ReadonlyMap<string, Cover> = new Map<string, Cover>([
  // The books: written once, in the transaction of their entry.
  ["account", entry("opened_by")],
  ["account_closing", entry()],
  ["animal", entry()],
  ["animal_event", entry()],
  ["donation", entry()],
  ["entry", entry("number")],
  ["evidence", entry()],
  ["movement", entry()],
  // Written once, in great numbers.
  ["audit_line", { by: "position", column: "n", complete: "audit" }],
  ["inbox", { by: "position", column: "id", complete: "id" }],
  ["statement_line", { by: "position", column: "id", complete: "id" }],
  ["row_seal", { by: "position", column: "n", complete: "row" }],
  // What is changed, or is written once without a number that rises.
  ["account_change", salted],
  ["account_decision", plain],
  ["attention", salted],
  ["bank_account", salted],
  ["book", plain],
  ["campaign", plain],
  ["campaign_account", plain],
  ["campaign_draft", salted],
  ["campaign_picture", plain],
  ["campaign_update", plain],
  ["campaign_version", plain],
  ["catalogue_item", plain],
  ["catalogue_section", plain],
  ["content_version", plain],
  ["credential", salted],
  ["donor_gift", salted],
  ["dossier_item", plain],
  ["draft_opinion", salted],
  ["draft_step", salted],
  ["duplicate_check", salted],
  ["file_picture", plain],
  ["file_step", salted],
  ["gateway_refund", plain],
  ["gateway_refund_outcome", plain],
  ["gateway_takeback", plain],
  ["group_commitment", salted],
  ["group_founding", salted],
  ["group_training", salted],
  ["household", salted],
  ["household_consent", salted],
  ["household_group", salted],
  ["household_request", salted],
  ["import_mapping", salted],
  ["inbox_answer", plain],
  ["list_line", salted],
  ["list_opinion", salted],
  ["list_version", salted],
  ["meeting_vote", salted],
  ["migration", plain],
  ["money_order", salted],
  ["need_line", plain],
  ["norm", plain],
  ["notice", salted],
  ["notice_place", salted],
  ["objection", salted],
  ["office_file", salted],
  ["opening", salted],
  ["order_paper", plain],
  ["order_step", salted],
  ["organisation", plain],
  ["payment", salted],
  ["payment_outcome", plain],
  ["place", plain],
  ["place_shape", plain],
  ["plan_model", plain],
  ["plan_target", plain],
  ["pledge", salted],
  ["pledge_confirmation", salted],
  ["progress_statement", salted],
  ["recovery_code", salted],
  ["register_household", salted],
  ["register_key", salted],
  ["registration", salted],
  ["role_grant", plain],
  ["rule", plain],
  ["second_factor", salted],
  ["site_check", salted],
  ["twin_pair", plain],
  ["twinning_answer", plain],
  ["twinning_promise", plain],
  ["user", salted],
  ["village_meeting", salted],
  ["working_group", salted],
  // The seals themselves: held by their own chain and by the heads kept outside.
  ["seal", none("recomputed")],
  ["seal_shape", none("recomputed")],
  ["row_salt", none("salt")],
  ["row_change", none("queue")],
  // Worked out from the books.
  ["account_state", none("recomputed")],
  ["audit_head", none("recomputed")],
  ["free_range", none("recomputed")],
  ["ledger_head", none("recomputed")],
  ["sequencer_queue", none("queue")],
  ["check_run", none("runs")],
  ["health_write", none("runs")],
  ["job", none("runs")],
  ["job_run", none("runs")],
  ["one_time_token", none("session")],
  ["session", none("session")],
  ["session_mark", none("session")],
  ["inbox_told", none("counter")],
  ["sign_in_limit", none("counter")],
  ["staged_file", none("staging")],
  ["register_import", none("import")],
]);
