import { afterAll, beforeAll, expect, test } from "vitest";

import { addDays } from "#app/domain/kernel/calendar.ts";
import { day } from "#app/i18n/formats.ts";

import { askedOf, checksum, readSheet } from "../outside/check-list.ts";
import { siteSource } from "../outside/source.ts";
import { provenIn, registerIn } from "../support/list-books.ts";
import { CAMPAIGN, CHAIR, CLERK, listSite, type ListSite, SECOND } from "../support/list-site.ts";
import { ownForm, signIn } from "../support/office.ts";
import { pdfBytes } from "../support/sample-files.ts";

const LIST = `${CAMPAIGN}-r1`;
const NAMES = ["Alăng Thị Mơ", "Bhling Bhớt", "Zơrâm Nhơt", "Coor Tứ", "Pơloong Blúi", "Hôih Lơi"];

let site: ListSite;
const cookies = new Map<string, string>();

beforeAll(async () => {
  site = await listSite();
  for (const id of [CLERK, CHAIR, SECOND]) cookies.set(id, await signIn(site, id));
});
afterAll(() => site.close());

const at = async (who: string, path: string) => {
  const answer = await site.ask(path, { headers: { cookie: cookies.get(who) ?? "" } });
  return { status: answer.status, html: await answer.text() };
};
const open = async (path: string) => {
  const answer = await site.ask(path, {});
  return { status: answer.status, html: await answer.text() };
};
const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";

/** Send a form with a file, as a browser does. */
async function send(
  who: string,
  path: string,
  fields: Record<string, string>,
  files: Record<string, Uint8Array<ArrayBuffer>> = {},
) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  for (const [name, bytes] of Object.entries(files)) {
    body.set(name, new File([bytes], "scan.pdf", { type: "application/pdf" }));
  }
  const answer = await site.ask(path, {
    method: "POST",
    body,
    headers: { origin: site.origin, host: "localhost:3000", cookie: cookies.get(who) ?? "" },
  });
  return { status: answer.status, to: answer.headers.get("location"), html: await answer.text() };
}

const PAGE = `/quan-tri/danh-sach/${LIST}`;

/** Version and revision as the page shows them. */
const seen = async (who = CLERK) => {
  const { html } = await at(who, PAGE);
  return { version: hidden(html, "version"), revision: hidden(html, "revision") };
};

test("a village meeting is recorded by its form, with names for the clerk only", async () => {
  const registrations = await registerIn(site.books, "Pà Ong", NAMES);
  expect((await at(CHAIR, "/quan-tri/hop-thon/moi")).status).toBe(403);
  const choose = await at(CLERK, "/quan-tri/hop-thon/moi");
  expect(choose.html).toContain("Pà Ong");
  expect(choose.html).not.toContain("Alăng");
  const path = `/quan-tri/hop-thon/moi?campaign=${CAMPAIGN}&round=1&village=${encodeURIComponent("Pà Ong")}`;
  const form = await at(CLERK, path);
  for (const name of NAMES) expect(form.html).toContain(name);
  const fields: Record<string, string> = {
    intent: "record",
    key: hidden(form.html, "key"),
    campaign: CAMPAIGN,
    round: "1",
    village: "Pà Ong",
    repeats: "",
    on: day(addDays(site.books.firstDay, -7)),
    place: "Nhà sinh hoạt thôn",
    called: "20",
    present: "15",
    places: "5",
    way: "ballots",
    chair: "village",
    secretary: "commune",
    leader: registrations[0]!,
    ...Object.fromEntries(registrations.map((id, n) => [`votes-${id}`, n < 4 ? `${14 - n}` : "3"])),
  };
  // The last place is a tie: nothing typed is lost, and the file is kept.
  const tied = await send(CLERK, path, fields, { minutes: new Uint8Array(pdfBytes()) });
  expect(tied.status).toBe(422);
  expect(tied.html).toContain("bằng phiếu");
  expect(tied.html).toContain("scan.pdf");
  fields["tie"] = "lot";
  fields[`place-${registrations[4]}`] = "2";
  fields[`place-${registrations[5]}`] = "1";
  const done = await send(CLERK, path, fields);
  expect(done.status, done.html.slice(0, 300)).toBe(303);
  const again = await send(CLERK, path, fields);
  expect(again.to).toBe(done.to);
});

test("the list is compiled, submitted, and decided by another person", async () => {
  const begun = await site.ask(
    "/quan-tri/danh-sach",
    ownForm(cookies.get(CLERK)!, { intent: "begin", campaign: CAMPAIGN, round: "1" }),
  );
  expect(begun.status).toBe(303);
  const page = await at(CLERK, PAGE);
  expect(page.html).not.toContain("Alăng");
  expect((await at(CLERK, `${PAGE}?names=1`)).html).toContain("Alăng Thị Mơ");
  const first = await seen();
  const submit = { intent: "submit", ...first };
  expect((await send(CLERK, PAGE, submit)).status).toBe(303);
  const stale = await send(CLERK, PAGE, submit);
  expect(stale.status).toBe(409);
  expect(stale.html).toContain("Người khác vừa sửa");
  expect((await at(CHAIR, "/quan-tri")).html).toContain("Quyết định danh sách hộ");
  const decision = {
    intent: "decide",
    ...(await seen(CHAIR)),
    number: "92/QĐ-UBND",
    on: day(site.books.firstDay),
  };
  const key = hidden((await at(CHAIR, PAGE)).html, "key");
  const own = await send(CLERK, PAGE, { ...decision, key }, { paper: new Uint8Array(pdfBytes()) });
  expect(own.status).toBe(403);
  const missing = await send(CHAIR, PAGE, { ...decision, key });
  expect(missing.status).toBe(422);
  expect(missing.html).toContain("92/QĐ-UBND");
  expect(
    (await send(CHAIR, PAGE, { ...decision, key }, { paper: new Uint8Array(pdfBytes()) })).status,
  ).toBe(303);
});

test("both sheets carry one checksum, which an outside script computes from the paper", async () => {
  const [version] = await site.services.lists.versions(LIST);
  const sheet = await at(CLERK, `${PAGE}/to-niem-yet`);
  const paper = await open(`/niem-yet/${LIST}/ban-in`);
  const page = await open(`/niem-yet/${LIST}`);
  for (const { status, html } of [sheet, paper, page]) {
    expect(status).toBe(200);
    for (const group of version!.checksum!.match(/.{4}/g)!) expect(html).toContain(group);
    expect(html).toContain("200.000.000");
  }
  for (const name of NAMES) {
    expect(sheet.html).toContain(name);
    for (const { html } of [paper, page]) expect(html).not.toContain(name);
  }
  expect(paper.html).not.toContain(version!.sheetNumber!);
  // What hangs in the village, typed line by line.
  const rows = [...sheet.html.matchAll(/<tr><td class="n">\d+<\/td>(.*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell]) => cell).join(" | "),
  );
  expect(rows).toHaveLength(6);
  const head = `list: ${LIST}\nversion: 1\nsheet: ${version!.sheetNumber}\nentry: ${version!.entry}\n`;
  const typed = readSheet(head + rows.join("\n"));
  expect(checksum(typed)).toBe(version!.checksum);
  const source = siteSource(site.origin, (address) =>
    site.ask(`${address.pathname}${address.search}`, {}),
  );
  expect(await askedOf(source, typed)).toMatchObject({ inLog: true, onWeb: true });
  const other = readSheet(head + rows.join("\n").replace("Bhớt", "Bhơt"));
  expect(await askedOf(source, other)).toMatchObject({ inLog: false, onWeb: false });
});

test("every name on the sheet is a look in the trail", async () => {
  const looks = await site.db.rows<{ n: number }>(
    `select count(*)::integer as n from audit_line where act = 'list.sheet' and facts::jsonb ->> 'purpose' = 'sheet'`,
  );
  expect(looks[0]?.n).toBe(NAMES.length);
});

test("it hangs, and counts once it hung whole and a second person has confirmed it", async () => {
  const { firstDay } = site.books;
  const form = await at(CLERK, PAGE);
  const post = { intent: "post", version: "1", key: hidden(form.html, "key"), on: day(firstDay) };
  expect((await send(CLERK, PAGE, post)).status).toBe(303);
  const [notice] = await site.services.lists.notices(LIST);
  const hanging = await open(`/niem-yet/${LIST}`);
  expect(hanging.html).toContain("Đang niêm yết");
  expect(hanging.html).toContain(`Còn 20 ngày`);
  expect((await open("/niem-yet")).html).toContain("Còn 20 ngày");
  const feed = await open("/niem-yet.atom");
  expect(feed.html).toContain(`/niem-yet/${LIST}`);
  site.books.onDay(addDays(notice!.toDay, 1));
  for (const id of [CLERK, SECOND]) cookies.set(id, await signIn(site, id));
  expect((await at(CLERK, "/quan-tri")).html).toContain("hết ngày niêm yết");
  const down = { intent: "down", notice: notice!.id, on: day(addDays(notice!.toDay, 1)) };
  const early = await send(CLERK, PAGE, down);
  expect(early.status).toBe(422);
  expect(early.html).toContain("Còn thiếu 6 minh chứng");
  await provenIn(site.books, notice!.id);
  expect((await send(CLERK, PAGE, down)).status).toBe(303);
  expect((await send(CLERK, PAGE, { intent: "confirm", notice: notice!.id })).status).toBe(403);
  expect((await send(SECOND, PAGE, { intent: "confirm", notice: notice!.id })).status).toBe(303);
  const whole = await open(`/niem-yet/${LIST}`);
  expect(whole.html).toContain("Đã niêm yết đủ ngày");
  const [ended] = await site.services.lists.notices(LIST);
  expect((await open(`/so-cai/${ended!.endedEntry}`)).html).toContain("đủ ngày, có minh chứng");
  expect((await open("/so-cai")).html).toContain(`danh sách ${LIST}, bản 1`);
});

test("a list, a version and a checksum that are none are told as such", async () => {
  expect((await open(`/niem-yet/${LIST}?version=7`)).status).toBe(404);
  expect((await open("/niem-yet/XX9-r1")).status).toBe(404);
  expect((await open("/niem-yet/XX9-r1/ban-in")).status).toBe(404);
  expect((await open(`/niem-yet?checksum=${"0".repeat(64)}`)).html).toContain(
    "Không có danh sách nào mang mã này",
  );
  expect((await open("/niem-yet?checksum=%3Cb%3E")).html).toContain("không phải mã kiểm tra");
  expect((await open(`/data/v1/lists/${LIST}-9.csv`)).status).toBe(404);
  const csv = await open(`/data/v1/lists/${LIST}-1.csv`);
  expect(csv.html.split("\r\n")).toHaveLength(8);
  expect(site.errors).toEqual([]);
});
