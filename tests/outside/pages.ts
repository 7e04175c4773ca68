/**
 * The figures that people see: amounts in the HTML of home, campaign, commune and gift pages against the recomputation.
 * `<data value="1234567" data-figure="received">1.234.567 đ</data>` is compared by name; a page without such marks must
 * show the amount itself, `1.234.567 đ`, or as the value of a `<data>` element. What a `<data>` element says to people
 * must be what it says to machines, also where it is short (`1,234 triệu đ` is cut, never rounded up).
 */
import type { FollowedGift } from "./gifts.ts";
import type { Source } from "./source.ts";
import { by, cell, type Line, type Problems, type Tables, whole } from "./tables.ts";
import { type Figures, FIGURES } from "./totals.ts";

const AT_ONCE = 4;

/** A page and the figures it has to show: all of one of the lists. */
interface Expected {
  readonly address: string;
  readonly lists: readonly ReadonlyMap<string, bigint>[];
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
    ...giftPages(tables, gifts),
  ];
  let compared = 0;
  const work = async () => {
    for (let page = waiting.shift(); page; page = waiting.shift()) {
      const html = await source.text(page.address).catch((error: unknown) => {
        problems.push(String(error));
        return null;
      });
      if (html === null) continue;
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
  return ["/", "/en"].map((address) => ({ address, lists: [figures] }));
}

function campaignPages(tables: Tables, totals: ReadonlyMap<string, Figures>): Expected[] {
  return tables.campaigns.flatMap((line) => {
    const sum = totals.get(cell(line, "campaign"));
    const slug = cell(line, "slug");
    if (!sum || slug === "") return [];
    const figures = new Map([...figuresOf([sum]), ["goal", BigInt(cell(line, "goal"))] as const]);
    return ["/chien-dich/", "/en/campaigns/"].map((path) => ({
      address: path + slug,
      lists: [figures],
    }));
  });
}

/** A commune shows the campaigns opened for it and for the units that became it, each or their sum. */
function communePages(tables: Tables, totals: ReadonlyMap<string, Figures>): Expected[] {
  const units = new Map<string, { line: Line; campaigns: string[] }>();
  for (const campaign of tables.campaigns) {
    let unit = tables.places.find(
      (line) =>
        cell(line, "code") === cell(campaign, "commune") &&
        cell(line, "valid_from") === cell(campaign, "commune_from"),
    );
    while (unit) {
      const key = `${cell(unit, "code")} ${cell(unit, "valid_from")}`;
      const there = units.get(key) ?? { line: unit, campaigns: [] };
      units.set(key, there);
      there.campaigns.push(cell(campaign, "campaign"));
      unit = successorOf(tables, unit);
    }
  }
  return [...units.values()].flatMap(({ line, campaigns }) => {
    const sums = campaigns.map((campaign) => totals.get(campaign));
    const known = sums.filter((sum) => sum !== undefined);
    const each = new Map(
      known.flatMap((sum, at) =>
        FIGURES.map((figure) => [`${figure} of ${campaigns[at]}`, sum[figure]] as const),
      ),
    );
    const period = `${cell(line, "code")}-${cell(line, "valid_from").slice(0, 7)}`;
    return ["/xa/", "/en/communes/"].map((path) => ({
      address: path + period,
      lists: [each, figuresOf(known)],
    }));
  });
}

/** The unit that begins on the day after this one ended. */
function successorOf(tables: Tables, unit: Line): Line | undefined {
  const next = new Date(Date.parse(cell(unit, "valid_to")) + 86_400_000);
  if (Number.isNaN(next.getTime())) return undefined;
  return tables.places.find(
    (line) =>
      cell(line, "code") === cell(unit, "successor") &&
      cell(line, "valid_from") === next.toISOString().slice(0, 10),
  );
}

/** A gift's page tells the gift, its share of each thing, and what stands elsewhere. */
function giftPages(tables: Tables, gifts: readonly FollowedGift[]): Expected[] {
  const prices = by(tables.animals, "animal");
  return gifts.map(({ code, amount, resting }) => {
    const figures = new Map([["gift", amount]]);
    for (const part of resting) {
      const thing = /^(delivered|loss):/.test(part.account) ? part.animal : "";
      const name = thing === "" ? `rest of ${part.account}` : `share of ${thing}`;
      figures.set(name, (figures.get(name) ?? 0n) + part.amount);
      const line = prices.get(thing);
      if (line) figures.set(`price of ${thing}`, whole(line, "price"));
    }
    return { address: `/ung-ho/${code}`, lists: [figures] };
  });
}

function figuresOf(sums: readonly Figures[]): Map<string, bigint> {
  return new Map(
    FIGURES.map((figure) => [figure, sums.reduce((all, sum) => all + sum[figure], 0n)]),
  );
}

function checkPage({ address, lists }: Expected, html: string, problems: Problems): number {
  const marks = marksOf(html);
  const text = plain(html);
  for (const { value, said } of marks) {
    if (!saysIt(value, said)) problems.push(`${address} says "${said}" for ${value}`);
  }
  const found = lists.map((figures) => wrongFigures(figures, marks, text));
  const best = found.findIndex((wrong) => wrong.length === 0);
  if (best === -1) problems.push(...(found[0] ?? []).map((wrong) => `${address}: ${wrong}`));
  return best === -1 ? 0 : (lists[best]?.size ?? 0);
}

/** Which figures a page tells wrongly or not at all. */
function wrongFigures(
  figures: ReadonlyMap<string, bigint>,
  marks: readonly Mark[],
  text: string,
): string[] {
  return [...figures].flatMap(([name, amount]) => {
    const told = marks.filter(({ figure }) => figure === name).map(({ value }) => value);
    if (told.some((value) => value !== amount)) return `${name} is ${told.join()}, not ${amount}`;
    const there = told.length > 0 || marks.some(({ value }) => value === amount);
    return there || shows(text, amount) ? [] : `${name} ${amount} is not shown`;
  });
}

interface Mark {
  readonly value: bigint;
  readonly figure: string | undefined;
  readonly said: string;
}

/** The `<data>` elements of a page with whole numbers. */
function marksOf(html: string): Mark[] {
  return [...html.matchAll(/<data\b([^>]*)>([\s\S]*?)<\/data>/g)].flatMap(
    ([, attributes = "", inside = ""]) => {
      const value = /\bvalue="(-?\d+)"/.exec(attributes)?.[1];
      const figure = /\bdata-figure="([\w-]+)"/.exec(attributes)?.[1];
      return value === undefined
        ? []
        : [{ value: BigInt(value), figure, said: plain(inside).trim() }];
    },
  );
}

const UNITS: Readonly<Record<string, bigint>> = {
  triệu: 1_000_000n,
  m: 1_000_000n,
  tỷ: 1_000_000_000n,
  bn: 1_000_000_000n,
};

/** Whether words for people are the number for machines; words of another form are not judged. */
function saysIt(value: bigint, said: string): boolean {
  const match = /^(\d{1,3}(?:[.,]\d{3})*|\d+)(?:[.,](\d+))? (?:(triệu|tỷ|m|bn) )?đ$/u.exec(said);
  if (!match) return true;
  const [, digits = "", fraction = "", word] = match;
  const unit = UNITS[word ?? ""];
  if (unit === undefined) return BigInt(said.replace(/\D/g, "")) === value;
  // "1,285 tỷ": the last group can be a fraction; both readings of the point are tried.
  const places = fraction === "" ? /[.,](\d{3})$/.exec(digits)?.[1] : fraction;
  const wholes = [
    [digits.replace(/\D/g, ""), fraction],
    [digits.replace(/[.,]\d{3}$/, "").replace(/\D/g, ""), places ?? ""],
  ];
  return wholes.some(([before = "", after = ""]) => {
    const step = unit / 10n ** BigInt(after.length);
    const least = BigInt(before + after) * step;
    return least <= value && value - least < unit / 10n;
  });
}

function plain(html: string): string {
  return html
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, " ")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&nbsp;|&#160;|&#xa0;|[\u00a0\u202f]/gi, " ");
}

/** Whether the amount stands in the text by itself, not as the end of a longer one. */
function shows(text: string, amount: bigint): boolean {
  const digits = amount.toString().replace(/\B(?=(\d{3})+(?!\d))/g, "[.,]");
  return new RegExp(`(?<![\\d.,])${digits} đ`).test(text);
}
