import type { ListLine, ListVersion } from "#app/domain/lists/list-version.ts";
import type { Meeting, MeetingVote } from "#app/domain/lists/meeting.ts";
import type { Notice, NoticePlace } from "#app/domain/lists/notice.ts";
import type { Opinion } from "#app/domain/lists/opinion.ts";
import type { Candidate } from "#app/domain/lists/ports.ts";
import type { WorkingGroup } from "#app/domain/lists/capacity.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";

/** Rows about lists as they are read alike inside a transaction and for pages. */
export function listRows(db: Db) {
  return {
    candidates: (campaign: string, round: number) =>
      db.rows<Candidate>(CANDIDATES, [campaign, round]),

    async workingGroups(commune: string): Promise<WorkingGroup[]> {
      const { orm, t, op } = await building(db);
      const g = t.workingGroup;
      return orm.select().from(g).where(op.eq(g.commune, commune)).orderBy(g.n);
    },

    async meeting(id: string): Promise<Meeting | undefined> {
      const { orm, t, op } = await building(db);
      const m = t.villageMeeting;
      const [row] = await orm.select().from(m).where(op.eq(m.id, id));
      return row;
    },

    async meetings(campaign: string, round: number): Promise<Meeting[]> {
      const { orm, t, op } = await building(db);
      const m = t.villageMeeting;
      return orm
        .select()
        .from(m)
        .where(op.and(op.eq(m.campaign, campaign), op.eq(m.round, round)))
        .orderBy(m.onDay, m.notedAt, m.id);
    },

    async votes(meeting: string): Promise<MeetingVote[]> {
      const { orm, t, op } = await building(db);
      const v = t.meetingVote;
      return orm
        .select({ registration: v.registration, votes: v.votes, rank: v.rank })
        .from(v)
        .where(op.eq(v.meeting, meeting))
        .orderBy(v.rank);
    },

    async versions(list: string): Promise<ListVersion[]> {
      const { orm, t, op } = await building(db);
      const v = t.listVersion;
      const rows = await orm.select().from(v).where(op.eq(v.list, list)).orderBy(v.version);
      return rows.map((row) => ({ ...row, reason: row.reason as ListVersion["reason"] }));
    },

    async lines(list: string, version: number): Promise<ListLine[]> {
      const { orm, t, op } = await building(db);
      const l = t.listLine;
      const rows = await orm
        .select()
        .from(l)
        .where(op.and(op.eq(l.list, list), op.eq(l.version, version)))
        .orderBy(l.rank);
      return rows.map((row) => {
        const { list: _, version: __, ...line } = row;
        return { ...line, why: line.why as ListLine["why"] };
      });
    },

    async opinions(list: string): Promise<Opinion[]> {
      const { orm, t, op } = await building(db);
      const o = t.listOpinion;
      return orm.select().from(o).where(op.eq(o.list, list)).orderBy(o.version, o.n);
    },

    async notice(id: string): Promise<Notice | undefined> {
      const { orm, t, op } = await building(db);
      const n = t.notice;
      const rows = await orm.select().from(n).where(op.eq(n.id, id));
      return (await withPlaces(db, rows))[0];
    },

    async notices(list: string): Promise<Notice[]> {
      const { orm, t, op } = await building(db);
      const n = t.notice;
      const rows = await orm
        .select()
        .from(n)
        .where(op.eq(n.list, list))
        .orderBy(n.fromDay, n.postedAt, n.id);
      return withPlaces(db, rows);
    },
  };
}

// `same` is told of the pair: the newer row is the one that leaves.
const CANDIDATES = `
  select r.id as registration, h.village, h.category, r.state, r.earlier_support as "earlierSupport",
         (select s.fit from site_check s where s.registration = r.id order by s.n desc limit 1) as fit,
         exists (select 1 from duplicate_check d
                  where d.decision is null and (d.one = h.id or d.other = h.id)
                     or d.decision = 'same' and d.other = h.id) as doubtful,
         exists (select 1 from objection o join list_line l on l.list = o.list and l.code = o.line
                  where o.state = 'upheld' and l.registration = r.id) as objected,
         h.erased_at is not null as erased
    from registration r join register_household h on h.id = r.household
   where r.campaign = $1 and r.round = $2::integer
   order by h.village, r.id`;

async function withPlaces(db: Db, rows: readonly Omit<Notice, "places">[]): Promise<Notice[]> {
  if (rows.length === 0) return [];
  const { orm, t, op } = await building(db);
  const p = t.noticePlace;
  const places = await orm
    .select()
    .from(p)
    .where(
      op.inArray(
        p.notice,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(p.notice, p.n);
  const of = Map.groupBy(places, ({ notice }) => notice);
  return rows.map((row) => ({
    ...row,
    places: (of.get(row.id) ?? []).map((one): NoticePlace => {
      const { notice: _, ...place } = one;
      return place;
    }),
  }));
}
