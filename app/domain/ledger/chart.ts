/**
 * The chart of accounts: what kinds there are, how a code is spelt, and what each may do (ledger.md 3.3).
 *
 *   world:donor:<channel> -> clearing:<channel>:<campaign> -> fund:<campaign>
 *     -> commune:<commune>:<campaign> -> proc:<campaign>:<purchase> -> delivered:<commune>:<campaign>:r<round>
 *
 * A code carries its campaign, so every figure of a campaign follows from the movements alone.
 */
import { no, ok, type Result } from "../kernel/result.ts";

/** What is counted: đồng, cow heads, goat heads. */
export type Unit = "VND" | "BO" | "DE";
/** Species that are counted in heads. */
export type Species = "BO" | "DE";
export type Channel = "bank" | "vnpay" | "stripe" | "cash";
export const CHANNELS: readonly Channel[] = ["bank", "vnpay", "stripe", "cash"];

export type AccountKind =
  | "world"
  | "clearing"
  | "suspense"
  | "fund"
  | "commune"
  | "proc"
  | "delivered"
  | "fee"
  | "refund"
  | "loss"
  | "due"
  | "reserve"
  | "herd"
  | "owed";

/** An account as its code tells it. */
export interface AccountSpec {
  readonly code: string;
  readonly kind: AccountKind;
  readonly unit: Unit;
  /** Its đồng are numbered in the order in which they came in. */
  readonly axis: boolean;
  readonly mayBeNegative: boolean;
  readonly campaign?: string;
  readonly commune?: string;
}

export type ChartProblem = { code: "ledger.unknown-account"; account: string };

/** Spell account codes; `accountSpec` reads them back. */
export const accountCode = {
  donor: (channel: Channel) => `world:donor:${channel}`,
  clearing: (channel: Channel, campaign: string) => `clearing:${channel}:${campaign}`,
  suspense: (bankAccount: string) => `suspense:${bankAccount}`,
  fund: (campaign: string) => `fund:${campaign}`,
  commune: (commune: string, campaign: string) => `commune:${commune}:${campaign}`,
  proc: (campaign: string, purchase: string) => `proc:${campaign}:${purchase}`,
  delivered: (commune: string, campaign: string, round: number) =>
    `delivered:${commune}:${campaign}:r${round}`,
  fee: (channel: Channel, campaign: string) => `fee:${channel}:${campaign}`,
  refund: (campaign: string) => `refund:payable:${campaign}`,
  loss: (cause: string, campaign: string) => `loss:${cause}:${campaign}`,
  due: (commune: string) => `due:${commune}`,
  /** What the appeal's committee itself has to make good. */
  dueOfCommittee: "due:committee",
  reserve: "reserve",
  worldRefund: "world:refund",
  worldCompensation: "world:compensation",
  worldDue: "world:due",
  herd: (commune: string, species: Species, round: number) =>
    `herd:${commune}:${species}:r${round}`,
  owed: (group: string, species: Species) => `owed:${group}:${species}`,
  birth: (species: Species) => `world:birth:${species}`,
  death: (species: Species) => `world:death:${species}`,
  market: (species: Species) => `world:market:${species}`,
  duty: (species: Species) => `world:duty:${species}`,
} as const;

const PART = "[A-Za-z0-9.-]+";
const CHANNEL = CHANNELS.join("|");

interface Shape {
  readonly pattern: RegExp;
  readonly kind: AccountKind;
  readonly axis: boolean;
  readonly mayBeNegative: boolean;
}

const shape = (
  kind: AccountKind,
  pattern: string,
  flags: { axis?: boolean; mayBeNegative?: boolean } = {},
): Shape => ({
  kind,
  pattern: new RegExp(`^${pattern}$`),
  axis: flags.axis ?? true,
  mayBeNegative: flags.mayBeNegative ?? false,
});

const SHAPES: readonly Shape[] = [
  shape("world", `world:donor:(?:${CHANNEL})`, { axis: false, mayBeNegative: true }),
  shape("world", "world:(?:refund|compensation|due)", { axis: false, mayBeNegative: true }),
  shape("world", "world:(?:birth|death|market|duty):(?<species>BO|DE)", {
    axis: false,
    mayBeNegative: true,
  }),
  shape("clearing", `clearing:(?:${CHANNEL}):(?<campaign>${PART})`),
  shape("suspense", `suspense:${PART}`),
  shape("fund", `fund:(?<campaign>${PART})`),
  shape("commune", `commune:(?<commune>${PART}):(?<campaign>${PART})`),
  shape("proc", `proc:(?<campaign>${PART}):${PART}`),
  shape("delivered", `delivered:(?<commune>${PART}):(?<campaign>${PART}):r[1-9][0-9]*`),
  shape("fee", `fee:(?:${CHANNEL}):(?<campaign>${PART})`),
  shape("refund", "refund:payable:suspense"),
  shape("refund", `refund:payable:(?<campaign>${PART})`),
  shape("loss", `loss:${PART}:(?<campaign>${PART})`),
  shape("due", "due:committee", { axis: false }),
  shape("due", `due:(?<commune>${PART})`, { axis: false }),
  shape("reserve", "reserve"),
  shape("herd", `herd:(?<commune>${PART}):(?<species>BO|DE):r[1-9][0-9]*`, { axis: false }),
  shape("owed", `owed:${PART}:(?<species>BO|DE)`, { axis: false }),
];

/** What an account code says of its account; a code of no known shape is refused. */
export function accountSpec(code: string): Result<AccountSpec, ChartProblem> {
  for (const { pattern, kind, axis, mayBeNegative } of SHAPES) {
    const match = pattern.exec(code);
    if (!match) continue;
    const { campaign, commune, species } = match.groups ?? {};
    return ok({
      code,
      kind,
      unit: (species as Species | undefined) ?? "VND",
      axis,
      mayBeNegative,
      ...(campaign === undefined ? {} : { campaign }),
      ...(commune === undefined ? {} : { commune }),
    });
  }
  return no({ code: "ledger.unknown-account", account: code });
}
