import type { PreparedFile } from "#app/domain/files/add-files.ts";
import { addDays } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import {
  addProof,
  confirmNotice,
  endEarly,
  showProofs,
  takeDown,
} from "#app/domain/lists/end-notice.ts";
import type { Notice } from "#app/domain/lists/notice.ts";
import { postNotice } from "#app/domain/lists/post-notice.ts";

import { versionInForce } from "./listing.ts";
import type { Road } from "./road.ts";

async function noticeNow(road: Road): Promise<Notice> {
  const notice = await road.stage.official.write(({ lists }) => lists.notice(road.notice));
  if (!notice) throw new Error(`${road.list} hangs nowhere`);
  return notice;
}

/** The clerk puts the version in force up, photographs each place and has it read out. */
export async function post(road: Road): Promise<void> {
  const { clerk } = await road.offices();
  const { services, papers } = road.stage;
  const { version } = await versionInForce(road);
  const wish = { key: services.newId(), list: road.list, version, from: road.today() };
  const photo = await papers.photo("up", "niem-yet-tru-so");
  road.notice = must(await postNotice(services, clerk, wish, [photo])).id;
  await show(road, [photo]);
  const { places } = await noticeNow(road);
  for (const { n, kind } of places) {
    if (kind !== "village") continue;
    const upPhoto = await papers.photo("up", `niem-yet-thon-${n - 1}`);
    const proof = { notice: road.notice, n, loudspeakerDays: [road.today()], files: { upPhoto } };
    must(await addProof(services, clerk, proof));
  }
}

/** The clerk, who looked at them and found nobody in them, shows pictures of the notice. */
async function show(road: Road, photos: readonly PreparedFile[]): Promise<void> {
  const { services, papers } = road.stage;
  if (!papers.draws) return;
  const { clerk } = await road.offices();
  const wish = { notice: road.notice, files: photos.map(({ id }) => id) };
  must(await showProofs(services, clerk, wish));
}

/** Its days are over: photographed, signed by two, taken down. */
export async function bringDown(road: Road): Promise<void> {
  const { clerk } = await road.offices();
  const { services, papers } = road.stage;
  const { places, fromDay } = await noticeNow(road);
  for (const { n, kind } of places) {
    if (kind === "web") continue;
    const files = {
      downPhoto: await papers.photo("down", `het-niem-yet-${n}`),
      minutes: await papers.scan("minutes", `bien-ban-niem-yet-${n}`, road.list, `Place ${n}`),
    };
    const loudspeakerDays = kind === "village" ? [fromDay, addDays(fromDay, 7)] : [];
    must(await addProof(services, clerk, { notice: road.notice, n, loudspeakerDays, files }));
    if (kind === "office") await show(road, [files.downPhoto]);
  }
  must(await takeDown(services, clerk, { notice: road.notice, on: road.today() }));
}

/** The Front, which had no hand in it, confirms that it hung its days. */
export async function confirm(road: Road): Promise<void> {
  const { front } = await road.offices();
  must(await confirmNotice(road.stage.services, front, { notice: road.notice }));
}

/** Somebody tore it down: it does not count. */
export async function tornDown(road: Road): Promise<void> {
  const { clerk } = await road.offices();
  const wish = { notice: road.notice, on: road.today(), outcome: "torn-down" };
  must(await endEarly(road.stage.services, clerk, wish));
}
