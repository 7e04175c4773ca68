import type { NextStep } from "#app/domain/people/sign-in.ts";
import { officeReturn } from "#app/i18n/office-paths.ts";
import { type Locale, pathTo } from "#app/i18n/paths.ts";

/** Where a sign-in goes on; `asked` is the office page somebody wanted to see, carried along in `?next=`. */
export function nextStepPath(locale: Locale, next: NextStep, asked: string | null): string {
  if (next === "office") return officeReturn(asked);
  if (next === "mine") return pathTo(locale, "mine");
  const page = pathTo(locale, next === "set-up" ? "setUp" : "secondStep");
  return asked === null ? page : `${page}?${new URLSearchParams({ next: asked }).toString()}`;
}
