import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { BookedMovement } from "../ledger/movement.ts";
import { traceForward } from "../ledger/trace.ts";
import { clausesOf, outcomeOf } from "./became.ts";
import { courseOf, endingsOf, piecesOf } from "./course.ts";
import { flowOf } from "./flow.ts";
import type { GiftFile, StoryAnimal, StoryEntry, StoryEvent } from "./ports.ts";
import { tellStory } from "./story.ts";

/** A fund of two gifts, 25 and 5 million, whose 25 million were sent on, set aside, and made into two cows. */
const GIFT = 25_000_000n;
const FUND = "fund:LD1";
const COMMUNE = "commune:20455:LD1";
const PROC = "proc:LD1:P01";
const DELIVERED = "delivered:20455:LD1:r1";

const bring = (entry: number, amount: bigint, toLo: bigint): BookedMovement => ({
  entry,
  n: 0,
  from: "world:donor:bank",
  to: FUND,
  amount,
  toLo,
});
const move = (
  entry: number,
  [from, to]: readonly [string, string],
  amount: bigint,
  [fromLo, toLo]: readonly [bigint, bigint],
  more: Partial<BookedMovement> = {},
): BookedMovement => ({ entry, n: 0, from, to, amount, fromLo, toLo, ...more });

const RECEIVED = [bring(1, GIFT, 1n), bring(2, 5_000_000n, 25_000_001n)];
const SENT = move(3, [FUND, COMMUNE], 30_000_000n, [1n, 1n]);
const SET_ASIDE = move(4, [COMMUNE, PROC], 30_000_000n, [1n, 1n]);
const COWS = [
  move(5, [PROC, DELIVERED], 20_000_000n, [1n, 1n], { animal: "LD1-0001" }),
  move(5, [PROC, DELIVERED], 8_000_000n, [20_000_001n, 20_000_001n], { n: 1, animal: "LD1-0002" }),
];

const cow = (code: string, price: bigint, events: Partial<StoryEvent>[] = []): StoryAnimal => ({
  code,
  species: "BO",
  campaign: "LD1",
  commune: "20455",
  round: 1,
  entry: 5,
  price,
  dam: null,
  bornOn: null,
  sex: "F",
  priceReason: null,
  undone: false,
  events: events.map((event, n) => ({
    animal: code,
    n,
    kind: "handed-over",
    on: "2024-06-19",
    entry: 5,
    household: "H-LD1-018",
    other: null,
    cause: null,
    undone: false,
    ...event,
  })),
});
const CALF: StoryAnimal = {
  ...cow("LD1-0009", 0n),
  price: null,
  dam: "LD1-0001",
  bornOn: "2026-02-08",
  entry: 6,
};

const entry = (number: number, kind: string, more: Partial<StoryEntry> = {}): StoryEntry => ({
  number,
  kind,
  effectiveOn: "2024-06-19",
  recordedAt: Date.UTC(2024, 5, 20) / 1000,
  reverses: null,
  reversedBy: null,
  reason: null,
  amount: 30_000_000n,
  evidence: [],
  ...more,
});

function file(
  movements: readonly BookedMovement[],
  animals: readonly StoryAnimal[],
  entries: readonly StoryEntry[],
): GiftFile {
  return {
    gift: {
      code: "QNAAAAAA1",
      entry: 1,
      pledge: null,
      campaign: "LD1",
      channel: "bank",
      account: FUND,
      lo: 1n,
      amount: GIFT,
      receivedOn: "2024-03-14",
      donorName: null,
    },
    campaigns: [
      {
        id: "LD1",
        slug: "bo",
        species: "BO",
        titleVi: "",
        titleEn: "",
        commune: "20455",
        communeFrom: "2021-11-01",
        passOnHeads: 1,
        passOnAgeDays: 365,
      },
    ],
    pieces: traceForward(movements, FUND, { lo: 1n, length: GIFT }),
    entries,
    animals,
    places: [],
    siblings: [],
  };
}

const ENTRIES = [
  entry(1, "donation-received"),
  entry(3, "disbursement"),
  entry(4, "advance"),
  entry(5, "purchase"),
  entry(6, "birth"),
];

describe("a gift that became a cow, part of a second, and a calf", () => {
  const told = tellStory(
    file(
      [...RECEIVED, SENT, SET_ASIDE, ...COWS],
      [cow("LD1-0001", 20_000_000n, [{}]), cow("LD1-0002", 8_000_000n, [{}]), CALF],
      ENTRIES,
    ),
  )!;

  it("says exactly that", () => {
    expect(told.clauses).toEqual([
      { is: "whole", species: "BO", count: 1 },
      { is: "part-next", species: "BO", nth: 2 },
      { is: "offspring", species: "BO", count: 1, shared: false, more: false },
    ]);
    expect(told.state).toBe("delivered");
    expect(told.outcome.shares.map(({ animal, amount }) => [animal, amount])).toEqual([
      ["LD1-0001", 20_000_000n],
      ["LD1-0002", 5_000_000n],
    ]);
  });

  it("has only a part of the young of a cow that is partly its own", () => {
    const shared = tellStory(
      file(
        [...RECEIVED, SENT, SET_ASIDE, ...COWS],
        [
          cow("LD1-0001", 20_000_000n, [{}]),
          cow("LD1-0002", 8_000_000n, [{}]),
          { ...CALF, dam: "LD1-0002" },
          { ...CALF, code: "LD1-0011", dam: "LD1-0009" },
        ],
        ENTRIES,
      ),
    )!;
    expect(shared.clauses.at(-1)).toEqual({
      is: "offspring",
      species: "BO",
      count: 2,
      shared: true,
      more: false,
    });
  });

  it("draws gift, fund, commune and the two cows, without the purchase it only passed through", () => {
    expect(told.flow.nodes.map(({ id, column }) => [id, column])).toEqual([
      ["gift", 0],
      [FUND, 1],
      [COMMUNE, 2],
      ["thing:LD1-0001", 3],
      ["thing:LD1-0002", 3],
    ]);
    expect(told.flow.young).toEqual([
      { id: "LD1-0009", dam: "LD1-0001", bornOn: "2026-02-08", more: 0 },
    ]);
    expect(told.flow.nodes[1]?.entry).toBe(1);
  });

  it("tells each entry once, in order, with this gift's part of it", () => {
    expect(told.steps.map(({ entry: number, amount }) => [number, amount])).toEqual([
      [1, GIFT],
      [3, GIFT],
      [4, GIFT],
      [5, GIFT],
      [6, 0n],
    ]);
    const purchase = told.steps.find(({ kind }) => kind === "purchase");
    expect(purchase?.things.map(({ animal, amount }) => [animal, amount])).toEqual([
      ["LD1-0001", 20_000_000n],
      ["LD1-0002", 5_000_000n],
    ]);
    expect(told.steps[1]?.numbers).toEqual({ lo: 1n, hi: GIFT });
    expect(told.steps.at(-1)?.things[0]?.dueOn).toBe("2027-02-08");
  });
});

describe("a gift that did not get so far", () => {
  it("says so plainly while nothing has moved", () => {
    const told = tellStory(file(RECEIVED, [], ENTRIES))!;
    expect(told.clauses).toEqual([{ is: "fund", amount: GIFT, all: true }]);
    expect(told.state).toBe("waiting");
  });

  it("keeps what is left at the commune apart from what became a cow", () => {
    const animals = [cow("LD1-0001", 20_000_000n, [{}])];
    const part = move(4, [COMMUNE, PROC], 20_000_000n, [1n, 1n]);
    const told = tellStory(file([...RECEIVED, SENT, part, COWS[0]!], animals, ENTRIES))!;
    expect(told.clauses).toEqual([
      { is: "whole", species: "BO", count: 1 },
      { is: "commune", amount: 5_000_000n, all: false },
    ]);
    expect(told.state).toBe("moving");
  });

  it("forgets a detour that was undone, in the picture and not in the steps", () => {
    const back = move(7, [COMMUNE, FUND], 30_000_000n, [1n, 30_000_001n]);
    const told = tellStory(
      file([...RECEIVED, SENT, back], [], [...ENTRIES, entry(7, "reversal", { reverses: 3 })]),
    )!;
    expect(told.flow.nodes.map(({ id }) => id)).toEqual(["gift", FUND]);
    expect(told.steps.map(({ kind }) => kind)).toEqual([
      "donation-received",
      "disbursement",
      "reversal",
    ]);
    expect(told.clauses).toEqual([{ is: "fund", amount: GIFT, all: true }]);
  });

  it("counts a refund once, though its đồng move twice", () => {
    const payable = "refund:payable:LD1";
    const refund = [
      move(8, [FUND, payable], GIFT, [1n, 1n]),
      { entry: 8, n: 1, from: payable, to: "world:refund", amount: GIFT, fromLo: 1n },
    ];
    const told = tellStory(file([...RECEIVED, ...refund], [], [...ENTRIES, entry(8, "refund")]))!;
    expect(told.steps.at(-1)?.amount).toBe(GIFT);
    expect(told.clauses).toEqual([{ is: "refunded", amount: GIFT, all: true }]);
    expect(told.state).toBe("undone");
  });
});

it.each([
  ["chargeback", "taken-back"],
  ["donation-expired", "never-came"],
  ["reversal", "undone"],
] as const)(
  "says of money that left by a %s that it is %s, beside what is there still",
  (kind, stop) => {
    const left = {
      entry: 8,
      n: 0,
      from: FUND,
      to: "world:donor:bank",
      amount: 5_000_000n,
      fromLo: 1n,
    };
    const told = tellStory(file([...RECEIVED, left], [], [...ENTRIES, entry(8, kind)]))!;
    expect(told.clauses).toEqual([
      { is: "fund", amount: 20_000_000n, all: false },
      { is: stop, amount: 5_000_000n, all: false },
    ]);
    expect(told.outcome.standing).toHaveLength(2);
  },
);

describe("what is taken back of a gift that is spent", () => {
  const spent = [...RECEIVED, SENT, SET_ASIDE, ...COWS];
  const cows = [cow("LD1-0001", 20_000_000n), cow("LD1-0002", 8_000_000n)];
  const taken = entry(8, "chargeback", { amount: 7_000_000n, reason: "disputed" });

  it.each([
    ["chargeback", taken],
    ["refund", entry(8, "refund", { amount: 7_000_000n })],
  ])("a %s paid by the reserve is a step of the gift, and its cows stay", (kind, paid) => {
    const before = tellStory(file(spent, cows, ENTRIES))!;
    const told = tellStory(file(spent, cows, [...ENTRIES, paid]))!;
    expect(told.clauses).toEqual(before.clauses);
    expect(told.steps).toHaveLength(before.steps.length + 1);
    expect(told.steps.at(-1)).toMatchObject({
      entry: 8,
      kind,
      stage: "undone",
      amount: 7_000_000n,
      things: [],
    });
  });

  it("an entry that only stands in the file is no step", () => {
    const other = entry(8, "purchase");
    expect(tellStory(file(spent, cows, [...ENTRIES, other]))!.steps.at(-1)?.entry).not.toBe(8);
  });

  it("a dispute that was won is told with both its entries", () => {
    const left = { entry: 8, n: 0, from: FUND, to: "world:donor:bank", amount: GIFT, fromLo: 1n };
    const won = [
      { ...taken, amount: GIFT, reversedBy: 9 },
      entry(9, "reversal", { reverses: 8, amount: GIFT, reason: "dispute-won" }),
    ];
    const told = tellStory(file([...RECEIVED, left], [], [...ENTRIES, ...won]))!;
    expect(told.clauses).toEqual([{ is: "won-back", amount: GIFT, all: true }]);
    expect(told.steps.slice(-2).map(({ kind, amount }) => [kind, amount])).toEqual([
      ["chargeback", GIFT],
      ["reversal", GIFT],
    ]);
  });
});

describe("a cow that died", () => {
  const died = move(9, [DELIVERED, "loss:disease:LD1"], 20_000_000n, [1n, 1n], {
    animal: "LD1-0001",
  });
  const dead: Partial<StoryEvent> = { kind: "died", entry: 9, cause: "disease", on: "2025-01-05" };
  const tell = (events: Partial<StoryEvent>[]) =>
    tellStory(
      file(
        [...RECEIVED, SENT, SET_ASIDE, ...COWS, died],
        [cow("LD1-0001", 20_000_000n, [{}, ...events]), cow("LD1-0002", 8_000_000n, [{}])],
        [...ENTRIES, entry(9, "loss")],
      ),
    )!;

  it("is told as dead, and still as this gift's", () => {
    const told = tell([dead]);
    expect(told.clauses).toEqual([
      { is: "part", species: "BO", count: 1, more: false },
      { is: "dead", species: "BO", count: 1, whole: true, replaced: false },
    ]);
    expect(told.outcome.standing).toEqual([]);
    expect(told.flow.nodes.some(({ id }) => id === "thing:LD1-0001")).toBe(true);
  });

  it("is told as replaced where it was", () => {
    const told = tell([dead, { kind: "replaced", entry: 9, other: "LD1-0003" }]);
    expect(told.clauses[1]).toMatchObject({ is: "dead", replaced: true });
    expect(told.animals[0]?.replacedBy).toBe("LD1-0003");
  });

  it("has a step of its own for the replacement, which moved nothing of this gift", () => {
    const told = tellStory(
      file(
        [...RECEIVED, SENT, SET_ASIDE, ...COWS, died],
        [
          cow("LD1-0001", 20_000_000n, [
            {},
            dead,
            { kind: "replaced", entry: 12, other: "LD1-0003" },
          ]),
          cow("LD1-0002", 8_000_000n, [{}]),
        ],
        [...ENTRIES, entry(9, "loss"), entry(12, "purchase")],
      ),
    )!;
    expect(told.steps.at(-1)).toMatchObject({
      entry: 12,
      kind: "replacement",
      amount: 0n,
      things: [{ animal: "LD1-0001", replacedBy: "LD1-0003" }],
    });
  });

  it("lives again when its loss was reversed", () => {
    expect(tell([{ ...dead, undone: true }]).clauses[0]).toMatchObject({ is: "whole", count: 1 });
  });
});

describe("any course", () => {
  it("ends in parts that sum to the gift, in pieces, outcome and picture alike", () => {
    const cuts = fc.array(fc.bigInt({ min: 1n, max: 9_000_000n }), { maxLength: 40 });
    fc.assert(
      fc.property(cuts, cuts, (sent, bought) => {
        const movements = [...RECEIVED];
        const animals = new Map<string, StoryAnimal>();
        let fund = 1n;
        for (const [place, wish] of sent.entries()) {
          const amount = clamp(wish, 30_000_001n - fund);
          if (amount > 0n) movements.push(move(10 + place, [FUND, COMMUNE], amount, [fund, fund]));
          fund += amount;
        }
        let spent = 1n;
        for (const [place, wish] of bought.entries()) {
          const price = clamp(wish, fund - spent);
          const code = `LD1-${place}`;
          if (price === 0n) continue;
          movements.push(
            move(100 + place, [COMMUNE, DELIVERED], price, [spent, spent], { animal: code }),
          );
          animals.set(code, cow(code, price));
          spent += price;
        }
        const course = courseOf(traceForward(movements, FUND, { lo: 1n, length: GIFT }))!;
        const endings = endingsOf(course);
        expect(sum(endings)).toBe(GIFT);
        expect(piecesOf(course).every((piece) => piece.amount > 0n)).toBe(true);
        const outcome = outcomeOf(endings, animals);
        expect(sum(outcome.shares) + sum(outcome.standing)).toBe(GIFT);
        expect(clausesOf(outcome, []).length).toBeGreaterThan(0);
        const flow = flowOf(endings, { amount: GIFT, entry: 1 }, []);
        expect(flow.nodes.reduce((all, { rest }) => all + rest, 0n)).toBe(GIFT);
        for (const node of flow.nodes.filter(({ id }) => id !== "gift")) {
          expect(sum(flow.links.filter(({ to }) => to === node.id))).toBe(node.amount);
          const left = sum(flow.links.filter(({ from }) => from === node.id));
          expect(left + node.rest).toBe(node.amount);
        }
      }),
    );
  });
});

function clamp(wish: bigint, most: bigint): bigint {
  return wish < most ? wish : most < 0n ? 0n : most;
}

function sum(parts: readonly { readonly amount: bigint }[]): bigint {
  return parts.reduce((all, { amount }) => all + amount, 0n);
}
