import type { Environment } from "#app/adapters/environment.ts";
import { watchedMail } from "#app/adapters/health/watched-mail.ts";
import { createLog } from "#app/front/log.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import type { Database } from "#db/client.ts";
import { seedCampaignDrafts } from "./office-campaigns.ts";
import { seedOrders } from "./office-orders.ts";
import { tellWithPictures } from "./office-files.ts";
import { confirmOneByPhone } from "./office-pledges.ts";
import { peopleTheOffice } from "./office-people.ts";
import { fillTwinning } from "./office-twinning.ts";

import { accountsOf } from "../accounts.ts";
import { compose, type Composed } from "../compose.ts";

/**
 * Put the office's demonstration into a replayed database, through the verbs of the office: people with roles first, then
 * what they do. Nothing of it is an entry of the ledger. Done twice it changes nothing.
 */
export async function furnishOffice(db: Database, environment: Environment): Promise<void> {
  await withServices(db, environment, async (services) => {
    await peopled(db, environment, services);
    await seedCampaignDrafts(services);
    await tellWithPictures(services);
    await seedOrders(services);
    await confirmOneByPhone(services);
    await fillTwinning(db, { sha256: sha256Hex });
  });
}

/** The people alone, for a database without the replay. */
export async function furnishPeople(db: Database, environment: Environment): Promise<void> {
  await withServices(db, environment, (services) => peopled(db, environment, services));
}

async function peopled(
  db: Database,
  environment: Environment,
  { official, now }: Composed["services"],
): Promise<void> {
  const accounts = accountsOf({
    db,
    environment,
    address: "http://localhost",
    // Nobody is written to.
    mail: watchedMail(undefined, now),
    now,
    onTrouble(error) {
      throw error;
    },
  });
  await peopleTheOffice({
    official,
    now,
    storeAccounts: (people) => accounts.storeDemonstration(people),
  });
}

async function withServices(
  db: Database,
  environment: Environment,
  work: (services: Composed["services"]) => Promise<void>,
): Promise<void> {
  if (environment.live) throw new Error("invented people are no part of a live site");
  const log = createLog({ level: "warn", process: "seed" });
  const composed = await compose({ db, environment, log });
  try {
    await work(composed.services);
  } finally {
    await composed.stop();
  }
}
