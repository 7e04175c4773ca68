import { setImmediate as nextTurn } from "node:timers/promises";

import type { Environment } from "#app/adapters/environment.ts";
import { fileStore } from "#app/adapters/files/file-stores.ts";
import { backgroundWork } from "#app/adapters/background-work.ts";
import { bookReader } from "#app/adapters/read-book.ts";
import { payerMarks } from "#app/adapters/payer-marks.ts";
import { pictureMaker } from "#app/adapters/files/picture-maker.ts";
import { unpack } from "#app/adapters/files/unpack.ts";
import { type GatewayConfigs, gatewayConfigs } from "#app/adapters/gateways.ts";
import type { RunningHealth } from "#app/adapters/health/watch.ts";
import { watchedMail } from "#app/adapters/health/watched-mail.ts";
import type { Log } from "#app/front/log.ts";
import { smtpMail } from "#app/adapters/mail/smtp.ts";
import { newId, randomHex } from "#app/adapters/randomness.ts";
import { writeSheet } from "#app/adapters/spreadsheet.ts";
import { statementImports } from "#app/adapters/statement-imports.ts";
import { sealingUnder } from "#app/adapters/sealed-texts.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import { zipFiles } from "#app/adapters/zip-files.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import type { Mail } from "#app/domain/letters/ports.ts";
import type { Services } from "#app/domain/services.ts";
import { checkStore } from "#db/checks/kept-runs.ts";
import type { Database, Db } from "#db/client.ts";
import { officialStores, officialWriting, sealedOver } from "#db/stores/acts.ts";
import { animalStore } from "#db/stores/animal-files.ts";
import { auditStore } from "#db/stores/audit.ts";
import { bankAccountStore } from "#db/stores/bank-accounts.ts";
import { catalogueStore } from "#db/stores/catalogue.ts";
import { communeStore } from "#db/stores/communes.ts";
import { demonstrationSince } from "#db/stores/content-version.ts";
import { campaignStore } from "#db/stores/campaigns.ts";
import { donationStore } from "#db/stores/donations.ts";
import { draftReadingStore } from "#db/stores/draft-reading.ts";
import { fileReadingStore } from "#db/stores/files.ts";
import { groupReadingStore } from "#db/stores/groups.ts";
import { homeStore } from "#db/stores/home.ts";
import { type RunningIntake, startIntake } from "#db/stores/intake.ts";
import { ledgerReadingStore } from "#db/stores/ledger-reading.ts";
import { ledgerStore } from "#db/stores/ledger.ts";
import { listReadingStore } from "#db/stores/list-reading.ts";
import { listLinesStore } from "#db/stores/list-lines.ts";
import { noticeStore } from "#db/stores/notices.ts";
import { objectionReadingStore } from "#db/stores/objections.ts";
import { orderReadingStore } from "#db/stores/order-reading.ts";
import { peopleStore } from "#db/stores/people.ts";
import { pledgeStore } from "#db/stores/pledges.ts";
import { reconcileStore } from "#db/stores/reconcile.ts";
import { registerStore } from "#db/stores/register.ts";
import { registerImportsStore } from "#db/stores/register-imports.ts";
import { registerNamesStore } from "#db/stores/register-names.ts";
import { stagedFilesStore } from "#db/stores/staged-files.ts";
import { openDataStore } from "#db/stores/open-data.ts";
import { progressStore } from "#db/stores/progress.ts";
import { twinningStore } from "#db/stores/twinning.ts";
import { waitingStore } from "#db/stores/waiting.ts";
import { type Changed, tellingChanges } from "#db/version-watch.ts";

import { accountsOf } from "./accounts.ts";
import { healthOf } from "./health.ts";
import { paymentServices } from "./payment-services.ts";

export { openConfigured } from "./configured.ts";

const LOCAL = "http://localhost:3000";

/** What the services are wired from. */
export interface Wiring {
  readonly db: Database;
  readonly environment: Environment;
  readonly log: Log;
  /** Called as soon as something that pages show is committed by this process. */
  readonly changed?: Changed;
  /** How the gateways are reached, when the caller knows where the site is. */
  readonly gateways?: GatewayConfigs;
  /** The site as browsers see it, when the caller knows; letters link there. */
  readonly address?: string;
  /** Instead of the mail server of the environment. */
  readonly mail?: Mail;
  /** The clock, UTC seconds; tests and the replay set it. */
  readonly now?: () => number;
}

/** Services with what has to be ended. */
export interface Composed {
  readonly services: Services;
  readonly intake: RunningIntake;
  readonly health: RunningHealth;
  /** Load what is wanted later and takes long to load. */
  load(): Promise<void>;
  /** Book what is under way, let the sequencer's lock go. The database stays open. */
  stop(): Promise<void>;
}

/** Put the real stores and adapters behind the ports of the domain. */
export async function compose(wiring: Wiring): Promise<Composed> {
  const { log } = wiring;
  const now = wiring.now ?? (() => Math.floor(Date.now() / 1000));
  const db = wiring.changed ? tellingChanges(wiring.db, wiring.changed) : wiring.db;
  const replayedAt = await demonstrationSince(db);
  const making = {
    now,
    sha256: sha256Hex,
    randomHex,
    // A clock that is played has none to fit.
    compared: wiring.now === undefined && !wiring.environment.CLOCK_PLAYED,
    replayedAt,
    sealing: sealingUnder(wiring.environment.REGISTER_KEY),
  };
  const intake = await startIntake(db, {
    ...making,
    onTrouble: (error) => log.error({ err: error }, "the sequencer had trouble"),
  });

  const payments = paymentServices(
    { ...making, gateways: wiring.gateways ?? gatewayConfigs(wiring.environment, LOCAL) },
    db,
  );

  const marks = payerMarks(wiring.environment.ACCOUNTS_SECRET);
  const store = fileStore(wiring.environment);
  const pictures = pictureMaker();

  const { environment } = wiring;
  const mail = watchedMail(wiring.mail ?? mailOf(environment), now);
  const health = healthOf({
    db: wiring.db,
    environment,
    intake,
    async lastCheck() {
      const report = await checkStore(wiring.db).last();
      if (!report) return undefined;
      const broken = report.results.filter(({ ok }) => !ok).length;
      return { ranAt: report.endedAt, ok: report.ok, broken };
    },
    store,
    mail,
    clock: making,
  });

  const accounts = accountsOf({
    db: wiring.db,
    environment,
    address: wiring.address ?? environment.PUBLIC_URL ?? LOCAL,
    mail,
    now,
    onTrouble: (error) => log.error({ err: error }, "sign-in had trouble after its answer"),
  });

  const imports = statementImports({
    giveWay: () => nextTurn(),
    onTrouble: (error) => log.error({ err: error }, "an import had trouble"),
  });

  const background = backgroundWork({
    onTrouble: (error) => log.error({ err: error }, "work behind a request had trouble"),
  });
  const readBook = bookReader(() => nextTurn());

  const servicesOver = (over: Db): Services => ({
    now,
    newId,
    ledger: ledgerStore(over, making),
    intake,
    openData: openDataStore(over),
    campaigns: campaignStore(over),
    pledges: pledgeStore(over),
    payerMarks: marks,
    home: homeStore(over),
    donations: donationStore(over),
    animals: animalStore(over),
    communes: communeStore(over),
    notices: noticeStore(over, sealedOver(over, making)),
    books: ledgerReadingStore(over),
    checks: checkStore(over),
    health,
    catalogues: catalogueStore(over),
    bankAccounts: bankAccountStore(over),
    twinning: twinningStore(over),
    lists: listReadingStore(over),
    progress: progressStore(over),
    official: officialWriting(over, making),
    drafts: draftReadingStore(over, now),
    people: peopleStore(over),
    reconcile: reconcileStore(over),
    statementImports: imports,
    orders: orderReadingStore(over, () => dayOf(now()), officialStores(over, making)),
    listLines: listLinesStore(over),
    groups: groupReadingStore(over),
    objections: objectionReadingStore(over),
    audit: auditStore(over, now),
    waiting: waitingStore(over, now),
    writeSheet,
    zipFiles,
    register: registerStore(over),
    registerImports: registerImportsStore(over),
    readBook,
    background,
    sealed: sealedOver(over, making),
    registerNames: registerNamesStore(over, (tx) => sealedOver(tx, making), now),
    accounts,
    ...payments(over),
    files: {
      store,
      pictures,
      unpack,
      staged: stagedFilesStore(over),
      reading: fileReadingStore(over),
    },
  });

  return {
    services: servicesOver(db),
    intake,
    health,
    load: () => accounts.load(),
    async stop() {
      await accounts.stop();
      await health.close();
      await intake.stop();
    },
  };
}

function mailOf({ SMTP_URL: url, MAIL_FROM: from }: Environment): Mail | undefined {
  return url && from ? smtpMail({ url, from }) : undefined;
}
