import type { TFunction } from "i18next";

import type { NoticePlace } from "#app/domain/lists/notice.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { placeInSentence } from "#app/i18n/place-names.ts";

/** Where a notice hangs, in words. */
export function placeWords(
  t: TFunction<"lists">,
  locale: Locale,
  { kind, place }: Pick<NoticePlace, "kind" | "place">,
  commune: string,
): string {
  return t(`place.${kind}`, {
    commune: placeInSentence(locale, commune),
    village: place,
  });
}
