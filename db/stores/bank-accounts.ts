import type { AccountFile, AccountRegistry } from "#app/domain/bank-accounts/account.ts";
import type {
  AccountChangeFile,
  AccountChangeReading,
  AccountChanges,
  KnownAccount,
} from "#app/domain/bank-accounts/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { inEnglish } from "./in-english.ts";
import { contentChanged } from "./content-version.ts";

/** Official accounts: the public registry, and the changes that lead to it. */
export function bankAccountStore(db: Db): AccountRegistry & AccountChangeReading & AccountChanges {
  return {
    all: () => registry(db),
    accountChanges: () =>
      changes(db, "order by d.change is not null, c.proposed_at desc, c.id", []),
    account: (id) => known(db, "id", id),
    byNumber: (number) => known(db, "number", number),
    async change(id) {
      const [row] = await changes(db, "where c.id = $1", [id]);
      return row;
    },
    waiting: (kind, number) =>
      changes(db, "where c.kind = $1 and c.number = $2 and d.change is null", [kind, number]),
    async byKey(key) {
      const { orm, t, op } = await building(db);
      const [row] = await orm
        .select({ id: t.accountChange.id })
        .from(t.accountChange)
        .where(op.eq(t.accountChange.formKey, key));
      return row?.id;
    },
    async propose(change, key) {
      const { orm, t } = await building(db);
      const rows = await orm
        .insert(t.accountChange)
        .values({ ...change, formKey: key })
        .onConflictDoNothing({ target: t.accountChange.formKey })
        .returning({ id: t.accountChange.id });
      return rows.length === 1;
    },
    async decide(change, decision) {
      const { orm, t } = await building(db);
      await orm.insert(t.accountDecision).values({ change, ...decision });
    },
    async open(change) {
      // Drizzle names every column of a table; the site may add these alone (`db/rights.ts`).
      await db.rows(
        `insert into bank_account (id, holder, bank_name, bin, number, owner, commune, valid_from)
         values ($1, $2, $3, $4, $5, $6, $7, $8::text::date)`,
        [
          change.bankAccount,
          change.holder,
          change.bankName,
          change.bin,
          change.number,
          change.owner,
          change.commune,
          change.validFrom,
        ],
      );
      await contentChanged(db, "bank-accounts");
    },
    async end(account, lastDay) {
      const { orm, t, op } = await building(db);
      await orm
        .update(t.bankAccount)
        .set({ validTo: lastDay })
        .where(op.and(op.eq(t.bankAccount.id, account), op.isNull(t.bankAccount.validTo)));
      await contentChanged(db, "bank-accounts");
    },
    async campaignsAfter(account, day) {
      const { orm, t, op } = await building(db);
      const { id, bankAccount, endsOn, closedOn } = t.campaign;
      const open = op.or(op.isNull(closedOn), op.gt(closedOn, day));
      const rows = await orm
        .select({ id })
        .from(t.campaign)
        .where(op.and(op.eq(bankAccount, account), op.gt(endsOn, day), open))
        .orderBy(id);
      return rows.map((row) => row.id);
    },
  };
}

async function known(
  db: Db,
  by: "id" | "number",
  value: string,
): Promise<KnownAccount | undefined> {
  const { orm, t, op } = await building(db);
  const [row] = await orm.select().from(t.bankAccount).where(op.eq(t.bankAccount[by], value));
  return row;
}

interface ChangeRow {
  id: string;
  kind: "open" | "end";
  bank_account: string;
  holder: string;
  bank_name: string;
  bin: string;
  number: string;
  owner: "appeal" | "commune";
  commune: string | null;
  valid_from: string;
  valid_to: string | null;
  reason: string;
  paper_number: string;
  paper_date: string;
  proposed_by: string;
  organisation: string;
  proposed_at: bigint;
  outcome: "approved" | "refused" | null;
  decision_reason: string | null;
  decided_by: string;
  decided_in: string;
  decided_at: bigint;
}

async function changes(
  db: Db,
  rest: string,
  params: readonly unknown[],
): Promise<AccountChangeFile[]> {
  const rows = await db.rows<ChangeRow>(
    `select c.id, c.kind, c.bank_account, c.holder, c.bank_name, c.bin, c.number, c.owner, c.commune,
            c.valid_from::text as valid_from, c.valid_to::text as valid_to, c.reason, c.paper_number,
            c.paper_date::text as paper_date, c.proposed_by, c.organisation, c.proposed_at, d.outcome,
            d.reason as decision_reason, d.decided_by, d.organisation as decided_in, d.decided_at
       from account_change c left join account_decision d on d.change = c.id ${rest}`,
    params,
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    bankAccount: row.bank_account,
    holder: row.holder,
    bankName: row.bank_name,
    bin: row.bin,
    number: row.number,
    owner: row.owner,
    commune: row.commune,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    reason: row.reason,
    paperNumber: row.paper_number,
    paperDate: row.paper_date,
    proposedBy: row.proposed_by,
    organisation: row.organisation,
    proposedAt: Number(row.proposed_at),
    decision:
      row.outcome === null
        ? null
        : {
            outcome: row.outcome,
            reason: row.decision_reason,
            decidedBy: row.decided_by,
            organisation: row.decided_in,
            decidedAt: Number(row.decided_at),
          },
  }));
}

const REGISTRY = `
  with spans as (
    select campaign, bank_account, since, lead(since) over (partition by campaign order by n) - 1 as until
      from campaign_account
  )
  select b.id, b.holder, b.bank_name as "bankName", b.bin, b.number, b.owner, b.commune,
         b.valid_from::text as "validFrom", b.valid_to::text as "validTo",
         (select json_build_object('code', p.code, 'name', p.name, 'fullName', p.full_name, 'validFrom', p.valid_from::text)
            from place p where p.code = b.commune and p.valid_from <= b.valid_from
             and b.valid_from <= coalesce(p.valid_to, b.valid_from) limit 1) as place,
         coalesce((
           select json_agg(json_build_object('campaign', c.id, 'slug', c.slug, 'title', json_build_object('vi', c.title_vi, 'en', ${inEnglish("c.title")}),
                             'since', s.since::text, 'until', s.until::text) order by s.until desc nulls first, s.since desc, c.id)
             from spans s join campaign c on c.id = s.campaign where s.bank_account = b.id and (s.until is null or s.until >= s.since)
         ), '[]'::json) as uses
    from bank_account b
   order by b.valid_to desc nulls first, b.owner, b.holder, b.id`;

function registry(db: Db): Promise<AccountFile[]> {
  return db.rows<AccountFile>(REGISTRY);
}
