/**
 * What the application's role may do, table by table: the one list. `npm run db:migrate` and `npm run db:grants` make the
 * database say it (`grants.ts`), `docs/database-rights.md` is printed from it, and a test tries every verb that is not in it.
 *
 * A verb stands here because a statement of the running site needs it; a table without an entry fails a test. Where the
 * list cannot be narrow enough by itself, triggers of `0017_guards.sql` let only the legal step through.
 */
import { LIST_RIGHTS } from "./list-rights.ts";
import { ADDED_ONLY, type TableRights } from "./table-rights.ts";

/** The role with no more rights than the site needs, made by the migrations; the owner of the tables is somebody else. */
export const APP_ROLE = "ketnghia_app";

/** What only the owner's commands write: the plan, its norms and rules, the migrations themselves. */
const READ_ONLY: TableRights = {};

const MONEY_ORDER_CHANGES = [
  "state",
  "version",
  "matter",
  "amount",
  "campaign",
  "commune",
  "communes",
  "district",
  "twin",
  "subject",
  "prepared_by",
  "approved_by",
  "booked_by",
  "changed_at",
  "requested_for",
  "approved_for",
  "approved_at",
  "spending",
  "entry",
  "search_text",
] as const;

const CAMPAIGN_CHANGES = [
  "title_vi",
  "title_en",
  "summary_vi",
  "summary_en",
  "story_vi",
  "story_en",
  "goal",
  "households",
  "households_poor",
  "households_near_poor",
  "households_escaped",
  "households_leader",
  "starts_on",
  "ends_on",
  "closed_on",
  "bank_account",
  "twin",
  "responsible",
  "decision_number",
  "decision_date",
  "decision_file",
  "decision_digest",
  "pass_on_heads",
  "pass_on_age_days",
  "surplus",
  "surplus_to",
  "shortfall",
  "reporting_months",
  "norm_reasons",
  "search_text",
  "version",
] as const;

/** Tables and views of the schema `public`, by name. */
export const RIGHTS: Readonly<Record<string, TableRights>> = {
  // The ledger and what machines told it.
  account: ADDED_ONLY,
  account_closing: ADDED_ONLY,
  account_state: {
    insert: "rows",
    update: ["received", "sent"],
    guarded: "sums never go down; what they must be is recomputed by `npm run check:data`",
  },
  animal: ADDED_ONLY,
  animal_event: ADDED_ONLY,
  donation: ADDED_ONLY,
  entry: ADDED_ONLY,
  evidence: ADDED_ONLY,
  free_range: {
    insert: "rows",
    delete: true,
    guarded: "what is free is recomputed by `npm run check:data`",
  },
  ledger_head: {
    update: ["next_entry", "last_recorded_at"],
    guarded: "at commit it is the number after the last entry",
  },
  movement: ADDED_ONLY,
  opening: ADDED_ONLY,
  inbox: ADDED_ONLY,
  inbox_answer: ADDED_ONLY,
  inbox_told: {
    insert: "rows",
    update: ["times", "last_at"],
    guarded: "how often a notice was told; no money follows from it",
  },
  payment_outcome: ADDED_ONLY,
  statement_line: { insert: "rows", guarded: "of a registered bank account" },
  sequencer_queue: {
    insert: ["key", "gift"],
    delete: true,
    guarded: "a gift leaves once its entry is there, or once a person is told that it fits nowhere",
  },
  payment: {
    insert: ["ref", "pledge", "channel", "amount", "created_at", "expires_at"],
    update: ["provider_ref"],
    guarded: "the gateway's id is set once",
  },
  gateway_refund: {
    insert: [
      "key",
      "gift",
      "payment",
      "channel",
      "amount",
      "request_id",
      "hold_entry",
      "reason",
      "role",
      "ordered_at",
    ],
    update: ["asked", "last_asked_at", "accepted_at", "provider_ref"],
    guarded: "what the gateway said is kept once said",
  },
  gateway_refund_outcome: ADDED_ONLY,
  gateway_takeback: ADDED_ONLY,
  attention: {
    insert: ["kind", "subject", "facts", "raised_at"],
    update: ["closed_at", "outcome", "closed_by", "note"],
    guarded: "closed once",
  },

  // Promises, campaigns and what they tell.
  pledge: { insert: "rows", update: ["state"], guarded: "open once, then expired or withdrawn" },
  pledge_confirmation: {
    insert: "rows",
    guarded: "of an open promise; by the office only with a hand that holds a role",
  },
  campaign: {
    insert: "rows",
    update: CAMPAIGN_CHANGES,
    guarded: "at commit a version says the same, from a draft that another person published",
  },
  campaign_account: READ_ONLY,
  campaign_draft: {
    insert: "rows",
    update: [
      "state",
      "version",
      "round",
      "submitted_on",
      "content",
      "revisions",
      "prepared_by",
      "campaign",
      "changed_at",
      "search_text",
    ],
    guarded: "forwards only; a decided one stays",
  },
  campaign_picture: {
    insert: "rows",
    delete: true,
    guarded: "those of the story as a version says",
  },
  campaign_update: ADDED_ONLY,
  campaign_version: {
    insert: "rows",
    guarded: "of a draft whose publisher had no hand in preparing it",
  },
  draft_opinion: ADDED_ONLY,
  draft_step: ADDED_ONLY,
  need_line: { insert: "rows", delete: true, guarded: "as a version says" },
  household: ADDED_ONLY,
  household_group: ADDED_ONLY,
  progress_statement: ADDED_ONLY,
  twinning_answer: ADDED_ONLY,
  twinning_promise: ADDED_ONLY,
  content_version: {
    insert: ["name", "version"],
    update: ["version", "changed_at"],
    guarded: "the marks of a demonstration and of a live book are never changed",
  },

  ...LIST_RIGHTS,

  // Two people: one asks, another decides.
  account_change: ADDED_ONLY,
  account_decision: { insert: "rows", guarded: "by another than the proposer; both hold a role" },
  bank_account: {
    insert: ["id", "holder", "bank_name", "bin", "number", "owner", "commune", "valid_from"],
    update: ["valid_to"],
    guarded: "only what a change says that another person approved",
  },
  money_order: {
    insert: "rows",
    update: MONEY_ORDER_CHANGES,
    guarded: "one legal step at a time; approved by another, booked with the entry of its key",
  },
  order_paper: ADDED_ONLY,
  order_step: ADDED_ONLY,
  role_grant: {
    insert: [
      "id",
      "person",
      "role",
      "organisation",
      "place",
      "valid_from",
      "valid_to",
      "state",
      "proposed_by",
      "proposed_at",
    ],
    update: ["state", "decided_by", "decided_at", "withdrawn_by", "withdrawn_at", "version"],
    guarded: "proposed and decided by two people who hold a role; `bin/grant` is the owner's alone",
  },
  organisation: {
    insert: ["id", "kind", "name_vi", "name_en", "place", "valid_from", "valid_to", "successor"],
    update: [
      "kind",
      "name_vi",
      "name_en",
      "place",
      "valid_from",
      "valid_to",
      "successor",
      "version",
    ],
    guarded: "each change raises the version by one",
  },
  audit_head: READ_ONLY,
  audit_line: {
    insert: [
      "at",
      "act",
      "subject_kind",
      "subject",
      "outcome",
      "facts",
      "person",
      "role_grant",
      "role",
      "organisation",
    ],
    guarded:
      "numbered and sealed by the database; a person who exists, a role that person was given",
  },

  // Health: trial writes, and which jobs ran.
  health_write: { update: ["at"] },
  job: { insert: "rows", update: ["every_seconds", "known_since"], delete: true },
  job_run: { insert: "rows", update: ["ended_at", "outcome"], delete: true },

  // Seals: a sweep adds to them, takes noted changes from their queue, and keeps a salt only as long as its row.
  book: READ_ONLY,
  row_change: { delete: true, guarded: "filled by triggers alone" },
  row_salt: { insert: "rows", update: ["salt"], delete: true },
  row_seal: ADDED_ONLY,
  seal: ADDED_ONLY,
  seal_shape: ADDED_ONLY,
  check_run: { insert: "rows", update: ["ended_at", "ok", "results"], delete: true },

  // Files of the office.
  file_picture: ADDED_ONLY,
  file_step: ADDED_ONLY,
  office_file: ADDED_ONLY,
  staged_file: { insert: "rows", delete: true },

  // Signing in.
  user: {
    insert: "rows",
    update: ["name", "email_verified", "image", "staff", "locale", "updated_at"],
    guarded: "nobody is invented later, and no address changes its owner",
  },
  session: { insert: "rows", update: ["expires_at", "updated_at"], delete: true },
  session_mark: { insert: "rows", update: ["seen_at"] },
  credential: { insert: "rows", update: ["password", "updated_at"] },
  one_time_token: { insert: "rows", update: ["value", "expires_at", "updated_at"], delete: true },
  second_factor: {
    insert: ["person", "secret"],
    update: ["confirmed_at", "last_step"],
    delete: true,
  },
  recovery_code: { insert: ["person", "digest"], update: ["used_at"], delete: true },
  sign_in_limit: { insert: "rows", update: ["used", "window_ends"], delete: true },
  donor_gift: { insert: "rows", delete: true },

  // The plan, places, rules: loaded by the owner's `npm run db:plan` and by migrations.
  catalogue_item: READ_ONLY,
  catalogue_section: READ_ONLY,
  dossier_item: READ_ONLY,
  migration: READ_ONLY,
  norm: READ_ONLY,
  order_public: READ_ONLY,
  place: READ_ONLY,
  place_shape: READ_ONLY,
  plan_model: READ_ONLY,
  plan_target: READ_ONLY,
  rule: READ_ONLY,
  twin_pair: READ_ONLY,
};
