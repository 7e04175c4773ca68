/** The statements behind the published tables of the office; as in `open-data-queries.ts`, no person stands in them. */
import type { PageQuery } from "./page-query.ts";
import type { OFFICE_SETS } from "#app/domain/open-data/office-sets.ts";

import { PAIRS } from "./twin-pairs.ts";

const ROWS = 1_000;
const ANY_HEAD = "$1::bigint is not null";
const DAY_OF = (seconds: string) =>
  `(to_timestamp(${seconds}) at time zone 'Asia/Ho_Chi_Minh')::date::text`;

const page = (after: PageQuery["after"], text: string): PageQuery => ({
  size: ROWS,
  after,
  text: `${text} limit $2::integer`,
});

export const OFFICE_QUERIES: Readonly<Record<keyof typeof OFFICE_SETS, PageQuery>> = {
  catalogue: page(
    [
      ["section", ""],
      ["code", ""],
      ["valid_from", "-infinity"],
    ],
    `select i.section, i.code, s.model, i.kind, s.title_vi as section_vi, s.title_en as section_en, i.title_vi, i.title_en,
            i.priority, s.open_ended, i.valid_from::text as valid_from, i.valid_to::text as valid_to, s.source
       from catalogue_item i join catalogue_section s on s.id = i.section
      where ${ANY_HEAD} and (i.section collate "C", i.code collate "C", i.valid_from) > ($3::text, $4::text, $5::text::date)
      order by i.section collate "C", i.code collate "C", i.valid_from`,
  ),
  account_uses: page(
    [
      ["campaign", ""],
      ["n", 0],
    ],
    `select * from (
       select campaign, n, bank_account, since::text as since,
              case when lead(since) over (partition by campaign order by n) is not null
                 then greatest(lead(since) over (partition by campaign order by n) - 1, since) end::text as until
         from campaign_account) u
      where ${ANY_HEAD} and (campaign collate "C", n) > ($3::text, $4::integer) order by campaign collate "C", n`,
  ),
  twinning_pairs: page(
    [["pair", ""]],
    `select p.id as pair, p.kind, p.giver ->> 'id' as giver, p.giver_now ->> 'id' as giver_now, p.receiver ->> 'code' as receiver,
            p.receiver ->> 'validFrom' as receiver_from, p.from_day as valid_from, p.to_day as valid_to, p.basis
       from (${PAIRS}) p where ${ANY_HEAD} and p.id collate "C" > $3::text order by p.id collate "C"`,
  ),
  twinning_promises: page(
    [["promise", ""]],
    `select p.id as promise, p.pair, p.commune, p.commune_from::text as commune_from, p.year, p.model, p.version, p.money,
            p.organisation, ${DAY_OF("p.promised_at")} as promised_on, coalesce(a.outcome, 'waiting') as answer,
            case when a.promise is not null then ${DAY_OF("a.answered_at")} end as answered_on
       from twinning_promise p left join twinning_answer a on a.promise = p.id
      where ${ANY_HEAD} and p.id collate "C" > $3::text order by p.id collate "C"`,
  ),
  twinning_goods: page(
    [
      ["promise", ""],
      ["n", 0],
    ],
    `select p.id as promise, g.n::integer as n, g.line ->> 'what' as what, (g.line ->> 'quantity')::integer as quantity,
            g.line ->> 'unit' as unit
       from twinning_promise p cross join lateral jsonb_array_elements(p.goods) with ordinality as g(line, n)
      where ${ANY_HEAD} and (p.id collate "C", g.n) > ($3::text, $4::bigint) order by p.id collate "C", g.n`,
  ),
  progress_statements: page(
    [
      ["campaign", ""],
      ["n", 0],
    ],
    `select campaign, n, filed_on::text as filed_on, days_late, entry, received, disbursed, spent, delivered, alive, lost, born,
            organisation, text_vi, text_en
       from progress_statement where ${ANY_HEAD} and (campaign collate "C", n) > ($3::text, $4::integer)
      order by campaign collate "C", n`,
  ),
};
