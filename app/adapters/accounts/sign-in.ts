import { no, ok, type Result } from "#app/domain/kernel/result.ts";
import type { AuditNote } from "#app/domain/people/audit.ts";
import type {
  Caller,
  Factor,
  Passed,
  SignIn,
  SignInProblem,
  Standing,
} from "#app/domain/people/sign-in.ts";
import { building } from "#db/building.ts";

import { headersOf } from "./cookies.ts";
import { donorLinksOver } from "./donor-links.ts";
import {
  confirmSecret,
  drawRecoveryCodes,
  hasFactor,
  recoveryCodesLeft,
  secretToSetUp,
  takeCode,
} from "./factors.ts";
import { countTry, forgetTries, LIMITS } from "./limits.ts";
import { type Parts, signInNote } from "./parts.ts";
import { passwordsOver } from "./passwords.ts";
import {
  type Current,
  currentSession,
  markSession,
  removeSession,
  sessionsOf,
} from "./sessions.ts";
import { factorUri } from "./totp.ts";

/** The steps of signing in, over better-auth and our own tables. */
export function signInOver(parts: Parts): SignIn {
  const note = (...what: Parameters<typeof signInNote>): Promise<void> =>
    parts.audit.add(signInNote(...what));
  const refused = (person: string | null, facts: AuditNote["facts"]) =>
    note("session.refused", person, facts, "refused");

  /** Count a try of a person's second factor; the time it takes is the same however it ends. */
  async function tryFactor(
    { person }: Current,
    method: Factor,
    code: string,
  ): Promise<Result<void, SignInProblem>> {
    const counted = [
      [LIMITS.factor, person],
      [LIMITS.factorDay, person],
    ] as const;
    const may = await countTry(parts, counted);
    if (!may.ok) {
      await refused(person, { reason: "too-many", step: method });
      return may;
    }
    if (!(await takeCode(parts, person, method, code))) {
      await refused(person, { reason: "wrong-code", step: method });
      return no({ code: "sign-in.wrong" });
    }
    await forgetTries(parts, counted);
    return ok(undefined);
  }

  /** A new session in place of the caller's, with the factor it has now shown. */
  async function stepUp(caller: Caller, current: Current, factor: Factor): Promise<Passed> {
    const { api } = await parts.library();
    const { headers, response } = await api.rotateSession({
      headers: headersOf(caller),
      returnHeaders: true,
    });
    const { begunBy, begunAt } = current;
    await markSession(parts, response, { begunBy, begunAt, factor, factorAt: parts.now() });
    await note("session.second-factor", current.person, { method: factor });
    return { cookies: parts.cookies.of(headers, current.locale), next: "office" };
  }

  async function standing(cookie: string | null): Promise<Standing> {
    const current = await currentSession(parts, cookie);
    if (!current) return { at: "nobody" };
    const { email } = current;
    if (current.begunBy === "link") return { at: "mine", email };
    if (current.factor !== null) return { at: "office", email };
    return { at: (await hasFactor(parts, current.person)) ? "second-step" : "set-up", email };
  }

  /** The caller's session between password and second factor. */
  async function halfWay(caller: Caller): Promise<Current | undefined> {
    const current = await currentSession(parts, caller.cookie);
    return current?.begunBy === "password" && current.factor === null ? current : undefined;
  }

  return {
    standing,

    async factorSecret(caller) {
      const current = await halfWay(caller);
      const secret = current && (await secretToSetUp(parts, current));
      if (!current || secret === undefined) return no({ code: "sign-in.over" });
      return ok({ secret, uri: factorUri(secret, current.email) });
    },

    async confirmFactor(caller, code) {
      const current = await halfWay(caller);
      if (!current) return no({ code: "sign-in.over" });
      const counted = [[LIMITS.factor, current.person]] as const;
      const may = await countTry(parts, counted);
      if (!may.ok) return may;
      if (!(await confirmSecret(parts, current, code))) return no({ code: "sign-in.wrong" });
      await forgetTries(parts, counted);
      const recoveryCodes = await drawRecoveryCodes(parts, current.person);
      await note("second-factor.set-up", current.person, { method: "totp" });
      return ok({ ...(await stepUp(caller, current, "totp")), recoveryCodes });
    },

    async withFactor(caller, { method, code }) {
      const current = await halfWay(caller);
      if (!current) return no({ code: "sign-in.over" });
      const shown = await tryFactor(current, method, code);
      if (!shown.ok) return shown;
      if (method === "recovery") {
        const left = await recoveryCodesLeft(parts, current.person);
        await note("recovery-code.used", current.person, { left });
      }
      return ok(await stepUp(caller, current, method));
    },

    async out(caller) {
      const current = await currentSession(parts, caller.cookie);
      if (!current) return [parts.cookies.forget()];
      await removeSession(parts, current.person, current.session);
      if (current.begunBy === "password")
        await note("session.ended", current.person, { by: "self" });
      return [parts.cookies.forget()];
    },

    async own(cookie) {
      const current = await currentSession(parts, cookie);
      if (!current || (current.begunBy === "password" && current.factor === null)) return undefined;
      const { name, email, locale } = current;
      return {
        name,
        email,
        locale,
        sessions: await sessionsOf(parts, current),
        recoveryCodesLeft: await recoveryCodesLeft(parts, current.person),
      };
    },

    async endSession(caller, session) {
      const current = await currentSession(parts, caller.cookie);
      if (!current || (current.begunBy === "password" && current.factor === null)) return false;
      const ended = await removeSession(parts, current.person, session);
      if (ended && current.begunBy === "password") {
        await note("session.ended", current.person, {
          by: "self",
          other: session !== current.session,
        });
      }
      return ended;
    },

    async newRecoveryCodes(caller, code) {
      const current = await currentSession(parts, caller.cookie);
      if (!current || current.factor === null) return no({ code: "sign-in.over" });
      const shown = await tryFactor(current, "totp", code);
      if (!shown.ok) return shown;
      const codes = await drawRecoveryCodes(parts, current.person);
      await note("second-factor.set-up", current.person, {
        method: "recovery",
        codes: codes.length,
      });
      return ok(codes);
    },

    async chooseLocale(caller, locale) {
      const current = await currentSession(parts, caller.cookie);
      if (current) {
        const { orm, t, op } = await building(parts.db);
        await orm
          .update(t.user)
          .set({ locale, updatedAt: op.sql`now()` })
          .where(op.eq(t.user.id, current.person));
      }
      return [parts.cookies.locale(locale)];
    },

    ...passwordsOver(parts),
    ...donorLinksOver(parts),
  };
}
