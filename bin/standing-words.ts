import type { OwnerProblem, StandingProblem } from "#db/standing.ts";
import type { WrongGrant } from "#db/grants.ts";
import { APP_ROLE } from "#db/rights.ts";

/** What an administrator of PostgreSQL runs, where the owner of the tables may not make roles. */
const ROLE_SQL = `    create role ${APP_ROLE} nologin;
    create role ketnghia_site login password '...' in role ${APP_ROLE};`;

const HOW_TO_GO_ON =
  "DATABASE_URL of the site is a login of its own, a member of that role and nothing else (README, For real).";

/** What to do where the application's role is not there and this login may not make it. */
export function noRoleText(login: string): string {
  return `The role ${APP_ROLE} does not exist, and ${login} may not make roles. Let an administrator of PostgreSQL run

${ROLE_SQL}

and then \`npm run db:grants\` once more as ${login}. Until then the site does not start. ${HOW_TO_GO_ON}`;
}

/** A problem of the site's connections, for whoever started the process. */
export function standingText(problem: StandingProblem): string {
  switch (problem.code) {
    case "standing.no-role":
      return `The role ${APP_ROLE} does not exist, so nothing would keep the site from changing the ledger. Let an administrator
of PostgreSQL run

${ROLE_SQL}

and then \`npm run db:grants\` with the owner's address in DATABASE_OWNER_URL. ${HOW_TO_GO_ON}`;
    case "standing.not-member":
      return `The login ${problem.login} may not work as ${APP_ROLE}. An administrator of PostgreSQL runs

    grant ${APP_ROLE} to ${problem.login};`;
    case "standing.not-taken":
      return `The connections work as ${problem.works} although ${problem.role} was asked for. Something between the site and PostgreSQL
takes the setting away, such as PgBouncer told to ignore \`options\`. Give the database's own address. ${HOW_TO_GO_ON}`;
    case "standing.deaf":
      return `What the site says to the database (NOTIFY) is not heard by its own connection that listens. Most probably a pooler such
as PgBouncer in transaction mode is between them: pages would be sent as they were for ever, and the numbering of gifts
and prepared statements would break. Give the database's own address in DATABASE_URL, or a pooler in session mode that
lets \`options\` pass.`;
    case "standing.owner":
      return `The login ${problem.login} ${problem.login === problem.owner ? "owns the tables" : `may become ${problem.owner}, who owns the tables`}: it could put off the role ${APP_ROLE} at any time and change the
ledger. The owner's address belongs in DATABASE_OWNER_URL, for migrations and the other commands of the owner.
${HOW_TO_GO_ON}

${ROLE_SQL}`;
    case "standing.too-mighty":
      return `The login ${problem.login} ${problem.login === problem.role ? "is" : `may become ${problem.role}, which is`} more than the site needs: ${problem.what.join(", ")}. ${HOW_TO_GO_ON}`;
    case "standing.makes-tables":
      return `The login ${problem.login} may make tables or schemas, by which it could stand between the ledger and its guards. The
owner of the database runs

    revoke create on schema public from public;
    revoke create on schema public from ${problem.login};
    revoke create on database ... from ${problem.login};`;
    case "standing.wrong-grants":
      return `The rights of ${problem.who} are not those of db/rights.ts:

${grantLines(problem.grants)}

\`npm run db:migrate\` brings tables and rights up to date, \`npm run db:grants\` the rights alone; both as the owner of the
tables. Rights that ${problem.who === APP_ROLE ? "somebody else" : problem.who} was granted beside them are taken away by hand.`;
  }
}

/** Tables named in one message at most. */
const NAMED_MOST = 10;

/** Tables with what is wrong about their rights, a line each. */
export function grantLines(grants: readonly WrongGrant[]): string {
  const lines = grants.slice(0, NAMED_MOST).map(({ table, missing, excess }) => {
    const parts = [
      ...(missing.length > 0 ? [`lacks ${missing.join(", ")}`] : []),
      ...(excess.length > 0 ? [`has too much: ${excess.join(", ")}`] : []),
    ];
    return `  ${table}: ${parts.join("; ")}`;
  });
  const more = grants.length - lines.length;
  return [...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join("\n");
}

/** A problem of an owner's command. */
export function ownerText(problem: OwnerProblem): string {
  return problem.code === "owner.not-owner"
    ? `The tables belong to ${problem.owner}, and ${problem.login} is somebody else. This command works as the owner: give its address in
DATABASE_OWNER_URL.`
    : `The login ${problem.login} may not make tables in the schema public. Give the address of the database's owner in
DATABASE_OWNER_URL; an administrator may also run

    alter database ... owner to ${problem.login};`;
}

/** What a database says of settings that came with the connection, when it is a pooler that says it. */
export function refusalText(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const pooler = /startup parameter|prepared statement "\w+" (already exists|does not exist)/i.test(
    said,
  )
    ? `
Poolers such as PgBouncer take no \`options\`, in which the site asks for its role, and in transaction mode they break what
the site hears and prepares. Give the database's own address.`
    : "";
  return `The database does not answer: ${said}${pooler}`;
}
