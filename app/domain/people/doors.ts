/**
 * Every address of the office with the act that lets somebody in, and every form of it with the act it asks. Route files ask
 * the same acts (`tests/architecture/doors.test.ts`), `docs/permissions.md` prints them, and `tests/outside/permissions.ts`
 * tries them over HTTP. Names are those of `app/i18n/office-paths.ts`.
 */
import { MONEY_KINDS, type OfficeAct, ORDER_FORM_HANDS } from "./office-act.ts";

/** One form of an address. */
type IntentDoor =
  | OfficeAct
  /** Which of them is told by the subject, such as the kind of an order; before it is known the address's own act is asked. */
  | readonly OfficeAct[];

export interface Door {
  /** To see it. */
  readonly read: OfficeAct;
  /** Forms, by their `intent`. */
  readonly intents: Readonly<Record<string, IntentDoor>>;
}

/** Acts that open a form of an order, of every kind. */
function moneyActs(form: keyof typeof ORDER_FORM_HANDS): OfficeAct[] {
  return ORDER_FORM_HANDS[form].flatMap((hand) =>
    MONEY_KINDS.map((kind): OfficeAct => `${kind}.${hand}`),
  );
}

const MONEY_REQUESTS = MONEY_KINDS.map((kind) => `${kind}.request` as const);

/** The addresses that answer pages or files, by name. */
export const DOORS = {
  home: { read: "office.enter", intents: {} },
  campaigns: { read: "campaign.read", intents: {} },
  newCampaign: { read: "campaign.draft", intents: { begin: "campaign.draft" } },
  campaign: {
    read: "campaign.read",
    intents: {
      save: "campaign.draft",
      submit: "campaign.draft",
      cancel: "campaign.draft",
      amend: "campaign.draft",
      opine: "campaign.opine",
      "send-back": "campaign.review",
      publish: "campaign.publish",
    },
  },
  news: { read: "campaign.read", intents: { tell: "campaign.tell", show: "campaign.tell" } },
  people: {
    read: "people.read",
    intents: { enrol: "person.keep" },
  },
  person: {
    read: "people.read",
    intents: {
      propose: "role.propose",
      approve: "role.approve",
      refuse: "role.approve",
      withdraw: "role.withdraw",
      invite: "person.keep",
      "clear-factor": "person.keep",
    },
  },
  organisations: { read: "people.read", intents: { keep: "organisation.keep" } },
  accounts: {
    read: "campaign.read",
    intents: {
      open: "account.propose",
      end: "account.propose",
      approve: "account.approve",
      refuse: "account.approve",
    },
  },
  twinning: {
    read: "campaign.read",
    intents: {
      promise: "twinning.promise",
      confirm: "twinning.confirm",
      decline: "twinning.confirm",
    },
  },
  progress: { read: "campaign.read", intents: {} },
  progressOf: { read: "campaign.read", intents: { file: "progress.file" } },
  audit: { read: "audit.read", intents: {} },
  health: { read: "health.read", intents: {} },
  file: {
    read: "file.read",
    intents: { redact: "file.redact", uncover: "file.redact", withdraw: "file.redact" },
  },
  fileBytes: { read: "file.read", intents: {} },
  orders: { read: "order.read", intents: {} },
  newOrder: {
    read: "order.read",
    intents: { look: MONEY_REQUESTS, request: MONEY_REQUESTS, change: moneyActs("change") },
  },
  order: {
    read: "order.read",
    intents: {
      paper: moneyActs("paper"),
      approve: moneyActs("approve"),
      "send-back": moneyActs("send-back"),
      refuse: moneyActs("refuse"),
      cancel: moneyActs("cancel"),
      book: moneyActs("book"),
    },
  },
  workingGroup: { read: "list.read", intents: { keep: "working-group.keep" } },
  meetings: { read: "list.read", intents: {} },
  newMeeting: { read: "meeting.record", intents: { record: "meeting.record" } },
  meeting: { read: "list.read", intents: {} },
  lists: { read: "list.read", intents: { begin: "list.compile" } },
  list: {
    read: "list.read",
    intents: {
      compile: "list.compile",
      line: "list.compile",
      submit: "list.compile",
      drop: "list.compile",
      anew: "list.compile",
      opine: "list.opine",
      "send-back": "list.decide",
      decide: "list.decide",
      post: "notice.post",
      proof: "notice.post",
      down: "notice.post",
      early: "notice.post",
      show: "notice.post",
      confirm: "notice.confirm",
    },
  },
  listSheet: { read: "list.sheet", intents: {} },
  objections: { read: "objection.read", intents: {} },
  newObjection: { read: "objection.note", intents: { note: "objection.note" } },
  objection: {
    read: "objection.read",
    intents: { look: "objection.read", decide: "objection.decide", review: "objection.review" },
  },
  groups: { read: "list.read", intents: {} },
  newGroup: { read: "group.draft", intents: { draft: "group.draft" } },
  group: {
    read: "list.read",
    intents: { decide: "group.decide", commit: "commitment.record", train: "commitment.record" },
  },
  reconcile: {
    read: "order.read",
    intents: { import: "statement.import", close: "attention.close" },
  },
  households: { read: "register.read", intents: {} },
  newHousehold: { read: "register.keep", intents: { register: "register.keep" } },
  household: {
    read: "register.read",
    intents: {
      correct: "register.keep",
      again: "register.keep",
      visit: "register.keep",
      close: "register.keep",
      consent: "register.keep",
      "note-request": "register.keep",
      "answer-request": "register.keep",
      "finish-request": "register.keep",
      "decide-erasure": "register.erase",
    },
  },
  registerImports: { read: "register.keep", intents: { begin: "register.keep" } },
  registerImport: {
    read: "register.keep",
    intents: { map: "register.keep", take: "register.keep", drop: "register.keep" },
  },
  duplicates: { read: "register.judge", intents: { judge: "register.judge" } },
  pledges: { read: "pledge.confirm", intents: { confirm: "pledge.confirm" } },
  me: {
    read: "office.enter",
    intents: {
      "end-session": "office.enter",
      "change-password": "office.enter",
      "new-codes": "office.enter",
    },
  },
  unknown: { read: "office.enter", intents: {} },
  export: { read: "office.enter", intents: {} },
} as const satisfies Record<string, Door>;
