import { parseSync } from "vite";

/** A use of words in a source: `t("a.b")`, or a family of keys: `t(\`kind.${kind}\`)`. */
export interface WordUse {
  readonly file: string;
  readonly line: number;
  /** The namespace the translator speaks from. */
  readonly area: string;
  /** The key, a piece of it for each place that is filled at run time. One piece: the whole key. */
  readonly pieces: readonly string[];
}

/** A call whose key cannot be read from the source, or whose translator's area is not told there. */
export interface UnreadUse {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>;
type Scope = { readonly names: Map<string, string>; readonly outer?: Scope };

/** Hooks of ours that hand a translator on, and its area. */
const HANDED_ON = new Map([["useField", "office-campaign"]]);

const MAKERS = new Map([
  ["useTranslation", 0],
  ["wordsFor", 1],
  ["quickWords", 1],
]);

/**
 * Every call of a translator in a source. A translator is a name bound to `useTranslation("area")`, `wordsFor(…, "area")` or
 * `quickWords(…, "area")`, or a parameter of the type `TFunction<"area">`.
 */
export function wordUses(file: string, text: string): { uses: WordUse[]; unread: UnreadUse[] } {
  const uses: WordUse[] = [];
  const unread: UnreadUse[] = [];
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be read`);
  const lineOf = (at: number) => text.slice(0, at).split("\n").length;

  const tell = (call: Node, area: string) => {
    const [key] = call["arguments"] as Node[];
    const found = key ? keysOf(key) : undefined;
    const line = lineOf(call.start);
    if (!found) unread.push({ file, line, text: text.slice(call.start, call.end) });
    else for (const pieces of found) uses.push({ file, line, area, pieces });
  };

  const types = new Map<string, Node>();
  const nameTypes = (node: Node) => {
    const name = (node["id"] as Node | undefined)?.["name"] as string | undefined;
    if (name !== undefined && node.type === "TSInterfaceDeclaration") {
      types.set(name, node["body"] as Node);
    }
    if (name !== undefined && node.type === "TSTypeAliasDeclaration") {
      types.set(name, node["typeAnnotation"] as Node);
    }
    for (const child of children(node)) nameTypes(child);
  };
  nameTypes(program as unknown as Node);

  const walk = (node: Node, scope: Scope) => {
    let inner = scope;
    if (/Function/.test(node.type) || node.type === "BlockStatement") {
      inner = { names: new Map(), outer: scope };
      for (const one of (node["params"] ?? []) as Node[]) bindParameter(one, inner, types);
    }
    if (node.type === "VariableDeclarator") bindVariable(node, inner);
    if (node.type === "CallExpression") {
      const callee = node["callee"] as Node;
      const area = look(inner, nameOf(callee));
      const made = area ?? areaOfMaker(callee);
      if (made !== undefined) tell(node, made);
      else if (callee.type === "Identifier" && /^t(?!o$)[a-z]?$/.test(callee["name"] as string)) {
        unread.push({ file, line: lineOf(node.start), text: text.slice(node.start, node.end) });
      }
    }
    for (const child of children(node)) walk(child, inner);
  };
  walk(program as unknown as Node, { names: new Map() });
  return { uses, unread };
}

/** `t`, `props.t`; what else can be called is nobody's name. */
function nameOf(callee: Node): string {
  if (callee.type === "Identifier") return callee["name"] as string;
  if (callee.type !== "MemberExpression" || callee["computed"] === true) return "";
  return `${nameOf(callee["object"] as Node)}.${(callee["property"] as Node)["name"] as string}`;
}

function children(node: Node): Node[] {
  return Object.values(node).flatMap((value) =>
    (Array.isArray(value) ? value : [value]).filter(
      (one): one is Node => typeof one === "object" && one !== null && "type" in one,
    ),
  );
}

function look(scope: Scope, name: string): string | undefined {
  return scope.names.get(name) ?? (scope.outer && look(scope.outer, name));
}

/** `wordsFor(locale, "area")` itself, as in `wordsFor(…)("key")`. */
function areaOfMaker(made: Node): string | undefined {
  // `useTranslation("area").t`
  if (made.type === "MemberExpression") return areaOfMaker(made["object"] as Node);
  if (made.type !== "CallExpression") return undefined;
  const callee = made["callee"] as Node;
  const handedOn = HANDED_ON.get(nameOf(callee));
  if (handedOn !== undefined) return handedOn;
  const at = callee.type === "Identifier" ? MAKERS.get(callee["name"] as string) : undefined;
  const area = at === undefined ? undefined : (made["arguments"] as Node[])[at];
  return area?.type === "Literal" ? String(area["value"]) : undefined;
}

function bindVariable({ id, init }: Node, scope: Scope): void {
  if (!init) return;
  const name = id as Node;
  const made = areaOfMaker(init as Node);
  if (made !== undefined && name.type === "Identifier") {
    scope.names.set(name["name"] as string, made);
  }
  for (const one of (name["properties"] ?? []) as Node[]) {
    const key = (one["key"] as Node | undefined)?.["name"] as string | undefined;
    const local = (one["value"] as Node | undefined)?.["name"];
    // `{ t: words } = useTranslation("area")`, or `{ t } = props`.
    const whole = nameOf(init as Node);
    const area = made !== undefined && key === "t" ? made : look(scope, `${whole}.${key}`);
    if (area !== undefined && typeof local === "string") scope.names.set(local, area);
  }
}

/** `t: TFunction<"area">`: alone, as a property of a parameter, or as a property of one that is taken apart. */
function bindParameter(parameter: Node, scope: Scope, types: ReadonlyMap<string, Node>): void {
  const typed = typeOf(parameter);
  if (!typed) return;
  const whole = parameter["name"] as string | undefined;
  const area = areaOfType(typed);
  if (whole !== undefined && area !== undefined) scope.names.set(whole, area);
  for (const member of membersOf(typed, types)) {
    const key = (member["key"] as Node | undefined)?.["name"];
    const annotation = typeOf(member);
    const spoken = annotation && areaOfType(annotation);
    if (spoken === undefined) continue;
    if (whole !== undefined) scope.names.set(`${whole}.${key as string}`, spoken);
    for (const one of (parameter["properties"] ?? []) as Node[]) {
      const local = (one["value"] as Node | undefined)?.["name"];
      if ((one["key"] as Node | undefined)?.["name"] === key && typeof local === "string") {
        scope.names.set(local, spoken);
      }
    }
  }
}

function typeOf(node: Node): Node | undefined {
  return (node["typeAnnotation"] as Node | undefined)?.["typeAnnotation"] as Node | undefined;
}

/** The properties of a type: written there, named in the same file, or several of these joined. */
function membersOf(type: Node, types: ReadonlyMap<string, Node>): Node[] {
  if (type.type === "TSTypeLiteral") return type["members"] as Node[];
  if (type.type === "TSInterfaceBody") return type["body"] as Node[];
  if (type.type === "TSIntersectionType") {
    return (type["types"] as Node[]).flatMap((one) => membersOf(one, types));
  }
  const named = types.get((type["typeName"] as Node | undefined)?.["name"] as string);
  return named ? membersOf(named, types) : [];
}

function areaOfType(type: Node): string | undefined {
  if ((type["typeName"] as Node | undefined)?.["name"] !== "TFunction") return undefined;
  const [argument] = ((type["typeArguments"] as Node | undefined)?.["params"] ?? []) as Node[];
  const literal = argument?.["literal"] as Node | undefined;
  return literal ? String(literal["value"]) : undefined;
}

/** The keys an expression can be, in pieces; undefined when they are not told there. */
function keysOf(key: Node): string[][] | undefined {
  switch (key.type) {
    case "Literal":
      return [[String(key["value"])]];
    case "TemplateLiteral": {
      const quasis = key["quasis"] as { value: { cooked: string } }[];
      return [quasis.map(({ value }) => value.cooked)];
    }
    case "ConditionalExpression":
      return together([key["consequent"] as Node, key["alternate"] as Node]);
    case "ArrayExpression":
      return together(key["elements"] as Node[]);
    default:
      return undefined;
  }
}

function together(nodes: readonly Node[]): string[][] | undefined {
  const found = nodes.map(keysOf);
  return found.every((one) => one !== undefined) ? found.flat() : undefined;
}
