import type { TFunction } from "i18next";

import type { NoticePlace } from "#app/domain/lists/notice.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { placeInSentence } from "#app/i18n/place-names.ts";

/** Where a notice hangs, in words: of an area of words that holds `place.office`, `place.village`, `place.web`. */
export function placeWords(
  t: TFunction<"office-road"> | TFunction<"lists">,
  locale: Locale,
  { kind, place }: Pick<NoticePlace, "kind" | "place">,
  commune: string,
): string {
  return (t as TFunction)(`place.${kind}`, {
    commune: placeInSentence(locale, commune),
    village: place,
  });
}
