import { nodesWithin, type PatternNode } from "./pattern-tree.ts";

/** Where a pattern was found, from and to. */
type Found = readonly [from: number, to: number];

/** A pattern as a backtracking engine runs it, with each look at a sign counted. */
export interface StepCounter {
  /** All places found in `text`, and the steps it took; it gives up, `steps` infinite, after `most`. */
  run(text: string, most: number): { readonly steps: number; readonly found: readonly Found[] };
}

/** Whether a sign is one of a node's. */
export type SignTest = (node: PatternNode & { kind: "sign" }, sign: string) => boolean;

type Then = (at: number) => boolean;
type Step = (at: number, then: Then) => boolean;

class TooMany extends Error {}

/**
 * Backtracking as ECMAScript describes it (22.2.2, pattern semantics). Engines leave steps out, they add none: what is
 * linear here is linear there, and the count is the same on every machine, which a time is not.
 */
export function stepCounter(tree: PatternNode, flags: string): StepCounter {
  const isSign = signTest(flags);
  let text = "";
  let steps = 0;
  let limit = 0;
  let groups: (Found | undefined)[] = [];

  const count = () => {
    steps += 1;
    if (steps > limit) throw new TooMany();
  };

  function compile(node: PatternNode): Step {
    switch (node.kind) {
      case "sign":
        return (at, then) => signAt(node, at) && then(at + 1);
      case "edge":
        return (at, then) => {
          count();
          return atEdge(node.source, text, at, flags.includes("m")) && then(at);
        };
      case "sequence": {
        const parts = node.parts.map(compile);
        const from = (index: number, at: number, then: Then): boolean => {
          const part = parts[index];
          return part ? part(at, (next) => from(index + 1, next, then)) : then(at);
        };
        return (at, then) => from(0, at, then);
      }
      case "choice": {
        const options = node.options.map(compile);
        return (at, then) => options.some((option) => option(at, then));
      }
      case "group": {
        const body = compile(node.body);
        return (at, then) => {
          const before = groups[node.index];
          const inside = body(at, (to) => {
            const last = groups[node.index];
            groups[node.index] = [at, to];
            if (then(to)) return true;
            groups[node.index] = last;
            return false;
          });
          if (!inside) groups[node.index] = before;
          return inside;
        };
      }
      case "ahead": {
        const body = compile(node.body);
        return (at, then) => body(at, () => true) !== node.negative && then(at);
      }
      case "again":
        return (at, then) => {
          const [from, to] = groups[node.index] ?? [0, 0];
          for (let i = 0; i < to - from; i++) {
            count();
            if (text[from + i] !== text[at + i]) return false;
          }
          return then(at + to - from);
        };
      case "repeat":
        return node.body.kind === "sign" ? run(node, node.body) : loop(node, compile(node.body));
    }
  }

  function signAt(node: PatternNode & { kind: "sign" }, at: number): boolean {
    count();
    const sign = text[at];
    return sign !== undefined && isSign(node, sign);
  }

  /** A run of single signs, without a call for each. */
  function run(
    { least, most, greedy }: PatternNode & { kind: "repeat" },
    sign: PatternNode & { kind: "sign" },
  ): Step {
    return (at, then) => {
      let to = at;
      while (to - at < least) if (!signAt(sign, to++)) return false;
      if (!greedy) {
        for (;;) {
          if (then(to)) return true;
          if (to - at >= most || !signAt(sign, to++)) return false;
        }
      }
      while (to - at < most && signAt(sign, to)) to += 1;
      for (; to - at >= least; to--) if (then(to)) return true;
      return false;
    };
  }

  function loop({ least, most, greedy }: PatternNode & { kind: "repeat" }, body: Step): Step {
    const round = (at: number, rounds: number, then: Then): boolean => {
      const more = () =>
        rounds < most &&
        body(at, (to) => (to > at || rounds < least) && round(to, rounds + 1, then));
      if (rounds < least) return more();
      return greedy ? more() || then(at) : then(at) || more();
    };
    return (at, then) => round(at, 0, then);
  }

  const whole = compile(tree);
  const search = (): Found[] => {
    const found: Found[] = [];
    for (let from = 0; from <= text.length; from++) {
      groups = [];
      let end = -1;
      if (!whole(from, (to) => ((end = to), true))) {
        // A sticky one is looked for where the last one ended, nowhere else.
        if (flags.includes("y")) break;
        continue;
      }
      found.push([from, end]);
      if (end > from) from = end - 1;
    }
    return found;
  };
  return {
    run(given, most) {
      text = given;
      steps = 0;
      limit = most;
      try {
        return { found: search(), steps };
      } catch (error) {
        if (error instanceof TooMany) return { found: [], steps: Infinity };
        throw error;
      }
    },
  };
}

/** Whether a sign is one that a node of a pattern with these flags takes, as the engine itself says. */
export function signTest(flags: string): SignTest {
  const asked = new Map<string, boolean>();
  const own = flags.replace(/[gmyd]/g, "");
  return ({ source }, sign) => {
    const key = `${sign}${source}`;
    const known = asked.get(key);
    if (known !== undefined) return known;
    const answer = new RegExp(`^(?:${source})$`, own).test(sign);
    asked.set(key, answer);
    return answer;
  };
}

/** One sign for each way in which the signs of a pattern can be told apart. */
export function signsOf(tree: PatternNode, flags: string): string[] {
  const isSign = signTest(flags);
  const nodes = [...nodesWithin(tree)].filter((node) => node.kind === "sign");
  const first = new Map<string, string>();
  for (const sign of SIGNS) {
    const told = nodes.map((node) => (isSign(node, sign) ? "1" : "0")).join("");
    if (!first.has(told)) first.set(told, sign);
  }
  return [...first.values()];
}

/** Readable ones first: Latin, control signs, Vietnamese, and marks, blanks and dashes from elsewhere. */
const SIGNS = [
  ...range(0x20, 0x7e),
  ...range(0x00, 0x1f),
  ...range(0x7f, 0x1ff),
  ...range(0x300, 0x323),
  ...range(0x1ea0, 0x1ef9),
  ...range(0x2000, 0x202f),
  "₫",
  "−",
  "：",
  "＝",
  "＋",
  "＠",
  "\ufeff",
  "\ue000",
];

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index));
}

function atEdge(edge: string, text: string, at: number, lines: boolean): boolean {
  const before = text[at - 1];
  const after = text[at];
  if (edge === "^") return before === undefined || (lines && isLineEnd(before));
  if (edge === "$") return after === undefined || (lines && isLineEnd(after));
  return (isWord(before) !== isWord(after)) === (edge === "\\b");
}

function isLineEnd(sign: string): boolean {
  return "\n\r\u2028\u2029".includes(sign);
}

function isWord(sign: string | undefined): boolean {
  return sign !== undefined && /\w/.test(sign);
}
