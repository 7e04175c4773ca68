import { pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** Which files of `db/migrations` this database has had, each with the digest of its text (`db/migrate.ts`). */
export const migration = pgTable("migration", {
  name: text().primaryKey(),
  appliedAt: timestamp({ withTimezone: true, mode: "string" }).notNull().defaultNow(),
  /** SHA-256, hex; null for those of the time before digests were kept, until the next start. */
  digest: text(),
});
