import { donationRecord } from "#app/domain/open-data/donation-record.ts";
import { lookUp } from "#app/requests/look-up.ts";
import { askedTooMuch, notPublished, openAnswer } from "#app/requests/open-answer.ts";
import { servicesContext } from "#app/requests/services.ts";
import type { Route } from "./+types/donation";

/** `/data/v1/donations/<code>.json`: where the đồng of one gift rest now. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const code = /^([A-Za-z0-9-]{1,64})\.json$/.exec(params.file)?.[1];
  const { openData } = context.get(servicesContext);
  const head = await openData.head();
  const gift = await lookUp(context, async () =>
    code === undefined ? undefined : openData.gift(code, head),
  );
  if (gift === "wait") return askedTooMuch();
  if (!gift) return notPublished({ code: "data.unknown-donation" });
  return openAnswer(donationRecord(gift), "json", head);
}
