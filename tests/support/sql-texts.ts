/**
 * The texts that an expression of the sources can be, worked out without running it: constants, templates of constants,
 * functions of them, both sides of a condition, what callers hand over. What cannot be worked out is left as `HOLE`.
 */
import {
  type ArrowFunction,
  type Block,
  type CallExpression,
  type Expression,
  type FunctionDeclaration,
  type FunctionExpression,
  type MethodDeclaration,
  type Node,
  type ParameterDeclaration,
  SyntaxKind,
} from "typescript/unstable/ast";
import {
  isArrayBindingPattern,
  isArrayLiteralExpression,
  isArrowFunction,
  isAsExpression,
  isBinaryExpression,
  isBindingElement,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isForOfStatement,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isNonNullExpression,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isSatisfiesExpression,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isStringLiteral,
  isTemplateExpression,
  isVariableDeclaration,
} from "typescript/unstable/ast/is";
import type { Checker, Symbol } from "typescript/unstable/sync";
import { SymbolFlags, TypeFlags } from "typescript/unstable/sync";

/** Stands in a text for what cannot be worked out. */
export const HOLE = "\u0000";
/** Stands for the number of a parameter that only the running program knows. */
const NEXT_PARAMETER = "\u0001";
/** Stands for any other number that only the running program knows. */
const SOME_NUMBER = "\u0002";

/** A text that can be asked. */
export interface SqlText {
  /** With a number wherever one belongs, and with `HOLE` for what is not known. */
  readonly text: string;
  /** Fits whatever text it is in a running program. */
  readonly shape: RegExp;
  /** Fits what begins as it does, up to what is not known. */
  readonly beginning: RegExp;
}
const MOST_VARIANTS = 200;
const DEEPEST = 40;

type Func = ArrowFunction | FunctionDeclaration | FunctionExpression | MethodDeclaration;
/** An expression together with what the parameters around it were given. */
interface Bound {
  readonly expression: Expression;
  readonly given: Given;
}
type Given = ReadonlyMap<Node, Bound>;
/** A function, and what the parameters around it were given. */
interface Called {
  readonly func: Func;
  readonly given: Given;
}

const NOTHING: Given = new Map();

/** Works out texts in one program. `calls`: every call of the program by the last name of what is called. */
export class SqlTexts {
  readonly #checker: Checker;
  readonly #calls: ReadonlyMap<string, readonly CallExpression[]>;

  constructor(checker: Checker, calls: ReadonlyMap<string, readonly CallExpression[]>) {
    this.#checker = checker;
    this.#calls = calls;
  }

  /** Every text that `expression` can be, each once. */
  of(expression: Expression): SqlText[] {
    return distinct(this.#texts({ expression, given: NOTHING }, 0)).map((raw) => ({
      text: numbered(raw),
      shape: new RegExp(`^${patternOf(raw)}$`),
      beginning: new RegExp(`^${patternOf(raw.split(HOLE, 1)[0] ?? "")}`),
    }));
  }

  #texts(bound: Bound, depth: number): string[] {
    const expression = bare(bound.expression);
    const { given } = bound;
    if (depth > DEEPEST) return [HOLE];
    const inside = (one: Expression) => this.#texts({ expression: one, given }, depth + 1);
    if (isStringLiteral(expression) || isNoSubstitutionTemplateLiteral(expression)) {
      return [expression.text];
    }
    if (isNumericLiteral(expression)) return [String(Number(expression.text.replaceAll("_", "")))];
    if (isTemplateExpression(expression)) {
      let found = [expression.head.text];
      for (const span of expression.templateSpans) {
        const parts = found.every((text) => text.endsWith("$"))
          ? this.#numberOfParameter(span.expression, given, depth)
          : inside(span.expression);
        found = joined(found, parts).map((text) => text + span.literal.text);
      }
      return found;
    }
    const either = this.#either(expression, inside);
    if (either) return either;
    if (isCallExpression(expression)) {
      const called = this.#called(expression, given, depth);
      if (called) return called;
    }
    if (
      isIdentifier(expression) ||
      isPropertyAccessExpression(expression) ||
      isElementAccessExpression(expression) ||
      isCallExpression(expression)
    ) {
      const stands = this.#standsFor({ expression, given }, depth);
      if (stands.length > 0 && stands.every((one) => bare(one.expression) !== expression)) {
        return distinct(stands.flatMap((one) => this.#texts(one, depth + 1)));
      }
    }
    return this.#isNumber(expression) ? [SOME_NUMBER] : [HOLE];
  }

  /** Both sides of a condition, or two texts one after the other. */
  #either(expression: Expression, inside: (one: Expression) => string[]): string[] | undefined {
    if (isConditionalExpression(expression)) {
      return distinct([...inside(expression.whenTrue), ...inside(expression.whenFalse)]);
    }
    if (isBinaryExpression(expression)) {
      const { kind } = expression.operatorToken;
      if (kind === SyntaxKind.PlusToken && !this.#isNumber(expression)) {
        return joined(inside(expression.left), inside(expression.right));
      }
      // A map that a function keeps its answers in holds what the other side answered before.
      if (kind === SyntaxKind.QuestionQuestionToken && this.#isKept(expression.left)) {
        return inside(expression.right);
      }
      if (kind === SyntaxKind.QuestionQuestionToken || kind === SyntaxKind.BarBarToken) {
        return distinct([...inside(expression.left), ...inside(expression.right)]);
      }
    }
    return undefined;
  }

  /** What stands between `$` and the next sign: a number that is known, or one that no other parameter has. */
  #numberOfParameter(expression: Expression, given: Given, depth: number): string[] {
    const known = this.#texts({ expression, given }, depth + 1);
    const literal = isNumericLiteral(bare(expression)) || isIdentifier(bare(expression));
    return literal && known.every((text) => /^\d+$/.test(text)) ? known : [NEXT_PARAMETER];
  }

  #isKept(expression: Expression): boolean {
    return (
      isCallExpression(expression) &&
      isPropertyAccessExpression(expression.expression) &&
      expression.expression.name.text === "get" &&
      this.#checker.getTypeAtLocation(expression.expression.expression)?.getSymbol()?.name === "Map"
    );
  }

  #isNumber(expression: Expression): boolean {
    const type = this.#checker.getTypeAtLocation(expression);
    return type !== undefined && (type.flags & (TypeFlags.NumberLike | TypeFlags.BigIntLike)) !== 0;
  }

  /** What a name, a property, an element or a call's answer is. Nothing: it cannot be told. */
  #standsFor({ expression: wrapped, given }: Bound, depth: number): Bound[] {
    const expression = bare(wrapped);
    if (depth > DEEPEST) return [];
    if (isIdentifier(expression)) {
      const declared = this.#declaration(expression);
      return declared ? this.#valueOf(declared, given, depth + 1) : [];
    }
    if (isPropertyAccessExpression(expression)) {
      const of = this.#standsFor({ expression: expression.expression, given }, depth + 1);
      return of.flatMap((one) => this.#property(one, expression.name.text, depth + 1));
    }
    if (isElementAccessExpression(expression)) {
      const of = this.#standsFor({ expression: expression.expression, given }, depth + 1);
      return of.flatMap((one) => this.#element(one, expression.argumentExpression, depth + 1));
    }
    if (isCallExpression(expression)) {
      return this.#functions({ expression: expression.expression, given }, depth + 1).flatMap(
        (func) => this.#answers(func, expression, given),
      );
    }
    if (isConditionalExpression(expression)) {
      const sides = [expression.whenTrue, expression.whenFalse];
      return sides.flatMap((side) => this.#standsFor({ expression: side, given }, depth + 1));
    }
    return [{ expression, given }];
  }

  /** What a declared name can stand for. */
  #valueOf(declared: Node, given: Given, depth: number): Bound[] {
    if (isVariableDeclaration(declared)) {
      const { initializer } = declared;
      if (initializer) {
        return isConstant(declared)
          ? this.#standsFor({ expression: initializer, given }, depth + 1)
          : [];
      }
      const loop = declared.parent.parent;
      if (!isForOfStatement(loop)) return [];
      return this.#elements({ expression: loop.expression, given }, depth + 1) ?? [];
    }
    if (isParameterDeclaration(declared)) {
      const bound = given.get(declared);
      const handed = bound ? [bound] : this.#fromCallers(declared);
      return handed.flatMap((one) => this.#standsFor(one, depth + 1));
    }
    if (isBindingElement(declared)) {
      const pattern = declared.parent;
      const whole = this.#valueOf(pattern.parent, given, depth + 1);
      if (isArrayBindingPattern(pattern)) {
        const at = pattern.elements.indexOf(declared);
        return whole.flatMap((one) => {
          const list = bare(one.expression);
          const element = isArrayLiteralExpression(list) ? list.elements[at] : undefined;
          return element
            ? this.#standsFor({ expression: element, given: one.given }, depth + 1)
            : [];
        });
      }
      const name = (declared.propertyName ?? declared.name)?.getText();
      if (name === undefined) return [];
      return whole.flatMap((one) => this.#property(one, name, depth + 1));
    }
    return [];
  }

  #property({ expression, given }: Bound, name: string, depth: number): Bound[] {
    const object = bare(expression);
    if (!isObjectLiteralExpression(object)) return [];
    for (const property of object.properties) {
      if (isPropertyAssignment(property) && property.name.getText() === name) {
        return this.#standsFor({ expression: property.initializer, given }, depth + 1);
      }
      if (isShorthandPropertyAssignment(property) && property.name.getText() === name) {
        const symbol = this.#checker.getShorthandAssignmentValueSymbol(property);
        const declared = symbol?.valueDeclaration?.resolve();
        return declared ? this.#valueOf(declared, given, depth + 1) : [];
      }
    }
    return [];
  }

  #element({ expression, given }: Bound, key: Expression, depth: number): Bound[] {
    const list = bare(expression);
    const at = bare(key);
    if (isArrayLiteralExpression(list) && isNumericLiteral(at)) {
      const element = list.elements[Number(at.text)];
      return element ? this.#standsFor({ expression: element, given }, depth + 1) : [];
    }
    if (!isObjectLiteralExpression(list)) return [];
    // Any of them, where the key is known only while the program runs.
    return list.properties.flatMap((property) => {
      if (isPropertyAssignment(property)) {
        return this.#standsFor({ expression: property.initializer, given }, depth + 1);
      }
      if (!isSpreadAssignment(property)) return [];
      const more = this.#standsFor({ expression: property.expression, given }, depth + 1);
      return more.flatMap((one) => this.#element(one, key, depth + 1));
    });
  }

  /** What each caller of the function hands over for this parameter. */
  #fromCallers(parameter: ParameterDeclaration): Bound[] {
    const func = parameter.parent as Func;
    const at = func.parameters.indexOf(parameter);
    const name = nameOf(func);
    if (name === undefined || parameter.dotDotDotToken) return [];
    const declared = isIdentifier(name) ? this.#symbol(name) : undefined;
    const calls = (this.#calls.get(name.getText()) ?? []).filter(
      ({ expression }) => isIdentifier(expression) && declared?.id === this.#symbol(expression)?.id,
    );
    return calls.flatMap((call) => {
      const handed = call.arguments[at];
      if (!handed) {
        const preset = parameter.initializer;
        return preset ? [{ expression: preset, given: NOTHING }] : [];
      }
      return [{ expression: handed, given: NOTHING }];
    });
  }

  #called(call: CallExpression, given: Given, depth: number): string[] | undefined {
    const callee = bare(call.expression);
    if (isPropertyAccessExpression(callee)) {
      const method = callee.name.text;
      if (method === "join") {
        const elements = this.#elements({ expression: callee.expression, given }, depth);
        if (!elements) return undefined;
        const between = call.arguments[0];
        const [sep = ","] = between ? this.#texts({ expression: between, given }, depth + 1) : [];
        return (
          elements
            .map((one) => this.#texts(one, depth + 1))
            .reduce<string[] | undefined>(
              (all, one) =>
                all
                  ? joined(
                      all,
                      one.map((text) => sep + text),
                    )
                  : one,
              undefined,
            ) ?? [""]
        );
      }
      if (method === "trim" || method === "trimEnd" || method === "trimStart") {
        return this.#texts({ expression: callee.expression, given }, depth + 1);
      }
      if (method === "toString")
        return this.#texts({ expression: callee.expression, given }, depth + 1);
    }
    if (isIdentifier(callee) && callee.text === "String" && call.arguments[0]) {
      return this.#texts({ expression: call.arguments[0], given }, depth + 1);
    }
    return undefined;
  }

  /** What a function answers to a call, with what the call hands over. */
  #answers({ func, given: around }: Called, call: CallExpression, given: Given): Bound[] {
    if (!func.body) return [];
    const bound = new Map(around);
    func.parameters.forEach((parameter, at) => {
      const handed = call.arguments[at] ?? parameter.initializer;
      if (handed) bound.set(parameter, { expression: handed, given });
    });
    const answers = isBlock(func.body) ? returnsOf(func.body) : [func.body];
    return answers.map((expression) => ({ expression, given: bound }));
  }

  /** The elements of an array that nothing is added to. */
  #elements(bound: Bound, depth: number): Bound[] | undefined {
    if (depth > DEEPEST) return undefined;
    const expression = bare(bound.expression);
    if (isArrayLiteralExpression(expression)) {
      const parts = expression.elements.map((element) =>
        isSpreadElement(element)
          ? this.#elements({ expression: element.expression, given: bound.given }, depth + 1)
          : [{ expression: element, given: bound.given }],
      );
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    }
    if (isCallExpression(expression)) return this.#mapped(expression, bound.given, depth);
    if (isIdentifier(expression)) {
      const declared = this.#declaration(expression);
      if (declared && grows(declared, expression.text)) return undefined;
    }
    const [stands, ...more] = this.#standsFor(bound, depth + 1);
    if (!stands || more.length > 0 || bare(stands.expression) === expression) return undefined;
    return this.#elements(stands, depth + 1);
  }

  /** The elements that `map` makes of others. */
  #mapped(expression: CallExpression, given: Given, depth: number): Bound[] | undefined {
    const callee = expression.expression;
    const [made] = expression.arguments;
    if (!isPropertyAccessExpression(callee) || callee.name.text !== "map" || !made)
      return undefined;
    const from = this.#elements({ expression: callee.expression, given: given }, depth + 1);
    const [called] = this.#functions({ expression: made, given: given }, depth + 1);
    const body = called?.func.body;
    if (!from || !called || !body) return undefined;
    const answers = isBlock(body) ? returnsOf(body) : [body];
    const answer = answers.length === 1 ? answers[0] : undefined;
    if (!answer) return undefined;
    return from.map((element) => {
      const each = new Map(called.given);
      const [first] = called.func.parameters;
      if (first) each.set(first, element);
      return { expression: answer, given: each };
    });
  }

  #functions({ expression, given }: Bound, depth: number): Called[] {
    const callee = bare(expression);
    if (isIdentifier(callee)) {
      const declared = this.#declaration(callee);
      if (declared && isFunctionDeclaration(declared)) return [{ func: declared, given }];
    }
    return this.#standsFor({ expression: callee, given }, depth + 1).flatMap((one) => {
      const func = bare(one.expression);
      if (isArrowFunction(func) || isFunctionExpression(func)) return [{ func, given: one.given }];
      return [];
    });
  }

  #declaration(name: Node): Node | undefined {
    return this.#symbol(name)?.valueDeclaration?.resolve();
  }

  #symbol(name: Node): Symbol | undefined {
    const symbol = this.#checker.getSymbolAtLocation(name);
    if (!symbol || (symbol.flags & SymbolFlags.Alias) === 0) return symbol;
    return this.#checker.getAliasedSymbol(symbol);
  }
}

/** Without parentheses and words that only the checker reads. */
function bare(expression: Expression): Expression {
  if (
    isParenthesizedExpression(expression) ||
    isAsExpression(expression) ||
    isSatisfiesExpression(expression) ||
    isNonNullExpression(expression)
  ) {
    return bare(expression.expression);
  }
  return expression;
}

function grows(declared: Node, name: string): boolean {
  return new RegExp(`\\b${name}\\.(push|unshift|splice)\\(`).test(declared.getSourceFile().text);
}

function isConstant(declared: Node): boolean {
  return declared.parent.getText().startsWith("const ");
}

function nameOf(func: Func): Node | undefined {
  if (isFunctionDeclaration(func) || isMethodDeclaration(func)) return func.name;
  const { parent } = func;
  return isVariableDeclaration(parent) ? parent.name : undefined;
}

/** What a function's own `return`s answer. */
function returnsOf(body: Block): Expression[] {
  const found: Expression[] = [];
  const visit = (node: Node): void => {
    if (isArrowFunction(node) || isFunctionExpression(node) || isFunctionDeclaration(node)) return;
    if (isReturnStatement(node) && node.expression) found.push(node.expression);
    node.forEachChild(visit);
  };
  body.forEachChild(visit);
  return found;
}

function joined(before: readonly string[], after: readonly string[]): string[] {
  const all = before.flatMap((start) => after.map((end) => start + end));
  return all.length > MOST_VARIANTS ? [HOLE] : all;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** Give numbers that are not known: parameters the next free one, others 1. */
function numbered(raw: string): string {
  const taken = [...raw.matchAll(/\$(\d+)/g)].map(([, n]) => Number(n));
  let next = Math.max(0, ...taken);
  return raw.replaceAll(SOME_NUMBER, "1").replaceAll(NEXT_PARAMETER, () => {
    next += 1;
    return String(next);
  });
}

function patternOf(raw: string): string {
  return raw
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(HOLE, "[^]*?")
    .replaceAll(SOME_NUMBER, String.raw`\d+`)
    .replaceAll(NEXT_PARAMETER, String.raw`\d+`);
}
