import { no, ok } from "#app/domain/kernel/result.ts";
import { fitPassword } from "#app/domain/people/password.ts";
import { LIVES, type SignIn } from "#app/domain/people/sign-in.ts";
import { building } from "#db/building.ts";

import { headersOf } from "./cookies.ts";
import { hasFactor } from "./factors.ts";
import {
  countTry,
  forgetTries,
  fromCaller,
  isKnownPlace,
  LIMITS,
  placeOf,
  rememberPlace,
} from "./limits.ts";
import { isRefusal, type Parts, signInNote } from "./parts.ts";
import { makePasswordToken, personOfToken } from "./password-tokens.ts";
import { currentSession, markSession, removeSession } from "./sessions.ts";

type Passwords = Pick<
  SignIn,
  "withPassword" | "sendPasswordLink" | "setPassword" | "changePassword"
>;

/** Signing in with a password, and everything that changes one. */
export function passwordsOver(parts: Parts): Passwords {
  const { audit, db } = parts;

  return {
    async withPassword(caller, { email, password }) {
      const account = email.trim().toLowerCase();
      const place = placeOf(account, caller.address);
      const here = [LIMITS.here, place] as const;
      const everywhere = [LIMITS.account, account] as const;
      const knownPlace = await isKnownPlace(parts, place);
      const may = await countTry(parts, [
        here,
        ...(knownPlace ? [] : [everywhere]),
        ...fromCaller(LIMITS.address, caller.address),
      ]);
      // Asked in any case: what is done for an address that nobody has is what is done for one that somebody has.
      const { orm, t, op } = await building(db);
      const [known] = await orm
        .select({ id: t.user.id, locale: t.user.locale })
        .from(t.user)
        .where(op.eq(t.user.email, account));
      const refused = (reason: string) =>
        audit.add(signInNote("session.refused", known?.id ?? null, { reason }, "refused"));
      if (!may.ok) {
        await refused("too-many");
        return may;
      }
      const { api } = await parts.library();
      const signedIn = await api
        .signInEmail({
          body: { email: account, password },
          headers: headersOf({ ...caller, cookie: null }),
          returnHeaders: true,
        })
        .catch((error: unknown) => {
          if (isRefusal(error)) return undefined;
          throw error;
        });
      if (!signedIn || !known) {
        await refused("wrong-password");
        return no({ code: "sign-in.wrong" });
      }
      // The session of this browser before, whosever it was, is worth nothing any more.
      const before = await currentSession(parts, caller.cookie);
      if (before) await removeSession(parts, before.person, before.session);
      await forgetTries(parts, [here, everywhere]);
      await rememberPlace(parts, place);
      const { headers, response } = signedIn;
      await markSession(
        parts,
        { token: response.token },
        { begunBy: "password", begunAt: parts.now(), factor: null, factorAt: null },
      );
      await audit.add(signInNote("session.begun", known.id, { by: "password" }));
      const next = (await hasFactor(parts, known.id)) ? "second-step" : "set-up";
      return ok({ cookies: parts.cookies.of(headers, known.locale), next });
    },

    async sendPasswordLink(caller, email, locale) {
      const account = email.trim().toLowerCase();
      const may = await countTry(parts, [
        [LIMITS.letters, account],
        ...fromCaller(LIMITS.lettersFrom, caller.address),
      ]);
      if (!may.ok) return;
      parts.behind(async () => {
        const { orm, t, op } = await building(db);
        const [known] = await orm
          .select({ id: t.user.id })
          .from(t.user)
          .where(op.and(op.eq(t.user.email, account), t.user.staff));
        if (!known) return;
        const token = await makePasswordToken(parts, known.id, LIVES.passwordLink);
        const link = parts.linkTo("password", locale, token);
        await parts.mail.send(parts.letters.passwordLink(account, locale, link));
      });
    },

    async setPassword(caller, { token, password }) {
      const may = await countTry(parts, fromCaller(LIMITS.address, caller.address));
      if (!may.ok) return may;
      const person = await personOfToken(parts, token);
      if (!person) return no({ code: "sign-in.link-over" });
      const fit = fitPassword(password, [person.name, person.email]);
      if (!fit.ok) return fit;
      const { api } = await parts.library();
      try {
        await api.resetPassword({ body: { newPassword: password, token } });
      } catch (error) {
        if (!isRefusal(error)) throw error;
        return no({ code: "sign-in.link-over" });
      }
      // Strangers' tries may bar an account from new places; whoever holds its letters is no stranger here.
      const place = placeOf(person.email, caller.address);
      await rememberPlace(parts, place);
      await forgetTries(parts, [[LIMITS.here, place]]);
      await audit.add(signInNote("password.changed", person.id, { by: "link" }));
      return ok(undefined);
    },

    async changePassword(caller, { current: old, password }) {
      const current = await currentSession(parts, caller.cookie);
      if (!current || current.factor === null) return no({ code: "sign-in.over" });
      const counted = [[LIMITS.here, `change\n${current.person}`]] as const;
      const may = await countTry(parts, counted);
      if (!may.ok) return may;
      const fit = fitPassword(password, [current.name, current.email]);
      if (!fit.ok) return fit;
      const { api } = await parts.library();
      const changed = await api
        .changePassword({
          body: { currentPassword: old, newPassword: password, revokeOtherSessions: true },
          headers: headersOf(caller),
          returnHeaders: true,
        })
        .catch((error: unknown) => {
          if (isRefusal(error)) return undefined;
          throw error;
        });
      const token = changed?.response.token;
      if (!changed || !token) {
        await audit.add(
          signInNote("session.refused", current.person, { reason: "wrong-password" }, "refused"),
        );
        return no({ code: "sign-in.wrong" });
      }
      await forgetTries(parts, counted);
      const { begunBy, begunAt, factor, factorAt } = current;
      await markSession(parts, { token }, { begunBy, begunAt, factor, factorAt });
      await audit.add(signInNote("password.changed", current.person, { by: "self" }));
      return ok({ cookies: parts.cookies.of(changed.headers, current.locale), next: "office" });
    },
  };
}
