/** A pattern taken apart, so that its steps can be counted and hostile texts be made of its own signs. */
export type PatternNode =
  | { readonly kind: "sign"; readonly source: string }
  | { readonly kind: "edge"; readonly source: "^" | "$" | "\\b" | "\\B" }
  | { readonly kind: "sequence"; readonly parts: readonly PatternNode[] }
  | { readonly kind: "choice"; readonly options: readonly PatternNode[] }
  | { readonly kind: "group"; readonly index: number; readonly body: PatternNode }
  | { readonly kind: "ahead"; readonly negative: boolean; readonly body: PatternNode }
  | { readonly kind: "again"; readonly index: number }
  | {
      readonly kind: "repeat";
      readonly body: PatternNode;
      readonly least: number;
      readonly most: number;
      readonly greedy: boolean;
    };

/** Take a valid pattern apart. What none of ours uses (look-behind, named back references) is refused. */
export function patternTree(pattern: string): PatternNode {
  let at = 0;
  let groups = 0;

  const eat = (text: string) => {
    if (!pattern.startsWith(text, at)) return false;
    at += text.length;
    return true;
  };
  const take = (shape: RegExp): string | undefined => {
    const sticky = new RegExp(shape.source, "y");
    sticky.lastIndex = at;
    const found = sticky.exec(pattern)?.[0];
    at += found?.length ?? 0;
    return found;
  };

  function choice(): PatternNode {
    const options = [sequence()];
    while (eat("|")) options.push(sequence());
    return options.length === 1 && options[0] ? options[0] : { kind: "choice", options };
  }

  function sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (at < pattern.length && pattern[at] !== "|" && pattern[at] !== ")") {
      parts.push(repeated(one()));
    }
    return { kind: "sequence", parts };
  }

  function repeated(body: PatternNode): PatternNode {
    const times = take(/[*+?]|\{\d+(?:,\d*)?\}/);
    if (times === undefined) return body;
    const greedy = !eat("?");
    const [least = 0, most = Infinity] =
      times === "*" ? [0] : times === "+" ? [1] : times === "?" ? [0, 1] : bounds(times);
    return { kind: "repeat", body, least, most, greedy };
  }

  function one(): PatternNode {
    if (eat("(?:")) return closed(choice());
    if (eat("(?=")) return { kind: "ahead", negative: false, body: closed(choice()) };
    if (eat("(?!")) return { kind: "ahead", negative: true, body: closed(choice()) };
    if (take(/\(\?<[A-Za-z]\w*>/) !== undefined || (pattern[at + 1] !== "?" && eat("("))) {
      groups += 1;
      return { kind: "group", index: groups, body: closed(choice()) };
    }
    const edge = take(/\^|\$|\\b|\\B/);
    if (edge !== undefined) return { kind: "edge", source: edge as "^" };
    const again = take(/\\[1-9]/);
    if (again !== undefined) return { kind: "again", index: Number(again.slice(1)) };
    const source =
      take(/\[(?:[^\]\\]|\\.)*\]/) ??
      take(
        /\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]+\}|c[A-Za-z]|[^k1-9])/,
      ) ??
      take(/[^()\\]/);
    if (source === undefined) throw new Error(`cannot read ${pattern} at ${at}`);
    return { kind: "sign", source };
  }

  function closed(body: PatternNode): PatternNode {
    if (!eat(")")) throw new Error(`no end of a group in ${pattern}`);
    return body;
  }

  const tree = choice();
  if (at !== pattern.length) throw new Error(`cannot read ${pattern} at ${at}`);
  return tree;
}

/** `{2}`, `{2,}` or `{2,5}`. */
function bounds(times: string): [number, number] {
  const [least = "", most] = times.slice(1, -1).split(",");
  return [
    Number(least),
    most === undefined ? Number(least) : most === "" ? Infinity : Number(most),
  ];
}

/** Every node, the outer ones first. */
export function* nodesWithin(node: PatternNode): Generator<PatternNode> {
  yield node;
  if (node.kind === "sequence") for (const part of node.parts) yield* nodesWithin(part);
  if (node.kind === "choice") for (const option of node.options) yield* nodesWithin(option);
  if ("body" in node) yield* nodesWithin(node.body);
}
