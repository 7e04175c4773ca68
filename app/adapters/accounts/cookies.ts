import type { Caller } from "#app/domain/people/sign-in.ts";

/** The cookie of a session. The prefix binds it to this host, to https and to the whole site, whoever sets it. */
export const SESSION_COOKIE = "__Host-session";

/** The language of the office, kept where nobody is signed in. */
const LOCALE_COOKIE = "__Host-locale";
const YEAR = 31_536_000;
const ATTRIBUTES = "Path=/; HttpOnly; Secure; SameSite=Lax";

/** The cookie that remembers a language. */
export function localeCookie(locale: "vi" | "en"): string {
  return `${LOCALE_COOKIE}=${locale}; Max-Age=${YEAR}; ${ATTRIBUTES}`;
}

/** The language a cookie header remembers. */
export function localeOfCookie(cookie: string | null): "vi" | "en" | undefined {
  const found = cookie === null ? null : /(?:^|;\s*)__Host-locale=(vi|en)(?:;|$)/.exec(cookie);
  return found?.[1] as "vi" | "en" | undefined;
}

/** The cookie that forgets a session. */
export function forgetCookie(): string {
  return `${SESSION_COOKIE}=; Max-Age=0; ${ATTRIBUTES}`;
}

/** What the library is told of a caller: the cookie, and the browser for the list of sessions. Never the address. */
export function headersOf({ cookie, device }: Caller): Headers {
  const headers = new Headers();
  if (cookie !== null) headers.set("cookie", cookie);
  if (device !== "") headers.set("user-agent", device);
  return headers;
}

/** The cookies of a library's answer, and the person's language for pages before the next sign-in. */
export function cookiesOf(headers: Headers, locale: "vi" | "en" | null): string[] {
  return [...headers.getSetCookie(), ...(locale === null ? [] : [localeCookie(locale)])];
}
