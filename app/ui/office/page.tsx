import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { OFFICE_PAGES } from "#app/i18n/office-paths.ts";

/** A page above this one: `[words, address]`. */
export type Crumb = readonly [label: string, href: string];

/** A page of the office: where it stands, its title, what it is for, and what can be done from here. */
export function OfficePage(props: {
  title: string;
  /** Stands before the title in the tab and above it on the page, such as a code. */
  eyebrow?: ReactNode;
  lead?: ReactNode;
  crumbs?: readonly Crumb[];
  /** Links and buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation("office-frame");
  return (
    <>
      <title>{`${props.title} · ${t("office")} · Kết Nghĩa`}</title>
      <meta name="robots" content="noindex" />
      {props.crumbs ? (
        <nav className="crumbs" aria-label={t("crumbs")}>
          <ol>
            <li>
              <a href={OFFICE_PAGES.home}>{t("menu.home")}</a>
            </li>
            {props.crumbs.map(([label, href]) => (
              <li key={href}>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      <div className="page-head">
        <div>
          {props.eyebrow ? <p className="eyebrow">{props.eyebrow}</p> : null}
          <h1>{props.title}</h1>
        </div>
        {props.actions ? <div className="page-actions">{props.actions}</div> : null}
      </div>
      {props.lead ? <p className="page-lead">{props.lead}</p> : null}
      {props.children}
    </>
  );
}

/** A part of a page under its own heading, with what can be done about it. */
export function Section(props: {
  id: string;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="office-section" aria-labelledby={props.id}>
      <div className="section-head">
        <h2 id={props.id}>{props.title}</h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}
