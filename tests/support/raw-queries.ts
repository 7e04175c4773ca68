/** Every raw query of the sources: where it stands, what it can ask, and what its caller takes the rows for. */
import type { CallExpression, Node, SourceFile } from "typescript/unstable/ast";
import {
  isCallExpression,
  isIdentifier,
  isMethodDeclaration,
  isParameterDeclaration,
  isPropertyAccessExpression,
} from "typescript/unstable/ast/is";
import { API, type Checker, type Type, TypeFlags } from "typescript/unstable/sync";

import { type SqlText, SqlTexts } from "./sql-texts.ts";

/** The name of a claim about whatever columns there are. */
export const EVERY_COLUMN = "*";

/** What a row's property is taken for; `any`: whatever comes, `unknown` included. */
export type Kind = "text" | "number" | "bigint" | "boolean" | "bytes" | "object" | "any";

/** One property of a row as its type says. */
export interface Claim {
  readonly name: string;
  /** All of them for a union. */
  readonly kinds: readonly Kind[];
  readonly orNull: boolean;
  readonly optional: boolean;
  /** Of an array: what its elements are. */
  readonly elements?: readonly Kind[];
}

/** One call of `rows`. */
export interface RawQuery {
  /** File and line. */
  readonly place: string;
  readonly texts: readonly SqlText[];
  /** Nothing: the caller takes the rows for nothing (`unknown`). */
  readonly claims: readonly Claim[] | undefined;
  /** Another `rows` around it hands on what it was asked: its callers are the ones to look at. */
  readonly passedOn: boolean;
}

/** Where `rows` of a database, a transaction or a session is declared. */
const PORT = /\/db\/client\.ts$/;
const SOURCES = /^(app|db|bin)\/(?!.*\.test\.tsx?$)/;

/** Read them all; takes some seconds, as the whole program is checked. */
export function rawQueries(): RawQuery[] {
  const root = new URL("../../", import.meta.url).pathname;
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProjects: [`${root}tsconfig.json`] }).getProjects();
    if (!project) throw new Error("no project");
    const { checker, program } = project;
    const files = program
      .getSourceFileNames()
      .filter((name) => name.startsWith(root) && SOURCES.test(name.slice(root.length)))
      .toSorted()
      .map((name) => program.getSourceFile(name))
      .filter((file): file is SourceFile => file !== undefined);
    const calls = new Map<string, CallExpression[]>();
    for (const file of files) {
      const visit = (node: Node): void => {
        if (isCallExpression(node)) {
          const name = calledName(node);
          const known = calls.get(name);
          if (known) known.push(node);
          else calls.set(name, [node]);
        }
        node.forEachChild(visit);
      };
      file.forEachChild(visit);
    }
    const texts = new SqlTexts(checker, calls);
    return (calls.get("rows") ?? []).flatMap((call) => {
      const row = rowOf(checker, call);
      const [text] = call.arguments;
      if (!row || !text) return [];
      const file = call.getSourceFile();
      const line = file.text.slice(0, text.getStart(file)).split("\n").length;
      return [
        {
          place: `${file.fileName.slice(root.length)}:${line}`,
          texts: texts.of(text),
          claims: claimsOf(checker, row),
          passedOn: isPassedOn(checker, text),
        },
      ];
    });
  } finally {
    api.close();
  }
}

function isPassedOn(checker: Checker, text: Node): boolean {
  const declared = checker.getSymbolAtLocation(text)?.valueDeclaration?.resolve();
  if (!declared || !isParameterDeclaration(declared)) return false;
  const { parent } = declared;
  return isMethodDeclaration(parent) && parent.name.getText() === "rows";
}

function calledName({ expression }: CallExpression): string {
  if (isPropertyAccessExpression(expression)) return expression.name.text;
  return isIdentifier(expression) ? expression.text : "";
}

/** The type of a row that a call of the port's `rows` answers. */
function rowOf(checker: Checker, call: CallExpression): Type | undefined {
  const { expression } = call;
  if (!isPropertyAccessExpression(expression)) return undefined;
  const method = checker.getSymbolAtLocation(expression.name);
  const declared = method?.declarations.map(({ path }) => path) ?? [];
  if (!declared.some((path) => PORT.test(path))) return undefined;
  const signature = checker.getResolvedSignature(call);
  const promise = signature && checker.getReturnTypeOfSignature(signature);
  const list = promise && argumentOf(checker, promise);
  return list && argumentOf(checker, list);
}

function argumentOf(checker: Checker, type: Type): Type | undefined {
  return type.isTypeReference() ? checker.getTypeArguments(type)[0] : undefined;
}

function claimsOf(checker: Checker, row: Type): Claim[] | undefined {
  if ((row.flags & TypeFlags.Unknown) !== 0 || row.isTypeParameter()) return undefined;
  return [
    ...checker
      .getPropertiesOfType(row)
      .map((property) => claimOf(checker, property.name, checker.getTypeOfSymbol(property))),
    ...checker
      .getIndexInfosOfType(row)
      .map(({ valueType }) => claimOf(checker, EVERY_COLUMN, valueType)),
  ];
}

function claimOf(checker: Checker, name: string, type: Type | undefined): Claim {
  if (!type) return { name, kinds: ["any"], orNull: true, optional: true };
  const parts = type.isUnionType() ? type.getTypes() : [type];
  const is = (part: Type, flags: number) => (part.flags & flags) !== 0;
  const real = parts.filter((part) => !is(part, TypeFlags.Null | TypeFlags.Undefined));
  const [only] = real;
  const element =
    real.length === 1 && only && checker.isArrayType(only) ? argumentOf(checker, only) : undefined;
  return {
    name,
    kinds: kindsOf(checker, real),
    orNull: parts.some((part) => is(part, TypeFlags.Null | TypeFlags.Unknown | TypeFlags.Any)),
    optional: parts.some((part) => is(part, TypeFlags.Undefined)),
    ...(element
      ? { elements: kindsOf(checker, element.isUnionType() ? element.getTypes() : [element]) }
      : {}),
  };
}

function kindsOf(checker: Checker, parts: readonly Type[]): Kind[] {
  return [...new Set(parts.map((part) => kindOf(checker, part)))];
}

function kindOf(checker: Checker, type: Type): Kind {
  if ((type.flags & (TypeFlags.Any | TypeFlags.Unknown)) !== 0) return "any";
  if (checker.isTypeAssignableTo(type, checker.getStringType())) return "text";
  if (checker.isTypeAssignableTo(type, checker.getNumberType())) return "number";
  if (checker.isTypeAssignableTo(type, checker.getBigIntType())) return "bigint";
  if (checker.isTypeAssignableTo(type, checker.getBooleanType())) return "boolean";
  return type.getSymbol()?.name === "Uint8Array" ? "bytes" : "object";
}
