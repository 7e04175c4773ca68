import { useTranslation } from "react-i18next";

/** The recovery codes, the one time they are shown; they print without the rest of the site. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation("sign-in");
  return (
    <section className="recovery-codes" aria-labelledby="codes-title">
      <h2 id="codes-title">{t("codes.title")}</h2>
      <p>{t("codes.text")}</p>
      <ol>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}
