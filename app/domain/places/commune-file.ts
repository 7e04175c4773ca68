/**
 * The page of a commune, and its address. A code names a commune only together with a period, so the lasting address
 * carries the month in which the period began; shorter forms find the commune a reader most likely means.
 *
 *   /xa/20443-2021-11   xã A Xan, until 30 June 2025     lasting, printed on papers
 *   /xa/20443-2025-07   xã Hùng Sơn, from 1 July 2025
 *   /xa/20443           the one in force today           also /xa/20443-2021 and /xa/hung-son
 */
import type { Bilingual } from "../kernel/bilingual.ts";
import type { Day } from "../kernel/calendar.ts";
import { fold } from "../kernel/fold.ts";
import type { StageTotals } from "../ledger/totals.ts";
import type { Shape } from "./map-paths.ts";
import type { PlaceName, Unit } from "./unit.ts";

/** A campaign on a commune page. */
export interface CommuneCampaign {
  readonly id: string;
  readonly slug: string;
  readonly species: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly goal: bigint;
  readonly endsOn: Day;
  readonly closedOn: Day | null;
  /** The commune row it was opened for. */
  readonly commune: string;
  readonly communeFrom: Day;
  readonly totals: StageTotals;
  /** Things and animals handed over, of whatever line. */
  readonly things: number;
  /** Born of them. */
  readonly young: number;
}

/** A list of supported households on a commune page. */
export interface CommuneNotice {
  readonly id: string;
  readonly campaign: string;
  readonly round: number;
  readonly households: number;
  readonly animals: number;
}

/** Everything a commune page shows. */
export interface CommuneFile {
  readonly unit: Unit;
  /** Units above it in its own period, nearest first. */
  readonly above: readonly Unit[];
  /** What it became, step by step; empty while in force. */
  readonly became: readonly Unit[];
  /** Units that became it. */
  readonly from: readonly Unit[];
  /** Other periods of the same code: other communes, perhaps. */
  readonly namesakes: readonly Unit[];
  /** Campaigns opened for it, and for the units that became it. */
  readonly campaigns: readonly CommuneCampaign[];
  readonly notices: readonly CommuneNotice[];
  /** Its People's Committee; null where none is registered. */
  readonly office: Bilingual | null;
}

/** Reading communes for their pages. */
export interface CommunePages {
  /** All units whose code or slug is `name`, of every period. */
  named(name: string): Promise<Unit[]>;
  file(unit: Unit): Promise<CommuneFile>;
  /**
   * Mountain communes of every period whose name holds `typed`, without regard to accents, blanks and apostrophes
   * (`atieng` finds A Tiêng), those in force first, and then those in force of a district of that name: at most `limit`.
   * Nothing for fewer than two letters.
   */
  search(typed: string, limit: number): Promise<FoundCommune[]>;
  /** Every mountain commune in force, by district and name. */
  today(): Promise<CommuneListing[]>;
}

/** A commune that a search found, and what it is today when it was merged. */
export interface FoundCommune extends Pick<Unit, "code" | "validFrom" | "validTo" | "fullName"> {
  /** The name searched for is its own, not only its district's. */
  readonly bears: boolean;
  /** The unit in force today that it became; null while it is in force itself. */
  readonly now: PlaceName | null;
  /** Name of the mountain district of 2024 it is in. */
  readonly district: string;
}

/** A commune whose text for searching holds what was typed, its district's name included. */
export type Searched = Omit<FoundCommune, "bears"> & Pick<Unit, "name" | "otherSpellings">;

/**
 * What a search shows of what it met, in the order given: communes that bear the name, old ones too, then those of its
 * district, where nobody needs the old ones. `wanted` is folded.
 */
export function searched(met: readonly Searched[], wanted: string): FoundCommune[] {
  const close = wanted.replaceAll(" ", "");
  const bears = ({ name, otherSpellings, fullName }: Searched) =>
    [name, fullName, ...otherSpellings].some((one) => {
      const folded = fold(one);
      return folded.includes(wanted) || folded.replaceAll(" ", "").includes(close);
    });
  const found = met.map((one) => ({ ...one, bears: bears(one) }));
  return [
    ...found.filter((one) => one.bears),
    ...found.filter((one) => !one.bears && one.now === null),
  ];
}

/** A commune of today in the list of all. */
export interface CommuneListing extends PlaceName {
  /** Name of the mountain district of 2024 on whose ground it is. */
  readonly district: string;
  /** What it was made of, by name. */
  readonly from: readonly PlaceName[];
  /** Campaigns opened for it and for what became it. */
  readonly campaigns: number;
  /** Heads, things and classes handed over in them. */
  readonly things: number;
  readonly outline: Shape | null;
}

/** The lasting address part of a commune: code and first month of its period. */
export function communeAddress(unit: Pick<Unit, "code" | "validFrom">): string {
  return `${unit.code}-${unit.validFrom.slice(0, 7)}`;
}

/** What an address part asks for: a code or slug, and a period where it names one. */
export function readCommuneAddress(
  text: string,
): { readonly name: string; readonly since: string | undefined } | undefined {
  if (text.length > 80) return undefined;
  const match =
    /^(?<name>[a-z0-9]+(?:-[a-z0-9]+)*?)(?:-(?<since>\d{4}(?:-\d{2}(?:-\d{2})?)?))?$/.exec(
      text.toLowerCase(),
    );
  const name = match?.groups?.["name"];
  return name === undefined ? undefined : { name, since: match?.groups?.["since"] };
}

/**
 * Of the units with one name, the one meant: the latest that began in the period asked for; without a period the one
 * in force on `today`, else the latest.
 */
export function pickUnit(
  units: readonly Unit[],
  since: string | undefined,
  today: Day,
): Unit | undefined {
  const communes = units
    .filter(({ kind }) => kind === "commune")
    .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  if (since !== undefined) {
    return communes.findLast(({ validFrom }) => validFrom.startsWith(since));
  }
  const now = communes.findLast(
    ({ validFrom, validTo }) => validFrom <= today && (validTo === null || validTo >= today),
  );
  return now ?? communes.at(-1);
}
