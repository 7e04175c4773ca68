import "./clock.ts";

import type { TestProject } from "vitest/node";

import { prepareDemonstration } from "./demonstration.ts";

/** Runs once before the integration and browser tests. */
export async function setup(project: TestProject): Promise<void> {
  project.provide("replay", await prepareDemonstration());
}
