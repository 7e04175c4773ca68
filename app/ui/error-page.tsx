import { useTranslation } from "react-i18next";

import { useSite } from "./site.ts";

const KNOWN = new Set([400, 404, 405, 410, 429]);

/** An answer that is no page: says what happened, what did not happen, and where to go on. */
export function ErrorPage({ status }: { status: number }) {
  const { t } = useTranslation("errors");
  const { to } = useSite();
  const kind = KNOWN.has(status) ? String(status) : "500";
  return (
    <div className="error-page">
      <title>{`${t(`${kind}.title`)} · Kết Nghĩa`}</title>
      <p className="eyebrow">{status}</p>
      <h1>{t(`${kind}.title`)}</h1>
      <p className="lead">{t(`${kind}.text`)}</p>
      <form action={to("home")} className="lookup" role="search">
        <label htmlFor="error-code">{t("lookUp")}</label>
        <div className="field-row">
          <input id="error-code" name="code" autoComplete="off" spellCheck={false} />
          <button className="button quiet" type="submit">
            {t("lookUpButton")}
          </button>
        </div>
      </form>
      <ul>
        <li>
          <a href={to("campaigns")}>{t("campaigns")}</a>
        </li>
        <li>
          <a href={to("ledger")}>{t("ledger")}</a>
        </li>
        <li>
          <a href={to("home")}>{t("home")}</a>
        </li>
      </ul>
    </div>
  );
}
