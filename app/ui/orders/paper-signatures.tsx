import { useTranslation } from "react-i18next";

/** Where the three hands sign, on paper only. */
export function PaperSignatures() {
  const { t } = useTranslation("office-orders");
  return (
    <div className="order-signatures" aria-hidden="true">
      {(["asked", "approved", "booked"] as const).map((hand) => (
        <p key={hand}>
          <strong>{t(`paper.${hand}`)}</strong>
          <span className="soft">{t("paper.sign")}</span>
        </p>
      ))}
    </div>
  );
}
