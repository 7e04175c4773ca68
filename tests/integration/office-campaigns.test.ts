import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { demoPaper } from "../../bin/demo/demo-paper.ts";

import { app, ORIGIN, type TestApp } from "../support/app.ts";
import { ownForm, signIn } from "../support/office.ts";
import { phonePhoto } from "../support/sample-files.ts";

const LIST = "/quan-tri/chien-dich";
const FROM_HERE = { origin: ORIGIN, host: new URL(ORIGIN).host };

/** The value of a hidden field of the form with this intent. */
function hidden(page: string, intent: string, name: string): string {
  const form = page.split("<form").find((part) => part.includes(`name="intent" value="${intent}"`));
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(form ?? "")?.[1] ?? "";
}

describe("campaigns in the office", () => {
  let site: TestApp;
  const cookies = new Map<string, string>();
  const as = async (id: string) => {
    const cookie = cookies.get(id) ?? (await signIn(site, id));
    cookies.set(id, cookie);
    return cookie;
  };
  const CLERK = "demo-commune-clerk-20941";
  const ELSEWHERE = "demo-commune-clerk-20929";
  const LEADER = "demo-committee-leader";
  const DEPUTY = "demo-committee-leader-deputy";
  const DISTRICT = "demo-district-officer";
  const TWIN = "demo-twin-officer-so-nong-nghiep-da-nang";

  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "office-campaigns-"));
    site = await app({ FILES_DIRECTORY: folder });
  });
  afterAll(async () => {
    await site.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = async (who: string, path: string) => {
    const answer = await site.ask(path, { headers: { cookie: await as(who) } });
    return { status: answer.status, text: await answer.text() };
  };
  const post = async (who: string, path: string, form: Record<string, string>) => {
    const answer = await site.ask(path, ownForm(await as(who), form));
    const location = answer.headers.get("location") ?? "";
    return { status: answer.status, location, text: await answer.text() };
  };
  const save = (
    who: string,
    page: string,
    section: string,
    fields: Record<string, string>,
    revision = 0,
  ) =>
    post(who, page, {
      intent: "save",
      section,
      revision: `${revision}`,
      key: "k".repeat(20),
      ...fields,
    });

  async function saveDecision(page: string) {
    const body = new FormData();
    for (const [name, value] of Object.entries({
      intent: "save",
      section: "decision",
      revision: "0",
      key: `decision-${page.slice(-20)}`,
      decisionNumber: "77/QĐ-UBND",
      decisionDate: "2026-11-02",
      decisionFile: "",
    })) {
      body.append(name, value);
    }
    const bytes = demoPaper("Quyet dinh").slice();
    body.append("decision", new Blob([bytes], { type: "application/pdf" }), "quyet-dinh.pdf");
    return site.ask(page, {
      method: "POST",
      body,
      headers: { cookie: await as(CLERK), origin: ORIGIN, host: "localhost:3000" },
    });
  }

  /** A whole draft of goats, submitted; answers its page. */
  async function submitted(title: string): Promise<string> {
    const form = await get(CLERK, `${LIST}/moi`);
    const begun = await post(CLERK, `${LIST}/moi`, {
      intent: "begin",
      key: hidden(form.text, "begin", "key"),
      commune: "20941",
      model: "livestock",
      titleVi: title,
    });
    expect(begun.status).toBe(303);
    const page = begun.location.split("?")[0] ?? "";
    const parts: Record<string, Record<string, string>> = {
      purpose: { model: "livestock", species: "DE", titleVi: title, summaryVi: "Mười hộ." },
      offices: {
        twin: "so-nong-nghiep-da-nang",
        responsible: "ubnd-20941-2025",
        reportingMonths: "6",
      },
      households: { poor: "6", nearPoor: "3", escaped: "", leader: "1" },
      needs: { byNorm: "yes" },
      account: { bankAccount: "van-dong" },
      time: { startsOn: "2099-01-15", endsOn: "2099-12-31" },
      plans: {
        surplus: "reserve",
        shortfall: "fewer",
        passOnHeads: "1",
        passOnAgeDays: "180",
      },
      story: { storyVi: "Chuyện mười hộ.\r\n\r\nĐoạn hai." },
    };
    for (const [section, fields] of Object.entries(parts)) {
      expect((await save(CLERK, page, section, fields)).status).toBe(303);
    }
    expect((await saveDecision(page)).status).toBe(303);
    const whole = await get(CLERK, page);
    const version = hidden(whole.text, "submit", "version");
    expect((await post(CLERK, page, { intent: "submit", version })).status).toBe(303);
    return page;
  }

  async function opinions(page: string) {
    for (const [who, side] of [
      [DISTRICT, "district"],
      [TWIN, "twin"],
    ] as const) {
      const seen = await get(who, page);
      const version = hidden(seen.text, "opine", "version");
      const form = { intent: "opine", version, side, verdict: "agrees", remarks: "" };
      expect((await post(who, page, form)).status).toBe(303);
    }
  }

  test("a clerk drafts, two offices agree, the Committee publishes, anybody reads it", async () => {
    const page = await submitted("Dê cho mười hộ thử nghiệm");
    const early = await get(LEADER, page);
    const refused = await post(LEADER, page, {
      intent: "publish",
      version: hidden(early.text, "publish", "version"),
    });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain("Còn chờ ý kiến");
    await opinions(page);
    const ready = await get(LEADER, page);
    const version = hidden(ready.text, "publish", "version");
    const [first, second] = await Promise.all([
      post(LEADER, page, { intent: "publish", version }),
      post(DEPUTY, page, { intent: "publish", version }),
    ]);
    expect(new Set([first.status, second.status])).toEqual(new Set([303, 409]));
    expect((first.status === 409 ? first : second).text).toContain("quyết định hồ sơ này trước");

    const vi = await site.get("/chien-dich/de-cho-muoi-ho-thu-nghiem");
    const text = await vi.text();
    expect(vi.status).toBe(200);
    expect(text).toContain("200.000.000");
    expect(text).toContain("6 hộ nghèo");
    expect(text).toContain("Ủy ban nhân dân xã Trà Tập");
    expect(text).toContain("Cơ quan phụ trách công tác dân tộc thành phố Đà Nẵng");
    expect(text).toMatch(/<code>[0-9a-f]{64}<\/code>/);
    // Nobody wrote English: the page says so and marks the Vietnamese text.
    const en = await (await site.get("/en/campaigns/de-cho-muoi-ho-thu-nghiem")).text();
    expect(en).toContain('<h1 lang="vi">');
    expect(en).toContain("Not yet available in English");
    const versions = await site.get("/en/campaigns/de-cho-muoi-ho-thu-nghiem/versions");
    expect(versions.status).toBe(200);
    expect(await versions.text()).toContain("First published.");
    const set = await (await site.get("/data/v1/campaign_versions.csv")).text();
    expect(set).toMatch(
      /,1,\d{4}-\d\d-\d\d,,"ubnd-20941-2025","dan-toc-da-nang","agrees","agrees",200000000,/,
    );
    expect(site.errors).toEqual([]);
  });

  test("whoever may not is answered 403 without a word of the draft, and 404 tells nothing", async () => {
    const page = await submitted("Bản thảo riêng của xã");
    for (const path of [page, LIST, `${LIST}/moi`, `${LIST}/TT1/tin`]) {
      const answer = await site.get(path);
      expect(answer.status).toBe(403);
      expect(await answer.text()).not.toContain("Bản thảo riêng");
    }
    const elsewhere = await get(ELSEWHERE, page);
    expect(elsewhere.status).toBe(403);
    expect(elsewhere.text).not.toContain("Bản thảo riêng");
    expect((await get(ELSEWHERE, LIST)).text).not.toContain("Bản thảo riêng");
    const forged = { intent: "publish", version: "99", key: "k" };
    expect((await post(CLERK, page, forged)).status).toBe(403);
    expect((await post(TWIN, page, forged)).status).toBe(403);
    expect((await post(ELSEWHERE, page, { ...forged, intent: "cancel" })).status).toBe(403);
    expect((await get(CLERK, `${LIST}/${"a".repeat(26)}`)).status).toBe(404);
    expect((await post(CLERK, page, { intent: "nonsense" })).status).toBe(400);
  });

  test("a stale or wrong form keeps what was typed, and shows what is there now", async () => {
    const form = await get(CLERK, `${LIST}/moi`);
    const key = hidden(form.text, "begin", "key");
    const begin = { intent: "begin", key, commune: "20941", model: "village", titleVi: "Nhà thôn" };
    const begun = await post(CLERK, `${LIST}/moi`, begin);
    // Sent twice it is one draft.
    expect((await post(CLERK, `${LIST}/moi`, begin)).location).toBe(begun.location);
    // The same form with another name is refused, and can be sent anew.
    const other = await post(CLERK, `${LIST}/moi`, { ...begin, titleVi: "Nhà thôn khác" });
    expect(other.status).toBe(409);
    expect(other.text).toContain('value="Nhà thôn khác"');
    expect(other.text).not.toContain(begin.key);
    const page = begun.location.split("?")[0] ?? "";
    const wrong = await save(CLERK, page, "time", { startsOn: "hôm qua", endsOn: "2099-12-31" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('value="31/12/2099"');
    expect(wrong.text).toContain("cần một ngày");
    expect((await save(CLERK, page, "time", { startsOn: "2099-01-01", endsOn: "" })).status).toBe(
      303,
    );
    const stale = await save(CLERK, page, "time", { startsOn: "2098-05-05", endsOn: "2099-03-03" });
    expect(stale.status).toBe(409);
    expect(stale.text).toContain('value="05/05/2098"');
    expect(stale.text).toContain("01/01/2099");
    // What another section says was never touched.
    expect((await get(CLERK, page)).text).toContain("Nhà thôn");
  });

  test("lists and exports show each person what is within reach, found without accents", async () => {
    const found = await get(CLERK, `${LIST}?q=noc%20cao`);
    expect(found.text).toContain("Dê sinh sản cho 20 hộ nóc cao");
    const csv = await get(LEADER, "/quan-tri/xuat/campaigns.csv?state=sent-back");
    expect(csv.status).toBe(200);
    expect(csv.text).toContain("Nhà sinh hoạt cộng đồng thôn");
    expect(csv.text).not.toContain("nóc cao");
  });

  test("a changed campaign says what changed; news is tied to something of its own", async () => {
    const changed = await (await site.get("/chien-dich/de-sinh-san-tra-tap/phien-ban")).text();
    expect(changed).toContain("Phiên bản 2");
    expect(changed).toContain("Chuyển vào quỹ dự phòng rủi ro của kế hoạch.");
    const page = `${LIST}/TT1/tin`;
    const news = await get(CLERK, page);
    const key = hidden(news.text, "tell", "key");
    const told = { intent: "tell", key, textVi: "Đã chọn xong hai mươi lăm hộ.", textEn: "" };
    expect((await post(CLERK, page, { ...told, textVi: " ", tie: "need", need: "1" })).status).toBe(
      422,
    );
    const foreign = await post(CLERK, page, { ...told, tie: "entry", entry: "1" });
    expect(foreign.status).toBe(422);
    expect(foreign.text).toContain("Đã chọn xong hai mươi lăm hộ.");
    expect((await post(CLERK, page, { ...told, tie: "need", need: "1" })).status).toBe(303);
    expect((await post(CLERK, page, { ...told, tie: "need", need: "1" })).status).toBe(303);
    // The same form with something else: nothing is told, and what was typed can be sent after all.
    const used = await post(CLERK, page, { ...told, textVi: "Đã có dê.", tie: "need", need: "1" });
    expect(used.status).toBe(409);
    expect(used.text).toContain("Biểu mẫu này đã gửi một lần với nội dung khác");
    expect(used.text).toContain("Đã có dê.");
    expect(hidden(used.text, "tell", "key")).not.toBe(key);
    const open = await (await site.get("/chien-dich/de-sinh-san-tra-tap")).text();
    expect(open.split("Đã chọn xong hai mươi lăm hộ.")).toHaveLength(2);
    expect((await post(TWIN, page, { ...told, tie: "need", need: "1" })).status).toBe(403);
  });

  test("photos of news are public only after somebody looked at them", async () => {
    const page = `${LIST}/TT1/tin`;
    const body = new FormData();
    for (const [name, value] of Object.entries({
      intent: "tell",
      key: "news-with-a-held-photo",
      textVi: "Chuồng dê đầu tiên đã dựng xong.",
      tie: "need",
      need: "1",
      "caption-0": "Chuồng dê bên sườn đồi",
    })) {
      body.set(name, value);
    }
    const photo = await phonePhoto();
    body.set("photos", new Blob([Buffer.from(photo)], { type: "image/jpeg" }), "chuong.jpg");
    const headers = { ...FROM_HERE, cookie: await as(CLERK) };
    const told = await site.ask(page, { method: "POST", body, headers });
    expect(told.status).toBe(303);

    const { text: desk } = await get(CLERK, page);
    const n = hidden(desk, "show", "n");
    expect(n).not.toBe("");
    const slug = /href="\/chien-dich\/([^"#]+)#news"/.exec(desk)?.[1] ?? "";
    const shown = async () => (await site.get(`/chien-dich/${slug}`)).text();
    expect(await shown()).toContain("Chuồng dê đầu tiên đã dựng xong.");
    expect(await shown()).not.toContain("Chuồng dê bên sườn đồi");

    expect((await post(ELSEWHERE, page, { intent: "show", n })).status).toBe(403);
    expect((await post(CLERK, page, { intent: "show", n: "99" })).status).toBe(400);
    expect((await post(CLERK, page, { intent: "show", n })).status).toBe(303);
    expect(await shown()).toContain("Chuồng dê bên sườn đồi");
    expect(hidden((await get(CLERK, page)).text, "show", "n")).toBe("");
    expect((await post(CLERK, page, { intent: "show", n })).status).toBe(303);
  });
});
