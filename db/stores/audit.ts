import { addDays, startOf } from "#app/domain/kernel/calendar.ts";
import type { AuditLine, AuditNote, AuditTrail } from "#app/domain/people/audit.ts";
import type { AuditFilter, AuditReading } from "#app/domain/people/ports.ts";
import type { Role } from "#app/domain/people/role.ts";

import type { Db } from "../client.ts";

interface LineRow {
  n: bigint;
  at: bigint;
  act: AuditNote["act"];
  subject_kind: string;
  subject: string;
  outcome: AuditNote["outcome"];
  facts: string;
  person: string | null;
  role_grant: string | null;
  role: Role | null;
  organisation: string | null;
}

/** The trail: the database numbers each line and seals it to the one before. */
export function auditStore(db: Db, now: () => number): AuditTrail & AuditReading {
  return {
    async add(note) {
      await db.rows(
        `insert into audit_line (at, act, subject_kind, subject, outcome, facts, person, role_grant, role, organisation)
         values ($1::bigint, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          now(),
          note.act,
          note.subjectKind,
          note.subject,
          note.outcome,
          JSON.stringify(note.facts),
          note.person,
          note.grant,
          note.role,
          note.organisation,
        ],
      );
    },
    async list(filter, before, size, skip = 0) {
      const { where, params } = conditions(filter);
      const rows = await db.rows<LineRow>(
        `select n, at, act, subject_kind, subject, outcome, facts, person, role_grant, role, organisation
         from audit_line where ${where} and ($7::bigint is null or n < $7::bigint) order by n desc limit $8::int offset $9::int`,
        [...params, before ?? null, size, skip],
      );
      return rows.map(lineOf);
    },
    async count(filter) {
      const { where, params } = conditions(filter);
      const [row] = await db.rows<{ n: bigint }>(
        `select count(*) as n from audit_line where ${where}`,
        params,
      );
      return Number(row?.n ?? 0n);
    },
  };
}

function conditions(filter: AuditFilter): { where: string; params: unknown[] } {
  return {
    where: `($1::text is null or person = $1) and ($2::text is null or act = $2) and ($3::text is null or subject = $3)
      and ($4::text is null or outcome = $4) and ($5::bigint is null or at >= $5::bigint)
      and ($6::bigint is null or at < $6::bigint)`,
    params: [
      filter.person ?? null,
      filter.act ?? null,
      filter.subject ?? null,
      filter.outcome ?? null,
      filter.from === undefined ? null : startOf(filter.from),
      filter.to === undefined ? null : startOf(addDays(filter.to, 1)),
    ],
  };
}

function lineOf(row: LineRow): AuditLine {
  return {
    n: Number(row.n),
    at: Number(row.at),
    act: row.act,
    subjectKind: row.subject_kind,
    subject: row.subject,
    outcome: row.outcome,
    facts: JSON.parse(row.facts) as AuditNote["facts"],
    person: row.person,
    grant: row.role_grant,
    role: row.role,
    organisation: row.organisation,
  };
}
