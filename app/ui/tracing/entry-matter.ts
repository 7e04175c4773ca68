import type { LedgerRow } from "#app/domain/ledger-reading/ports.ts";
import { money, number } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { quickWords } from "#app/i18n/quick-words.ts";

import type { Names } from "./names.ts";
import { toldMatter } from "./told-matter.ts";
import { remembered } from "./remembered.ts";

/**
 * What an entry is about, in one line, and what it moved. Words are looked up once for the whole list: a look-up a row
 * would cost more than drawing it (docs/performance.md).
 */
export interface Matters {
  readonly kind: (row: LedgerRow) => string;
  readonly matter: (row: LedgerRow) => string;
  readonly amount: (row: LedgerRow) => string;
}

/** Make the phrases of a list. */
export function mattersOf(locale: Locale, names: Names): Matters {
  const t = quickWords(locale, "ledger");
  const accounts = remembered((key: string) => {
    const [day, code] = split(key);
    return names.account(code, day);
  });
  const say = (key: Matter, words: Readonly<Record<string, string>>) => t(MATTER[key], words);
  const account = (code: string | null, row: LedgerRow) =>
    code === null ? "" : accounts(`${row.on}|${code}`);

  const gift = (row: LedgerRow): string => {
    const words = { campaign: campaignOf(row, names), channel: t(`channel.${channelOf(row)}`) };
    return row.donation === null
      ? say("giftBare", words)
      : say("gift", { ...words, code: row.donation });
  };
  const handedOver = (row: LedgerRow) => thingsOf(row, placeOf(row));
  const between = (row: LedgerRow) =>
    say("between", { from: account(row.from, row), to: account(row.to, row) });
  const phrases: Readonly<Partial<Record<LedgerRow["kind"], (row: LedgerRow) => string>>> = {
    "donation-received": gift,
    "donation-reported": gift,
    "donation-confirmed": gift,
    "donation-expired": gift,
    "direct-gift": gift,
    "suspense-received": (row) => {
      const channel = t(`channel.${channelOf(row)}`);
      return row.donation === null ? channel : say("suspense", { channel, code: row.donation });
    },
    purchase: handedOver,
    "gift-in-kind": handedOver,
    birth: handedOver,
    loss: (row) => thingsOf(row, account(row.to, row)),
    "pass-on": (row) =>
      say("round", { things: thingsOf(row, ""), round: /:r(\d+)$/.exec(row.to ?? "")?.[1] ?? "" }),
    disbursement: (row) => account(row.to, row),
    reversal: (row) => say("reversal", { entry: number(locale, row.reverses ?? 0) }),
    "period-close": () => say("close", {}),
    "clock-corrected": () => say("clock", {}),
  };
  const matter = (row: LedgerRow) =>
    row.facts === null
      ? (phrases[row.kind] ?? between)(row)
      : toldMatter(locale, t, row.kind, row.facts);

  const placeOf = (row: LedgerRow): string => {
    const [, commune, round] = /^(?:delivered|herd):([^:]+):[^:]+:r(\d+)$/.exec(row.to ?? "") ?? [];
    return commune === undefined || round === undefined
      ? ""
      : say("place", { commune: names.commune(commune, row.on), round });
  };

  const thingsOf = (row: LedgerRow, place: string): string => {
    const named =
      row.things === 1 && row.thing !== null
        ? row.thing
        : `${number(locale, row.things)} ${t(`head.${row.species ?? "BO"}`)}`;
    return place === "" ? named : `${named} · ${place}`;
  };

  const amount = (row: LedgerRow): string => {
    if (row.unit === null) return "";
    const signed = row.kind === "reversal" ? -row.amount : row.amount;
    return row.unit === "VND" ? money(locale, signed) : t("heads", { n: number(locale, signed) });
  };

  return { kind: (row) => t(`kind.${row.kind}`), matter, amount };
}

/** Keys written out: putting one together for each row costs more than looking it up. */
const MATTER = {
  gift: "matter.gift",
  giftBare: "matter.giftBare",
  suspense: "matter.suspense",
  between: "matter.between",
  round: "matter.round",
  reversal: "matter.reversal",
  close: "matter.close",
  clock: "matter.clock",
  place: "matter.place",
} as const;
type Matter = keyof typeof MATTER;

function campaignOf(row: LedgerRow, names: Names): string {
  for (const code of [row.to, row.from]) {
    const campaign = code === null ? undefined : CAMPAIGN.exec(code)?.[1];
    if (campaign !== undefined) return names.campaign(campaign);
  }
  return "";
}

const CAMPAIGN = /^(?:fund|clearing:\w+|commune:[^:]+|fee:\w+):([^:]+)$/;

function channelOf(row: LedgerRow): string {
  for (const code of [row.from, row.to]) {
    const channel = /^(?:world:donor|clearing|fee):(\w+)/.exec(code ?? "")?.[1];
    if (channel !== undefined) return channel;
  }
  return "bank";
}

function split(key: string): [string, string] {
  const bar = key.indexOf("|");
  return [key.slice(0, bar), key.slice(bar + 1)];
}
