import { callerNames, WIDE_FACTOR } from "#app/domain/kernel/caller.ts";
import { no, ok, type Result } from "#app/domain/kernel/result.ts";
import { KNOWN_PLACE_LIVES, type Limit, LIMITS } from "#app/domain/people/sign-in-limits.ts";
import type { SignInProblem } from "#app/domain/people/sign-in.ts";

import { building } from "#db/building.ts";

import { keyed, type Parts } from "./parts.ts";

export { LIMITS };

/** A limit that goes by where somebody is, and the same for the network around them, wider. */
export function fromCaller(limit: Limit, address: string): Counted {
  const { one, wide } = callerNames(address);
  if (wide === undefined) return [[limit, one]];
  return [
    [limit, one],
    [{ ...limit, name: `${limit.name}-wide`, tries: limit.tries * WIDE_FACTOR }, wide],
  ];
}

/** An account at the place somebody asks from. */
export function placeOf(account: string, address: string): string {
  return `${account}\n${callerNames(address).one}`;
}

type TooMany = Extract<SignInProblem, { code: "sign-in.too-many" }>;
type Counted = readonly (readonly [limit: Limit, what: string])[];

/** Count a try against each limit, before it is made; refused when one of them was used up. */
export async function countTry(parts: Parts, counted: Counted): Promise<Result<void, TooMany>> {
  const now = parts.now();
  let wait = 0;
  for (const [limit, what] of counted) {
    // A window that ends later than one begun now was written by a clock that ran ahead.
    const [row] = await parts.db.rows<{ used: number; window_ends: bigint }>(
      `insert into sign_in_limit as l (key, used, window_ends) values ($1, 1, $2::bigint + $3::bigint)
       on conflict (key) do update set
         used = case when l.window_ends <= $2::bigint or l.window_ends > $2::bigint + $3::bigint then 1 else l.used + 1 end,
         window_ends = case when l.window_ends <= $2::bigint or l.window_ends > $2::bigint + $3::bigint
           then $2::bigint + $3::bigint else l.window_ends end
       returning used, window_ends`,
      [keyOf(parts, limit, what), now, limit.seconds],
    );
    if (row && row.used > limit.tries) wait = Math.max(wait, Number(row.window_ends) - now);
  }
  return wait > 0 ? no({ code: "sign-in.too-many", minutes: Math.ceil(wait / 60) }) : ok(undefined);
}

/** Forget what was counted: whoever it was has shown who they are. */
export async function forgetTries(parts: Parts, counted: Counted): Promise<void> {
  const keys = counted.map(([limit, what]) => keyOf(parts, limit, what));
  const { orm, t, op } = await building(parts.db);
  const { key, windowEnds } = t.signInLimit;
  await orm
    .delete(t.signInLimit)
    .where(op.or(op.inArray(key, keys), op.lt(windowEnds, parts.now())));
}

const KNOWN: Limit = { name: "known", tries: 0, seconds: KNOWN_PLACE_LIVES };

/** Remember that an account signed in from here; kept as a keyed hash of both, as every limit is. */
export async function rememberPlace(parts: Parts, what: string): Promise<void> {
  const { orm, t } = await building(parts.db);
  const windowEnds = parts.now() + KNOWN_PLACE_LIVES;
  await orm
    .insert(t.signInLimit)
    .values({ key: keyOf(parts, KNOWN, what), used: 1, windowEnds })
    .onConflictDoUpdate({ target: t.signInLimit.key, set: { windowEnds } });
}

/** Whether an account signed in from here lately. */
export async function isKnownPlace(parts: Parts, what: string): Promise<boolean> {
  const { orm, t, op } = await building(parts.db);
  const { key, windowEnds } = t.signInLimit;
  const known = op.and(op.eq(key, keyOf(parts, KNOWN, what)), op.gt(windowEnds, parts.now()));
  return (await orm.$count(t.signInLimit, known)) > 0;
}

function keyOf(parts: Parts, limit: Limit, what: string): string {
  return `${limit.name}:${keyed(parts.secret, `limit ${limit.name}`, what)}`;
}
