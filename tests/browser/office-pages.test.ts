import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { OFFICE_PAGES, type OfficePage, officePath } from "#app/i18n/office-paths.ts";
import { type Locale, LOCALES, OFFICE_LOCALE_ADDRESS, pathTo } from "#app/i18n/paths.ts";
import type { Database } from "#db/client.ts";

import { browsedSite, type BrowsedSite } from "../support/browsed-site.ts";
import { type Asked, firstStep, ownForm, signIn, withCookies } from "../support/office.ts";
import { registerSamples } from "../support/register-samples.ts";

const CLERK = "demo-commune-clerk-20941";
const CHAIR = "demo-commune-leader-20941";
const LEADER = "demo-committee-leader";
const ACCOUNTANT = "demo-committee-accountant";
const TWIN = "demo-twin-officer-so-nong-nghiep-da-nang";

/** Things of the demonstration that pages of the office are about. */
interface OfficeSamples {
  readonly draft: string;
  readonly submitted: string;
  readonly campaign: string;
  readonly order: string;
  readonly picture: string;
  readonly gift: string;
  readonly meeting: string | null;
  /** A list that was decided. */
  readonly list: string | null;
  /** Of the clerk's commune; undefined while the demonstration has none. */
  readonly objection: string | undefined;
  readonly group: string | undefined;
  readonly decided: string | undefined;
  readonly household: string;
  readonly import: string;
}

/** Whose desk each page is looked at from, and its parameters: where somebody has most to do. */
function looks(page: OfficePage, found: OfficeSamples): [who: string, path: string][] {
  const at = (params: Record<string, string> = {}) => officePath(page, params);
  switch (page) {
    case "campaign":
      return [
        [CLERK, at({ draft: found.draft })],
        [CLERK, `${at({ draft: found.draft })}?sua=needs`],
        [CLERK, `${at({ draft: found.draft })}?sua=story`],
        [LEADER, at({ draft: found.submitted })],
        [CLERK, at({ draft: found.campaign })],
      ];
    case "newOrder":
      return [
        [CLERK, at()],
        [CLERK, `${at()}?kind=disbursement&campaign=${found.campaign}`],
      ];
    case "order":
      return [
        [CLERK, at({ order: found.order })],
        [LEADER, at({ order: found.order })],
      ];
    case "newObjection":
    case "newGroup":
      return [
        [CLERK, at()],
        [CLERK, `${at()}?list=${found.decided ?? ""}`],
      ];
    case "household":
      return [
        [CLERK, at({ household: found.household })],
        [CHAIR, at({ household: found.household })],
      ];
    // Once the demonstration has lists; tests/browser/lists.test.ts looks at them over books of its own.
    case "meeting":
      return found.meeting === null ? [] : [[CLERK, at({ meeting: found.meeting })]];
    case "list":
    case "listSheet":
      return found.list === null ? [] : [[CLERK, at({ list: found.list })]];
    case "person":
      return [["demo-administrator", at({ person: CLERK })]];
    default:
      return [[DESKS[page] ?? CLERK, at(ONE_PARAMETER[page]?.(found))]];
  }
}

/** Pages that are looked at once, with what stands in their address. */
const ONE_PARAMETER: Partial<Record<OfficePage, (found: OfficeSamples) => Record<string, string>>> =
  {
    news: ({ campaign }) => ({ draft: campaign }),
    progressOf: ({ campaign }) => ({ campaign }),
    objection: ({ objection = "" }) => ({ objection }),
    group: ({ group = "" }) => ({ group }),
    registerImport: (found) => ({ import: found.import }),
    file: ({ picture }) => ({ file: picture }),
  };

const DESKS: Partial<Record<OfficePage, string>> = {
  home: LEADER,
  duplicates: CHAIR,
  group: "demo-committee-officer",
  reconcile: ACCOUNTANT,
  pledges: ACCOUNTANT,
  accounts: ACCOUNTANT,
  twinning: TWIN,
  people: "demo-administrator",
  organisations: "demo-administrator",
  audit: "demo-finance-inspector",
  health: "demo-finance-inspector",
};

const DONOR = "nguoi-ung-ho@demo.ketnghia.example";
const NEWCOMER = "nguoi-moi@demo.ketnghia.example";

let browsed: BrowsedSite<OfficeSamples>;
let site: Asked;

beforeAll(async () => {
  browsed = await browsedSite(samplesOf);
  site = siteAt(browsed.url);
});
afterAll(() => browsed.close());

describe.each(LOCALES)("in %s", (locale) => {
  test.each(Object.keys(OFFICE_PAGES) as OfficePage[])("office: %s", async (name) => {
    for (const [who, path] of looks(name, browsed.found)) {
      expect(await faults(path, await deskOf(who, locale), locale), `${path} as ${who}`).toEqual(
        [],
      );
    }
  });

  test("the second step, by code and by recovery code", async () => {
    const half = await halfway(LEADER);
    const path = pathTo(locale, "secondStep");
    expect(await faults(path, half, locale)).toEqual([]);
    expect(await faults(`${path}?by=recovery`, half, locale)).toEqual([]);
  });

  test("setting up the second step, with its picture to scan", async () => {
    const cookie = await newcomer();
    const path = pathTo(locale, "setUp");
    const page = await (await site.ask(path, { headers: { cookie } })).text();
    expect(page).toContain("<svg");
    expect(await faults(path, cookie, locale)).toEqual([]);
  });

  test("a donor's own gifts, none and one", async () => {
    const cookie = await donor(locale);
    const path = pathTo(locale, "mine");
    expect(await faults(path, cookie, locale)).toEqual([]);
    const added = await site.ask(
      path,
      ownForm(cookie, { intent: "add", code: browsed.found.gift }),
    );
    expect(added.status).toBeLessThan(400);
    const page = await (await site.ask(path, { headers: { cookie } })).text();
    expect(page).toContain(browsed.found.gift);
    expect(await faults(path, cookie, locale)).toEqual([]);
  });
});

test("none of it asked another host, loaded a script, or was blocked by our own policy", () => {
  expect(browsed.seen.foreign).toEqual([]);
  expect(browsed.seen.scripts).toEqual([]);
  expect(browsed.seen.wrong).toEqual([]);
});

const faults = (path: string, cookie: string, locale: Locale) =>
  browsed.faults(path, { locale, cookie });

const desks = new Map<string, { cookie: string; locale: Locale }>();

/** The cookie of an official who signed in once and reads in this language. */
async function deskOf(who: string, locale: Locale): Promise<string> {
  const held = desks.get(who);
  if (held?.locale === locale) return held.cookie;
  const before = held?.cookie ?? (await signIn(site, who));
  const chosen = await site.ask(
    OFFICE_LOCALE_ADDRESS,
    ownForm(before, { locale, back: "/quan-tri" }),
  );
  const cookie = withCookies(before, chosen);
  desks.set(who, { cookie, locale });
  return cookie;
}

const halves = new Map<string, string>();

async function halfway(who: string): Promise<string> {
  const half = halves.get(who) ?? (await firstStep(site, who));
  halves.set(who, half);
  return half;
}

let newcomersCookie: string | undefined;

/** Somebody who was given an account, has a password, and no second factor yet. */
async function newcomer(): Promise<string> {
  if (newcomersCookie !== undefined) return newcomersCookie;
  const desk = await deskOf("demo-administrator", "vi");
  const given = { intent: "enrol", name: "Người Mới", email: NEWCOMER, locale: "vi" };
  const enrolled = await site.ask(OFFICE_PAGES.people, ownForm(desk, given));
  expect(enrolled.status).toBe(303);
  const link = await linkTo(NEWCOMER);
  const token = link.searchParams.get("token") ?? "";
  const password = "bốn ghế tre xanh dưới mái hiên";
  const set = await site.ask(link.pathname + link.search, ownForm("", { token, password }));
  expect(set.status).toBeLessThan(400);
  const first = await site.ask(pathTo("vi", "signIn"), ownForm("", { email: NEWCOMER, password }));
  expect(first.status).toBe(303);
  newcomersCookie = withCookies("", first);
  return newcomersCookie;
}

/** Somebody who came by the link of a letter. */
async function donor(locale: Locale): Promise<string> {
  const email = `${locale}-${DONOR}`;
  await site.ask(pathTo(locale, "mine"), ownForm("", { intent: "ask", email }));
  const link = await linkTo(email);
  const token = link.searchParams.get("token") ?? "";
  const passed = await site.ask(link.pathname + link.search, ownForm("", { token }));
  expect(passed.status).toBe(303);
  return withCookies("", passed);
}

/** The link in the newest letter to an address, from the mailbox of the demonstration. */
async function linkTo(email: string): Promise<URL> {
  let text = "";
  await expect
    .poll(async () => {
      const box = await site.ask(`/gia-lap/thu?as=json&to=${encodeURIComponent(email)}`, {});
      const letters = (await box.json()) as { text: string }[];
      text = letters.at(0)?.text ?? "";
      return text;
    })
    .toContain("http");
  return new URL(/http\S+/.exec(text)?.[0] ?? "about:none");
}

/** The server over HTTP as forms of its own pages ask it. */
function siteAt(url: string): Asked {
  return {
    services: { now: () => Math.floor(Date.now() / 1000) },
    ask: (path, init) =>
      fetch(url + path, {
        ...init,
        redirect: "manual",
        headers: { ...(init.headers as Record<string, string>), origin: url },
      }),
  };
}

async function samplesOf(db: Database): Promise<OfficeSamples> {
  const one = async (text: string): Promise<string> => {
    const [row] = await db.rows<{ value: string }>(text);
    if (!row) throw new Error(`the demonstration has nothing for: ${text}`);
    return row.value;
  };
  const perhaps = async (text: string): Promise<string | null> =>
    (await db.rows<{ value: string }>(text))[0]?.value ?? null;
  const ofCommune = async (text: string): Promise<string | undefined> =>
    (
      await db.rows<{ value: string }>(
        `${text} in (select c.id from campaign c where c.commune = '20941') order by 1 limit 1`,
      )
    )[0]?.value;
  const ofTraTap = `'20941' = any (subject_communes)`;
  const campaign = await one(`select id as value from campaign where commune = '20941' limit 1`);
  return {
    ...(await registerSamples(db, CLERK, "20941", campaign)),
    draft: await one(`select id as value from campaign_draft where state = 'drafting' limit 1`),
    submitted: await one(`select id as value from campaign_draft where state = 'opinions' limit 1`),
    campaign,
    order: await one(
      `select id as value from money_order where commune = '20941' and state = 'sent-back' limit 1`,
    ),
    picture: await one(
      `select f.id as value from office_file f join file_picture p on p.file = f.id
        where ${ofTraTap} order by f.added_at, f.id limit 1`,
    ),
    objection: await ofCommune(
      `select o.code as value from objection o join list_version v on v.list = o.list and v.version = o.version where v.campaign`,
    ),
    group: await one(`select min(group_id) as value from group_founding`),
    decided: await ofCommune(
      `select list as value from list_version where state = 'decided' and campaign`,
    ),
    gift: await one(
      `select code as value from donation where campaign is not null order by entry limit 1`,
    ),
    meeting: await perhaps(
      `select m.id as value from village_meeting m join campaign c on c.id = m.campaign where c.commune = '20941' limit 1`,
    ),
    list: await perhaps(
      `select v.list as value from list_version v join campaign c on c.id = v.campaign
        where c.commune = '20941' and v.state = 'decided' limit 1`,
    ),
  };
}
