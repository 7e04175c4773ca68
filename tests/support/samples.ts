import { LOCALES, type Locale, type Page, PAGES, pathToAny } from "#app/i18n/paths.ts";
import type { Database } from "#db/client.ts";

/** Things of the demonstration that pages are about, found in the books, not known beforehand. */
export interface Samples {
  readonly slug: string;
  readonly donation: string;
  readonly pledge: string;
  readonly entry: string;
  readonly commune: string;
  readonly notice: string;
  readonly animal: string;
  readonly pair: string;
  readonly group: string;
  /** A decided list, and an open objection to one; undefined while the demonstration has none. */
  readonly list: string | undefined;
  readonly objection: string | undefined;
}

/** One of each, as rich as there is: a delivered animal, a gift that became one, an open pledge. */
export async function samplesOf(db: Database): Promise<Samples> {
  const maybe = async (text: string): Promise<string | undefined> =>
    (await db.rows<{ value: string }>(text))[0]?.value;
  const one = async (text: string): Promise<string> => {
    const value = await maybe(text);
    if (value === undefined) throw new Error(`the demonstration has nothing for: ${text}`);
    return value;
  };
  return {
    slug: await one(
      `select slug as value from campaign c where exists (select 1 from animal a where a.campaign = c.id)
        order by starts_on desc, id limit 1`,
    ),
    donation: await one(
      `select d.code as value from donation d join movement m on m.from_account = d.account_id
        where d.campaign is not null and m.from_lo <= d.lo and d.lo < m.from_lo + m.amount
        order by d.entry limit 1`,
    ),
    pledge: await one(
      `select g.code as value from pledge g where g.state = 'open' order by g.created_at desc, g.code limit 1`,
    ),
    entry: await one(
      `select entry::text as value from movement group by entry order by count(*) desc, entry limit 1`,
    ),
    commune: await one(
      `select commune as value from animal group by commune order by count(*) desc, commune limit 1`,
    ),
    notice: await one(
      `select campaign || '-r' || round as value from household
        group by campaign, round order by count(*) desc, 1 limit 1`,
    ),
    animal: await one(
      `select a.code as value from animal a where a.price is not null
          and exists (select 1 from animal k where k.dam = a.code) order by a.code limit 1`,
    ),
    group: await one(`select id as value from household_group order by id limit 1`),
    list: await maybe(
      `select list as value from list_version where state = 'decided' order by 1 limit 1`,
    ),
    objection: await maybe(
      `select code as value from objection order by state <> 'open', code limit 1`,
    ),
    pair: await one(
      `select g.slug || '-' || m.slug as value from twin_pair t
         join place g on g.code = t.plains_code and g.kind = 'district'
         join place m on m.code = t.mountain_code and m.kind = 'district'
        where exists (select 1 from campaign c join organisation o on o.id = c.twin
                       where o.place = t.plains_code and c.district = t.mountain_code)
        order by 1 limit 1`,
    ),
  };
}

function codeFor(page: Page, samples: Samples): string {
  if (page === "objectionFollow") return samples.objection ?? "";
  return page === "donation" ? samples.donation : samples.pledge;
}

/** The parameters of every page, by name of the parameter. */
export function paramsOf(page: Page, samples: Samples): Record<string, string> {
  return {
    slug: samples.slug,
    code: codeFor(page, samples),
    group: samples.group,
    list: samples.list ?? "",
    entry: samples.entry,
    commune: samples.commune,
    notice: samples.notice,
    tag: samples.animal,
    pair: samples.pair,
  };
}

/** Every page in every language with an address that exists. */
export function allAddresses(samples: Samples): { page: Page; locale: Locale; path: string }[] {
  return (Object.keys(PAGES) as Page[]).flatMap((page) =>
    LOCALES.map((locale) => ({
      page,
      locale,
      path: pathToAny(locale, page, paramsOf(page, samples)),
    })),
  );
}
