import { lineMoney } from "#app/domain/list-lines/line-lock.ts";
import type {
  ObjectedList,
  ObjectionBook,
  ObjectionReading,
  OfficeObjection,
  OpenToObjection,
  PublicObjection,
} from "#app/domain/objections/ports.ts";
import type { Objection } from "#app/domain/objections/objection.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { COMMUNES } from "./became.ts";
import { contentChanged } from "./content-version.ts";
import { inEnglish } from "./in-english.ts";
import { listLinesStore } from "./list-lines.ts";

/** Objections inside a transaction. */
export function objectionBook(db: Db): ObjectionBook {
  return {
    async list(id) {
      const [row] = await db.rows<ListRow>(`${LISTS} where v.list = $1`, [id]);
      return row;
    },
    find: (code) => findBy(db, "code", code),
    byKey: (formKey) => findBy(db, "formKey", formKey),
    async against(code) {
      const { orm, t, op } = await building(db);
      const [row] = await orm
        .select({ code: t.objection.code })
        .from(t.objection)
        .where(op.eq(t.objection.againstDecision, code));
      return row?.code;
    },
    async openFromWeb(list, line) {
      const { orm, t, op } = await building(db);
      const o = t.objection;
      const about = line === null ? op.isNull(o.line) : op.eq(o.line, line);
      return orm.$count(
        o,
        op.and(op.eq(o.list, list), op.eq(o.state, "open"), op.eq(o.channel, "web"), about),
      );
    },
    async handedOver(list, line) {
      const [row] = await db.rows<{ things: number }>(
        `select ${HANDED_OVER("$1", "$2::text")} as things`,
        [list, line],
      );
      return row?.things ?? 0;
    },
    async add(objection) {
      const { orm, t } = await building(db);
      await orm.insert(t.objection).values(objection);
      await contentChanged(db, "objections");
    },
    async decide(code, decision) {
      const { orm, t, op } = await building(db);
      await orm.update(t.objection).set(decision).where(op.eq(t.objection.code, code));
      await contentChanged(db, "objections");
    },
  };
}

/** Objections as pages show them. */
export function objectionReadingStore(db: Db): ObjectionReading {
  return {
    async published(code) {
      const [row] = await db.rows<PublicRow>(`${PUBLISHED} where o.code = $1`, [code]);
      return row && (await withLocked(db, [row]))[0];
    },
    async ofList(list) {
      const rows = await db.rows<PublicRow>(
        `${PUBLISHED} where o.list = $1 order by o.opened_at desc, o.code`,
        [list],
      );
      return withLocked(db, rows);
    },
    async all() {
      const rows = await db.rows<OfficeRow>(
        `${OFFICE} order by o.state <> 'open', case when o.state = 'open' then o.answer_by end, o.opened_at desc, o.code`,
      );
      return (await withLocked(db, rows)).map(officeOf);
    },
    async one(code) {
      const [row] = await db.rows<OfficeRow>(`${OFFICE} where o.code = $1`, [code]);
      return row && (await withLocked(db, [row])).map(officeOf)[0];
    },
    async list(id) {
      const [row] = await db.rows<OpenRow>(`${OPEN_LISTS} where upper(v.list) = upper($1)`, [id]);
      return row;
    },
    lists: () => db.rows<OpenRow>(`${OPEN_LISTS} order by v.list`),
    async words(code) {
      const { orm, t, op } = await building(db);
      const { sealedText, sealedContact } = t.objection;
      const [row] = await orm
        .select({ sealedText, sealedContact })
        .from(t.objection)
        .where(op.eq(t.objection.code, code));
      return row;
    },
    async locked(campaign) {
      const lines = await listLinesStore(db).ofCampaign(campaign);
      const rows = await db.rows<{ list: string }>(
        `select o.list from objection o
          where o.state = 'open' and o.list in (select v.list from list_version v where v.campaign = $1) order by o.list`,
        [campaign],
      );
      const lists = [...new Set(rows.map(({ list }) => list))];
      return { amount: lineMoney(lines).locked, open: rows.length, lists };
    },
  };
}

async function findBy(
  db: Db,
  column: "code" | "formKey",
  value: string,
): Promise<Objection | undefined> {
  const { orm, t, op } = await building(db);
  const [row] = await orm.select().from(t.objection).where(op.eq(t.objection[column], value));
  if (!row) return undefined;
  const { sealedText: _, sealedContact: __, formKey: ___, outcome, ...rest } = row;
  return { ...rest, outcome: outcome as Objection["outcome"] };
}

interface ListRow extends Omit<ObjectedList, "lines" | "communes"> {
  communes: string[];
  lines: { code: string; reserve: boolean }[];
}

const LIST_COLUMNS = `v.list, v.version, v.campaign, c.district, ${COMMUNES("c.commune", "c.commune_from")} as communes,
         (select u.code from place_line(c.commune, c.commune_from) u
           where u.step = 0 or u.valid_from <= coalesce((select e.effective_on from entry e order by e.number desc limit 1), u.valid_from)
           order by u.step desc limit 1) as commune,
         exists (select 1 from notice n where n.list = v.list) as posted,
         coalesce((select json_agg(json_build_object('code', l.code, 'reserve', l.reserve) order by l.code)
                     from list_line l where l.list = v.list and l.version = v.version), '[]'::json) as lines`;

const LISTS = `
  select ${LIST_COLUMNS}
    from (select * from list_version where state = 'decided') v join campaign c on c.id = v.campaign`;

interface OpenRow extends Omit<OpenToObjection, "lines" | "communes"> {
  communes: string[];
  lines: { code: string; reserve: boolean }[];
}

const OPEN_LISTS = `
  select ${LIST_COLUMNS}, v.round, c.slug as "campaignSlug", c.title_vi as "campaignTitleVi", ${inEnglish("c.title")} as "campaignTitleEn",
         p.full_name as "communeName",
         (select n.to_day::text from notice n where n.list = v.list and n.outcome is null) as "hangsUntil"
    from (select * from list_version where state = 'decided') v join campaign c on c.id = v.campaign
    join place p on p.code = c.commune and p.valid_from = c.commune_from`;

/** Things that were handed over to a household, or to all of a list. */
const HANDED_OVER = (list: string, line: string) => `
  (select count(distinct e.animal)::integer from animal_event e
    where e.kind in ('handed-over', 'passed-on') and not exists (select 1 from entry r where r.reverses = e.entry)
      and e.household in (select l.code from list_line l where l.list = ${list} and (${line} is null or l.code = ${line})))`;

interface PublicRow extends Omit<PublicObjection, "locked" | "openedEntry" | "decidedEntry"> {
  openedEntry: bigint;
  decidedEntry: bigint | null;
}

const PUBLIC_COLUMNS = `o.code, o.list, o.version, o.line, o.ground, o.channel, o.on_day::text as "onDay",
         o.against_decision as "againstDecision", o.body, o.answer_by::text as "answerBy", o.state, o.outcome,
         o.decided_on::text as "decidedOn", o.opened_entry as "openedEntry", o.decided_entry as "decidedEntry",
         c.id as campaign, c.slug as "campaignSlug", c.title_vi as "campaignTitleVi", ${inEnglish("c.title")} as "campaignTitleEn",
         p.full_name as "communeName",
         (select s.code from objection s where s.against_decision = o.code limit 1) as again`;

const OF_CAMPAIGN = `
    from objection o
    join list_version v on v.list = o.list and v.version = o.version
    join campaign c on c.id = v.campaign
    join place p on p.code = c.commune and p.valid_from = c.commune_from`;

const PUBLISHED = `select ${PUBLIC_COLUMNS} ${OF_CAMPAIGN}`;

/** Rows with the đồng that each locks now; the lines of a campaign are read once. */
async function withLocked<Row extends PublicRow>(
  db: Db,
  rows: readonly Row[],
): Promise<(Omit<Row, "openedEntry" | "decidedEntry"> & PublicObjection)[]> {
  const campaigns = [...new Set(rows.map(({ campaign }) => campaign))];
  const read = listLinesStore(db);
  const lines = new Map(
    await Promise.all(campaigns.map(async (id) => [id, await read.ofCampaign(id)] as const)),
  );
  return rows.map((row) => {
    const mine = (lines.get(row.campaign)?.lines ?? []).filter(({ objections }) =>
      objections.includes(row.code),
    );
    return {
      ...row,
      openedEntry: Number(row.openedEntry),
      decidedEntry: row.decidedEntry === null ? null : Number(row.decidedEntry),
      locked: lineMoney({ lines: mine, undecided: [] }).locked,
    };
  });
}

interface OfficeRow extends PublicRow {
  openedAt: bigint;
  communes: string[];
  district: string;
  notedByName: string | null;
  decidedByName: string | null;
  paper: string | null;
  handedOver: number;
  stands: boolean;
}

const OFFICE = `
  select ${PUBLIC_COLUMNS}, o.opened_at as "openedAt", ${COMMUNES("c.commune", "c.commune_from")} as communes, c.district,
         o.paper,
         (select u.name from "user" u where u.id = o.noted_by) as "notedByName",
         (select u.name from "user" u where u.id = o.decided_by) as "decidedByName",
         ${HANDED_OVER("o.list", "o.line")} as "handedOver",
         (o.line is null or exists (
            select 1 from list_version f join list_line l on l.list = f.list and l.version = f.version
             where f.list = o.list and f.state = 'decided' and l.code = o.line)) as stands
  ${OF_CAMPAIGN}`;

type Office = Omit<OfficeRow, "openedEntry" | "decidedEntry"> & PublicObjection;

function officeOf({ openedAt, ...row }: Office): OfficeObjection {
  return { ...row, openedAt: Number(openedAt) };
}
