import { prepareDemonstration } from "./demonstration.ts";

/** Runs once before the integration and browser tests. */
export async function setup(): Promise<void> {
  await prepareDemonstration();
}
