import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { isHeldUp } from "#app/domain/campaigns/lateness.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { takesGifts } from "#app/domain/campaigns/state.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import { fillTwinning } from "../../bin/demo/office-twinning.ts";

import { app, type TestApp } from "../support/app.ts";
import { ownForm, signIn } from "../support/office.ts";

let site: TestApp;
const today = () => dayOf(site.services.now());

beforeAll(async () => {
  site = await app();
  // Nothing when the demonstration has it already.
  await fillTwinning(site.db, { sha256: sha256Hex });
});
afterAll(() => site.close());

const page = async (path: string): Promise<string> => {
  const answer = await site.get(path);
  expect(answer.status, path).toBe(200);
  return answer.text();
};

describe("the registry of official accounts", () => {
  it("shows every account in both languages, each with its campaigns", async () => {
    const accounts = await site.services.bankAccounts.all();
    expect(accounts.length).toBeGreaterThan(3);
    for (const path of ["/tai-khoan", "/en/accounts"]) {
      const html = await page(path);
      for (const { number, uses } of accounts) {
        expect(html).toContain(number);
        for (const { slug } of uses) expect(html).toContain(`/${slug}"`);
      }
    }
  });

  it("says whether a typed number is ours, was ours, or is not, however it is typed", async () => {
    const accounts = await site.services.bankAccounts.all();
    const current = accounts.find(({ validTo }) => validTo === null);
    const ended = accounts.find(({ validTo }) => validTo !== null);
    const ask = (typed: string) => page(`/tai-khoan?number=${encodeURIComponent(typed)}`);
    const spaced = (current?.number ?? "").replace(/(.{3})/g, "$1. ");
    expect(await ask(spaced)).toContain("Đúng, đây là tài khoản chính thức");
    expect(await ask(ended?.number ?? "")).toContain("từng là chính thức");
    expect(await ask("0123 456 789")).toContain("Không có tài khoản 0123456789");
    expect(await ask("<b>12</b>")).toContain("chưa phải một số tài khoản");
    expect(await ask("<b>12</b>")).not.toContain("<b>12");
  });

  it("does not know what is only proposed", async () => {
    const waiting = (await site.services.bankAccounts.accountChanges()).filter(
      ({ decision }) => decision === null,
    );
    expect(waiting).not.toEqual([]);
    for (const { number } of waiting) {
      expect(await page("/tai-khoan")).not.toContain(number);
      expect(await page(`/tai-khoan?number=${number}`)).toContain("Không có tài khoản");
    }
  });

  it("is reached from campaigns and from where one gives", async () => {
    const campaign = (await site.services.campaigns.all()).find(
      (one) => takesGifts(one, today()) && !isHeldUp(one, today()),
    );
    expect(await page(`/chien-dich/${campaign?.slug}`)).toContain("/tai-khoan?number=");
    expect(await page(`/en/campaigns/${campaign?.slug}/pledge`)).toContain("/en/accounts?number=");
  });
});

describe("the twinning board", () => {
  it("tells of every pair whether the rule is met, and shows silence", async () => {
    const pairs = await site.services.twinning.pairs();
    const html = await page("/ket-nghia");
    for (const { id } of pairs) expect(html).toContain(`href="/ket-nghia/${id}"`);
    for (const word of ["Đạt.", "Không đạt.", "Chưa đạt.", "chưa đăng ký"])
      expect(html).toContain(word);
    expect(await page("/en/twinning")).toContain("nothing registered");
    expect((await site.get("/ket-nghia/khong-co")).status).toBe(404);
  });

  it("gives for all years together what the campaigns' own totals say, to the đồng", async () => {
    const all = await site.services.campaigns.all();
    const years = await site.services.twinning.years(all.map(({ id }) => id));
    for (const { id, totals, things } of all) {
      const own = years.filter(({ campaign }) => campaign === id);
      const sum = (figure: "received" | "disbursed" | "delivered") =>
        own.reduce((total, year) => total + year[figure], 0n);
      expect([sum("received"), sum("disbursed"), sum("delivered")], id).toEqual([
        totals.received,
        totals.disbursed,
        totals.delivered,
      ]);
      expect(
        own.reduce((total, year) => total + year.things, 0),
        id,
      ).toBe(things);
    }
  });

  it("shows a pair's promises, signed and waiting, in both languages", async () => {
    const versions = await site.services.twinning.versions();
    const waiting = versions.find(({ answer, version }) => answer === null && version > 1);
    const html = await page(`/ket-nghia/${waiting?.pair}`);
    expect(html).toContain("chờ xã xác nhận");
    expect(html).toContain("hai bên xác nhận");
    expect(await page(`/en/twinning/${waiting?.pair}`)).toContain("the commune has not signed");
  });
});

describe("progress statements", () => {
  it("stand on the campaign's page with the figures of the books", async () => {
    const [campaign] = await site.services.progress.owing();
    const [newest] = await site.services.progress.statements(campaign?.id ?? "");
    const html = await page(`/chien-dich/${campaign?.slug}`);
    expect(html).toContain("Báo cáo tiến độ của xã");
    expect(html).toContain(`/so-cai/${newest?.entry}`);
    const again = await site.services.progress.figures(campaign?.id ?? "", site.services.now());
    const totals = (await site.services.campaigns.all()).find(
      ({ id }) => id === campaign?.id,
    )?.totals;
    expect([again.received, again.disbursed, again.delivered]).toEqual([
      totals?.received,
      totals?.disbursed,
      totals?.delivered,
    ]);
  });

  it("stop new pledges once they are overdue, and say why; what was pledged is still paid", async () => {
    const overdue = await site.services.progress.overdue(today());
    const stopped = overdue.find(({ heldUp, campaign }) => heldUp && campaign.endsOn > today());
    const late = overdue.find(({ heldUp }) => !heldUp);
    expect(stopped).toBeDefined();
    expect(late).toBeDefined();
    const address = `/chien-dich/${stopped?.campaign.slug}`;
    expect(await page(address)).toContain(`chậm ${stopped?.daysLate} ngày`);
    expect(await page(address)).not.toContain("giving-choices");
    const form = await page(`${address}/ung-ho`);
    expect(form).toContain("Tạm dừng nhận cam kết mới");
    expect(form).not.toContain('name="amount"');
    const sent = await site.post(`${address}/ung-ho`, {
      measure: "amount",
      amount: "500000",
      intent: "now",
      donorKind: "person",
      donorName: "",
      namePublic: "no",
      channel: "bank",
      formKey: crypto.randomUUID(),
    });
    expect(sent.status).toBe(409);
    expect(await page(`/chien-dich/${late?.campaign.slug}`)).toContain(
      `chậm ${late?.daysLate} ngày`,
    );
    const [pledge] = await site.db.rows<{ code: string }>(
      `select code from pledge where campaign = $1 and state = 'open' limit 1`,
      [stopped?.campaign.id],
    );
    expect((await site.get(`/cam-ket/${pledge?.code}`)).status).toBe(200);
  });

  it("are not reached by anybody who is not signed in", async () => {
    for (const path of [
      "/quan-tri/tai-khoan",
      "/quan-tri/ket-nghia",
      "/quan-tri/tien-do",
      "/quan-tri/tien-do/LD1",
    ]) {
      const answer = await site.get(path);
      expect(answer.status, path).toBe(403);
      expect(await answer.text(), path).not.toContain("DEMO");
      // The list of what is owed takes no form.
      const posted = path.endsWith("/tien-do") ? 405 : 403;
      expect((await site.post(path, { intent: "file", textVi: "x" })).status, path).toBe(posted);
    }
  });
});

describe("in the office", () => {
  const send = async (who: string, path: string, form: Record<string, string>) =>
    site.ask(path, ownForm(await signIn(site, who), form));
  const see = async (who: string, path: string) =>
    site.get(path, { cookie: await signIn(site, who) });

  it("an account is proposed by one person and approved by another", async () => {
    const waiting = (await site.services.bankAccounts.accountChanges()).find(
      ({ decision }) => decision === null,
    );
    const form = { intent: "approve", change: waiting?.id ?? "" };
    const list = await see("demo-committee-leader", "/quan-tri/tai-khoan");
    expect(list.status).toBe(200);
    expect(await list.text()).toContain(waiting?.number);
    expect((await send("demo-committee-officer", "/quan-tri/tai-khoan", form)).status).toBe(403);
    expect((await send("demo-committee-leader", "/quan-tri/tai-khoan", form)).status).toBe(303);
    expect(await page("/tai-khoan")).toContain(waiting?.number);
    expect((await send("demo-committee-leader-deputy", "/quan-tri/tai-khoan", form)).status).toBe(
      409,
    );
  });

  it("a commune's leader signs what the twin promised, nobody else", async () => {
    const versions = await site.services.twinning.versions();
    const waiting = versions.find(
      ({ answer, commune }) => answer === null && commune.code === "20929",
    );
    const form = { intent: "confirm", promise: waiting?.id ?? "" };
    const path = "/quan-tri/ket-nghia";
    expect((await see("demo-commune-leader-20929", path)).status).toBe(200);
    for (const who of [
      "demo-commune-clerk-20929",
      "demo-commune-leader-20941",
      "demo-committee-leader",
    ]) {
      expect((await send(who, path, form)).status, who).toBe(403);
    }
    expect((await send("demo-commune-leader-20929", path, form)).status).toBe(303);
    expect((await send("demo-commune-leader-20929", path, form)).status).toBe(409);
  });

  it("a statement is filed by the commune's own clerk, and is public at once", async () => {
    const text = "Các hộ đã nhận bò đợt này đều khỏe, xã sẽ tiêm phòng lại vào tháng tới.";
    const form = { intent: "file", textVi: text, textEn: "", key: crypto.randomUUID() };
    const path = "/quan-tri/tien-do/TG1";
    expect((await send("demo-commune-clerk-20941", path, form)).status).toBe(403);
    expect((await see("demo-commune-clerk-20941", path)).status).toBe(403);
    const short = await send("demo-commune-clerk-20929", path, { ...form, textVi: "xong rồi" });
    expect(short.status).toBe(422);
    expect(await short.text()).toContain("xong rồi");
    expect((await send("demo-commune-clerk-20929", path, form)).status).toBe(303);
    expect(await page("/chien-dich/bo-sinh-san-tra-giap")).toContain(text);
    expect(site.errors).toEqual([]);
  });
});
