import type { KeepRules, KeptPath } from "./page-address.ts";
import { ZIP_NAME } from "#app/domain/open-data/sets.ts";
import { giftTopic, type Topic } from "#app/domain/published/topics.ts";
import { type MachineFile, normalMachineQuery, normalQuery } from "#app/i18n/filters.ts";
import { isOfficePath } from "#app/i18n/office-paths.ts";
import { LOCALES, type Page, PAGES } from "#app/i18n/paths.ts";

/** What a page shows, told by the parameters of its address; undefined: anything. */
type Shows = (
  params: Readonly<Record<string, string>>,
  names: Names,
) => readonly Topic[] | undefined;

/** What addresses say of campaigns. */
export interface Names {
  /** Id of the campaign at this address; undefined when it is not known. */
  campaignAt(slug: string): string | undefined;
}

interface Kept {
  readonly shows: Shows;
  /** How codes in its address are spelt; other spellings are the same page. */
  readonly spelling?: "upper" | "lower";
  readonly heavy?: true;
  /** Which filters a file for machines reads. */
  readonly file?: MachineFile;
}

const nothing: Shows = () => [];
const ledger: Shows = () => ["ledger"];
const figures: Shows = () => ["figures"];

const oneCampaign: Shows = ({ slug = "" }, names) => {
  const id = names.campaignAt(slug);
  return id === undefined ? undefined : [`campaign:${id}`];
};

const oneGift: Shows = ({ code = "" }) => (code === "" ? undefined : [giftTopic(code)]);

const oneEntry: Shows = ({ entry = "" }) =>
  /^\d{1,15}$/.test(entry) ? [`entry:${Number(entry)}`] : undefined;

/**
 * Every public page: never kept, as it has a form of one visitor or is about one payment under way, or what it shows
 * that a gift or a promise changes. All else that happens touches every page (`topics.ts`). What stands at the foot
 * of every page, when it was made and how far the books went, is about the page as it was made.
 */
const KEPT: Readonly<Record<Page, Kept | "personal">> = {
  home: { shows: () => ["figures", "ledger"] },
  campaigns: { shows: figures },
  campaign: { shows: oneCampaign },
  campaignVersions: { shows: oneCampaign },
  // Things come by acts, not by gifts.
  campaignThings: { shows: nothing },
  give: "personal",
  pledge: "personal",
  payment: "personal",
  donation: { shows: oneGift, spelling: "upper" },
  ledger: { shows: ledger },
  entry: { shows: oneEntry },
  communes: { shows: nothing },
  commune: { shows: figures, spelling: "lower" },
  notices: { shows: nothing },
  notice: { shows: nothing },
  noticeSheet: { shows: nothing },
  objection: "personal",
  objectionFollow: "personal",
  // Acts bring it about, not gifts.
  group: { shows: nothing, spelling: "upper" },
  animal: { shows: nothing, spelling: "upper" },
  twinning: { shows: figures },
  twinPair: { shows: figures },
  accounts: { shows: nothing },
  signIn: "personal",
  secondStep: "personal",
  setUp: "personal",
  forgotten: "personal",
  newPassword: "personal",
  donorLink: "personal",
  signOut: "personal",
  mine: "personal",
  openData: { shows: ledger },
  transparency: { shows: () => ["ledger", "checks"] },
  about: { shows: nothing },
  privacy: { shows: nothing },
  accessibility: { shows: nothing },
};

/** Addresses for machines that are public and change with the data only. */
export const KEPT_MACHINES: Readonly<Record<string, Kept>> = {
  "/data/v1/README.txt": { shows: ledger },
  "/data/v1/datapackage.json": { shows: ledger },
  "/data/v1/donations/:file": {
    shows: ({ file = "" }) => oneGift({ code: file.replace(/\.json$/, "") }, NO_NAMES),
  },
  [`/data/v1/${ZIP_NAME}`]: { shows: ledger, heavy: true },
  "/data/v1/ledger.csv": { shows: ledger, heavy: true, file: "ledger" },
  "/data/v1/:file": { shows: ledger, heavy: true, file: "table" },
  "/data/v1/lists/:file": { shows: nothing },
  "/niem-yet.atom": { shows: nothing },
  "/sitemap.xml": { shows: nothing },
  "/robots.txt": { shows: nothing },
};

const NO_NAMES: Names = { campaignAt: () => undefined };

interface Pattern {
  readonly kept: Kept;
  readonly page: Page | undefined;
  readonly parts: readonly string[];
}

const PATTERNS: readonly Pattern[] = [
  ...Object.entries(KEPT).flatMap(([name, kept]) =>
    kept === "personal"
      ? []
      : LOCALES.map((locale) => {
          const page = name as Page;
          return { kept, page, parts: PAGES[page][locale].split("/") };
        }),
  ),
  ...Object.entries(KEPT_MACHINES).map(([path, kept]) => ({
    kept,
    page: undefined,
    parts: path.split("/"),
  })),
];

/** Which addresses the page cache may look at; the routes still decide, by `Cache-Control`, what it keeps. */
export function keptPages(names: Names): KeepRules {
  return {
    path(pathname) {
      const asked = pathname.split("/");
      const found = PATTERNS.find(
        ({ parts }) =>
          parts.length === asked.length &&
          parts.every((part, at) => (part.startsWith(":") ? asked[at] !== "" : part === asked[at])),
      );
      return found && keptPath(found, asked, names);
    },
    // The office, gateways and watchers do not wait behind the public.
    inLine: (target) =>
      !isOfficePath(target.split("?", 1)[0] ?? "") && !/^\/(?:hooks\/|healthz)/.test(target),
  };
}

function keptPath(
  { kept, page, parts }: Pattern,
  asked: readonly string[],
  names: Names,
): KeptPath | undefined {
  const params: Record<string, string> = {};
  const spelt: string[] = [];
  for (const [at, part] of parts.entries()) {
    const value = part.startsWith(":") ? speltOnce(asked[at] ?? "", kept.spelling) : part;
    if (value === undefined) return undefined;
    if (part.startsWith(":")) params[part.slice(1)] = value;
    spelt.push(part.startsWith(":") ? encodeURIComponent(value) : part);
  }
  return {
    pathname: spelt.join("/"),
    query: (search) =>
      page === undefined ? normalMachineQuery(kept.file, search) : normalQuery(page, search),
    topics: kept.shows(params, names),
    heavy: kept.heavy ?? false,
  };
}

/** A part of an address as its page reads it; undefined when it is no text. */
function speltOnce(part: string, spelling: Kept["spelling"]): string | undefined {
  try {
    const text = decodeURIComponent(part);
    if (spelling === undefined) return text;
    return spelling === "upper" ? text.trim().toUpperCase() : text.toLowerCase();
  } catch {
    return undefined;
  }
}
