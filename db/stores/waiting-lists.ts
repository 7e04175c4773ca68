import type { Matter } from "#app/domain/people/waiting.ts";

import type { Db } from "../client.ts";
import { COMMUNES, TWIN_NOW } from "./became.ts";
import { inEnglish } from "./in-english.ts";

interface Row {
  kind: "opine" | "decide" | "post" | "down" | "confirm";
  list: string;
  vi: string;
  en: string;
  amount: bigint;
  communes: string[];
  district: string;
  twin: string;
  hands: string[];
  since: bigint;
  due: string | null;
}

/** Of each list in an office's hands what is next, with who did what came before. */
const NEXT = `
  with next as (
    select 'opine' as kind, v.list, v.campaign, v.round, v.version, v.changed_at as since, null::date as due, '{}'::text[] as hands
      from list_version v
     where v.state = 'submitted'
       and not exists (select 1 from list_opinion o where o.list = v.list and o.version = v.version and o.said_at >= v.changed_at)
    union all
    select 'decide', v.list, v.campaign, v.round, v.version, v.changed_at, null::date, v.compiled_by
      from list_version v where v.state = 'submitted'
    union all
    select 'post', v.list, v.campaign, v.round, v.version, v.changed_at, null::date, '{}'::text[]
      from list_version v
     where v.state = 'decided'
       and not exists (select 1 from notice n where n.list = v.list and n.version = v.version
                         and (n.outcome is null or n.outcome = 'whole'))
    union all
    select case when n.down_on is null then 'down' else 'confirm' end, n.list, v.campaign, v.round, n.version, n.posted_at, n.to_day,
           case when n.down_on is null then '{}'::text[] else array[n.posted_by, coalesce(n.ended_by, n.posted_by)] end
      from notice n join list_version v on v.list = n.list and v.version = n.version
     where n.outcome is null and (n.down_on is not null or n.to_day < $1::text::date))
  select x.kind, x.list, c.title_vi || ', ' || x.round as vi, ${inEnglish("c.title")} || ', ' || x.round as en,
         (select coalesce(sum(l.amount), 0)::bigint from list_line l
           where l.list = x.list and l.version = x.version and not l.reserve) as amount,
         ${COMMUNES("c.commune", "c.commune_from")} as communes, c.district, coalesce(${TWIN_NOW("c.twin")}, c.twin) as twin,
         x.hands, x.since, x.due::text as due
    from next x join campaign c on c.id = x.campaign
   order by x.since, x.list, x.kind`;

const KINDS = {
  opine: ["list-opine", "list.opine"],
  decide: ["list-decide", "list.decide"],
  post: ["list-post", "notice.post"],
  down: ["notice-down", "notice.post"],
  confirm: ["notice-confirm", "notice.confirm"],
} as const;

/** Lists that wait for an opinion, a decision, to be put up, taken down, or to be confirmed. */
export async function listsWaiting(db: Db, day: string): Promise<Matter[]> {
  const rows = await db.rows<Row>(NEXT, [day]);
  return rows.map((row) => {
    const [kind, act] = KINDS[row.kind];
    const { communes, district, twin, hands } = row;
    return {
      kind,
      acts: [act],
      subject: { communes, district, twin, preparedBy: hands },
      id: row.list,
      title: { vi: row.vi, en: row.en },
      amount: row.amount,
      since: Number(row.since),
      dueOn: row.due,
    };
  });
}
