/**
 * The addresses of the back office: one for both languages, as its language is the choice of the person signed in.
 * `:name` is a parameter. Links, the route table, the permission table of `docs/permissions.md` and tests read this.
 */
export const OFFICE_PAGES = {
  home: "/quan-tri",
  campaigns: "/quan-tri/chien-dich",
  newCampaign: "/quan-tri/chien-dich/moi",
  campaign: "/quan-tri/chien-dich/:draft",
  news: "/quan-tri/chien-dich/:draft/tin",
  progress: "/quan-tri/tien-do",
  progressOf: "/quan-tri/tien-do/:campaign",
  orders: "/quan-tri/chi",
  newOrder: "/quan-tri/chi/moi",
  order: "/quan-tri/chi/:order",
  reconcile: "/quan-tri/doi-soat",
  pledges: "/quan-tri/loi-hua",
  households: "/quan-tri/ho",
  newHousehold: "/quan-tri/ho/moi",
  registerImports: "/quan-tri/ho/nhap",
  registerImport: "/quan-tri/ho/nhap/:import",
  duplicates: "/quan-tri/ho/trung",
  household: "/quan-tri/ho/:household",
  accounts: "/quan-tri/tai-khoan",
  twinning: "/quan-tri/ket-nghia",
  workingGroup: "/quan-tri/to-cong-tac",
  meetings: "/quan-tri/hop-thon",
  newMeeting: "/quan-tri/hop-thon/moi",
  meeting: "/quan-tri/hop-thon/:meeting",
  lists: "/quan-tri/danh-sach",
  list: "/quan-tri/danh-sach/:list",
  listSheet: "/quan-tri/danh-sach/:list/to-niem-yet",
  objections: "/quan-tri/y-kien",
  newObjection: "/quan-tri/y-kien/moi",
  objection: "/quan-tri/y-kien/:objection",
  groups: "/quan-tri/nhom",
  newGroup: "/quan-tri/nhom/moi",
  group: "/quan-tri/nhom/:group",
  file: "/quan-tri/tep/:file",
  people: "/quan-tri/nguoi-dung",
  person: "/quan-tri/nguoi-dung/:person",
  organisations: "/quan-tri/to-chuc",
  audit: "/quan-tri/nhat-ky",
  health: "/quan-tri/tinh-trang",
  me: "/quan-tri/toi",
} as const satisfies Record<string, `/${string}`>;
export type OfficePage = keyof typeof OFFICE_PAGES;

/** Pages in the menu of the office, in order, each under its heading. */
export const OFFICE_MENU = [
  ["work", ["home", "campaigns", "progress", "twinning"]],
  [
    "lists",
    ["households", "duplicates", "workingGroup", "meetings", "lists", "objections", "groups"],
  ],
  ["money", ["orders", "reconcile", "pledges", "accounts"]],
  ["people", ["people", "organisations", "audit"]],
  ["system", ["health"]],
] as const satisfies readonly (readonly [group: string, pages: readonly OfficePage[]])[];
export type MenuPage = (typeof OFFICE_MENU)[number][1][number];

/** Office addresses that answer files, not pages. */
export const OFFICE_FILES = {
  fileBytes: "/quan-tri/tep/:file/noi-dung",
  export: "/quan-tri/xuat/:list",
} as const satisfies Record<string, `/${string}`>;
export type OfficeFile = keyof typeof OFFICE_FILES;

/** `officePath("order", { order: id })`; throws on a missing parameter, which is a bug. */
export function officePath(
  page: OfficePage | OfficeFile,
  params: Readonly<Record<string, string | number>> = {},
): string {
  const pattern: string = { ...OFFICE_PAGES, ...OFFICE_FILES }[page];
  return pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = own(params, name);
    if (value === undefined || value === "") throw new Error(`no ${name} for ${pattern}`);
    return encodeURIComponent(value);
  });
}

/** Whether an address belongs to the office. */
export function isOfficePath(pathname: string): boolean {
  return pathname === OFFICE_PAGES.home || pathname.startsWith(`${OFFICE_PAGES.home}/`);
}

/** The office address to come back to, as somebody's address asked for it: anything else leads to the office's home. */
export function officeReturn(asked: string | null): string {
  const own = asked !== null && /^\/quan-tri(?:[/?][\w\-./?=&%~:+]*)?$/.test(asked);
  // Dots and doubled slashes lead elsewhere once they are resolved.
  const plain = own && new URL(asked, "http://office").href === `http://office${asked}`;
  return plain && !/^[^?]*\/\//.test(asked) ? asked : OFFICE_PAGES.home;
}
import { own } from "#app/domain/kernel/own.ts";
