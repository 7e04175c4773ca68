import { own } from "#app/domain/kernel/own.ts";
import { addDays, type Day, dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { importStatement } from "#app/domain/bank-lines/import-statement.ts";
import { readStatement } from "#app/domain/bank-lines/read-statement.ts";
import { bankAccount } from "#db/schema/campaigns.ts";

import { bankFile, type BankLine, STYLES } from "./bank-file.ts";
import { LAST_DAY } from "./gift-plan.ts";
import { at, type Stage } from "./stage.ts";

/**
 * Official accounts. Their numbers begin with letters, so that nobody who scans a code of the demonstration can pay into
 * an account that somebody owns.
 */
const ACCOUNTS = [
  {
    id: "van-dong",
    holder: "Quỹ vận động kết nghĩa (minh họa)",
    bankName: "Agribank",
    bin: "970405",
    number: "DEMO9295QN01",
    owner: "appeal",
    commune: null,
    validFrom: "2022-01-04",
    validTo: null,
    style: "agribank",
  },
  {
    id: "ga-ri",
    holder: "UBND xã Ga Ri (minh họa)",
    bankName: "BIDV",
    bin: "970418",
    number: "DEMO20440GARI",
    owner: "commune",
    commune: "20440",
    validFrom: "2023-08-15",
    validTo: "2025-06-30",
    style: "bidv",
  },
  {
    id: "song-kon",
    holder: "UBND xã Sông Kôn (minh họa)",
    bankName: "Vietcombank",
    bin: "970436",
    number: "DEMO20473SONGKON",
    owner: "commune",
    commune: "20473",
    validFrom: "2024-03-01",
    validTo: "2025-06-30",
    style: "vietcombank",
  },
  {
    id: "hung-son",
    holder: "UBND xã Hùng Sơn (minh họa)",
    bankName: "MB",
    bin: "970422",
    number: "DEMO20443HUNGSON",
    owner: "commune",
    commune: "20443",
    validFrom: "2025-07-01",
    validTo: null,
    style: "mb",
  },
  {
    id: "song-kon-2025",
    holder: "UBND xã Sông Kôn mới (minh họa)",
    bankName: "Vietcombank",
    bin: "970436",
    number: "DEMO20476SONGKON",
    owner: "commune",
    commune: "20476",
    validFrom: "2025-07-01",
    validTo: null,
    style: "vietcombank",
  },
] as const;

/** Accounts that took over from one that ended with its commune. */
export const FOLLOWED_BY: Readonly<Record<string, string>> = {
  "ga-ri": "hung-son",
  "song-kon": "song-kon-2025",
};

/** The banks' side: what stands on each account, and the files they print. */
export interface Banks {
  /** Put a movement on an account on the day of the clock; answers the bank's reference. */
  move(account: string, amount: bigint, text: string): string;
  /** The account that a campaign's donors are shown on the day of the clock. */
  accountOf(campaignAccount: string): string;
  /** Print what came until `last` and import it, as `bin/import-statement` does. */
  importUntil(last: Day): Promise<void>;
}

/** Open the official accounts and begin to print statements: each Monday, and when a half-year ends. */
export async function openBanks(stage: Stage): Promise<Banks> {
  await (
    await stage.db.orm()
  )
    .insert(bankAccount)
    .values(ACCOUNTS.map(({ style: _style, ...row }) => row))
    .onConflictDoNothing();
  const chance = stage.chance.stream("banks");
  const waiting = new Map<string, BankLine[]>(ACCOUNTS.map(({ id }) => [id, []]));
  const balances = new Map<string, bigint>(ACCOUNTS.map(({ id }) => [id, 0n]));
  let n = 0;

  const banks: Banks = {
    move(account, amount, text) {
      const lines = waiting.get(account);
      if (!lines) throw new Error(`no account ${account}`);
      n += 1;
      const reference = `FT${100_000 + n}${chance.whole(1000, 9999)}`;
      lines.push({ day: dayOf(stage.agenda.now()), n, reference, amount, text });
      return reference;
    },
    accountOf(campaignAccount) {
      const id = campaignAccount === "appeal" ? "van-dong" : campaignAccount;
      const ended = ACCOUNTS.find((one) => one.id === id)?.validTo;
      return ended && dayOf(stage.agenda.now()) > ended ? (own(FOLLOWED_BY, id) ?? id) : id;
    },
    async importUntil(last) {
      for (const { id, number, style } of ACCOUNTS) {
        const lines = waiting.get(id)?.filter(({ day }) => day <= last) ?? [];
        if (lines.length === 0) continue;
        waiting.set(id, waiting.get(id)?.filter(({ day }) => day > last) ?? []);
        const file = bankFile(STYLES[style], number, balances.get(id) ?? 0n, lines);
        balances.set(id, file.closing);
        await stage.tools.keepFile?.(`${id}-${last}.csv`, file.text);
        const statement = must(readStatement(stage.tools.records(file.text), style));
        const done = must(await importStatement(stage.payments, statement));
        if (done.bad.length > 0 || done.balance || done.added !== lines.length) {
          throw new Error(`the statement of ${id} until ${last} was not taken in whole`);
        }
      }
    },
  };
  for (
    let monday: Day = "2022-03-21";
    monday <= addDays(LAST_DAY, 1);
    monday = addDays(monday, 7)
  ) {
    const until = addDays(monday, -1);
    stage.agenda.add(at(monday, 8 * 3600 + 1800), () => banks.importUntil(until));
  }
  return banks;
}
