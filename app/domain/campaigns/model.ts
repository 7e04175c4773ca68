/** The four models of the plan. */
export type Model = "livestock" | "start-up" | "training" | "village";
