import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { must } from "#app/domain/kernel/result.ts";
import type { Letter } from "#app/domain/letters/ports.ts";
import type { AuditNote } from "#app/domain/people/audit.ts";
import { type Caller, CLOCK_LEEWAY, LIVES } from "#app/domain/people/sign-in.ts";
import type { Database } from "#db/client.ts";

import { databaseKinds, testDatabase } from "../../../tests/support/database.ts";
import { letters } from "../mail/letters.ts";
import { newId } from "../randomness.ts";
import { holdsDemonstrationPeople, openAccounts, type OpenAccounts } from "./accounts.ts";
import { LIMITS } from "./limits.ts";
import { sweepSignIns } from "./sweep.ts";
import { codeNow } from "./totp.ts";

const START = 1_800_000_000;
const CLERK = {
  id: "clerk",
  name: "Alăng Thị Búp",
  email: "clerk@test.example",
  password: "trâu đen qua suối",
  secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
};

describe.each(databaseKinds())("on %s", (kind) => {
  let db: Database;
  let close: () => Promise<void>;
  let accounts: OpenAccounts;
  let now = START;
  let sent: Letter[] = [];
  let notes: AuditNote[] = [];
  const troubles: unknown[] = [];
  let address = 0;

  const open = (plainCookies = false) =>
    openAccounts({
      plainCookies,
      db,
      now: () => now,
      newId,
      secret: "a secret of this test, long enough",
      address: "http://localhost:3000",
      mail: { send: async (letter) => void sent.push(letter) },
      letters,
      audit: { add: async (note) => void notes.push(note) },
      grantsOf: async () => [
        {
          id: "g1",
          role: "commune-clerk",
          organisation: "commune:20446",
          place: "20446",
          from: "2024-01-01",
          to: null,
        },
      ],
      promiseLink: (_, code, mark) => `https://ketnghia.example/${code}?${mark}`,
      linkTo: (page, locale, token) => `http://localhost:3000/${page}/${locale}?token=${token}`,
      onTrouble: (error) => void troubles.push(error),
    });

  beforeAll(async () => {
    ({ db, close } = await testDatabase(kind));
    accounts = open();
    await accounts.storeDemonstration([CLERK]);
  });
  afterAll(async () => {
    await accounts.stop();
    await close();
  });
  beforeEach(async () => {
    // A day apart, so that no test meets the limits and the used codes of another.
    now += 200_000;
    address += 1;
    sent = [];
    notes = [];
  });

  const caller = (cookie: string | null = null): Caller => ({
    cookie,
    address: `192.0.2.${address}`,
    device: "test browser",
  });
  const password = (given: { email?: string; password?: string } = {}) =>
    accounts.signIn.withPassword(caller(), { ...CLERK, ...given });
  const code = () => codeNow(CLERK.secret, now);
  const last = async () => {
    await accounts.stop();
    return new URL(/http\S+/.exec(sent.at(-1)?.text ?? "")?.[0] ?? "about:none");
  };

  /** Password and code; answers the cookie header. */
  async function signedIn(): Promise<string> {
    const first = must(await password());
    const second = must(
      await accounts.signIn.withFactor(caller(cookieOf(first)), { method: "totp", code: code() }),
    );
    return cookieOf(second);
  }

  test("the cookie is bound to this host and to https, and is no use to scripts", async () => {
    const { cookies } = must(await password());
    const session = cookies.filter((cookie) => cookie.startsWith("__Host-session="));
    expect(session).toHaveLength(1);
    const attributes = (session[0] ?? "")
      .split("; ")
      .slice(1)
      .map((one) => one.toLowerCase());
    expect(attributes.toSorted()).toEqual([
      "httponly",
      `max-age=${LIVES.session}`,
      "path=/",
      "samesite=lax",
      "secure",
    ]);
    for (const cookie of cookies) expect(cookie).toMatch(/^__Host-[^;]*;.*Secure/);
    expect(cookies.join()).not.toMatch(/domain=/i);
  });

  test("over http the demonstration signs in by cookies without prefix and Secure (docs/stack.md, WebKit)", async () => {
    const plain = open(true);
    const first = must(await plain.signIn.withPassword(caller(), CLERK));
    for (const cookie of first.cookies) expect(cookie).toMatch(/^demo-(?!.*Secure).*HttpOnly/i);
    const second = must(
      await plain.signIn.withFactor(caller(cookieOf(first)), { method: "totp", code: code() }),
    );
    const whole = cookieOf(second);
    expect(await plain.visitor(whole)).toMatchObject({ person: { secondFactor: true } });
    // One of the live kind is not known here, nor this one there.
    expect((await plain.visitor(whole.replaceAll("demo-", "__Host-"))).person).toBeUndefined();
    expect((await accounts.visitor(whole)).person).toBeUndefined();
    await plain.stop();
  });

  test("a password alone is a person without second factor; the code makes it whole, under a new cookie", async () => {
    const first = must(await password());
    expect(first.next).toBe("second-step");
    const half = cookieOf(first);
    const before = await accounts.visitor(half);
    expect(before.person).toMatchObject({ id: "clerk", secondFactor: false });
    expect(await accounts.signIn.own(half)).toBeUndefined();

    const second = must(
      await accounts.signIn.withFactor(caller(half), { method: "totp", code: code() }),
    );
    const whole = cookieOf(second);
    expect(whole).not.toBe(half);
    expect((await accounts.visitor(half)).person).toBeUndefined();
    const after = await accounts.visitor(whole);
    expect(after.person).toMatchObject({ id: "clerk", name: CLERK.name, secondFactor: true });
    expect(after.person?.grants).toHaveLength(1);
    expect(notes.map(({ act, outcome }) => `${act} ${outcome}`)).toEqual([
      "session.begun done",
      "session.second-factor done",
    ]);
    expect(JSON.stringify(notes)).not.toContain("@");
  });

  test("a cookie that nobody signed, or of nothing, is nobody", async () => {
    const whole = await signedIn();
    const forged = whole.replace(/(__Host-session=)./, "$1~");
    expect((await accounts.visitor(forged)).person).toBeUndefined();
    const unsigned = whole.replace(/(__Host-session=[^.]*)[^;]*/, "$1");
    expect((await accounts.visitor(unsigned)).person).toBeUndefined();
    expect((await accounts.visitor("__Host-session=")).person).toBeUndefined();
    expect((await accounts.visitor("__Host-session=a.b; x=y")).person).toBeUndefined();
    expect((await accounts.visitor(null)).person).toBeUndefined();
    // A session that some other way made has shown nothing to us.
    await db.rows(`delete from session_mark`);
    expect((await accounts.visitor(whole)).person).toBeUndefined();
  });

  // docs/stack.md, better-auth: its own factor takes a code twice.
  test("a code is taken once, also by two at the same moment", async () => {
    const [one, two] = [must(await password()), must(await password())].map(cookieOf) as [
      string,
      string,
    ];
    const shown = await Promise.all(
      [one, two].map((cookie) =>
        accounts.signIn.withFactor(caller(cookie), { method: "totp", code: code() }),
      ),
    );
    expect(shown.filter(({ ok }) => ok)).toHaveLength(1);
    const again = must(await password());
    expect(
      await accounts.signIn.withFactor(caller(cookieOf(again)), { method: "totp", code: code() }),
    ).toMatchObject({ ok: false, problem: { code: "sign-in.wrong" } });
    now += 30;
    expect(
      await accounts.signIn.withFactor(caller(cookieOf(again)), { method: "totp", code: code() }),
    ).toMatchObject({ ok: true });
  });

  test("an app's clock may be a step off, and an older code than the last one is none", async () => {
    const first = must(await password());
    const late = codeNow(CLERK.secret, now - 30);
    must(await accounts.signIn.withFactor(caller(cookieOf(first)), { method: "totp", code: late }));
    const second = must(await password());
    const ahead = codeNow(CLERK.secret, now + 30);
    must(
      await accounts.signIn.withFactor(caller(cookieOf(second)), { method: "totp", code: ahead }),
    );
    const third = must(await password());
    expect(
      await accounts.signIn.withFactor(caller(cookieOf(third)), { method: "totp", code: code() }),
    ).toMatchObject({ ok: false });
  });

  test("wrong password and unknown address get the same answer, and both cost a hash", async () => {
    const timed = async (given: { email?: string; password?: string }) => {
      const began = process.cpuUsage();
      const answer = await password(given);
      const used = process.cpuUsage(began);
      return { answer, cost: used.user + used.system };
    };
    await timed({ password: "not this one either" });
    const wrong = await timed({ password: "not this one either" });
    const unknown = await timed({ email: "nobody@test.example" });
    expect(unknown.answer).toEqual(wrong.answer);
    expect(wrong.answer).toEqual({ ok: false, problem: { code: "sign-in.wrong" } });
    // scrypt takes tens of milliseconds; looking up alone would take one.
    expect(unknown.cost).toBeGreaterThan(wrong.cost / 4);
    expect(notes.map(({ person, outcome }) => [person, outcome])).toEqual([
      ["clerk", "refused"],
      ["clerk", "refused"],
      [null, "refused"],
    ]);
  });

  test("guessing ends: for an account, known or not, and it outlives a restart", async () => {
    for (const email of [CLERK.email, "nobody@test.example"]) {
      for (let n = 0; n < LIMITS.here.tries; n += 1) {
        expect(await password({ email, password: "a guess of many" })).toMatchObject({
          problem: { code: "sign-in.wrong" },
        });
      }
      accounts = open();
      expect(await password({ email, password: CLERK.password })).toEqual({
        ok: false,
        problem: { code: "sign-in.too-many", minutes: 15 },
      });
    }
    now += LIMITS.here.seconds;
    expect(await password()).toMatchObject({ ok: true });
  });

  test(
    "strangers' guesses from everywhere lock nobody out where they signed in before",
    { timeout: 180_000 },
    async () => {
      const from = (where: string, typed: string) =>
        accounts.signIn.withPassword(
          { ...caller(), address: where },
          { ...CLERK, password: typed },
        );
      must(await password());
      const guesses = Array.from({ length: LIMITS.account.tries + 1 }, (_, n) =>
        from(`198.51.100.${n}`, "a guess of many"),
      );
      await Promise.all(guesses);
      const elsewhere = await from("203.0.113.7", CLERK.password);
      expect(elsewhere).toMatchObject({ problem: { code: "sign-in.too-many" } });
      // Who is barred at a new place proves the account's letters, and may try from there; nobody else may.
      const there = { ...caller(), address: "2001:db8:7:1::9" };
      await accounts.signIn.sendPasswordLink(there, CLERK.email, "vi");
      const token = (await last()).searchParams.get("token") ?? "";
      must(await accounts.signIn.setPassword(there, { token, password: CLERK.password }));
      expect(await from("2001:db8:7:2::9", CLERK.password)).toMatchObject({
        problem: { code: "sign-in.too-many" },
      });
      expect(await from("2001:db8:7:1::a", CLERK.password)).toMatchObject({ ok: true });
      expect(await password()).toMatchObject({ ok: true });
    },
  );

  test("guessing at once counts each guess", async () => {
    const answers = await Promise.all(
      Array.from({ length: LIMITS.here.tries + 5 }, () => password({ password: "guess, guess" })),
    );
    const codes = answers.map((answer) => (answer.ok ? "ok" : answer.problem.code));
    expect(codes.filter((one) => one === "sign-in.wrong")).toHaveLength(LIMITS.here.tries);
    expect(codes.filter((one) => one === "sign-in.too-many")).toHaveLength(5);
  });

  test("the second factor is not guessed either, whichever session tries", async () => {
    for (let n = 0; n < LIMITS.factor.tries; n += 1) {
      const half = cookieOf(must(await password()));
      const answer = await accounts.signIn.withFactor(caller(half), {
        method: n % 2 ? "totp" : "recovery",
        code: "000000",
      });
      expect(answer).toMatchObject({ problem: { code: "sign-in.wrong" } });
    }
    const half = cookieOf(must(await password()));
    expect(
      await accounts.signIn.withFactor(caller(half), { method: "totp", code: code() }),
    ).toMatchObject({ problem: { code: "sign-in.too-many" } });
  });

  test("a session ends: unused, too old, half-way too long, or written by a clock that ran ahead", async () => {
    const half = cookieOf(must(await password()));
    const whole = await signedIn();
    const at = async (cookie: string, seconds: number) => {
      const before = now;
      now += seconds;
      const { person } = await accounts.visitor(cookie);
      now = before;
      return person?.id;
    };
    expect(await at(half, LIVES.firstStep - 1)).toBe("clerk");
    expect(await at(half, LIVES.firstStep)).toBeUndefined();
    expect(await at(whole, -CLOCK_LEEWAY)).toBe("clerk");
    expect(await at(whole, -CLOCK_LEEWAY - 1)).toBeUndefined();
    expect(await at(whole, LIVES.idle)).toBeUndefined();
    const began = now;
    for (; now - began < LIVES.session - LIVES.idle; now += LIVES.idle - 100) {
      expect((await accounts.visitor(whole)).person?.id).toBe("clerk");
    }
    now = began + LIVES.session;
    expect((await accounts.visitor(whole)).person).toBeUndefined();
  });

  test("sessions are listed and ended one by one; a sign-in ends the browser's earlier one", async () => {
    const here = await signedIn();
    now += 60;
    const there = await signedIn();
    const own = await accounts.signIn.own(here);
    const alive = own?.sessions ?? [];
    expect(alive.filter((one) => one.here)).toHaveLength(1);
    const other = alive.find((one) => !one.here && one.begunAt === now);
    expect(other).toMatchObject({ device: "test browser", factor: "totp" });
    expect(await accounts.signIn.endSession(caller(here), other?.id ?? "")).toBe(true);
    expect(await accounts.signIn.endSession(caller(here), other?.id ?? "")).toBe(false);
    expect((await accounts.visitor(there)).person).toBeUndefined();
    expect((await accounts.visitor(here)).person?.id).toBe("clerk");
    must(await accounts.signIn.withPassword(caller(here), CLERK));
    expect((await accounts.visitor(here)).person).toBeUndefined();
  });

  test("signing out ends the session itself, not only the cookie", async () => {
    const whole = await signedIn();
    const cookies = await accounts.signIn.out(caller(whole));
    expect(cookies.join()).toMatch(/^__Host-session=; Max-Age=0;.*Secure/);
    expect((await accounts.visitor(whole)).person).toBeUndefined();
    expect(notes.at(-1)).toMatchObject({ act: "session.ended" });
  });

  test("an invitation, a password, a factor of one's own, recovery codes: each works once", async () => {
    const { id } = must(
      await accounts.enrolment.enrol({ name: "Hôih Nới", email: "Noi@Test.example", locale: "vi" }),
    );
    expect(
      await accounts.enrolment.enrol({ name: "X", email: "noi@test.example", locale: "vi" }),
    ).toMatchObject({ problem: { code: "people.email-taken" } });
    for (const email of ["a@b.c\r\nBcc: d@e.f", "a@b.c,d@e.f", "a@b.c\u202e", "<a@b.c>"]) {
      expect(await accounts.enrolment.enrol({ name: "X", email, locale: "vi" })).toMatchObject({
        problem: { code: "email.wrong" },
      });
    }
    await accounts.enrolment.invite(id);
    expect(sent.at(-1)?.to).toBe("noi@test.example");
    const token = (await last()).searchParams.get("token") ?? "";
    const stored = await db.rows<{ identifier: string }>(`select identifier from one_time_token`);
    expect(JSON.stringify(stored)).not.toContain(token);

    const set = (password: string) => accounts.signIn.setPassword(caller(), { token, password });
    expect(await set("short")).toMatchObject({ problem: { code: "password.short" } });
    expect(await set("password123456")).toMatchObject({ problem: { code: "password.common" } });
    expect(await set("suối đá rừng quế")).toMatchObject({ ok: true });
    expect(await set("núi cao mây thấp")).toMatchObject({ problem: { code: "sign-in.link-over" } });

    const given = { email: "noi@test.example", password: "suối đá rừng quế" };
    const first = must(await accounts.signIn.withPassword(caller(), given));
    expect(first.next).toBe("set-up");
    const half = caller(cookieOf(first));
    const { secret, uri } = must(await accounts.signIn.factorSecret(half));
    expect(must(await accounts.signIn.factorSecret(half)).secret).toBe(secret);
    expect(uri).toContain(secret);
    // Looking stores nothing.
    const factors = () =>
      db.rows<{ secret: string }>(`select secret from second_factor where person = $1`, [id]);
    expect(await factors()).toEqual([]);
    expect(await accounts.signIn.confirmFactor(half, codeNow(secret, now - 300))).toMatchObject({
      problem: { code: "sign-in.wrong" },
    });
    const whole = must(await accounts.signIn.confirmFactor(half, codeNow(secret, now)));
    expect(new Set(whole.recoveryCodes).size).toBe(10);
    expect(await factors()).toEqual([{ secret: expect.not.stringContaining(secret) as string }]);
    expect((await accounts.visitor(cookieOf(whole))).person?.secondFactor).toBe(true);
    expect(await accounts.signIn.factorSecret(caller(cookieOf(whole)))).toMatchObject({
      ok: false,
    });

    const [recovery = ""] = whole.recoveryCodes;
    for (const taken of [true, false]) {
      const again = must(await accounts.signIn.withPassword(caller(), given));
      const answer = await accounts.signIn.withFactor(caller(cookieOf(again)), {
        method: "recovery",
        code: ` ${recovery.toUpperCase()} `,
      });
      expect(answer.ok).toBe(taken);
      if (answer.ok) {
        expect((await accounts.signIn.own(cookieOf(answer.value)))?.recoveryCodesLeft).toBe(9);
      }
    }
    now += 30;
    const cookie = cookieOf(whole);
    const fresh = must(
      await accounts.signIn.newRecoveryCodes(caller(cookie), codeNow(secret, now)),
    );
    expect(fresh).toHaveLength(10);
    expect(fresh).not.toContain(whole.recoveryCodes[1]);
  });

  test("a changed password ends every other session and keeps this one whole, under a new cookie", async () => {
    const here = await signedIn();
    now += 60;
    const there = await signedIn();
    const change = (current: string, password: string) =>
      accounts.signIn.changePassword(caller(here), { current, password });
    expect(await change("not the old one", "đường lên đỉnh dốc")).toMatchObject({
      problem: { code: "sign-in.wrong" },
    });
    expect(await change(CLERK.password, "Alang Bup 2026")).toMatchObject({
      problem: { code: "password.common" },
    });
    const changed = must(await change(CLERK.password, "đường lên đỉnh dốc"));
    for (const gone of [here, there]) expect((await accounts.visitor(gone)).person).toBeUndefined();
    const { person } = await accounts.visitor(cookieOf(changed));
    expect(person).toMatchObject({ id: "clerk", secondFactor: true });
    expect(await password()).toMatchObject({ ok: false });
    must(
      await accounts.signIn.changePassword(caller(cookieOf(changed)), {
        current: "đường lên đỉnh dốc",
        password: CLERK.password,
      }),
    );
  });

  test("a forgotten password: a letter to staff, nothing to others, the same answer, and the factor stays", async () => {
    const ask = (email: string) => accounts.signIn.sendPasswordLink(caller(), email, "vi");
    expect(await ask("nobody@test.example")).toBe(await ask(CLERK.email));
    await accounts.stop();
    expect(sent.map(({ to }) => to)).toEqual([CLERK.email]);
    const token = (await last()).searchParams.get("token") ?? "";
    await db.rows(`update one_time_token set expires_at = now() - interval '1 second'`);
    expect(
      await accounts.signIn.setPassword(caller(), { token, password: "núi cao mây thấp" }),
    ).toMatchObject({ problem: { code: "sign-in.link-over" } });
    for (let n = 0; n < LIMITS.letters.tries + 3; n += 1) await ask(CLERK.email);
    await accounts.stop();
    expect(sent).toHaveLength(LIMITS.letters.tries);
  });

  test("whatever changes how somebody signs in voids the links that were sent before", async () => {
    const { id } = must(
      await accounts.enrolment.enrol({ name: "Bh", email: "bh@test.example", locale: "vi" }),
    );
    const links = async () => {
      await accounts.enrolment.invite(id);
      await accounts.signIn.sendPasswordLink(caller(), "bh@test.example", "vi");
      // Both letters are sent behind: one after the other, so that they are known by their order.
      await accounts.stop();
      await accounts.signIn.sendDonorLink(caller(), "bh@test.example", "vi");
      await accounts.stop();
      now += 3600;
    };
    const left = async () => {
      const rows = await db.rows<{ value: string }>(`select value from one_time_token`);
      return rows.filter(({ value }) => value === id || value.includes("bh@test.example")).length;
    };
    const tokenOf = (n: number) => /token=([\w-]+)/.exec(sent.at(n)?.text ?? "")?.[1] ?? "";
    const set = (token: string, word: string) =>
      accounts.signIn.setPassword(caller(), { token, password: word });
    // Set for the first time: the newest link is used, the older ones are worth nothing.
    await links();
    const [invitation, reset] = [tokenOf(-3), tokenOf(-2)];
    expect(await left()).toBe(3);
    must(await set(reset, "suối dài rừng rậm"));
    expect(await left()).toBe(0);
    expect(await set(invitation, "một mật khẩu khác hẳn")).toMatchObject({
      problem: { code: "sign-in.link-over" },
    });
    // Reset, a new invitation, a factor confirmed, codes drawn, the factor cleared, another address, no longer staff.
    const changes: readonly [name: string, change: () => Promise<unknown>, stays?: number][] = [
      ["reset", async () => set(tokenOf(-2), "núi cao mây thấp")],
      ["invitation", () => accounts.enrolment.invite(id), 1],
      [
        "factor",
        () =>
          db.rows(
            `insert into second_factor (person, secret) values ($1, 'x')
             on conflict (person) do update set confirmed_at = 1`,
            [id],
          ),
        3,
      ],
      [
        "confirmed",
        () => db.rows(`update second_factor set confirmed_at = 1 where person = $1`, [id]),
      ],
      ["codes", () => db.rows(`insert into recovery_code (person, digest) values ($1, 'd')`, [id])],
      ["cleared", () => accounts.enrolment.clearFactor(id)],
      ["cleared again", () => accounts.enrolment.clearFactor(id)],
      ["changed", () => db.rows(`update credential set password = 'x' where user_id = $1`, [id])],
      ["removed", () => db.rows(`delete from credential where user_id = $1`, [id])],
      [
        "address",
        () => db.rows(`update "user" set email = 'bh2@test.example' where id = $1`, [id]),
      ],
    ];
    for (const [name, change, stays = 0] of changes) {
      await links();
      expect(await left(), name).toBe(3);
      await change();
      expect(await left(), name).toBe(stays);
    }
    // Using a code changes nothing of how somebody signs in.
    await accounts.enrolment.invite("clerk");
    await signedIn();
    const rows = await db.rows(`select 1 from one_time_token where value = 'clerk'`);
    expect(rows).toHaveLength(1);
  });

  test("a donor comes by a link, once, and holds nothing of the office", async () => {
    const ask = (email: string) => accounts.signIn.sendDonorLink(caller(), email, "en");
    await ask("Giver@Home.example");
    const link = await last();
    expect(sent[0]?.to).toBe("giver@home.example");
    expect(link.pathname).toBe("/donor/en");
    const token = link.searchParams.get("token") ?? "";
    const follow = () => accounts.signIn.withDonorLink(caller(), token);
    const passed = must(await follow());
    expect(passed.next).toBe("mine");
    expect(await follow()).toMatchObject({ problem: { code: "sign-in.link-over" } });
    const { person } = await accounts.visitor(cookieOf(passed));
    expect(person).toMatchObject({ grants: [], secondFactor: false });
    expect(notes).toEqual([]);

    await accounts.donorGifts.link(person?.id ?? "", "QNABC123");
    await accounts.donorGifts.link(person?.id ?? "", "QNABC123");
    expect(await accounts.donorGifts.list(person?.id ?? "")).toEqual(["QNABC123"]);

    await ask("late@home.example");
    const late = (await last()).searchParams.get("token") ?? "";
    await db.rows(`update one_time_token set expires_at = now() - interval '1 second'`);
    expect(await accounts.signIn.withDonorLink(caller(), late)).toMatchObject({ ok: false });
    expect(await accounts.signIn.withDonorLink(caller(), "made up")).toMatchObject({ ok: false });
  });

  test("staff who come by a donor's link cannot go on to the second factor with it", async () => {
    await accounts.signIn.sendDonorLink(caller(), CLERK.email, "vi");
    const token = (await last()).searchParams.get("token") ?? "";
    const passed = must(await accounts.signIn.withDonorLink(caller(), token));
    const answer = await accounts.signIn.withFactor(caller(cookieOf(passed)), {
      method: "totp",
      code: code(),
    });
    expect(answer).toMatchObject({ problem: { code: "sign-in.over" } });
    const { person } = await accounts.visitor(cookieOf(passed));
    expect(person).toMatchObject({ id: "clerk", grants: [], secondFactor: false });
  });

  test("what is over is swept away, what is not stays", async () => {
    const whole = await signedIn();
    expect(await sweepSignIns(db, now)).toMatchObject({ sessions: expect.any(Number) as number });
    expect((await accounts.visitor(whole)).person?.id).toBe("clerk");
    now += LIVES.session + 1;
    const swept = await sweepSignIns(db, now);
    expect(swept.sessions).toBe(1);
    expect(await db.rows(`select 1 from session_mark`)).toEqual([]);
    expect(await sweepSignIns(db, now)).toEqual({ sessions: 0, links: 0, limits: 0 });
  });

  test("people with printed passwords are found, so that a live site does not start over them", async () => {
    expect(await holdsDemonstrationPeople(db)).toBe(true);
    expect(await holdsDemonstrationPeople({ rows: async () => [] })).toBe(false);
  });

  test("nothing went wrong behind an answer", async () => {
    await accounts.stop();
    expect(troubles).toEqual([]);
  });

  test("the language is kept with the person and in a cookie", async () => {
    const whole = await signedIn();
    const cookies = await accounts.signIn.chooseLocale(caller(whole), "en");
    expect(cookies.join()).toMatch(/^__Host-locale=en;.*Secure/);
    expect((await accounts.visitor(whole)).locale).toBe("en");
    expect((await accounts.visitor("a=b; __Host-locale=en")).locale).toBe("en");
    expect((await accounts.visitor("__Host-locale=xx")).locale).toBeUndefined();
    await accounts.signIn.chooseLocale(caller(whole), "vi");
  });
});

/** The cookie header a browser would send after an answer. */
function cookieOf({ cookies }: { readonly cookies: readonly string[] }): string {
  return cookies.map((cookie) => cookie.split(";", 1)[0]).join("; ");
}
