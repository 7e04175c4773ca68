import { must } from "#app/domain/kernel/result.ts";
import { decideObjection } from "#app/domain/objections/decide-objection.ts";
import { noteObjection, openObjection } from "#app/domain/objections/open-objection.ts";

import { linesInForce } from "./listing.ts";
import type { Road } from "./road.ts";

/** Somebody without an account objects on the web: the last household that is supported has a wage, they say. */
export async function objectOnline(road: Road): Promise<string> {
  const supported = (await linesInForce(road)).filter(({ reserve }) => !reserve);
  const { services } = road.stage;
  const opened = await openObjection(services, {
    list: road.list,
    line: supported.at(-1)?.code ?? "",
    ground: "has-job",
    text: "Dữ liệu minh họa: nhà này có người đi làm công ty, tháng nào cũng có lương.",
    contact: "",
    key: services.newId(),
  });
  return must(opened).code;
}

/** The Front notes what somebody brought on paper. */
export async function objectOnPaper(road: Road): Promise<string> {
  const supported = (await linesInForce(road)).filter(({ reserve }) => !reserve);
  const { front } = await road.offices();
  const { services } = road.stage;
  const noted = await noteObjection(services, front, {
    list: road.list,
    line: supported[3]?.code ?? "",
    ground: "already-supported",
    text: "Dữ liệu minh họa: hộ này năm trước đã nhận bò của chương trình khác.",
    contact: "",
    key: services.newId(),
    channel: "paper",
    on: road.today(),
  });
  return must(noted).code;
}

/** The leader of the commune decides. */
export async function answer(
  road: Road,
  code: string,
  outcome: "line-leaves" | "conditions-met",
): Promise<void> {
  const { leader } = await road.offices();
  const { services, papers } = road.stage;
  const paper = await papers.scan("decision", "tra-loi-y-kien", `Answer ${outcome}`);
  const decision = { code, outcome, on: road.today(), papers: [paper] };
  must(await decideObjection(services, leader, decision));
}
