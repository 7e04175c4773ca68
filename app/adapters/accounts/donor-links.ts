import { no, ok } from "#app/domain/kernel/result.ts";
import type { SignIn } from "#app/domain/people/sign-in.ts";

import { headersOf } from "./cookies.ts";
import { countTry, fromCaller, LIMITS } from "./limits.ts";
import { isRefusal, type Parts } from "./parts.ts";
import { currentSession, markSession, removeSession } from "./sessions.ts";

/** Donors come by a link in a letter. They stand in no audit trail: they hold no office. */
export function donorLinksOver(
  parts: Parts,
): Pick<SignIn, "sendDonorLink" | "sendPromiseLink" | "withDonorLink"> {
  return {
    async sendPromiseLink(caller, email, promise) {
      const account = email.trim().toLowerCase();
      const may = await countTry(parts, [
        [LIMITS.letters, account],
        ...fromCaller(LIMITS.lettersFrom, caller.address),
      ]);
      if (!may.ok) return;
      const link = parts.promiseLink(promise.locale, promise.code, promise.mark);
      parts.behind(() => parts.mail.send(parts.letters.promiseLink(account, link, promise)));
    },

    async sendDonorLink(caller, email, locale) {
      const account = email.trim().toLowerCase();
      const may = await countTry(parts, [
        [LIMITS.letters, account],
        ...fromCaller(LIMITS.lettersFrom, caller.address),
      ]);
      if (!may.ok) return;
      parts.behind(async () => {
        const { api } = await parts.library();
        await api.signInMagicLink({
          body: { email: account, metadata: { locale } },
          headers: headersOf({ ...caller, cookie: null }),
        });
      });
    },

    async withDonorLink(caller, token) {
      const may = await countTry(parts, fromCaller(LIMITS.address, caller.address));
      if (!may.ok) return may;
      const { api } = await parts.library();
      const followed = await api
        .magicLinkVerify({
          query: { token },
          headers: headersOf({ ...caller, cookie: null }),
          returnHeaders: true,
        })
        .catch((error: unknown) => {
          if (isRefusal(error)) return undefined;
          throw error;
        });
      if (!followed) return no({ code: "sign-in.link-over" });
      const before = await currentSession(parts, caller.cookie);
      if (before) await removeSession(parts, before.person, before.session);
      await markSession(
        parts,
        { token: followed.response.token },
        { begunBy: "link", begunAt: parts.now(), factor: null, factorAt: null },
      );
      return ok({ cookies: parts.cookies.of(followed.headers, null), next: "mine" });
    },
  };
}
