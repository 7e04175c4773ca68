import { useTranslation } from "react-i18next";

import { useSite } from "./site.ts";

const KNOWN = new Set([400, 404, 405, 410, 429, 503]);

/** Problems that have words of their own; any other is told by its status. */
const TOLD: ReadonlyMap<string, string> = new Map([["form.broken", "formBroken"]]);

/** The code of a problem that a route threw with its status. */
export function problemCode(facts: unknown): string | undefined {
  if (typeof facts !== "object" || facts === null || !("code" in facts)) return undefined;
  return typeof facts.code === "string" ? facts.code : undefined;
}

/** An answer that is no page: says what happened, what did not happen, and where to go on. */
export function ErrorPage({ status, code }: { status: number; code?: string | undefined }) {
  const { t } = useTranslation("errors");
  const { to } = useSite();
  const kind = TOLD.get(code ?? "") ?? (KNOWN.has(status) ? String(status) : "500");
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
