import { layout, route, type RouteConfig, type RouteConfigEntry } from "@react-router/dev/routes";

import {
  OFFICE_FILES,
  OFFICE_PAGES,
  type OfficeFile,
  type OfficePage,
} from "./i18n/office-paths.ts";
import { LOCALES, type Page, PAGES, PAY_ADDRESS } from "./i18n/paths.ts";

/** The module of each page; one module serves both of its addresses, under the ids `vi/<page>` and `en/<page>`. */
const MODULES: Record<Page, string> = {
  home: "routes/public/home.tsx",
  campaigns: "routes/public/campaigns.tsx",
  campaign: "routes/public/campaign.tsx",
  give: "routes/public/give.tsx",
  pledge: "routes/donor/pledge.tsx",
  payment: "routes/donor/payment.tsx",
  donation: "routes/public/donation.tsx",
  ledger: "routes/public/ledger.tsx",
  entry: "routes/public/entry.tsx",
  commune: "routes/public/commune.tsx",
  notices: "routes/public/notices.tsx",
  notice: "routes/public/notice.tsx",
  animal: "routes/public/animal.tsx",
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
  ["/data/v1/:file", "routes/data/set.ts"],
  ["/log/v1/entries/:entry", "routes/data/entry-bytes.ts"],
  ["/data/*", "routes/data/unknown.ts"],
];

/** The module of each page of the office; they stand in the office's own frame, under the ids `office/<page>`. */
const OFFICE_MODULES: Partial<Record<OfficePage, string>> = {
};

/** Office addresses that answer files. */
const OFFICE_FILE_MODULES: Partial<Record<OfficeFile, string>> = {
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
    route("*", "routes/public/not-found.tsx"),
  ]),
  ...MACHINES.map(([path, file]) => route(path, file)),
  ...(officePages.length === 0 ? [] : [layout("routes/office/frame.tsx", officePages)]),
  ...officeFiles,
] satisfies RouteConfig;
