import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";

/** One row, changed by every trial write of the health watch; nothing reads it. */
export const healthWrite = pgTable(
  "health_write",
  {
    one: boolean().primaryKey().default(true),
    at: bigint({ mode: "number" }).notNull(),
  },
  () => [check("health_write_one_check", sql`one`)],
);

/** Work that nobody asks for, as whoever runs it said at its start. */
export const job = pgTable(
  "job",
  {
    name: text().primaryKey(),
    everySeconds: integer().notNull(),
    knownSince: bigint({ mode: "number" }).notNull(),
  },
  () => [check("job_every_seconds_check", sql`every_seconds > 0`)],
);

/** Runs of jobs: without an end it is under way, or its process died. The last of each job are kept. */
export const jobRun = pgTable(
  "job_run",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    job: text().notNull(),
    startedAt: bigint({ mode: "number" }).notNull(),
    endedAt: bigint({ mode: "number" }),
    outcome: text().$type<"done" | "failed">(),
  },
  (t) => [
    index("job_run_of").on(t.job, t.id.desc().nullsFirst()),
    check("job_run_outcome_check", sql`outcome in ('done', 'failed')`),
    check("job_run_check", sql`(ended_at is null) = (outcome is null)`),
  ],
);
