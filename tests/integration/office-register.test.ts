import { afterAll, beforeAll, expect, test } from "vitest";

import { officePath } from "#app/i18n/office-paths.ts";

import { app, type TestApp } from "../support/app.ts";
import { ownForm, signIn } from "../support/office.ts";
import { workbook } from "../support/workbooks.ts";

/** Invented names and numbers that stand nowhere in public. */
const SECRET = {
  name: "Zơrâm Bí Ẩn",
  phone: "0905777001",
  book: "KIN-7001",
  member: "Zơrâm Con Kín",
};

let site: TestApp;
let clerk: string;
let leader: string;
let campaign: string;
let communeCode: string;
beforeAll(async () => {
  site = await app();
  clerk = await signIn(site, "demo-commune-clerk-20941");
  leader = await signIn(site, "demo-commune-leader-20941");
  const own = (await site.services.progress.owing()).find(({ communes }) =>
    communes.includes("20941"),
  );
  campaign = own?.id ?? "";
  communeCode = own?.commune.code ?? "";
});
afterAll(() => site.close());

const page = async (path: string, cookie: string, status = 200) => {
  const answer = await site.ask(path, { headers: { cookie } });
  expect(answer.status, path).toBe(status);
  return answer.text();
};
const send = (path: string, cookie: string, form: Record<string, string>) =>
  site.ask(path, ownForm(cookie, form));
const keyIn = (html: string) => /name="key" value="([a-z2-7]{26})"/.exec(html)?.[1] ?? "";

const typed = (key: string) => ({
  intent: "register",
  key,
  campaign,
  round: "1",
  channel: "paper",
  onDay: "01/01/2024",
  earlierSupport: "none",
  name: SECRET.name,
  village: "Thôn Hai",
  phone: SECRET.phone,
  book: SECRET.book,
  category: "poor",
  categoryDecision: "15/QĐ-UBND",
  categoryOn: "20/12/2023",
  labour: "2",
  land: "3000",
  "member-0": SECRET.member,
  "member-0-relation": "child",
  "member-0-year": "2012",
});

let household = "";

test("a clerk registers a household; what is wrong is told and what was typed stays", async () => {
  const form = await page(officePath("newHousehold"), clerk);
  const wrong = await send(officePath("newHousehold"), clerk, {
    ...typed(keyIn(form)),
    phone: "12",
    category: "",
  });
  expect(wrong.status).toBe(422);
  const told = await wrong.text();
  expect(told).toContain(SECRET.book);
  expect(told).toContain('href="#phone"');
  expect(told).toContain('href="#category"');
  const key = keyIn(told);
  const done = await send(officePath("newHousehold"), clerk, typed(key));
  expect(done.status).toBe(303);
  household = /\/ho\/([a-z2-7]{26})/.exec(done.headers.get("location") ?? "")?.[1] ?? "";
  expect(household).toBe(key);
  const before = await site.services.audit.count({ act: "register.read", subject: household });
  const file = await page(officePath("household", { household }), clerk);
  for (const word of Object.values(SECRET)) expect(file).toContain(word);
  expect(await site.services.audit.count({ act: "register.read", subject: household })).toBe(
    before + 1,
  );
});

test("found without accents and blanks, each shown name is a line in the trail, others' clerks find nothing", async () => {
  for (const typedWords of ["zoram bi an", "zorambian", SECRET.phone, "kin 7001"]) {
    const before = await site.services.audit.count({ act: "register.read", subject: household });
    const found = await page(
      `${officePath("households")}?q=${encodeURIComponent(typedWords)}`,
      clerk,
    );
    expect(found, typedWords).toContain(SECRET.name);
    expect(await site.services.audit.count({ act: "register.read", subject: household })).toBe(
      before + 1,
    );
  }
  expect(await page(`${officePath("households")}?q=khongai`, clerk)).not.toContain(SECRET.name);
  const stranger = await signIn(site, "demo-commune-clerk-20929");
  expect(await page(officePath("households"), stranger)).not.toContain(SECRET.name);
  await page(officePath("household", { household }), stranger, 403);
  const officer = await signIn(site, "demo-finance-inspector");
  await page(officePath("households"), officer, 403);
});

test("a visit, a request about the data and its erasure by the leader", async () => {
  const path = officePath("household", { household });
  const html = await page(path, clerk);
  const registration = /name="registration" value="([a-z2-7]{26})"/.exec(html)?.[1] ?? "";
  const visit = {
    intent: "visit",
    registration,
    visitDay: "02/01/2024",
    present: "village",
    fit: "yes",
  };
  const refused = await send(path, clerk, visit);
  expect(refused.status).toBe(422);
  const answers = Object.fromEntries(
    ["lives-here", "category-holds", "can-work", "has-grass", "has-barn", "wants-to-keep"].map(
      (one) => [one, "yes"],
    ),
  );
  expect((await send(path, clerk, { ...visit, ...answers })).status).toBe(303);
  const asked = await send(path, clerk, {
    intent: "note-request",
    requestKind: "erase",
    requestChannel: "paper",
    receivedOn: "02/01/2024",
    text: "Xin xóa tên tôi",
  });
  expect(asked.status).toBe(303);
  const byLeader = await page(path, leader);
  const request = /name="request" value="([a-z2-7]{26})"/.exec(byLeader)?.[1] ?? "";
  const decide = { intent: "decide-erasure", request, outcome: "erased" };
  expect((await send(path, clerk, decide)).status).toBe(403);
  await nothingPublic();
  expect((await send(path, leader, decide)).status).toBe(303);
  const gone = await page(path, clerk);
  for (const word of Object.values(SECRET)) expect(gone).not.toContain(word);
});

test("a list is read in, previewed, confirmed, and brings nothing twice", async () => {
  const head = [
    "TT",
    "Ho ten chu ho",
    "Thon",
    "So so",
    "Doi tuong",
    "So quyet dinh",
    "Ngay quyet dinh",
  ];
  const rows = ["Một", "Hai", "Ba"].map((word, n) => [
    n + 1,
    `Riah Nhập ${word}`,
    "Thôn Một",
    `NH-${n}00`,
    "Hộ nghèo",
    "9/QĐ",
    "01/02/2023",
  ]);
  const bytes = workbook({
    name: "Hộ",
    rows: [["Danh sách"], head, ...rows, [4, "", "Thôn Một"], [5, "#REF!", "x"]],
  });
  const take = async () => {
    const form = new FormData();
    const start = await page(officePath("registerImports"), clerk);
    for (const [name, value] of Object.entries({
      intent: "begin",
      key: keyIn(start),
      campaign,
      round: "1",
    }))
      form.set(name, value);
    form.set(
      "list",
      new File([bytes.slice()], "danh-sach.xlsx", {
        type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      }),
    );
    const read = await site.ask(officePath("registerImports"), {
      method: "POST",
      body: form,
      headers: { origin: "http://localhost:3000", host: "localhost:3000", cookie: clerk },
    });
    expect(read.status, await read.clone().text()).toBe(303);
    const path = read.headers.get("location") ?? "";
    await page(path, clerk);
    const mapping = {
      intent: "map",
      sheet: "0",
      first: "3",
      name: "1",
      village: "2",
      book: "3",
      category: "4",
      categoryDecision: "5",
      categoryOn: "6",
    };
    expect((await send(path, clerk, mapping)).status).toBe(303);
    return path;
  };
  const count = async () => (await site.services.register.households({ campaign })).length;
  const before = await count();
  const path = await take();
  expect(await count()).toBe(before);
  const preview = await page(path, clerk);
  expect(preview).toContain("Riah Nhập Hai");
  expect(preview).toContain("Ghi họ tên chủ hộ bằng chữ");
  expect((await send(path, clerk, { intent: "take" })).status).toBe(303);
  expect(await count()).toBe(before + 3);
  expect(await page(path, clerk)).not.toContain("Riah Nhập Hai");
  const again = await take();
  expect((await send(again, clerk, { intent: "take" })).status).toBe(303);
  expect(await count()).toBe(before + 3);
  expect(communeCode).not.toBe("");
});

test("a household found twice is proposed, and a person judges it", async () => {
  const register = async (name: string, book: string) => {
    const form = await page(officePath("newHousehold"), clerk);
    const sent = {
      ...typed(keyIn(form)),
      name,
      book,
      phone: "",
      "member-0": "",
      "member-0-year": "",
    };
    expect((await send(officePath("newHousehold"), clerk, sent)).status).toBe(303);
  };
  await register("Bríu A Hoà", "TR-001");
  await register("BRÍU AHÒA", "");
  const list = await page(officePath("duplicates"), leader);
  expect(list).toContain("họ tên viết khác");
  const check = /name="check" value="([a-z2-7]{26})"/.exec(list)?.[1] ?? "";
  expect(
    (await send(officePath("duplicates"), leader, { intent: "judge", check, verdict: "" })).status,
  ).toBe(422);
  expect(
    (
      await send(officePath("duplicates"), leader, {
        intent: "judge",
        check,
        verdict: "same:spelled-otherwise",
      })
    ).status,
  ).toBe(303);
  expect(
    (
      await send(officePath("duplicates"), leader, {
        intent: "judge",
        check,
        verdict: "same:moved",
      })
    ).status,
  ).toBe(409);
});

/** No public byte that this room touches says who is in it. */
async function nothingPublic() {
  const paths = [
    "/niem-yet",
    `/niem-yet/${campaign}-r1`,
    "/en/households",
    "/data/v1/datapackage.json",
    `/quan-tri/ho/${household}`,
    "/khong-co-trang-nay",
    "/healthz",
  ];
  for (const path of paths) {
    const text = await (await site.get(path)).text();
    for (const word of Object.values(SECRET)) expect(text, path).not.toContain(word);
  }
}
