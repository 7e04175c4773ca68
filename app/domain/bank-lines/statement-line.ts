import type { EarlierCredit, KeptLine } from "./ports.ts";
import { canonicalText } from "../kernel/canonical.ts";
import type { Sha256 } from "../kernel/digest.ts";
import { REVERSAL_WORDS, SETTLEMENT_WORDS } from "./bank-formats.ts";
import { type CodeBook, normaliseMemo, placeLine } from "./matching.ts";
import type { StatementRow } from "./read-statement.ts";

/** A row with the key by which it is known for ever. */
export interface KeyedRow {
  readonly row: StatementRow;
  readonly lineKey: string;
}

const encoder = new TextEncoder();

/**
 * Give each row its key: a digest of account, reference, day, amount, direction, the whole line, and its running number
 * among rows that are the same in all of these. Banks repeat references, so no part is enough alone; the same file, or a
 * longer one with the same lines, gives the same keys.
 */
export function* keyRows(
  sha256: Sha256,
  account: string,
  rows: readonly StatementRow[],
): Generator<KeyedRow> {
  const seen = new Map<string, number>();
  for (const row of rows) {
    const facts = sha256(encoder.encode(lineText(account, row)));
    const n = (seen.get(facts) ?? 0) + 1;
    seen.set(facts, n);
    yield { row, lineKey: sha256(encoder.encode(`${facts} ${n}`)) };
  }
}

/** The line as it is digested and kept as a paper: canonical JSON. */
export function lineText(
  account: string,
  row: Pick<StatementRow, "reference" | "bookedOn" | "direction" | "amount" | "balance" | "text">,
): string {
  return canonicalText({
    account,
    reference: row.reference,
    day: row.bookedOn,
    direction: row.direction,
    amount: row.amount,
    balance: row.balance,
    text: row.text,
  });
}

/** Decide what a row is: a gift by its code, money in suspense, a settlement, or money out. */
export function decideLine(
  { row, lineKey }: KeyedRow,
  book: CodeBook,
  credits: readonly EarlierCredit[],
): { readonly line: KeptLine; readonly takesBack?: string } {
  const facts = {
    lineKey,
    bookedOn: row.bookedOn,
    reference: row.reference,
    direction: row.direction,
    amount: row.amount,
    ...(row.balance === undefined ? {} : { balance: row.balance }),
    text: row.text,
  };
  if (row.direction === "debit") {
    const credit = creditTakenBack(row, credits);
    const reversal = credit !== undefined || saysReversal(row.text);
    const line = { ...facts, rule: 0, needsLook: reversal };
    return reversal ? { line, takesBack: credit?.lineKey ?? "" } : { line };
  }
  const placement = placeLine(row.text, row.amount, book);
  if (placement.rule === 6 && isSettlement(row.text)) {
    // Booked already when the gateway told of each gift; a person confirms it against the gateway's list.
    return { line: { ...facts, rule: 0, needsLook: true } };
  }
  return {
    line: {
      ...facts,
      rule: placement.rule,
      needsLook: placement.needsLook,
      ...(placement.rule === 6 ? {} : { matchedCode: placement.code }),
      giftKey: `bank:${lineKey}`,
    },
  };
}

/** Shorter references turn up in a text by chance. */
const TELLING_REFERENCE = 6;

/** The credit a debit takes back: same amount, and its text names the credit's reference or code. */
function creditTakenBack(
  row: StatementRow,
  credits: readonly EarlierCredit[],
): EarlierCredit | undefined {
  const squeezed = squeeze(row.text);
  return credits.find((credit) => {
    if (credit.amount !== row.amount) return false;
    const reference = squeeze(credit.reference);
    if (reference.length >= TELLING_REFERENCE && squeezed.includes(reference)) return true;
    return credit.matchedCode !== undefined && squeezed.includes(credit.matchedCode);
  });
}

function saysReversal(text: string): boolean {
  const memo = ` ${normaliseMemo(text)} `;
  return REVERSAL_WORDS.some((words) => memo.includes(` ${words} `));
}

function isSettlement(text: string): boolean {
  const memo = normaliseMemo(text);
  return SETTLEMENT_WORDS.some(({ first, after }) => {
    const found = first.exec(memo);
    return found !== null && after.test(memo.slice(found.index + found[0].length));
  });
}

function squeeze(text: string): string {
  return normaliseMemo(text).replaceAll(" ", "");
}
