/**
 * Gifts of tests with what shows them, as the site keeps it: the line of a bank statement, or pledge, payment, event and
 * answer of a gateway, and the paper that opens the evidence.
 */
import type { Sealing } from "#app/domain/acts/paper.ts";
import { accountSpec } from "#app/domain/ledger/chart.ts";
import { type IntakeGift, paperOfGift } from "#app/domain/ledger/intake.ts";
import { keepPapers } from "#app/domain/payments/keep-papers.ts";
import { keyRows, lineText } from "#app/domain/bank-lines/statement-line.ts";
import type { Db } from "#db/client.ts";
import { openingsStore } from "#db/stores/openings.ts";

/** What showing needs: sealing, and the clock of the books. */
type Making = Sealing & { readonly now: () => number };

/** Accounts of the tests' books by who owns them, for gifts that name none by their suspense. */
export interface GiftAccounts {
  /** The appeal's account. */
  readonly appeal: string;
  /** Accounts of communes by commune. */
  readonly communes?: Readonly<Record<string, string>>;
}

/** Keep what shows a gift; answers the gift as the site would then hand it to the intake. */
export async function showGift(
  db: Db,
  making: Making,
  accounts: GiftAccounts,
  gift: IntakeGift,
): Promise<IntakeGift> {
  if (gift.channel === "cash") {
    return { ...gift, evidence: await kept(db, making, gift, `cash ${gift.code}`) };
  }
  return gift.channel === "bank"
    ? byBank(db, making, accounts, gift)
    : byGateway(db, making, gift, gift.channel);
}

function kept(db: Db, making: Making, gift: IntakeGift, text: string): Promise<string[]> {
  const services = { ...making, openings: openingsStore(db) };
  return keepPapers(services, paperOfGift(gift.channel), [text]);
}

async function byBank(
  db: Db,
  making: Making,
  accounts: GiftAccounts,
  gift: IntakeGift,
): Promise<IntakeGift> {
  const spec = accountSpec(gift.to);
  const commune = spec.ok ? spec.value.commune : undefined;
  const account = gift.to.startsWith("suspense:")
    ? gift.to.slice("suspense:".length)
    : commune === undefined
      ? accounts.appeal
      : (accounts.communes?.[commune] ?? "");
  const [bank] = await db.rows<{ number: string }>(
    `select number from bank_account where id = $1`,
    [account],
  );
  const [campaign] = await db.rows<{ code: string }>(`select code from campaign where id = $1`, [
    gift.campaign ?? "",
  ]);
  const number = bank?.number ?? "";
  const row = {
    line: 1,
    reference: `FT ${gift.code}`,
    bookedOn: gift.receivedOn,
    direction: "credit" as const,
    amount: gift.amount,
    text: `ung ho ${gift.code}`,
  };
  const [keyed] = keyRows(making.sha256, number, [row]);
  const lineKey = keyed?.lineKey ?? "";
  const key = `bank:${lineKey}`;
  const matched = gift.pledge ?? campaign?.code ?? null;
  const rule = gift.pledge === undefined ? (matched === null ? 6 : 5) : 2;
  await db.rows(
    `insert into statement_line (bank_account, line_key, booked_on, reference, direction, amount, text, imported_at, rule,
       matched_code, needs_look, gift_key)
     values ($1, $2, $3::text::date, $4, 'credit', $5, $6, $7, $8, $9, false, $10)`,
    [
      account,
      lineKey,
      row.bookedOn,
      row.reference,
      row.amount,
      row.text,
      making.now(),
      rule,
      matched,
      key,
    ],
  );
  return { ...gift, key, evidence: await kept(db, making, gift, lineText(number, row)) };
}

async function byGateway(
  db: Db,
  making: Making,
  gift: IntakeGift,
  channel: "vnpay" | "stripe",
): Promise<IntakeGift> {
  const pledge = gift.pledge ?? gift.code;
  const ref = `${pledge}-1`;
  const at = making.now();
  await db.rows(
    `insert into pledge (code, campaign, amount, intent, donor_kind, donor_name, name_public, channel, locale, created_at,
       state, form_key) values ($1, $2, $3, 'now', 'person', '', false, $4, 'vi', $5, 'open', $1) on conflict do nothing`,
    [pledge, gift.campaign, gift.amount, channel, at],
  );
  await db.rows(
    `insert into payment (ref, pledge, channel, amount, created_at, expires_at) values ($1, $2, $3, $4, $5::bigint, $5::bigint + 900)`,
    [ref, pledge, channel, gift.amount, at],
  );
  const transaction = `${channel}${ref}`;
  const text =
    channel === "vnpay"
      ? `vnp_Amount=${gift.amount * 100n}&vnp_ResponseCode=00&vnp_TransactionNo=${transaction}&vnp_TransactionStatus=00&vnp_TxnRef=${ref}`
      : JSON.stringify({
          id: `evt_${ref}`,
          type: "checkout.session.completed",
          data: {
            object: {
              client_reference_id: ref,
              amount_total: Number(gift.amount),
              currency: "vnd",
              payment_status: "paid",
              payment_intent: transaction,
            },
          },
        });
  const body = new TextEncoder().encode(text);
  const [event] = await db.rows<{ id: bigint }>(
    `insert into inbox (provider, event_key, received_at, body, signature_valid) values ($1, $2, $3, $4, true) returning id`,
    [channel, channel === "vnpay" ? making.sha256(body) : `evt_${ref}`, at, body],
  );
  const inbox = Number(event?.id ?? 0n);
  await db.rows(`insert into inbox_answer (inbox, at, outcome) values ($1, $2, $3)`, [
    inbox,
    at,
    channel === "vnpay" ? "00" : "settled",
  ]);
  return {
    ...gift,
    key: `${channel}:${ref}`,
    pledge,
    evidence: await kept(db, making, gift, text),
    outcome: {
      ref,
      providerCode: channel === "vnpay" ? "00" : "checkout.session.completed",
      providerTransaction: transaction,
      inbox,
    },
  };
}

/** What the office would have written beside accounts and campaigns that tests put into their tables: who approved them. */
export async function asIfPublished(db: Db): Promise<void> {
  await db.script(`
    insert into account_change (id, form_key, kind, bank_account, holder, bank_name, bin, number, owner, commune, valid_from,
        reason, paper_number, paper_date, proposed_by, organisation, proposed_at)
      select 'change-' || id, 'change-' || id, 'open', id, holder, bank_name, bin, number, owner, commune, valid_from,
             'test', '1', valid_from, 'somebody', 'test', 1 from bank_account;
    insert into account_decision (change, outcome, decided_by, organisation, decided_at)
      select id, 'approved', 'another', 'test', 2 from account_change;
    insert into audit_line (at, act, subject_kind, subject, outcome, facts, person, organisation)
      select 1, 'account.propose', 'account', id, 'done', jsonb_build_object('kind', 'open', 'number', number)::text, 'somebody', 'test'
        from account_change;
    insert into audit_line (at, act, subject_kind, subject, outcome, facts, person, organisation)
      select 2, 'account.approve', 'account', bank_account, 'done',
             jsonb_build_object('kind', 'open', 'number', number, 'outcome', 'approved')::text, 'another', 'test'
        from account_change;
    insert into campaign_version (campaign, version, published_on, published_by, terms)
      select id, 1, published_on, published_by, campaign_terms_of(id) from campaign;`);
}
