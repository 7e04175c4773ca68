import { expect, it } from "vitest";

import { accountSpec } from "../ledger/chart.ts";
import { successionLegs } from "./succeed-commune.ts";

it("moves whole balances to the same accounts of the successor", () => {
  const legs = successionLegs(
    [
      { account: "commune:20446:TH1", balance: 1_380_000n },
      { account: "herd:20446:DE:r1", balance: 141n },
      { account: "herd:20446:DE:r2", balance: 0n },
    ],
    "20446",
    "20443",
  );
  expect(legs).toEqual([
    { from: "commune:20446:TH1", to: "commune:20443:TH1", amount: 1_380_000n },
    { from: "herd:20446:DE:r1", to: "herd:20443:DE:r1", amount: 141n },
  ]);
  for (const { to } of legs) expect(accountSpec(to).ok).toBe(true);
});
