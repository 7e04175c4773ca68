import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { newId, randomHex } from "#app/adapters/randomness.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import { type NewsServices, type NewsWish, tellNews } from "#app/domain/campaigns/tell-news.ts";
import { amendCampaign, draftCampaign, saveSection } from "#app/domain/campaigns/draft-campaign.ts";
import {
  type DraftContent,
  EMPTY_CONTENT,
  type Section,
  SECTIONS,
} from "#app/domain/campaigns/draft-content.ts";
import type { DraftServices } from "#app/domain/campaigns/draft-ports.ts";
import { publishCampaign } from "#app/domain/campaigns/publish-campaign.ts";
import {
  cancelDraft,
  giveOpinion,
  sendBack,
  submitDraft,
} from "#app/domain/campaigns/submit-draft.ts";
import { changedFields } from "#app/domain/campaigns/version.ts";
import { addDays, startOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { Role } from "#app/domain/people/role.ts";
import { seedPlan } from "#db/seeds/plan.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { holding } from "../../tests/support/office-person.ts";
import { officialWriting } from "./acts.ts";
import { campaignStore } from "./campaigns.ts";
import { campaignVersions } from "./campaign-versions.ts";
import { draftReadingStore } from "./draft-reading.ts";

const TODAY = "2026-11-23";
const COMMUNE = "20443";

function person(id: string, role: Role, organisation: string, place: string | null): Person {
  const grant = { id: `g-${id}`, role, organisation, place, from: "2021-01-01", to: null };
  return { id, name: id, secondFactor: true, grants: [grant] };
}
const CLERK = person("clerk", "commune-clerk", "ubnd-20443-2025", COMMUNE);
const ELSEWHERE = person("elsewhere", "commune-clerk", "ubnd-20476-2025", "20476");
const DISTRICT = person("district", "district-officer", "dan-toc-da-nang", "504");
const TWIN = person("twin", "twin-officer", "so-tai-chinh-da-nang", null);
const STRANGER = person("stranger", "twin-officer", "so-van-hoa-da-nang", null);
const LEADER = person("leader", "committee-leader", "dan-toc-da-nang", null);
const OTHER_LEADER = person("leader2", "committee-leader", "dan-toc-da-nang", null);
/** Clerk and head of the Committee at once: the table must still keep the two apart. */
const BOTH: Person = { ...CLERK, id: "both", grants: [...CLERK.grants, ...LEADER.grants] };

const CONTENT: DraftContent = {
  ...EMPTY_CONTENT,
  model: "livestock",
  species: "BO",
  titleVi: "Bò sinh sản cho 20 hộ xã Hùng Sơn",
  summaryVi: "Hai mươi hộ, mỗi hộ hai con bò cái.",
  storyVi: "Chuyện của hai mươi hộ.",
  twin: "so-tai-chinh-da-nang",
  responsible: "ubnd-20443-2025",
  poor: 12,
  nearPoor: 6,
  escaped: 1,
  leader: 1,
  bankAccount: "van-dong",
  startsOn: "2026-12-15",
  endsOn: "2027-06-30",
  decisionNumber: "1201/QĐ-UBND",
  decisionDate: "2026-11-02",
  decisionFile: "decision",
  surplus: "reserve",
  shortfall: "fewer",
  passOnHeads: 1,
  passOnAgeDays: 365,
};

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  let today = TODAY;
  let services: DraftServices & NewsServices;
  beforeAll(async () => {
    base = await testDatabase(kind);
    await seedPlan(base.db);
    await base.db.rows(
      `insert into bank_account (id, holder, bank_name, bin, number, owner, valid_from)
       values ('van-dong', 'Ban vận động', 'Agribank', '970405', 'DEMO1', 'appeal', '2022-01-01'),
              ('moi', 'Ban vận động', 'BIDV', '970418', 'DEMO2', 'appeal', '2022-01-01'),
              ('cu', 'Ban vận động', 'BIDV', '970418', 'DEMO3', 'appeal', '2022-01-01')`,
    );
    await base.db.rows(`update bank_account set valid_to = '2025-01-01' where id = 'cu'`);
    for (const id of ["decision", "decision2"]) {
      await base.db.rows(
        `insert into office_file (id, kind, subject_kind, subject_id, subject_communes, name, format, bytes, digest, blob,
           added_by, added_at) values ($1, 'decision', 'campaign', 'x', '{20443}', 'q.pdf', 'pdf', 9, $2, $1, 'clerk', 1)`,
        [id, sha256Hex(new TextEncoder().encode(id))],
      );
    }
    const making = { sha256: sha256Hex, randomHex, now: () => startOf(today) + 36_000 };
    services = {
      now: making.now,
      newId,
      drawSigns: (count) => Array.from({ length: count }, () => parseInt(randomHex(1), 16) % 32),
      official: holding(officialWriting(base.db, making), [
        CLERK,
        ELSEWHERE,
        DISTRICT,
        TWIN,
        STRANGER,
        LEADER,
        OTHER_LEADER,
        BOTH,
      ]),
    };
  });
  beforeEach(() => {
    today = TODAY;
  });
  afterAll(() => base.close());

  let keys = 0;
  async function begin(by = CLERK): Promise<string> {
    keys += 1;
    const wish = { key: `k${keys}`, commune: COMMUNE, model: "livestock" as const, titleVi: "Bò" };
    return must(await draftCampaign(services, by, wish)).draft;
  }
  const find = async (id: string) => {
    const draft = await draftReadingStore(base.db, services.now).find(id);
    if (!draft) throw new Error(`no draft ${id}`);
    return draft;
  };
  async function fill(id: string, content: Partial<DraftContent> = {}, by = CLERK) {
    for (const section of Object.keys(SECTIONS) as Section[]) {
      const revision = (await find(id)).revisions[section] ?? 0;
      const wish = { draft: id, section, revision, content: { ...CONTENT, ...content } };
      must(await saveSection(services, by, wish));
    }
  }
  const seen = async (id: string) => ({ draft: id, version: (await find(id)).version });
  async function opinions(id: string) {
    const agree = { verdict: "agrees", remarks: "" } as const;
    must(
      await giveOpinion(services, DISTRICT, { ...(await seen(id)), side: "district", ...agree }),
    );
    must(await giveOpinion(services, TWIN, { ...(await seen(id)), side: "twin", ...agree }));
  }
  async function handedIn(content: Partial<DraftContent> = {}): Promise<string> {
    const id = await begin();
    await fill(id, content);
    must(await submitDraft(services, CLERK, await seen(id)));
    return id;
  }
  async function opened(content: Partial<DraftContent> = {}): Promise<string> {
    const id = await handedIn(content);
    await opinions(id);
    return must(await publishCampaign(services, LEADER, await seen(id))).campaign;
  }

  test("goes from the commune's draft over two opinions to a public campaign", async () => {
    const id = await handedIn();
    expect((await find(id)).state).toBe("submitted");
    await opinions(id);
    expect((await find(id)).state).toBe("opinions");
    const { campaign, version } = must(await publishCampaign(services, LEADER, await seen(id)));
    expect({ campaign, version }).toEqual({ campaign: "HS1", version: 1 });

    const page = await campaignStore(base.db).bySlug("bo-sinh-san-cho-20-ho-xa-hung-son");
    expect(page).toMatchObject({
      id: "HS1",
      goal: 800_000_000n,
      householdsNeeded: 20,
      targets: { poor: 12, nearPoor: 6, escaped: 1, leader: 1 },
      surplus: "reserve",
      shortfall: "fewer",
      publishedOn: TODAY,
      opinions: [
        { side: "district", verdict: "agrees" },
        { side: "twin", verdict: "agrees" },
      ],
    });
    // English was never written: the page says the Vietnamese text in its place.
    expect(page?.title).toEqual({ vi: CONTENT.titleVi, en: CONTENT.titleVi });
    expect(page?.draftedBy?.name.vi).toContain("Hùng Sơn");
    expect(page?.needs[0]).toMatchObject({ quantity: 40, unitPrice: 20_000_000n });
    expect(page?.needs[0]?.norm?.id).toBe("bo-2021");

    const steps = await draftReadingStore(base.db, services.now).steps(id);
    expect(steps.map(({ step, person: who }) => `${step} ${who}`)).toEqual([
      "begun clerk",
      "submitted clerk",
      "opinion district",
      "opinion twin",
      "published leader",
    ]);
    const lines = await base.db.rows<{ act: string }>(
      `select distinct act from audit_line where subject = $1 order by act`,
      [id],
    );
    expect(lines.map(({ act }) => act)).toEqual([
      "campaign.draft",
      "campaign.opine",
      "campaign.publish",
    ]);
  });

  test("keeps half-finished drafts, and saves one section without touching another", async () => {
    const id = await begin();
    const early = { ...EMPTY_CONTENT, bankAccount: "van-dong" };
    must(
      await saveSection(services, CLERK, {
        draft: id,
        section: "account",
        revision: 0,
        content: early,
      }),
    );
    // A form of another section, made before: it saves its own fields and nothing else.
    const late = { ...EMPTY_CONTENT, startsOn: "2026-12-15", endsOn: "" };
    must(
      await saveSection(services, CLERK, {
        draft: id,
        section: "time",
        revision: 0,
        content: late,
      }),
    );
    const { content } = await find(id);
    expect(content).toMatchObject({
      titleVi: "Bò",
      bankAccount: "van-dong",
      startsOn: "2026-12-15",
    });
    const stale = { draft: id, section: "account" as const, revision: 0 };
    expect(
      await saveSection(services, CLERK, { ...stale, content: { ...early, bankAccount: "moi" } }),
    ).toMatchObject({ problem: { code: "draft.section-stale", section: "account" } });
    // The same form sent twice is no conflict.
    expect((await saveSection(services, CLERK, { ...stale, content: early })).ok).toBe(true);
    expect(await submitDraft(services, CLERK, await seen(id))).toMatchObject({
      problem: { code: "draft.incomplete" },
    });
  });

  test("makes one draft of a form that was sent twice", async () => {
    const wish = { key: "twice", commune: COMMUNE, model: "training" as const, titleVi: "Lớp" };
    const first = must(await draftCampaign(services, CLERK, wish));
    expect(must(await draftCampaign(services, CLERK, wish))).toEqual(first);
    expect((await find(first.draft)).content.species).toBe("LH");
    for (const other of [{ titleVi: "Lớp khác" }, { model: "start-up" as const }]) {
      expect(await draftCampaign(services, CLERK, { ...wish, ...other })).toMatchObject({
        problem: { code: "draft.key-used" },
      });
    }
  });

  test("lets nobody draft for another commune, nor change or submit its drafts", async () => {
    const wish = { key: "far", commune: COMMUNE, model: "livestock" as const, titleVi: "Bò" };
    expect(await draftCampaign(services, ELSEWHERE, wish)).toMatchObject({
      problem: { code: "people.not-your-place" },
    });
    const id = await begin();
    const save = { draft: id, section: "account" as const, revision: 0, content: CONTENT };
    expect((await saveSection(services, ELSEWHERE, save)).ok).toBe(false);
    expect((await saveSection(services, LEADER, save)).ok).toBe(false);
    // The role went while the form was on its way: what the session began with counts no more.
    const gone: Person = { ...CLERK, id: "gone" };
    expect(await saveSection(services, gone, save)).toMatchObject({
      problem: { code: "people.not-your-role" },
    });
    expect((await submitDraft(services, ELSEWHERE, await seen(id))).ok).toBe(false);
    expect(
      await draftCampaign(services, CLERK, { ...wish, key: "old", commune: "20446" }),
    ).toMatchObject({ ok: false });
  });

  test("names no file of another commune's, and shows no picture that was taken back", async () => {
    for (const [file, commune, subject] of [
      ["foreign", "20476", "campaign"],
      ["dossier", COMMUNE, "order"],
      ["taken", COMMUNE, "campaign"],
    ] as const) {
      await base.db.rows(
        `insert into office_file (id, kind, subject_kind, subject_id, subject_communes, name, format, bytes, digest, blob,
           added_by, added_at) values ($1, 'photo', $4, 'x', $2, 'a.jpg', 'jpeg', 9, $3, $1, 'clerk', 1)`,
        [file, [commune], sha256Hex(new TextEncoder().encode(file)), subject],
      );
    }
    const id = await begin();
    const save = { draft: id, section: "story" as const, revision: 0 };
    const story = (file: string) => ({
      ...CONTENT,
      pictures: [{ file, altVi: "Chuồng bò", altEn: "" }],
    });
    for (const file of ["foreign", "dossier", "no-such-file"]) {
      const wish = { ...save, content: story(file) };
      expect(await saveSection(services, CLERK, wish)).toMatchObject({
        problem: { code: "draft.other-file", file },
      });
    }
    await base.db.rows(
      `insert into file_picture (file, n, width, height, blob, small_width, small_height, small_blob, boxes)
       values ('taken', 1, 2, 2, 'b', 1, 1, 's', '[]')`,
    );
    await base.db.rows(
      `insert into file_step (file, n, step, picture, reason, tied_kind, tied_id, person, organisation, at)
       values ('taken', 1, 'added', 1, null, null, null, 'clerk', 'o', 1),
              ('taken', 2, 'published', 1, null, 'campaign', 'X1', 'clerk', 'o', 2),
              ('taken', 3, 'withdrawn', 1, 'person-asked', null, null, 'clerk', 'o', 3)`,
    );
    const draft = await handedIn(story("taken"));
    await opinions(draft);
    expect(await publishCampaign(services, LEADER, await seen(draft))).toMatchObject({
      problem: { code: "draft.picture-taken-back", file: "taken" },
    });
  });

  test("never lets the one who prepared it publish it, whatever roles they hold", async () => {
    const id = await begin(BOTH);
    await fill(id, {}, BOTH);
    must(await submitDraft(services, BOTH, await seen(id)));
    await opinions(id);
    expect(await publishCampaign(services, BOTH, await seen(id))).toMatchObject({
      problem: { code: "people.own-preparation" },
    });
    expect((await find(id)).state).toBe("opinions");
    expect((await publishCampaign(services, LEADER, await seen(id))).ok).toBe(true);
  });

  test("of two who decide at once one wins, the other is told", async () => {
    const id = await handedIn();
    await opinions(id);
    const at = await seen(id);
    const [first, second] = await Promise.all([
      publishCampaign(services, LEADER, at),
      publishCampaign(services, OTHER_LEADER, at),
    ]);
    expect(first.ok).not.toBe(second.ok);
    const lost = first.ok ? second : first;
    expect(lost).toMatchObject({ problem: { code: "draft.already-decided", state: "published" } });
    const [counted] = await base.db.rows<{ n: bigint }>(
      `select count(*) as n from campaign_version where draft = $1`,
      [id],
    );
    expect(counted?.n).toBe(1n);
  });

  test("decides nothing on what somebody did not see", async () => {
    const id = await handedIn();
    const old = await seen(id);
    await opinions(id);
    expect(await publishCampaign(services, LEADER, old)).toMatchObject({
      problem: { code: "office.stale" },
    });
  });

  test("publishes nothing before the offices spoke or were silent long enough", async () => {
    const id = await handedIn();
    expect(await publishCampaign(services, LEADER, await seen(id))).toMatchObject({
      problem: { code: "draft.opinions-awaited", days: 10 },
    });
    today = addDays(TODAY, 10);
    const { campaign } = must(await publishCampaign(services, LEADER, await seen(id)));
    const [row] = await base.db.rows<{ slug: string }>(`select slug from campaign where id = $1`, [
      campaign,
    ]);
    const page = await campaignStore(base.db).bySlug(row?.slug ?? "");
    expect(page?.opinions).toMatchObject([
      { side: "district", verdict: null },
      { side: "twin", verdict: null },
    ]);
  });

  test("publishes nothing without the decision on file, nor with an account that ended", async () => {
    const bare = await handedIn({ decisionFile: "" });
    await opinions(bare);
    expect(await publishCampaign(services, LEADER, await seen(bare))).toMatchObject({
      problem: { code: "draft.no-decision-file" },
    });
    // The decision may still be filed while opinions are given.
    const decision = { draft: bare, section: "decision" as const, revision: 1, content: CONTENT };
    must(await saveSection(services, CLERK, decision));
    expect((await publishCampaign(services, LEADER, await seen(bare))).ok).toBe(true);

    const old = await handedIn({ bankAccount: "cu" });
    await opinions(old);
    expect(await publishCampaign(services, LEADER, await seen(old))).toMatchObject({
      problem: { code: "account.not-then" },
    });
  });

  test("takes one opinion a side, of the right office, with reasons for anything but yes", async () => {
    const id = await handedIn();
    const agree = { verdict: "agrees", remarks: "" } as const;
    expect(
      await giveOpinion(services, TWIN, { ...(await seen(id)), side: "district", ...agree }),
    ).toMatchObject({ problem: { code: "opinion.not-your-side" } });
    expect(
      await giveOpinion(services, DISTRICT, {
        ...(await seen(id)),
        side: "district",
        verdict: "disagrees",
        remarks: " ",
      }),
    ).toMatchObject({ problem: { code: "opinion.no-remarks" } });
    must(
      await giveOpinion(services, DISTRICT, { ...(await seen(id)), side: "district", ...agree }),
    );
    expect(
      await giveOpinion(services, DISTRICT, { ...(await seen(id)), side: "district", ...agree }),
    ).toMatchObject({ problem: { code: "opinion.given" } });
    expect(
      await giveOpinion(services, STRANGER, { ...(await seen(id)), side: "twin", ...agree }),
    ).toMatchObject({ problem: { code: "people.not-your-place" } });
    await expect(
      base.db.rows(`update draft_opinion set verdict = 'disagrees' where draft = $1`, [id]),
    ).rejects.toThrow(/refused/);
    await expect(base.db.rows(`delete from draft_step where draft = $1`, [id])).rejects.toThrow(
      /refused/,
    );
  });

  test("is sent back with a reason, mended, and asked about anew", async () => {
    const id = await handedIn();
    const agree = { verdict: "agrees", remarks: "" } as const;
    must(
      await giveOpinion(services, DISTRICT, { ...(await seen(id)), side: "district", ...agree }),
    );
    const back = { ...(await seen(id)), reason: "text", note: "Viết rõ hơn về chuồng trại." };
    expect(await sendBack(services, LEADER, { ...back, reason: "because" })).toMatchObject({
      problem: { code: "draft.no-reason" },
    });
    expect(await sendBack(services, LEADER, { ...back, note: "" })).toMatchObject({
      problem: { code: "draft.no-note" },
    });
    expect((await sendBack(services, CLERK, back)).ok).toBe(false);
    must(await sendBack(services, LEADER, back));
    const story = { ...CONTENT, storyVi: "Chuồng trại đã có." };
    must(
      await saveSection(services, CLERK, {
        draft: id,
        section: "story",
        revision: 1,
        content: story,
      }),
    );
    must(await submitDraft(services, CLERK, await seen(id)));
    expect(await publishCampaign(services, LEADER, await seen(id))).toMatchObject({
      problem: { code: "draft.opinions-awaited" },
    });
    await opinions(id);
    expect((await find(id)).state).toBe("opinions");
  });

  test("is given up with a reason and stays as it was", async () => {
    const id = await begin();
    const wish = { ...(await seen(id)), reason: "begun-twice", note: "" };
    must(await cancelDraft(services, CLERK, wish));
    const save = { draft: id, section: "account" as const, revision: 0, content: CONTENT };
    expect(await saveSection(services, CLERK, save)).toMatchObject({
      problem: { code: "draft.already-decided", state: "cancelled" },
    });
    await expect(
      base.db.rows(
        `update campaign_draft set state = 'drafting', version = version + 1 where id = $1`,
        [id],
      ),
    ).rejects.toThrow(/refused/);
    await expect(base.db.rows(`delete from campaign_draft where id = $1`, [id])).rejects.toThrow(
      /refused/,
    );
  });

  test("changes a published campaign only by a visible version, one change at a time", async () => {
    const campaign = await opened();
    const { draft } = must(
      await amendCampaign(services, CLERK, { key: `a-${campaign}`, campaign }),
    );
    expect(
      must(await amendCampaign(services, CLERK, { key: `a-${campaign}`, campaign })).draft,
    ).toBe(draft);
    const begun = await begin();
    expect(await amendCampaign(services, CLERK, { key: `k${keys}`, campaign })).toMatchObject({
      problem: { code: "draft.key-used" },
    });
    expect(begun).not.toBe(draft);
    expect(await amendCampaign(services, CLERK, { key: "another", campaign })).toMatchObject({
      problem: { code: "draft.amended-already", draft },
    });
    expect((await amendCampaign(services, ELSEWHERE, { key: "x", campaign })).ok).toBe(false);
    const before = (await find(draft)).content;
    expect(before).toMatchObject({ ...CONTENT, needs: expect.anything() as never });
    await fill(draft, {
      endsOn: "2027-09-30",
      bankAccount: "moi",
      nearPoor: 10,
      decisionFile: "decision2",
      reason: "households-changed",
    });
    must(await submitDraft(services, CLERK, await seen(draft)));
    await opinions(draft);
    expect(must(await publishCampaign(services, LEADER, await seen(draft)))).toEqual({
      campaign,
      version: 2,
    });
    const versions = await campaignVersions(base.db, campaign);
    expect(versions.map(({ version, reason }) => [version, reason])).toEqual([
      [2, "households-changed"],
      [1, null],
    ]);
    const [after, first] = versions;
    expect(changedFields(first?.terms ?? {}, after?.terms ?? {}).map(({ field }) => field)).toEqual(
      ["goal", "needs", "households", "nearPoor", "endsOn", "account", "decisionDigest"],
    );
    await expect(
      base.db.rows(`update campaign_version set reason = 'x' where campaign = $1`, [campaign]),
    ).rejects.toThrow(/refused/);
    const [row] = await base.db.rows<{ goal: bigint; version: number; code: string }>(
      `select goal, version, code from campaign where id = $1`,
      [campaign],
    );
    expect(row).toMatchObject({ goal: 960_000_000n, version: 2 });
  });

  test("tells news once however often its form is sent, and nothing else under its key", async () => {
    const campaign = await opened();
    const wish = {
      campaign,
      key: `n-${campaign}`,
      textVi: "Các hộ đã làm xong chuồng.",
      textEn: "",
      tie: { kind: "need", need: 1 } as const,
      captions: [],
      photos: "shown" as const,
    };
    const tell = (over: Partial<NewsWish> = {}) =>
      tellNews(services, CLERK, { ...wish, ...over }, []);
    const first = must(await tell());
    expect(must(await tell())).toEqual(first);
    // A caption without its photo is nothing that was told.
    expect(must(await tell({ captions: ["Chuồng mới"] }))).toEqual(first);
    const others: Partial<NewsWish>[] = [{ textVi: "Đã có bò." }, { textEn: "Sheds are built." }];
    for (const other of others) {
      expect(await tell(other)).toMatchObject({ problem: { code: "news.key-used" } });
    }
    const lines = await base.db.rows(
      `select 1 from audit_line where act = 'campaign.tell' and subject = $1`,
      [campaign],
    );
    expect(lines).toHaveLength(1);
  });

  test("closes early as a change like any other", async () => {
    const campaign = await opened({ startsOn: "2026-11-23" });
    today = "2026-12-01";
    const { draft } = must(
      await amendCampaign(services, CLERK, { key: `c-${campaign}`, campaign }),
    );
    await fill(draft, {
      startsOn: "2026-11-23",
      closedOn: "2026-12-20",
      reason: "closed-early",
    });
    must(await submitDraft(services, CLERK, await seen(draft)));
    await opinions(draft);
    must(await publishCampaign(services, LEADER, await seen(draft)));
    const [row] = await base.db.rows<{ closed_on: string }>(
      `select closed_on::text as closed_on from campaign where id = $1`,
      [campaign],
    );
    expect(row?.closed_on).toBe("2026-12-20");
  });
});
