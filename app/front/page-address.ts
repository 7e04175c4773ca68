import type { Topic } from "#app/domain/published/topics.ts";

/**
 * What one kept page is kept under: host, path and query in one spelling and one order.
 *
 *   /chien-dich?state=open&model=&fbclid=1&commune=22222  ->  /chien-dich?commune=22222&state=open
 *
 * The page is then rendered for that address, not for the one that was typed, so that nothing of a visitor gets in, and
 * nothing that a page does not read makes a second copy of it.
 */

/** A path whose page may be kept. */
export interface KeptPath {
  /** In the one spelling of its codes. */
  readonly pathname: string;
  /** The part of a query that the page reads, in one spelling; `kept` is false where it must not be kept. */
  readonly query: (search: string) => { readonly search: string; readonly kept: boolean };
  /** What the page shows of what changes; undefined: it may be anything. */
  readonly topics: readonly Topic[] | undefined;
  /** Takes so long to make that only one such page is made at a time. */
  readonly heavy: boolean;
}

/** Which addresses may be kept. */
export interface KeepRules {
  /** How the page of this path is kept; undefined for anything that is not a public page. */
  readonly path: (pathname: string) => KeptPath | undefined;
  /** Whether a page that is made for one visitor waits in the line of all that has to be made. */
  readonly inLine: (target: string) => boolean;
}

/** An address whose page may be kept. */
export interface KeptAddress extends Pick<KeptPath, "topics" | "heavy"> {
  readonly address: string;
  /** The path without the query: variants of one page have it in common. */
  readonly pathname: string;
}

/** How a request target (`/path?query`) is kept; undefined when its page must not be kept. */
export function keptAddress(
  target: string,
  rules: Pick<KeepRules, "path">,
): KeptAddress | undefined {
  const mark = target.indexOf("?");
  const path = rules.path(mark === -1 ? target : target.slice(0, mark));
  if (!path) return undefined;
  const { pathname, topics, heavy } = path;
  if (mark === -1) return { address: pathname, pathname, topics, heavy };
  const { search, kept } = path.query(target.slice(mark));
  return kept ? { address: pathname + search, pathname, topics, heavy } : undefined;
}
