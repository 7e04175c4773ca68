import { useTranslation } from "react-i18next";

import type { StoryPlace } from "#app/domain/donations/ports.ts";
import type { DonationStory } from "#app/domain/donations/story.ts";
import { upperFirst } from "#app/i18n/first-letter.ts";
import { money, week } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";
import { toldByGateway } from "#app/ui/told-by-gateway.ts";

import { causeName, communeName, type Names, reasonName } from "./names.ts";

/** Stops of which a reader has to be told what they mean; the others explain themselves. */
const EXPLAINED = [
  "suspense",
  "clearing",
  "fund",
  "commune",
  "buying",
  "refund-due",
  "refunded",
  "undone",
  "taken-back",
  "won-back",
  "never-came",
] as const;

/** What a reader of a gift's page has to know before the picture: nothing moved yet, refunded, dead, merged. */
export function StateNotices(props: {
  readonly story: DonationStory;
  readonly names: Names;
  readonly places: readonly StoryPlace[];
}) {
  const { story, names, places } = props;
  const { t } = useTranslation("donation");
  const { t: tl } = useTranslation("ledger");
  const { t: payment } = useTranslation("payment");
  const { locale } = useSite();
  const stops = new Set<string>(story.outcome.standing.map(({ stop }) => stop));
  const alone = story.outcome.shares.length === 0;
  const told: { key: string; text: string }[] = EXPLAINED.filter(
    // Where animals stand already, money that waits is told by the headline and the table.
    (stop) => stops.has(stop) && (alone || stop === "suspense" || stop === "refund-due"),
  ).map((stop) => ({
    key: stop,
    text:
      stop === "clearing"
        ? `${toldByGateway(payment, locale, { channel: story.gift.channel, amount: waitingIn(story) })}. ${payment("told.waits")}`
        : t(`state.${stop}`),
  }));
  for (const { code, died, replacedBy } of story.animals) {
    if (!died) continue;
    told.push({
      key: code,
      text: t(replacedBy === null ? "state.dead" : "state.deadReplaced", {
        animal: code,
        day: week(locale, died.on),
        cause: causeName(tl, died.cause ?? "other"),
        other: replacedBy,
      }),
    });
  }
  for (const step of story.steps) {
    if (step.kind === "redesignation" && step.reversedBy === null && step.campaign !== null) {
      told.push({
        key: `r${step.entry}`,
        text: t("state.redesignated", {
          amount: money(locale, step.amount),
          campaign: names.campaign(step.campaign),
          reason: reasonName(tl, step.reason ?? "unknown"),
        }),
      });
    }
    if (step.kind === "succession" && step.commune !== null) {
      const before = placeBefore(places, step.on, story);
      told.push({
        key: `m${step.entry}`,
        text: t("state.merged", {
          old: before ? upperFirst(communeName(locale, before)) : "",
          new: names.commune(step.commune, step.on),
        }),
      });
    }
  }
  return told.map(({ key, text }) => (
    <p key={key} className="notice">
      {text}
    </p>
  ));
}

/** đồng of a gift that a gateway told of and no statement shows. */
function waitingIn({ outcome }: DonationStory): bigint {
  return outcome.standing.reduce(
    (sum, { stop, amount }) => (stop === "clearing" ? sum + amount : sum),
    0n,
  );
}

/** The commune the gift's campaign was opened for, as it was before the merger. */
function placeBefore(
  places: readonly StoryPlace[],
  on: string,
  story: DonationStory,
): StoryPlace | undefined {
  const communes = new Set(
    story.steps.flatMap(({ commune, on: day }) => (commune !== null && day < on ? [commune] : [])),
  );
  return places.find(
    ({ code, validFrom, validTo }) =>
      communes.has(code) && validFrom < on && validTo !== null && validTo <= on,
  );
}
