import { bookFiled } from "../acts/matter.ts";
import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import { publishFile, type PictureActProblem } from "../files/change-picture.ts";
import { type Day, dayOf, isDay } from "../kernel/calendar.ts";
import { must, no, ok, type Result } from "../kernel/result.ts";
import type { PostProblem } from "../ledger/ports.ts";
import type { AuditFacts } from "../people/audit.ts";
import { carryOut, type Done, done, type Moment, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import type { OfficeAct } from "../people/office-act.ts";
import { readListId } from "./list-version.ts";
import { missingProofs, type Notice, type NoticeOutcome } from "./notice.ts";
import {
  fileSubjectOfList,
  type ListPlace,
  placeOfCampaign,
  roleOf,
  subjectOfList,
} from "./place.ts";
import type { ListServices, ListStores } from "./ports.ts";

export type EndProblem =
  | MayProblem
  | PostProblem
  | PictureActProblem
  | { code: "notice.unknown"; notice: string }
  | { code: "notice.ended" }
  | { code: "notice.no-place" }
  | { code: "notice.no-proof-given" }
  | { code: "notice.bad-loudspeaker-day" }
  | { code: "list.bad-day" }
  | { code: "notice.not-over"; toDay: Day }
  | { code: "notice.proofs-missing"; missing: number }
  | { code: "notice.not-down" }
  | { code: "notice.bad-outcome" };

interface Found {
  readonly place: ListPlace;
  readonly notice: Notice;
}

interface AtNotice
  extends Found, Pick<Moment<ListStores, unknown>, "stores" | "person" | "today" | "at"> {}

/** Do one thing with a notice that hangs, in one transaction. */
async function workOnNotice<Value>(
  services: ListServices,
  person: Person,
  asked: { readonly act: OfficeAct; readonly notice: string },
  work: (at: AtNotice) => Promise<Result<Done<Value>, EndProblem>>,
): Promise<Result<Value, EndProblem>> {
  return carryOut<ListStores, Result<Found, EndProblem>, Result<Done<Value>, EndProblem>>(
    services,
    person,
    {
      find: async (stores, today) => {
        const notice = await stores.lists.notice(asked.notice);
        const id = notice && readListId(notice.list);
        const place = id && (await placeOfCampaign(stores, id.campaign, today));
        if (!notice || !place) return no({ code: "notice.unknown", notice: asked.notice });
        return ok({ notice, place });
      },
      right: (now, { notice, place }) => {
        const hands = [notice.postedBy, ...(notice.endedBy === null ? [] : [notice.endedBy])];
        return rightTo(now, asked.act, subjectOfList(place, hands));
      },
      work: async ({ stores, person: now, found, today, at }) =>
        found.notice.outcome === null
          ? work({ stores, person: now, ...found, today, at })
          : no({ code: "notice.ended" }),
    },
  );
}

/** A line of the trail about a notice. */
function noteOfNotice({ id }: Notice, facts: AuditFacts) {
  return { kind: "notice", id, facts };
}

/** Proofs of one place: what was brought is kept in place of what was there, the rest stays. */
export interface ProofWish {
  readonly notice: string;
  readonly n: number;
  /** Days on which it was read out. */
  readonly loudspeakerDays: readonly string[];
  readonly files: {
    readonly upPhoto?: PreparedFile;
    readonly downPhoto?: PreparedFile;
    readonly minutes?: PreparedFile;
  };
}

/** Add proofs of a place while the notice hangs, or while its end is not confirmed. */
export function addProof(
  services: ListServices,
  person: Person,
  wish: ProofWish,
): Promise<Result<{ readonly n: number }, EndProblem>> {
  const asked = { act: "notice.post", notice: wish.notice } as const;
  return workOnNotice(services, person, asked, async (at) => {
    const { stores, notice, place, today } = at;
    const spot = notice.places.find(({ n, kind }) => n === wish.n && kind !== "web");
    if (!spot) return no({ code: "notice.no-place" });
    const { upPhoto, downPhoto, minutes } = wish.files;
    const brought = [upPhoto, downPhoto, minutes].filter((file) => file !== undefined);
    const days = [...new Set(wish.loudspeakerDays)].toSorted();
    if (!days.every((one) => isDay(one) && one >= notice.fromDay && one <= today)) {
      return no({ code: "notice.bad-loudspeaker-day" });
    }
    if (brought.length === 0 && days.join() === spot.loudspeakerDays.join()) {
      return no({ code: "notice.no-proof-given" });
    }
    await stores.lists.keepPlace(notice.id, {
      ...spot,
      upPhoto: upPhoto?.id ?? spot.upPhoto,
      downPhoto: downPhoto?.id ?? spot.downPhoto,
      minutes: minutes?.id ?? spot.minutes,
      loudspeakerDays: days,
    });
    const subject = fileSubjectOfList("notice", notice.id, place);
    const facts = { step: "proof", place: wish.n, files: brought.length };
    return ok({
      value: { n: wish.n },
      notes: [noteOfNotice(notice, facts)],
      // Whoever put it up may file its photos there: refused here, nothing of the act may stay.
      follows: async () => void must(await keepFiles(stores, person, brought, subject, at.at)),
    });
  });
}

/** A clerk says that it came down; with all its days over and all proofs there it waits for a second person. */
export function takeDown(
  services: ListServices,
  person: Person,
  wish: { readonly notice: string; readonly on: string },
): Promise<Result<{ readonly on: Day }, EndProblem>> {
  const asked = { act: "notice.post", notice: wish.notice } as const;
  return workOnNotice(services, person, asked, async (at) => {
    const { notice, today } = at;
    // Said twice it came down once.
    if (notice.downOn !== null) return done({ on: notice.downOn });
    const { on } = wish;
    if (!isDay(on) || on > today || on < notice.fromDay) return no({ code: "list.bad-day" });
    // It hangs the whole of its last day.
    if (on <= notice.toDay) return no({ code: "notice.not-over", toDay: notice.toDay });
    const missing = missingProofs(notice.places).length;
    if (missing > 0) return no({ code: "notice.proofs-missing", missing });
    await at.stores.lists.tookDown(notice.id, person.id, on);
    return done({ on }, noteOfNotice(notice, { step: "down", on }));
  });
}

/** Somebody who neither put it up nor took it down confirms that it hung its days. From then on it counts. */
export function confirmNotice(
  services: ListServices,
  person: Person,
  wish: { readonly notice: string },
): Promise<Result<{ readonly entry: number }, EndProblem>> {
  const asked = { act: "notice.confirm", notice: wish.notice } as const;
  return workOnNotice(services, person, asked, async (at) => {
    const { notice } = at;
    if (notice.downOn === null || notice.endedBy === null) return no({ code: "notice.not-down" });
    const ended = await end(at, { on: notice.toDay, outcome: "whole", confirmedBy: person.id });
    if (!ended.ok) return ended;
    const { entry } = ended.value;
    return done({ entry }, noteOfNotice(notice, { outcome: "whole", entry }));
  });
}

/** It ended too early, or nothing proves that it hung: it does not count, and the public page says so. */
export function endEarly(
  services: ListServices,
  person: Person,
  wish: { readonly notice: string; readonly on: string; readonly outcome: string },
): Promise<Result<{ readonly entry: number }, EndProblem>> {
  const asked = { act: "notice.post", notice: wish.notice } as const;
  return workOnNotice(services, person, asked, async (at) => {
    const { notice, today } = at;
    const { on, outcome } = wish;
    if (outcome !== "torn-down" && outcome !== "no-proof")
      return no({ code: "notice.bad-outcome" });
    if (!isDay(on) || on > today || on < notice.fromDay) return no({ code: "list.bad-day" });
    const last = on < notice.toDay ? on : notice.toDay;
    const ended = await end(at, { on: last, outcome, confirmedBy: null });
    if (!ended.ok) return ended;
    return done(ended.value, noteOfNotice(notice, { step: "ended", outcome }));
  });
}

/** Show the photos of a notice that were looked at and covered: they are public from then on. */
export async function showProofs(
  services: ListServices,
  person: Person,
  wish: { readonly notice: string; readonly files: readonly string[] },
): Promise<Result<{ readonly shown: number }, EndProblem>> {
  return services.official.write<Result<{ readonly shown: number }, EndProblem>>(async (stores) => {
    const notice = await stores.lists.notice(wish.notice);
    if (!notice) return no({ code: "notice.unknown", notice: wish.notice });
    const own = new Set(notice.places.flatMap(({ upPhoto, downPhoto }) => [upPhoto, downPhoto]));
    const files = wish.files.filter((file) => own.has(file));
    if (files.length === 0) return no({ code: "notice.no-proof-given" });
    for (const file of files) {
      const tied = { kind: "notice", id: notice.id };
      const shown = await publishFile(
        stores,
        person,
        "notice.post",
        { file, tied },
        services.now(),
      );
      if (!shown.ok) return shown;
    }
    return ok({ shown: files.length });
  });
}

/** What ends with a version that is replaced: its notice, if it hangs still. Called in the deciding transaction. */
export async function endReplaced(
  services: Pick<ListServices, "now">,
  of: {
    readonly stores: ListStores;
    readonly person: Person;
    readonly role: string;
    readonly list: string;
    readonly on: Day;
  },
): Promise<Result<undefined, PostProblem>> {
  const hanging = (await of.stores.lists.notices(of.list)).find(({ outcome }) => outcome === null);
  if (!hanging) return ok(undefined);
  const on = of.on < hanging.toDay ? of.on : hanging.toDay;
  const last = on < hanging.fromDay ? hanging.fromDay : on;
  const ended = await endWith(of.stores, hanging, {
    on: last,
    outcome: "replaced",
    role: of.role,
    by: of.person.id,
    confirmedBy: null,
    today: dayOf(services.now()),
  });
  return ended.ok ? ok(undefined) : ended;
}

function end(
  { stores, notice, place, person, today }: AtNotice,
  how: {
    readonly on: Day;
    readonly outcome: NoticeOutcome;
    readonly confirmedBy: string | null;
  },
): Promise<Result<{ readonly entry: number }, PostProblem>> {
  return endWith(stores, notice, {
    ...how,
    role: roleOf(place),
    by: notice.endedBy ?? person.id,
    today,
  });
}

async function endWith(
  stores: ListStores,
  notice: Notice,
  how: {
    readonly on: Day;
    readonly outcome: NoticeOutcome;
    readonly role: string;
    readonly by: string;
    readonly confirmedBy: string | null;
    /** The entry is of the day on which it is told: the notice's own days stand in its facts. */
    readonly today: Day;
  },
): Promise<Result<{ readonly entry: number }, PostProblem>> {
  const { on, outcome, by, confirmedBy } = how;
  const { list, version, fromDay } = notice;
  const photos = notice.places.flatMap(({ downPhoto, minutes }) =>
    [
      { kind: "photo", file: downPhoto },
      { kind: "minutes", file: minutes },
    ].flatMap(({ kind, file }) => (file === null ? [] : [{ kind, file }])),
  );
  const files = new Map(
    (await stores.files.files(photos.map(({ file }) => file))).map((one) => [one.id, one.digest]),
  );
  const evidence = photos.flatMap(({ kind, file }) => {
    const digest = files.get(file);
    return digest === undefined ? [] : [{ kind, digest }];
  });
  const booked = await bookFiled(
    stores,
    { key: `notice-ended:${notice.id}`, on: how.today, role: how.role, evidence },
    { kind: "notice-ended", legs: [], facts: { list, version, from: fromDay, to: on, outcome } },
  );
  if (!booked.ok) return booked;
  const { entry } = booked.value;
  await stores.lists.endNotice(notice.id, { on, outcome, by, confirmedBy, entry });
  return ok({ entry });
}
