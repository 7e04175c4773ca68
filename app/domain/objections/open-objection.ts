import { addDays, type Day, dayOf, daysBetween, type Seconds } from "../kernel/calendar.ts";
import { drawObjectionCode } from "../kernel/objection-code.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidy, tidyParagraphs } from "../kernel/tidy.ts";
import type { PostProblem } from "../ledger/ports.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import type { KeyProblem } from "../register/personal-data.ts";
import {
  LIST_GROUNDS,
  mayGoOn,
  NOTED_CHANNELS,
  type Objection,
  OBJECTION_GROUNDS,
  type ObjectionBody,
  type ObjectionChannel,
  type ObjectionGround,
} from "./objection.ts";
import type {
  ObjectedList,
  ObjectionBook,
  ObjectionDesk,
  ObjectionStores,
  SealedWords,
} from "./ports.ts";
import { daysRule } from "./rules.ts";

/** Most signs of what somebody writes, and of how to reach them. */
export const TEXT_LIMIT = 2000;
export const CONTACT_LIMIT = 200;

/** What somebody objects to, as typed and read. */
export interface ObjectionWish {
  readonly list: string;
  /** Code of the line; empty: the whole list. */
  readonly line: string;
  readonly ground: string;
  readonly text: string;
  /** Empty: none. */
  readonly contact: string;
  /** Made with the form, before its first send. */
  readonly key: string;
  /** The objection whose decision this one takes to the district. */
  readonly against?: string;
}

/** An objection on paper, by phone or spoken, noted by an official. */
export interface NotedObjection extends ObjectionWish {
  readonly channel: string;
  /** Day it came. */
  readonly on: Day;
}

export type OpenProblem =
  | MayProblem
  | PostProblem
  | KeyProblem
  | { readonly code: "objection.no-list"; readonly list: string }
  | { readonly code: "objection.not-posted" }
  | { readonly code: "objection.no-line" }
  | { readonly code: "objection.no-ground" }
  | { readonly code: "objection.list-ground" }
  | { readonly code: "objection.no-text" }
  | { readonly code: "objection.text-too-long"; readonly most: number }
  | { readonly code: "objection.contact-too-long"; readonly most: number }
  | { readonly code: "objection.no-channel" }
  | { readonly code: "objection.wrong-day" }
  | { readonly code: "objection.too-many"; readonly most: number }
  | { readonly code: "objection.unknown" }
  | { readonly code: "objection.final" };

/** What was opened; `again`: the same form had opened it before. */
export interface Opened {
  readonly code: string;
  readonly again: boolean;
}

/** Codes drawn before giving up; each is free with all but certainty. */
const DRAWS = 8;

/**
 * Anybody objects, without an account and asked for no right: the line's share is locked from this entry on. A form sent twice
 * answers the objection it opened; changed and sent again, it opens another.
 */
export async function openObjection(
  desk: ObjectionDesk,
  wish: ObjectionWish,
): Promise<Result<Opened, OpenProblem>> {
  const at = desk.now();
  const ready = await readied(desk, wish, { channel: "web", on: dayOf(at), notedBy: null });
  if (!ready.ok) return ready;
  return desk.official.write<Result<Opened, OpenProblem>>(async (stores) => {
    const list = await stores.objections.list(wish.list);
    const opened = await open(desk, stores, { ...ready.value, list, at });
    return opened.ok ? ok({ code: opened.value.code, again: opened.value.again }) : opened;
  });
}

/** An official notes what came on paper, by phone or was said. */
export async function noteObjection(
  desk: ObjectionDesk,
  person: Person,
  wish: NotedObjection,
): Promise<Result<Opened, OpenProblem>> {
  const channel = NOTED_CHANNELS.find((one) => one === wish.channel);
  if (channel === undefined) return no({ code: "objection.no-channel" });
  const now = dayOf(desk.now());
  if (wish.on > now || daysBetween(wish.on, now) > 366) {
    return no({ code: "objection.wrong-day" });
  }
  const ready = await readied(desk, wish, { channel, on: wish.on, notedBy: person.id });
  if (!ready.ok) return ready;
  return carryOut(desk, person, {
    find: async ({ objections }) => ok(await objections.list(wish.list)),
    right: (asking, list) => rightTo(asking, "objection.note", list && subjectOfList(list)),
    work: async ({ stores, found: list, at }) => {
      const opened = await open(desk, stores, { ...ready.value, list, at });
      if (!opened.ok) return opened;
      const { code, again } = opened.value;
      if (again) return done({ code, again });
      const { line, ground, entry } = opened.value;
      const facts = { list: wish.list, line, ground, channel, entry };
      return done({ code, again }, { kind: "objection", id: code, facts });
    },
  });
}

/** How an objection came, and through whose hands. */
interface Came {
  readonly channel: ObjectionChannel;
  readonly on: Day;
  readonly notedBy: string | null;
}

/** What is read and sealed before the transaction begins. */
interface Ready {
  readonly wish: ObjectionWish;
  readonly came: Came;
  readonly ground: ObjectionGround;
  readonly words: SealedWords;
  readonly formKey: string;
  /** Days in which it is answered, and most that may be open from the web. */
  readonly days: number;
  readonly most: number;
}

async function readied(
  desk: ObjectionDesk,
  wish: ObjectionWish,
  came: Came,
): Promise<Result<Ready, OpenProblem>> {
  const said = readWords(wish);
  if (!said.ok) return said;
  const { ground, text, contact } = said.value;
  const asked = [wish.list, wish.line, ground, wish.against ?? "", came.channel, text, contact];
  const sealed = await sealWords(desk, asked, { text, contact });
  if (!sealed.ok) return sealed;
  const { mark, ...words } = sealed.value;
  // Keyed by what was asked, under a key nobody reads: the same form keeps its objection, another text has another.
  const formKey = `${wish.key}:${mark.slice(0, 32)}`;
  const today = dayOf(desk.now());
  const days = await daysRule(desk.rules, "objections.answer-days", today);
  const most = await daysRule(desk.rules, "objections.most-open", today);
  return ok({ wish, came, ground, words, formKey, days, most });
}

type OpenedNow =
  | { readonly code: string; readonly again: true }
  | {
      readonly code: string;
      readonly again: false;
      readonly line: string | null;
      readonly ground: ObjectionGround;
      readonly entry: number;
    };

async function open(
  desk: ObjectionDesk,
  stores: ObjectionStores,
  of: Ready & { readonly list: ObjectedList | undefined; readonly at: Seconds },
): Promise<Result<OpenedNow, OpenProblem>> {
  const { wish, came, ground, words, formKey, days, most, list, at } = of;
  const before = await stores.objections.byKey(formKey);
  if (before) return ok({ code: before.code, again: true });
  if (!list) return no({ code: "objection.no-list", list: wish.list });
  const aim = await aimOf(stores.objections, wish, list, ground);
  if (!aim.ok) return aim;
  const { line } = aim.value;
  if (came.channel === "web" && (await stores.objections.openFromWeb(list.list, line)) >= most) {
    return no({ code: "objection.too-many", most });
  }
  const objection = {
    code: await freeCode(stores.objections, desk),
    list: list.list,
    version: list.version,
    ...aim.value,
    channel: came.channel,
    onDay: came.on,
    openedAt: at,
    notedBy: came.notedBy,
    answerBy: addDays(came.on, days),
    ...STILL_OPEN,
  };
  const posted = await stores.ledger.post(openedDraft(objection, list, dayOf(at)));
  if (!posted.ok) return posted;
  const entry = posted.value.number;
  await stores.objections.add({ ...objection, openedEntry: entry, formKey, ...words });
  return ok({ code: objection.code, again: false, line, ground, entry });
}

/** Text and contact sealed, and a mark of everything that was asked. */
async function sealWords(
  { sealed }: Pick<ObjectionDesk, "sealed">,
  asked: readonly string[],
  { text, contact }: Pick<Words, "text" | "contact">,
): Promise<Result<SealedWords & { readonly mark: string }, KeyProblem>> {
  const mark = await sealed.mark(asked.join("\n"));
  if (!mark.ok) return mark;
  const sealedText = await sealed.seal(text);
  if (!sealedText.ok) return sealedText;
  const words = { mark: mark.value, sealedText: sealedText.value };
  if (contact === "") return ok({ ...words, sealedContact: null });
  const sealedContact = await sealed.seal(contact);
  return sealedContact.ok ? ok({ ...words, sealedContact: sealedContact.value }) : sealedContact;
}

const STILL_OPEN = {
  state: "open",
  outcome: null,
  decidedBy: null,
  decidedOn: null,
  paper: null,
  decidedEntry: null,
} as const;

/** What the entry tells: codes and days, nothing of whoever objected. */
function openedDraft(
  objection: Pick<
    Objection,
    "code" | "version" | "line" | "ground" | "channel" | "onDay" | "againstDecision" | "body"
  >,
  list: ObjectedList,
  today: Day,
) {
  const { code, version, line, ground, channel, onDay, againstDecision, body } = objection;
  return {
    key: `objection:${code}`,
    kind: "objection-opened" as const,
    effectiveOn: today,
    legs: [],
    facts: {
      objection: code,
      list: list.list,
      version,
      ...(line === null ? {} : { line }),
      ground,
      channel,
      on: onDay,
      ...(againstDecision === null ? {} : { against: againstDecision }),
      body,
    },
  };
}

/** What is asked of `may` about a list. */
export function subjectOfList({ communes, district }: Pick<ObjectedList, "communes" | "district">) {
  return { communes, district };
}

/** What it is against, and who decides it. */
async function aimOf(
  objections: ObjectionBook,
  wish: ObjectionWish,
  list: ObjectedList,
  ground: ObjectionGround,
): Promise<
  Result<
    {
      line: string | null;
      ground: ObjectionGround;
      againstDecision: string | null;
      body: ObjectionBody;
    },
    OpenProblem
  >
> {
  if (wish.against !== undefined) {
    const first = await objections.find(wish.against);
    if (!first || first.list !== list.list) return no({ code: "objection.unknown" });
    const again = await objections.against(first.code);
    if (!mayGoOn(first, again !== undefined)) return no({ code: "objection.final" });
    // The line may have left meanwhile: that is what somebody may object to now.
    const { line, code } = first;
    return ok({ line, ground: first.ground, againstDecision: code, body: "district" });
  }
  const line = wish.line === "" ? null : wish.line;
  if (line !== null && !list.lines.some(({ code }) => code === line)) {
    return no({ code: "objection.no-line" });
  }
  if (line !== null && LIST_GROUNDS.includes(ground)) return no({ code: "objection.list-ground" });
  // That a decided list never hung out can be said before it hangs.
  if (!list.posted && ground !== "not-posted") return no({ code: "objection.not-posted" });
  return ok({ line, ground, againstDecision: null, body: "commune" });
}

interface Words {
  readonly ground: ObjectionGround;
  readonly text: string;
  readonly contact: string;
}

/** What was typed, tidied; the first thing that is wrong with it. */
function readWords(wish: ObjectionWish): Result<Words, OpenProblem> {
  const ground = OBJECTION_GROUNDS.find((one) => one === wish.ground);
  const text = tidyParagraphs(wish.text);
  const contact = tidy(wish.contact);
  if (ground === undefined) return no({ code: "objection.no-ground" });
  if ([...text].length > TEXT_LIMIT) {
    return no({ code: "objection.text-too-long", most: TEXT_LIMIT });
  }
  if ([...contact].length > CONTACT_LIMIT) {
    return no({ code: "objection.contact-too-long", most: CONTACT_LIMIT });
  }
  if (ground === "other" && text === "") return no({ code: "objection.no-text" });
  return ok({ ground, text, contact });
}

async function freeCode(
  objections: Pick<ObjectionBook, "find">,
  { drawSigns }: Pick<ObjectionDesk, "drawSigns">,
): Promise<string> {
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const code = drawObjectionCode(drawSigns);
    if ((await objections.find(code)) === undefined) return code;
  }
  throw new Error(`${DRAWS} drawn codes were all taken`);
}
