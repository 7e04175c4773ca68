import { describe, expect, test } from "vitest";

import { LOSS_CAUSES } from "#app/domain/acts/reasons.ts";
import * as campaigns from "#app/domain/campaigns/campaign-reasons.ts";
import { REDACTION_REASONS, WITHDRAWAL_REASONS } from "#app/domain/files/office-file.ts";
import { REASONS } from "#app/domain/ledger/reasons.ts";
import * as orders from "#app/domain/orders/order.ts";
import { OTHER_TIME_CODES } from "#app/domain/bank-lines/import-statement.ts";
import { BAD_LINE_CODES } from "#app/domain/bank-lines/read-statement.ts";

import { textOf } from "../support/source-tree.ts";

/**
 * Every list of codes that says why, and where its words stand. What an entry, a gift or an act may carry is of the type
 * `Reason`, so that no code is written that is not in its list.
 */
const LISTS: readonly (readonly [area: string, key: string, codes: readonly string[]])[] = [
  ["ledger", "reason", REASONS],
  ["ledger", "cause", LOSS_CAUSES],
  ["campaign", "normReason", Object.values(campaigns.NORM_REASONS).flat()],
  ["campaign", "amendReason", campaigns.AMEND_REASONS],
  ["office-campaign", "sendBackReason", campaigns.SEND_BACK_REASONS],
  ["office-campaign", "cancelReason", campaigns.CANCEL_REASONS],
  ["office-files", "reason", [...REDACTION_REASONS, ...WITHDRAWAL_REASONS]],
  ["office-orders", "reasonFor", orders.SEND_BACK_REASONS],
  ["office-orders", "reasonFor", orders.CANCEL_REASONS],
  ["office-orders", "reasonFor", orders.REFUSE_REASONS],
  ["office-reconcile", "badLine", [...BAD_LINE_CODES, ...OTHER_TIME_CODES]],
];

describe.each(["vi", "en"])("in %s", (language) => {
  test.each(LISTS)("every code of %s, %s has words", (area, key, codes) => {
    const words = JSON.parse(textOf(`locales/${language}/${area}.json`)) as Record<
      string,
      Record<string, string> | undefined
    >;
    expect(codes.length).toBeGreaterThan(1);
    expect(codes.filter((code) => !words[key]?.[code])).toEqual([]);
  });
});
