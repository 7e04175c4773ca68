import type { Dong } from "../kernel/dong.ts";
import type { CampaignPage } from "./ports.ts";

/** An amount offered on a campaign's page, and the query that fills the form with it. */
export interface GivingChoice {
  readonly is: "unit" | "household" | "half" | "plain";
  readonly amount: Dong;
  readonly units: number;
  readonly query: string;
}

const PLAIN: readonly Dong[] = [500_000n, 200_000n, 1_000_000n];

/** One animal first, then a household's set, then half an animal; plain amounts where nothing is counted. */
export function givingChoices({
  needs,
}: {
  needs: readonly Pick<CampaignPage["needs"][number], "unitPrice" | "norm" | "counts">[];
}): GivingChoice[] {
  const [line] = needs;
  if (!line?.counts) {
    return PLAIN.map((amount) => ({ is: "plain", amount, units: 0, query: `amount=${amount}` }));
  }
  const { unitPrice, norm } = line;
  const unit: GivingChoice = { is: "unit", amount: unitPrice, units: 1, query: "units=1" };
  const half = unitPrice / 2n;
  const perHousehold = norm?.perHousehold ?? 1;
  return [
    unit,
    ...(perHousehold > 1
      ? [
          {
            is: "household",
            amount: unitPrice * BigInt(perHousehold),
            units: perHousehold,
            query: "households=1",
          } as const,
        ]
      : []),
    { is: "half", amount: half, units: 0, query: `amount=${half}` },
  ];
}
