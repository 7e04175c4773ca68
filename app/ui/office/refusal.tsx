import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";

import { PERMISSIONS } from "#app/domain/people/may.ts";
import type { OfficeAct } from "#app/domain/people/office-act.ts";
import { OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import { useRoot, useSite } from "#app/ui/site.ts";

const KNOWN = new Set([400, 403, 404, 405, 408, 409, 413, 429, 503]);

/** What a refusal brings: its code, and the act that was asked. */
export interface Refusal {
  readonly status: number;
  readonly code: string | undefined;
  readonly act: OfficeAct | undefined;
}

/** An answer of the office that is no page: what happened, what did not happen, how to go on. Never anything of the subject. */
export function RefusalPage({ status, code, act }: Refusal) {
  const { t } = useTranslation("office-frame");
  const { pathname, search } = useLocation();
  const visitor = useRoot()?.office;
  const kind =
    status === 403 ? `403.${forbidden(code, act)}` : KNOWN.has(status) ? `${status}` : "500";
  const { to } = useSite();
  // The page to come back to: its own address, and the other side takes addresses of the office only.
  const signIn = to(code === "people.no-second-factor" ? "secondStep" : "signIn");
  const back = new URLSearchParams({ next: `${pathname}${search}` }).toString();
  return (
    <div className="error-page">
      <title>{`${t(`error.${kind}.title`)} · ${t("office")} · Kết Nghĩa`}</title>
      <p className="eyebrow">{status}</p>
      <h1>{t(`error.${kind}.title`)}</h1>
      <p className="page-lead">{t(`error.${kind}.text`)}</p>
      {act && status === 403 && code !== "people.signed-out" ? (
        <p>
          {t("error.act", { act: t(`act.${act}`) })}{" "}
          {t("error.whoMay", {
            roles: Object.keys(PERMISSIONS[act])
              .map((role) => t(`role.${role}`))
              .join(", "),
          })}
        </p>
      ) : null}
      <p className="buttons">
        {code === "people.signed-out" || code === "people.no-second-factor" ? (
          <a className="button" href={`${signIn}?${back}`}>
            {t(code === "people.signed-out" ? "error.signIn" : "error.secondStep")}
          </a>
        ) : null}
        {visitor ? (
          <a className="button quiet" href={OFFICE_PAGES.home}>
            {t("error.home")}
          </a>
        ) : null}
      </p>
    </div>
  );
}

function forbidden(code: string | undefined, act: OfficeAct | undefined): string {
  switch (code) {
    case "people.signed-out":
      return "signedOut";
    case "people.no-second-factor":
      return "secondFactor";
    case "people.not-your-place":
      return "place";
    case "people.own-preparation":
      return act?.endsWith(".book") ? "third" : "own";
    default:
      return "role";
  }
}
