import type { ListBook } from "#app/domain/lists/ports.ts";
import type { LineStanding } from "#app/domain/lists/standing.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { TWIN_NOW } from "./became.ts";
import { contentChanged } from "./content-version.ts";
import { listRows } from "./list-rows.ts";
import { textArray } from "./pg-arrays.ts";

/** Lists and what leads to them, within a transaction. */
export function listBookStore(db: Db): ListBook {
  return {
    ...listRows(db),

    async offices(campaign) {
      const [row] = await db.rows<{ district: string; twin: string }>(
        `select c.district, coalesce(${TWIN_NOW("c.twin")}, c.twin) as twin from campaign c where c.id = $1`,
        [campaign],
      );
      return row;
    },

    async keepWorkingGroup(group) {
      const { orm, t } = await building(db);
      await orm.insert(t.workingGroup).values({ ...group, members: [...group.members] });
    },

    async keepMeeting(meeting, votes) {
      const { orm, t } = await building(db);
      await orm.insert(t.villageMeeting).values(meeting);
      if (votes.length === 0) return;
      await orm
        .insert(t.meetingVote)
        .values(votes.map((vote) => ({ ...vote, meeting: meeting.id })));
    },

    async codes(campaign) {
      const rows = await db.rows<{ registration: string; code: string }>(
        `select distinct on (l.registration) l.registration, l.code
           from list_line l join list_version v on v.list = l.list and v.version = l.version
          where v.campaign = $1 order by l.registration, l.version`,
        [campaign],
      );
      return new Map(rows.map(({ registration, code }) => [registration, code]));
    },

    async lastCode(campaign) {
      const [row] = await db.rows<{ last: number }>(
        `select coalesce(max(right(known.code, 3)::integer), 0) as last
           from (select h.code from household h where h.campaign = $1
                 union all
                 select l.code from list_line l join list_version v on v.list = l.list and v.version = l.version
                  where v.campaign = $1) known`,
        [campaign],
      );
      return row?.last ?? 0;
    },

    async addVersion(version) {
      const { orm, t } = await building(db);
      await orm.insert(t.listVersion).values({ ...version, compiledBy: [...version.compiledBy] });
    },

    async keepVersion({ list, version, ...kept }) {
      const { orm, t, op } = await building(db);
      const v = t.listVersion;
      // What a version is of, and why it was begun, stands.
      const { campaign: _, round: __, reason: ___, compiledBy, ...rest } = kept;
      const { state } = kept;
      await orm
        .update(v)
        .set({ ...rest, compiledBy: [...compiledBy] })
        .where(op.and(op.eq(v.list, list), op.eq(v.version, version)));
      if (state === "decided" || state === "replaced") await contentChanged(db, "lists");
    },

    async keepLines(list, version, lines) {
      const { orm, t, op } = await building(db);
      const l = t.listLine;
      await orm.delete(l).where(op.and(op.eq(l.list, list), op.eq(l.version, version)));
      if (lines.length > 0) {
        await orm.insert(l).values(lines.map((line) => ({ ...line, list, version })));
      }
    },

    async addOpinion(opinion) {
      const { orm, t } = await building(db);
      await orm.insert(t.listOpinion).values(opinion);
    },

    async addNotice({ places, ...notice }) {
      const { orm, t } = await building(db);
      await orm.insert(t.notice).values(notice);
      await orm.insert(t.noticePlace).values(
        places.map((place) => ({
          ...place,
          notice: notice.id,
          loudspeakerDays: [...place.loudspeakerDays],
        })),
      );
      await contentChanged(db, "lists");
    },

    async keepPlace(notice, { n, upPhoto, downPhoto, minutes, loudspeakerDays }) {
      const { orm, t, op } = await building(db);
      const p = t.noticePlace;
      await orm
        .update(p)
        .set({ upPhoto, downPhoto, minutes, loudspeakerDays: [...loudspeakerDays] })
        .where(op.and(op.eq(p.notice, notice), op.eq(p.n, n)));
      await contentChanged(db, "lists");
    },

    async tookDown(notice, by, on) {
      const { orm, t, op } = await building(db);
      await orm.update(t.notice).set({ downOn: on, endedBy: by }).where(op.eq(t.notice.id, notice));
    },

    async endNotice(notice, { on, outcome, by, confirmedBy, entry }) {
      const { orm, t, op } = await building(db);
      await orm
        .update(t.notice)
        .set({ endedOn: on, outcome, endedBy: by, confirmedBy, endedEntry: entry })
        .where(op.eq(t.notice.id, notice));
      await contentChanged(db, "lists");
    },

    standing: (of) =>
      "list" in of
        ? db.rows<LineStanding>(STANDING, [of.list, null])
        : db.rows<LineStanding>(STANDING, [null, textArray(of.codes)]),
  };
}

/** Lines of versions in force with how their notice stands: whole before hanging before ended early. */
const STANDING = `
  select l.code, l.registration, v.list, v.version, v.campaign, v.round, l.reserve, l.heads, l.amount,
         (select coalesce(n.outcome, 'hanging') from notice n where n.list = v.list and n.version = v.version
           order by n.outcome is not distinct from 'whole' desc, n.outcome is null desc, n.posted_at desc limit 1) as notice
    from list_line l join list_version v on v.list = l.list and v.version = l.version and v.state = 'decided'
   where ($1::text is null or v.list = $1::text)
     and ($2::text is null or l.code = any (($2::text)::text[]))
   order by v.list, l.rank`;
