/** Money acts pass through three hands: one asks, another approves, an accountant who did neither books with the paper. */
export const MONEY_KINDS = [
  "disbursement",
  "advance",
  "return",
  "refund",
  "redesignation",
  "write-off",
  "reversal",
] as const;
/** What an order moves (ledger.md 3.5, 3.6). */
export type MoneyKind = (typeof MONEY_KINDS)[number];

/** What each of the three does. */
export type MoneyHand = "request" | "approve" | "book";

/** Forms of an order that is there, and who opens the door of each; what counts is decided by `orders/step-right.ts`. */
export const ORDER_FORM_HANDS = {
  paper: ["request", "book"],
  change: ["request"],
  approve: ["approve"],
  "send-back": ["approve", "book"],
  refuse: ["approve"],
  cancel: ["request", "approve"],
  book: ["book"],
} as const satisfies Readonly<Record<string, readonly [MoneyHand, ...MoneyHand[]]>>;

/** Everything that can be done in the office, as `subject.verb`. Each office address and each form asks for one. */
export const OFFICE_ACTS = [
  "office.enter",
  // campaigns
  "campaign.read",
  "campaign.draft",
  "campaign.opine",
  "campaign.review",
  "campaign.publish",
  "campaign.tell",
  "progress.file",
  // money
  "order.read",
  ...MONEY_KINDS.flatMap((kind) => [`${kind}.request`, `${kind}.approve`, `${kind}.book`] as const),
  "statement.import",
  "attention.close",
  // promises that nobody has stood for
  "pledge.confirm",
  // official accounts
  "account.propose",
  "account.approve",
  // papers and pictures
  "file.read",
  "file.add",
  "file.redact",
  // twinning
  "twinning.promise",
  "twinning.confirm",
  // the private register: every look at a name is noted
  "register.read",
  "register.keep",
  "register.judge",
  "register.erase",
  // from the village to the list
  "working-group.keep",
  "meeting.record",
  "list.read",
  "list.compile",
  "list.opine",
  "list.decide",
  // the sheet with names
  "list.sheet",
  "notice.post",
  "notice.confirm",
  "objection.read",
  "objection.note",
  "objection.decide",
  "objection.review",
  // groups of households
  "group.draft",
  "group.decide",
  "commitment.record",
  // people
  "people.read",
  // accounts: inviting somebody, helping who lost the second factor
  "person.keep",
  "role.propose",
  "role.approve",
  "role.withdraw",
  "organisation.keep",
  "audit.read",
  // how the site is
  "health.read",
] as const;
export type OfficeAct = (typeof OFFICE_ACTS)[number];

/** A hand that a matter passed through before it is decided. */
export type Hand = "prepared" | "asked" | "approved";

/**
 * Acts that decide what others brought so far, and whose hands may not do them (features.md #69): of a money order the three
 * hands of asking, approving and booking are three people's. There is no setting for it.
 */
export const EARLIER_HANDS: ReadonlyMap<OfficeAct, readonly Hand[]> = new Map<
  OfficeAct,
  readonly Hand[]
>([
  ["campaign.publish", ["prepared"]],
  ["account.approve", ["prepared"]],
  ["role.approve", ["prepared"]],
  ["twinning.confirm", ["prepared"]],
  ["register.erase", ["prepared"]],
  ["list.decide", ["prepared"]],
  ["notice.confirm", ["prepared"]],
  ["group.decide", ["prepared"]],
  ...MONEY_KINDS.flatMap((kind) => [
    [`${kind}.approve`, ["asked"]] as const,
    [`${kind}.book`, ["asked", "approved"]] as const,
  ]),
]);
