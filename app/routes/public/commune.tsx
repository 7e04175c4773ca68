import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { sumTotals } from "#app/domain/ledger/totals.ts";
import {
  communeAddress,
  type CommuneCampaign,
  type CommuneFile,
  pickUnit,
  readCommuneAddress,
} from "#app/domain/places/commune-file.ts";
import type { Unit } from "#app/domain/places/unit.ts";
import type { Pair } from "#app/domain/twinning/pair.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { type Locale, localeOfPath } from "#app/i18n/paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { CommuneHerds, CommuneOffices } from "#app/ui/commune-parts.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { ownLanguage } from "#app/ui/own-language.ts";
import { useSite } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";
import { STAGES, Totals } from "#app/ui/totals.tsx";
import { communeName } from "#app/ui/tracing/names.ts";
import type { Route } from "./+types/commune";

export async function loader({ context, params }: Route.LoaderArgs) {
  const { communes, twinning, now } = context.get(servicesContext);
  const today = dayOf(now());
  const asked = readCommuneAddress(params.commune);
  const unit = asked && pickUnit(await communes.named(asked.name), asked.since, today);
  if (!unit) throw data({ code: "commune.not-found" }, { status: 404 });
  const file = await communes.file(unit);
  return forRender({ file, today, pairs: pairsOf(file, await twinning.pairs()) });
}

/** The pairs that stand beside a commune: of its district, its own, and those of its campaigns. */
function pairsOf({ unit, campaigns }: CommuneFile, pairs: readonly Pair[]): Pair[] {
  const own = new Set(campaigns.map(({ id }) => id));
  return pairs.filter(
    ({ kind, receiver, receiverNow, campaigns: theirs }) =>
      (kind === "district" && receiver.code === unit.district2024) ||
      [receiver, receiverNow].some(
        (place) => place?.code === unit.code && place.validFrom === unit.validFrom,
      ) ||
      theirs.some((id) => own.has(id)),
  );
}

export function meta({ location, loaderData }: Route.MetaArgs) {
  const locale = localeOfPath(location.pathname);
  const name = placeName(locale, loaderData?.file.unit.fullName ?? "");
  return pageMeta(name, wordsFor(locale, "commune")("description", { name }));
}

/** One commune in one period: what it became or came from, its campaigns by the four totals, its lists. */
export default function CommunePage({ loaderData }: Route.ComponentProps) {
  const { file, today, pairs } = loaderData;
  const { t } = useTranslation("commune");
  const { locale, to } = useSite();
  const { unit, above, campaigns } = file;
  return (
    <article className="commune-page">
      <p className="crumbs">
        <a href={to("communes")}>{t("all.title")}</a>
        <span aria-hidden="true">›</span>
        <span>
          {above
            .map(({ fullName, validTo }) => placeName(locale, fullName, validTo !== null))
            .join(" · ")}
        </span>
        <span className="chip">{t("code", { code: unit.code })}</span>
        <span className="chip">{periodOf(unit, t)}</span>
      </p>
      <h1>{placeName(locale, unit.fullName)}</h1>
      <Lineage file={file} t={t} />
      <CommuneOffices file={file} pairs={pairs} t={t} />
      {campaigns.length === 0 ? (
        <p className="section empty">
          {t("none")}{" "}
          {unit.district2024 === null ? null : (
            <a href={`${to("campaigns")}?district=${unit.district2024}`}>{t("nearby")}</a>
          )}
        </p>
      ) : (
        <>
          <section className="section" aria-labelledby="totals">
            <h2 id="totals">{t("totals")}</h2>
            {campaigns.some((one) => isInherited(one, unit)) ? (
              <p className="soft">{t("totalsInherited")}</p>
            ) : null}
            <Totals
              totals={sumTotals(campaigns.map(({ totals }) => totals))}
              notes={{
                pledged: t("notes.pledged"),
                received: t("notes.received"),
                disbursed: t("notes.disbursed"),
                delivered: t("notes.delivered"),
              }}
            />
          </section>
          <section className="section" aria-labelledby="campaigns">
            <h2 id="campaigns">{t("campaigns")}</h2>
            {campaigns.length === 1 ? (
              <OneCampaign file={file} today={today} t={t} />
            ) : (
              <Campaigns file={file} today={today} t={t} />
            )}
          </section>
          <CommuneHerds campaigns={campaigns} t={t} />
        </>
      )}
      {campaigns.length === 0 && file.notices.length === 0 ? null : (
        <section className="section" aria-labelledby="lists">
          <h2 id="lists">{t("notices")}</h2>
          {file.notices.length === 0 ? (
            <p className="empty">{t("noNotices")}</p>
          ) : (
            <Lists file={file} t={t} />
          )}
        </section>
      )}
      {campaigns.length === 0 ? null : (
        <p className="section">
          <a href={`${to("ledger")}?commune=${unit.code}`}>{t("ledger")}</a>
        </p>
      )}
    </article>
  );
}

function Lineage({ file, t }: { file: CommuneFile; t: TFunction<"commune"> }) {
  const { locale, to } = useSite();
  const { unit, became, from, namesakes } = file;
  const link = (one: Unit) => (
    <a key={`${one.code}-${one.validFrom}`} href={to("commune", { commune: communeAddress(one) })}>
      {communeName(locale, one)}
    </a>
  );
  const last = became.at(-1);
  return (
    <>
      {last ? (
        <>
          <p className="notice spaced">
            <strong>
              {t("became", { day: day(last.validFrom), old: communeName(locale, unit) })}{" "}
              {link(last)}.
            </strong>{" "}
            {t("old", { period: periodOf(unit, t) })}
          </p>
        </>
      ) : null}
      {from.length === 0 ? null : (
        <p className="lead">
          {listedAround(
            t("from", { day: day(unit.validFrom), names: "{{names}}" }),
            from.map(link),
          )}
        </p>
      )}
      {namesakes
        .filter(({ code, validFrom }) =>
          [...became, ...from].every((one) => one.code !== code || one.validFrom !== validFrom),
        )
        .map((one) => (
          <p key={one.validFrom} className="soft">
            {listedAround(
              t("namesake", { code: one.code, name: "{{names}}", period: periodOf(one, t) }),
              [link(one)],
            )}
          </p>
        ))}
    </>
  );
}

/** A sentence with links in the place of `{{names}}`. */
function listedAround(text: string, links: readonly React.JSX.Element[]) {
  const [before = "", after = ""] = text.split("{{names}}");
  return (
    <>
      {before}
      {links.flatMap((link, place) => (place === 0 ? [link] : [", ", link]))}
      {after}
    </>
  );
}

/** Its one campaign: the totals above are this campaign's. */
function OneCampaign({
  file,
  today,
  t,
}: {
  file: CommuneFile;
  today: string;
  t: TFunction<"commune">;
}) {
  const { locale, to } = useSite();
  const [one] = file.campaigns;
  if (!one) return null;
  const title = { vi: one.titleVi, en: one.titleEn };
  return (
    <p>
      <a href={to("campaign", { slug: one.slug })} lang={ownLanguage(title, locale)}>
        {title[locale]}
      </a>{" "}
      <span className="under">
        {[
          isInherited(one, file.unit)
            ? t("inherited", { commune: openedFor(file, one, locale) })
            : "",
          untilWhen(one, today, t),
          `${t("goal")} ${money(locale, one.goal)}`,
        ]
          .filter((fact) => fact !== "")
          .join(" · ")}
      </span>
    </p>
  );
}

function openedFor(file: CommuneFile, campaign: CommuneCampaign, locale: Locale): string {
  const unit = file.from.find(
    ({ code, validFrom }) => code === campaign.commune && validFrom === campaign.communeFrom,
  );
  return communeName(locale, unit ?? file.unit);
}

function untilWhen(one: CommuneCampaign, today: string, t: TFunction<"commune">): string {
  return one.closedOn !== null || one.endsOn < today
    ? t("ended")
    : t("open", { day: day(one.endsOn) });
}

function Campaigns(props: { file: CommuneFile; today: string; t: TFunction<"commune"> }) {
  const { file, today, t } = props;
  const { t: ts } = useTranslation("site");
  const { locale, to } = useSite();
  const groups = grouped(file);
  return (
    <TableBox name={t("campaigns")}>
      <table className="stack commune-campaigns">
        <thead>
          <tr>
            <th>{t("campaign")}</th>
            <th className="n">{t("goal")}</th>
            {STAGES.map((stage) => (
              <th key={stage} className="n">
                {ts(`stages.${stage}`)}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ unit, campaigns }) => (
          <tbody key={`${unit.code}-${unit.validFrom}`}>
            {campaigns.length < 2 || groups.length < 2 ? null : (
              <tr className="group">
                <th scope="rowgroup">
                  {communeName(locale, unit)} ({periodOf(unit, t)})
                </th>
                <td className="n" />
                {STAGES.map((stage) => (
                  <td key={stage} className="n" data-name={ts(`stages.${stage}`)}>
                    {money(locale, sumTotals(campaigns.map(({ totals }) => totals))[stage])}
                  </td>
                ))}
              </tr>
            )}
            {campaigns.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <a
                    href={to("campaign", { slug: one.slug })}
                    lang={ownLanguage({ vi: one.titleVi, en: one.titleEn }, locale)}
                  >
                    {locale === "vi" ? one.titleVi : one.titleEn}
                  </a>{" "}
                  <span className="under">
                    {isInherited(one, file.unit)
                      ? `${t("inherited", { commune: communeName(locale, unit) })}, `
                      : ""}
                    {untilWhen(one, today, t)}
                  </span>
                </th>
                <td className="n" data-name={t("goal")}>
                  {money(locale, one.goal)}
                </td>
                {STAGES.map((stage) => (
                  <td key={stage} className="n" data-name={ts(`stages.${stage}`)}>
                    {money(locale, one.totals[stage])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </TableBox>
  );
}

function Lists({ file, t }: { file: CommuneFile; t: TFunction<"commune"> }) {
  const { locale, to } = useSite();
  const titles = new Map(
    file.campaigns.map(({ id, titleVi, titleEn }) => [id, locale === "vi" ? titleVi : titleEn]),
  );
  return (
    <ul className="plain-list lists">
      {file.notices.map((one) => (
        <li key={one.id}>
          <a href={to("notice", { notice: one.id })}>
            {t("notice", {
              campaign: titles.get(one.campaign) ?? one.campaign,
              round: one.round,
              households: number(locale, one.households),
              animals: number(locale, one.animals),
            })}
          </a>
        </li>
      ))}
    </ul>
  );
}

function grouped(file: CommuneFile): { unit: Unit; campaigns: CommuneCampaign[] }[] {
  const units = [file.unit, ...file.from];
  const groups: { unit: Unit; campaigns: CommuneCampaign[] }[] = [];
  for (const campaign of file.campaigns) {
    const unit =
      units.find(
        ({ code, validFrom }) => code === campaign.commune && validFrom === campaign.communeFrom,
      ) ?? file.unit;
    const group = groups.find((one) => one.unit === unit);
    if (group) group.campaigns.push(campaign);
    else groups.push({ unit, campaigns: [campaign] });
  }
  return groups;
}

function isInherited(campaign: CommuneCampaign, unit: Unit): boolean {
  return campaign.commune !== unit.code || campaign.communeFrom !== unit.validFrom;
}

function periodOf(unit: Unit, t: TFunction<"commune">): string {
  return unit.validTo === null
    ? t("period.since", { from: day(unit.validFrom) })
    : t("period.until", { from: day(unit.validFrom), to: day(unit.validTo) });
}
