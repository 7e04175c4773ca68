/**
 * Single values that no check holds against anything, by `table.column`, and why. What stands here is printed in `docs/checks.md`;
 * a change that is neither named by a check nor listed fails a test.
 */
export const UNSEEN: ReadonlyMap<string, string> = new Map<string, string>([]);
