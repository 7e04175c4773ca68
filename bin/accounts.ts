import { openAccounts, type OpenAccounts } from "#app/adapters/accounts/accounts.ts";
import type { Environment } from "#app/adapters/environment.ts";
import { letters } from "#app/adapters/mail/letters.ts";
import { newId } from "#app/adapters/randomness.ts";
import type { Mail } from "#app/domain/letters/ports.ts";
import { pathTo } from "#app/i18n/paths.ts";
import type { Database } from "#db/client.ts";
import { auditStore } from "#db/stores/audit.ts";
import { peopleStore } from "#db/stores/people.ts";

/** What sign-in is wired from. */
export interface AccountsWiring {
  readonly db: Database;
  readonly environment: Pick<Environment, "ACCOUNTS_SECRET" | "DEMO" | "live">;
  /** The site as browsers see it, without a closing slash: letters link there. */
  readonly address: string;
  readonly mail: Mail;
  readonly now: () => number;
  onTrouble(error: unknown): void;
}

/** Sign-in as the environment sets it up, over the whole database. */
export function accountsOf(wiring: AccountsWiring): OpenAccounts {
  const { db, environment, address, mail, now, onTrouble } = wiring;
  return openAccounts({
    db,
    now,
    newId,
    address,
    onTrouble,
    // A live site never; nor a demonstration that is reached by https.
    plainCookies: !environment.live && environment.DEMO && address.startsWith("http:"),
    secret: environment.ACCOUNTS_SECRET,
    mail,
    letters,
    audit: auditStore(db, now),
    grantsOf: (person, day) => peopleStore(db).grantsOf(person, day),
    linkTo(page, locale, token) {
      const path = pathTo(locale, page === "donor" ? "donorLink" : "newPassword");
      return `${address}${path}?${new URLSearchParams({ token }).toString()}`;
    },
    promiseLink: (locale, code, mark) =>
      `${address}${pathTo(locale, "pledge", { code })}?${new URLSearchParams({ letter: mark }).toString()}`,
  });
}
