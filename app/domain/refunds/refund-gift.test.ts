import { expect, it } from "vitest";

import type { Piece } from "../ledger/trace.ts";
import { refundLegs } from "./refund-gift.ts";

const piece = (account: string, lo: bigint, amount: bigint): Piece => ({
  depth: 1,
  account,
  lo,
  amount,
  offset: 0n,
});

it("takes the donor's own numbers from where they rest and sends them on", () => {
  expect(refundLegs([piece("fund:LD1", 500n, 200n)], "LD1")).toEqual({
    legs: [
      {
        from: "fund:LD1",
        to: "refund:payable:LD1",
        amount: 200n,
        take: [{ lo: 500n, length: 200n }],
      },
      {
        from: "refund:payable:LD1",
        to: "world:refund",
        amount: 200n,
        take: { broughtBy: 0 },
      },
    ],
  });
});

it("keeps apart what rests in pieces, and leaves the gateway its fee", () => {
  const resting = [
    piece("fund:LD1", 1n, 90n),
    piece("fund:LD1", 500n, 5n),
    piece("fee:vnpay:LD1", 7n, 5n),
  ];
  const found = refundLegs(resting, "LD1");
  expect("legs" in found && found.legs[0]).toMatchObject({
    amount: 95n,
    take: [
      { lo: 1n, length: 90n },
      { lo: 500n, length: 5n },
    ],
  });
});

it("uses the refund account of suspense for a gift without a purpose", () => {
  const found = refundLegs([piece("suspense:van-dong", 3n, 10n)], null);
  expect("legs" in found && found.legs[0]?.to).toBe("refund:payable:suspense");
});

it("is refused when any part has gone to the commune", () => {
  const resting = [piece("fund:LD1", 1n, 60n), piece("commune:20704:LD1", 9n, 40n)];
  expect(refundLegs(resting, "LD1")).toEqual({ left: 60n });
  expect(refundLegs([], "LD1")).toEqual({ left: 0n });
});
