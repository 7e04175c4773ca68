import type { HealthReport } from "./report.ts";

/** Whether requests should be sent here. */
export type Readiness =
  | { readonly ready: true }
  | { readonly ready: false; readonly why: "stopping" | "database" };

/** How the site is. Whoever asks, and however often: one look is made at a time and kept for some seconds. */
export interface Health {
  /** Answers within three seconds, whatever hangs. */
  look(): Promise<HealthReport>;
  ready(): Promise<Readiness>;
}
