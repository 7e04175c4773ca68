import { describe, expect, test } from "vitest";

import type { Flow, FlowNode } from "#app/domain/donations/flow.ts";

import { bandPath, layFlow } from "./flow-layout.ts";

const SIZES = { width: 1000, full: 200, bar: 12, slot: 40, gap: 8, margin: 10, last: 150 };

const node = (id: string, column: number, amount: bigint): FlowNode => ({
  id,
  column,
  amount,
  kind: column === 0 ? "gift" : "thing",
  rest: 0n,
  campaign: null,
  commune: null,
  animal: id,
  count: 0,
  entry: null,
});

const FLOW: Flow = {
  amount: 25_000_000n,
  columns: 3,
  nodes: [
    node("gift", 0, 25_000_000n),
    node("fund", 1, 25_000_000n),
    node("a", 2, 20_000_000n),
    node("b", 2, 4_999_999n),
    node("c", 2, 1n),
  ],
  links: [
    { from: "gift", to: "fund", amount: 25_000_000n },
    { from: "fund", to: "a", amount: 20_000_000n },
    { from: "fund", to: "b", amount: 4_999_999n },
    { from: "fund", to: "c", amount: 1n },
  ],
  young: [
    { id: "calf", dam: "a", bornOn: null, more: 0 },
    { id: "kid", dam: "c", bornOn: null, more: 2 },
  ],
};

describe("a flow picture", () => {
  const laid = layFlow(FLOW, SIZES);
  const at = (id: string) => laid.nodes.find((one) => one.id === id)!;

  test("is on one scale: the whole gift is as high as asked for, parts in proportion", () => {
    expect(at("gift").height).toBe(200);
    expect(at("a").height).toBeCloseTo(160, 6);
    expect(at("c").height).toBeGreaterThan(0);
  });

  test("has bands that fill the bars they leave and reach, exactly and without a gap", () => {
    for (const { id, y, height } of laid.nodes.filter(({ column }) => column < 2)) {
      const leaving = laid.links.filter(({ from }) => from === id).toSorted((a, b) => a.y0 - b.y0);
      let next = y;
      for (const band of leaving) {
        expect(band.y0).toBeCloseTo(next, 6);
        next += band.height;
      }
      expect(next).toBeCloseTo(y + height, 6);
    }
    for (const { to, y1, height } of laid.links.filter((band) => band.from === "fund")) {
      expect(y1).toBeCloseTo(at(to).y, 6);
      expect(height).toBeCloseTo(at(to).height, 6);
    }
  });

  test("gives every label room and stays inside its frame", () => {
    for (const column of [0, 1, 2]) {
      const stack = laid.nodes.filter((one) => one.column === column);
      stack.slice(1).forEach((one, place) => {
        expect(one.y - stack[place]!.y).toBeGreaterThanOrEqual(SIZES.slot);
      });
    }
    const bottoms = [
      ...laid.nodes.map(({ y, height }) => y + height),
      ...laid.young.map(({ y }) => y + SIZES.slot),
    ];
    expect(Math.max(...bottoms)).toBeLessThanOrEqual(laid.height);
    expect(laid.nodes.at(-1)!.x + SIZES.bar + SIZES.last).toBeLessThanOrEqual(SIZES.width);
  });

  test("sets young in a column of their own, never on one another", () => {
    const [calf, kid] = laid.young;
    expect(calf!.x).toBeGreaterThan(at("a").x + SIZES.bar);
    expect(kid!.y - calf!.y).toBeGreaterThanOrEqual(SIZES.slot);
  });

  test("keeps its proportions for sums no number can hold", () => {
    const huge = 10n ** 30n;
    const nodes = [node("gift", 0, huge), node("a", 1, huge / 4n)];
    const one = layFlow({ ...FLOW, amount: huge, columns: 2, nodes, links: [], young: [] }, SIZES);
    expect(one.nodes[1]!.height).toBeCloseTo(50, 6);
  });

  test("writes a closed outline", () => {
    const [band] = laid.links;
    expect(bandPath(band!)).toMatch(/^M[\d. ]+C[\d. ]+V[\d.]+C[\d. ]+Z$/);
  });
});
