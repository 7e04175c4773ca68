import { day } from "#app/i18n/formats.ts";

/** Facts of a problem as words; days as people write them. */
export function problemFacts(problem: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problem).map(([name, value]) => [
      name,
      name === "on" ? day(String(value)) : String(value),
    ]),
  );
}
