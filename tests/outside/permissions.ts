/**
 * Does the office let in whom its own page says? `node tests/outside/permissions.ts BASE SIGN-INS.json [docs/permissions.md]`
 *
 * Signs in as every role, as a session without second factor, as a donor ({"role":"donor","email":...}: by the link that the
 * stand-in mail shows; or with a cookie), and as nobody; tries every address, its `.data` twin and every form; compares with the page. Needs nothing but Node. Ends with 1 on any difference.
 * The sign-ins of the demonstration: `node bin/demo-code.ts --json`.
 */
import { readFile } from "node:fs/promises";
import { argv, exit, stdout } from "node:process";
import { setTimeout as pause } from "node:timers/promises";

import { Caller, firstStep, secondStep, type SignInFile } from "./office-caller.ts";
import { type PermissionPage, readPermissionPage, type Request } from "./permission-page.ts";

/** Somebody at the doors, with the one role they hold; null: none that counts. */
export interface Visitor {
  readonly name: string;
  readonly role: string | null;
  readonly caller: Caller;
}

/** Not a role of the office: somebody who signs in by a link in a letter. */
const DONOR = "donor";
const NOBODY_KNOWS = "khong-co-ho-so-nay";
/** A donor's session by the link of a letter, which the stand-in mail of a demonstration shows. */
async function donorByLink(base: URL, email: string): Promise<Caller> {
  const caller = new Caller(base);
  const letters = `/gia-lap/thu?${new URLSearchParams({ to: email, as: "json" }).toString()}`;
  const asked = await caller.post("/cua-toi", { intent: "ask", email });
  if (asked.status !== 200) throw new Error(`${email}: the link was answered ${asked.status}`);
  for (let tries = 0; tries < 50; tries += 1) {
    const { status, body } = await caller.get(letters);
    if (status !== 200) throw new Error(`${email}: there is no stand-in mail (${status})`);
    const token = /\/dang-nhap\/lien-ket\?token=([\w.-]+)/.exec(body)?.[1];
    if (token !== undefined) {
      const { status: passed } = await caller.post("/dang-nhap/lien-ket", { token });
      if (passed >= 300 && passed < 400) return caller;
      throw new Error(`${email}: the letter's link was answered ${passed}`);
    }
    await pause(200);
  }
  throw new Error(`${email}: no letter came`);
}

/** Everybody who tries. A role that nobody signs in for is a difference of its own. */
export async function visitors(
  base: URL,
  signIns: readonly SignInFile[],
  page: PermissionPage,
): Promise<{ visitors: Visitor[]; missing: string[] }> {
  const all: Visitor[] = [{ name: "nobody", role: null, caller: new Caller(base) }];
  const seen = new Set<string>();
  for (const who of signIns) {
    if (who.cookie !== undefined) {
      const caller = new Caller(base);
      caller.take(who.cookie);
      all.push({ name: who.role, role: null, caller });
      continue;
    }
    // One of each role, as the others differ by place only; of those that reach their twin all, as each has another.
    if (seen.has(who.role) && !reachesTwin(page, who.role)) continue;
    const first = !seen.has(who.role);
    seen.add(who.role);
    if (who.role === DONOR) {
      all.push({ name: DONOR, role: null, caller: await donorByLink(base, who.email ?? "") });
      continue;
    }
    const caller = new Caller(base);
    await firstStep(caller, who);
    await secondStep(caller, who);
    const name = first ? who.role : `${who.role} ${who.email ?? ""}`.trim();
    all.push({ name, role: who.role, caller });
    if (!first) continue;
    const half = new Caller(base);
    await firstStep(half, who);
    all.push({ name: `${who.role} without second factor`, role: null, caller: half });
  }
  const roles = new Set([...page.acts.values()].flatMap((row) => [...row.keys()]));
  return { visitors: all, missing: [...roles].filter((role) => !seen.has(role)) };
}

function reachesTwin({ acts }: PermissionPage, role: string): boolean {
  return [...acts.values()].some((row) => row.get(role) === "twin");
}

/** Try everything; answers how much was tried, and each difference in words. */
export async function tryDoors(
  page: PermissionPage,
  all: readonly Visitor[],
): Promise<{ tried: number; differences: string[] }> {
  const differences: string[] = [];
  let tried = 0;
  const check = (fine: boolean, text: string) => {
    tried += 1;
    if (!fine) differences.push(text);
  };
  const known = await knownSubjects(page, all);
  // Side by side: each has a session of its own, and nothing is decided by anybody.
  await Promise.all(
    all.map(async (visitor) => {
      await tryAsVisitor(page, visitor, known, check);
      await tryTogether(page, visitor, known, check);
    }),
  );
  return { tried, differences };
}

type Check = (fine: boolean, text: string) => void;

/** All a visitor tries, one after another. */
async function tryAsVisitor(
  page: PermissionPage,
  visitor: Visitor,
  known: ReadonlyMap<string, readonly string[]>,
  check: Check,
): Promise<void> {
  for (const request of page.requests) {
    await tryUnknown(page, visitor, request, check);
    await tryKnown(page, visitor, request, known.get(request.path) ?? [], check);
  }
  for (const [list, act] of page.lists) {
    const { status, body } = await visitor.caller.get(`/quan-tri/xuat/${list}.csv`);
    const may = permitted(page, visitor, [act]);
    check(status === (may ? 200 : 403), `${visitor.name}: list ${list} was answered ${status}`);
    check(may || !body.includes("@"), `${visitor.name}: the refusal of ${list} has data`);
  }
}

function permitted(page: PermissionPage, { role }: Visitor, acts: readonly string[]): boolean {
  return role !== null && acts.some((act) => page.acts.get(act)?.has(role));
}

/** Everywhere the role may do it, or only at its place or twin. */
function everywhere(page: PermissionPage, { role }: Visitor, acts: readonly string[]): boolean {
  return role !== null && acts.every((act) => page.acts.get(act)?.get(role) === "all");
}

/** The address with subjects that do not exist: whoever may is told so (404), everybody else learns nothing (403). */
async function tryUnknown(
  page: PermissionPage,
  visitor: Visitor,
  request: Request,
  check: Check,
): Promise<void> {
  const path = request.path.replace(/:\w+|\*/g, NOBODY_KNOWS);
  const subject = path !== request.path;
  const label = `${visitor.name}: ${request.intent === null ? "GET" : request.intent} ${request.path}`;
  if (request.intent === null) {
    const { status } = await visitor.caller.get(path);
    const expected = permitted(page, visitor, request.acts) ? (subject ? 404 : 200) : 403;
    check(status === expected, `${label} was answered ${status}, expected ${expected}`);
    const data = await visitor.caller.get(`${path}.data`);
    const quiet = [403, 404].includes(data.status) && data.body.length < 10_000;
    check(quiet, `${label}.data was answered ${data.status}`);
    return;
  }
  if (!request.bySubject) {
    const { status } = await visitor.caller.post(path, { intent: request.intent });
    verdict(label, status, permitted(page, visitor, request.acts), check);
    return;
  }
  const { status } = await visitor.caller.post(path, { intent: request.intent });
  const read = page.requests.find((one) => one.path === request.path && one.intent === null);
  verdict(label, status, permitted(page, visitor, read?.acts ?? []), check);
  if (subject) return;
  // A form that says which act it is: each of them.
  for (const act of request.acts) {
    const kind = act.slice(0, act.lastIndexOf("."));
    const asked = await visitor.caller.post(path, { intent: request.intent, kind });
    verdict(`${label} (${kind})`, asked.status, permitted(page, visitor, [act]), check);
  }
}

function verdict(label: string, status: number, may: boolean, check: Check): void {
  if (may) check(status !== 403 && status < 500, `${label} was answered ${status}, may do it`);
  else check(status === 403, `${label} was answered ${status}, may not do it`);
}

/** Subjects that do exist: a role that has no business there gets 403 and nothing of them. Nothing is decided here. */
async function tryKnown(
  page: PermissionPage,
  visitor: Visitor,
  request: Request,
  subjects: readonly string[],
  check: Check,
): Promise<void> {
  for (const path of subjects.slice(0, MOST_SUBJECTS)) {
    const label = `${visitor.name}: ${request.intent ?? "GET"} ${path}`;
    if (request.intent === null) {
      const { status, body } = await visitor.caller.get(path);
      if (everywhere(page, visitor, request.acts)) {
        check(status === 200, `${label} was answered ${status}, may see it`);
      } else if (permitted(page, visitor, request.acts)) {
        check(status === 200 || status === 403, `${label} was answered ${status}`);
      } else check(status === 403, `${label} was answered ${status}, may not see it`);
      if (status === 403) {
        const plain = await visitor.caller.get(request.path.replace(/:\w+|\*/g, NOBODY_KNOWS));
        const told = permitted(page, visitor, request.acts) || sameBut(body, plain.body);
        check(told, `${label}: the refusal tells of the subject`);
      }
    } else if (!permitted(page, visitor, request.acts)) {
      const { status } = await visitor.caller.post(path, { intent: request.intent, version: "1" });
      check(status === 403, `${label} was answered ${status}, may not do it`);
    }
  }
}

/**
 * Where a role reaches its own place or twin, what it reads of a subject it reads at every address of the subject that the
 * page gives it as far: the addresses of one campaign answer alike, and a page that it reads leads to no closed door.
 */
async function tryTogether(
  page: PermissionPage,
  visitor: Visitor,
  known: ReadonlyMap<string, readonly string[]>,
  check: Check,
): Promise<void> {
  const { role, caller } = visitor;
  if (role === null) return;
  const reads = page.requests.filter(({ intent, path }) => intent === null && /:/.test(path));
  const answers = new Map<string, Awaited<ReturnType<Caller["get"]>>>();
  const ask = async (path: string) => {
    const before = answers.get(path);
    if (before) return before;
    const answer = await caller.get(path);
    answers.set(path, answer);
    return answer;
  };
  for (const request of reads.filter((one) => permitted(page, visitor, one.acts))) {
    if (everywhere(page, visitor, request.acts)) continue;
    const reach = reachAt(page, role, request);
    for (const path of known.get(request.path) ?? []) {
      const { status, body } = await ask(path);
      if (status !== 200) continue;
      const siblings = reads.flatMap((other) => sameSubject(request, other, path, known));
      for (const link of new Set([...siblings, ...linksIn(body)])) {
        const door = reads.find((other) => patternOf(other.path).test(link));
        if (!door || reachAt(page, role, door) !== reach) continue;
        const there = await ask(link);
        const label = `${visitor.name}: ${link}, by way of ${path},`;
        check(there.status === 200, `${label} was answered ${there.status}, may see it`);
      }
    }
  }
}

function reachAt(page: PermissionPage, role: string, { acts }: Request): string | undefined {
  return page.acts.get(acts[0] ?? "")?.get(role);
}

/** The address of another request about the same subject, where somebody was led there. */
function sameSubject(
  request: Request,
  other: Request,
  path: string,
  known: ReadonlyMap<string, readonly string[]>,
): string[] {
  const [name, otherName] = [/:(\w+)/.exec(request.path), /:(\w+)/.exec(other.path)];
  if (other === request || !name || name[1] !== otherName?.[1]) return [];
  const id = patternOf(request.path).exec(path)?.[1] ?? "";
  const link = other.path.replace(/:\w+/, id);
  return (known.get(other.path) ?? []).includes(link) ? [link] : [];
}

/** Office addresses that a page leads to or draws from. */
function linksIn(body: string): string[] {
  return [...body.matchAll(/(?:href|src)="(\/quan-tri\/[^"?#]+)/g)].map(([, link]) => link ?? "");
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, "([^/]+)").replace("*", "$^")}$`);
}

/** Two refusals that differ by their own address at most. */
function sameBut(one: string, other: string): boolean {
  const bare = (text: string) =>
    text.replace(/next=[^"]*"/g, "").replace(/value="\/quan-tri[^"]*"/g, "");
  return bare(one) === bare(other);
}

const MOST_SUBJECTS = 3;

/** Addresses of real subjects, as somebody who reads everything finds them in the lists. */
async function knownSubjects(
  page: PermissionPage,
  all: readonly Visitor[],
): Promise<ReadonlyMap<string, string[]>> {
  const links = new Set<string>();
  for (const visitor of all.filter(({ role }) => role !== null)) {
    for (const { path, intent } of page.requests) {
      if (intent !== null || /[:*]/.test(path)) continue;
      const { status, body } = await visitor.caller.get(path);
      if (status !== 200) continue;
      for (const link of linksIn(body)) links.add(link);
    }
  }
  // What lists lead to leads on: the news of a campaign, its statements, its files.
  const reader = all.find((visitor) => everywhere(page, visitor, ["campaign.read", "file.read"]));
  for (const link of reader ? [...links] : []) {
    const { status, body } = (await reader?.caller.get(link)) ?? { status: 0, body: "" };
    if (status === 200) for (const next of linksIn(body)) links.add(next);
  }
  const paths = [...new Set(page.requests.map(({ path }) => path))];
  const plain = new Set(paths.filter((path) => !/[:*]/.test(path)));
  return new Map(
    paths.map((path) => {
      const pattern = patternOf(path);
      const fitting = [...links].filter((link) => pattern.test(link) && !plain.has(link));
      // Lists are tried by name: each asks its page's act too.
      const subjects = path.includes(":") && !path.includes(":list");
      return [path, subjects ? fitting.toSorted() : []];
    }),
  );
}

if (argv[1] === import.meta.filename) {
  const [, , base, file, pageFile = new URL("../../docs/permissions.md", import.meta.url)] = argv;
  if (!base || !file) {
    stdout.write("node tests/outside/permissions.ts BASE SIGN-INS.json [docs/permissions.md]\n");
    exit(2);
  }
  const page = readPermissionPage(await readFile(pageFile, "utf8"));
  const signIns = JSON.parse(await readFile(file, "utf8")) as SignInFile[];
  const everybody = await visitors(new URL(base), signIns, page);
  const { tried, differences } = await tryDoors(page, everybody.visitors);
  const missing = everybody.missing.map((role) => `nobody signs in as ${role}`);
  for (const line of [...missing, ...differences]) stdout.write(`${line}\n`);
  const found = missing.length + differences.length;
  stdout.write(
    `${everybody.visitors.length} visitors, ${tried} requests compared, ${found} differences\n`,
  );
  exit(found === 0 ? 0 : 1);
}
