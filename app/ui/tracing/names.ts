import type { TFunction } from "i18next";

import type { Day } from "#app/domain/kernel/calendar.ts";
import { accountCode, accountSpec } from "#app/domain/ledger/chart.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { placeInSentence } from "#app/i18n/place-names.ts";
import { quickWords } from "#app/i18n/quick-words.ts";

import { remembered } from "./remembered.ts";

/** What has to be known of a campaign to name it and its accounts. */
export interface NamedCampaign {
  readonly id: string;
  readonly species: string;
  readonly commune: string;
  readonly communeFrom: Day;
}

/** What has to be known of a commune to name it. */
export interface NamedPlace {
  readonly code: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly name: string;
  readonly fullName: string;
}

/** Says codes of campaigns, communes and accounts in the reader's words. Made once a page. */
export interface Names {
  /** `bò La Dêê` */
  readonly campaign: (id: string) => string;
  /** `xã La Dêê`, by the period in force on `day`, else the latest. */
  readonly commune: (code: string, day?: Day) => string;
  /** `quỹ bò La Dêê` */
  readonly account: (code: string, day?: Day) => string;
}

/** The namer of a page. */
export function namesOf(
  locale: Locale,
  campaigns: readonly NamedCampaign[],
  places: readonly NamedPlace[],
): Names {
  const t = quickWords(locale, "ledger");
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const periodsOf = Map.groupBy(places, (place) => place.code);
  const nameOf = new Map<NamedPlace, string>();
  const placeOn = (code: string, day: Day | undefined) => {
    const periods = periodsOf.get(code);
    return periods?.find((place) => day !== undefined && covers(place, day)) ?? periods?.at(-1);
  };
  const commune = (code: string, day?: Day) => {
    const place = placeOn(code, day);
    if (!place) return code;
    const name = nameOf.get(place) ?? communeName(locale, place);
    nameOf.set(place, name);
    return name;
  };
  const campaign = remembered((id) => {
    const known = byId.get(id);
    if (!known) return id;
    const place = placeOn(known.commune, known.communeFrom);
    return t("fund", { species: t(`fundOf.${known.species}`), commune: place?.name ?? "" });
  });
  const account = (code: string, day?: Day): string => {
    const spec = accountSpec(code);
    if (!spec.ok) return code;
    const parts = code.split(":");
    const { kind } = spec.value;
    const words = {
      campaign: spec.value.campaign === undefined ? "" : campaign(spec.value.campaign),
      commune: spec.value.commune === undefined ? "" : commune(spec.value.commune, day),
      round: /:r(\d+)$/.exec(code)?.[1] ?? "",
      channel: channelOf(t, parts),
      cause: kind === "loss" ? causeName(t, parts[1] ?? "") : "",
      species: speciesOf(t, kind, parts),
    };
    if (code === accountCode.dueOfCommittee) return t("account.due-committee");
    return t(`account.${kind === "world" ? `world-${parts[1]}` : kind}`, words);
  };
  return { campaign, commune, account };
}

/** `xã La Dêê` in a sentence; English puts the kind behind. */
export function communeName(locale: Locale, place: Pick<NamedPlace, "fullName">): string {
  return placeInSentence(locale, place.fullName);
}

/** `plan 9295, II.1.3` as a Vietnamese reader writes it; sources are kept in English in the data. */
export function sourceName(locale: Locale, source: string): string {
  return locale === "vi" ? source.replace(/^plan (\d+), /i, "Kế hoạch $1/KH-UBND, mục ") : source;
}

/** Why an animal was lost, in words. */
export function causeName(t: TFunction<"ledger">, cause: string): string {
  return t([`cause.${cause}`, "cause.other"]);
}

/** A coded reason in words. */
export function reasonName(t: TFunction<"ledger">, code: string): string {
  return t([`reason.${code}`, "reason.unknown"], { code });
}

/** What kind of paper a digest stands for. */
export function paperName(t: TFunction<"ledger">, kind: string): string {
  return t([`evidence.${kind}`, "evidence.other"]);
}

function covers(place: NamedPlace, day: Day): boolean {
  return place.validFrom <= day && (place.validTo === null || day <= place.validTo);
}

function channelOf(t: TFunction<"ledger">, parts: readonly string[]): string {
  const channel = parts[0] === "world" ? parts[2] : parts[1];
  const spoken = parts[0] === "world" || parts[0] === "clearing" || parts[0] === "fee";
  return spoken && channel !== undefined ? t([`channel.${channel}`, "channel.bank"]) : "";
}

function speciesOf(t: TFunction<"ledger">, kind: string, parts: readonly string[]): string {
  const species = kind === "world" || kind === "herd" || kind === "owed" ? parts[2] : undefined;
  return species === undefined ? "" : t(`species.${species}`);
}
