/**
 * The answer of a rule or a verb: a value, or a problem with a code and the facts.
 *
 * Expected outcomes are values; exceptions are for bugs and broken machinery only.
 */
export type Result<Value, Problem extends { code: string }> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

/** A successful answer. */
export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** A refusal: `problem.code` is translated by `locales/`, the other fields are its facts. */
export function no<const Problem extends { code: string }>(
  problem: Problem,
): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem };
}

/** The value of an answer that cannot be a refusal here; a refusal is then a bug and is thrown. */
export function must<Value>(result: Result<Value, { code: string }>): Value {
  if (result.ok) return result.value;
  throw new Error(`unexpected refusal: ${describe(result.problem)}`);
}

function describe(problem: { code: string }): string {
  return JSON.stringify(problem, (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}
