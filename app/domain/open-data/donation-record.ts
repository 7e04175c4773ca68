import type { EntryKind } from "../ledger/entry.ts";
import { type Piece, restingPieces } from "../ledger/trace.ts";
import { type DonationState, donationState } from "./donation-state.ts";
import type { TracedGift } from "./ports.ts";

/** A part of a gift where it rests now. */
interface RestingPart {
  readonly account: string;
  readonly amount: bigint;
  /** The delivered thing these đồng are, or were before it was lost. */
  readonly animal: string | null;
  /** First number there; null in the world outside the books. */
  readonly lo: bigint | null;
  /** Entry that brought it there. */
  readonly entry: number;
}

/** Where a gift's đồng rest now, lowest numbers first; they sum to the gift. */
function restingParts(gift: TracedGift): RestingPart[] {
  return restingPieces(gift.pieces).map((piece) => ({
    account: piece.account,
    amount: piece.amount,
    animal: thingOf(piece, gift.pieces),
    lo: piece.lo ?? null,
    entry: piece.entry ?? gift.entry,
  }));
}

/** What became of the gift, and how much of it went back. */
export function stateOfGift(gift: TracedGift): { state: DonationState; returned: bigint } {
  return donationState(
    restingPieces(gift.pieces).map(({ account, amount, entry }) => {
      const by: EntryKind | undefined = entry === undefined ? undefined : gift.kinds.get(entry);
      return { account, amount, ...(by === undefined ? {} : { by }) };
    }),
  );
}

/** The public record of a gift, `/data/v1/donations/<code>.json`: whole numbers as JSON numbers, no names. */
export function donationRecord(gift: TracedGift): string {
  const record = {
    donation: gift.donation,
    amount: gift.amount,
    campaign: gift.campaign,
    channel: gift.channel,
    received_on: gift.receivedOn,
    entry: gift.entry,
    account: gift.account,
    lo: gift.lo,
    ...stateOfGift(gift),
    pieces: restingParts(gift),
  };
  return `${JSON.stringify(record, (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value))}\n`;
}

/** đồng are a thing while delivered, and were it when lost; anywhere else a name on the way means nothing. */
function thingOf(piece: Piece, way: readonly Piece[]): string | null {
  if (piece.account.startsWith("delivered:")) return piece.animal ?? null;
  if (!piece.account.startsWith("loss:")) return null;
  const before = way.find(
    ({ account, depth, offset, amount }) =>
      account.startsWith("delivered:") &&
      account === piece.via &&
      depth === piece.depth - 1 &&
      offset <= piece.offset &&
      piece.offset < offset + amount,
  );
  return piece.animal ?? before?.animal ?? null;
}
