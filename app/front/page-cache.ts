import type { Topic } from "#app/domain/published/topics.ts";

import { type CacheFigures, createFigures } from "./cache-figures.ts";
import { createMakingGate } from "./making-gate.ts";
import { createMakingLane } from "./making-lane.ts";
import { createMakingPace } from "./making-pace.ts";
import { leaveAtEnd, makePage, type Made } from "./make-page.ts";
import { markedPage } from "./marked-page.ts";
import { createShelf, type Shelved } from "./page-shelf.ts";
import { bestPage, type ReadyPage } from "./ready-page.ts";
import { createTopicIndex, isTouched } from "./topic-index.ts";

/**
 * Public pages, made once for each version of what they show.
 *
 *   ask ──> kept and true? ──yes──> send
 *             │ no
 *             ├── kept, but what it shows has changed since: few ask ──> made anew, whoever asks waits for it
 *             │                                             many ask ──> the last one is sent, made anew meanwhile
 *             ├── being made for somebody else? wait for that one
 *             └── make it, when there is a place in the line, else "come again" (503)
 *
 * `touch(topics)` says what changed (this process wrote, or another one told). What is asked for after a change is never
 * called true again without being made again. `suspend()` says that changes cannot be heard: pages are then sent with a
 * mark, as they were when we could, and made anew as far as that works (docs/decisions/0011).
 */
export interface PageCache {
  /**
   * A page that can be sent at once; undefined when it has to be filled. `address` holds host and normal address,
   * `cookie` the line a visitor sent, if any: whoever gave is shown their own gift.
   */
  find(address: string, cookie?: string): ReadyPage | undefined;
  /** Make a page, keep it if it may be kept, and answer it. */
  provide(ask: PageAsk): Promise<Filled>;
  /** For what is not kept for anybody: a place in the same line; undefined: come again later. */
  enter(caller: string): Promise<(() => void) | undefined>;
  /** What pages show has changed; undefined: it may be anything. */
  touch(topics?: readonly Topic[]): void;
  /** Changes elsewhere cannot be heard. */
  suspend(): void;
  /** Changes can be heard again; what happened meanwhile is not known. */
  resume(): void;
  readonly figures: Readonly<CacheFigures>;
  /** Wait until nothing is made in the background; for tests and measurements. */
  settled(): Promise<void>;
}

/** A page that is asked for and cannot be sent at once. */
export interface PageAsk {
  readonly address: string;
  /** Host and path: what variants of a page have in common. */
  readonly pathname: string;
  readonly topics: readonly Topic[] | undefined;
  readonly heavy: boolean;
  readonly caller: string;
  readonly cookie?: string | undefined;
  /** `caller`: for whom, where an answer that is not kept depends on it; undefined: for nobody, in the background. */
  readonly render: (caller: string | undefined) => Promise<Response>;
}

/** A ready page, an answer that is not kept, or nothing: too much is being made, come again later. */
type Filled = ReadyPage | Response | undefined;

interface Kept extends Shelved {
  page: ReadyPage;
  bytes: number;
  /** The page with the words that it could not be brought up to date, once it was needed. */
  marked?: ReadyPage;
  readonly topics: readonly Topic[] | undefined;
  readonly heavy: boolean;
  readonly render: PageAsk["render"];
  /** How far the books went when it was made; undefined when it does not say. */
  readonly upTo: number | undefined;
  /** How long its last makings took, milliseconds. */
  readonly took: readonly number[];
  /** Something it shows has changed since. */
  stale: boolean;
  /** What changed is the one gift it is about. */
  own: boolean;
  /** Times asked for; the second makes it worth the best compression. */
  asked: number;
  /** It was made anew. */
  readonly again: boolean;
  /** The best compression is on its way. */
  improving: boolean;
}

/** A page that is being made. */
interface Making {
  readonly topics: readonly Topic[] | undefined;
  /** Something it shows has changed since it began. */
  outdated: boolean;
  done: Promise<Made>;
}

/** How many are made at once that nothing is kept for, and how many wait for that. */
const AT_WORK = 8;
const IN_LINE = 200;
const HEAVY_IN_LINE = 40;
/** Most variants of one path, and their share of the room: they must not push pages out. */
const MOST_VARIANTS = 200;
const VARIANTS_SHARE = 0.25;
/** Longest wait for a page that is made anew before the last one is sent with a mark, milliseconds. */
const PATIENCE = 5_000;
/** The same while we know of trouble. */
const SHORT_PATIENCE = 300;
/** A page whose last makings all took longer is not waited for: the last one is sent meanwhile, milliseconds. */
const QUICK = 1_000;
/** How many makings tell: a single slow one is the machine's, not the page's. */
const TELLING = 3;
/** After a making that failed, the next is tried not before, milliseconds. */
const REST = 1_000;
/** How long a page that was made anew has to last before it is compressed best, milliseconds. */
const LASTED = 10_000;
/** While changes cannot be heard a page is taken for true this long, milliseconds. */
const TRUSTED = 2_000;

export interface CacheOptions {
  /** Room in all; a single page larger than an eighth of it is not kept. */
  readonly maxBytes: number;
  /** The entry that a visitor with this cookie line gave. */
  readonly giftOf?: (cookie: string) => number | undefined;
}

/** An empty cache. */
export function createPageCache(options: CacheOptions): PageCache {
  const { maxBytes, giftOf = () => undefined } = options;
  const largest = Math.floor(maxBytes / 8);
  const index = createTopicIndex<Kept>();
  const gone = (kept: Kept) => {
    figures.evicted += 1;
    index.remove(kept);
  };
  const variantBytes = Math.floor(maxBytes * VARIANTS_SHARE);
  const variants = createShelf<Kept>({ most: variantBytes, variants: MOST_VARIANTS, gone });
  const plain = createShelf<Kept>({ most: maxBytes - variantBytes, variants: 1, gone });
  const making = new Map<string, Making>();
  const pace = createMakingPace();
  const lanes = { light: createMakingLane(pace), heavy: createMakingLane(pace) };
  const refused = () => void (figures.refused += 1);
  const gates = {
    light: createMakingGate({ atWork: AT_WORK, most: IN_LINE, refused }),
    heavy: createMakingGate({ atWork: 1, most: HEAVY_IN_LINE, refused }),
  };
  let deaf = false;
  let heardOf = 0;
  let failedAt = -Infinity;
  const figures = createFigures({
    waiting: () => [gates.light, gates.heavy, lanes.light, lanes.heavy],
    shelves: () => [plain, variants],
  });

  const at = (address: string) => plain.get(address) ?? variants.get(address);
  const failedLately = () => Date.now() - failedAt < REST;
  const troubled = () => failedLately() || lanes.light.busyFor() > REST;

  /** Whether what a page shows is known to be as it is now. */
  function isTrue(kept: Kept): boolean {
    if (kept.stale) return false;
    return !deaf || Date.now() - kept.page.madeAt < TRUSTED;
  }

  /** Whether whoever asks for this page, which is out of date, waits for the new one. */
  const waitsFor = (kept: Kept) =>
    (kept.took.length < TELLING || Math.min(...kept.took) <= QUICK) && pace.unhurried();

  /** Whether this visitor's own gift may be missing on a page. */
  function lacksGift(kept: Kept, cookie: string | undefined): boolean {
    if (cookie === undefined || kept.topics?.length === 0) return false;
    const gift = giftOf(cookie);
    if (gift === undefined || (kept.upTo ?? 0) >= gift) return false;
    // We may not have heard of it yet; what was touched by another gift alone is true for this one.
    return kept.stale || gift > heardOf;
  }

  function sent(kept: Kept): ReadyPage {
    kept.used = true;
    kept.asked += 1;
    if (kept.asked > 1 && !kept.page.best && !kept.improving && isSettled(kept)) {
      kept.improving = true;
      lanes.light.spare(() => improve(kept));
    }
    return kept.page;
  }

  /** What was made anew may soon be again: the best compression waits until it has lasted. */
  function isSettled(kept: Kept): boolean {
    return !kept.again || Date.now() - kept.page.madeAt > LASTED;
  }

  async function improve(kept: Kept): Promise<void> {
    const { page, bytes } = kept;
    kept.improving = false;
    if (kept.stale || at(kept.address) !== kept) return;
    const better = await bestPage(page);
    if (kept.stale || kept.page !== page) return;
    kept.page = better;
    kept.bytes = better.bytes + (kept.marked?.bytes ?? 0);
    shelfOf(kept).resized(kept, bytes);
  }

  const shelfOf = (kept: Kept) => (kept.pathname === kept.address ? plain : variants);

  function keep(
    ask: PageAsk | Kept,
    page: ReadyPage,
    { stale, upTo, took }: { stale: boolean; upTo: number | undefined; took: number },
  ): void {
    const before = at(ask.address);
    if (before) index.remove(before);
    const kept: Kept = {
      address: ask.address,
      pathname: ask.pathname,
      page,
      bytes: page.bytes,
      topics: ask.topics,
      heavy: ask.heavy,
      render: ask.render,
      upTo,
      took: [took, ...(before?.took ?? [])].slice(0, TELLING),
      stale,
      own: false,
      used: before?.used ?? false,
      asked: before?.asked ?? 0,
      again: before !== undefined,
      improving: false,
    };
    index.add(kept);
    shelfOf(kept).put(kept);
  }

  /** Make the page of an address; at most one making of an address at a time, from the moment it waits for its place. */
  function make(
    ask: PageAsk | Kept,
    caller: string | undefined,
    enter?: () => Promise<boolean>,
  ): Promise<Made> {
    const mine: Making = { topics: ask.topics, outdated: false, done: Promise.resolve({}) };
    mine.done = makeAndKeep(ask, caller, mine, enter).finally(() => {
      if (making.get(ask.address) === mine) making.delete(ask.address);
    });
    making.set(ask.address, mine);
    return mine.done;
  }

  async function makeAndKeep(
    ask: PageAsk | Kept,
    caller: string | undefined,
    mine: Making,
    enter?: () => Promise<boolean>,
  ): Promise<Made> {
    if (enter && !(await enter())) return {};
    mine.outdated = false;
    const began = performance.now();
    const made = await makePage(() => ask.render(caller), { madeAt: Date.now(), largest });
    const took = performance.now() - began;
    if (made.away) failedAt = Date.now();
    if (made.page && made.page.bytes <= largest) {
      keep(ask, made.page, { stale: mine.outdated, upTo: made.upTo, took });
    }
    const before = at(ask.address);
    // There is no such page any more.
    if (before && made.answer && made.answer.status < 429) shelfOf(before).drop(before);
    return made;
  }

  /** Make what is kept anew, in the lane. */
  function remake(kept: Kept, waits: boolean): Promise<void> {
    return lanes[kept.heavy ? "heavy" : "light"].ask(
      kept.address,
      async () => {
        const now = at(kept.address);
        if (!now || isTrue(now) || making.has(kept.address) || failedLately()) return;
        figures.remade += 1;
        const { answer } = await make(now, undefined);
        await answer?.body?.cancel();
      },
      waits,
    );
  }

  /** The last page with the words that it could not be brought up to date. */
  async function marked(kept: Kept): Promise<ReadyPage> {
    figures.marked += 1;
    if (!kept.marked) {
      const { page, bytes } = kept;
      const made = await markedPage(page);
      if (kept.page === page && at(kept.address) === kept) {
        kept.marked = made;
        kept.bytes = page.bytes + made.bytes;
        shelfOf(kept).resized(kept, bytes);
      }
      return made;
    }
    return kept.marked;
  }

  /** Wait for what is kept to be true again, and for this visitor's own gift; else the last one, marked. */
  async function fillAgain(ask: PageAsk, first: Kept): Promise<Filled> {
    const patience = deaf || troubled() ? SHORT_PATIENCE : PATIENCE;
    const until = performance.now() + patience;
    let kept = first;
    for (let tries = 0; tries < 3 && !troubled(); tries += 1) {
      const left = until - performance.now();
      if (left <= 0) break;
      const under = making.get(ask.address)?.done.then(
        () => undefined,
        () => undefined,
      );
      await inTime(under ?? remake(kept, true), left);
      const now = at(ask.address);
      if (!now) return fillNew(ask, true);
      kept = now;
      if (isTrue(kept) && !lacksGift(kept, ask.cookie)) {
        kept.used = true;
        return kept.page;
      }
    }
    // Made again and again, and overtaken each time: what is there is moments old.
    const justMade = Date.now() - kept.page.madeAt < patience && kept !== first;
    return justMade ? kept.page : marked(kept);
  }

  /** Make what nothing is kept for; `alone`: what another's making gave was for the other. */
  async function fillNew(ask: PageAsk, alone: boolean): Promise<Filled> {
    let leave: (() => void) | undefined;
    const enter = async () => {
      leave = await gates[ask.heavy ? "heavy" : "light"].enter(ask.caller);
      return leave !== undefined;
    };
    try {
      const made =
        alone || maxBytes === 0 ? await makeAlone(ask, enter) : await make(ask, ask.caller, enter);
      if (made.answer && leave && ask.heavy) {
        const answer = leaveAtEnd(made.answer, leave);
        leave = undefined;
        return answer;
      }
      return made.page ?? made.answer;
    } finally {
      leave?.();
    }
  }

  async function makeAlone(ask: PageAsk, enter: () => Promise<boolean>): Promise<Made> {
    if (!(await enter())) return {};
    // Where nothing is kept, an answer is passed on as it comes.
    if (maxBytes === 0) return { answer: await ask.render(ask.caller) };
    return makePage(() => ask.render(ask.caller), { madeAt: Date.now(), largest });
  }

  return {
    figures,

    find(address, cookie) {
      const kept = at(address);
      if (!kept) return undefined;
      pace.asked();
      const lacks = lacksGift(kept, cookie);
      if (isTrue(kept) && !lacks) {
        figures.hits += 1;
        return sent(kept);
      }
      if (deaf || troubled()) {
        if (!kept.marked || (!troubled() && pace.unhurried())) return undefined;
        figures.marked += 1;
        void remake(kept, false);
        return kept.marked;
      }
      if (kept.own || lacks || waitsFor(kept)) return undefined;
      figures.stale += 1;
      void remake(kept, false);
      return sent(kept);
    },

    async provide(ask) {
      const kept = at(ask.address);
      // Asked for and counted by `find` already.
      if (kept) return fillAgain(ask, kept);
      pace.asked();
      const other = making.get(ask.address);
      if (!other) {
        figures.misses += 1;
        return fillNew(ask, false);
      }
      const made = await other.done.catch((): Made => ({}));
      figures.shared += 1;
      const now = at(ask.address);
      if (now && !isTrue(now)) return waitsFor(now) ? fillAgain(ask, now) : now.page;
      return made.page ?? fillNew(ask, true);
    },

    enter: (caller) => gates.light.enter(caller),

    touch(topics) {
      figures.bumps += 1;
      for (const topic of topics ?? []) {
        if (topic.startsWith("head:")) heardOf = Math.max(heardOf, Number(topic.slice(5)));
      }
      for (const kept of index.touched(topics)) {
        kept.stale = true;
        kept.own ||= topics !== undefined && isOneGift(kept.topics);
      }
      // A making under way may have read what was there before.
      for (const one of making.values()) one.outdated ||= isTouched(one.topics, topics);
    },

    suspend() {
      deaf = true;
    },

    resume() {
      deaf = false;
      for (const kept of index.touched(undefined)) kept.stale = true;
      for (const one of making.values()) one.outdated = true;
    },

    async settled() {
      await lanes.light.idle();
      await lanes.heavy.idle();
    },
  };
}

function isOneGift(topics: readonly Topic[] | undefined): boolean {
  return (
    topics !== undefined && topics.length > 0 && topics.every((one) => one.startsWith("gift:"))
  );
}

/** Wait, but not longer than so many milliseconds. */
async function inTime(work: Promise<void>, most: number): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const end = new Promise<void>((resolve) => {
    late = setTimeout(resolve, most);
  });
  await Promise.race([work, end]);
  clearTimeout(late);
}
