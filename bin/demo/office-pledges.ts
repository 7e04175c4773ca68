import { must } from "#app/domain/kernel/result.ts";
import { confirmByPhone } from "#app/domain/pledges/confirm-by-phone.ts";
import type { Services } from "#app/domain/services.ts";

import { demoPerson } from "./office-people.ts";

/** Unconfirmed promises that the replay leaves, and how many of them stay so. */
const LEFT = 2;

/** One of the promises that the replay leaves unconfirmed is confirmed by an official's call; the others go on waiting. */
export async function confirmOneByPhone(
  scene: Pick<Services, "official" | "now" | "pledges" | "people">,
): Promise<void> {
  if ((await scene.pledges.unconfirmedCount()) <= LEFT) return;
  const [promise] = await scene.pledges.unconfirmed(LEFT, 1);
  if (!promise) return;
  const officer = await demoPerson(scene, "demo-committee-officer");
  const note = "Dữ liệu minh họa: đã gọi lại số tổng đài của công ty, kế toán xác nhận.";
  const verbs = { write: scene.official.write, now: scene.now };
  must(await confirmByPhone(verbs, officer, { code: promise.code, note }));
}
