import { householdsToldByList } from "#app/domain/open-data/told-households.ts";
import { own } from "#app/domain/kernel/own.ts";
import type {
  FoundingList,
  GroupBook,
  GroupMember,
  GroupReading,
  GroupTraining,
  OfficeGroup,
  PublicGroup,
} from "#app/domain/groups/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { COMMUNES } from "./became.ts";
import { contentChanged } from "./content-version.ts";
import { inEnglish } from "./in-english.ts";

/** Groups inside a transaction. */
export function groupBook(db: Db): GroupBook {
  return {
    async list(id) {
      const [row] = await db.rows<ListRow>(`${LISTS} where v.list = $1`, [id]);
      return row;
    },
    async find(group) {
      const { orm, t, op } = await building(db);
      const f = t.groupFounding;
      const [row] = await orm.select().from(f).where(op.eq(f.groupId, group));
      return row;
    },
    async nextId(campaign) {
      const [row] = await db.rows<{ last: number }>(
        `select coalesce(max((substring(g.id from '-N([0-9]{1,6})$'))::integer), 0) as last
           from (select id from household_group where campaign = $1
                 union all select group_id from group_founding where campaign = $1) g`,
        [campaign],
      );
      return `${campaign}-N${(row?.last ?? 0) + 1}`;
    },
    async draft(founding) {
      const { orm, t } = await building(db);
      const values = { ...founding, members: [...founding.members] };
      const { groupId: _, campaign: __, list: ___, ...changed } = values;
      await orm
        .insert(t.groupFounding)
        .values(values)
        .onConflictDoUpdate({ target: t.groupFounding.groupId, set: changed });
    },
    async found(founding, commune, households) {
      const { orm, t, op } = await building(db);
      const { state, decidedBy, decidedOn, decisionNumber, paper, entry } = founding;
      await orm
        .update(t.groupFounding)
        .set({ state, decidedBy, decidedOn, decisionNumber, paper, entry })
        .where(op.eq(t.groupFounding.groupId, founding.groupId));
      await orm.insert(t.householdGroup).values({
        id: founding.groupId,
        campaign: founding.campaign,
        commune,
        nameVi: founding.nameVi,
        nameEn: founding.nameEn,
        foundedOn: decidedOn ?? "",
        decisionNumber: decisionNumber ?? "",
      });
      await orm.insert(t.household).values([...households]);
      await contentChanged(db, "households");
    },
    async committed(household) {
      const { orm, t, op } = await building(db);
      const c = t.groupCommitment;
      return (await orm.$count(c, op.eq(c.household, household))) > 0;
    },
    async commit(commitment) {
      const { orm, t } = await building(db);
      await orm.insert(t.groupCommitment).values(commitment);
      await contentChanged(db, "households");
    },
    async train(training) {
      const { orm, t, op } = await building(db);
      const g = t.groupTraining;
      const n = (await orm.$count(g, op.eq(g.groupId, training.groupId))) + 1;
      await orm.insert(g).values({ ...training, n });
      await contentChanged(db, "households");
      return n;
    },
  };
}

/** Groups as pages show them. */
export function groupReadingStore(db: Db): GroupReading {
  return {
    published: (group) => published(db, group),
    async all() {
      const rows = await db.rows<OfficeRow>(
        `${OFFICE} order by f.state <> 'drafted', f.drafted_at desc, f.group_id`,
      );
      return rows.map(officeOf);
    },
    async one(group) {
      const [row] = await db.rows<OfficeRow>(`${OFFICE} where f.group_id = $1`, [group]);
      return row && officeOf(row);
    },
    lists: () => db.rows<ListRow>(`${LISTS} order by v.list`),
  };
}

interface ListRow extends Omit<FoundingList, "lines" | "communes"> {
  communes: string[];
  lines: FoundingList["lines"][number][];
}

const LISTS = `
  select v.list, v.version, v.campaign, v.round, v.decided_on::text as "decidedOn", c.district, c.species,
         c.pass_on_heads as "passOnHeads", c.pass_on_age_days as "passOnAgeDays",
         ${COMMUNES("c.commune", "c.commune_from")} as communes,
         coalesce((select json_agg(json_build_object('code', l.code, 'category', l.category, 'registration', l.registration,
                     'leader', l.leader, 'group',
                     (select f.group_id from group_founding f where f.campaign = v.campaign and l.code = any (f.members) limit 1))
                     order by l.rank)
                     from list_line l where l.list = v.list and l.version = v.version), '[]'::json) as lines
    from (select * from list_version where state = 'decided') v join campaign c on c.id = v.campaign`;

interface OfficeRow extends Omit<OfficeGroup, "draftedAt" | "entry" | "members" | "trainings"> {
  draftedAt: bigint;
  entry: bigint | null;
  members: string[];
  communes: string[];
  committed: string[];
  trainings: GroupTraining[];
}

const TRAININGS = (group: string) => `
  coalesce((select json_agg(json_build_object('n', w.n, 'topic', w.topic, 'onDay', w.on_day::text, 'trainer', w.trainer,
                     'present', w.present) order by w.on_day, w.n)
              from group_training w where w.group_id = ${group}), '[]'::json)`;

const OFFICE = `
  select f.group_id as "groupId", f.campaign, f.list, f.name_vi as "nameVi", f.name_en as "nameEn", array_to_json(f.members) as members,
         f.leader, f.deputy, f.rules, f.state, f.drafted_by as "draftedBy", f.drafted_at as "draftedAt", f.decided_by as "decidedBy",
         f.decided_on::text as "decidedOn", f.decision_number as "decisionNumber", f.paper, f.entry,
         c.title_vi as "campaignTitleVi", ${inEnglish("c.title")} as "campaignTitleEn",
         ${COMMUNES("c.commune", "c.commune_from")} as communes, c.district,
         (select u.name from "user" u where u.id = f.drafted_by) as "draftedByName",
         (select u.name from "user" u where u.id = f.decided_by) as "decidedByName",
         coalesce((select json_agg(k.household order by k.household) from group_commitment k
                    where k.household = any (f.members)), '[]'::json) as committed,
         ${TRAININGS("f.group_id")} as trainings
    from group_founding f join campaign c on c.id = f.campaign`;

function officeOf({ draftedAt, entry, ...row }: OfficeRow): OfficeGroup {
  return { ...row, draftedAt: Number(draftedAt), entry: entry === null ? null : Number(entry) };
}

const stands = (row: string) =>
  `not exists (select 1 from entry r where r.reverses = ${row}.entry)`;

interface PublicRow extends Omit<
  PublicGroup,
  "entry" | "members" | "lists" | "committed" | "trainings" | "herd" | "households"
> {
  entry: bigint | null;
  trainings: GroupTraining[];
}

const GROUP = `
  select g.id, g.campaign, c.slug as "campaignSlug", c.title_vi as "campaignTitleVi", ${inEnglish("c.title")} as "campaignTitleEn",
         c.species, p.full_name as "communeName", g.name_vi as "nameVi", g.name_en as "nameEn", g.founded_on::text as "foundedOn",
         g.decision_number as "decisionNumber", f.entry, f.rules, c.pass_on_heads as "passOnHeads",
         c.pass_on_age_days as "passOnAgeDays", f.leader, f.deputy, ${TRAININGS("g.id")} as trainings
    from household_group g join campaign c on c.id = g.campaign
    join place p on p.code = c.commune and p.valid_from = c.commune_from
    left join group_founding f on f.group_id = g.id and f.state = 'decided'
   where upper(g.id) = upper($1)`;

/** Households of its campaign, so that it is known who of this group is told by a code. */
const HOUSEHOLDS = `
  select h.code, h.campaign, h.round, h.group_id as "group", h.leader = 1 as leader,
         exists (select 1 from group_commitment k where k.household = h.code) as committed
    from household h where h.campaign = $1 order by h.code`;

/** Every animal that a household of the group has or had, and where it is. */
const HERD = `
  with mine as (select code from household where group_id = $1),
  animals as (
    select a.code, k.household as keeper,
           exists (select 1 from animal_event e where e.animal = a.code and e.kind = 'handed-over' and ${stands("e")}
                      and e.household in (select code from mine)) as received,
           exists (select 1 from animal_event e where e.animal = a.code and e.kind = 'born' and ${stands("e")}
                      and e.household in (select code from mine)) as born,
           exists (select 1 from animal_event e where e.animal = a.code and e.kind in ('died', 'returned') and ${stands("e")}) as gone
      from animal a
      cross join lateral (
        select e.household from animal_event e
         where e.animal = a.code and e.household is not null and ${stands("e")} order by e.n desc limit 1) k
     where ${stands("a")}
       and a.code in (select e.animal from animal_event e where e.household in (select code from mine) and ${stands("e")}))
  select coalesce(json_object_agg(keeper, living) filter (where keeper is not null), '{}'::json) as keeps,
         coalesce(sum(received), 0)::integer as received, coalesce(sum(born), 0)::integer as born,
         coalesce(sum(lost), 0)::integer as lost, coalesce(sum(passed), 0)::integer as "passedOn",
         coalesce(sum(living), 0)::integer as living,
         coalesce((select sum(s.received - s.sent) from account d join account_state s on s.account_id = d.id
                    where d.code like 'owed:' || $1 || ':%'), 0)::bigint as owed
    from (select case when keeper in (select code from mine) then keeper end as keeper,
                 count(*) filter (where received) as received, count(*) filter (where born) as born,
                 count(*) filter (where gone and keeper in (select code from mine)) as lost,
                 count(*) filter (where keeper not in (select code from mine)) as passed,
                 count(*) filter (where not gone and keeper in (select code from mine)) as living
            from animals group by 1) by_keeper`;

async function published(db: Db, group: string): Promise<PublicGroup | undefined> {
  const [row] = await db.rows<PublicRow>(GROUP, [group]);
  if (!row) return undefined;
  const all = await db.rows<{
    code: string;
    campaign: string;
    round: number;
    group: string;
    leader: boolean;
    committed: boolean;
  }>(HOUSEHOLDS, [row.campaign]);
  const byList = householdsToldByList(all);
  const mine = all.filter((one) => one.group === row.id);
  const told = mine.filter(({ code }) => !byList.has(code));
  const { keeps, ...herd } = await herdOf(db, row.id);
  const isTold = (code: string | null) => code !== null && told.some((one) => one.code === code);
  const leader = row.leader ?? told.find((one) => one.leader)?.code ?? null;
  return {
    ...row,
    entry: row.entry === null ? null : Number(row.entry),
    households: mine.length,
    members: told.map(({ code, committed }): GroupMember => ({
      code,
      committed,
      keeps: own(keeps, code) ?? 0,
    })),
    lists: [...new Set(mine.map(({ campaign, round }) => `${campaign}-r${round}`))],
    leader: isTold(leader) ? leader : null,
    deputy: isTold(row.deputy) ? row.deputy : null,
    committed: mine.filter((one) => one.committed).length,
    herd,
  };
}

type Herd = PublicGroup["herd"] & { readonly keeps: Readonly<Record<string, number>> };

async function herdOf(db: Db, group: string): Promise<Herd> {
  const [herd] = await db.rows<Omit<Herd, "owed"> & { owed: bigint }>(HERD, [group]);
  // A sum over nothing is a row of noughts all the same.
  if (!herd) throw new Error(`no herd of ${group}`);
  return { ...herd, owed: Number(herd.owed) };
}
