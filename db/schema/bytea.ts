import { customType } from "drizzle-orm/pg-core";

/** PostgreSQL's `bytea`: bytes as they are. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => "bytea",
});
