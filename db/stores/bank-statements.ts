import type {
  BankStatements,
  CampaignAccount,
  EarlierCredit,
  ReceivingAccount,
  WaitingLine,
} from "#app/domain/bank-lines/ports.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";
import type { OpenPledge } from "#app/domain/bank-lines/matching.ts";

import type { Database } from "../client.ts";
import { numberArray, textArray } from "./pg-arrays.ts";

const LOCK = [7269, 3] as const;
const ACCOUNT = `select id, number, owner, commune, valid_from::text as valid_from from bank_account`;

interface LineRow {
  id: bigint;
  bank_account: string;
  line_key: string;
  booked_on: string;
  reference: string;
  direction: "credit" | "debit";
  amount: bigint;
  balance: bigint | null;
  text: string;
  rule: number;
  matched_code: string | null;
  needs_look: boolean;
  gift_key: string;
}

/** Bank statement lines: append-only, unique by their own facts. */
export function bankStatementsStore(db: Database): BankStatements {
  return {
    async account(idOrNumber) {
      const [row] = await db.rows<AccountRow>(`${ACCOUNT} where id = $1 or number = $1`, [
        idOrNumber,
      ]);
      return row && receiving(row);
    },

    async accounts() {
      return (await db.rows<AccountRow>(`${ACCOUNT} order by id`)).map(receiving);
    },

    async known(lineKeys) {
      const rows = await db.rows<{ line_key: string }>(
        `select line_key from statement_line where line_key = any (($1::text)::text[])`,
        [textArray(lineKeys)],
      );
      return new Set(rows.map((row) => row.line_key));
    },

    async codeBook(codes) {
      const list = textArray([...new Set(codes)]);
      const pledges = await db.rows<OpenPledge>(
        `select g.code, g.campaign, g.amount,
                exists (select from donation d where d.pledge = g.code)
                  or exists (select from statement_line l where l.matched_code = g.code) as paid
           from pledge g where g.code = any (($1::text)::text[]) and g.state in ('open', 'expired')`,
        [list],
      );
      const campaigns = await db.rows<{ code: string; id: string }>(
        `select code, id from campaign where code = any (($1::text)::text[])`,
        [list],
      );
      const pledgeOf = new Map(pledges.map((pledge) => [pledge.code, pledge]));
      const campaignOf = new Map(campaigns.map(({ code, id }) => [code, id]));
      return {
        pledge: (code) => pledgeOf.get(code),
        campaign: (code) => campaignOf.get(code),
      };
    },

    async keep(bankAccount, lines, at) {
      const rows = await db.rows(
        `insert into statement_line (bank_account, line_key, booked_on, reference, direction, amount, balance, text,
                                     imported_at, rule, matched_code, needs_look, gift_key)
         select $1, a.key, a.day, a.reference, a.direction, a.amount, a.balance, a.text, $2::bigint, a.rule, a.code, a.look, a.gift
           from unnest(($3::text)::text[], ($4::text)::date[], ($5::text)::text[], ($6::text)::text[],
                       ($7::text)::bigint[], ($8::text)::bigint[], ($9::text)::text[], ($10::text)::integer[],
                       ($11::text)::text[], ($12::text)::boolean[], ($13::text)::text[])
             with ordinality as a(key, day, reference, direction, amount, balance, text, rule, code, look, gift, n)
          order by a.n
         on conflict (line_key) do nothing returning 1`,
        [
          bankAccount,
          at,
          textArray(lines.map(({ lineKey }) => lineKey)),
          textArray(lines.map(({ bookedOn }) => bookedOn)),
          textArray(lines.map(({ reference }) => reference)),
          textArray(lines.map(({ direction }) => direction)),
          numberArray(lines.map(({ amount }) => amount)),
          numberArray(lines.map(({ balance }) => balance)),
          textArray(lines.map(({ text }) => text)),
          numberArray(lines.map(({ rule }) => rule)),
          textArray(lines.map(({ matchedCode }) => matchedCode)),
          textArray(lines.map(({ needsLook }) => String(needsLook))),
          textArray(lines.map(({ giftKey }) => giftKey)),
        ],
      );
      return rows.length;
    },

    async waiting(after, limit) {
      const rows = await db.rows<LineRow>(
        `select l.* from statement_line l
          where l.id > $1 and l.gift_key is not null
            and not exists (select from entry e where e.idempotency_key = l.gift_key)
            and not exists (select from sequencer_queue q where q.key = l.gift_key)
          order by l.id limit $2`,
        [after, limit],
      );
      return rows.map(waitingLine);
    },

    async credits(bankAccount, amounts) {
      const rows = await db.rows<{
        line_key: string;
        reference: string;
        amount: bigint;
        matched_code: string | null;
      }>(
        `select line_key, reference, amount, matched_code from statement_line
          where bank_account = $1 and direction = 'credit' and amount = any (($2::text)::bigint[])
          order by id desc limit 2000`,
        [bankAccount, numberArray([...new Set(amounts)])],
      );
      return rows.map((row): EarlierCredit => {
        const { line_key: lineKey, reference, amount, matched_code: code } = row;
        return { lineKey, reference, amount, ...(code === null ? {} : { matchedCode: code }) };
      });
    },

    async campaigns(ids) {
      return db.rows<CampaignAccount>(
        `select id as campaign, commune, commune_from as "communeFrom", bank_account as "bankAccount",
                least(ends_on, closed_on)::text as "lastDay"
           from campaign where id = any (($1::text)::text[])`,
        [textArray(ids)],
      );
    },

    async campaignsOfCodes(codes) {
      const rows = await db.rows<{ code: string; campaign: string }>(
        `select code, campaign from pledge where code = any (($1::text)::text[])
         union all select code, id from campaign where code = any (($1::text)::text[])`,
        [textArray(codes)],
      );
      return new Map(rows.map(({ code, campaign }) => [code, campaign]));
    },

    async promisedDays(codes) {
      const rows = await db.rows<{ code: string; promised_on: string }>(
        `select code, promised_on::text as promised_on from pledge
          where code = any (($1::text)::text[]) and promised_on is not null`,
        [textArray(codes)],
      );
      return new Map(rows.map(({ code, promised_on: day }) => [code, day]));
    },

    async takenCodes(codes) {
      const rows = await db.rows<{ code: string }>(
        `select code from pledge where code = any (($1::text)::text[])
         union select code from donation where code = any (($1::text)::text[])
         union select code from campaign where code = any (($1::text)::text[])`,
        [textArray(codes)],
      );
      return new Set(rows.map(({ code }) => code));
    },

    async exclusively(work) {
      const session = await db.session();
      try {
        const [row] = await session.rows<{ held: boolean }>(
          `select pg_try_advisory_lock(${LOCK[0]}, ${LOCK[1]}) as held`,
        );
        if (!row?.held) return undefined;
        try {
          return await work();
        } finally {
          await session.rows(`select pg_advisory_unlock(${LOCK[0]}, ${LOCK[1]})`);
        }
      } finally {
        await session.release();
      }
    },
  };
}

interface AccountRow {
  id: string;
  number: string;
  owner: ReceivingAccount["owner"];
  commune: string | null;
  valid_from: Day;
}

function receiving(row: AccountRow): ReceivingAccount {
  const { id, number, owner, commune, valid_from: validFrom } = row;
  return { id, number, owner, ...(commune === null ? {} : { commune }), validFrom };
}

function waitingLine(row: LineRow): WaitingLine {
  return {
    id: Number(row.id),
    bankAccount: row.bank_account,
    lineKey: row.line_key,
    bookedOn: row.booked_on,
    reference: row.reference,
    direction: row.direction,
    amount: row.amount,
    ...(row.balance === null ? {} : { balance: row.balance }),
    text: row.text,
    rule: row.rule,
    ...(row.matched_code === null ? {} : { matchedCode: row.matched_code }),
    needsLook: row.needs_look,
    giftKey: row.gift_key,
  };
}
