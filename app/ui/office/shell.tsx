import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";

import { OFFICE_MENU, OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import { OFFICE_LOCALE_ADDRESS, otherLocale } from "#app/i18n/paths.ts";
import type { OfficeVisitor } from "#app/requests/office-visitor.ts";
import { Mark } from "#app/ui/page-frame.tsx";
import { useRoot, useSite } from "#app/ui/site.ts";

/** What stands around every page of the office: who is here, as what, and where else they may go. */
export function OfficeShell({ children }: { children: ReactNode }) {
  const { t } = useTranslation("office-frame");
  const { to } = useSite();
  const root = useRoot();
  const visitor = root?.office;
  return (
    <div className="office">
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <header className="office-header">
        {root?.demo ? (
          <p className="demo">
            <span className="office-wide">{t("demo")}</span>
          </p>
        ) : null}
        <div className="office-wide office-bar">
          <a className="brand" href={OFFICE_PAGES.home}>
            <Mark />
            <span>
              Kết Nghĩa <span className="brand-office">{t("office")}</span>
            </span>
          </a>
          {visitor ? <Who visitor={visitor} /> : null}
        </div>
        <div className="weave" />
        {visitor ? (
          <details className="office-wide menu-small">
            <summary>{t("menu.label")}</summary>
            <Menu visitor={visitor} label={t("menu.label")} />
            <Own />
          </details>
        ) : null}
      </header>
      <div className="office-wide office-body">
        {visitor ? (
          <div className="menu-wide">
            <Menu visitor={visitor} label={t("menu.label")} />
          </div>
        ) : null}
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
      <footer className="office-wide office-footer">
        <a href={to("home")}>{t("publicSite")}</a>
      </footer>
    </div>
  );
}

function Who({ visitor }: { visitor: OfficeVisitor }) {
  const { t } = useTranslation("office-frame");
  const { locale } = useSite();
  const [first, ...others] = visitor.roles;
  return (
    <div className="who">
      <p>
        <a className="who-name" href={OFFICE_PAGES.me}>
          {visitor.name}
        </a>
        {first ? (
          <span className="who-role">
            {t(`role.${first.role}`)} · {first.organisation[locale]}
            {others.length > 0 ? ` ${t("moreRoles", { count: others.length })}` : null}
          </span>
        ) : (
          <span className="who-role">{t("noRole")}</span>
        )}
      </p>
      <Own />
    </div>
  );
}

/** The person's own buttons: the other language, and the way out. */
function Own() {
  const { t } = useTranslation("office-frame");
  const { to } = useSite();
  return (
    <div className="own">
      <LanguageSwitch />
      <form method="post" action={to("signOut")}>
        <button className="link-button" type="submit">
          {t("signOut")}
        </button>
      </form>
    </div>
  );
}

/** Changes the language of the office for this person, and comes back to this page. */
function LanguageSwitch() {
  const { t } = useTranslation("office-frame");
  const { locale } = useSite();
  const { pathname, search } = useLocation();
  const other = otherLocale(locale);
  return (
    <form method="post" action={OFFICE_LOCALE_ADDRESS}>
      <input type="hidden" name="locale" value={other} />
      <input type="hidden" name="back" value={`${pathname}${search}`} />
      <button className="link-button" type="submit" lang={other}>
        {t("otherLanguage")}
      </button>
    </form>
  );
}

function Menu({ visitor, label }: { visitor: OfficeVisitor; label: string }) {
  const { t } = useTranslation("office-frame");
  const { pathname } = useLocation();
  return (
    <nav aria-label={label} className="office-menu">
      {OFFICE_MENU.map(([group, pages]) => {
        const open = pages.filter((page) => visitor.menu.includes(page));
        if (open.length === 0) return null;
        return (
          <div key={group} className="menu-group">
            <p className="menu-title">{t(`menu.group.${group}`)}</p>
            <ul>
              {open.map((page) => (
                <li key={page}>
                  <a
                    href={OFFICE_PAGES[page]}
                    aria-current={currentOf(pathname, OFFICE_PAGES[page])}
                  >
                    {t(`menu.${page}`)}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

function currentOf(pathname: string, page: string): "page" | "true" | undefined {
  if (pathname === page) return "page";
  return page !== OFFICE_PAGES.home && pathname.startsWith(`${page}/`) ? "true" : undefined;
}
