/**
 * Where the bars and bands of a flow picture stand. Plain arithmetic, so that it is the same on every server:
 *
 *   column 0   column 1   column 2
 *   ┃gift  ════┃fund ═════┃cow 1
 *   ┃      ════┃     ═════┃cow 2
 *
 * Heights are đồng on one scale for the whole picture. Bands leave and reach a bar from the top in the order of their
 * other ends, so they do not cross more than they must, and they fill it exactly, but for what stands still there.
 */
import type { Flow, FlowLink, FlowNode, FlowYoung } from "#app/domain/donations/flow.ts";

/** A bar. */
export interface PlacedNode extends FlowNode {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** A band: from a stretch of one bar's right side to a stretch of another's left side, equally high. */
export interface PlacedLink extends FlowLink {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly height: number;
}

/** A line from a thing to its young. */
export interface PlacedYoung extends FlowYoung {
  readonly x0: number;
  readonly y0: number;
  readonly x: number;
  readonly y: number;
}

export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  readonly bar: number;
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
  readonly young: readonly PlacedYoung[];
  /** Empty bars for stages still to come. */
  readonly ahead: readonly { readonly x: number; readonly y: number; readonly height: number }[];
}

/** Sizes in px. */
export interface FlowSizes {
  readonly width: number;
  /** Height of the whole gift. */
  readonly full: number;
  /** Width of a bar. */
  readonly bar: number;
  /** Least room for a bar with its label. */
  readonly slot: number;
  readonly gap: number;
  readonly margin: number;
  /** Room for the labels of the last column. */
  readonly last: number;
}

/** Side of the square that stands for one of the young. */
export const YOUNG = 14;

/** Place everything; `ahead` is how many stages are still to come. */
export function layFlow(flow: Flow, sizes: FlowSizes, ahead = 0): FlowLayout {
  const columns = flow.columns + (flow.young.length > 0 ? 1 : 0) + ahead;
  const step =
    columns < 2 ? 0 : (sizes.width - 2 * sizes.margin - sizes.bar - sizes.last) / (columns - 1);
  const xOf = (column: number) => sizes.margin + column * step;
  const heightOf = (amount: bigint) => scaled(amount, flow.amount, sizes.full);

  const stacks = Array.from({ length: flow.columns }, (_, column) =>
    flow.nodes.filter((node) => node.column === column),
  );
  const youngSlots = flow.young.length * sizes.slot;
  const tall = Math.max(
    youngSlots,
    ...stacks.map((stack) =>
      stackHeight(
        stack.map(({ amount }) => heightOf(amount)),
        sizes,
      ),
    ),
  );
  const nodes = stacks.flatMap((stack, column) => {
    const heights = stack.map(({ amount }) => heightOf(amount));
    let y = sizes.margin + (tall - stackHeight(heights, sizes)) / 2;
    return stack.map((node, place): PlacedNode => {
      const height = heights[place] ?? 0;
      const placed = { ...node, x: xOf(column), y, height };
      y += Math.max(height, sizes.slot) + sizes.gap;
      return placed;
    });
  });
  return {
    width: sizes.width,
    height: tall + 2 * sizes.margin,
    bar: sizes.bar,
    nodes,
    links: bands(flow.links, nodes, sizes.bar, heightOf),
    young: litter(flow.young, nodes, xOf(columns - 1), tall, sizes),
    ahead: Array.from({ length: ahead }, (_, place) => ({
      x: xOf(flow.columns + place),
      y: sizes.margin + (tall - sizes.full) / 2,
      height: sizes.full,
    })),
  };
}

/** Outline of a band as an SVG path. */
export function bandPath({ x0, y0, x1, y1, height }: PlacedLink): string {
  const middle = round((x0 + x1) / 2);
  const [a, b, c, d] = [y0, y1, y1 + height, y0 + height].map(round);
  return `M${round(x0)} ${a}C${middle} ${a} ${middle} ${b} ${round(x1)} ${b}V${c}C${middle} ${c} ${middle} ${d} ${round(x0)} ${d}Z`;
}

/** Two decimals are enough for a picture, and short. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function stackHeight(heights: readonly number[], { slot, gap }: FlowSizes): number {
  if (heights.length === 0) return 0;
  return (
    heights.reduce((sum, height) => sum + Math.max(height, slot), 0) + gap * (heights.length - 1)
  );
}

/** `part` of `whole` as px of `full`. đồng can pass what a number holds exactly, so the ratio is taken in bigint. */
function scaled(part: bigint, whole: bigint, full: number): number {
  if (whole <= 0n) return 0;
  return (Number((part * 1_000_000_000n) / whole) / 1_000_000_000) * full;
}

function bands(
  links: readonly FlowLink[],
  nodes: readonly PlacedNode[],
  bar: number,
  heightOf: (amount: bigint) => number,
): PlacedLink[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const yOf = (id: string) => byId.get(id)?.y ?? 0;
  const left = new Map<string, number>();
  const reached = new Map<string, number>();
  const starts = new Map<FlowLink, number>();
  for (const link of links.toSorted((a, b) => yOf(a.to) - yOf(b.to))) {
    const from = left.get(link.from) ?? 0;
    starts.set(link, from);
    left.set(link.from, from + heightOf(link.amount));
  }
  return links
    .toSorted((a, b) => yOf(a.from) - yOf(b.from))
    .flatMap((link) => {
      const from = byId.get(link.from);
      const to = byId.get(link.to);
      if (!from || !to) return [];
      const at = reached.get(link.to) ?? 0;
      const height = heightOf(link.amount);
      reached.set(link.to, at + height);
      return [
        {
          ...link,
          x0: from.x + bar,
          y0: from.y + (starts.get(link) ?? 0),
          x1: to.x,
          y1: to.y + at,
          height,
        },
      ];
    });
}

/** Young stand beside their dams where there is room, below one another where not. */
function litter(
  young: readonly FlowYoung[],
  nodes: readonly PlacedNode[],
  x: number,
  tall: number,
  { slot, bar, margin }: FlowSizes,
): PlacedYoung[] {
  const dams = new Map(
    nodes.flatMap((node) => (node.animal === null ? [] : [[node.animal, node]])),
  );
  let next = margin;
  const sorted = young.toSorted((a, b) => (dams.get(a.dam)?.y ?? 0) - (dams.get(b.dam)?.y ?? 0));
  return sorted.flatMap((one, place) => {
    const dam = dams.get(one.dam);
    if (!dam) return [];
    // Leave room below for those still to come.
    const lowest = margin + tall - (sorted.length - place) * slot;
    const y = Math.max(next, Math.min(dam.y, lowest));
    next = y + slot;
    return [{ ...one, x0: dam.x + bar, y0: dam.y + YOUNG / 2 + 2, x, y }];
  });
}
