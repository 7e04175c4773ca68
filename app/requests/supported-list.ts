import { dayOf } from "#app/domain/kernel/calendar.ts";
import { publishableCounts } from "#app/domain/open-data/small-cells.ts";
import type { Services } from "#app/domain/services.ts";

/** The households that a round supported before lists were decided here; undefined where there is no such list. */
export async function supportedList(
  { notices, now }: Pick<Services, "notices" | "now">,
  id: string,
  /** Its page, where its id is put behind. */
  addressOf: (id: string) => string,
) {
  const file = await notices.file(id);
  if (!file) return undefined;
  // Categories leave only as counts that point at nobody.
  const { categories, ...open } = file;
  return {
    file: open,
    counts: publishableCounts(
      categories.map(({ category, count }) => ({ category, households: count })),
    ),
    address: addressOf(file.id),
    today: dayOf(file.upTo?.recordedAt ?? now()),
  };
}
