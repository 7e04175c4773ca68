import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";

import { normalQuery } from "#app/i18n/filters.ts";
import { clockAt, dayAt, number } from "#app/i18n/formats.ts";
import { otherLocale, type Page } from "#app/i18n/paths.ts";

import { FILLS } from "./picture-colours.ts";
import { useRoot, useSite, useThisPage } from "./site.ts";

/** Pages in the header, and the pages that count as being under each. */
const MENU = [
  [
    "campaigns",
    [
      "campaigns",
      "campaign",
      "campaignVersions",
      "campaignThings",
      "give",
      "pledge",
      "payment",
      "communes",
      "commune",
    ],
  ],
  ["ledger", ["ledger", "entry", "donation", "animal"]],
  ["notices", ["notices", "notice", "noticeSheet", "objection", "objectionFollow", "group"]],
  ["transparency", ["transparency", "openData"]],
] as const satisfies readonly (readonly [Page, readonly Page[]])[];

/** What stands around every page: the demonstration banner, the header with the weave band, the footer. */
export function PageFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation("site");
  return (
    <>
      <StagePatterns />
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <Header />
      <main id="main" className="wrap" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </>
  );
}

/** Pages that are a sheet of paper by themselves, with a head and a foot of their own. */
const SHEETS: ReadonlySet<Page> = new Set(["noticeSheet"]);
/** Pages of one person, whose address nobody else is to follow. */
const PRIVATE: ReadonlySet<Page> = new Set([
  "signIn",
  "secondStep",
  "setUp",
  "forgotten",
  "newPassword",
  "donorLink",
  "signOut",
  "mine",
]);

/**
 * The patterns of the stages, once a page: every picture of stages refers to them. Stages that touch differ in pattern,
 * as their colours are one grey on paper: pledged is an open hatch, received dotted, disbursed lined, delivered full;
 * what is held back of the received leans the other way.
 */
function StagePatterns() {
  return (
    <svg className="visually-hidden" width="0" height="0" aria-hidden="true">
      <pattern
        id="hatch"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path className="f-pledged-gap" fill={FILLS["pledged-gap"]} d="M0 0h6v6H0z" />
        <path className="f-pledged-mark" fill={FILLS["pledged"]} d="M0 0h3v6H0z" />
      </pattern>
      <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
        <path className="f-received" fill={FILLS["received"]} d="M0 0h6v6H0z" />
        <circle className="f-cut" fill={FILLS["paper"]} cx="3" cy="3" r="1.4" />
      </pattern>
      <pattern id="lines" width="5" height="6" patternUnits="userSpaceOnUse">
        <path className="f-disbursed" fill={FILLS["disbursed"]} d="M0 0h5v6H0z" />
        <path className="f-cut" fill={FILLS["paper"]} d="M0 0h1.4v6H0z" />
      </pattern>
      <pattern
        id="locked"
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(-45)"
      >
        <path className="f-cut" fill={FILLS["paper"]} d="M0 0h5v5H0z" />
        <path className="f-held" fill={FILLS["locked"]} d="M0 0h2.5v5H0z" />
      </pattern>
    </svg>
  );
}

function Header() {
  const { t } = useTranslation("site");
  const { locale, to } = useSite();
  const here = useThisPage();
  const other = otherLocale(locale);
  const query = normalQuery(here?.page, useLocation().search);
  const filters = query.kept ? query.search : "";
  const demo = useRoot()?.demo;
  return (
    <header className={here && SHEETS.has(here.page) ? "site-header no-print" : "site-header"}>
      {demo ? (
        <p className="demo">
          <span className="wrap">{t("demo")}</span>
        </p>
      ) : null}
      <div className="wrap bar">
        <a className="brand" href={to("home")}>
          <Mark />
          {t("name")}
        </a>
        <nav aria-label={t("menu.label")}>
          <ul>
            {MENU.map(([page, under]) => (
              <li key={page}>
                <a href={to(page)} aria-current={currentOf(here?.page, page, under)}>
                  {t(`menu.${page}`)}
                </a>
              </li>
            ))}
            <li>
              <a
                href={here ? here.in(other) + filters : other === "en" ? "/en" : "/"}
                hrefLang={other}
                lang={other}
                rel="alternate"
              >
                {t("otherLanguage")}
              </a>
            </li>
          </ul>
        </nav>
      </div>
      <div className="weave" />
    </header>
  );
}

function currentOf(here: Page | undefined, page: Page, under: readonly Page[]) {
  if (here === page) return "page";
  return here && under.includes(here) ? "true" : undefined;
}

/** The mark: a diamond of the weave. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
      <path d="M12 0 24 12 12 24 0 12z" fill="#1b1d24" />
      <path d="M12 4 20 12 12 20 4 12z" fill="none" stroke="#d8a52a" strokeWidth="1.8" />
      <path d="M12 7.5 16.5 12 12 16.5 7.5 12z" fill="#a3262b" />
    </svg>
  );
}

function Footer() {
  const { t } = useTranslation("site");
  const { locale, to } = useSite();
  const root = useRoot();
  const here = useThisPage()?.page;
  const head = root?.head;
  const madeAt = root?.madeAt;
  return (
    <footer className={here && SHEETS.has(here) ? "site-footer no-print" : "site-footer"}>
      <div className="wrap">
        {here && root?.qr && !SHEETS.has(here) && !PRIVATE.has(here) ? (
          <div className="print-strip" aria-hidden="true">
            <img src={root.qr} alt="" width="96" height="96" />
            {root.demo ? <p>{t("demo")}</p> : null}
            <p>{root.address}</p>
          </div>
        ) : null}
        <p className="footer-promise">{t("footer.promise")}</p>
        {madeAt === undefined ? null : (
          <p className="made-line">
            {t("footer.made")}{" "}
            <time dateTime={new Date(madeAt * 1000).toISOString()}>
              {t("footer.at", { time: clockAt(madeAt), day: dayAt(madeAt) })}
            </time>
            .
          </p>
        )}
        {head ? (
          <p className="head-line">
            {t("footer.upTo")}{" "}
            <a href={to("entry", { entry: head.entry })}>#{number(locale, head.entry)}</a>{" "}
            {t("footer.at", { time: clockAt(head.recordedAt), day: dayAt(head.recordedAt) })} ·{" "}
            {t("footer.leaf")} <code title={head.leafHash}>{shortHash(head.leafHash)}</code>
          </p>
        ) : root ? (
          // Not where nothing could be read: that is no empty ledger.
          <p>{t("footer.empty")}</p>
        ) : null}
        <ul className="footer-links">
          {(
            [
              "communes",
              "twinning",
              "accounts",
              "transparency",
              "openData",
              "about",
              "privacy",
              "accessibility",
              "mine",
              "signIn",
            ] as const
          ).map((page) => (
            <li key={page}>
              <a href={to(page)}>{t(`footer.${page}`)}</a>
            </li>
          ))}
        </ul>
      </div>
    </footer>
  );
}

function shortHash(hash: string): string {
  return `${hash.slice(0, 8)}…${hash.slice(-4)}`;
}
