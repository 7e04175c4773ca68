/**
 * What the office publishes against the books: orders and the entries they became, promises and their pairs, which account
 * a campaign is given to, and every progress statement recomputed as of the entry it names.
 */
import type { Move } from "./replay.ts";
import type { Source } from "./source.ts";
import { by, cell, type Line, parseCsv, type Problems, type Tables, whole } from "./tables.ts";
import { campaignFigures } from "./totals.ts";

/** What an order of each kind may become. */
const BECOMES: Readonly<Record<string, readonly string[]>> = {
  disbursement: ["disbursement"],
  advance: ["advance"],
  return: ["returned-money", "unspent-advance"],
  refund: ["refund"],
  redesignation: ["redesignation", "suspense-assigned"],
  "write-off": ["loss"],
  reversal: ["reversal"],
};
/** States in which an order stands approved. */
const APPROVED = new Set(["approved", "booked"]);

/** Check all of it; answers how many lines were looked at. Files of before the office had no such tables. */
export async function checkOffice(
  source: Source,
  tables: Tables,
  moves: readonly Move[],
  problems: Problems,
): Promise<number> {
  const read = async (name: string): Promise<Line[]> => {
    const text = await source.text(`/data/v1/${name}.csv`);
    if (text === undefined && source.live) problems.push(`${name}.csv is not there`);
    return text === undefined ? [] : parseCsv(text, `${name}.csv`, problems).lines;
  };
  const orders = await read("orders");
  const uses = await read("account_uses");
  const accounts = await read("bank_accounts");
  const versions = await read("campaign_versions");
  const pairs = await read("twinning_pairs");
  const promises = await read("twinning_promises");
  const statements = await read("progress_statements");
  checkOrders(orders, tables, moves, problems);
  checkAccountUses(uses, { accounts, versions, campaigns: tables.campaigns }, problems);
  checkPromises(promises, by(pairs, "pair"), problems);
  checkStatements(statements, tables, moves, problems);
  return orders.length + uses.length + promises.length + statements.length;
}

function checkOrders(
  orders: readonly Line[],
  tables: Tables,
  moves: readonly Move[],
  problems: Problems,
): void {
  const entries = by(tables.entries, "entry");
  const campaigns = by(tables.campaigns, "campaign");
  const byEntry = Map.groupBy(moves, ({ entry }) => String(entry));
  const named = new Set<string>();
  for (const line of orders) {
    const name = `order ${cell(line, "order")}`;
    const state = cell(line, "state");
    const entry = cell(line, "entry");
    if ((state === "booked") !== (entry !== ""))
      problems.push(`${name} is ${state} and has ${entry === "" ? "no entry" : entry}`);
    for (const column of ["approved_on", "approved_by"]) {
      if (APPROVED.has(state) && cell(line, column) === "")
        problems.push(`${name} is ${state} without ${column}`);
    }
    const approvedOn = cell(line, "approved_on");
    if (approvedOn !== "" && approvedOn < cell(line, "requested_on"))
      problems.push(`${name} was approved on ${approvedOn}, before it was asked for`);
    checkPlace(name, line, campaigns, tables.places, problems);
    if (entry === "") continue;
    if (named.has(entry)) problems.push(`${name} is entry ${entry}, as another order is`);
    named.add(entry);
    const booked = entries.get(entry);
    if (!BECOMES[cell(line, "kind")]?.includes(cell(booked ?? {}, "kind")))
      problems.push(
        `${name} is a ${cell(line, "kind")}, its entry a ${cell(booked ?? {}, "kind")}`,
      );
    const moved = movedBy(byEntry.get(entry) ?? []);
    if (moved !== whole(line, "amount"))
      problems.push(`${name} is over ${cell(line, "amount")}, its entry moved ${moved}`);
    if (cell(booked ?? {}, "recorded_at").slice(0, 10) < dayBefore(approvedOn))
      problems.push(`${name} was booked before it was approved`);
  }
}

/** Days are Việt Nam's, moments UTC: up to seven hours apart. */
function dayBefore(day: string): string {
  return day === "" ? "" : new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

/** đồng that an entry moved: what one of its movements brought and the next sends on counts once. */
function movedBy(moves: readonly Move[]): bigint {
  const brought = new Set<string>();
  let sum = 0n;
  for (const { from, to, unit, amount } of moves) {
    if (unit === "VND" && !brought.has(from)) sum += amount;
    brought.add(to);
  }
  return sum;
}

/** The commune of an order is its campaign's, or what became of that. */
function checkPlace(
  name: string,
  line: Line,
  campaigns: ReadonlyMap<string, Line>,
  places: readonly Line[],
  problems: Problems,
): void {
  const campaign = campaigns.get(cell(line, "campaign"));
  const commune = cell(line, "commune");
  if (!campaign || commune === "") return;
  const codes = new Set([cell(campaign, "commune")]);
  for (let size = 0; size < codes.size;) {
    size = codes.size;
    for (const place of places) {
      const successor = cell(place, "successor");
      if (successor !== "" && codes.has(cell(place, "code"))) codes.add(successor);
    }
  }
  if (!codes.has(commune))
    problems.push(`${name} is of ${commune}, its campaign of ${[...codes].join()}`);
}

/** Which account a campaign is given to: without a gap, and the last is the one the campaign shows. */
function checkAccountUses(
  uses: readonly Line[],
  known: {
    readonly accounts: readonly Line[];
    readonly versions: readonly Line[];
    readonly campaigns: readonly Line[];
  },
  problems: Problems,
): void {
  const accounts = by(known.accounts, "bank_account");
  const ofCampaign = Map.groupBy(uses, (line) => cell(line, "campaign"));
  for (const campaign of known.campaigns) {
    const id = cell(campaign, "campaign");
    const lines = ofCampaign.get(id) ?? [];
    lines.forEach((line, at) => {
      const next = lines[at + 1];
      const since = cell(line, "since");
      if (whole(line, "n") !== BigInt(at + 1)) problems.push(`account use ${id} ${at + 1} lacks`);
      if ((cell(line, "until") === "") !== (next === undefined))
        problems.push(`account use ${id} ${at + 1} ends on "${cell(line, "until")}"`);
      if (next && cell(next, "since") < since) problems.push(`account uses of ${id} go back`);
      const account = accounts.get(cell(line, "bank_account"));
      const open = cell(account ?? {}, "valid_from") <= since;
      if (!account || !open) problems.push(`${id} used ${cell(line, "bank_account")} too early`);
    });
    if (cell(lines.at(-1) ?? {}, "bank_account") !== cell(campaign, "bank_account"))
      problems.push(`${id} shows another account than it was given last`);
  }
  for (const version of known.versions) {
    const campaign = cell(version, "campaign");
    const named = (ofCampaign.get(campaign) ?? []).some((line) => {
      const account = accounts.get(cell(line, "bank_account"));
      const [holder, bank, number] = ["holder", "bank", "number"].map((part) =>
        cell(account ?? {}, part),
      );
      return cell(version, "account") === `${holder}, ${bank} ${number}`;
    });
    if (!named)
      problems.push(
        `${campaign} version ${cell(version, "version")} names ${cell(version, "account")}`,
      );
  }
}

/** A promise is its pair's, for a year of the pair, and each new version follows the one before. */
function checkPromises(
  promises: readonly Line[],
  pairs: ReadonlyMap<string, Line>,
  problems: Problems,
): void {
  const versions = new Map<string, bigint[]>();
  for (const line of promises) {
    const name = `promise ${cell(line, "promise")}`;
    const pair = pairs.get(cell(line, "pair"));
    if (!pair) continue;
    const year = cell(line, "year");
    const last = cell(pair, "valid_to").slice(0, 4);
    if (last !== "" && year > last) problems.push(`${name} is for ${year}, after its pair ended`);
    const answered = cell(line, "answered_on");
    if ((cell(line, "answer") === "waiting") !== (answered === ""))
      problems.push(`${name} is ${cell(line, "answer")} and was answered on "${answered}"`);
    if (answered !== "" && answered < cell(line, "promised_on"))
      problems.push(`${name} was answered before it was made`);
    const of = ["pair", "commune", "commune_from", "year", "model"].map((one) => cell(line, one));
    const key = of.join(" ");
    versions.set(key, [...(versions.get(key) ?? []), whole(line, "version")]);
  }
  for (const [of, numbers] of versions) {
    const rising = numbers.toSorted((a, b) => (a < b ? -1 : 1));
    if (rising.some((n, at) => n !== BigInt(at + 1)))
      problems.push(`promises ${of} have versions ${rising.join()}`);
  }
}

/** Every figure of a progress statement, from the books up to the entry it names. */
function checkStatements(
  statements: readonly Line[],
  tables: Tables,
  moves: readonly Move[],
  problems: Problems,
): void {
  const last = new Map<string, Line>();
  for (const line of statements) {
    const campaign = cell(line, "campaign");
    const entry = whole(line, "entry");
    const until = moves.filter((move) => move.entry <= entry);
    const sums = campaignFigures(tables, until).get(campaign);
    const told: Record<string, bigint | undefined> = {
      received: sums?.received,
      disbursed: sums?.disbursed,
      delivered: sums?.delivered,
      spent: spentOf(campaign, tables, until),
      ...headsOf(campaign, tables, entry),
    };
    for (const [figure, value] of Object.entries(told)) {
      if (value !== whole(line, figure))
        problems.push(
          `${campaign} statement ${cell(line, "n")}: ${figure} ${cell(line, figure)}, recomputed ${value}`,
        );
    }
    const before = last.get(campaign);
    const follows = before
      ? whole(line, "n") === whole(before, "n") + 1n &&
        cell(line, "filed_on") > cell(before, "filed_on") &&
        entry >= whole(before, "entry")
      : cell(line, "n") === "1";
    if (!follows) problems.push(`${campaign}: statement ${cell(line, "n")} does not follow`);
    last.set(campaign, line);
  }
}

/** What the commune paid for purchases, less what came back of it. */
function spentOf(campaign: string, tables: Tables, moves: readonly Move[]): bigint {
  const accounts = by(tables.accounts, "account");
  const kind = (account: string) => {
    const line = accounts.get(account);
    return line && cell(line, "campaign") === campaign ? cell(line, "kind") : "";
  };
  let sum = 0n;
  for (const { from, to, amount } of moves) {
    if (kind(from) === "commune" && kind(to) === "proc") sum += amount;
    if (kind(from) === "proc" && kind(to) === "commune") sum -= amount;
  }
  return sum;
}

/** Living, lost and born animals of a campaign after an entry; what was reversed by then never was. */
function headsOf(campaign: string, tables: Tables, entry: bigint): Record<string, bigint> {
  const reversed = new Set(
    tables.entries.flatMap((line) =>
      whole(line, "entry") <= entry && cell(line, "reverses") !== ""
        ? [cell(line, "reverses")]
        : [],
    ),
  );
  const stands = (line: Line) =>
    whole(line, "entry") <= entry && !reversed.has(cell(line, "entry"));
  const events = Map.groupBy(tables.animal_events.filter(stands), (line) => cell(line, "animal"));
  const heads = { alive: 0n, lost: 0n, born: 0n };
  for (const line of tables.animals) {
    const counted = ["BO", "DE"].includes(cell(line, "species"));
    if (cell(line, "campaign") !== campaign || !counted || !stands(line)) continue;
    const kinds = (events.get(cell(line, "animal")) ?? []).map((event) => cell(event, "kind"));
    if (!kinds.some((kind) => kind === "handed-over" || kind === "born")) continue;
    if (kinds.some((kind) => kind === "died" || kind === "returned")) heads.lost += 1n;
    else heads.alive += 1n;
    if (cell(line, "dam") !== "") heads.born += 1n;
  }
  return heads;
}
