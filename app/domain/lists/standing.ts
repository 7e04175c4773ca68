import type { NoticeOutcome } from "./notice.ts";

/** How a line of the version in force stands, read in one transaction with whatever asks. */
export interface LineStanding {
  readonly code: string;
  readonly registration: string;
  readonly list: string;
  readonly version: number;
  readonly campaign: string;
  readonly round: number;
  readonly reserve: boolean;
  readonly heads: number;
  /** đồng */
  readonly amount: bigint;
  /** Of the version's notice: `hanging` while it hangs, null when it was never put up. */
  readonly notice: NoticeOutcome | "hanging" | null;
}

/** What a line may be used for before objections are looked at. */
export type LineState = "reserve" | "decided" | "hanging" | "not-counted" | "whole";

/** How a line stands, in a word. */
export function lineState({
  reserve,
  notice,
}: Pick<LineStanding, "reserve" | "notice">): LineState {
  if (reserve) return "reserve";
  if (notice === null) return "decided";
  if (notice === "hanging" || notice === "whole") return notice;
  return "not-counted";
}

/** Lines of lists with what may be spent for them, before objections. */
export interface Standing {
  readonly lines: readonly (LineStanding & { readonly state: LineState })[];
  /** đồng of supported lines. */
  readonly amount: bigint;
  /** đồng of those whose notice hung whole. */
  readonly spendable: bigint;
}

/** States and sums of lines as `ListBook.standing` reads them. */
export function standingOf(lines: readonly LineStanding[]): Standing {
  const told = lines.map((line) => ({ ...line, state: lineState(line) }));
  const sum = (of: typeof told) => of.reduce((all, { amount }) => all + amount, 0n);
  return {
    lines: told,
    amount: sum(told.filter(({ reserve }) => !reserve)),
    spendable: sum(told.filter(({ state }) => state === "whole")),
  };
}
