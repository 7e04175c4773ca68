import { own } from "#app/domain/kernel/own.ts";
import { useTranslation } from "react-i18next";

import { auditFilter, type AuditRow, withNames } from "#app/domain/office-lists/audit.ts";
import { PAGE_SIZE, placeOf } from "#app/domain/office-lists/list.ts";
import { isDay } from "#app/domain/kernel/calendar.ts";
import { SERVER_ACTS, SIGN_IN_ACTS } from "#app/domain/people/audit.ts";
import { may } from "#app/domain/people/may.ts";
import { OFFICE_ACTS } from "#app/domain/people/office-act.ts";
import { clockAt, day, dayAt, money, number } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/audit";

/** Who did what, when, as what: newest first. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "audit.read");
  const services = context.get(servicesContext);
  const query = Object.fromEntries(url.searchParams);
  const filter = auditFilter(query);
  const total = await services.audit.count(filter);
  const place = placeOf(query["page"], total);
  const lines = await services.audit.list(filter, undefined, PAGE_SIZE, place.from);
  const rows = await withNames(services, lines);
  const people = may(person, "people.read").ok ? await services.people.cards() : [];
  return forRender({ query, filter, people, list: { rows, ...place } });
}

export default function AuditPage({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation("office-people");
  const words = useTranslation("office-frame").t;
  const { filter, list } = loaderData;
  return (
    <OfficePage title={t("audit.title")} lead={t("audit.lead")}>
      <DataList
        caption={t("audit.title")}
        rows={list.rows}
        rowKey={(row) => row.n}
        columns={useColumns()}
        paging={list}
        exported="audit"
        empty={t("audit.empty")}
        filters={[
          {
            name: "person",
            label: t("audit.person"),
            value: filter.person,
            options: loaderData.people.map(({ id, name }) => [id, name]),
          },
          {
            name: "act",
            label: t("audit.act"),
            value: filter.act,
            options: [...OFFICE_ACTS, ...SIGN_IN_ACTS, ...SERVER_ACTS].map((act) => [
              act,
              words(`act.${act}`),
            ]),
          },
          {
            name: "outcome",
            label: t("audit.outcomeLabel"),
            value: filter.outcome,
            options: (["done", "refused"] as const).map((one) => [one, t(`audit.outcome.${one}`)]),
          },
          { name: "from", label: t("audit.from"), value: filter.from, type: "day" },
          { name: "to", label: t("audit.to"), value: filter.to, type: "day" },
          { name: "subject", label: t("audit.subject"), value: filter.subject },
        ]}
      />
    </OfficePage>
  );
}

function useColumns(): ListColumn<AuditRow>[] {
  const { t } = useTranslation("office-people");
  const words = useTranslation("office-frame").t;
  const locale = useLocale();
  return [
    {
      name: "n",
      title: t("audit.n"),
      cell: (row) => (
        <>
          <span className="num">{number(locale, row.n)}</span>
          <span className="under num">{`${dayAt(row.at)} ${clockAt(row.at)}`}</span>
        </>
      ),
    },
    {
      name: "person",
      title: t("audit.person"),
      cell: (row) => (
        <>
          {row.personName ?? t("audit.nobody")}
          {row.role ? (
            <span className="under">
              {words(`role.${row.role}`)}
              {row.organisationName ? ` · ${row.organisationName[locale]}` : null}
            </span>
          ) : null}
        </>
      ),
    },
    {
      name: "act",
      title: t("audit.act"),
      cell: (row) => (
        <>
          {words(`act.${row.act}`)}
          {row.outcome === "refused" ? (
            <span className="line">
              <State tone="bad">{t("audit.outcome.refused")}</State>
            </span>
          ) : null}
        </>
      ),
    },
    { name: "subject", title: t("audit.subject"), cell: (row) => <Subject row={row} /> },
    { name: "facts", title: t("audit.facts"), cell: (row) => <Facts row={row} /> },
  ];
}

/** Kinds of subject that have a page, by its parameter. */
const PAGES_OF: Readonly<Partial<Record<string, (id: string) => string>>> = {
  person: (id) => officePath("person", { person: id }),
  order: (id) => officePath("order", { order: id }),
  file: (id) => officePath("file", { file: id }),
  draft: (id) => officePath("campaign", { draft: id }),
  // The same address: what is published stands there under its own id.
  campaign: (id) => officePath("campaign", { draft: id }),
};

function Subject({ row }: { row: AuditRow }) {
  const { t } = useTranslation("office-people");
  const page = own(PAGES_OF, row.subjectKind)?.(row.subject);
  const kind = t(`audit.kind.${row.subjectKind}`, { defaultValue: row.subjectKind });
  return (
    <>
      {kind}
      <span className="under">
        {page ? <a href={page}>{row.subjectName ?? row.subject}</a> : <code>{row.subject}</code>}
      </span>
    </>
  );
}

/** Facts that are đồng. */
const AMOUNT_FACTS = new Set(["amount", "money"]);

/** What the line tells beside its subject; codes have words where we know them. */
function Facts({ row }: { row: AuditRow }) {
  const { t } = useTranslation("office-people");
  const locale = useLocale();
  const words = useTranslation("office-frame").t;
  const facts = Object.entries(row.facts).filter(([, value]) => value !== null && value !== "");
  if (facts.length === 0) return null;
  const textOf = (name: string, value: string | number | boolean | null) => {
    if (typeof value === "boolean") return t(value ? "audit.yes" : "audit.no");
    if (typeof value === "string" && isDay(value)) return day(value);
    if (name === "role") return words(`role.${value}`, { defaultValue: `${value}` });
    if (AMOUNT_FACTS.has(name) && /^\d{1,18}$/.test(`${value}`))
      return money(locale, BigInt(`${value}`));
    const known = row.factNames[name]?.[locale];
    return known ?? t(`audit.value.${name}.${value}`, { defaultValue: `${value}` });
  };
  return (
    <ul className="fact-lines">
      {facts.map(([name, value]) => (
        <li key={name}>
          {t(`audit.fact.${name}`, { defaultValue: name })}: {textOf(name, value)}
        </li>
      ))}
    </ul>
  );
}
