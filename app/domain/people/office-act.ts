/** Money acts pass through three hands: one asks, another approves, the accountant books with the paper. */
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
  // people
  "people.read",
  // accounts: inviting somebody, helping who lost the second factor
  "person.keep",
  "role.propose",
  "role.approve",
  "role.withdraw",
  "organisation.keep",
  "audit.read",
] as const;
export type OfficeAct = (typeof OFFICE_ACTS)[number];

/**
 * Acts that decide what somebody else prepared: whoever prepared it may not do them (features.md #69). For money this
 * cannot be switched off, so there is no setting.
 */
export const DECIDING_ACTS: ReadonlySet<OfficeAct> = new Set<OfficeAct>([
  "campaign.publish",
  "account.approve",
  "role.approve",
  "twinning.confirm",
  ...MONEY_KINDS.flatMap((kind) => [`${kind}.approve`, `${kind}.book`] as const),
]);
