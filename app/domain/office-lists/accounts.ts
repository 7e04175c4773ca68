import { type AccountFile, type AccountRegistry, accountState } from "../bank-accounts/account.ts";
import { dayOf, type Day, type Seconds } from "../kernel/calendar.ts";
import type { OfficeList } from "./list.ts";

export interface AccountListNeeds {
  readonly bankAccounts: AccountRegistry;
  now(): Seconds;
}

/** An official account with where it stands today. */
export interface AccountRow extends AccountFile {
  readonly today: Day;
}

/** Campaigns whose donors are shown an account now, by id. */
export function campaignsShown({ uses }: Pick<AccountFile, "uses">): readonly string[] {
  return uses.filter(({ until }) => until === null).map(({ campaign }) => campaign);
}

/** Every official account there ever was, those in force first. */
export const accountsList: OfficeList<AccountListNeeds, AccountRow> = {
  act: "campaign.read",
  columns: [
    { name: "number", type: "text", cell: ({ number }) => number },
    { name: "holder", type: "text", cell: ({ holder }) => holder },
    { name: "bank", type: "text", cell: ({ bankName }) => bankName },
    { name: "bin", type: "text", cell: ({ bin }) => bin },
    {
      name: "owner",
      type: "text",
      words: "office-twinning:accounts.owner",
      cell: ({ owner }) => owner,
    },
    { name: "commune", type: "text", cell: ({ place }) => place?.fullName ?? null },
    { name: "validFrom", type: "day", cell: ({ validFrom }) => validFrom },
    { name: "validTo", type: "day", cell: ({ validTo }) => validTo },
    { name: "campaigns", type: "text", cell: (row) => campaignsShown(row).join("; ") },
    {
      name: "state",
      type: "text",
      words: "office-twinning:accounts.state",
      cell: (row) => accountState(row, row.today),
    },
  ],
  async rows({ bankAccounts, now }) {
    const today = dayOf(now());
    return (await bankAccounts.all()).map((one) => ({ ...one, today }));
  },
};
