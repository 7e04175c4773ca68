import { accountSpec } from "../ledger/chart.ts";

/**
 * What a change touches of what is published, as stores say it and pages name what they show.
 *
 *   a gift to campaign TB1 as entry 7  ->  ledger figures head:7 entry:6 campaign:TB1 gift:QN4K7M2PX
 *   a page                             ->  touched when it shows one of them
 *
 * Whatever is not a gift or a promise (an official act, a campaign, a place) touches everything: it is rare, and what it
 * changes reaches far.
 */
export type Topic =
  /** The list of entries, and every published table. */
  | "ledger"
  /** What the checks of the books found last. */
  | "checks"
  /** Sums over campaigns: received, promised. */
  | "figures"
  /** The newest entry is this one; no page shows it, readers learn how far the books are. */
  | `head:${number}`
  /** This entry's surroundings: it is not the newest any more. */
  | `entry:${number}`
  /** What one campaign received or was promised. */
  | `campaign:${string}`
  /** One gift, its repeats (`<code>-2`) and the promise it pays. */
  | `gift:${string}`;

/** Longest text a notification holds is 7,999 bytes (PostgreSQL, NOTIFY). */
const LONGEST = 7_900;
const MARK = "changed";
/** Stands alone: what changed may be anything. */
export const EVERYTHING = `${MARK} *`;

/** The topic of a gift's code: repeats of one code are told on one another's pages. */
export function giftTopic(code: string): Topic {
  return `gift:${code.replace(/-\d+$/, "")}`;
}

/** A gift as far as its topics go. */
interface TouchingGift {
  readonly code: string;
  readonly pledge?: string;
  readonly campaign?: string;
  /** Account it enters: its campaign's figures are what changes. */
  readonly to: string;
}

/** What gifts touch that became the entries from `first` on, in order. */
export function topicsOfGifts(first: number, gifts: readonly TouchingGift[]): Topic[] {
  const topics = new Set<Topic>(["ledger", "figures", `head:${first + gifts.length - 1}`]);
  if (first > 1) topics.add(`entry:${first - 1}`);
  for (const { code, pledge, campaign, to } of gifts) {
    if (campaign !== undefined) topics.add(`campaign:${campaign}`);
    // Nearly every gift goes where its campaign says; what else an account belongs to is found out by its code.
    const account = to === `fund:${campaign}` ? undefined : accountSpec(to);
    const counted = account?.ok ? account.value.campaign : undefined;
    if (counted !== undefined) topics.add(`campaign:${counted}`);
    topics.add(giftTopic(code));
    if (pledge !== undefined) topics.add(giftTopic(pledge));
  }
  return [...topics];
}

/** What a new promise touches: no entry is made, what is promised is counted. */
export function topicsOfPromise(promise: {
  readonly code: string;
  readonly campaign: string;
}): Topic[] {
  return ["ledger", "figures", `campaign:${promise.campaign}`, giftTopic(promise.code)];
}

/** Topics as one text, to be said to other servers; everything when they are too many to say. */
export function writeTopics(topics: readonly Topic[]): string {
  // A topic with a blank in it would be read as two.
  if (topics.some((topic) => /\s/.test(topic))) return EVERYTHING;
  const text = [MARK, ...topics].join(" ");
  // Signs beyond ASCII take up to four bytes.
  return text.length <= LONGEST / 4 || new TextEncoder().encode(text).length <= LONGEST
    ? text
    : EVERYTHING;
}

/** The topics of a text; undefined means everything, as does whatever is not understood. */
export function readTopics(text: string): readonly Topic[] | undefined {
  const [mark, ...topics] = text.split(" ");
  if (mark !== MARK || topics.length === 0 || topics.includes("*")) return undefined;
  return topics as Topic[];
}

/** Whether a text says what changed. */
export function saysTopics(text: unknown): text is string {
  return typeof text === "string" && text.startsWith(`${MARK} `);
}
