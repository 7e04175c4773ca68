/**
 * A newcomer with an empty PostgreSQL follows README, "For real", word by word, to a campaign that anybody can read. Both blocks
 * are taken from the page; only names, passwords and addresses are put in, as whoever reads it does.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { codeNow } from "#app/adapters/accounts/totp.ts";
import type { Database } from "#db/client.ts";
import { openPostgres } from "#db/postgres.ts";
import { APP_ROLE } from "#db/rights.ts";

import { demoPaper } from "../../bin/demo/demo-paper.ts";
import { type MailStandIn, mailStandIn } from "../../bin/demo/stand-ins/mail-server.ts";
import { TEST_SERVER } from "../support/database.ts";
import { withCookies } from "../support/office.ts";
import { freePort } from "../support/server.ts";

// Roles belong to the whole server: each run has names of its own.
const TAG = crypto.randomUUID().slice(0, 8);
const PUBLIC = "https://ketnghia.example";
const OFFICE = "/quan-tri";

describe.runIf(TEST_SERVER)("README, For real", { timeout: 240_000 }, () => {
  let admin: Database;
  let mail: MailStandIn;
  let folder: string;
  let shell: ChildProcess;
  let told = "";
  let port: number;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ketnghia-for-real-"));
    admin = openPostgres(TEST_SERVER ?? "", { max: 1, unhurried: true });
    mail = await mailStandIn(() => Math.floor(Date.now() / 1000));
    port = await freePort();
    const section = (await readFile("README.md", "utf8")).split("\n## For real\n")[1] ?? "";
    const block = (language: string) =>
      new RegExp(`\`\`\`${language}\n([^\`]*)\`\`\``).exec(section)?.[1] ?? "";
    const named = (text: string) =>
      text
        .replaceAll(/ketnghia_(owner|site)/g, (name) => `${name}_${TAG}`)
        .replaceAll(/(database|on schema|@db\.internal\/)( ?)ketnghia\b/g, `$1$2ketnghia_${TAG}`);
    const server = new URL(TEST_SERVER ?? "");
    for (const statement of named(block("sql")).replaceAll("'...'", "'p#1'").split(";")) {
      const made = statement.includes(`role ${APP_ROLE} `) && (await roleIsThere());
      if (statement.trim() !== "" && !made) await admin.script(statement);
    }
    const commands = named(block("sh"))
      .replace("npm ci && npm run build", "true # built before the tests")
      .replaceAll(":...@db.internal", `:p%231@${server.host}`)
      .replace("ACCOUNTS_SECRET=...", `ACCOUNTS_SECRET=${"x".repeat(40)}`)
      .replace("REGISTER_KEY=...", `REGISTER_KEY=${"0f".repeat(32)}`)
      .replace(/SMTP_URL=\S+/, `SMTP_URL=${mail.url}`)
      .replace(/^npm start .*$/m, "npm start &")
      .replace(/^npm run work .*$/m, "npm run work & wait");
    shell = spawn("bash", ["-ec", commands], {
      // A group of its own, which is ended as a whole.
      detached: true,
      env: {
        ...process.env,
        PORT: String(port),
        // The real clock: that of tests is refused by a live site, as it should be.
        NODE_OPTIONS: "",
        CLOCK_PLAYED: "",
        HEADS_DIRECTORY: join(folder, "heads"),
        FILES_DIRECTORY: join(folder, "files"),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const output of [shell.stdout, shell.stderr]) {
      output?.on("data", (part: Buffer) => (told += part.toString()));
    }
  }, 180_000);

  afterAll(async () => {
    if (shell.exitCode === null) {
      const ended = once(shell, "close");
      process.kill(-(shell.pid ?? 0), "SIGTERM");
      await ended;
    }
    await admin.script(`drop database if exists ketnghia_${TAG} with (force)`);
    await admin.script(`drop role if exists ketnghia_owner_${TAG}, ketnghia_site_${TAG}`);
    await admin.close();
    await mail.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const roleIsThere = async () =>
    (await admin.rows(`select 1 from pg_roles where rolname = '${APP_ROLE}'`)).length > 0;

  /** Asks as a browser behind the proxy does. */
  async function ask(path: string, cookie: string, body?: URLSearchParams | FormData) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      ...(body ? { method: "POST", body } : {}),
      redirect: "manual",
      headers: {
        origin: PUBLIC,
        "x-forwarded-proto": "https",
        "x-forwarded-host": "ketnghia.example",
        "x-forwarded-for": "198.51.100.7",
        ...(cookie === "" ? {} : { cookie }),
      },
    });
    return { answer, text: await answer.text() };
  }

  async function send(who: string, path: string, form: Record<string, string>) {
    const { answer, text } = await ask(path, who, new URLSearchParams(form));
    expect([answer.status, path, /role="alert"[^]{0,600}/.exec(text)?.[0]]).toEqual([
      303,
      path,
      undefined,
    ]);
    return answer.headers.get("location")?.split("?")[0] ?? "";
  }

  const page = async (who: string, path: string) => (await ask(path, who)).text;

  /** The value of a hidden field of the form with this intent. */
  function hidden(html: string, intent: string, name: string): string {
    const forms = html.split("<form");
    const form = forms.find((part) => part.includes(`name="intent" value="${intent}"`));
    return new RegExp(`name="${name}" value="([^"]*)"`).exec(form ?? "")?.[1] ?? "";
  }

  /** From the link of an invitation to a whole session; answers its cookies. */
  async function settle(link: string, email: string): Promise<string> {
    const { pathname, search, searchParams } = new URL(link);
    const password = `trâu đen qua suối ${email}`;
    const form = new URLSearchParams({ token: searchParams.get("token") ?? "", password });
    expect((await ask(pathname + search, "", form)).answer.status).toBe(200);
    const first = await ask("/dang-nhap", "", new URLSearchParams({ email, password }));
    const half = withCookies("", first.answer);
    const setUp = await page(half, "/dang-nhap/thiet-lap");
    const secret = /<code class="factor-secret">([^<]+)</.exec(setUp)?.[1]?.replaceAll(" ", "");
    // By the server's clock.
    const code = codeNow(secret ?? "", Date.parse(first.answer.headers.get("date") ?? "") / 1000);
    const whole = await ask("/dang-nhap/thiet-lap", half, new URLSearchParams({ code }));
    expect(whole.answer.status).toBe(200);
    return withCookies(half, whole.answer);
  }

  /** The administrator invites, the leader approves, the letter's link is followed. */
  async function appoint(
    [administrator, leader]: readonly [string, string],
    name: string,
    grant: Record<string, string>,
  ): Promise<string> {
    const email = `${grant["role"]}@ketnghia.example`;
    const card = await send(administrator, `${OFFICE}/nguoi-dung`, {
      intent: "enrol",
      name,
      email,
      locale: "vi",
    });
    const key = hidden(await page(administrator, `${card}?propose=1`), "propose", "key");
    expect(key).not.toBe("");
    await send(administrator, card, {
      intent: "propose",
      key,
      place: "",
      from: "2026-01-01",
      to: "",
      ...grant,
    });
    await send(leader, card, { intent: "approve", grant: key, version: "1" });
    await expect.poll(() => mail.letters().some(({ to }) => to.includes(email))).toBe(true);
    const letter = mail.letters().find(({ to }) => to.includes(email));
    return settle(/https:\S+/.exec(letter?.text ?? "")?.[0] ?? "", email);
  }

  test("from an empty database to a campaign that anybody reads", async () => {
    const working = () =>
      shell.exitCode ?? (told.includes('"listening"') && told.includes('"working"'));
    await expect.poll(working, { timeout: 120_000, message: "both work" }).toBeTruthy();
    expect(shell.exitCode, told).toBeNull();
    const links = [...told.matchAll(/https:\/\/\S+token=\S+/g)].map(([link]) => link);
    expect(links).toHaveLength(2);
    const administrator = await settle(links[0] ?? "", "an@ketnghia.example");
    const leader = await settle(links[1] ?? "", "binh@ketnghia.example");
    const both = [administrator, leader] as const;
    const officer = await appoint(both, "Lê Thị Thử", {
      role: "committee-officer",
      organisation: "dan-toc-da-nang",
    });
    const clerk = await appoint(both, "Hồ Văn Thử", {
      role: "commune-clerk",
      organisation: "ubnd-20941-2025",
    });
    const district = await appoint(both, "Bùi Văn Thử", {
      role: "district-officer",
      organisation: "dan-toc-da-nang",
    });
    const twin = await appoint(both, "Đỗ Thị Thử", {
      role: "twin-officer",
      organisation: "so-nong-nghiep-da-nang",
    });

    const accounts = `${OFFICE}/tai-khoan`;
    await send(officer, accounts, {
      intent: "open",
      key: hidden(await page(officer, `${accounts}?form=open`), "open", "key"),
      holder: "QUY THU NGHIEM",
      bankName: "Ngân hàng Thử nghiệm",
      bin: "970436",
      number: "0071001234567",
      owner: "appeal",
      commune: "",
      validFrom: "2026-01-01",
      paperNumber: "12/QĐ-BĐH",
      paperDate: "2026-01-01",
      reason: "Tài khoản của cuộc vận động.",
    });
    const change = hidden(await page(leader, accounts), "approve", "change");
    await send(leader, accounts, { intent: "approve", change });

    const drafts = `${OFFICE}/chien-dich`;
    const draft = await send(clerk, `${drafts}/moi`, {
      intent: "begin",
      key: hidden(await page(clerk, `${drafts}/moi`), "begin", "key"),
      commune: "20941",
      model: "livestock",
      titleVi: "Dê cho mười hộ đầu tiên",
    });
    const choices = await page(clerk, `${draft}?sua=account`);
    const account = /name="bankAccount"[^]*?<option value="([^"]+)"/.exec(choices)?.[1] ?? "";
    expect(account).not.toBe("");
    const sections: Record<string, Record<string, string>> = {
      purpose: {
        model: "livestock",
        species: "DE",
        titleVi: "Dê cho mười hộ đầu tiên",
        summaryVi: "Mười hộ.",
      },
      offices: {
        twin: "so-nong-nghiep-da-nang",
        responsible: "ubnd-20941-2025",
        reportingMonths: "6",
      },
      households: { poor: "6", nearPoor: "3", escaped: "", leader: "1" },
      needs: { byNorm: "yes" },
      account: { bankAccount: account },
      time: { startsOn: "2099-01-15", endsOn: "2099-12-31" },
      plans: { surplus: "reserve", shortfall: "fewer", passOnHeads: "1", passOnAgeDays: "180" },
      story: { storyVi: "Chuyện mười hộ." },
    };
    for (const [section, fields] of Object.entries(sections)) {
      const form = { intent: "save", section, revision: "0", key: "k".repeat(20), ...fields };
      await send(clerk, draft, form);
    }
    const decision = new FormData();
    for (const [name, value] of Object.entries({
      intent: "save",
      section: "decision",
      revision: "0",
      key: "decision-of-the-first-one",
      decisionNumber: "77/QĐ-UBND",
      decisionDate: "2026-01-02",
      decisionFile: "",
    })) {
      decision.append(name, value);
    }
    const paper = new Blob([demoPaper("Quyet dinh").slice()], { type: "application/pdf" });
    decision.append("decision", paper, "quyet-dinh.pdf");
    expect((await ask(draft, clerk, decision)).answer.status).toBe(303);
    const version = hidden(await page(clerk, draft), "submit", "version");
    await send(clerk, draft, { intent: "submit", version });
    for (const [who, side] of [
      [district, "district"],
      [twin, "twin"],
    ] as const) {
      const seen = hidden(await page(who, draft), "opine", "version");
      await send(who, draft, {
        intent: "opine",
        version: seen,
        side,
        verdict: "agrees",
        remarks: "",
      });
    }
    const ready = hidden(await page(leader, draft), "publish", "version");
    await send(leader, draft, { intent: "publish", version: ready });

    const shown = await ask("/chien-dich/de-cho-muoi-ho-dau-tien", "");
    expect(shown.answer.status).toBe(200);
    expect(shown.text).toContain("Dê cho mười hộ đầu tiên");
    expect(shown.text).toContain("QUY THU NGHIEM");
    // Nothing of the demonstration stands on a live site.
    expect(shown.text).not.toContain("Dữ liệu minh họa");
    const health = await ask("/healthz", "");
    expect(JSON.parse(health.text)).toMatchObject({ status: "ok" });
  });
});
