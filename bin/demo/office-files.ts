import { readFile } from "node:fs/promises";

import { tellNews } from "#app/domain/campaigns/tell-news.ts";
import { addingFiles, type FileMaking } from "#app/domain/files/add-files.ts";
import { redactFile } from "#app/domain/files/change-picture.ts";
import { fileRulesOn } from "#app/domain/files/file-rules.ts";
import { stageFile } from "#app/domain/files/stage-files.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { Services } from "#app/domain/services.ts";

import { demoPerson } from "./office-people.ts";

/** News with a drawn picture, which carries position and device as a phone's would, so that losing them can be seen. */
const PICTURES = [
  {
    campaign: "TT1",
    clerk: "demo-commune-clerk-20941",
    file: "de-giong",
    textVi:
      "Tổ hộ gia đình đã xem giống dê ở trại và chọn những con khỏe, đúng tuổi theo định mức.",
    textEn:
      "The household group saw the goats at the farm and chose healthy ones of the right age.",
    caption: "Tranh minh họa: hai người trong tổ đứng cạnh đàn dê giống đã chọn",
    // The two faces, as somebody in the office would cover them.
    boxes: [
      { x: 1050, y: 2290, width: 300, height: 520 },
      { x: 1620, y: 2220, width: 300, height: 520 },
    ],
  },
  {
    campaign: "SG1",
    clerk: "demo-commune-clerk-20929",
    file: "may-say-mang",
    textVi: "Mẻ măng đầu tiên đã sấy thử bằng máy mượn của huyện: năm khay, một ngày, khô đều.",
    textEn:
      "The first bamboo shoots were dried on a borrowed machine: five trays, one day, evenly dry.",
    caption: "Tranh minh họa: máy sấy măng năm khay dưới mái che",
    boxes: [],
  },
] as const;

/** What telling news with pictures needs. */
export type PictureScene = FileMaking & Pick<Services, "official">;

/** Tell news with pictures through the office's verbs, one with covered faces. Done twice it changes nothing. */
export async function tellWithPictures(scene: PictureScene): Promise<void> {
  for (const { campaign, clerk, file, textVi, textEn, caption, boxes } of PICTURES) {
    const key = `demo-picture-${campaign}`;
    if ((await scene.files.reading.publishedFor("campaign", [campaign])).length > 0) continue;
    const person = await demoPerson(scene, clerk);
    const bytes = await readFile(
      new URL(`../../db/seeds/data/pictures/${file}.jpg`, import.meta.url),
    );
    const brought = {
      form: key,
      person: person.id,
      field: "photos",
      kind: "photo" as const,
      name: `${file}.jpg`,
      bytes: new Uint8Array(bytes),
    };
    const staged = must(await stageFile(scene, brought, fileRulesOn(dayOf(scene.now()))));
    await scene.files.staged.add([staged]);
    const wish = {
      campaign,
      key,
      textVi,
      textEn,
      tie: { kind: "need", need: 1 },
      captions: [caption],
      photos: "shown",
    } as const;
    must(await addingFiles(scene, [staged], (files) => tellNews(scene, person, wish, files)));
    const [shown] = await scene.files.reading.publishedFor("campaign", [campaign]);
    if (shown && boxes.length > 0) {
      const redaction = { file: shown.file, version: 2, boxes, reason: "face" } as const;
      must(await redactFile(scene, person, redaction));
    }
  }
}
