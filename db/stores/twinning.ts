import { ledgerTotals, NOTHING_MOVED } from "#app/domain/ledger/totals.ts";
import type { CampaignYear } from "#app/domain/twinning/board.ts";
import type { PromiseVersion } from "#app/domain/twinning/pair.ts";
import type { TwinningBook, TwinningReading } from "#app/domain/twinning/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { ruleOn } from "./rules.ts";
import { inForce } from "./in-force.ts";
import { contentChanged } from "./content-version.ts";
import { textArray } from "./pg-arrays.ts";
import { pairOf, twinPairs } from "./twin-pairs.ts";

/** Pairs, promises and what was moved for their campaigns. */
export function twinningStore(db: Db): TwinningReading & TwinningBook {
  return {
    pairs: () => twinPairs(db),
    pairOf: (campaign) => pairOf(db, campaign),
    async pair(id) {
      const all = await twinPairs(db);
      return all.find((one) => one.id === id);
    },
    versions: (pair) => versions(db, pair ?? null),
    async rules(day) {
      const least = await ruleOn(db, "twins.least-models", day);
      const years = await ruleOn(db, "twins.statement-years", day);
      const review =
        typeof years === "object" && years !== null && "review" in years ? years.review : undefined;
      return {
        least: typeof least === "number" ? least : 0,
        reviewYears: typeof review === "number" ? review : 0,
      };
    },
    years: (campaigns) => yearsOf(db, campaigns),
    communes: (pair, day) =>
      db.rows(
        `select p.code, p.name, p.full_name as "fullName", p.valid_from::text as "validFrom"
           from place p
          where p.kind = 'commune' and ${inForce("p", "$3::text::date")}
            and case when $4::boolean then p.mountain and p.district2024 = $1
                     else (p.code, p.valid_from) in (select l.code, l.valid_from from place_line($1, $2::text::date) l) end
          order by p.slug, p.code`,
        [pair.receiver.code, pair.receiver.validFrom, day, pair.kind === "district"],
      ),
    async promise(id) {
      const [row] = await db.rows<{
        pair: string;
        commune: string;
        commune_from: string;
        year: number;
        model: PromiseVersion["model"];
        version: number;
        money: bigint;
        goods: PromiseVersion["goods"];
        organisation: string;
        promised_by: string;
        promised_at: bigint;
        answered: boolean;
      }>(
        `select p.pair, p.commune, p.commune_from::text as commune_from, p.year, p.model, p.version, p.money, p.goods,
                p.organisation, p.promised_by, p.promised_at, a.promise is not null as answered
           from twinning_promise p left join twinning_answer a on a.promise = p.id where p.id = $1`,
        [id],
      );
      return (
        row && {
          id,
          pair: row.pair,
          commune: row.commune,
          communeFrom: row.commune_from,
          year: row.year,
          model: row.model,
          version: row.version,
          money: row.money,
          goods: row.goods,
          organisation: row.organisation,
          promisedBy: row.promised_by,
          promisedAt: Number(row.promised_at),
          answered: row.answered,
        }
      );
    },
    async newest({ pair, commune, communeFrom, year, model }) {
      const { orm, t, op } = await building(db);
      const p = t.twinningPromise;
      const [row] = await orm
        .select({ version: op.max(p.version) })
        .from(p)
        .where(
          op.and(
            op.eq(p.pair, pair),
            op.eq(p.commune, commune),
            op.eq(p.communeFrom, communeFrom),
            op.eq(p.year, year),
            op.eq(p.model, model),
          ),
        );
      return row?.version ?? 0;
    },
    async byKey(key) {
      const { orm, t, op } = await building(db);
      const [row] = await orm
        .select({ id: t.twinningPromise.id })
        .from(t.twinningPromise)
        .where(op.eq(t.twinningPromise.formKey, key));
      return row?.id;
    },
    async promised(promise, key) {
      const { orm, t } = await building(db);
      const { goods, ...rest } = promise;
      await orm.insert(t.twinningPromise).values({ ...rest, formKey: key, goods: [...goods] });
      await contentChanged(db, "twinning");
    },
    async answered(promise, answer) {
      const { orm, t } = await building(db);
      await orm.insert(t.twinningAnswer).values({ promise, ...answer });
      await contentChanged(db, "twinning");
    },
  };
}

const VIETNAM = `at time zone 'Asia/Ho_Chi_Minh'`;

async function versions(db: Db, pair: string | null): Promise<PromiseVersion[]> {
  const rows = await db.rows<Omit<PromiseVersion, "money"> & { money: bigint }>(
    `select p.id, p.pair, p.year, p.model, p.version, p.money, p.goods,
            json_build_object('code', c.code, 'name', c.name, 'fullName', c.full_name, 'validFrom', c.valid_from::text) as commune,
            json_build_object('vi', coalesce(o.name_vi, p.organisation), 'en', coalesce(o.name_en, p.organisation)) as organisation,
            (to_timestamp(p.promised_at) ${VIETNAM})::date::text as "promisedOn",
            case when a.promise is not null then json_build_object('outcome', a.outcome, 'reason', a.reason,
              'on', (to_timestamp(a.answered_at) ${VIETNAM})::date::text,
              'organisation', json_build_object('vi', coalesce(w.name_vi, a.organisation), 'en', coalesce(w.name_en, a.organisation)))
            end as answer
       from twinning_promise p
       join place c on c.code = p.commune and c.valid_from = p.commune_from
       left join organisation o on o.id = p.organisation
       left join twinning_answer a on a.promise = p.id
       left join organisation w on w.id = a.organisation
      where $1::text is null or p.pair = $1
      order by p.pair, p.commune, p.year desc, p.model, p.version desc`,
    [pair],
  );
  return rows;
}

// đồng between accounts of which one is the campaign's, year by year of the day they moved.
const SUMS = `
  with own as (select id from account where unit = 'VND' and campaign = any (($1::text)::text[])),
  touching as (
    select m.entry, m.n, m.from_account, m.to_account, m.amount from movement m where m.from_account in (select id from own)
    union
    select m.entry, m.n, m.from_account, m.to_account, m.amount from movement m where m.to_account in (select id from own)
  )
  select extract(year from e.effective_on)::integer as year, f.code as "from", t.code as "to", sum(x.amount)::bigint as amount
    from touching x join entry e on e.number = x.entry
    join account f on f.id = x.from_account join account t on t.id = x.to_account
   group by 1, f.code, t.code`;

const THINGS = `
  select a.campaign, extract(year from e.on_day)::integer as year, count(*)::integer as things
    from animal a join animal_event e on e.animal = a.code and e.kind = 'handed-over' and e.other is null
   where a.campaign = any (($1::text)::text[])
     and not exists (select 1 from entry r where r.reverses = e.entry)
   group by a.campaign, 2`;

async function yearsOf(db: Db, campaigns: readonly string[]): Promise<CampaignYear[]> {
  const asked = [textArray(campaigns)];
  const sums = await db.rows<{ year: number; from: string; to: string; amount: bigint }>(
    SUMS,
    asked,
  );
  const things = await db.rows<{ campaign: string; year: number; things: number }>(THINGS, asked);
  const wanted = new Set(campaigns);
  const lines = new Map<string, CampaignYear>();
  const nothing = { ...NOTHING_MOVED, things: 0 };
  for (const [year, rows] of Map.groupBy(sums, (row) => row.year)) {
    for (const [campaign, totals] of ledgerTotals(rows)) {
      if (!wanted.has(campaign)) continue;
      lines.set(`${campaign} ${year}`, { ...nothing, ...totals, campaign, year });
    }
  }
  for (const { campaign, year, things: count } of things) {
    const key = `${campaign} ${year}`;
    const line = lines.get(key) ?? { ...nothing, campaign, year };
    lines.set(key, { ...line, things: count });
  }
  return [...lines.values()].toSorted(
    (a, b) => b.year - a.year || (a.campaign < b.campaign ? -1 : 1),
  );
}
