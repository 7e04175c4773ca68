/** Every table that Drizzle's builder is asked with. Loaded when first needed (`building.ts`), never by name at a start. */
export * from "./schema/accounts.ts";
export * from "./schema/campaign-drafts.ts";
export * from "./schema/campaigns.ts";
export * from "./schema/files.ts";
export * from "./schema/gateway-refunds.ts";
export * from "./schema/giving.ts";
export * from "./schema/health.ts";
export * from "./schema/ledger.ts";
export * from "./schema/lists.ts";
export * from "./schema/migrations.ts";
export * from "./schema/orders.ts";
export * from "./schema/people.ts";
export * from "./schema/places.ts";
export * from "./schema/register.ts";
export * from "./schema/seals.ts";
export * from "./schema/twinning.ts";
