/** A campaign with registered households and the people of its commune: the road from a meeting to a notice, by its verbs. */
import { randomBytes } from "node:crypto";

import { sealingUnder } from "#app/adapters/sealed-texts.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import { addDays, startOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { beginList, submitList } from "#app/domain/lists/compile-list.ts";
import { decideList } from "#app/domain/lists/decide-list.ts";
import { addProof, confirmNotice, takeDown } from "#app/domain/lists/end-notice.ts";
import type { ListReading, ListServices } from "#app/domain/lists/ports.ts";
import { postNotice } from "#app/domain/lists/post-notice.ts";
import { type MeetingWish, recordMeeting } from "#app/domain/lists/record-meeting.ts";
import { registerHousehold } from "#app/domain/register/keep-household.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { OfficeStores } from "#app/domain/office-stores.ts";
import type { Writing } from "#app/domain/acts/act.ts";
import type { Database } from "#db/client.ts";
import { officialWriting } from "#db/stores/acts.ts";
import { listReadingStore } from "#db/stores/list-reading.ts";

import { holder, holding } from "./office-person.ts";
import { freshId, openOrderBooks, scan } from "./order-books.ts";

/** The commune of campaign LD1. */
const COMMUNE = "20446";

/** People of the road. */
export const VILLAGERS = {
  clerk: holder("list-clerk", "commune-clerk", COMMUNE),
  secondClerk: holder("list-clerk-2", "commune-clerk", COMMUNE),
  chair: holder("list-chair", "commune-leader", COMMUNE),
  front: holder("list-front", "front-officer", COMMUNE),
  stranger: holder("list-stranger", "commune-clerk", "20455"),
} as const;

export const FIRST_DAY = "2024-05-02";

/** Verbs over a database, with a clock that the test sets. */
export interface ListBooks<Lists = Pick<ListReading, "candidates" | "versions" | "notice">> {
  readonly services: ListServices & { readonly official: Writing<OfficeStores> };
  readonly lists: Lists;
  readonly campaign: string;
  readonly commune: string;
  /** Who compiles, decides and confirms. */
  readonly people: Readonly<Record<"clerk" | "chair" | "front", Person>>;
  /** First day of the road. */
  readonly firstDay: string;
  /** Go on to a day, nine in the morning. */
  onDay(day: string): void;
}

/** Open the books of LD1 with the verbs of lists over them. */
export async function openListBooks(db: Database): Promise<ListBooks<ListReading>> {
  await openOrderBooks(db);
  let at = startOf(FIRST_DAY) + 9 * 3600;
  const making = {
    now: () => at,
    sha256: sha256Hex,
    randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
    sealing: sealingUnder("demo-key-of-the-tests-of-lists"),
  };
  const official = holding(officialWriting(db, making), Object.values(VILLAGERS));
  return {
    services: {
      official,
      now: making.now,
      newId: () => randomBytes(8).toString("hex"),
      sha256: sha256Hex,
    },
    lists: listReadingStore(db),
    campaign: "LD1",
    commune: COMMUNE,
    people: VILLAGERS,
    firstDay: FIRST_DAY,
    onDay(day) {
      at = startOf(day) + 9 * 3600;
    },
  };
}

/** Register households of a village; answers their registrations in the order given. */
export async function registerIn(
  { services, lists, campaign, commune, people, firstDay }: ListBooks,
  village: string,
  names: readonly string[],
  changed: { readonly category?: string; readonly earlierSupport?: string } = {},
): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const before = new Set(
      (await lists.candidates(campaign, 1)).map(({ registration }) => registration),
    );
    must(
      await registerHousehold(services, people.clerk, {
        key: freshId(),
        commune,
        name,
        phone: "",
        book: "",
        village,
        category: changed.category ?? "poor",
        categoryDecision: "12/QĐ-UBND",
        categoryOn: addDays(firstDay, -100),
        members: [],
        ethnicGroup: "",
        selfName: "",
        ethnicConsent: false,
        labour: "2",
        land: "500",
        grass: true,
        barn: true,
        registration: {
          campaign,
          round: "1",
          channel: "paper",
          onDay: addDays(firstDay, -12),
          earlierSupport: changed.earlierSupport ?? "none",
        },
      }),
    );
    const found = (await lists.candidates(campaign, 1)).find(
      ({ registration }) => !before.has(registration),
    );
    if (!found) throw new Error(`${name} has no registration`);
    ids.push(found.registration);
  }
  return ids;
}

/** A meeting of a village that voted for registrations, first ones first. */
export function meetingOf(
  village: string,
  registrations: readonly string[],
  changed: Partial<MeetingWish> = {},
): MeetingWish {
  return {
    key: freshId(),
    campaign: "LD1",
    round: 1,
    village,
    onDay: "2024-04-25",
    place: "Nhà sinh hoạt thôn",
    called: 20,
    present: 15,
    places: Math.max(1, registrations.length - 1),
    way: "ballots",
    chair: "village",
    secretary: "commune",
    repeats: null,
    tie: null,
    leader: null,
    deputy: null,
    votes: registrations.map((registration, at) => ({ registration, votes: 10 - at, place: null })),
    ...changed,
  };
}

/** Five households of a village, their meeting, the list compiled and submitted. */
export async function submittedList(books: ListBooks): Promise<{ registrations: string[] }> {
  const { services, people, campaign } = books;
  const registrations = await registerIn(books, "Pà Ong", [
    "Alăng Thị Mơ",
    "Bhling Bhớt",
    "Zơrâm Nhơt",
    "Coor Tứ",
    "Pơloong Blúi",
  ]);
  const minutes = [scan()];
  const onDay = addDays(books.firstDay, -7);
  const meeting = meetingOf("Pà Ong", registrations, { campaign, onDay });
  must(await recordMeeting(services, people.clerk, meeting, minutes));
  must(await beginList(services, people.clerk, { campaign, round: 1 }));
  const seen = { list: `${campaign}-r1`, version: 1, revision: 1 };
  must(await submitList(services, people.clerk, seen));
  return { registrations };
}

/** Decide the version that was submitted. */
export async function decided(books: ListBooks, on = books.firstDay) {
  const open = (await books.lists.versions(`${books.campaign}-r1`)).find(
    ({ state }) => state === "submitted",
  );
  if (!open) throw new Error("nothing is submitted");
  const { list, version, revision } = open;
  const decision = { list, version, revision, decisionNumber: `${90 + version}/QĐ-UBND`, on };
  return must(await decideList(books.services, books.people.chair, decision, [scan()])).version;
}

/** Put the version in force up; answers the notice. */
export async function posted(books: ListBooks, version = 1, from = books.firstDay) {
  const wish = { key: freshId(), list: `${books.campaign}-r1`, version, from };
  return must(await postNotice(books.services, books.people.clerk, wish));
}

/** Hang it whole: proofs of each place, taken down and confirmed on the day after its last. */
export async function hungWhole(books: ListBooks, notice: { id: string; toDay: string }) {
  books.onDay(addDays(notice.toDay, 1));
  await provenIn(books, notice.id);
  const down = { notice: notice.id, on: addDays(notice.toDay, 1) };
  must(await takeDown(books.services, books.people.clerk, down));
  must(await confirmNotice(books.services, books.people.front, { notice: notice.id }));
}

/** All proofs of all places. */
export async function provenIn(
  { services, lists, people }: ListBooks,
  notice: string,
): Promise<void> {
  const places = (await lists.notice(notice))?.places ?? [];
  for (const { n, kind } of places) {
    if (kind === "web") continue;
    const files = { upPhoto: scan(), downPhoto: scan(), minutes: scan() };
    must(await addProof(services, people.clerk, { notice, n, loudspeakerDays: [], files }));
  }
}
