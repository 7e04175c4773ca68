import type { DonationReading } from "../donations/ports.ts";
import { pledgeCodeIn } from "../kernel/reference-code.ts";
import type { Pledges } from "./ports.ts";

/** What a code stands for. */
export type CodeFound =
  | { readonly is: "donation" }
  | { readonly is: "pledge" }
  | { readonly is: "campaign"; readonly slug: string };

interface Reading {
  readonly pledges: Pick<Pledges, "page">;
  readonly donations: Pick<DonationReading, "standing" | "file">;
}

/** A booked gift first, then a pledge that waits for its money, then a campaign's standing code. */
export async function findByCode(
  { pledges, donations }: Reading,
  code: string,
): Promise<CodeFound | undefined> {
  const pledge = pledgeCodeIn(code) === code ? await pledges.page(code) : undefined;
  if (pledge) return { is: pledge.gifts.length > 0 ? "donation" : "pledge" };
  const slug = await donations.standing(code);
  if (slug !== undefined) return { is: "campaign", slug };
  return (await donations.file(code)) ? { is: "donation" } : undefined;
}
