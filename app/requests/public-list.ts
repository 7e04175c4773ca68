import { daysHung, daysLeft, type Notice, noticeOf } from "#app/domain/lists/notice.ts";
import { type ListLine, totalsOf } from "#app/domain/lists/list-version.ts";
import { countingMeetings } from "#app/domain/lists/compile.ts";
import type { PublicList } from "#app/domain/lists/ports.ts";
import { pictureSource } from "#app/domain/files/public-picture.ts";
import { LEAST_COUNT, publishableCounts } from "#app/domain/open-data/small-cells.ts";
import type { NoticeThing } from "#app/domain/notices/ports.ts";
import type { Services } from "#app/domain/services.ts";

/** How a line stands, as the public is told. */
export type PublicLineState =
  | "reserve"
  | "decided"
  | "hanging"
  | "not-counted"
  | "whole"
  | "locked"
  | "handed-over";

/** A line as the public is shown it: its code, and nothing that few share. */
export interface PublicLine {
  readonly code: string;
  /** Null where fewer than the least cell of the list live there. */
  readonly village: string | null;
  readonly heads: number;
  readonly amount: bigint;
  readonly reserve: boolean;
  /** Place among the reserves, from 1. */
  readonly nth: number;
  /** Told only where it explains a lower level. */
  readonly lower: boolean;
  readonly state: PublicLineState;
  /** Objections open against it. */
  readonly objections: readonly {
    readonly code: string;
    readonly ground: string;
    readonly answerBy: string;
  }[];
  /** Under a consent that stands. */
  readonly name: string | null;
  readonly things: readonly NoticeThing[];
}

/** A version of a list as its public page and its public sheet show it. */
export type PublicListView = Awaited<ReturnType<typeof publicListView>>;

/** What may be public of a list: people, registrations and who was elected stay behind. */
export async function publicListView(
  services: Pick<Services, "notices" | "files" | "rules">,
  file: PublicList,
  today: string,
) {
  const { campaign, version, lines } = file;
  const rule = await services.rules.on("lists.least-cell", today);
  const least = typeof rule === "number" && rule > 0 ? rule : LEAST_COUNT;
  const notices = file.notices.filter((one) => one.version === version.version);
  const notice = noticeOf(file.notices, version.version);
  const supported = lines.filter(({ reserve }) => !reserve);
  const given = await services.notices.file(version.list);
  const published = await services.files.reading.publishedFor(
    "notice",
    notices.map(({ id }) => id),
  );
  const pictures = new Map(published.map((one) => [one.file, pictureSource(one).src]));
  const shownVillages = cells(lines, ({ village }) => village, least);
  const wholeList = file.objections.filter(({ line }) => line === null).map(plain);
  const told = lines.map((line, at): PublicLine => {
    const own = file.objections.filter((one) => one.line === line.code).map(plain);
    const handed = file.handedOver.includes(line.code);
    const row = given?.rows.find(({ code }) => code === line.code);
    return {
      code: line.code,
      village: shownVillages.has(line.village) ? line.village : null,
      heads: line.heads,
      amount: line.amount,
      reserve: line.reserve,
      nth: at + 1 - supported.length,
      lower: line.why === "earlier-support" && line.heads < (campaign.norm?.perHousehold ?? 0),
      state: stateOf(line, { handed, locked: own.length + wholeList.length > 0, notice }),
      objections: own,
      name: row?.name ?? null,
      things: row?.things ?? [],
    };
  });
  const locked = sumOf(told.filter(({ state }) => state === "locked"));
  const totals = totalsOf(lines);
  return {
    campaign: {
      id: campaign.id,
      slug: campaign.slug,
      titleVi: campaign.titleVi,
      titleEn: campaign.titleEn,
      species: campaign.species,
      commune: campaign.commune,
      communeFrom: campaign.communeFrom,
      communeName: campaign.communeName,
      norm: campaign.norm,
    },
    office: file.office,
    list: version.list,
    round: version.round,
    version: version.version,
    inForce: version.state === "decided",
    checksum: version.checksum ?? "",
    decidedOn: version.decidedOn ?? "",
    decisionNumber: version.decisionNumber ?? "",
    entry: version.entry ?? 0,
    reason: version.reason,
    lines: told,
    totals,
    locked,
    least,
    wholeList,
    counts: publishableCounts(
      [...Map.groupBy(lines, ({ category }) => category)].map(([category, { length }]) => ({
        category,
        households: length,
      })),
      least,
    ),
    all: lines.length,
    notice: notice ? noticeView(notice, today, pictures) : null,
    formerNotices: notices
      .filter(({ id }) => id !== notice?.id)
      .map((one) => noticeView(one, today, pictures)),
    versions: file.versions.map(
      ({ version: n, decidedOn, decisionNumber, state, reason, checksum }) => ({
        version: n,
        decidedOn,
        decisionNumber,
        state,
        reason,
        checksum,
      }),
    ),
    // A meeting without quorum that was not held again is told too: it is why a village is missing.
    meetings: file.meetings.map(({ village, onDay, called, present, way, quorate, tie }) => ({
      village: shownVillages.has(village) ? village : null,
      onDay,
      called,
      present,
      way,
      quorate,
      tie,
    })),
    villages: countingMeetings(file.meetings).length,
  };
}

function plain({ code, ground, answerBy }: PublicList["objections"][number]) {
  return { code, ground, answerBy };
}

function sumOf(lines: readonly PublicLine[]): bigint {
  return lines.reduce((sum, { amount }) => sum + amount, 0n);
}

/** Groups that are large enough to be told. */
function cells<Item>(
  items: readonly Item[],
  of: (item: Item) => string,
  least: number,
): ReadonlySet<string> {
  const sizes = [...Map.groupBy(items, of)].map(([category, { length }]) => ({
    category,
    households: length,
  }));
  return new Set(publishableCounts(sizes, least).map(({ category }) => category));
}

function stateOf(
  line: ListLine,
  at: { readonly handed: boolean; readonly locked: boolean; readonly notice: Notice | undefined },
): PublicLineState {
  if (at.handed) return "handed-over";
  if (at.locked) return "locked";
  if (line.reserve) return "reserve";
  if (!at.notice) return "decided";
  if (at.notice.outcome === null) return "hanging";
  return at.notice.outcome === "whole" ? "whole" : "not-counted";
}

function noticeView(notice: Notice, today: string, pictures: ReadonlyMap<string, string>) {
  const { fromDay, toDay, endedOn, outcome, downOn, places, postedEntry, endedEntry } = notice;
  const last = endedOn ?? (today < toDay ? today : toDay);
  return {
    fromDay,
    toDay,
    endedOn,
    outcome,
    down: downOn !== null,
    postedEntry,
    endedEntry,
    today,
    left: daysLeft(notice, today),
    days: daysHung(notice, toDay),
    hung: daysHung(notice, last),
    places: places.map(({ n, kind, place, upPhoto, downPhoto, minutes, loudspeakerDays }) => ({
      n,
      kind,
      place,
      up: pictures.get(upPhoto ?? "") ?? null,
      down: pictures.get(downPhoto ?? "") ?? null,
      /** Whether the office has them, shown or not. */
      proofs: { up: upPhoto !== null, down: downPhoto !== null, minutes: minutes !== null },
      loudspeakerDays,
    })),
  };
}
