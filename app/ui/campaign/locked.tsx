import { useTranslation } from "react-i18next";

import type { CampaignLock } from "#app/domain/objections/ports.ts";
import { money } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";

/** What of the money that came objections hold back, with the lists they are about; nothing while there are none. */
export function Locked({ locked }: { locked: CampaignLock }) {
  const { t } = useTranslation("campaign");
  const { locale, to } = useSite();
  if (locked.open === 0) return null;
  return (
    <p className="small">
      <span className="key key-inline locked" aria-hidden="true" />{" "}
      {t("totals.locked", { count: locked.open, amount: money(locale, locked.amount) })}{" "}
      {locked.lists.map((list) => (
        <a key={list} href={to("notice", { notice: list })}>
          {t("totals.lockedList", { list })}{" "}
        </a>
      ))}
    </p>
  );
}
