import { createAuthEndpoint, sessionMiddleware } from "better-auth/api";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { setSessionCookie } from "better-auth/cookies";
import { betterAuth } from "better-auth/minimal";
import { magicLink } from "better-auth/plugins/magic-link";

import { PASSWORD_LENGTH } from "#app/domain/people/password.ts";
import { LIVES } from "#app/domain/people/sign-in.ts";
import type { Database } from "#db/client.ts";
import { credential, oneTimeToken, session, user } from "#db/schema/accounts.ts";

import type { SessionCookies } from "./cookies.ts";

export { hashPassword, symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";

/** What the library is set up with. */
export interface LibraryOptions {
  readonly db: Database;
  readonly secret: string;
  /** The site as browsers see it, without a closing slash. */
  readonly address: string;
  readonly cookies: Pick<SessionCookies, "session" | "prefix" | "secure">;
  newId(): string;
  /** Send a donor's link. */
  sendDonorLink(email: string, token: string, locale: "vi" | "en"): Promise<void>;
}

export type Library = Awaited<ReturnType<typeof openLibrary>>;

/**
 * better-auth as we use it: passwords (scrypt), sessions with signed cookies, one-time links, password links. Its HTTP
 * handler is mounted nowhere: only our own actions call it. The second factor is ours (`docs/decisions`), as the library
 * neither refuses a code's second use nor asks for a factor on every way a session is made.
 */
export async function openLibrary(options: LibraryOptions) {
  const orm = await options.db.orm();
  return betterAuth({
    appName: "Kết Nghĩa",
    baseURL: options.address,
    secret: options.secret,
    logger: { disabled: true },
    telemetry: { enabled: false },
    // Ours are stored (`limits.ts`); the library's stand before its HTTP handler only.
    rateLimit: { enabled: false },
    database: drizzleAdapter(orm, {
      provider: "pg",
      schema: { user, session, account: credential, verification: oneTimeToken },
      transaction: true,
    }),
    user: {
      additionalFields: {
        staff: { type: "boolean", required: true, defaultValue: false, input: false },
        demonstration: { type: "boolean", required: true, defaultValue: false, input: false },
        locale: { type: "string", required: false, input: false },
      },
    },
    session: { expiresIn: LIVES.session, disableSessionRefresh: true },
    verification: { storeIdentifier: "hashed" },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.least,
      maxPasswordLength: PASSWORD_LENGTH.most,
      revokeSessionsOnPasswordReset: true,
    },
    plugins: [
      magicLink({
        expiresIn: LIVES.donorLink,
        storeToken: "hashed",
        sendMagicLink: ({ email, token, metadata }) =>
          options.sendDonorLink(email, token, metadata?.["locale"] === "en" ? "en" : "vi"),
      }),
      { id: "rotation", endpoints: { rotateSession } },
    ],
    advanced: {
      database: { generateId: () => options.newId() },
      // The prefix `__Host-` is part of the name, which the library would put its own before.
      useSecureCookies: false,
      cookiePrefix: `${options.cookies.prefix}auth`,
      defaultCookieAttributes: {
        secure: options.cookies.secure,
        httpOnly: true,
        sameSite: "lax",
        path: "/",
      },
      cookies: { session_token: { name: options.cookies.session } },
      // An address says where somebody is; limits keep a keyed hash of it, sessions nothing.
      ipAddress: { disableIpTracking: true },
    },
  });
}

/** A new session in place of the caller's, under a new cookie: what was known of the old one is worth nothing. */
const rotateSession = createAuthEndpoint.serverOnly(
  { method: "POST", requireHeaders: true, use: [sessionMiddleware] },
  async (ctx) => {
    const { session: old, user: owner } = ctx.context.session;
    const fresh = await ctx.context.internalAdapter.createSession(owner.id);
    await setSessionCookie(ctx, { session: fresh, user: owner });
    await ctx.context.internalAdapter.deleteSession(old.token);
    return ctx.json({ id: fresh.id });
  },
);
