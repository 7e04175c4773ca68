import { LIVES } from "#app/domain/people/sign-in.ts";
import { building } from "#db/building.ts";
import type { Db } from "#db/client.ts";

/** Remove what sign-in needs no more: sessions that are over, links that ran out, windows of limits that passed. */
export async function sweepSignIns(
  db: Pick<Db, "rows" | "orm">,
  now: number,
): Promise<{ sessions: number; links: number; limits: number }> {
  const sessions = await db.rows(
    `delete from session s where s.expires_at < now()
        or exists (select 1 from session_mark m where m.session = s.id and m.begun_at < $1::bigint) returning id`,
    [now - LIVES.session],
  );
  const { orm, t, op } = await building(db);
  const links = await orm
    .delete(t.oneTimeToken)
    .where(op.lt(t.oneTimeToken.expiresAt, op.sql`now()`))
    .returning({ id: t.oneTimeToken.id });
  const limits = await orm
    .delete(t.signInLimit)
    .where(op.lt(t.signInLimit.windowEnds, now))
    .returning({ key: t.signInLimit.key });
  return { sessions: sessions.length, links: links.length, limits: limits.length };
}
