import { type Act, type ActStores, bookAct, type Booked, type Writing } from "../acts/act.ts";
import { no, type Result } from "../kernel/result.ts";
import { accountCode, type Species } from "../ledger/chart.ts";
import type { PostProblem } from "../ledger/ports.ts";

/** A decision that a group need not pass on some heads any more. */
export interface WaivedDuty extends Act {
  readonly group: string;
  readonly species: Species;
  readonly heads: number;
}

export type WaiveProblem = PostProblem | { code: "duty.no-reason" } | { code: "duty.no-paper" };

/** A group's duty falls, with a reason and a decision: what happens after a death is a rule of the group, not of ours. */
export async function waiveDuty(
  services: Writing<ActStores>,
  act: WaivedDuty,
): Promise<Result<Booked, WaiveProblem>> {
  if (act.reason === undefined) return no({ code: "duty.no-reason" });
  if (act.papers.length === 0) return no({ code: "duty.no-paper" });
  return services.write((stores) =>
    bookAct(stores, act, "duty-waived", {
      legs: [
        {
          from: accountCode.owed(act.group, act.species),
          to: accountCode.duty(act.species),
          amount: BigInt(act.heads),
        },
      ],
    }),
  );
}
