import { type Day, isDay, type Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { readTypedDay } from "../kernel/typed-day.ts";
import { tidy } from "../kernel/tidy.ts";
import type { Subject } from "../people/may.ts";
import type { PersonalData } from "./personal-data.ts";

/** Standing of a household by its decision. */
export const CATEGORIES = ["poor", "near_poor", "escaped", "other"] as const;
export type Category = (typeof CATEGORIES)[number];

/** How members belong to the head. */
export const RELATIONS = ["spouse", "child", "parent", "other"] as const;

/** What helped a household before. */
export const EARLIER_SUPPORT = [
  "none",
  "national-programme",
  "this-appeal",
  "other-programme",
  "loan",
] as const;

/** Ways in which a request to take part comes; `import` is not chosen. */
export const REGISTRATION_CHANNELS = ["paper", "meeting", "office"] as const;

/** What a household can do for an animal. */
interface Ability {
  /** Grown-ups who can work. */
  readonly labour: number;
  /** Square metres. */
  readonly land: number;
  readonly grass: boolean;
  readonly barn: boolean;
}

/** A household of the register without what says who it is. */
export interface RegisterHousehold {
  readonly id: string;
  /** Commune row in force when it was registered. */
  readonly commune: string;
  readonly communeFrom: Day;
  /** Codes of that commune and of what it became. */
  readonly communes: readonly string[];
  /** Mountain district of 2024; null elsewhere. */
  readonly district: string | null;
  /** What that commune is today. */
  readonly communeName: string;
  readonly village: string;
  readonly category: Category;
  readonly categoryDecision: string;
  readonly categoryOn: Day;
  readonly ability: Ability;
  readonly version: number;
  readonly keptBy: string;
  readonly keptAt: Seconds;
  readonly erasedAt: Seconds | null;
}

/** That a household asked to take part in a round of a campaign. */
export interface Registration {
  readonly id: string;
  readonly household: string;
  readonly campaign: string;
  readonly round: number;
  readonly channel: (typeof REGISTRATION_CHANNELS)[number] | "import";
  readonly onDay: Day;
  readonly earlierSupport: string;
  readonly state: "open" | "withdrawn" | "declined";
  readonly registeredBy: string;
  readonly registeredAt: Seconds;
}

/** A household as permission asks for it. */
export function subjectOfHousehold({
  communes,
  district,
}: Pick<RegisterHousehold, "communes" | "district">): Subject {
  return { communes, ...(district === null ? {} : { district }) };
}

/** What was typed of a household; empty text is nothing. */
export interface HouseholdWish {
  readonly name: string;
  readonly phone: string;
  readonly book: string;
  readonly village: string;
  readonly category: string;
  readonly categoryDecision: string;
  readonly categoryOn: string;
  readonly members: readonly {
    readonly name: string;
    readonly relation: string;
    readonly birthYear: string;
  }[];
  readonly ethnicGroup: string;
  readonly selfName: string;
  /** The household agreed that its ethnic group is kept. */
  readonly ethnicConsent: boolean;
  readonly labour: string;
  readonly land: string;
  readonly grass: boolean;
  readonly barn: boolean;
}

/** What was typed of its request to take part. */
export interface RegistrationWish {
  readonly campaign: string;
  readonly round: string;
  readonly channel: string;
  readonly onDay: string;
  readonly earlierSupport: string;
}

/** What is wrong with a field. */
export interface RegisterFault {
  readonly code:
    | "register.no-name"
    | "register.bad-phone"
    | "register.bad-book"
    | "register.no-village"
    | "register.no-category"
    | "register.no-decision"
    | "register.no-day"
    | "register.day-to-come"
    | "register.bad-member"
    | "register.ethnic-consent"
    | "register.bad-number"
    | "register.no-campaign"
    | "register.other-commune"
    | "register.bad-round"
    | "register.no-channel"
    | "register.no-earlier";
  readonly field: string;
}

/** A household as it is kept: what says who it is apart from the rest. */
export interface HouseholdData {
  readonly personal: PersonalData;
  readonly village: string;
  readonly category: Category;
  readonly categoryDecision: string;
  readonly categoryOn: Day;
  readonly ability: Ability;
}

const NAME = /^[\p{L}\p{M}][\p{L}\p{M}'’ʼ .-]{0,78}[\p{L}\p{M}.]$/u;
const VILLAGE = /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’ʼ .,/-]{0,79}$/u;
const BOOK = /^[\p{L}\p{N}][\p{L}\p{N} ./-]{2,29}$/u;
const MOST_MEMBERS = 20;

/** Read what was typed of a household: NFC, one blank between words. All that is wrong is answered at once. */
export function readHousehold(
  wish: HouseholdWish,
  today: Day,
): Result<HouseholdData, { code: "register.wrong"; wrong: readonly RegisterFault[] }> {
  const wrong: RegisterFault[] = [];
  const fault = (field: string, code: RegisterFault["code"]) => void wrong.push({ field, code });
  const name = tidy(wish.name);
  if (!NAME.test(name)) fault("name", "register.no-name");
  const phone = readPhone(wish.phone);
  if (phone === undefined) fault("phone", "register.bad-phone");
  const book = tidy(wish.book);
  if (book !== "" && !BOOK.test(book)) fault("book", "register.bad-book");
  const village = tidy(wish.village);
  if (!VILLAGE.test(village)) fault("village", "register.no-village");
  const category = CATEGORIES.find((one) => one === wish.category);
  if (!category) fault("category", "register.no-category");
  const categoryDecision = tidy(wish.categoryDecision).slice(0, 80);
  if (categoryDecision === "") fault("categoryDecision", "register.no-decision");
  const categoryOn = readPastDay(wish.categoryOn, today);
  if (!categoryOn.ok) fault("categoryOn", categoryOn.problem.code);
  const members = readMembers(wish, today, fault);
  const ethnicGroup = tidy(wish.ethnicGroup).slice(0, 60);
  const selfName = tidy(wish.selfName).slice(0, 60);
  if ((ethnicGroup !== "" || selfName !== "") && !wish.ethnicConsent) {
    fault("ethnicConsent", "register.ethnic-consent");
  }
  const labour = readWhole(wish.labour, 20);
  if (labour === undefined) fault("labour", "register.bad-number");
  const land = readWhole(wish.land, 10_000_000);
  if (land === undefined) fault("land", "register.bad-number");
  if (wrong.length > 0 || !category || !categoryOn.ok) return no({ code: "register.wrong", wrong });
  return ok({
    personal: { name, phone: phone ?? "", book, members, ethnicGroup, selfName },
    village,
    category,
    categoryDecision,
    categoryOn: categoryOn.value,
    ability: { labour: labour ?? 0, land: land ?? 0, grass: wish.grass, barn: wish.barn },
  });
}

/** Read what was typed of the request itself; campaign and commune are looked at where they are known. */
export function readRegistration(
  wish: RegistrationWish,
  today: Day,
): Result<
  Pick<Registration, "campaign" | "round" | "channel" | "onDay" | "earlierSupport">,
  { code: "register.wrong"; wrong: readonly RegisterFault[] }
> {
  const wrong: RegisterFault[] = [];
  const fault = (field: string, code: RegisterFault["code"]) => void wrong.push({ field, code });
  if (wish.campaign === "") fault("campaign", "register.no-campaign");
  if (!/^[1-9]\d?$/.test(wish.round)) fault("round", "register.bad-round");
  const channel = REGISTRATION_CHANNELS.find((one) => one === wish.channel);
  if (!channel) fault("channel", "register.no-channel");
  const onDay = readPastDay(wish.onDay, today);
  if (!onDay.ok) fault("onDay", onDay.problem.code);
  const earlier = EARLIER_SUPPORT.find((one) => one === wish.earlierSupport);
  if (!earlier) fault("earlierSupport", "register.no-earlier");
  if (wrong.length > 0 || !channel || !onDay.ok || !earlier) {
    return no({ code: "register.wrong", wrong });
  }
  const round = Number(wish.round);
  return ok({
    campaign: wish.campaign,
    round,
    channel,
    onDay: onDay.value,
    earlierSupport: earlier,
  });
}

/** A Vietnamese number as `0905123456`; empty for none, undefined for what is no number. */
function readPhone(typed: string): string | undefined {
  const digits = typed.replace(/[\s.()-]/g, "");
  if (digits === "") return "";
  const own = digits.replace(/^(?:\+?84)(?=[1-9])/, "0");
  return /^0\d{8,10}$/.test(own) ? own : undefined;
}

/** A typed day that is not to come. */
export function readPastDay(
  typed: string,
  today: Day,
): Result<Day, { code: "register.no-day" | "register.day-to-come" }> {
  const day = readTypedDay(typed);
  if (day === undefined || !isDay(day)) return no({ code: "register.no-day" });
  return day > today ? no({ code: "register.day-to-come" }) : ok(day);
}

function readMembers(
  { members }: HouseholdWish,
  today: Day,
  fault: (field: string, code: RegisterFault["code"]) => void,
): PersonalData["members"] {
  const thisYear = Number(today.slice(0, 4));
  return members.slice(0, MOST_MEMBERS).flatMap((member, n) => {
    const name = tidy(member.name);
    if (name === "" && member.birthYear === "") return [];
    const year = member.birthYear === "" ? null : readWhole(member.birthYear, thisYear);
    const relation = RELATIONS.find((one) => one === member.relation);
    if (!NAME.test(name) || !relation || year === undefined || (year !== null && year < 1900)) {
      fault(`member-${n}`, "register.bad-member");
      return [];
    }
    return [{ name, relation, birthYear: year }];
  });
}

/** A whole number not above `most`; empty is 0. */
function readWhole(typed: string, most: number): number | undefined {
  const digits = typed.replace(/[\s.]/g, "");
  if (digits === "") return 0;
  return /^\d{1,9}$/.test(digits) && Number(digits) <= most ? Number(digits) : undefined;
}
