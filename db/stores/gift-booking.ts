/**
 * Booking a batch of gifts in one statement: entries, movements, donations, digests, outcomes and heads, or nothing.
 *
 * The statement is guarded by the number it expects to give next: when another writer was faster, nothing is written and
 * the caller looks again. So what is cached here (heads, account ids) is right whenever the guard holds.
 */
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { draftOfGift, type IntakeGift, paperOfGift } from "#app/domain/ledger/intake.ts";
import { accountCode } from "#app/domain/ledger/chart.ts";
import type { LaidOutEntry } from "#app/domain/ledger/entry.ts";
import { fitsAxis } from "#app/domain/ledger/lay-out.ts";
import { topicsOfGifts, writeTopics } from "#app/domain/published/topics.ts";

import type { Session } from "../client.ts";
import { VERSIONS_CHANNEL } from "./content-version.ts";
import {
  type BookClock,
  type BookMaking,
  clockFits,
  clockOff,
  ClockWrong,
  comparedNow,
  DATABASE_CLOCK,
  recordingTime,
} from "./book-clock.ts";
import {
  ENTRY_PARAMS,
  entryColumns,
  insertEntries,
  insertMovements,
  MOVEMENT_PARAMS,
  movementColumns,
} from "./entry-rows.ts";
import { numberArray, textArray } from "./pg-arrays.ts";
import { MANY_ROWS, ONE_ROW, type RowParams } from "./row-params.ts";

/** What the sequencer remembers between batches; true as long as `nextEntry` is. */
export interface Heads {
  nextEntry: number;
  lastRecordedAt: number;
  closedUntil: string | undefined;
  /** Axis accounts by code: row id and đồng received so far. Donor accounts have 0n. */
  accounts: Map<string, { id: number; received: bigint }>;
}

/** A gift on its way, with its row in the queue when it came from another process. */
export interface WaitingGift {
  readonly gift: IntakeGift;
  readonly queueId?: number;
}

const GUARDED = "exists (select from guard)";

/** A gift that would take the numbers of its account past what can be told exactly. */
export class AxisFull extends Error {
  constructor(account: string, amount: bigint) {
    super(`${amount} more would take ${account} past its largest number`);
    this.name = "AxisFull";
  }
}

/** What a batch holds besides gifts; a statement without the parts nobody needs is planned and run faster. */
interface Parts {
  /** One gift alone, with at most one digest: plain values. */
  readonly alone: boolean;
  readonly evidence: boolean;
  readonly outcomes: boolean;
  readonly queued: boolean;
}

const statements = new Map<string, string>();

/** The statement for a batch with such parts; its text is made once, so the driver prepares it once. */
function bookingStatement(parts: Parts): string {
  const name = `${parts.alone} ${parts.evidence} ${parts.outcomes} ${parts.queued}`;
  const text = statements.get(name) ?? statementText(parts);
  statements.set(name, text);
  return text;
}

const DONATION_TYPES = [
  "text",
  "bigint",
  "text",
  "text",
  "text",
  "integer",
  "bigint",
  "bigint",
  "date",
];
const STATE_TYPES = ["integer", "bigint"];
const EVIDENCE_TYPES = ["bigint", "smallint", "text", "text"];
const OUTCOME_TYPES = ["text", "text", "text", "bigint"];

function statementText(parts: Parts): string {
  const rows = parts.alone ? ONE_ROW : MANY_ROWS;
  let next = 6;
  const take = (count: number): number => {
    next += count;
    return next - count;
  };
  const from = (types: readonly string[]) => rows.from(take(types.length), types);
  const ctes = [
    `guard as (
      update ledger_head set next_entry = $2, last_recorded_at = $3 where one and next_entry = $1 and ${clockFits(5)} returning 1)`,
    `e as (${insertEntries(take(ENTRY_PARAMS), GUARDED, rows)})`,
    `m as (${insertMovements(take(MOVEMENT_PARAMS), GUARDED, rows)})`,
    `d as (
      insert into donation (code, entry, pledge, campaign, channel, account_id, lo, amount, received_on)
      select a.* from ${from(DONATION_TYPES)} as a where ${GUARDED})`,
    `s as (
      update account_state s set received = a.received
        from ${from(STATE_TYPES)} as a(id, received)
       where s.account_id = a.id and ${GUARDED})`,
  ];
  if (parts.evidence) {
    ctes.push(`v as (
      insert into evidence (entry, n, kind, digest)
      select a.entry, a.n, a.kind, a.digest
        from ${from(EVIDENCE_TYPES)} as a(entry, n, kind, digest) where ${GUARDED})`);
  }
  if (parts.outcomes) {
    ctes.push(`o as (
      insert into payment_outcome (ref, state, provider_code, provider_transaction, inbox, at)
      select a.ref, 'paid', a.code, a.transaction, a.inbox, $3
        from ${from(OUTCOME_TYPES)} as a(ref, code, transaction, inbox) where ${GUARDED})`);
  }
  if (parts.queued) {
    ctes.push(
      `q as (delete from sequencer_queue where id = any (($${take(1)}::text)::bigint[]) and ${GUARDED})`,
    );
  }
  return `with ${ctes.join(",\n")}
    select count(*)::integer as booked, pg_notify('${VERSIONS_CHANNEL}', $4::text) from guard`;
}

/** Read what the next batch needs; accounts not yet opened are missing from `accounts`. Throws what is wrong with the clock. */
export async function readHeads(
  session: Session,
  codes: readonly string[],
  clock: BookClock,
): Promise<Heads> {
  const [head] = await session.rows<{
    next_entry: bigint;
    last_recorded_at: bigint;
    closed_until: string | null;
    clock: bigint;
  }>(
    `select next_entry, last_recorded_at, ${DATABASE_CLOCK} as clock,
            (select max(effective_on)::text from entry where kind = 'period-close') as closed_until
       from ledger_head where one`,
  );
  if (!head) throw new Error("ledger_head has no row: run the migrations");
  const off = clockOff(clock, Number(head.clock));
  if (off) throw new ClockWrong(off);
  const heads: Heads = {
    nextEntry: Number(head.next_entry),
    lastRecordedAt: Number(head.last_recorded_at),
    closedUntil: head.closed_until ?? undefined,
    accounts: new Map(),
  };
  await readAccounts(session, heads, codes);
  return heads;
}

/** Add accounts to what is remembered; those closed or never opened stay missing. */
export async function readAccounts(
  session: Session,
  heads: Heads,
  codes: readonly string[],
): Promise<void> {
  const rows = await session.rows<{ code: string; id: number; received: bigint | null }>(
    `select a.code, a.id, s.received from account a left join account_state s on s.account_id = a.id
      where a.code = any (($1::text)::text[]) and not exists (select from account_closing c where c.account_id = a.id)
        and (a.may_be_negative or s.account_id is not null)`,
    [textArray(codes)],
  );
  for (const { code, id, received } of rows) {
    heads.accounts.set(code, { id, received: received ?? 0n });
  }
}

/** What a batch becomes: its entries and the donation codes, in order. */
export interface Booked {
  readonly entries: readonly number[];
}

/**
 * Book `batch` after `heads`; undefined when another writer was faster, or the clock went wrong: `readHeads` tells which. Every account must be in `heads.accounts`.
 * On success `heads` is moved on. Throws what the database refuses (a key or code booked before).
 */
export async function bookGifts(
  session: Session,
  heads: Heads,
  batch: readonly WaitingGift[],
  making: BookMaking,
): Promise<Booked | undefined> {
  const time = recordingTime(making, heads.lastRecordedAt);
  if (!time.ok) throw new ClockWrong(time.problem);
  const recordedAt = time.value;
  const today = dayOf(recordedAt);
  const received = new Map<string, bigint>();
  const lows: bigint[] = [];
  const entries: LaidOutEntry[] = batch.map(({ gift }, at) => {
    const sofar = received.get(gift.to) ?? account(heads, gift.to).received;
    if (!fitsAxis(sofar, gift.amount)) throw new AxisFull(gift.to, gift.amount);
    received.set(gift.to, sofar + gift.amount);
    lows.push(sofar + 1n);
    return {
      number: heads.nextEntry + at,
      draft: draftOfGift(gift, { today, closedUntil: heads.closedUntil }),
      recordedAt,
      movements: [
        {
          from: accountCode.donor(gift.channel),
          to: gift.to,
          amount: gift.amount,
          toLo: sofar + 1n,
        },
      ],
      units: ["VND"],
      opens: [],
    };
  });
  const next = heads.nextEntry + batch.length;
  const evidence = evidenceRows(heads.nextEntry, batch);
  const outcomes = outcomesOf(batch);
  const queueIds = batch.flatMap(({ queueId }) => queueId ?? []);
  const alone = batch.length === 1 && evidence.length <= 1;
  const rows = alone ? ONE_ROW : MANY_ROWS;
  const statement = bookingStatement({
    alone,
    evidence: evidence.length > 0,
    outcomes: outcomes.length > 0,
    queued: queueIds.length > 0,
  });
  const [row] = await session.rows<{ booked: number }>(statement, [
    heads.nextEntry,
    next,
    recordedAt,
    writeTopics(
      topicsOfGifts(
        heads.nextEntry,
        batch.map(({ gift }) => gift),
      ),
    ),
    comparedNow(making),
    ...entryColumns(entries, making, rows),
    ...movementColumns(
      batch.map(({ gift }, at) => ({
        entry: heads.nextEntry + at,
        n: 0,
        fromId: account(heads, accountCode.donor(gift.channel)).id,
        toId: account(heads, gift.to).id,
        amount: gift.amount,
        ...(lows[at] === undefined ? {} : { toLo: lows[at] }),
      })),
      rows,
    ),
    ...donationColumns(heads, batch, lows, rows),
    rows.numbers([...received.keys()].map((code) => account(heads, code).id)),
    rows.numbers([...received.values()]),
    ...(evidence.length === 0 ? [] : evidenceColumns(evidence, rows)),
    ...(outcomes.length === 0 ? [] : outcomeColumns(outcomes, rows)),
    ...(queueIds.length === 0 ? [] : [numberArray(queueIds)]),
  ]);
  if (row?.booked !== 1) return undefined;
  heads.nextEntry = next;
  heads.lastRecordedAt = recordedAt;
  for (const [code, sum] of received) {
    heads.accounts.set(code, { id: account(heads, code).id, received: sum });
  }
  return { entries: entries.map(({ number }) => number) };
}

function donationColumns(
  heads: Heads,
  batch: readonly WaitingGift[],
  lows: readonly bigint[],
  { numbers, texts }: RowParams,
): (string | null)[] {
  const gifts = batch.map(({ gift }) => gift);
  return [
    texts(gifts.map(({ code }) => code)),
    numbers(gifts.map((_, at) => heads.nextEntry + at)),
    texts(gifts.map(({ pledge }) => pledge)),
    texts(gifts.map(({ campaign }) => campaign)),
    texts(gifts.map(({ channel }) => channel)),
    numbers(gifts.map(({ to }) => account(heads, to).id)),
    numbers(lows),
    numbers(gifts.map(({ amount }) => amount)),
    texts(gifts.map(({ receivedOn }) => receivedOn)),
  ];
}

interface EvidenceRow {
  readonly entry: number;
  readonly n: number;
  readonly kind: string;
  readonly digest: string;
}

function evidenceRows(firstEntry: number, batch: readonly WaitingGift[]): EvidenceRow[] {
  return batch.flatMap(({ gift }, at) =>
    gift.evidence.map((digest, n) => ({
      entry: firstEntry + at,
      n,
      kind: paperOfGift(gift.channel),
      digest,
    })),
  );
}

function evidenceColumns(
  rows: readonly EvidenceRow[],
  { numbers, texts }: RowParams,
): (string | null)[] {
  return [
    numbers(rows.map(({ entry }) => entry)),
    numbers(rows.map(({ n }) => n)),
    texts(rows.map(({ kind }) => kind)),
    texts(rows.map(({ digest }) => digest)),
  ];
}

type Outcome = NonNullable<IntakeGift["outcome"]>;

/** A gift from the queue has had its outcome written when it was queued. */
function outcomesOf(batch: readonly WaitingGift[]): Outcome[] {
  return batch.flatMap(({ gift, queueId }) =>
    gift.outcome && queueId === undefined ? [gift.outcome] : [],
  );
}

function outcomeColumns(
  outcomes: readonly Outcome[],
  { numbers, texts }: RowParams,
): (string | null)[] {
  return [
    texts(outcomes.map(({ ref }) => ref)),
    texts(outcomes.map(({ providerCode }) => providerCode)),
    texts(outcomes.map(({ providerTransaction }) => providerTransaction)),
    numbers(outcomes.map(({ inbox }) => inbox)),
  ];
}

function account(heads: Heads, code: string): { id: number; received: bigint } {
  const found = heads.accounts.get(code);
  if (!found) throw new Error(`account ${code} is not open`);
  return found;
}
