import { readFile } from "node:fs/promises";

import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

import { codeNow } from "#app/adapters/accounts/totp.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { pathTo } from "#app/i18n/paths.ts";
import { COMMITTEE_AFTER } from "#db/seeds/organisations.ts";

import { signInOf } from "./office.ts";
import { pdfBytes } from "./sample-files.ts";

/**
 * The tour of issue 3: a campaign from its first line to money that its commune has, by the invented officials of the
 * demonstration, in a real browser without script. The browser test asserts it, `npm run tour` takes its pictures.
 */
export interface TourStop {
  /** File name of its pictures. */
  readonly name: string;
  readonly vi: string;
  readonly en: string;
  /** Who looks: an official's id, or `public`. */
  readonly who: string;
  /** What has to be done again after the page was loaded anew, where it is the answer to a form. */
  readonly again?: () => Promise<void>;
}

/** What the tour made, for the test to look at from outside. */
export interface TourFacts {
  readonly slug: string;
  readonly campaign: string;
  /** Code of the gift. */
  readonly gift: string;
  readonly order: string;
  /** Entry that sent the money on. */
  readonly entry: string;
  /** Status of the hand-made approval by whoever asked for the money. */
  readonly ownApproval: number;
  /** The refusal as its page told it. */
  readonly ownApprovalText: string;
}

/** Called when there is something to see; the page stays where it was. */
export type Shoot = (page: Page, stop: TourStop) => Promise<void>;

const COMMUNE = "20941";
const CLERK = `demo-commune-clerk-${COMMUNE}`;
const TWIN = "demo-twin-officer-so-nong-nghiep-da-nang";
const TITLE = "Dê sinh sản cho 12 hộ thôn cao Trà Tập";
const AMOUNT = 40_000_000;
/** Drawn for the demonstration, with a position in it as a phone would put there. */
const PICTURE = new URL("../../db/seeds/data/pictures/bo-giong.jpg", import.meta.url);

/** Go the whole way. Every person has a browser of their own. */
export async function takeTour(
  browser: Browser,
  base: string,
  shoot: Shoot = async () => undefined,
  options: BrowserContextOptions = { javaScriptEnabled: false },
): Promise<TourFacts> {
  const contexts: BrowserContext[] = [];
  const open = async () => {
    const context = await browser.newContext({ locale: "vi-VN", ...options });
    contexts.push(context);
    return context.newPage();
  };
  const official = async (id: string) => {
    const page = await open();
    await signInByForm(page, base, id);
    return page;
  };
  const see = async (
    page: Page,
    who: string,
    name: string,
    words: readonly [vi: string, en: string],
    again?: () => Promise<void>,
  ) => shoot(page, { name, vi: words[0], en: words[1], who, ...(again ? { again } : {}) });
  try {
    const visitor = await open();
    const clerk = await official(CLERK);

    // The clerk drafts.
    await clerk.goto(base + OFFICE_PAGES.home);
    await see(clerk, CLERK, "01-home", [
      "Cán bộ xã vào trang làm việc: việc đang chờ",
      "The commune clerk's desk: what is waiting",
    ]);
    await clerk.goto(base + OFFICE_PAGES.newCampaign);
    await clerk.locator('[name="commune"]').selectOption(COMMUNE);
    await clerk.locator('[name="model"]').selectOption("livestock");
    await clerk.locator('[name="titleVi"]').fill(TITLE);
    await send(clerk, "begin");
    const draft = new URL(clerk.url()).pathname;
    await writeDraft(clerk, base + draft);
    await clerk.goto(base + draft);
    await see(clerk, CLERK, "02-draft", [
      "Bản thảo chiến dịch, đủ mười mục, có quyết định và ảnh",
      "The draft of a campaign, all sections filled, with decision and photographs",
    ]);
    await send(clerk, "submit");

    // The twin comments, the Committee publishes.
    const twin = await official(TWIN);
    await twin.goto(base + draft);
    await twin.locator('[name="verdict"][value="agrees-with-remarks"]').check();
    await twin.locator('[name="remarks"]').fill("Đồng ý. Đề nghị tiêm phòng trước khi bàn giao.");
    await send(twin, "opine");
    await see(twin, TWIN, "03-opinion", [
      "Đơn vị kết nghĩa cho ý kiến",
      "The twinned unit gives its opinion",
    ]);
    const district = await official("demo-district-officer");
    await district.goto(base + draft);
    await district.locator('[name="verdict"][value="agrees"]').check();
    await send(district, "opine");
    const leader = await official("demo-committee-leader");
    await leader.goto(base + draft);
    await see(leader, "demo-committee-leader", "04-decide", [
      "Cơ quan dân tộc đọc, có ý kiến hai bên, và công bố",
      "The Committee reads it with both opinions, and publishes",
    ]);
    await send(leader, "publish");
    await leader.goto(base + OFFICE_PAGES.campaigns);
    await see(leader, "demo-committee-leader", "05-campaigns", [
      "Danh sách chiến dịch và bản thảo",
      "Campaigns and drafts",
    ]);

    // The public page, a gift by VietQR and the bank's statement.
    await visitor.goto(
      `${base}${pathTo("vi", "campaigns")}?q=${encodeURIComponent("thôn cao Trà Tập")}`,
    );
    const link = visitor.locator(`main a[href^="${pathTo("vi", "campaigns")}/"]`).first();
    const slug = (await link.getAttribute("href"))?.split("/").at(-1) ?? "";
    await link.click();
    await see(visitor, "public", "06-public-campaign", [
      "Trang công khai: ai soạn, ai duyệt, nhu cầu theo định mức",
      "The public page: who drafted, who approved, needs by the norm",
    ]);
    await visitor.goto(base + pathTo("vi", "give", { slug }));
    await visitor.locator('[name="amount"]').fill(String(AMOUNT));
    await visitor.locator('[name="donorName"]').fill("Công ty Minh Họa");
    await visitor.locator('[name="channel"][value="bank"]').check();
    await visitor.locator('main form button[type="submit"]').click();
    const gift = new URL(visitor.url()).pathname.split("/").at(-1) ?? "";
    await see(visitor, "public", "07-vietqr", [
      "Chuyển khoản bằng mã VietQR với nội dung là mã ủng hộ",
      "A transfer by VietQR, the gift's code as its memo",
    ]);

    const accountant = await official("demo-committee-accountant");
    await accountant.goto(base + OFFICE_PAGES.reconcile);
    const account = await accountOf(visitor);
    await accountant.locator('input[name="statement"]').setInputFiles({
      name: "sao-ke.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(statement(gift)),
    });
    await accountant
      .locator('select[name="account"] option', { hasText: account })
      .first()
      .getAttribute("value")
      .then((id) => accountant.locator('select[name="account"]').selectOption(id));
    await send(accountant, "import");
    await settled(accountant);
    await see(accountant, "demo-committee-accountant", "08-statement", [
      "Kế toán nhập sao kê; dòng tiền tự khớp với mã",
      "The accountant imports the statement; the line finds its gift",
    ]);

    // The commune asks for the money.
    const campaign = await campaignOf(visitor, base, gift);
    await clerk.goto(`${base}${OFFICE_PAGES.newOrder}?kind=disbursement&campaign=${campaign}`);
    const look = async () => {
      await clerk.locator('[name="campaign"]').selectOption(campaign);
      await clerk.locator('[name="amount"]').fill(String(AMOUNT));
      await clerk.locator('[name="source"]').selectOption({ index: 1 });
      await clerk.locator('button[value="look"]').click();
    };
    await look();
    await see(
      clerk,
      CLERK,
      "09-request",
      [
        "Xã đề nghị chuyển tiền: thấy trước khoản ủng hộ nào sẽ được dùng",
        "The commune asks for money: which gifts will be spent is shown first",
      ],
      look,
    );
    await clerk.locator('button[name="intent"][value="request"]').click();
    const order = new URL(clerk.url()).pathname;
    await addPapers(clerk);
    await see(clerk, CLERK, "10-dossier", ["Hồ sơ của lệnh chi", "The dossier of the order"]);

    // The clerk is given a leader's role as well, by two people, and still may not approve what the clerk asked for.
    const administrator = await official("demo-administrator");
    await administrator.goto(base + officePath("person", { person: CLERK }));
    await administrator.locator('[name="role"]').selectOption("committee-leader");
    await administrator.locator('[name="organisation"]').selectOption(COMMITTEE_AFTER);
    await send(administrator, "propose");
    const deputy = await official("demo-committee-leader-deputy");
    await deputy.goto(base + officePath("person", { person: CLERK }));
    await see(deputy, "demo-committee-leader-deputy", "11-role", [
      "Giao thêm vai trò: một người đề nghị, người khác duyệt",
      "A further role: one proposes, another approves",
    ]);
    await send(deputy, "approve");
    await clerk.goto(base + order);
    await see(clerk, CLERK, "12-own-approval", [
      "Người đề nghị không được duyệt, dù cũng giữ vai trò lãnh đạo",
      "Whoever asked may not approve, even with a leader's role",
    ]);
    const version = await clerk.locator('input[name="version"]').first().inputValue();
    const own = await clerk.context().request.post(base + order, {
      multipart: { intent: "approve", version, seen: "", note: "" },
      headers: { origin: base },
      maxRedirects: 0,
    });

    // Another approves, the accountant books with the bank's paper.
    await leader.goto(base + order);
    await see(leader, "demo-committee-leader", "13-approve", [
      "Người khác duyệt",
      "Another approves",
    ]);
    await send(leader, "approve");
    await accountant.goto(base + order);
    await addPapers(accountant);
    await accountant.goto(base + order);
    await see(accountant, "demo-committee-accountant", "14-book", [
      "Kế toán ghi sổ với ủy nhiệm chi của ngân hàng",
      "The accountant books with the bank's paper",
    ]);
    await send(accountant, "book");
    await see(accountant, "demo-committee-accountant", "15-booked", [
      "Lệnh đã ghi sổ: đúng những đồng nào đã đi",
      "The order is booked: exactly which đồng went",
    ]);

    // What the public sees.
    await visitor.goto(base + pathTo("vi", "donation", { code: gift }));
    await see(visitor, "public", "16-public-gift", [
      "Theo dõi khoản ủng hộ: tiền đã về xã",
      "Follow my gift: the money is with the commune",
    ]);
    await visitor.goto(base + pathTo("vi", "campaign", { slug }));
    await see(visitor, "public", "17-public-campaign", [
      "Trang chiến dịch sau khi chuyển tiền",
      "The campaign after money was sent on",
    ]);
    await visitor.goto(`${base}${pathTo("vi", "ledger")}?campaign=${campaign}`);
    await see(visitor, "public", "18-public-ledger", [
      "Sổ cái của chiến dịch",
      "The ledger of the campaign",
    ]);
    const entry =
      (await visitor.locator("table.ledger tbody tr a").first().getAttribute("href")) ?? "";
    await visitor.goto(base + entry);
    await see(visitor, "public", "19-public-entry", [
      "Bút toán chuyển tiền: cơ quan đề nghị, cơ quan duyệt",
      "The entry: which office asked, which approved",
    ]);

    const inspector = await official("demo-finance-inspector");
    await inspector.goto(`${base}${OFFICE_PAGES.audit}`);
    await see(inspector, "demo-finance-inspector", "20-audit", [
      "Sở Tài chính đọc nhật ký: ai làm gì, lúc nào, với vai trò nào",
      "The Finance department reads the trail: who did what, when, in which role",
    ]);
    return {
      slug,
      campaign,
      gift,
      order: order.split("/").at(-1) ?? "",
      entry: entry.split("/").at(-1) ?? "",
      ownApproval: own.status(),
      ownApprovalText: await own.text(),
    };
  } finally {
    for (const context of contexts) await context.close();
  }
}

/** Send the form with this `intent`, opening what it is folded in. */
async function send(page: Page, intent: string): Promise<void> {
  const form = page.locator(
    `form:has(input[name="intent"][value="${intent}"]), form:has(button[name="intent"][value="${intent}"])`,
  );
  if ((await form.count()) === 0) {
    throw new Error(
      `no form "${intent}" on ${page.url()}: ${(await page.locator("main").innerText()).slice(0, 600)}`,
    );
  }
  await Promise.all([
    page.waitForEvent("load"),
    form.first().locator('button[type="submit"], button:not([type])').last().click(),
  ]);
  const refusal = page.locator('main [role="alert"]');
  if ((await refusal.count()) > 0) {
    throw new Error(
      `"${intent}" on ${page.url()} was refused: ${await refusal.first().innerText()}`,
    );
  }
}

async function signInByForm(page: Page, base: string, id: string): Promise<void> {
  const { email, password, secret } = signInOf(id);
  await page.goto(base + pathTo("vi", "signIn"));
  await page.locator('[name="email"]').fill(email);
  await page.locator('[name="password"]').fill(password);
  await page.locator('main form:has([name="password"]) button').first().click();
  const now = Math.floor(Date.now() / 30_000);
  for (const step of [now - 1, now, now + 1]) {
    await page
      .locator('[name="code"]')
      .first()
      .fill(codeNow(secret, step * 30));
    await page.locator('main form:has([name="code"]) button').first().click();
    if (new URL(page.url()).pathname.startsWith(OFFICE_PAGES.home)) return;
  }
  throw new Error(`${id} could not sign in: ${page.url()}`);
}

/** Fill every section of the draft, each by its own form. */
async function writeDraft(page: Page, draft: string): Promise<void> {
  const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
  const later = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
  const section = async (name: string, fill: () => Promise<void>) => {
    await page.goto(`${draft}?sua=${name}`);
    await fill();
    await send(page, "save");
  };
  const text = (name: string, value: string) =>
    page.locator(`[name="${name}"]`).first().fill(value);
  await section("purpose", async () => {
    const species = page.locator('select[name="species"]');
    if ((await species.count()) > 0) await species.selectOption("DE");
    await text(
      "summaryVi",
      "Mười hai hộ ở thôn xa nhất xã, mỗi hộ năm dê cái; dê con cái đầu lòng chuyển cho hộ vòng sau.",
    );
  });
  if ((await page.locator('select[name="species"]').count()) > 0) {
    await page.locator('select[name="species"]').selectOption("DE");
    await send(page, "save");
  }
  await section("offices", async () => {
    await page.locator('[name="twin"]').selectOption("so-nong-nghiep-da-nang");
    await page.locator('[name="responsible"]').selectOption({ index: 1 });
  });
  await section("households", async () => {
    for (const [name, count] of [
      ["poor", "7"],
      ["nearPoor", "3"],
      ["escaped", "1"],
      ["leader", "1"],
    ] as const) {
      await text(name, count);
    }
  });
  await section("needs", async () => {
    await page.locator('[name="byNorm"][value="yes"]').check();
  });
  await section("account", async () => {
    await page.locator('[name="bankAccount"]').selectOption({ index: 1 });
  });
  await section("time", async () => {
    await text("startsOn", today);
    await text("endsOn", later);
  });
  await section("decision", async () => {
    await text("decisionNumber", "512/QĐ-UBND");
    await text("decisionDate", today);
    await page.locator('input[name="decision"]').setInputFiles({
      name: "quyet-dinh-512.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.from(pdfBytes()),
    });
  });
  await section("plans", async () => {
    await page.locator('[name="surplus"][value="reserve"]').check();
    await page.locator('[name="shortfall"][value="fewer"]').check();
    await text("passOnHeads", "1");
    await text("passOnAgeDays", "180");
  });
  await section("story", async () => {
    await text(
      "storyVi",
      "Thôn ở lưng chừng núi, cách trung tâm xã ba giờ đi bộ. Mười hai hộ đã họp, bầu tổ trưởng và nhận làm chuồng trước khi dê về.",
    );
    await page.locator('input[name="photos"]').setInputFiles({
      name: "chuong-de.jpg",
      mimeType: "image/jpeg",
      buffer: await readFile(PICTURE),
    });
  });
  const alt = page.locator('[name="picture-0-altVi"]');
  if ((await alt.count()) === 0) await page.goto(`${draft}?sua=story`);
  await alt.fill("Chuồng dê mới dựng bên sườn đồi");
  await send(page, "save");
}

/** Give every paper that may be given now. */
async function addPapers(page: Page): Promise<void> {
  const fields = page.locator('form:has(input[name="intent"][value="paper"]) input[type="file"]');
  const count = await fields.count();
  if (count === 0) throw new Error(`no papers to give on ${page.url()}`);
  for (let n = 0; n < count; n += 1) {
    await fields.nth(n).setInputFiles({
      name: `chung-tu-${n + 1}.pdf`,
      mimeType: "application/pdf",
      buffer: Buffer.from(pdfBytes(`/Lang (paper ${n} ${Math.random()})`)),
    });
  }
  await send(page, "paper");
}

function statement(gift: string): string {
  const [year, month, day] = new Date(Date.now() + 7 * 3_600_000)
    .toISOString()
    .slice(0, 10)
    .split("-");
  return `date,reference,debit,credit,balance,text\n${day}/${month}/${year},FT${Date.now()},,${AMOUNT},,CONG TY MINH HOA ${gift} ung ho\n`;
}

/** Number of the account that the page of a pledge names. */
async function accountOf(page: Page): Promise<string> {
  const text = await page.locator("main").innerText();
  const found = /\b(?:DEMO\w{4,}|\d{9,16})\b/.exec(text)?.[0];
  if (!found) throw new Error("the page of the pledge names no account");
  return found;
}

async function campaignOf(page: Page, base: string, gift: string): Promise<string> {
  const answer = await page.context().request.get(`${base}/data/v1/donations/${gift}.json`);
  const { campaign } = (await answer.json()) as { campaign: string };
  return campaign;
}

/** A long import tells its progress by loading the page anew. */
async function settled(page: Page): Promise<void> {
  for (let tries = 0; tries < 30; tries += 1) {
    if ((await page.locator('meta[http-equiv="refresh"]').count()) === 0) return;
    await page.waitForTimeout(1000);
    await page.reload();
  }
  throw new Error("the import did not end");
}
