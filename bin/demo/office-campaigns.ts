import type { Model } from "#app/domain/campaigns/model.ts";
import { amendCampaign, draftCampaign, saveSection } from "#app/domain/campaigns/draft-campaign.ts";
import { type DraftContent, type Section, SECTIONS } from "#app/domain/campaigns/draft-content.ts";
import { publishCampaign } from "#app/domain/campaigns/publish-campaign.ts";
import { giveOpinion, sendBack, submitDraft } from "#app/domain/campaigns/submit-draft.ts";
import { addingFiles, type FileMaking } from "#app/domain/files/add-files.ts";
import { fileRulesOn } from "#app/domain/files/file-rules.ts";
import { stageFile } from "#app/domain/files/stage-files.ts";
import { addDays, dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { Services } from "#app/domain/services.ts";

import { demoPaper } from "./demo-paper.ts";
import { demoPerson } from "./office-people.ts";

/** What the scene acts with: the services of the site. */
export type CampaignScene = FileMaking & Pick<Services, "official" | "drafts" | "drawSigns">;

/** Published campaign of the replay that gets its second version. */
const AMENDED = "TT1";
const OPEN_COMMUNE = "20941";
const OTHER_COMMUNE = "20929";

/**
 * Campaigns on their way in the demonstration, by its people through the verbs of the office: one half written, one with
 * both opinions that waits for the Committee, one sent back, and a published one with a second version. No entry is made.
 */
export async function seedCampaignDrafts(scene: CampaignScene): Promise<void> {
  if ((await scene.drafts.list()).some(({ id, campaign }) => id !== campaign)) return;
  const clerk = await demoPerson(scene, `demo-commune-clerk-${OPEN_COMMUNE}`);
  const other = await demoPerson(scene, `demo-commune-clerk-${OTHER_COMMUNE}`);
  await halfWritten(scene, clerk);
  await waiting(scene, clerk);
  await mendable(scene, other);
  await amended(scene, clerk);
}

/** A class that nobody has priced yet. */
async function halfWritten(scene: CampaignScene, clerk: Person): Promise<void> {
  const id = await begun(scene, clerk, OPEN_COMMUNE, "training", "Hai lớp tin học cho cán bộ thôn");
  await fill(scene, clerk, id, {
    purpose: {
      model: "training",
      species: "LH",
      summaryVi: "Mỗi lớp mười hai buổi tại trung tâm xã, ưu tiên cán bộ thôn chưa dùng máy tính.",
    },
    time: { startsOn: addDays(today(scene), 40), endsOn: "" },
  });
}

/** Goats for twenty households, agreed by both offices. */
async function waiting(scene: CampaignScene, clerk: Person): Promise<void> {
  const title = "Dê sinh sản cho 20 hộ nóc cao";
  const id = await begun(scene, clerk, OPEN_COMMUNE, "livestock", title);
  const content = { ...(await published(scene)), ...GOATS, titleVi: title };
  await fill(scene, clerk, id, {
    ...sectionsOf(content),
    time: {
      startsOn: addDays(today(scene), 21),
      endsOn: addDays(today(scene), 400),
      closedOn: "",
    },
  });
  await fileDecision(scene, clerk, id, "418/QĐ-UBND");
  await agreed(scene, clerk, id);
}

/** A village work that the Committee wants explained. */
async function mendable(scene: CampaignScene, clerk: Person): Promise<void> {
  const title = "Nhà sinh hoạt cộng đồng thôn";
  const id = await begun(scene, clerk, OTHER_COMMUNE, "village", title);
  const base = await published(scene);
  await fill(scene, clerk, id, {
    ...sectionsOf({ ...base, ...VILLAGE, titleVi: title }),
    offices: {
      twin: "so-tai-chinh-da-nang",
      responsible: `ubnd-${OTHER_COMMUNE}-2025`,
      reportingMonths: 6,
    },
    time: {
      startsOn: addDays(today(scene), 30),
      endsOn: addDays(today(scene), 300),
      closedOn: "",
    },
  });
  await fileDecision(scene, clerk, id, "97/QĐ-UBND");
  must(await submitDraft(scene, clerk, await seen(scene, id)));
  const officer = await demoPerson(scene, "demo-committee-officer");
  must(
    await sendBack(scene, officer, {
      ...(await seen(scene, id)),
      reason: "text",
      note: "Nói rõ nhà sinh hoạt phục vụ bao nhiêu hộ và phần dân góp công là gì.",
    }),
  );
}

/** What the commune settled later: the plans for too much and too little, and statements twice a year. */
async function amended(scene: CampaignScene, clerk: Person): Promise<void> {
  const wish = { key: "demo-amend-campaign", campaign: AMENDED };
  const { draft: id } = must(await amendCampaign(scene, clerk, wish));
  const { content } = await find(scene, id);
  await fill(scene, clerk, id, {
    households: { poor: 14, nearPoor: 7, escaped: 2, leader: 2 },
    offices: { twin: content.twin, responsible: content.responsible, reportingMonths: 6 },
    plans: {
      surplus: "reserve",
      surplusTo: "",
      shortfall: "fewer",
      passOnHeads: content.passOnHeads,
      passOnAgeDays: content.passOnAgeDays,
    },
    change: { reason: "plans-changed" },
  });
  await fileDecision(scene, clerk, id, content.decisionNumber, content.decisionDate);
  await agreed(scene, clerk, id);
  const leader = await demoPerson(scene, "demo-committee-leader");
  must(await publishCampaign(scene, leader, await seen(scene, id)));
}

const GOATS: Partial<DraftContent> = {
  model: "livestock",
  species: "DE",
  titleEn: "",
  summaryEn: "",
  storyEn: "",
  summaryVi:
    "Hai mươi hộ ở các nóc xa trung tâm, mỗi hộ năm dê cái; dê con đủ sáu tháng chuyển tiếp.",
  storyVi:
    "Từ trung tâm xã lên các nóc phải đi bộ nửa buổi. Bò không lên được, nhưng dê thì quen dốc và ăn được lá rừng.\n\nHai mươi hộ đã họp hai nhóm, bầu trưởng nhóm và nhận làm chuồng trước khi dê về. Mỗi hộ cam kết chuyển một dê con cho hộ ở vòng sau.",
  poor: 12,
  nearPoor: 5,
  escaped: 1,
  leader: 2,
  byNorm: true,
  needs: [],
  normReasons: [],
  surplus: "same",
  surplusTo: "",
  shortfall: "fewer",
  passOnHeads: 1,
  passOnAgeDays: 180,
  pictures: [],
  reason: "",
};

const VILLAGE: Partial<DraftContent> = {
  ...GOATS,
  model: "village",
  species: "TC",
  summaryVi: "Dựng lại nhà sinh hoạt cộng đồng của thôn, một tiêu chí của thôn kiểu mẫu.",
  storyVi:
    "Nhà sinh hoạt cũ đã mục mái, thôn phải họp nhờ ở điểm trường. Bà con góp công và gỗ; phần xin ủng hộ là mái, nền và điện.",
  byNorm: false,
  needs: [
    {
      titleVi: "Mái, nền và điện nhà sinh hoạt cộng đồng",
      titleEn: "Roof, floor and wiring of the community house",
      unitVi: "nhà",
      unitEn: "house",
      quantity: 1,
      unitPrice: "185000000",
      catalogue: "",
    },
  ],
  passOnHeads: 0,
  passOnAgeDays: 0,
};

type Parts = Partial<Record<Section, Partial<DraftContent>>>;

/** All sections of a content but those about a decision and a change. */
function sectionsOf(content: DraftContent): Parts {
  const names = (Object.keys(SECTIONS) as Section[]).filter(
    (name) => name !== "decision" && name !== "change",
  );
  return Object.fromEntries(names.map((name) => [name, content]));
}

async function begun(
  scene: CampaignScene,
  clerk: Person,
  commune: string,
  model: Model,
  titleVi: string,
): Promise<string> {
  const wish = { key: `demo-${commune}-${model}`, commune, model, titleVi };
  return must(await draftCampaign(scene, clerk, wish)).draft;
}

/** Save sections one by one, as a clerk does. */
async function fill(scene: CampaignScene, clerk: Person, id: string, parts: Parts): Promise<void> {
  for (const [name, part] of Object.entries(parts)) {
    const section = name as Section;
    const draft = await find(scene, id);
    const content = { ...draft.content, ...part };
    const revision = draft.revisions[section] ?? 0;
    must(await saveSection(scene, clerk, { draft: id, section, revision, content }));
  }
}

/** File the permitting decision; its paper is invented and says so. */
async function fileDecision(
  scene: CampaignScene,
  clerk: Person,
  id: string,
  decisionNumber: string,
  decisionDate = addDays(today(scene), -12),
): Promise<void> {
  const staged = must(
    await stageFile(
      scene,
      {
        form: `demo-${id}`,
        person: clerk.id,
        field: "decision",
        kind: "decision",
        name: "quyet-dinh.pdf",
        bytes: demoPaper("Du lieu minh hoa / demonstration", "Quyet dinh", id.slice(0, 8)),
      },
      fileRulesOn(today(scene)),
    ),
  );
  await scene.files.staged.add([staged]);
  const draft = await find(scene, id);
  must(
    await addingFiles(scene, [staged], (files) =>
      saveSection(scene, clerk, {
        draft: id,
        section: "decision",
        revision: draft.revisions["decision"] ?? 0,
        content: {
          ...draft.content,
          decisionNumber,
          decisionDate,
          decisionFile: files[0]?.id ?? "",
        },
        files,
      }),
    ),
  );
}

/** Submit a draft, and let both offices agree to it. */
async function agreed(scene: CampaignScene, clerk: Person, id: string): Promise<void> {
  must(await submitDraft(scene, clerk, await seen(scene, id)));
  const district = await demoPerson(scene, "demo-district-officer");
  must(
    await giveOpinion(scene, district, {
      ...(await seen(scene, id)),
      side: "district",
      verdict: "agrees",
      remarks: "",
    }),
  );
  const twin = await demoPerson(scene, "demo-twin-officer-so-nong-nghiep-da-nang");
  must(
    await giveOpinion(scene, twin, {
      ...(await seen(scene, id)),
      side: "twin",
      verdict: "agrees-with-remarks",
      remarks: "Nên tiêm phòng và cách ly mười lăm ngày trước khi bàn giao cho hộ.",
    }),
  );
}

async function published(scene: CampaignScene): Promise<DraftContent> {
  const found = await scene.drafts.published(AMENDED);
  if (!found) throw new Error(`no campaign ${AMENDED} in the demonstration`);
  return found.content;
}

async function find(scene: CampaignScene, id: string) {
  const draft = await scene.drafts.find(id);
  if (!draft) throw new Error(`no draft ${id}`);
  return draft;
}

async function seen(scene: CampaignScene, id: string) {
  return { draft: id, version: (await find(scene, id)).version };
}

function today({ now }: CampaignScene): string {
  return dayOf(now());
}
