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
type Unit = "VND" | "BO" | "DE";
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

/** What may stand at a part of a code that is not one word. */
const PARTS = {
  campaign: isName,
  commune: isName,
  /** A name that nothing follows from: a purchase, a bank account, a group, a cause. */
  name: isName,
  channel: (part: string) => CHANNELS.some((channel) => channel === part),
  species: (part: string) => part === "BO" || part === "DE",
  round: (part: string) => /^r[1-9][0-9]*$/.test(part),
} as const;

function isName(part: string): boolean {
  return /^[A-Za-z0-9.-]+$/.test(part);
}

/** One shape of code, and what accounts of it are. Its parts are words, or after a `*` the name of what may stand there. */
export interface AccountShape {
  readonly parts: readonly string[];
  readonly kind: AccountKind;
  readonly axis: boolean;
  readonly mayBeNegative: boolean;
}

/** A part that begins with `*` is one of `PARTS`, any other stands as it is. */
const shape = (
  kind: AccountKind,
  pattern: string,
  flags: { axis?: boolean; mayBeNegative?: boolean } = {},
): AccountShape => ({
  kind,
  parts: pattern.split(":"),
  axis: flags.axis ?? true,
  mayBeNegative: flags.mayBeNegative ?? false,
});

const WORLD = { axis: false, mayBeNegative: true };
/** All shapes; the first that a code fits is its own. */
export const ACCOUNT_SHAPES: readonly AccountShape[] = [
  shape("world", "world:donor:*channel", WORLD),
  shape("world", "world:refund", WORLD),
  shape("world", "world:compensation", WORLD),
  shape("world", "world:due", WORLD),
  shape("world", "world:birth:*species", WORLD),
  shape("world", "world:death:*species", WORLD),
  shape("world", "world:market:*species", WORLD),
  shape("world", "world:duty:*species", WORLD),
  shape("clearing", "clearing:*channel:*campaign"),
  shape("suspense", "suspense:*name"),
  shape("fund", "fund:*campaign"),
  shape("commune", "commune:*commune:*campaign"),
  shape("proc", "proc:*campaign:*name"),
  shape("delivered", "delivered:*commune:*campaign:*round"),
  shape("fee", "fee:*channel:*campaign"),
  shape("refund", "refund:payable:suspense"),
  shape("refund", "refund:payable:*campaign"),
  shape("loss", "loss:*name:*campaign"),
  shape("due", "due:committee", { axis: false }),
  shape("due", "due:*commune", { axis: false }),
  shape("reserve", "reserve"),
  shape("herd", "herd:*commune:*species:*round", { axis: false }),
  shape("owed", "owed:*name:*species", { axis: false }),
];

type Named = Partial<Record<keyof typeof PARTS, string>>;

/** What stands at the named parts of a code of this shape; undefined when it has another shape. */
function read({ parts }: AccountShape, given: readonly string[]): Named | undefined {
  if (given.length !== parts.length) return undefined;
  const named: Named = {};
  for (const [index, part] of parts.entries()) {
    const text = given[index] ?? "";
    if (part.startsWith("*")) {
      const name = part.slice(1) as keyof typeof PARTS;
      if (!PARTS[name](text)) return undefined;
      named[name] = text;
    } else if (part !== text) return undefined;
  }
  return named;
}

/** What an account code says of its account; a code of no known shape is refused. */
export function accountSpec(code: string): Result<AccountSpec, ChartProblem> {
  const parts = code.split(":");
  for (const one of ACCOUNT_SHAPES) {
    const named = read(one, parts);
    if (!named) continue;
    const { kind, axis, mayBeNegative } = one;
    const { campaign, commune, species } = named;
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
