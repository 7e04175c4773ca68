import { signsOf, signTest } from "./pattern-steps.ts";
import { nodesWithin, type PatternNode } from "./pattern-tree.ts";

/** A text that can be made as long as one likes: `before`, `run` so many times, `after`. */
export interface HostileText {
  readonly before: string;
  readonly run: string;
  readonly after: string;
}

/** The text with its run repeated to `length` signs. */
export function textOfLength({ before, run, after }: HostileText, length: number): string {
  return before + run.repeat(Math.ceil(length / run.length)) + after;
}

/** A repetition with fewer rounds than this costs the same for every length. */
const FEW = 8;

/**
 * Texts that make a pattern work: it is led up to each of its long repetitions, then gets a run of each sign it can tell
 * apart (and of what the repetition holds), then each sign that may break the match off.
 */
export function hostileTexts(tree: PatternNode, flags: string): HostileText[] {
  const signs = signsOf(tree, flags);
  const isSign = signTest(flags);
  const sample = (node: PatternNode): string => {
    switch (node.kind) {
      case "sign":
        return signs.find((sign) => isSign(node, sign)) ?? "";
      case "sequence":
        return node.parts.map(sample).join("");
      case "choice":
        return node.options[0] ? sample(node.options[0]) : "";
      case "group":
        return sample(node.body);
      case "repeat":
        return sample(node.body).repeat(node.least);
      default:
        return "";
    }
  };

  function* places(node: PatternNode, before: string): Generator<[string, PatternNode]> {
    if (node.kind === "sequence") {
      let led = before;
      for (const part of node.parts) {
        yield* places(part, led);
        led += sample(part);
      }
    } else if (node.kind === "choice") {
      for (const option of node.options) yield* places(option, before);
    } else if ("body" in node) {
      if (node.kind === "repeat" && node.most > FEW) yield [before, node.body];
      yield* places(node.body, before);
    }
  }

  const texts = new Map<string, HostileText>();
  const add = (before: string, run: string) => {
    for (const after of ["", ...signs]) {
      texts.set(JSON.stringify([before, run, after]), { before, run, after });
    }
  };
  for (const sign of signs) add("", sign);
  for (const [before, body] of places(tree, "")) {
    for (const run of runsOf(body, signs, sample)) add(before, run);
    // Where it is not tied to the start, each of these begins a match anew.
    if (before !== "") for (const sign of ["", ...signs]) add("", before + sign);
  }
  // A whole match again and again, and what leads up to the last part of one.
  const whole = sample(tree);
  if (whole !== "") add("", whole);
  if (whole.length > 1) add("", whole.slice(0, -1));
  return [...texts.values()];
}

function runsOf(
  body: PatternNode,
  signs: readonly string[],
  sample: (node: PatternNode) => string,
): string[] {
  if (body.kind === "sign") return [...signs];
  const pairs = signs.length > 16 ? [] : signs.flatMap((a) => signs.map((b) => a + b));
  const options = [...nodesWithin(body)].flatMap((node) =>
    node.kind === "choice" ? node.options.map(sample) : [],
  );
  return [...new Set([...signs, ...pairs, sample(body), ...options])].filter((run) => run !== "");
}

/** Longest bound of a repetition that ends: texts have to be longer for its growth to show. */
export function longestBound(tree: PatternNode): number {
  const bounds = [...nodesWithin(tree)].flatMap((node) =>
    node.kind === "repeat" ? [node.least, node.most].filter(Number.isFinite) : [],
  );
  return Math.max(0, ...bounds);
}
