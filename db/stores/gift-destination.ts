/** Where a gift is booked when its account was closed meanwhile: a merged commune's money goes to its successor. */
import { accountCode, accountSpec } from "#app/domain/ledger/chart.ts";
import type { IntakeGift } from "#app/domain/ledger/intake.ts";

import type { Db } from "../client.ts";

/** More mergers in a row than there will ever be. */
const MOST_STEPS = 16;

/**
 * The gift as it can be booked now: as told while its account is open; else into the account that took over, or into
 * suspense, without a campaign, where nobody knows one. Nothing that a bank already did waits for ever.
 */
export async function destinationNow(tx: Db, gift: IntakeGift): Promise<IntakeGift> {
  let to = gift.to;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const closing = await closingOf(tx, to);
    if (!closing) return to === gift.to ? gift : { ...gift, to };
    const next = closing.successor ?? (await successorByPlace(tx, to));
    if (next === undefined) break;
    to = next;
  }
  const [row] = await tx.rows<{ bank_account: string }>(
    `select bank_account from campaign where id = $1`,
    [gift.campaign ?? ""],
  );
  if (!row) return gift;
  const { campaign: _, ...unknown } = gift;
  return { ...unknown, to: accountCode.suspense(row.bank_account) };
}

/** The entry that closed an account tells where what was on it went; undefined while it is open. */
async function closingOf(tx: Db, code: string): Promise<{ successor?: string } | undefined> {
  const [row] = await tx.rows<{ successor: string | null }>(
    `select (select t.code from movement m join account t on t.id = m.to_account
              where m.entry = c.entry and m.from_account = a.id order by m.n limit 1) as successor
       from account a join account_closing c on c.account_id = a.id where a.code = $1`,
    [code],
  );
  return row && (row.successor === null ? {} : { successor: row.successor });
}

/** An account that was empty when it closed: the law says which commune took over. */
async function successorByPlace(tx: Db, code: string): Promise<string | undefined> {
  const spec = accountSpec(code);
  if (!spec.ok || spec.value.kind !== "commune") return undefined;
  const { commune, campaign } = spec.value;
  const [row] = await tx.rows<{ successor: string }>(
    `select successor from place where code = $1 and successor is not null and successor <> code
      order by valid_from desc limit 1`,
    [commune],
  );
  return row && accountCode.commune(row.successor, campaign ?? "");
}
