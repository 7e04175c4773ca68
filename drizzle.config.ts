import { defineConfig } from "drizzle-kit";

/** What the kit reads and writes; asked for by `npm run db:generate` (`bin/generate-migration.ts`). */
export default defineConfig({
  dialect: "postgresql",
  schema: "./db/schema/*.ts",
  out: "./db/migrations",
  casing: "snake_case",
  breakpoints: false,
  migrations: { prefix: "index" },
});
