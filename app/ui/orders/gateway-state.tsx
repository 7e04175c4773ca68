import { useTranslation } from "react-i18next";

import type { GatewayRefund } from "#app/domain/refunds/ports.ts";
import { number } from "#app/i18n/formats.ts";
import { useLocale } from "#app/ui/site.ts";

/** How far a refund through a gateway has come. */
export function GatewayState({ refund }: { refund: GatewayRefund }) {
  const { t } = useTranslation("office-orders");
  const locale = useLocale();
  const { outcome } = refund;
  const state = outcome?.state ?? (refund.acceptedAt === undefined ? "waiting" : "accepted");
  return (
    <p className={state === "refused" ? "notice bad" : "notice"}>
      {t(`gateway.${state}`, {
        asked: refund.asked,
        code: outcome?.providerCode ?? "",
        entry: outcome ? `#${number(locale, outcome.entry)}` : "",
      })}
    </p>
  );
}
