import { expect, test } from "vitest";

import { importsOf, sourceFiles, textOf } from "../support/source-tree.ts";

const modules = sourceFiles().filter(
  (path) => /^(app|db|bin)\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path),
);
const known = new Set(modules);

/** What a module imports of ours, imports of types included. */
const arrows = new Map(
  modules.map((path) => [
    path,
    importsOf(textOf(path))
      .map((name) => pathOf(path, name))
      .filter((target) => known.has(target)),
  ]),
);

function pathOf(from: string, name: string): string {
  if (name.startsWith("#")) return name.slice(1);
  return name.startsWith(".") ? new URL(name, `file:///${from}`).pathname.slice(1) : name;
}

/** The same arrows between rooms. */
function between(roomOf: (path: string) => string): Map<string, string[]> {
  const found = new Map<string, Set<string>>();
  for (const [from, targets] of arrows) {
    const room = roomOf(from);
    const others = found.get(room) ?? new Set();
    for (const target of targets) if (roomOf(target) !== room) others.add(roomOf(target));
    found.set(room, others);
  }
  return new Map([...found].map(([room, others]) => [room, [...others]]));
}

/** Groups in which everything reaches everything else (Tarjan), of two or more. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): void => {
    order.set(node, order.size);
    lowest.set(node, order.get(node)!);
    open.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next))
        lowest.set(node, Math.min(lowest.get(node)!, lowest.get(next) ?? order.get(next)!));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const circle = open.splice(open.indexOf(node));
    if (circle.length > 1) found.push(circle.toSorted());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
}

const HOUSE = /^(app\/(?:adapters|domain|front|i18n|requests|routes|ui)|db|bin)\//;
const houseRoom = (path: string) => HOUSE.exec(path)?.[1] ?? path;
const domainRoom = (path: string) => /^app\/domain\/[^/]+/.exec(path)?.[0] ?? "outside";

/** The floors of the house (docs/architecture.md): an arrow goes down. Rooms of one floor do not know each other. */
const FLOORS: readonly (readonly string[])[] = [
  ["bin"],
  ["app/server.ts", "app/routes.ts", "app/entry.server.tsx", "app/entry.client.tsx"],
  ["app/root.tsx", "app/routes"],
  ["app/ui", "app/front"],
  ["app/adapters", "app/requests"],
  ["db"],
  ["app/i18n"],
  ["app/domain"],
];
const floorOf = (room: string) => FLOORS.findIndex((rooms) => rooms.includes(room));

test("circles are found where there are some", () => {
  const graph = new Map([
    ["a", ["b"]],
    ["b", ["c"]],
    ["c", ["b"]],
    ["d", ["a", "c"]],
  ]);
  expect(circles(graph)).toEqual([["b", "c"]]);
});

test("no module imports itself in a circle, not by types either", () => {
  expect(modules.length).toBeGreaterThan(600);
  expect(circles(arrows)).toEqual([]);
});

test("no room of the domain, and none of the house, stands in a circle with another", () => {
  const domain = between(domainRoom);
  domain.delete("outside");
  expect(circles(domain)).toEqual([]);
  expect(circles(between(houseRoom))).toEqual([]);
});

test("every arrow between the rooms of the house goes down", () => {
  const up = [...between(houseRoom)].flatMap(([room, others]) =>
    others.filter((other) => floorOf(other) <= floorOf(room)).map((other) => `${room} -> ${other}`),
  );
  expect([...between(houseRoom).keys()].filter((room) => floorOf(room) < 0)).toEqual([]);
  expect(up).toEqual([]);
});

test("docs/architecture.md names every room of the domain", () => {
  const rooms = new Set([...arrows.keys()].map(domainRoom).filter((room) => room !== "outside"));
  const page = textOf("docs/architecture.md");
  const unnamed = [...rooms]
    .map((room) => room.replace("app/domain/", ""))
    .filter((room) => !page.includes(`\`${room}\``));
  expect(unnamed).toEqual([]);
});
