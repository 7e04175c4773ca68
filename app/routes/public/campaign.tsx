import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { data } from "react-router";

import type { CampaignPage as Campaign, Office } from "#app/domain/campaigns/ports.ts";
import { campaignState, type CampaignState, lastDay, stillNeeded, takesGifts } from "#app/domain/campaigns/state.ts";
import { dayOf, daysBetween } from "#app/domain/kernel/calendar.ts";
import { communeAddress } from "#app/domain/places/commune-file.ts";
import { day, money, number, shortMoney } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { forRender } from "#app/middleware/for-render.ts";
import { servicesContext } from "#app/middleware/services.ts";
import { EntryTable } from "#app/ui/entry-rows.tsx";
import { Herd } from "#app/ui/herd.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { StageBar } from "#app/ui/stage-bar.tsx";
import { Totals } from "#app/ui/totals.tsx";
import { accountQr } from "#app/domain/payments/account-qr.ts";
import { givingChoices } from "#app/domain/campaigns/giving-choices.ts";
import type { Route } from "./+types/campaign";

/** News shown at once; the rest opens. */
const NEWEST = 4;

export async function loader({ context, params }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const campaign = await services.campaigns.bySlug(params.slug);
  if (!campaign) throw data({ code: "campaign.not-found" }, { status: 404 });
  const today = dayOf(services.now());
  const qr = accountQr(campaign.account, campaign.code);
  return forRender({
    campaign,
    state: campaignState(campaign, today),
    daysLeft: daysBetween(today, lastDay(campaign)),
    gives: takesGifts(campaign, today),
    qr: qr && services.qrPicture(qr),
  });
}

export function meta({ loaderData, location }: Route.MetaArgs) {
  const locale = localeOfPath(location.pathname);
  const campaign = loaderData?.campaign;
  if (!campaign) return pageMeta(wordsFor(locale, "errors")("404.title"), "");
  return pageMeta(campaign.title[locale], campaign.summary[locale]);
}

export default function CampaignPage({ loaderData }: Route.ComponentProps) {
  const { campaign, state } = loaderData;
  const { t } = useTranslation("campaign");
  const { locale, to } = useSite();
  const { totals, units } = campaign;
  return (
    <div className="columns">
      <article>
        <Crumbs campaign={campaign} state={state} />
        <h1>{campaign.title[locale]}</h1>
        <p className="lead">{campaign.summary[locale]}</p>
        {loaderData.gives ? (
          <p className="only-narrow">
            <a className="button wide" href={to("give", { slug: campaign.slug })}>
              {t("give.this")}
            </a>
          </p>
        ) : null}
        <StateNotice loaded={loaderData} />
        <section className="section" aria-labelledby="totals">
          <h2 id="totals" className="visually-hidden">
            {t("totals.title")}
          </h2>
          <Totals
            totals={totals}
            short
            notes={{
              pledged: t("totals.pledged", { amount: shortMoney(locale, campaign.goal) }),
              received: t("totals.received", { count: campaign.gifts, n: number(locale, campaign.gifts) }),
              disbursed:
                campaign.account.owner === "commune"
                  ? t("totals.direct")
                  : t("totals.disbursed", { count: campaign.disbursements }),
              delivered: t("totals.delivered", {
                things: t(`things.${campaign.species}`, { count: campaign.things }),
              }),
            }}
          />
          <p className="bar-under">
            <StageBar totals={totals} goal={campaign.goal} />
          </p>
        </section>
        <Needs campaign={campaign} />
        {units ? (
          <div className="section">
            <Herd
              units={units}
              title={t("herd.title", { what: t(`things.${campaign.species}`, { count: units.needed }) })}
            />
          </div>
        ) : null}
        <section className="section story" aria-labelledby="story">
          <h2 id="story">{t("story")}</h2>
          {campaign.story[locale].split(/\n\s*\n/).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
        <News campaign={campaign} />
        <section className="section" aria-labelledby="excerpt">
          <div className="section-head">
            <h2 id="excerpt">{t("excerpt.title")}</h2>
            <a href={`${to("ledger")}?campaign=${campaign.id}`}>{t("excerpt.all")}</a>
          </div>
          {campaign.entries.length === 0 ? (
            <p className="empty">{t("excerpt.none")}</p>
          ) : (
            <EntryTable entries={campaign.entries} caption={t("excerpt.title")} />
          )}
        </section>
      </article>
      <aside aria-label={t("aside")}>
        <Giving loaded={loaderData} />
      </aside>
    </div>
  );
}

type Loaded = Route.ComponentProps["loaderData"];

function Crumbs({ campaign, state }: { campaign: Campaign; state: CampaignState }) {
  const { t } = useTranslation("campaign");
  const { to } = useSite();
  const { commune, communeNow, district } = campaign;
  const place = communeNow ?? commune;
  return (
    <nav className="crumbs" aria-label={t("crumbs")}>
      <a href={`${to("campaigns")}?district=${district.code}`}>{district.name}</a>
      <span aria-hidden="true">›</span>
      <a href={to("commune", { commune: communeAddress(place) })}>{place.fullName}</a>
      <span className="chip">{t(`model.${campaign.model}`)}</span>
      {state === "open" ? null : <span className="chip">{t(`state.${state}`)}</span>}
    </nav>
  );
}

/** What a reader should know before giving, when a campaign is not simply open. */
function StateNotice({ loaded: { campaign, state, daysLeft } }: { loaded: Loaded }) {
  const { t } = useTranslation("campaign");
  const { locale, to } = useSite();
  const { commune, communeNow, surplusTo } = campaign;
  const notices: ReactNode[] = [];
  if (communeNow) {
    notices.push(
      <>
        {communeNow.fullName === commune.fullName
          ? t("mergedSame", { name: commune.fullName, day: day(communeNow.validFrom) })
          : t("merged", { was: commune.fullName, is: lowerFirst(communeNow.fullName) })}{" "}
        <a href={to("commune", { commune: communeAddress(commune) })}>{t("mergedLink")}</a>
      </>,
    );
  }
  if (state === "upcoming") notices.push(t("upcoming", { day: day(campaign.startsOn) }));
  if (state === "full") {
    const over = campaign.totals.received - campaign.goal;
    notices.push(
      <>
        {over > 0n ? t("full", { amount: money(locale, over) }) : t("fullExactly")}{" "}
        {surplusTo ? (
          <>
            {t("surplusTo")} <a href={to("campaign", { slug: surplusTo.slug })}>{surplusTo.title[locale]}</a>.
          </>
        ) : (
          t("surplusRule")
        )}
      </>,
    );
  }
  if (state === "closed") {
    const missing = stillNeeded(campaign);
    notices.push(
      `${t("closed", { day: day(lastDay(campaign)) })} ${
        missing === 0n ? t("closedReached") : t("closedMissing", { amount: money(locale, missing) })
      }`,
    );
  }
  if (state === "open" && daysLeft <= 30) notices.push(t("lastDays", { count: daysLeft }));
  return (
    <div className="notices">
      {notices.map((text, n) => (
        // The list never changes while it is shown.
        <p className="notice" key={n}>
          {text}
        </p>
      ))}
    </div>
  );
}

/** `Xã Bến Hiên` inside a sentence. */
function lowerFirst(name: string): string {
  return name.charAt(0).toLocaleLowerCase("vi") + name.slice(1);
}

function Needs({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("campaign");
  const { locale } = useSite();
  const { needs, units } = campaign;
  const norm = needs[0]?.norm;
  const line = units && needs[0];
  return (
    <section className="section" aria-labelledby="needs">
      <h2 id="needs">{norm ? t("needs.byNorm") : t("needs.title")}</h2>
      <table className="stack">
        <caption className="visually-hidden">{t("needs.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("needs.what")}</th>
            <th scope="col" className="n">
              {t("needs.needed")}
            </th>
            {line ? (
              <>
                <th scope="col" className="n">{t("needs.funded")}</th>
                <th scope="col" className="n">{t("needs.bought")}</th>
                <th scope="col" className="n">{t("needs.delivered")}</th>
              </>
            ) : null}
            <th scope="col" className="n">
              {norm ? t("needs.norm") : t("needs.price")}
            </th>
            {line ? null : (
              <th scope="col" className="n">
                {t("needs.sum")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {needs.map((need) => (
            <tr key={need.title.vi}>
              <th scope="row">{need.title[locale]}</th>
              <td className="n" data-name={t("needs.needed")}>
                {number(locale, need.quantity)}
              </td>
              {need.counts ? (
                <>
                  <td className="n" data-name={t("needs.funded")}>{number(locale, need.counts.funded)}</td>
                  <td className="n" data-name={t("needs.bought")}>{number(locale, need.counts.bought)}</td>
                  <td className="n" data-name={t("needs.delivered")}>{number(locale, need.counts.delivered)}</td>
                </>
              ) : null}
              <td className="n" data-name={norm ? t("needs.norm") : t("needs.price")}>
                {money(locale, need.unitPrice)}
              </td>
              {need.counts ? null : (
                <td className="n" data-name={t("needs.sum")}>
                  {money(locale, need.unitPrice * BigInt(need.quantity))}
                </td>
              )}
            </tr>
          ))}
          {campaign.householdsNeeded > 0 && line ? (
            <tr>
              <th scope="row">{t("needs.households")}</th>
              <td className="n" data-name={t("needs.needed")}>
                {number(locale, campaign.householdsNeeded)}
              </td>
              <td className="n" data-name={t("needs.funded")}>
                {norm ? number(locale, Math.floor(units.funded / norm.perHousehold)) : "–"}
              </td>
              <td className="n" data-name={t("needs.bought")}>
                {norm ? number(locale, Math.floor(units.bought / norm.perHousehold)) : "–"}
              </td>
              <td className="n" data-name={t("needs.delivered")}>
                {number(locale, campaign.households)}
              </td>
              <td className="n" data-name={t("needs.norm")}>
                {norm ? t("needs.perHousehold", { count: norm.perHousehold }) : "–"}
              </td>
            </tr>
          ) : null}
        </tbody>
        {line ? null : (
          <tfoot>
            <tr>
              <th scope="row">{t("needs.goal")}</th>
              <td />
              <td />
              <td className="n">{money(locale, campaign.goal)}</td>
            </tr>
          </tfoot>
        )}
      </table>
      <p className="small soft">
        {norm
          ? t("needs.normNote", {
              goal: money(locale, campaign.goal),
              n: number(locale, needs[0]?.quantity ?? 0),
              price: money(locale, needs[0]?.unitPrice ?? 0n),
            })
          : t("needs.deliveredSoFar", {
              things: t(`things.${campaign.species}`, { count: campaign.things }),
            })}
      </p>
    </section>
  );
}

function News({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("campaign");
  return (
    <section className="section" aria-labelledby="news">
      <h2 id="news">{t("news.title")}</h2>
      {campaign.notes.length === 0 ? (
        <p className="empty">{t("news.none")}</p>
      ) : (
        <>
          <NewsList notes={campaign.notes.slice(0, NEWEST)} />
          {campaign.notes.length > NEWEST ? (
            <details className="older">
              <summary>{t("news.older", { count: campaign.notes.length - NEWEST })}</summary>
              <NewsList notes={campaign.notes.slice(NEWEST)} />
            </details>
          ) : null}
        </>
      )}
    </section>
  );
}

function NewsList({ notes }: { notes: Campaign["notes"] }) {
  const { locale, to } = useSite();
  return (
    <ol className="news">
      {notes.map((note) => (
        <li key={note.publishedOn + note.text.vi + (note.animal ?? "")}>
          <time dateTime={note.publishedOn}>{day(note.publishedOn)}</time>
          {note.text[locale]}
          {note.entry === null ? null : (
            <>
              {" "}
              <a href={to("entry", { entry: note.entry })}>#{number(locale, note.entry)}</a>
            </>
          )}
          {note.animal === null ? null : (
            <>
              {" "}
              <a href={to("animal", { tag: note.animal })}>{note.animal}</a>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

function Giving({ loaded: { campaign, gives, state, qr } }: { loaded: Loaded }) {
  const { t } = useTranslation("campaign");
  const { locale, to } = useSite();
  const give = to("give", { slug: campaign.slug });
  const { account } = campaign;
  return (
    <div className="panel">
      <h2>{t("give.title")}</h2>
      {gives ? (
        <>
          <ul className="giving-choices">
            {givingChoices(campaign).map((choice, n) => (
              <li key={choice.query}>
                <a href={`${give}?${choice.query}`} className={n === 0 ? "first" : undefined}>
                  <span className="amount">{money(locale, choice.amount)}</span>
                  <span className="hint">
                    {choice.is === "half"
                      ? t("give.half", { what: lowerFirst(t(`speciesShort.${campaign.species}`)) })
                      : choice.is === "household"
                        ? t("give.household", {
                            what: t(`things.${campaign.species}`, { count: choice.units }),
                          })
                        : choice.is === "unit"
                          ? t(`things.${campaign.species}`, { count: 1 })
                          : t("give.plain")}
                  </span>
                </a>
              </li>
            ))}
            <li>
              <a href={give}>
                {t("give.other")}
                <span className="hint">{t("give.otherHint")}</span>
              </a>
            </li>
          </ul>
          <a className="button wide" href={give}>
            {t("give.button")}
          </a>
        </>
      ) : (
        <p>
          {t(state === "upcoming" ? "give.notYet" : "give.over")}{" "}
          <a href={`${to("campaigns")}?state=open`}>{t("give.elsewhere")}</a>
        </p>
      )}
      <hr />
      <dl className="facts">
        <dt>{t("account.title")}</dt>
        <dd>
          <strong>{account.holder}</strong>
          <br />
          {account.bankName} <strong className="amount">{account.number}</strong>
        </dd>
        {gives ? (
          <>
            <dt>{t("account.memo")}</dt>
            <dd>
              <code>{campaign.code}</code>
            </dd>
          </>
        ) : null}
        <dt>{t("account.whose")}</dt>
        <dd>{t(`account.${account.owner}`)}</dd>
      </dl>
      {gives && qr ? (
        <details>
          <summary>{t("account.qr")}</summary>
          <div className="qr">
            <img src={qr} alt={t("account.qrAlt", { code: campaign.code })} width="240" height="240" loading="lazy" />
            <p className="small">{t("account.qrHint")}</p>
          </div>
        </details>
      ) : null}
      <hr />
      <dl className="facts">
        <dt>{t("who.twin")}</dt>
        <dd>{campaign.twin.name[locale]}</dd>
        <OfficeFact label={t("who.responsible")} office={campaign.responsible} />
        <OfficeFact
          label={t("who.publishedBy", { day: day(campaign.publishedOn) })}
          office={campaign.publishedBy}
        />
        <dt>{t("who.decision")}</dt>
        <dd>{t("who.decisionOf", { number: campaign.decisionNumber, day: day(campaign.decisionDate) })}</dd>
        <dt>{t("who.runs")}</dt>
        <dd>
          {day(campaign.startsOn)} – {day(lastDay(campaign))}
        </dd>
      </dl>
    </div>
  );
}

function OfficeFact({ label, office }: { label: string; office: Office }) {
  const { t } = useTranslation("campaign");
  const { locale } = useSite();
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {office.name[locale]}
        {office.successor && office.successor.vi !== office.name.vi ? (
          <span className="hint"> {t("who.now", { office: office.successor[locale] })}</span>
        ) : null}
      </dd>
    </>
  );
}
