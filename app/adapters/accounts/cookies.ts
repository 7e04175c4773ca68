import type { Caller } from "#app/domain/people/sign-in.ts";

const YEAR = 31_536_000;

/** The cookies of sign-in: their names, and the lines that set them. */
export interface SessionCookies {
  /** Name of the cookie of a session. */
  readonly session: string;
  /** Before the names of all of them. */
  readonly prefix: string;
  readonly secure: boolean;
  /** Remembers the language of the office where nobody is signed in. */
  locale(locale: "vi" | "en"): string;
  /** The language that a cookie header remembers. */
  localeOf(cookie: string | null): "vi" | "en" | undefined;
  /** Forgets a session. */
  forget(): string;
  /** The cookies of a library's answer, and the person's language for pages before the next sign-in. */
  of(headers: Headers, locale: "vi" | "en" | null): string[];
}

/**
 * Cookies whose prefix binds them to this host, to https and to the whole site, whoever sets them. `plain`, for the
 * demonstration over http alone: WebKit takes no `Secure` cookie there, and Chromium before 104 no `__Host-`
 * (docs/stack.md, WebKit).
 */
export function sessionCookies(plain: boolean): SessionCookies {
  const prefix = plain ? "demo-" : "__Host-";
  const attributes = `Path=/; HttpOnly; ${plain ? "" : "Secure; "}SameSite=Lax`;
  const session = `${prefix}session`;
  const remembered = plain
    ? /(?:^|;\s*)demo-locale=(vi|en)(?:;|$)/
    : /(?:^|;\s*)__Host-locale=(vi|en)(?:;|$)/;
  const locale = (one: "vi" | "en") => `${prefix}locale=${one}; Max-Age=${YEAR}; ${attributes}`;
  return {
    session,
    prefix,
    secure: !plain,
    locale,
    localeOf(cookie) {
      const found = cookie === null ? null : remembered.exec(cookie);
      return found?.[1] as "vi" | "en" | undefined;
    },
    forget: () => `${session}=; Max-Age=0; ${attributes}`,
    of: (headers, own) => [...headers.getSetCookie(), ...(own === null ? [] : [locale(own)])],
  };
}

/** What the library is told of a caller: the cookie, and the browser for the list of sessions. Never the address. */
export function headersOf({ cookie, device }: Caller): Headers {
  const headers = new Headers();
  if (cookie !== null) headers.set("cookie", cookie);
  if (device !== "") headers.set("user-agent", device);
  return headers;
}
