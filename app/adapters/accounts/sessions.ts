import type { Seconds } from "#app/domain/kernel/calendar.ts";
import { CLOCK_LEEWAY, type Factor, LIVES, type SessionFile } from "#app/domain/people/sign-in.ts";
import { building } from "#db/building.ts";

import type { Parts } from "./parts.ts";

/** What a session has shown, by our own table. */
export interface Mark {
  readonly begunBy: "password" | "link";
  readonly begunAt: Seconds;
  readonly seenAt: Seconds;
  readonly factor: Factor | null;
  readonly factorAt: Seconds | null;
}

/** A session that is good now, and whose it is. */
export interface Current extends Mark {
  readonly session: string;
  readonly person: string;
  readonly name: string;
  readonly email: string;
  readonly locale: "vi" | "en" | null;
}

/** Longest cookie header in which a session is looked for: ours takes a few hundred signs, a browser's one cookie 4 KB. */
const LONGEST_COOKIES = 8_192;

/** How often the time of last use is written, seconds. */
const SEEN_EVERY = 60;

/** The session of a cookie; undefined: none, or one that is over. */
export async function currentSession(
  parts: Parts,
  cookie: string | null,
): Promise<Current | undefined> {
  if (cookie === null || cookie.length > LONGEST_COOKIES) return undefined;
  if (!cookie.includes(`${parts.cookies.session}=`)) return undefined;
  const { api } = await parts.library();
  const found = await api.getSession({
    headers: new Headers({ cookie }),
    query: { disableRefresh: true, disableCookieCache: true },
  });
  if (!found) return undefined;
  const { session, user } = found;
  const { orm, t, op } = await building(parts.db);
  const ours = op.eq(t.sessionMark.session, session.id);
  const [mark] = await orm
    .select()
    .from(t.sessionMark)
    .where(op.and(ours, op.eq(t.sessionMark.person, user.id)));
  const now = parts.now();
  if (!mark || !isGood(mark, now)) return undefined;
  if (now - mark.seenAt >= SEEN_EVERY) {
    await orm
      .update(t.sessionMark)
      .set({ seenAt: now })
      .where(op.and(ours, op.lt(t.sessionMark.seenAt, now)));
  }
  const locale = user.locale === "vi" || user.locale === "en" ? user.locale : null;
  const { name, email } = user;
  return { ...mark, session: session.id, person: user.id, name, email, locale };
}

/**
 * Whether a session is still good. One that was written by a clock ahead of ours is not: it would outlive its time. Until
 * the second factor is shown, a password holds for minutes.
 */
function isGood(mark: Mark, now: Seconds): boolean {
  const latest = Math.max(mark.begunAt, mark.seenAt, mark.factorAt ?? 0);
  if (latest > now + CLOCK_LEEWAY) return false;
  if (now - mark.begunAt >= LIVES.session) return false;
  if (mark.begunBy === "link") return true;
  if (mark.factor === null) return now - mark.begunAt < LIVES.firstStep;
  return now - mark.seenAt < LIVES.idle;
}

/** Write down what a new session has shown; without this it is good for nothing. */
export async function markSession(
  parts: Parts,
  session: { readonly id: string } | { readonly token: string },
  mark: Omit<Mark, "seenAt">,
): Promise<string> {
  const [row] = await parts.db.rows<{ session: string }>(
    `insert into session_mark (session, person, begun_by, begun_at, seen_at, factor, factor_at)
     select id, user_id, $2, $3::bigint, $4::bigint, $5, $6::bigint from session where ${"id" in session ? "id" : "token"} = $1
     returning session`,
    [
      "id" in session ? session.id : session.token,
      mark.begunBy,
      mark.begunAt,
      parts.now(),
      mark.factor,
      mark.factorAt,
    ],
  );
  if (!row) throw new Error("the new session is gone");
  return row.session;
}

/** The good sessions of a person, last used first. */
export async function sessionsOf(parts: Parts, current: Current): Promise<SessionFile[]> {
  const rows = await parts.db.rows<MarkRow & { id: string; device: string | null }>(
    `select s.id, s.user_agent as device, ${MARK} from session s join session_mark m on m.session = s.id
     where s.user_id = $1 order by m.seen_at desc, s.id`,
    [current.person],
  );
  const now = parts.now();
  return rows.flatMap((row) => {
    const mark = markOf(row);
    if (!isGood(mark, now)) return [];
    const { begunAt, seenAt, factor } = mark;
    const here = row.id === current.session;
    return [{ id: row.id, begunAt, seenAt, factor, here, device: row.device ?? "" }];
  });
}

/** End one session of a person. False: there is none of that id. */
export async function removeSession(parts: Parts, person: string, id: string): Promise<boolean> {
  const { orm, t, op } = await building(parts.db);
  const rows = await orm
    .delete(t.session)
    .where(op.and(op.eq(t.session.id, id), op.eq(t.session.userId, person)))
    .returning({ id: t.session.id });
  return rows.length > 0;
}

const MARK = `m.begun_by, m.begun_at, m.seen_at, m.factor, m.factor_at`;

interface MarkRow {
  begun_by: Mark["begunBy"];
  begun_at: bigint;
  seen_at: bigint;
  factor: Factor | null;
  factor_at: bigint | null;
}

function markOf(row: MarkRow): Mark {
  return {
    begunBy: row.begun_by,
    begunAt: Number(row.begun_at),
    seenAt: Number(row.seen_at),
    factor: row.factor,
    factorAt: row.factor_at === null ? null : Number(row.factor_at),
  };
}
