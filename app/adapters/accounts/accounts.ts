import { setTimeout as afterOthers } from "node:timers/promises";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import type { Accounts } from "#app/domain/people/ports.ts";

import { sessionCookies } from "./cookies.ts";
import { type DemonstrationPerson, enrolmentOver, storeDemonstration } from "./enrol.ts";
import { donorGiftsOver } from "./gifts.ts";
import type { Library } from "./library.ts";
import type { AccountsOptions, Parts } from "./parts.ts";
import { currentSession } from "./sessions.ts";
import { signInOver } from "./sign-in.ts";

/** Accounts with what has to be ended, and what only a seed may do. */
export interface OpenAccounts extends Accounts {
  /** People of the demonstration, with printed passwords. */
  storeDemonstration(people: readonly DemonstrationPerson[]): Promise<void>;
  /** Load what signs people in, so that the first who does, or a stranger's cookie, makes nobody wait for it. */
  load(): Promise<void>;
  /** Wait for letters that are under way. */
  stop(): Promise<void>;
}

/** Milliseconds. */
const BETWEEN_PIECES = 100;

/** What the library is made of, each before what needs it: all at once takes a third of a second, in which nobody is answered. */
const PIECES: readonly (() => Promise<unknown>)[] = [
  () => import("drizzle-orm/sql"),
  () => import("drizzle-orm"),
  () => import("drizzle-orm/pg-core"),
  () => import("better-auth/cookies"),
  () => import("better-auth/api"),
  () => import("better-auth/plugins/magic-link"),
  () => import("better-auth/minimal"),
  () => import("better-auth/adapters/drizzle"),
];

/** Sign-in over better-auth and our own tables. Cheap to make: the library is loaded when it is wanted. */
export function openAccounts(options: AccountsOptions): OpenAccounts {
  const underWay = new Set<Promise<void>>();
  let library: Promise<Library> | undefined;
  let stopped = false;
  const cookies = sessionCookies(options.plainCookies === true);
  const parts: Parts = {
    ...options,
    cookies,
    library() {
      library ??= import("./library.ts").then(({ openLibrary }) =>
        openLibrary({
          ...options,
          cookies,
          sendDonorLink: (email, token, locale) =>
            options.mail.send(
              options.letters.donorLink(email, locale, options.linkTo("donor", locale, token)),
            ),
        }),
      );
      return library;
    },
    behind(work) {
      const going = work()
        .catch(options.onTrouble)
        .finally(() => underWay.delete(going));
      underWay.add(going);
    },
  };

  return {
    signIn: signInOver(parts),
    enrolment: enrolmentOver(parts),
    donorGifts: donorGiftsOver(parts),

    async visitor(cookie) {
      const current = await currentSession(parts, cookie);
      if (!current) return { person: undefined, locale: parts.cookies.localeOf(cookie) };
      const grants = await parts.grantsOf(current.person, dayOf(parts.now()));
      return {
        person: {
          id: current.person,
          name: current.name,
          grants: current.begunBy === "password" ? grants : [],
          secondFactor: current.factor !== null,
        },
        locale: current.locale ?? parts.cookies.localeOf(cookie),
      };
    },

    storeDemonstration: (people) => storeDemonstration(parts, people),
    async load() {
      for (const piece of PIECES) {
        await afterOthers(BETWEEN_PIECES, undefined, { ref: false });
        if (stopped) return;
        await piece();
      }
      await parts.library();
    },
    async stop() {
      stopped = true;
      await Promise.all(underWay);
    },
  };
}

/** Whether a database holds demonstration people, whose passwords everybody can read. */
export async function holdsDemonstrationPeople(
  db: Pick<AccountsOptions["db"], "rows">,
): Promise<boolean> {
  const rows = await db.rows(`select 1 from "user" where demonstration limit 1`);
  return rows.length > 0;
}
