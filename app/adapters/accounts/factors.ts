import { randomBytes } from "node:crypto";

import type { Factor } from "#app/domain/people/sign-in.ts";
import { building } from "#db/building.ts";

import { keyed, type Parts } from "./parts.ts";
import { voidLinks } from "./password-tokens.ts";
import { base32, stepOf } from "./totp.ts";

/** Recovery codes a person is given at once. */
const RECOVERY_CODES = 10;

/** Bytes of a secret that authenticator apps share (RFC 4226, section 4: 160 bits). */
const SECRET_BYTES = 20;

/** Whether a person has set up an authenticator app. */
export async function hasFactor({ db }: Parts, person: string): Promise<boolean> {
  const { orm, t, op } = await building(db);
  const factor = t.secondFactor;
  return (
    (await orm.$count(
      factor,
      op.and(op.eq(factor.person, person), op.isNotNull(factor.confirmedAt)),
    )) > 0
  );
}

/** Whose session sets a factor up. */
interface SettingUp {
  readonly person: string;
  readonly session: string;
}

/**
 * The secret that a session may set up; undefined: one is confirmed already. Nothing is stored before it is confirmed, as
 * looking at a page changes nothing: it follows from the session and the site's own secret.
 */
export async function secretToSetUp(parts: Parts, by: SettingUp): Promise<string | undefined> {
  return (await hasFactor(parts, by.person)) ? undefined : secretOf(parts, by);
}

function secretOf(parts: Parts, { person, session }: SettingUp): string {
  const bytes = Buffer.from(keyed(parts.secret, `set up ${person}`, session), "base64url");
  return base32(bytes.subarray(0, SECRET_BYTES));
}

/** Store the secret that a session sets up, by a code of it; false: a wrong code, or one is confirmed already. */
export async function confirmSecret(parts: Parts, by: SettingUp, code: string): Promise<boolean> {
  const secret = secretOf(parts, by);
  const step = stepOf(secret, code, parts.now());
  if (step === undefined) return false;
  const stored = await encrypted(parts, secret);
  return parts.db.begin(async (tx) => {
    const { orm, t, op } = await building(tx);
    const mine = op.and(
      op.eq(t.secondFactor.person, by.person),
      op.isNull(t.secondFactor.confirmedAt),
    );
    // Until November 2026 a secret was stored when its page was looked at.
    await orm.delete(t.secondFactor).where(mine);
    // Drizzle names every column of a table; the site may add these alone (`db/rights.ts`).
    await tx.rows(
      `insert into second_factor (person, secret) values ($1, $2) on conflict (person) do nothing`,
      [by.person, stored],
    );
    const rows = await orm
      .update(t.secondFactor)
      .set({ confirmedAt: parts.now(), lastStep: step })
      .where(op.and(mine, op.eq(t.secondFactor.secret, stored)))
      .returning({ person: t.secondFactor.person });
    return rows.length > 0;
  });
}

/** Take a code, once: two requests with the same code are not both let in. */
export async function takeCode(
  parts: Parts,
  person: string,
  method: Factor,
  code: string,
): Promise<boolean> {
  if (method === "recovery") return takeRecoveryCode(parts, person, code);
  const { orm, t, op } = await building(parts.db);
  const factor = t.secondFactor;
  const [row] = await orm.select().from(t.secondFactor).where(op.eq(factor.person, person));
  if (!row || row.confirmedAt === null) return false;
  const step = stepOf(await decrypted(parts, row.secret), code, parts.now());
  if (step === undefined) return false;
  const rows = await orm
    .update(t.secondFactor)
    .set({ lastStep: step })
    .where(op.and(op.eq(factor.person, person), op.lt(factor.lastStep, step)))
    .returning({ person: factor.person });
  return rows.length > 0;
}

async function takeRecoveryCode(parts: Parts, person: string, code: string): Promise<boolean> {
  const { orm, t, op } = await building(parts.db);
  const { digest, usedAt, person: owner } = t.recoveryCode;
  const asked = op.and(op.eq(owner, person), op.eq(digest, digestOf(parts, person, code)));
  const rows = await orm
    .update(t.recoveryCode)
    .set({ usedAt: parts.now() })
    .where(op.and(asked, op.isNull(usedAt)))
    .returning({ person: owner });
  return rows.length > 0;
}

/** New recovery codes in place of all earlier ones; they are known to nobody after this. */
export async function drawRecoveryCodes(parts: Parts, person: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => {
    const signs = base32(randomBytes(7)).toLowerCase().slice(0, 10);
    return `${signs.slice(0, 5)}-${signs.slice(5)}`;
  });
  const digests = codes.map((code) => digestOf(parts, person, code));
  await parts.db.begin(async (tx) => {
    const { orm, t, op } = await building(tx);
    await orm.delete(t.recoveryCode).where(op.eq(t.recoveryCode.person, person));
    // Drizzle names every column of a table; the site may add these alone (`db/rights.ts`).
    await tx.rows(`insert into recovery_code (person, digest) select $1, unnest($2::text[])`, [
      person,
      digests,
    ]);
  });
  return codes;
}

/** Recovery codes that were not used yet. */
export async function recoveryCodesLeft({ db }: Parts, person: string): Promise<number> {
  const { orm, t, op } = await building(db);
  const { person: owner, usedAt } = t.recoveryCode;
  return orm.$count(t.recoveryCode, op.and(op.eq(owner, person), op.isNull(usedAt)));
}

/** Take the second factor away, with its recovery codes; end what was signed in with it, and the links that were sent. */
export async function removeFactor(parts: Parts, person: string): Promise<void> {
  await parts.db.begin(async (tx) => {
    await voidLinks(tx, person);
    const { orm, t, op } = await building(tx);
    await orm.delete(t.session).where(op.eq(t.session.userId, person));
    await orm.delete(t.recoveryCode).where(op.eq(t.recoveryCode.person, person));
    await orm.delete(t.secondFactor).where(op.eq(t.secondFactor.person, person));
  });
}

/** A secret as it is stored. */
export async function encrypted(parts: Parts, secret: string): Promise<string> {
  const { symmetricEncrypt } = await import("./library.ts");
  return symmetricEncrypt({ key: parts.secret, data: secret });
}

async function decrypted(parts: Parts, stored: string): Promise<string> {
  const { symmetricDecrypt } = await import("./library.ts");
  return symmetricDecrypt({ key: parts.secret, data: stored });
}

/** People type them with blanks, in capitals, without the dash. */
function digestOf(parts: Parts, person: string, code: string): string {
  return keyed(parts.secret, `recovery ${person}`, code.toLowerCase().replace(/[^a-z2-7]/g, ""));
}
