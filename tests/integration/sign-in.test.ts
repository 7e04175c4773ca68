import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { codeNow } from "#app/adapters/accounts/totp.ts";
import { CLOCK_LEEWAY, LIVES } from "#app/domain/people/sign-in.ts";
import type { Letter } from "#app/domain/letters/ports.ts";
import { OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import { LOCALES, type Page, pathTo } from "#app/i18n/paths.ts";
import { seedPlan } from "#db/seeds/plan.ts";

import { readEnvironment } from "#app/adapters/environment.ts";
import { must } from "#app/domain/kernel/result.ts";
import { furnishPeople } from "../../bin/demo/furnish-office.ts";
import {
  type Asked,
  firstStep,
  ownForm,
  signIn,
  signInOf,
  withCookies,
} from "../support/office.ts";
import { siteOver, type TestSite } from "../support/site.ts";

let site: TestSite;
let now = Math.floor(Date.now() / 1000);
const letters: Letter[] = [];
let caller = 0;

beforeAll(async () => {
  const environment = must(readEnvironment({ NODE_ENV: "test" }));
  site = await siteOver(
    async (db) => {
      await seedPlan(db);
      await furnishPeople(db, environment);
    },
    { now: () => now, mail: { send: async (letter) => void letters.push(letter) } },
  );
}, 60_000);
afterAll(() => site.close());
beforeEach(() => {
  // Each test is another caller on another day: limits and used codes are its own.
  caller += 1;
  now += 100_000;
  letters.length = 0;
});

const ask: Asked["ask"] = (path, init) =>
  site.app(new Request(site.origin + path, init), { address: `198.51.100.${caller}` });
const asked = (): Asked => ({ ask, services: { now: () => now } });
const get = (path: string, cookie = "") => ask(path, { headers: cookie ? { cookie } : {} });
const post = (path: string, form: Record<string, string>, cookie = "") =>
  ask(path, ownForm(cookie, form));

const CLERK = "demo-commune-clerk-20929";

/** A page without what differs by chance: nothing should. */
const bodyOf = async (answer: Response) =>
  (await answer.text()).replace(/value="[^"]*@[^"]*"/g, "");

describe("the first step", () => {
  test("a wrong password and an unknown address are answered alike", async () => {
    const { email } = signInOf(CLERK);
    const wrong = await post("/dang-nhap", { email, password: "not the right one" });
    const unknown = await post("/dang-nhap", {
      email: "nobody@demo.ketnghia.example",
      password: "not the right one",
    });
    expect([wrong.status, unknown.status]).toEqual([422, 422]);
    expect(await bodyOf(unknown)).toBe(await bodyOf(wrong));
    expect(unknown.headers.getSetCookie()).toEqual([]);
    const names = (answer: Response) => [...answer.headers.keys()].toSorted();
    expect(names(unknown)).toEqual(names(wrong));
  });

  test("what was typed stays, but never the password", async () => {
    const answer = await post("/en/sign-in", { email: "a@b.example", password: "my secret words" });
    const html = await answer.text();
    expect(html).toContain('value="a@b.example"');
    expect(html).not.toContain("my secret words");
    expect(html).toContain('role="alert"');
  });

  test("too many tries are answered 429, and the right password helps no more", async () => {
    const { email, password } = signInOf("demo-committee-officer");
    for (let n = 0; n < 8; n += 1)
      await post("/dang-nhap", { email, password: "guess after guess" });
    const answer = await post("/dang-nhap", { email, password });
    expect(answer.status).toBe(429);
    expect(answer.headers.getSetCookie()).toEqual([]);
    now += 900;
    expect((await post("/dang-nhap", { email, password })).status).toBe(303);
  });

  test("a form from another site signs nobody in", async () => {
    const { email, password } = signInOf(CLERK);
    const answer = await ask("/dang-nhap", {
      method: "POST",
      body: new URLSearchParams({ email, password }),
      headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test.each(["%ff", "x".repeat(20_000), "a@b.c\u0000", "<script>", "' or 1=1 --"])(
    "odd fields are a refusal, not an error",
    async (odd) => {
      const answer = await post("/dang-nhap", { email: odd, password: odd });
      expect(answer.status).toBe(422);
      expect(await answer.text()).not.toContain("<script>");
    },
  );
});

describe("the second step", () => {
  test("leads on to the page that was asked for, inside the office only", async () => {
    const { email, password, secret } = signInOf(CLERK);
    const first = await post("/dang-nhap?next=%2Fquan-tri%2Ftoi", { email, password });
    const next = first.headers.get("location") ?? "";
    expect(next).toBe("/dang-nhap/buoc-hai?next=%2Fquan-tri%2Ftoi");
    const half = withCookies("", first);
    const second = await post(next, { intent: "totp", code: codeNow(secret, now) }, half);
    expect(second.headers.get("location")).toBe(OFFICE_PAGES.me);
    for (const evil of [
      "//evil.example",
      "https://evil.example/",
      "/quan-tri@evil.example",
      "/\\evil",
    ]) {
      now += 60;
      const again = withCookies("", await post("/dang-nhap", { email, password }));
      const went = await post(
        `/dang-nhap/buoc-hai?${new URLSearchParams({ next: evil }).toString()}`,
        { intent: "totp", code: codeNow(secret, now) },
        again,
      );
      expect(went.headers.get("location"), evil).toBe(OFFICE_PAGES.home);
    }
  });

  test("sets one cookie of this host only, and a new one at each step", async () => {
    const half = await firstStep(asked(), CLERK);
    const { secret } = signInOf(CLERK);
    const form = { intent: "totp", code: codeNow(secret, now) };
    const answer = await post("/dang-nhap/buoc-hai", form, half);
    const lines = answer.headers.getSetCookie();
    for (const line of lines) {
      expect(line).toMatch(/^__Host-[\w-]+=[^;]+;/);
      expect(line).toMatch(/; ?Path=\/(;|$)/);
      expect(line).toMatch(/; ?HttpOnly/);
      expect(line).toMatch(/; ?Secure/);
      expect(line).toMatch(/; ?SameSite=Lax/i);
      expect(line).not.toMatch(/domain/i);
    }
    const whole = withCookies(half, answer);
    expect(whole).not.toBe(half);
    expect((await get(OFFICE_PAGES.me, half)).status).toBe(403);
    expect((await get(OFFICE_PAGES.me, whole)).status).toBe(200);
  });

  test("a code works once, in any session", async () => {
    const { secret } = signInOf(CLERK);
    const form = { intent: "totp", code: codeNow(secret, now) };
    const [one, two] = [await firstStep(asked(), CLERK), await firstStep(asked(), CLERK)];
    expect((await post("/dang-nhap/buoc-hai", form, one)).status).toBe(303);
    const again = await post("/dang-nhap/buoc-hai", form, two);
    expect(again.status).toBe(422);
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  test("a phone's clock may be half a minute off, not more", async () => {
    const { secret } = signInOf(CLERK);
    const tried = async (off: number) => {
      const half = await firstStep(asked(), CLERK);
      const form = { intent: "totp", code: codeNow(secret, now + off) };
      return (await post("/dang-nhap/buoc-hai", form, half)).status;
    };
    expect(await tried(-90)).toBe(422);
    expect(await tried(90)).toBe(422);
    expect(await tried(-30)).toBe(303);
    expect(await tried(30)).toBe(303);
  });
});

describe("a session without second factor", () => {
  test("reaches no page and no form of the office", async () => {
    const half = await firstStep(asked(), CLERK);
    for (const page of ["home", "me", "people", "audit"] as const) {
      const path = OFFICE_PAGES[page];
      for (const cookie of [half, ""]) {
        const read = await get(path, cookie);
        const sent = await post(path, { intent: "end-session", session: "x" }, cookie);
        const data = await get(`${path}.data`, cookie);
        expect([read.status, data.status], path).toEqual([403, 404]);
        // A page that takes no form says that instead.
        expect([403, 405], path).toContain(sent.status);
        for (const html of [await read.text(), await sent.text()]) {
          expect(html).not.toContain("@demo.ketnghia.example");
        }
      }
    }
  });

  test("is over after ten minutes", async () => {
    const half = await firstStep(asked(), CLERK);
    now += LIVES.firstStep;
    const { secret } = signInOf(CLERK);
    const answer = await post(
      "/dang-nhap/buoc-hai",
      { intent: "totp", code: codeNow(secret, now) },
      half,
    );
    expect(answer.status).toBe(403);
  });
});

describe("a whole session", () => {
  test("ends when it is signed out, revoked, unused, or when the clock went back", async () => {
    const cookie = await signIn(asked(), CLERK);
    expect((await get(OFFICE_PAGES.me, cookie)).status).toBe(200);
    now -= CLOCK_LEEWAY + 1;
    expect((await get(OFFICE_PAGES.me, cookie)).status).toBe(403);
    now += CLOCK_LEEWAY + 1 + 30;
    const other = await signIn(asked(), CLERK);
    const list = await (await get(OFFICE_PAGES.me, cookie)).text();
    const ids = [...list.matchAll(/name="session" value="([^"]+)"/g)].map(([, id]) => id ?? "");
    expect(ids.length).toBeGreaterThanOrEqual(2);
    const [row] = await site.db.rows<{ id: string }>(
      `select session as id from session_mark order by begun_at desc limit 1`,
    );
    expect(ids).toContain(row?.id);
    await post(OFFICE_PAGES.me, { intent: "end-session", session: row?.id ?? "" }, cookie);
    expect((await get(OFFICE_PAGES.me, other)).status).toBe(403);
    const out = await post("/dang-xuat", {}, cookie);
    expect(out.status).toBe(303);
    expect(withCookies(cookie, out)).not.toContain("__Host-session");
    expect((await get(OFFICE_PAGES.me, cookie)).status).toBe(403);
  });

  test("nobody ends the session of somebody else", async () => {
    const clerk = await signIn(asked(), CLERK);
    const [row] = await site.db.rows<{ id: string }>(
      `select session as id from session_mark where person = $1 order by begun_at desc limit 1`,
      [CLERK],
    );
    const other = await signIn(asked(), "demo-commune-clerk-20941");
    await post(OFFICE_PAGES.me, { intent: "end-session", session: row?.id ?? "" }, other);
    expect((await get(OFFICE_PAGES.me, clerk)).status).toBe(200);
  });

  test("loses a role at once when it is withdrawn", async () => {
    const cookie = await signIn(asked(), "demo-twin-officer-so-tai-chinh-da-nang");
    expect((await get(OFFICE_PAGES.me, cookie)).status).toBe(200);
    await site.db.rows(
      `update role_grant set state = 'withdrawn', withdrawn_by = 'demo-administrator', withdrawn_at = $1::bigint,
         version = version + 1 where person = $2`,
      [now, "demo-twin-officer-so-tai-chinh-da-nang"],
    );
    expect((await get(OFFICE_PAGES.me, cookie)).status).toBe(403);
  });

  test("comes in the person's language, and keeps it", async () => {
    const cookie = await signIn(asked(), CLERK);
    expect(await (await get(OFFICE_PAGES.me, cookie)).text()).toContain('<html lang="vi"');
    const chosen = await post(
      "/dang-nhap/ngon-ngu",
      { locale: "en", back: OFFICE_PAGES.me },
      cookie,
    );
    expect(chosen.headers.get("location")).toBe(OFFICE_PAGES.me);
    expect(await (await get(OFFICE_PAGES.me, cookie)).text()).toContain('<html lang="en"');
    const back = await post(
      "/dang-nhap/ngon-ngu",
      { locale: "vi", back: "//evil.example" },
      cookie,
    );
    expect(back.headers.get("location")).toBe(OFFICE_PAGES.home);
  });

  test("changes its password and gets new recovery codes, each shown once", async () => {
    const id = "demo-finance-inspector";
    const { password, secret } = signInOf(id);
    const cookie = await signIn(asked(), id);
    const change = (current: string, fresh: string, with_ = cookie) =>
      post(OFFICE_PAGES.me, { intent: "change-password", current, password: fresh }, with_);
    expect((await change("not mine at all", "trâu đen qua suối")).status).toBe(422);
    expect((await change(password, "short")).status).toBe(422);
    const changed = await change(password, "trâu đen qua suối");
    expect(changed.status).toBe(200);
    expect((await get(OFFICE_PAGES.me, cookie)).status).toBe(403);
    const fresh = withCookies(cookie, changed);
    expect((await get(OFFICE_PAGES.me, fresh)).status).toBe(200);

    now += 120;
    const shown = await post(
      OFFICE_PAGES.me,
      { intent: "new-codes", code: codeNow(secret, now) },
      fresh,
    );
    const codes = [
      ...(await shown.text()).matchAll(/<code>([a-z2-7]{5}-[a-z2-7]{5})<\/code>/g),
    ].map(([, code]) => code ?? "");
    expect(new Set(codes).size).toBe(10);
    expect(await (await get(OFFICE_PAGES.me, fresh)).text()).not.toContain(codes[0]);

    const { email } = signInOf(id);
    for (const status of [303, 422]) {
      const first = await post("/dang-nhap", { email, password: "trâu đen qua suối" });
      const second = await post(
        "/dang-nhap/buoc-hai",
        { intent: "recovery", code: codes[3] ?? "" },
        withCookies("", first),
      );
      expect(second.status).toBe(status);
    }
  });
});

describe("an invited official", () => {
  test("sets a password, then an authenticator app, and sees the recovery codes once", async () => {
    const { enrolment } = site.services.accounts;
    const { id } = must(
      await enrolment.enrol({ name: "Cơlâu Thị Nhi", email: "nhi@xa.example", locale: "vi" }),
    );
    await enrolment.invite(id);
    const link = new URL(/http\S+/.exec(letters[0]?.text ?? "")?.[0] ?? "about:none");
    const path = link.pathname + link.search;
    expect(await (await get(path)).text()).toContain('name="password"');
    const token = link.searchParams.get("token") ?? "";
    expect((await post(path, { token, password: "123456789012" })).status).toBe(422);
    expect((await post(path, { token, password: "đường ra bến nước" })).status).toBe(200);
    expect((await post(path, { token, password: "đường ra bến sông" })).status).toBe(403);

    const first = await post("/dang-nhap", {
      email: "nhi@xa.example",
      password: "đường ra bến nước",
    });
    expect(first.headers.get("location")).toBe("/dang-nhap/thiet-lap");
    const half = withCookies("", first);
    const page = await (await get("/dang-nhap/thiet-lap", half)).text();
    const secret = (/<code class="factor-secret">([^<]+)</.exec(page)?.[1] ?? "").replaceAll(
      " ",
      "",
    );
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(page).toContain('src="data:image/svg+xml');
    expect((await post("/dang-nhap/thiet-lap", { code: "000000" }, half)).status).toBe(422);
    const done = await post("/dang-nhap/thiet-lap", { code: codeNow(secret, now) }, half);
    expect(done.status).toBe(200);
    expect(await done.text()).toMatch(/<code>[a-z2-7]{5}-[a-z2-7]{5}<\/code>/);
    const whole = withCookies(half, done);
    // Nothing was granted yet: a whole session, and no door opens.
    expect((await get(OFFICE_PAGES.home, whole)).status).toBe(403);
    expect((await get("/dang-nhap/thiet-lap", whole)).status).toBe(303);
  });
});

describe("a donor", () => {
  const linkOf = (letter: Letter | undefined) =>
    new URL(/http\S+/.exec(letter?.text ?? "")?.[0] ?? "about:none");

  test("gets a link, uses it once, and reaches nothing of the office", async () => {
    const sent = await post("/cua-toi", { intent: "ask", email: "giver@home.example" });
    expect(sent.status).toBe(200);
    await expect.poll(() => letters.length).toBe(1);
    const link = linkOf(letters[0]);
    expect(link.pathname).toBe("/dang-nhap/lien-ket");
    const path = link.pathname + link.search;
    // Looking does not use it up.
    await get(path);
    await get(path);
    const token = link.searchParams.get("token") ?? "";
    const passed = await post(path, { token });
    expect(passed.status).toBe(303);
    expect((await post(path, { token })).status).toBe(403);
    const cookie = withCookies("", passed);
    const mine = await get("/cua-toi", cookie);
    expect(mine.headers.get("cache-control")).toBe("no-store");
    expect(await mine.text()).toContain("giver@home.example");
    for (const page of Object.values(OFFICE_PAGES)) {
      expect((await get(page.replace(/:\w+/g, "x"), cookie)).status, page).toBe(403);
    }
    expect((await post("/cua-toi", { intent: "add", code: "QN0000000" }, cookie)).status).toBe(422);
  });

  test("is told the same whether the address is known, and the link runs out", async () => {
    const known = await post("/cua-toi", { intent: "ask", email: signInOf(CLERK).email });
    const unknown = await post("/cua-toi", { intent: "ask", email: "new@home.example" });
    expect(await bodyOf(known)).toBe(await bodyOf(unknown));
    await expect.poll(() => letters.length).toBe(2);
    await site.db.rows(`update one_time_token set expires_at = '2020-01-01'`);
    const link = linkOf(letters.find(({ to }) => to === "new@home.example"));
    const token = link.searchParams.get("token") ?? "";
    expect((await post("/dang-nhap/lien-ket", { token })).status).toBe(403);
  });

  test("who is staff keeps password and second factor, and reaches nothing of the office by the link", async () => {
    const { email, password, secret } = signInOf(CLERK);
    await post("/cua-toi", { intent: "ask", email });
    await expect.poll(() => letters.length).toBe(1);
    const link = linkOf(letters[0]);
    const token = link.searchParams.get("token") ?? "";
    const mine = withCookies("", await post("/dang-nhap/lien-ket", { token }));
    expect(await (await get("/cua-toi", mine)).text()).toContain(email);
    expect((await get(OFFICE_PAGES.home, mine)).status).toBe(403);
    const first = await post("/dang-nhap", { email, password });
    expect(first.headers.get("location")).toBe("/dang-nhap/buoc-hai");
    const half = withCookies("", first);
    const whole = await post(
      "/dang-nhap/buoc-hai",
      { intent: "totp", code: codeNow(secret, now) },
      half,
    );
    expect((await get(OFFICE_PAGES.me, withCookies(half, whole))).status).toBe(200);
  });

  test.each([
    ["/cua-toi", { intent: "ask" }],
    ["/dang-nhap", { password: "a password of nobody" }],
    ["/dang-nhap/quen-mat-khau", {}],
  ])(
    "at %s a letter outside ASCII before the @ is told in words (docs/stack.md, nodemailer)",
    async (page, form) => {
      const email = "hồng@example.com";
      const answer = await post(page, { ...form, email });
      expect(answer.status).toBe(422);
      const html = await answer.text();
      expect(html).toContain("Trước dấu @ chỉ dùng chữ không dấu");
      expect(html).toContain(`value="${email}"`);
      expect(letters).toEqual([]);
    },
  );

  test("is refused what is no address, with what was typed", async () => {
    const answer = await post("/en/mine", { intent: "ask", email: "not an address" });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('value="not an address"');
    expect(letters).toEqual([]);
  });
});

const STEPS: readonly Page[] = [
  "signIn",
  "secondStep",
  "setUp",
  "forgotten",
  "newPassword",
  "donorLink",
  "signOut",
  "mine",
];

test.each(STEPS)(
  "%s can be looked at by anybody, is never kept, and sets no cookie",
  async (page) => {
    for (const locale of LOCALES) {
      const answer = await get(pathTo(locale, page as "signIn"));
      const html = await answer.text();
      expect(answer.status).toBe(200);
      expect(html).toContain(`<html lang="${locale}"`);
      expect(html.match(/<h1[\s>]/g)).toHaveLength(1);
      expect(html).not.toMatch(/<script|\sstyle="/);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  },
);

test("the library's own addresses are mounted nowhere", async () => {
  for (const path of [
    "/api/auth/sign-in/email",
    "/api/auth/get-session",
    "/api/auth/sign-up/email",
  ]) {
    expect((await get(path)).status).toBe(404);
    // The page for unknown addresses takes no forms.
    expect((await post(path, { email: "a@b.example", password: "x" })).status).toBe(405);
  }
});

test("the trail tells of sign-ins and refusals, without an address or a code", async () => {
  const lines = await site.db.rows<{ act: string; outcome: string; facts: string }>(
    `select act, outcome, facts from audit_line
      where split_part(act, '.', 1) in ('session', 'password', 'second-factor', 'recovery-code') order by n`,
  );
  const acts = new Set(lines.map(({ act, outcome }) => `${act} ${outcome}`));
  for (const act of [
    "session.begun done",
    "session.refused refused",
    "session.second-factor done",
    "session.ended done",
    "second-factor.set-up done",
    "password.changed done",
    "recovery-code.used done",
  ]) {
    expect([...acts]).toContain(act);
  }
  expect(JSON.stringify(lines)).not.toMatch(/@|198\.51\.100/);
});
