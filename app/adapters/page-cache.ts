import { bestPage, readyPage, type ReadyPage } from "./ready-page.ts";

/**
 * Public pages, rendered once for each version of the data.
 *
 *   ask ──> kept? ──yes──> send
 *             │ no
 *             ├── being rendered for somebody else in this version? wait for that one
 *             └── render, make ready, keep if no new version came meanwhile
 *
 * A version ends with `bump()` (this process wrote) or `suspend()` (we cannot hear whether another process wrote).
 * What began before is then neither kept nor shared with whoever asks afterwards: a page asked for after a write shows it.
 */
export interface PageCache {
  /** The kept page; undefined when there is none. `address` holds host and normal address. */
  find(address: string): ReadyPage | undefined;
  /** Render, keep if it may be kept, and answer it: a ready page, or the response itself when it is not to be kept. */
  fill(address: string, render: () => Promise<Response>): Promise<ReadyPage | Response>;
  /** What pages show has changed: forget everything, at once. */
  bump(): void;
  /** Changes elsewhere cannot be heard: forget everything and keep nothing. */
  suspend(): void;
  /** Changes can be heard again. */
  resume(): void;
  readonly figures: Readonly<CacheFigures>;
  /** Wait until pages in the background are as small as they get; for tests and measurements. */
  settled(): Promise<void>;
}

/** Counts since the start, and sizes now. */
export interface CacheFigures {
  hits: number;
  misses: number;
  /** Requests that shared another's render. */
  shared: number;
  evicted: number;
  bumps: number;
  pages: number;
  bytes: number;
}

interface Kept {
  page: ReadyPage;
  /** Asked for since the last sweep: a page gets a second chance before it is evicted. */
  used: boolean;
  /** Times asked for; the second makes it worth the best compression. */
  asked: number;
}

/** Room taken by `maxBytes` in all; a single page larger than an eighth of it is not kept. */
export function createPageCache(options: { maxBytes: number }): PageCache {
  const { maxBytes } = options;
  const largest = Math.floor(maxBytes / 8);
  let kept = new Map<string, Kept>();
  let pending = new Map<string, Promise<ReadyPage | undefined>>();
  let version = 0;
  let suspended = false;
  const toImprove: { address: string; version: number }[] = [];
  let improving: Promise<void> | undefined;
  const figures: CacheFigures = {
    hits: 0,
    misses: 0,
    shared: 0,
    evicted: 0,
    bumps: 0,
    pages: 0,
    bytes: 0,
  };

  function forget(): void {
    version += 1;
    kept = new Map();
    pending = new Map();
    toImprove.length = 0;
    figures.pages = 0;
    figures.bytes = 0;
  }

  function keep(address: string, page: ReadyPage): void {
    const before = kept.get(address);
    if (before) figures.bytes -= before.page.bytes;
    kept.delete(address);
    kept.set(address, { page, used: before?.used ?? false, asked: before?.asked ?? 0 });
    figures.bytes += page.bytes;
    // Oldest first; one that was asked for since goes to the end once.
    for (const [oldest, candidate] of kept) {
      if (figures.bytes <= maxBytes) break;
      if (oldest === address && kept.size > 1 && !candidate.used) continue;
      kept.delete(oldest);
      if (candidate.used) {
        candidate.used = false;
        kept.set(oldest, candidate);
      } else {
        figures.bytes -= candidate.page.bytes;
        figures.evicted += 1;
      }
    }
    figures.pages = kept.size;
  }

  /** One page at a time, so that visitors keep the other core. */
  async function improve(): Promise<void> {
    for (let next = toImprove.shift(); next; next = toImprove.shift()) {
      const { address } = next;
      const found = next.version === version ? kept.get(address) : undefined;
      if (!found || found.page.best) continue;
      const better = await bestPage(found.page);
      if (next.version === version && kept.get(address) === found) keep(address, better);
    }
    improving = undefined;
  }

  async function make(
    address: string,
    began: number,
    render: () => Promise<Response>,
    answer: (passed: Response) => void,
  ): Promise<ReadyPage | undefined> {
    const response = await render();
    const body = mayBeKept(response) ? await collect(response, largest) : undefined;
    if (!Buffer.isBuffer(body)) {
      answer(body ?? response);
      return undefined;
    }
    const page = await readyPage(response.headers, body);
    if (began === version && !suspended && page.bytes <= largest) keep(address, page);
    return page;
  }

  return {
    figures,

    find(address) {
      const found = kept.get(address);
      if (!found) return undefined;
      figures.hits += 1;
      found.used = true;
      found.asked += 1;
      if (found.asked === 2 && !found.page.best) {
        toImprove.push({ address, version });
        improving ??= improve();
      }
      return found.page;
    },

    async fill(address, render) {
      const other = pending.get(address);
      if (other) {
        const page = await other.catch(() => undefined);
        if (page) {
          figures.shared += 1;
          return page;
        }
        return render();
      }
      figures.misses += 1;
      let passed: Response | undefined;
      const made = make(address, version, render, (response) => {
        passed = response;
      });
      if (!suspended && maxBytes > 0) pending.set(address, made);
      try {
        const page = await made;
        if (page) return page;
        if (passed) return passed;
        throw new Error("a render gave neither a page nor an answer");
      } finally {
        if (pending.get(address) === made) pending.delete(address);
      }
    },

    bump() {
      figures.bumps += 1;
      forget();
    },

    suspend() {
      suspended = true;
      forget();
    },

    resume() {
      suspended = false;
      forget();
    },

    async settled() {
      await improving;
    },
  };
}

const KEPT_TYPES =
  /^(text\/html|text\/csv|application\/json|application\/geo\+json|image\/svg\+xml)\b/;

/** Only a plain, whole, public answer: 200, a kept type, no cookie, nothing that says it is for one visitor. */
function mayBeKept(response: Response): boolean {
  const { headers } = response;
  if (response.status !== 200 || response.body === null) return false;
  if (headers.has("set-cookie") || headers.has("content-encoding")) return false;
  if (!KEPT_TYPES.test(headers.get("content-type") ?? "")) return false;
  if (/no-store|private/.test(headers.get("cache-control") ?? "")) return false;
  if (/cookie|authorization|\*/i.test(headers.get("vary") ?? "")) return false;
  // A nonce is for one answer: kept, it would be known to everybody.
  return !(headers.get("content-security-policy") ?? "").includes("'nonce-");
}

/** The whole body; or, when it is longer than `most`, the response with what was read put back in front. */
async function collect(response: Response, most: number): Promise<Buffer | Response> {
  const reader = response.body?.getReader();
  if (!reader) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(parts, length);
    parts.push(value);
    length += value.length;
    if (length > most) break;
  }
  const rest = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = parts.shift();
      if (part) return controller.enqueue(part);
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(rest, response);
}
