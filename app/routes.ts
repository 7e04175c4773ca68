import { layout, route, type RouteConfig, type RouteConfigEntry } from "@react-router/dev/routes";

import { ZIP_NAME } from "./domain/open-data/sets.ts";
import {
  OFFICE_FILES,
  OFFICE_PAGES,
  type OfficeFile,
  type OfficePage,
} from "./i18n/office-paths.ts";
import { LOCALES, OFFICE_LOCALE_ADDRESS, type Page, PAGES, PAY_ADDRESS } from "./i18n/paths.ts";

/** The module of each page; one module serves both of its addresses, under the ids `vi/<page>` and `en/<page>`. */
const MODULES: Record<Page, string> = {
  home: "routes/public/home.tsx",
  campaigns: "routes/public/campaigns.tsx",
  campaign: "routes/public/campaign.tsx",
  campaignVersions: "routes/public/campaign-versions.tsx",
  campaignThings: "routes/public/campaign-things.tsx",
  give: "routes/public/give.tsx",
  pledge: "routes/donor/pledge.tsx",
  payment: "routes/donor/payment.tsx",
  donation: "routes/public/donation.tsx",
  ledger: "routes/public/ledger.tsx",
  entry: "routes/public/entry.tsx",
  communes: "routes/public/communes.tsx",
  commune: "routes/public/commune.tsx",
  notices: "routes/public/notices.tsx",
  notice: "routes/public/notice.tsx",
  noticeSheet: "routes/public/notice-sheet.tsx",
  objection: "routes/public/objection.tsx",
  objectionFollow: "routes/public/objection-follow.tsx",
  group: "routes/public/group.tsx",
  animal: "routes/public/animal.tsx",
  twinning: "routes/public/twinning.tsx",
  twinPair: "routes/public/twin-pair.tsx",
  accounts: "routes/public/accounts.tsx",
  signIn: "routes/sign-in/sign-in.tsx",
  secondStep: "routes/sign-in/second-step.tsx",
  setUp: "routes/sign-in/set-up.tsx",
  forgotten: "routes/sign-in/forgotten.tsx",
  newPassword: "routes/sign-in/new-password.tsx",
  donorLink: "routes/sign-in/donor-link.tsx",
  signOut: "routes/sign-in/sign-out.tsx",
  mine: "routes/donor/mine.tsx",
  openData: "routes/public/open-data.tsx",
  transparency: "routes/public/transparency.tsx",
  about: "routes/public/about.tsx",
  privacy: "routes/public/privacy.tsx",
  accessibility: "routes/public/accessibility.tsx",
};

/** Addresses for machines, one for both languages; no component, so no page frame around them. */
const MACHINES: readonly (readonly [path: string, file: string])[] = [
  ["/hooks/vnpay", "routes/hooks/vnpay.ts"],
  ["/hooks/stripe", "routes/hooks/stripe.ts"],
  ["/healthz", "routes/system/healthz.ts"],
  ["/robots.txt", "routes/system/robots.ts"],
  ["/sitemap.xml", "routes/system/sitemap.ts"],
  ["/data/v1/README.txt", "routes/data/readme.ts"],
  ["/data/v1/datapackage.json", "routes/data/data-package.ts"],
  ["/data/v1/donations/:file", "routes/data/donation.ts"],
  [`/data/v1/${ZIP_NAME}`, "routes/data/everything.ts"],
  ["/data/v1/ledger.csv", "routes/data/ledger.ts"],
  ["/data/v1/:file", "routes/data/set.ts"],
  ["/log/v1/entries/:entry", "routes/data/entry-bytes.ts"],
  ["/data/*", "routes/data/unknown.ts"],
  ["/hinh/:file", "routes/data/picture.ts"],
  ["/niem-yet.atom", "routes/data/notice-feed.ts"],
  ["/data/v1/lists/:file", "routes/data/list-lines.ts"],
];

/** The module of each page of the office; they stand in the office's own frame, under the ids `office/<page>`. */
const OFFICE_MODULES: Partial<Record<OfficePage, string>> = {
  home: "routes/office/home.tsx",
  accounts: "routes/office/accounts.tsx",
  twinning: "routes/office/twinning.tsx",
  progress: "routes/office/progress.tsx",
  progressOf: "routes/office/progress-of.tsx",
  me: "routes/office/me.tsx",
  orders: "routes/office/orders.tsx",
  newOrder: "routes/office/new-order.tsx",
  order: "routes/office/order.tsx",
  reconcile: "routes/office/reconcile.tsx",
  pledges: "routes/office/pledges.tsx",
  people: "routes/office/people.tsx",
  person: "routes/office/person.tsx",
  organisations: "routes/office/organisations.tsx",
  audit: "routes/office/audit.tsx",
  health: "routes/office/health.tsx",
  workingGroup: "routes/office/working-group.tsx",
  meetings: "routes/office/meetings.tsx",
  newMeeting: "routes/office/new-meeting.tsx",
  meeting: "routes/office/meeting.tsx",
  lists: "routes/office/lists.tsx",
  list: "routes/office/list.tsx",
  listSheet: "routes/office/list-sheet.tsx",
  objections: "routes/office/objections.tsx",
  newObjection: "routes/office/new-objection.tsx",
  objection: "routes/office/objection.tsx",
  groups: "routes/office/groups.tsx",
  newGroup: "routes/office/new-group.tsx",
  group: "routes/office/group.tsx",
  households: "routes/office/households.tsx",
  newHousehold: "routes/office/new-household.tsx",
  household: "routes/office/household.tsx",
  registerImports: "routes/office/register-imports.tsx",
  registerImport: "routes/office/register-import.tsx",
  duplicates: "routes/office/duplicates.tsx",
  file: "routes/office/file.tsx",
  campaigns: "routes/office/campaigns.tsx",
  newCampaign: "routes/office/new-campaign.tsx",
  campaign: "routes/office/campaign.tsx",
  news: "routes/office/news.tsx",
};

/** Office addresses that answer files. */
const OFFICE_FILE_MODULES: Partial<Record<OfficeFile, string>> = {
  export: "routes/office/export.ts",
  fileBytes: "routes/office/file-bytes.ts",
};

const pages: RouteConfigEntry[] = (Object.keys(PAGES) as Page[]).flatMap((page) =>
  LOCALES.map((locale) => route(PAGES[page][locale], MODULES[page], { id: `${locale}/${page}` })),
);

const payments = LOCALES.map((locale) =>
  route(PAY_ADDRESS[locale], "routes/donor/pay.ts", { id: `${locale}/pay` }),
);

const officePages = Object.entries(OFFICE_MODULES).map(([page, file]) =>
  route(OFFICE_PAGES[page as OfficePage], file, { id: `office/${page}` }),
);

const officeFiles = Object.entries(OFFICE_FILE_MODULES).map(([name, file]) =>
  route(OFFICE_FILES[name as OfficeFile], file, { id: `office-file/${name}` }),
);

export default [
  layout("routes/public/frame.tsx", [
    ...pages,
    ...payments,
    route(OFFICE_LOCALE_ADDRESS, "routes/sign-in/office-locale.ts"),
    route("*", "routes/public/not-found.tsx"),
  ]),
  ...MACHINES.map(([path, file]) => route(path, file)),
  layout("routes/office/frame.tsx", [
    ...officePages,
    ...officeFiles,
    route(`${OFFICE_PAGES.home}/*`, "routes/office/not-found.tsx"),
  ]),
] satisfies RouteConfig;
