import { afterAll, beforeAll, expect, test } from "vitest";

import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";

import { app, type TestApp } from "../support/app.ts";
import { firstStep, ownForm, signIn } from "../support/office.ts";

let site: TestApp;
let administrator: string;
let leader: string;
let clerk: string;
let inspector: string;

beforeAll(async () => {
  site = await app();
  administrator = await signIn(site, "demo-administrator");
  leader = await signIn(site, "demo-committee-leader");
  clerk = await signIn(site, "demo-commune-clerk-20929");
  inspector = await signIn(site, "demo-finance-inspector");
});
afterAll(() => site.close());

const get = async (path: string, cookie: string) => {
  const answer = await site.ask(path, { headers: cookie === "" ? {} : { cookie } });
  return { answer, html: await answer.text() };
};
const post = (path: string, cookie: string, form: Record<string, string>) =>
  site.ask(path, ownForm(cookie, form));
const person = officePath("person", { person: "demo-commune-clerk-20929" });
const newest = async (filter: Parameters<TestApp["services"]["audit"]["list"]>[0]) =>
  (await site.services.audit.list(filter, undefined, 1))[0];
/** The hidden key of a form, as the page made it. */
const keyIn = (html: string) => /name="key" value="([a-z2-7]{26})"/.exec(html)?.[1] ?? "";

test.each([
  OFFICE_PAGES.home,
  OFFICE_PAGES.people,
  OFFICE_PAGES.organisations,
  OFFICE_PAGES.audit,
  person,
  officePath("export", { list: "people.csv" }),
  "/quan-tri/khong-co",
])("%s: nobody learns anything, nor does a session without second factor", async (path) => {
  for (const cookie of ["", await firstStep(site, "demo-administrator")]) {
    const { answer, html } = await get(path, cookie);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    // Not even whose password it was, and what they hold.
    expect(html).not.toMatch(/@demo\.ketnghia|Hồ Thị Xuân Lam|Trần Thị Minh Khuê/);
  }
});

test("signed out, the page leads to sign-in and back to where one was", async () => {
  const { html } = await get(`${OFFICE_PAGES.audit}?act=role.approve`, "");
  expect(html).toContain("/dang-nhap?next=%2Fquan-tri%2Fnhat-ky%3Fact%3Drole.approve");
  // A stranger is told to sign in, and nothing of who may what.
  expect(html).toContain("Cần đăng nhập");
  expect(html).not.toMatch(/Vai trò làm được|Giám sát tài chính/);
});

test("whoever has another role is told which role could, and sees no data", async () => {
  const { answer, html } = await get(OFFICE_PAGES.people, clerk);
  expect(answer.status).toBe(403);
  expect(html).toContain("Xem người dùng và vai trò");
  expect(html).toContain("Quản trị hệ thống");
  expect(html).not.toContain("@demo.ketnghia");
  expect((await get(person, clerk)).answer.status).toBe(403);
  expect((await get(officePath("person", { person: "nobody" }), clerk)).answer.status).toBe(403);
  expect((await get(officePath("person", { person: "nobody" }), administrator)).answer.status).toBe(
    404,
  );
});

test("the menu shows what a person may open, and nothing else", async () => {
  const { html } = await get(OFFICE_PAGES.home, administrator);
  expect(html).toContain(`href="${OFFICE_PAGES.people}"`);
  expect(html).not.toContain(`href="${OFFICE_PAGES.orders}"`);
  expect(html).not.toContain(`href="${OFFICE_PAGES.audit}"`);
  expect((await get(OFFICE_PAGES.home, inspector)).html).toContain(`href="${OFFICE_PAGES.audit}"`);
});

test("people are found without accents, sorted and filtered, and the file has the same rows", async () => {
  const { html } = await get(`${OFFICE_PAGES.people}?q=xuan+lam`, inspector);
  expect(html).toContain("Hồ Thị Xuân Lam");
  expect(html).not.toContain("Đinh Văn Trường Giang");
  const file = await site.ask(`${officePath("export", { list: "people.csv" })}?q=xuan+lam`, {
    headers: { cookie: inspector },
  });
  const csv = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await file.arrayBuffer());
  expect(file.headers.get("content-disposition")).toMatch(
    /^attachment; filename="people-.*\.csv"$/,
  );
  expect(csv.startsWith('\uFEFF"Họ tên",')).toBe(true);
  expect(csv.trim().split("\r\n")).toHaveLength(2);
  const sheet = await site.ask(officePath("export", { list: "people.xlsx" }), {
    headers: { cookie: inspector },
  });
  expect(new Uint8Array(await sheet.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([80, 75]));
  expect(
    (await get(officePath("export", { list: "audit.csv" }), administrator)).answer.status,
  ).toBe(403);
  expect(
    (await get(officePath("export", { list: "secrets.csv" }), administrator)).answer.status,
  ).toBe(404);
});

test("one proposes, another approves; hand-made posts of the wrong people are refused and written down", async () => {
  const key = keyIn((await get(person, administrator)).html);
  const form = {
    intent: "propose",
    key,
    role: "commune-accountant",
    organisation: "ubnd-20929-2025",
    place: "",
    from: "2026-01-01",
    to: "",
  };
  const wrong = await post(person, administrator, { ...form, role: "committee-leader" });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain("Vai trò này không thuộc loại tổ chức đã chọn");
  const proposed = await post(person, administrator, form);
  expect([proposed.status, proposed.headers.get("location")]).toEqual([
    303,
    `${person}?done=proposed`,
  ]);

  const step = { intent: "approve", grant: key, version: "1" };
  for (const [cookie, id] of [
    [administrator, "demo-administrator"],
    [clerk, "demo-commune-clerk-20929"],
  ] as const) {
    const before = await site.services.audit.count({ person: id, outcome: "refused" });
    expect((await post(person, cookie, step)).status).toBe(403);
    expect(await site.services.audit.count({ person: id, outcome: "refused" })).toBe(before + 1);
  }
  expect((await site.services.people.grant(key))?.state).toBe("proposed");
  expect((await get(OFFICE_PAGES.home, leader)).html).toContain("Hồ Thị Xuân Lam");

  expect((await post(person, leader, step)).status).toBe(303);
  const again = await post(person, leader, step);
  expect(again.status).toBe(409);
  expect(await again.text()).toContain("Vai trò này đã được quyết định rồi");
  expect(await newest({ act: "role.approve", outcome: "done" })).toMatchObject({
    subject: key,
    person: "demo-committee-leader",
    role: "committee-leader",
  });
  // A role withdrawn during a session is gone with the next request.
  expect(
    (await post(person, leader, { intent: "withdraw", grant: key, version: "2" })).status,
  ).toBe(303);
  expect(
    await site.services.people.grantsOf("demo-commune-clerk-20929", "2026-06-01"),
  ).toHaveLength(1);
});

test("a form from elsewhere is refused, and so is one that is none", async () => {
  const foreign = await site.ask(person, {
    ...ownForm(leader, { intent: "approve" }),
    headers: {
      cookie: leader,
      origin: "https://elsewhere.example",
      "sec-fetch-site": "cross-site",
    },
  });
  expect(foreign.status).toBe(400);
  expect((await post(person, administrator, { intent: "become-king" })).status).toBe(400);
});

test("a stale organisation form keeps what was typed and shows what is stored", async () => {
  const form = {
    intent: "keep",
    id: "mat-tran-da-nang",
    kind: "department",
    nameVi: "Mặt trận Tổ quốc thành phố Đà Nẵng",
    nameEn: "Fatherland Front, Đà Nẵng",
    place: "48",
    validFrom: "2025-07-01",
    validTo: "",
    successor: "",
    version: "1",
  };
  expect((await post(OFFICE_PAGES.organisations, leader, form)).status).toBe(403);
  expect((await post(OFFICE_PAGES.organisations, administrator, form)).status).toBe(303);
  const stale = await post(OFFICE_PAGES.organisations, administrator, {
    ...form,
    nameEn: "Typed name",
  });
  expect(stale.status).toBe(409);
  const html = await stale.text();
  expect(html).toContain('value="Typed name"');
  expect(html).toContain("Mặt trận Tổ quốc thành phố Đà Nẵng / Fatherland Front, Đà Nẵng");
  expect(html).toContain('name="version" value="2"');
});

test("the trail is read by those who may, with words for every act, in the language chosen", async () => {
  const { html } = await get(`${OFFICE_PAGES.audit}?act=role.approve`, inspector);
  expect(html).toContain("Duyệt vai trò");
  expect(html).not.toMatch(/act\.role\.approve/);
  // Facts stand in words too.
  const signIns = await get(`${OFFICE_PAGES.audit}?act=session.second-factor`, inspector);
  expect(signIns.html).toContain("cách<!-- -->: <!-- -->ứng dụng xác thực");
  expect(signIns.html).not.toMatch(/\btotp\b/);
  expect((await get(OFFICE_PAGES.audit, administrator)).answer.status).toBe(403);
  // Reading it is no act: nothing was added.
  const before = await site.services.audit.count({});
  await get(OFFICE_PAGES.audit, inspector);
  expect(await site.services.audit.count({})).toBe(before);
});

test("nothing broke on the way", () => {
  expect(site.errors).toEqual([]);
});
