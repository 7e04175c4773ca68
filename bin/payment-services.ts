import { setImmediate as nextTurn } from "node:timers/promises";

import type { BankLineServices } from "#app/domain/bank-lines/ports.ts";
import type { GatewayRefundServices } from "#app/domain/refunds/ports.ts";
import { type GatewayConfigs, gatewaysOf } from "#app/adapters/gateways.ts";
import { qrFile, qrPicture } from "#app/adapters/qr-picture.ts";
import { drawSigns } from "#app/adapters/randomness.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import type { Database, Db } from "#db/client.ts";
import { bankStatementsStore } from "#db/stores/bank-statements.ts";
import { gatewayActs, gatewayRefundsStore } from "#db/stores/gateway-refunds.ts";
import type { BookClock } from "#db/stores/book-clock.ts";
import { attentionStore, inboxStore } from "#db/stores/inbox.ts";
import { openingsStore } from "#db/stores/openings.ts";
import { paymentsStore } from "#db/stores/payments.ts";
import { placesStore } from "#db/stores/places.ts";
import { rulesStore } from "#db/stores/rules.ts";

/** What paying is wired from. */
export interface PaymentWiring extends BookClock {
  readonly randomHex: (bytes: number) => string;
  readonly gateways: GatewayConfigs;
  /** Signs of new reference codes; the replay gives a seeded stream. */
  readonly drawSigns?: BankLineServices["drawSigns"];
}

/**
 * The services that paying needs, over `over` (the database or a transaction of it). Statement lines always go through
 * `db`: an import makes its own commits.
 */
export function paymentServices(wiring: PaymentWiring, db: Database) {
  const gateways = gatewaysOf(wiring.gateways);
  // One for all: it remembers what it read.
  const rules = rulesStore(db);
  return (over: Db): Omit<GatewayRefundServices & BankLineServices, "now" | "intake"> => ({
    giveWay: () => nextTurn(),
    sha256: sha256Hex,
    randomHex: wiring.randomHex,
    drawSigns: wiring.drawSigns ?? drawSigns,
    qrPicture,
    qrFile,
    payments: paymentsStore(over),
    inbox: inboxStore(over, wiring.now),
    attention: attentionStore(over, wiring.now),
    openings: openingsStore(over),
    places: placesStore(over),
    rules,
    bankStatements: bankStatementsStore(db),
    gatewayRefunds: gatewayRefundsStore(over),
    gatewayActs: gatewayActs(over, { ...wiring, sha256: sha256Hex }),
    ...gateways,
  });
}
