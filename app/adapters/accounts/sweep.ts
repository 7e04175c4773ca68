import { LIVES } from "#app/domain/people/sign-in.ts";
import type { Db } from "#db/client.ts";

/** Remove what sign-in needs no more: sessions that are over, links that ran out, windows of limits that passed. */
export async function sweepSignIns(
  db: Pick<Db, "rows">,
  now: number,
): Promise<{ sessions: number; links: number; limits: number }> {
  const sessions = await db.rows(
    `delete from session s where s.expires_at < now()
        or exists (select 1 from session_mark m where m.session = s.id and m.begun_at < $1::bigint) returning id`,
    [now - LIVES.session],
  );
  const links = await db.rows(`delete from one_time_token where expires_at < now() returning id`);
  const limits = await db.rows(
    `delete from sign_in_limit where window_ends < $1::bigint returning key`,
    [now],
  );
  return { sessions: sessions.length, links: links.length, limits: limits.length };
}
