import type { OwingCampaign } from "#app/domain/progress/ports.ts";
import { may, type Person } from "#app/domain/people/may.ts";
import type { OfficeAct } from "#app/domain/people/office-act.ts";
import type { Services } from "#app/domain/services.ts";
import type { Locale } from "#app/i18n/paths.ts";

/** Campaigns of communes where a person may do an act of the register, by number. */
export async function registerCampaigns(
  { progress }: Pick<Services, "progress">,
  person: Person,
  act: OfficeAct,
): Promise<readonly OwingCampaign[]> {
  const all = await progress.owing();
  return all.filter(
    ({ communes, district }) => may(person, act, { communes: [...communes], district }).ok,
  );
}

/** The same as a form offers them. */
export function offered(campaigns: readonly OwingCampaign[], locale: Locale) {
  return campaigns.map(({ id, title }) => ({ id, title: title[locale] || title.vi }));
}
