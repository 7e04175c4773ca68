/**
 * `node bin/grant.ts administrator --name NAME --email ADDRESS [--organisation ID]`: the first administrator and the first
 * committee leader, whom nobody could propose or approve. Works as the owner of the tables: the site's own role can give
 * no role so (`0017_guards.sql`). Prints a link that sets the password, once, within three days.
 */
import { own } from "#app/domain/kernel/own.ts";
import { parseArgs } from "node:util";

import { createLog } from "#app/front/log.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { FIRST_ROLES, firstGrant, type FirstRole } from "#app/domain/people/first-grant.ts";
import { pendingMigrations } from "#db/migrate.ts";
import { markLive } from "#db/stores/content-version.ts";

import { compose } from "./compose.ts";
import { configuredEnvironment, openConfigured, stop } from "./configured.ts";

const USAGE = `Usage: node bin/grant.ts ROLE --name NAME --email ADDRESS --organisation ID [--language vi|en]
                         [--force-recovery --note WHY]

  ROLE              ${FIRST_ROLES.join(" or ")}
  --organisation    id of an organisation in force, such as dan-toc-da-nang (npm run db:plan loads those of the plan)
  --force-recovery  although somebody holds the role: when nobody can sign in any more. --note says why, 3 to 80 signs;
                    it stands in the audit trail

The password is set by the link that is printed. Nothing secret is taken from the command line.
`;

interface Wish {
  readonly role: FirstRole;
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  readonly locale: "vi" | "en";
  readonly recovery: string | undefined;
}

/** What the command line asks for. */
function wishes(): Wish {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        name: { type: "string" },
        email: { type: "string" },
        organisation: { type: "string" },
        language: { type: "string", default: "vi" },
        "force-recovery": { type: "boolean", default: false },
        note: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    const { name, email, organisation, language, note } = values;
    const role = FIRST_ROLES.find((one) => one === positionals[0]);
    if (values.help || !role || !name || !email || !organisation) return stop(USAGE);
    if (language !== "vi" && language !== "en") return stop(USAGE);
    const recovers = values["force-recovery"];
    if (recovers !== (note !== undefined))
      return stop(`--force-recovery and --note go together.\n`);
    if (note !== undefined && !/^[\p{L}\p{N} .,/:()-]{3,80}$/u.test(note)) {
      return stop(`--note takes 3 to 80 letters, digits and simple signs.\n`);
    }
    return { role, name, email, organisation, locale: language, recovery: note };
  } catch (error) {
    return stop(`${(error as Error).message}\n\n${USAGE}`);
  }
}

const wish = wishes();
const environment = configuredEnvironment();
const db = await openConfigured(environment, "owner");
try {
  const pending = await pendingMigrations(db);
  if (pending.length > 0) stop(`The tables are not up to date: run npm run db:migrate first.\n`);
  const log = createLog({ level: "warn", process: "grant" });
  const composed = await compose({ db, environment, log });
  try {
    const { services } = composed;
    const held = await services.people.holders(wish.role, dayOf(services.now()));
    if (held.length > 0 && wish.recovery === undefined) refuse("grant.held-already");
    // Before an account is made for somebody who then gets no role.
    if (!(await services.people.organisation(wish.organisation))) {
      refuse("grant.unknown-organisation");
    }
    const person = await personOf(services);
    const granted = await firstGrant(services, { ...wish, id: services.newId(), person });
    if (!granted.ok) refuse(granted.problem.code);
    if (environment.live) await markLive(db);
    const link = await services.accounts.enrolment.inviteLink(person);
    console.log(`${wish.name} <${wish.email}> is ${wish.role} in ${wish.organisation}.`);
    console.log(
      `Set the password within three days, once, and then the second factor:\n${link ?? ""}`,
    );
  } finally {
    await composed.stop();
  }
} finally {
  await db.close();
}

/** The account: a new one, or the one of staff who has this address already. */
async function personOf({ accounts, people }: Awaited<ReturnType<typeof compose>>["services"]) {
  const { name, email, locale } = wish;
  const enrolled = await accounts.enrolment.enrol({ name, email, locale });
  if (enrolled.ok) return enrolled.value.id;
  const cards = enrolled.problem.code === "people.email-taken" ? await people.cards() : [];
  const known = cards.find((card) => card.email === email.trim().toLowerCase());
  return known?.id ?? refuse(enrolled.problem.code);
}

function refuse(code: string): never {
  const words: Record<string, string> = {
    "grant.held-already": `Somebody is ${wish.role} already: roles are given in the office now. See --force-recovery.`,
    "grant.unknown-organisation": `There is no organisation ${wish.organisation}. \`npm run db:plan\` loads those of the plan.`,
    "grant.wrong-organisation": `${wish.organisation} is not in force, or not of a kind in which ${wish.role} is held.`,
    "email.wrong": `${wish.email} is no e-mail address.`,
    "email.letters": `${wish.email} has a letter outside a-z before the @: mail servers refuse it.`,
  };
  return stop(`${own(words, code) ?? code}\n`);
}
