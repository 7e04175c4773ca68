import { data } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { listId, readListId } from "#app/domain/lists/list-version.ts";
import { subjectOfList } from "#app/domain/lists/place.ts";
import type { ListCampaign } from "#app/domain/lists/ports.ts";
import { may, type Person } from "#app/domain/people/may.ts";
import type { OfficeAct } from "#app/domain/people/office-act.ts";
import type { Services } from "#app/domain/services.ts";

/** The campaign and the round of a list's address in the office; 404 where there is none. */
export async function listDesk(
  { lists, now }: Pick<Services, "lists" | "now">,
  id: string,
): Promise<{ readonly list: string; readonly round: number; readonly campaign: ListCampaign }> {
  const read = readListId(id);
  const campaign = read && (await lists.campaign(read.campaign, dayOf(now())));
  if (!read || !campaign) throw data({ code: "list.unknown" }, { status: 404 });
  return { list: listId(read.campaign, read.round), round: read.round, campaign };
}

/** Campaigns whose lists a person may see, or work at. */
export async function listCampaignsOf(
  { lists, now }: Pick<Services, "lists" | "now">,
  person: Person,
  act: OfficeAct,
): Promise<ListCampaign[]> {
  const campaigns = await lists.campaigns(dayOf(now()));
  return campaigns.filter((campaign) => may(person, act, subjectOfList(campaign)).ok);
}

/** A whole number as typed; not a number where it is none. */
export function typedCount(text: string | undefined): number {
  const bare = (text ?? "").replace(/[\s.,]/gu, "");
  return /^\d{1,9}$/.test(bare) ? Number(bare) : Number.NaN;
}
