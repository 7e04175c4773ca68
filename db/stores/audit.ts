import { addDays, startOf } from "#app/domain/kernel/calendar.ts";
import type { AuditLine, AuditNote, AuditTrail } from "#app/domain/people/audit.ts";
import type { AuditFilter, AuditReading } from "#app/domain/people/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";

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
      const { orm, t, op } = await building(db);
      const { hash: _hash, roleGrant, ...columns } = op.getTableColumns(t.auditLine);
      const older = before === undefined ? undefined : op.lt(t.auditLine.n, before);
      const rows = await orm
        .select({ ...columns, grant: roleGrant })
        .from(t.auditLine)
        .where(op.and(await asked(db, filter), older))
        .orderBy(op.desc(t.auditLine.n))
        .limit(size)
        .offset(skip);
      return rows.map(lineOf);
    },
    async count(filter) {
      const { orm, t } = await building(db);
      return orm.$count(t.auditLine, await asked(db, filter));
    },
  };
}

async function asked(db: Db, filter: AuditFilter) {
  const { t, op } = await building(db);
  const { person, act, subject, outcome, at } = t.auditLine;
  const { from, to } = filter;
  return op.and(
    filter.person === undefined ? undefined : op.eq(person, filter.person),
    filter.act === undefined ? undefined : op.eq(act, filter.act),
    filter.subject === undefined ? undefined : op.eq(subject, filter.subject),
    filter.outcome === undefined ? undefined : op.eq(outcome, filter.outcome),
    from === undefined ? undefined : op.gte(at, startOf(from)),
    to === undefined ? undefined : op.lt(at, startOf(addDays(to, 1))),
  );
}

/** Acts and facts are those of notes: nobody else writes here. */
function lineOf(
  row: Omit<AuditLine, "act" | "facts"> & { readonly act: string; readonly facts: string },
): AuditLine {
  return {
    ...row,
    act: row.act as AuditNote["act"],
    facts: JSON.parse(row.facts) as AuditNote["facts"],
  };
}
