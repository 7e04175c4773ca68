import { randomBytes } from "node:crypto";

import { building } from "#db/building.ts";
import type { Db } from "#db/client.ts";

import type { Parts } from "./parts.ts";

/** Under this name the library looks for what `resetPassword` is given. */
const NAME = "reset-password:";

/** A token that sets the password of a person once, within `lives` seconds. Only its hash is stored. */
export async function makePasswordToken(
  parts: Parts,
  person: string,
  lives: number,
): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  const { internalAdapter } = await (await parts.library()).$context;
  await internalAdapter.createVerificationValue({
    identifier: NAME + token,
    value: person,
    expiresAt: new Date(Date.now() + lives * 1000),
  });
  return token;
}

/**
 * Make every link of a person worth nothing: of passwords, and a donor's. Whatever changes how somebody signs in does so by
 * the table's own trigger; an invitation and a factor that is cleared ask for it.
 */
export async function voidLinks(db: Pick<Db, "rows">, person: string): Promise<void> {
  await db.rows(
    `delete from one_time_token t
      where t.value = $1
         or case when left(t.value, 1) = '{' then t.value::jsonb ->> 'email' end
            in (select u.email from "user" u where u.id = $1)`,
    [person],
  );
}

/** Whose password a token may set; undefined when it is used, over or none. It stays good. */
export async function personOfToken(
  parts: Parts,
  token: string,
): Promise<{ readonly id: string; readonly name: string; readonly email: string } | undefined> {
  const { internalAdapter } = await (await parts.library()).$context;
  const found = await internalAdapter.findVerificationValue(NAME + token);
  if (!found || found.expiresAt < new Date()) return undefined;
  const { orm, t, op } = await building(parts.db);
  const { id, name, email, staff } = t.user;
  const [person] = await orm
    .select({ id, name, email })
    .from(t.user)
    .where(op.and(op.eq(id, found.value), staff));
  return person;
}
