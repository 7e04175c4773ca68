import { readEmail } from "#app/domain/kernel/email.ts";
import { no, ok } from "#app/domain/kernel/result.ts";
import { type Enrolment, LIVES } from "#app/domain/people/sign-in.ts";
import { building } from "#db/building.ts";

import { encrypted, removeFactor } from "./factors.ts";
import type { Parts } from "./parts.ts";
import { makePasswordToken, voidLinks } from "./password-tokens.ts";

/** Giving people accounts; who may do so is asked before. */
export function enrolmentOver(parts: Parts): Enrolment {
  const { db } = parts;

  async function staff(person: string) {
    const { orm, t, op } = await building(db);
    const [found] = await orm
      .select({ email: t.user.email, locale: t.user.locale })
      .from(t.user)
      .where(op.and(op.eq(t.user.id, person), t.user.staff));
    return found && { email: found.email, locale: found.locale ?? ("vi" as const) };
  }

  /** The newest invitation is the only one: what was sent before is worth nothing first. */
  async function invitation(person: string): Promise<string> {
    await voidLinks(db, person);
    return makePasswordToken(parts, person, LIVES.invitation);
  }

  return {
    async enrol({ name, email, locale }) {
      const read = readEmail(email);
      if (!read.ok) return read;
      // A donor who comes to the office keeps the account: it gets a password by the invitation.
      const [row] = await db.rows<{ id: string }>(
        `insert into "user" (id, name, email, email_verified, staff, locale) values ($1, $2, $3, true, true, $4)
         on conflict (email) do update set staff = true, name = excluded.name, updated_at = now() where not "user".staff
         returning id`,
        [parts.newId(), name, read.value, locale],
      );
      return row ? ok({ id: row.id }) : no({ code: "people.email-taken" });
    },

    async inviteLink(person) {
      const found = await staff(person);
      if (!found) return undefined;
      const token = await invitation(person);
      return parts.linkTo("password", found.locale, token);
    },

    async invite(person) {
      const found = await staff(person);
      if (!found) return;
      const token = await invitation(person);
      const link = parts.linkTo("password", found.locale, token);
      await parts.mail.send(parts.letters.invitation(found.email, found.locale, link));
    },

    clearFactor: (person) => removeFactor(parts, person),
  };
}

/** Somebody invented, with a password and an authenticator secret that are printed. */
export interface DemonstrationPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** base32 */
  readonly secret: string;
}

/** Store demonstration people as if they had signed in once; whoever is there already stays. */
export async function storeDemonstration(
  parts: Parts,
  people: readonly DemonstrationPerson[],
): Promise<void> {
  const { hashPassword } = await import("./library.ts");
  for (const { id, name, email, password, secret } of people) {
    const [hash, sealed] = [await hashPassword(password), await encrypted(parts, secret)];
    await parts.db.begin(async (tx) => {
      const added = await tx.rows(
        `insert into "user" (id, name, email, email_verified, staff, demonstration, locale)
         values ($1, $2, $3, true, true, true, 'vi') on conflict do nothing returning id`,
        [id, name, email],
      );
      if (added.length === 0) return;
      const { orm, t } = await building(tx);
      await orm.insert(t.credential).values({
        id: `${id}-password`,
        accountId: id,
        providerId: "credential",
        userId: id,
        password: hash,
      });
      await tx.rows(
        `insert into second_factor (person, secret, confirmed_at) values ($1, $2, $3::bigint)`,
        [id, sealed, parts.now()],
      );
    });
  }
}
