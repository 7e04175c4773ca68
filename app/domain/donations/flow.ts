/**
 * The flow picture of a gift: nodes in columns, joined by bands whose width is đồng.
 *
 *   gift ── fund ── commune ─┬─ cow 1 ·· calf
 *                            └─ cow 2
 *
 * Detours that were undone (an advance that came back, a reversed transfer) are left out: the timeline tells them.
 */
import type { Day } from "../kernel/calendar.ts";
import { accountSpec } from "../ledger/chart.ts";
import type { Piece } from "../ledger/trace.ts";
import { thingOf } from "./became.ts";
import type { Ending } from "./course.ts";

type FlowKind =
  | "gift"
  | "suspense"
  | "clearing"
  | "fund"
  | "commune"
  | "buying"
  | "thing"
  | "more"
  | "fee"
  | "refund"
  | "undone"
  | "reserve"
  | "lost";

/** A bar of the picture. */
export interface FlowNode {
  readonly id: string;
  readonly kind: FlowKind;
  readonly column: number;
  /** đồng of the gift that reached it. */
  readonly amount: bigint;
  /** đồng that stand there still. */
  readonly rest: bigint;
  readonly campaign: string | null;
  readonly commune: string | null;
  /** Code of the thing; null unless `kind` is `thing`. */
  readonly animal: string | null;
  /** How many things `more` stands for. */
  readonly count: number;
  /** Entry that brought the first đồng there; null for the gift itself. */
  readonly entry: number | null;
}

/** A band: `amount` đồng from one bar to another. */
export interface FlowLink {
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
}

/** The eldest young of a thing in the picture; no đồng flow there, so it is a line and not a band. */
export interface FlowYoung {
  readonly id: string;
  readonly dam: string;
  readonly bornOn: Day | null;
  /** Younger ones of the same dam, which are not drawn. */
  readonly more: number;
}

export interface Flow {
  readonly amount: bigint;
  /** In order of column, then of numbers. */
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
  readonly young: readonly FlowYoung[];
  readonly columns: number;
}

/** Things drawn one by one; further ones are drawn as one bar. */
const MOST_THINGS = 10;

/** Build the picture from the ends of a course. `young` are shown beside their dams where those are drawn. */
export function flowOf(
  endings: readonly Ending[],
  { amount, entry }: { readonly amount: bigint; readonly entry: number },
  young: readonly { code: string; dam: string | null; bornOn: Day | null }[],
): Flow {
  const things = [...new Set(endings.flatMap(({ way }) => thingOf(way) ?? []))];
  const drawn = new Set(things.length > MOST_THINGS ? things.slice(0, MOST_THINGS - 1) : things);
  const nodes = new Map<string, Draft>();
  const links = new Map<string, FlowLink>();
  for (const ending of endings) {
    const stops = stopsOf(ending, entry, drawn, things.length - drawn.size);
    stops.forEach((stop, place) => {
      const node = nodes.get(stop.id) ?? { ...stop, place, amount: 0n, rest: 0n };
      node.amount += ending.amount;
      if (place === stops.length - 1) node.rest += ending.amount;
      nodes.set(stop.id, node);
      const before = stops[place - 1];
      if (!before) return;
      const key = `${before.id}>${stop.id}`;
      const carried = (links.get(key)?.amount ?? 0n) + ending.amount;
      links.set(key, { from: before.id, to: stop.id, amount: carried });
    });
  }
  const columns = columnsOf(nodes, [...links.values()]);
  const placed = [...nodes.values()]
    .map(({ place: _place, ...node }) => ({ ...node, column: columns.get(node.id) ?? 0 }))
    .toSorted((a, b) => a.column - b.column);
  const shown = [...drawn].flatMap((dam) => {
    const hers = young.filter((one) => one.dam === dam);
    const [eldest] = hers;
    return eldest ? [{ id: eldest.code, dam, bornOn: eldest.bornOn, more: hers.length - 1 }] : [];
  });
  return {
    amount,
    nodes: placed,
    links: [...links.values()],
    young: shown,
    columns: Math.max(0, ...columns.values()) + 1,
  };
}

type Stop = Omit<FlowNode, "column" | "amount" | "rest">;
interface Draft extends Stop {
  place: number;
  amount: bigint;
  rest: bigint;
}

function stopsOf(
  { way }: Ending,
  received: number,
  drawn: ReadonlySet<string>,
  others: number,
): Stop[] {
  const thing = thingOf(way);
  const passed = thing === undefined ? way : way.slice(0, thingPlace(way) + 1);
  const stops: Stop[] = [{ ...bare("gift", "gift"), entry: null }];
  passed.forEach((piece, place) => {
    const last = place === passed.length - 1;
    const stop = stopOf(piece, received, last ? thing : undefined, drawn, others);
    // On the way through, waiting rooms are not drawn; where money still waits they are.
    if (!last && (stop.kind === "buying" || stop.kind === "clearing" || stop.kind === "suspense")) {
      return;
    }
    const seen = stops.findIndex(({ id }) => id === stop.id);
    if (seen >= 0) stops.length = seen + 1;
    else stops.push(stop);
  });
  return stops;
}

function thingPlace(way: readonly Piece[]): number {
  return way.findLastIndex(({ account }) => account.startsWith("delivered:"));
}

function stopOf(
  piece: Piece,
  received: number,
  thing: string | undefined,
  drawn: ReadonlySet<string>,
  others: number,
): Stop {
  const entry = piece.entry ?? received;
  if (thing !== undefined) {
    return drawn.has(thing)
      ? { ...bare(`thing:${thing}`, "thing"), animal: thing, entry }
      : { ...bare("more", "more"), count: others, entry };
  }
  const spec = accountSpec(piece.account);
  const named = {
    campaign: (spec.ok ? spec.value.campaign : undefined) ?? null,
    commune: (spec.ok ? spec.value.commune : undefined) ?? null,
    entry,
  };
  const kind = kindOf(piece.account, spec.ok ? spec.value.kind : undefined);
  const id = kind === "refund" || kind === "undone" ? kind : piece.account;
  return { ...bare(id, kind), ...named };
}

function kindOf(account: string, kind: string | undefined): FlowKind {
  switch (kind) {
    case "suspense":
    case "clearing":
    case "fund":
    case "commune":
    case "fee":
    case "refund":
    case "reserve":
      return kind;
    case "proc":
    case "delivered":
      return "buying";
    case "loss":
      return "lost";
    default:
      return account === "world:refund" ? "refund" : "undone";
  }
}

function bare(id: string, kind: FlowKind): Stop {
  return { id, kind, campaign: null, commune: null, animal: null, count: 0, entry: null };
}

/** Longest way from the gift; bounded, should bands ever form a ring. */
function columnsOf(
  nodes: ReadonlyMap<string, Draft>,
  links: readonly FlowLink[],
): Map<string, number> {
  const columns = new Map([...nodes.keys()].map((id) => [id, 0]));
  for (let round = 0; round < nodes.size; round += 1) {
    let moved = false;
    for (const { from, to } of links) {
      const least = (columns.get(from) ?? 0) + 1;
      if ((columns.get(to) ?? 0) < least && least < nodes.size) {
        columns.set(to, least);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return columns;
}
