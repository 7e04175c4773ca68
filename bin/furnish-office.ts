import { accountsOf } from "./accounts.ts";
import type { Environment } from "#app/adapters/environment.ts";
import { createLog } from "#app/adapters/log.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import type { Database } from "#db/client.ts";
import { seedCampaignDrafts } from "#db/seeds/demo/office-campaigns.ts";
import { seedOrders } from "#db/seeds/demo/office-orders.ts";
import { tellWithPictures } from "#db/seeds/demo/office-files.ts";
import { peopleTheOffice } from "#db/seeds/demo/office-people.ts";
import { fillTwinning } from "#db/seeds/demo/office-twinning.ts";

import { compose } from "./compose.ts";

/**
 * Put the office's demonstration into a replayed database, through the verbs of the office: people with roles first, then
 * what they do. Nothing of it is an entry of the ledger. Done twice it changes nothing.
 */
export async function furnishOffice(db: Database, environment: Environment): Promise<void> {
  if (environment.live) throw new Error("invented people are no part of a live site");
  const log = createLog({ level: "warn", process: "seed" });
  const composed = await compose({ db, environment, log });
  const { services } = composed;
  const accounts = accountsOf({
    db,
    environment,
    address: "http://localhost",
    now: services.now,
    onTrouble: (error) => log.error({ err: error }, "an account had trouble"),
  });
  try {
    await peopleTheOffice({
      official: services.official,
      now: services.now,
      storeAccounts: (people) => accounts.storeDemonstration(people),
    });
    await seedCampaignDrafts(services);
    await tellWithPictures(services);
    await seedOrders(services);
    await fillTwinning(db, { sha256: sha256Hex });
  } finally {
    await composed.stop();
  }
}
