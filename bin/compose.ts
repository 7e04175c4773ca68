import type { Environment } from "#app/adapters/environment.ts";
import { type GatewayConfigs, gatewayConfigs } from "#app/adapters/gateways.ts";
import type { Log } from "#app/adapters/log.ts";
import { randomHex } from "#app/adapters/randomness.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import type { Services } from "#app/domain/services.ts";
import { checkStore } from "#db/checks/run.ts";
import type { Database, Db } from "#db/client.ts";
import { animalStore } from "#db/stores/animal-files.ts";
import { communeStore } from "#db/stores/communes.ts";
import { campaignStore } from "#db/stores/campaigns.ts";
import { donationStore } from "#db/stores/donations.ts";
import { homeStore } from "#db/stores/home.ts";
import { type RunningIntake, startIntake } from "#db/stores/intake.ts";
import { ledgerReadingStore } from "#db/stores/ledger-reading.ts";
import { ledgerStore } from "#db/stores/ledger.ts";
import { noticeStore } from "#db/stores/notices.ts";
import { pledgeStore } from "#db/stores/pledges.ts";
import { openDataStore } from "#db/stores/open-data.ts";
import { tellingChanges } from "#db/version-watch.ts";

import { paymentServices } from "./payment-services.ts";

export { openConfigured } from "./configured.ts";

const LOCAL = "http://localhost:3000";

/** What the services are wired from. */
export interface Wiring {
  readonly db: Database;
  readonly environment: Environment;
  readonly log: Log;
  /** Called as soon as something that pages show is committed by this process. */
  readonly changed?: () => void;
  /** How the gateways are reached, when the caller knows where the site is. */
  readonly gateways?: GatewayConfigs;
  /** The clock, UTC seconds; tests and the replay set it. */
  readonly now?: () => number;
}

/** Services with what has to be ended. */
export interface Composed {
  readonly services: Services;
  readonly intake: RunningIntake;
  /** Book what is under way, let the sequencer's lock go. The database stays open. */
  stop(): Promise<void>;
}

/** Put the real stores and adapters behind the ports of the domain. */
export async function compose(wiring: Wiring): Promise<Composed> {
  const { log } = wiring;
  const now = wiring.now ?? (() => Math.floor(Date.now() / 1000));
  const making = { now, sha256: sha256Hex, randomHex };
  const db = wiring.changed ? tellingChanges(wiring.db, wiring.changed) : wiring.db;
  const intake = await startIntake(db, {
    ...making,
    onTrouble: (error) => log.error({ err: error }, "the sequencer had trouble"),
  });

  // One for all: it remembers what it found while the books stand still.
  const checks = checkStore(db, now);
  const payments = paymentServices(
    { ...making, gateways: wiring.gateways ?? gatewayConfigs(wiring.environment, LOCAL) },
    db,
  );

  const servicesOver = (over: Db): Services => ({
    now,
    ledger: ledgerStore(over, making),
    intake,
    openData: openDataStore(over),
    campaigns: campaignStore(over),
    pledges: pledgeStore(over),
    home: homeStore(over),
    donations: donationStore(over),
    animals: animalStore(over),
    communes: communeStore(over),
    notices: noticeStore(over),
    books: ledgerReadingStore(over),
    checks,
    ...payments(over),
    write: (work) => over.begin((tx) => work(servicesOver(tx))),
  });

  return { services: servicesOver(db), intake, stop: () => intake.stop() };
}
