import { useTranslation } from "react-i18next";

import { subjectOfCampaign } from "#app/domain/campaigns/draft.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { may } from "#app/domain/people/may.ts";
import {
  type CommuneFigures,
  communeFigures,
  type TwinFigures,
  twinFigures,
} from "#app/domain/office-lists/own-figures.ts";
import { daysLate, type Matter, waitingFor } from "#app/domain/people/waiting.ts";
import { day, dayAt, money, number } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { localeContext } from "#app/requests/locale.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { KeyFigures } from "#app/ui/office/key-figures.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { useLocale } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";
import type { Route } from "./+types/home";

/** What waits for the person signed in, and who has not reported. */
export async function loader({ context }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "office.enter");
  const services = context.get(servicesContext);
  const locale = context.get(localeContext);
  const matters = await waitingFor(services, person);
  // Who keeps an eye on others sees the communes that owe a statement, as far as they reach.
  const watches = may(person, "campaign.read").ok;
  const overdue = watches
    ? (await services.progress.overdue(dayOf(services.now()))).filter(
        ({ campaign }) => may(person, "campaign.read", subjectOfCampaign(campaign)).ok,
      )
    : [];
  const late = [...Map.groupBy(overdue, ({ campaign }) => campaign.commune.code).values()].map(
    (group) => ({
      commune: placeName(locale, group[0]?.campaign.commune.fullName ?? ""),
      campaigns: group.map(({ campaign: { id, title }, daysLate, heldUp }) => ({
        id,
        title,
        daysLate,
        heldUp,
      })),
    }),
  );
  const status = may(person, "health.read").ok ? (await services.health.look()).status : "ok";
  const today = dayOf(services.now());
  return forRender({
    name: person.name,
    watches,
    matters: matters.map((matter) => ({ ...matter, daysLate: daysLate(matter, today) })),
    late,
    status,
    commune: await communeFigures(services, person),
    twin: await twinFigures(services, person),
  });
}

export default function OfficeHome({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation("office-home");
  const healthWords = useTranslation("office-health").t;
  const locale = useLocale();
  const { matters, late, status } = loaderData;
  const overdue = matters.filter(({ daysLate: days }) => days > 0).length;
  return (
    <OfficePage title={t("title")} lead={t("hello", { name: loaderData.name })}>
      {status === "ok" ? null : (
        <p className={status === "failing" ? "notice bad" : "notice"}>
          {healthWords(`home.${status}`)}{" "}
          <a href={OFFICE_PAGES.health}>{healthWords("home.open")}</a>
        </p>
      )}
      <KeyFigures
        figures={[
          { label: t("figure.waiting"), value: number(locale, matters.length) },
          { label: t("figure.late"), value: number(locale, overdue) },
          ...(loaderData.watches
            ? [{ label: t("figure.communes"), value: number(locale, late.length) }]
            : []),
        ]}
      />
      {loaderData.commune ? <CommuneHand figures={loaderData.commune} /> : null}
      {loaderData.twin ? <TwinHand figures={loaderData.twin} /> : null}
      <Section id="waiting" title={t("waiting")}>
        {matters.length === 0 ? (
          <p className="empty">{t("nothing")}</p>
        ) : (
          <ul className="waiting">
            {matters.map((matter) => (
              <MatterLine key={`${matter.kind} ${matter.id}`} matter={matter} />
            ))}
          </ul>
        )}
      </Section>
      {late.length > 0 ? (
        <Section id="late" title={t("late.title")}>
          <p className="soft">{t("late.lead")}</p>
          <TableBox name={t("late.title")}>
            <table className="stack office-table">
              <caption className="visually-hidden">{t("late.title")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("late.commune")}</th>
                  <th scope="col">{t("late.campaigns")}</th>
                </tr>
              </thead>
              <tbody>
                {late.map(({ commune, campaigns }) => (
                  <tr key={commune}>
                    <th scope="row">{commune}</th>
                    <td data-name={t("late.campaigns")}>
                      {campaigns.map((campaign) => (
                        <span className="line" key={campaign.id}>
                          <a href={officePath("progressOf", { campaign: campaign.id })}>
                            {campaign.title[locale]}
                          </a>{" "}
                          <span className={campaign.heldUp ? "waiting-late" : "soft"}>
                            {t(campaign.heldUp ? "late.heldUp" : "late.days", {
                              count: campaign.daysLate,
                            })}
                          </span>
                        </span>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableBox>
        </Section>
      ) : null}
    </OfficePage>
  );
}

/** What a commune has in hand. */
function CommuneHand({ figures }: { figures: CommuneFigures }) {
  const { t } = useTranslation("office-home");
  const locale = useLocale();
  return (
    <Section id="commune" title={t("commune.title")}>
      <KeyFigures
        figures={[
          {
            label: t("commune.money"),
            value: money(locale, figures.withCommune),
            href: OFFICE_PAGES.orders,
          },
          {
            label: t("commune.advances"),
            value: number(locale, figures.openAdvances),
            note: money(locale, figures.advanced),
            href: OFFICE_PAGES.orders,
          },
          {
            label: t("commune.statement"),
            value: figures.nextStatement === null ? t("commune.none") : day(figures.nextStatement),
            href: OFFICE_PAGES.progress,
          },
        ]}
      />
    </Section>
  );
}

/** What a twinned body promised this year, and what came of it. */
function TwinHand({ figures }: { figures: TwinFigures }) {
  const { t } = useTranslation("office-home");
  const locale = useLocale();
  return (
    <Section id="twin" title={t("twin.title", { year: figures.year })}>
      <KeyFigures
        figures={(["promised", "received", "delivered"] as const).map((name) => ({
          label: t(`twin.${name}`),
          value: money(locale, figures[name]),
          href: OFFICE_PAGES.twinning,
        }))}
      />
      <p className="soft">{t("twin.note")}</p>
    </Section>
  );
}

function MatterLine({ matter }: { matter: Matter & { readonly daysLate: number } }) {
  const { t } = useTranslation("office-home");
  const locale = useLocale();
  const about = [
    matter.title[locale],
    matter.amount !== null && matter.amount > 0n ? money(locale, matter.amount) : "",
  ].filter(Boolean);
  return (
    <li>
      <a href={PAGES_OF[matter.kind](matter.id)}>
        <span className="waiting-title">{t(`kind.${matter.kind}`)}</span>
        <span className={matter.daysLate > 0 ? "waiting-since waiting-late" : "waiting-since"}>
          {matter.dueOn === null
            ? t(matter.daysLate > 0 ? "sinceLate" : "since", { day: dayAt(matter.since) })
            : t(matter.daysLate > 0 ? "due" : "dueBy", { day: day(matter.dueOn) })}
        </span>
        <span className="waiting-about">
          {matter.kind === "attention"
            ? t("attention", { count: Number(matter.title.vi) })
            : matter.kind === "pledge-confirm"
              ? t("pledges", { count: Number(matter.title.vi) })
              : about.join(" · ")}
        </span>
      </a>
    </li>
  );
}

/** The page on which each kind of matter is dealt with. */
const PAGES_OF: Readonly<Record<Matter["kind"], (id: string) => string>> = {
  "role-approve": (person) => officePath("person", { person }),
  "draft-finish": ofDraft,
  "draft-opine": ofDraft,
  "draft-review": ofDraft,
  "order-change": ofOrder,
  "order-approve": ofOrder,
  "order-book": ofOrder,
  "list-opine": ofList,
  "list-decide": ofList,
  "list-post": ofList,
  "notice-down": ofList,
  "notice-confirm": ofList,
  attention: () => OFFICE_PAGES.reconcile,
  "pledge-confirm": () => OFFICE_PAGES.pledges,
  "account-approve": () => OFFICE_PAGES.accounts,
  "promise-confirm": () => OFFICE_PAGES.twinning,
  "objection-answer": (objection) => officePath("objection", { objection }),
  "group-decide": (group) => officePath("group", { group }),
  "request-answer": ofRequest,
  "request-act": ofRequest,
  "request-erase": ofRequest,
  "duplicate-judge": () => OFFICE_PAGES.duplicates,
  "progress-late": (campaign) => officePath("progressOf", { campaign }),
};

function ofDraft(draft: string): string {
  return officePath("campaign", { draft });
}

function ofOrder(order: string): string {
  return officePath("order", { order });
}

function ofList(list: string): string {
  return officePath("list", { list });
}

function ofRequest(household: string): string {
  return `${officePath("household", { household })}#requests`;
}
