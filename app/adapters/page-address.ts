/**
 * What one kept page is kept under: host, path and a query in one order.
 *
 *   /chien-dich?state=open&model=&fbclid=1&commune=22222  ->  /chien-dich?commune=22222&state=open
 *
 * The page is then rendered for that address, not for the one that was typed, so that nothing of a visitor gets in.
 */

/** Parameters that other sites add to links and no page reads. */
const TRACKING = /^(utm_.+|fbclid|gclid|dclid|msclkid|zarsrc|zalo.*|mc_[a-z]+|igshid)$/;

/** More than any filter form has; beyond it a page is rendered but not kept. */
const MOST_PARAMETERS = 12;
const LONGEST_QUERY = 512;

/** Which addresses may be kept. */
export interface KeepRules {
  /** True for the path of a public page; anything else is never looked at. */
  readonly path: (pathname: string) => boolean;
  /** Names of the parameters that public pages read. */
  readonly parameters: ReadonlySet<string>;
}

/** The normal form of a request target (`/path?query`); undefined when its page must not be kept. */
export function keptAddress(target: string, rules: KeepRules): string | undefined {
  const mark = target.indexOf("?");
  if (mark === -1) return rules.path(target) ? target : undefined;
  const pathname = target.slice(0, mark);
  if (!rules.path(pathname)) return undefined;
  if (target.length - mark - 1 > LONGEST_QUERY) return undefined;

  const kept: [string, string][] = [];
  for (const [name, value] of new URLSearchParams(target.slice(mark + 1))) {
    if (value === "" || TRACKING.test(name)) continue;
    if (!rules.parameters.has(name)) return undefined;
    kept.push([name, value]);
  }
  if (kept.length === 0) return pathname;
  if (kept.length > MOST_PARAMETERS) return undefined;
  // Stable: repeated names keep their order, which may mean something.
  kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `${pathname}?${new URLSearchParams(kept).toString()}`;
}
