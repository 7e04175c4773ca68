/**
 * The figures that people see: amounts in the HTML of home, campaign, commune and gift pages against the recomputation.
 * `<data value="1234567" data-figure="received">1.234.567 đ</data>` is compared by name; a page without such marks must
 * show the amount itself, `1.234.567 đ`.
 */
import type { FollowedGift } from "./gifts.ts";
import type { Source } from "./source.ts";
import { cell, type Problems, type Tables } from "./tables.ts";
import { type Figures, FIGURES } from "./totals.ts";

const AT_ONCE = 4;

/** A page and the figures it has to show. */
interface Expected {
  readonly address: string;
  readonly figures: ReadonlyMap<string, bigint>;
  /** Figures that may be absent (a gift's parts can be told in other ways). */
  readonly optional: boolean;
}

/** Ask for every page; answers how many figures were compared. */
export async function checkPages(
  source: Source,
  tables: Tables,
  totals: ReadonlyMap<string, Figures>,
  gifts: readonly FollowedGift[],
  problems: Problems,
): Promise<number> {
  const waiting = [
    ...homePages(totals),
    ...campaignPages(tables, totals),
    ...communePages(tables, totals),
    ...giftPages(gifts),
  ];
  let compared = 0;
  const work = async () => {
    for (let page = waiting.shift(); page; page = waiting.shift()) {
      const html = await source.text(page.address);
      if (html === undefined) {
        problems.push(`${page.address} is not there`);
        continue;
      }
      compared += checkPage(page, html, problems);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return compared;
}

function homePages(totals: ReadonlyMap<string, Figures>): Expected[] {
  const figures = figuresOf([...totals.values()]);
  return ["/", "/en"].map((address) => ({ address, figures, optional: false }));
}

function campaignPages(tables: Tables, totals: ReadonlyMap<string, Figures>): Expected[] {
  return tables.campaigns.flatMap((line) => {
    const sum = totals.get(cell(line, "campaign"));
    const slug = cell(line, "slug");
    if (!sum || slug === "") return [];
    const figures = new Map([...figuresOf([sum]), ["goal", BigInt(cell(line, "goal"))] as const]);
    return ["/chien-dich/", "/en/campaigns/"].map((path) => ({
      address: path + slug,
      figures,
      optional: false,
    }));
  });
}

/** A commune's figures are those of the campaigns opened for it. */
function communePages(tables: Tables, totals: ReadonlyMap<string, Figures>): Expected[] {
  const communes = Map.groupBy(tables.campaigns, (line) => cell(line, "commune"));
  return [...communes].flatMap(([commune, lines]) => {
    const sums = lines.flatMap((line) => totals.get(cell(line, "campaign")) ?? []);
    return ["/xa/", "/en/communes/"].map((path) => ({
      address: path + commune,
      figures: figuresOf(sums),
      optional: true,
    }));
  });
}

function giftPages(gifts: readonly FollowedGift[]): Expected[] {
  return gifts.map(({ code, amount }) => ({
    address: `/ung-ho/${code}`,
    figures: new Map([["gift", amount]]),
    optional: false,
  }));
}

function figuresOf(sums: readonly Figures[]): Map<string, bigint> {
  return new Map(
    FIGURES.map((figure) => [figure, sums.reduce((all, sum) => all + sum[figure], 0n)]),
  );
}

function checkPage(
  { address, figures, optional }: Expected,
  html: string,
  problems: Problems,
): number {
  const marked = marks(html);
  const text = plain(html);
  let compared = 0;
  for (const [name, amount] of figures) {
    const told = marked.get(name);
    if (told !== undefined) {
      compared += 1;
      if (told.some((value) => value !== String(amount)))
        problems.push(`${address}: ${name} is shown as ${told.join(", ")}, recomputed ${amount}`);
    } else if (text.includes(vietnamese(amount)) || text.includes(english(amount))) {
      compared += 1;
    } else if (!optional) {
      problems.push(`${address} does not show ${name} ${amount}`);
    }
  }
  return compared;
}

/** Values of `<data>` elements by their `data-figure`. */
function marks(html: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [tag] of html.matchAll(/<data\b[^>]*>/g)) {
    const value = /\bvalue="(-?\d+)"/.exec(tag)?.[1];
    const figure = /\bdata-figure="([\w-]+)"/.exec(tag)?.[1];
    if (value === undefined || figure === undefined) continue;
    found.set(figure, [...(found.get(figure) ?? []), value]);
  }
  return found;
}

function plain(html: string): string {
  return html
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, " ")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&nbsp;|&#160;|&#xa0;|[\u00a0\u202f]/gi, " ");
}

const grouped = (amount: bigint, sign: string) =>
  amount.toString().replace(/\B(?=(\d{3})+(?!\d))/g, sign);
const vietnamese = (amount: bigint) => `${grouped(amount, ".")} đ`;
const english = (amount: bigint) => `${grouped(amount, ",")} đ`;
