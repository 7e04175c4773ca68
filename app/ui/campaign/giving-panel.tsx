import { useTranslation } from "react-i18next";

import { givingChoices } from "#app/domain/campaigns/giving-choices.ts";
import type { CampaignPage as Campaign, Office } from "#app/domain/campaigns/ports.ts";
import { type CampaignState, lastDay } from "#app/domain/campaigns/state.ts";
import { day, money } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";

import { Remaining } from "./give-bar.tsx";

/** What the panel shows; `qr` is a picture address, absent where there is none. */
export interface GivingFacts {
  readonly campaign: Campaign;
  readonly state: CampaignState;
  readonly gives: boolean;
  /** No new pledge is taken while the progress statement is overdue. */
  readonly heldUp: boolean;
  readonly qr: string | undefined;
  /** Address part of the pair it belongs to; undefined when there is none. */
  readonly pair?: string | undefined;
  /** Days until its last one. */
  readonly daysLeft?: number;
}

/** The way to give, where the money goes, and which offices answer for it. */
export function GivingPanel({ facts }: { facts: GivingFacts }) {
  const { campaign, gives, state, qr } = facts;
  const { t } = useTranslation("campaign");
  const { t: tp } = useTranslation("progress");
  const { t: ta } = useTranslation("accounts");
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
                      ? t(`give.halfOf.${campaign.species}`)
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
          {facts.daysLeft === undefined ? null : (
            <Remaining campaign={campaign} state={state} daysLeft={facts.daysLeft} />
          )}
          <a className="button wide" href={give}>
            {t("give.button")}
          </a>
        </>
      ) : (
        <p>
          {facts.heldUp
            ? tp("heldUp.panel")
            : t(state === "upcoming" ? "give.notYet" : "give.over")}{" "}
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
          <br />
          <a className="small" href={`${to("accounts")}?number=${account.number}`}>
            {ta("link")}
          </a>
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
            <img
              src={qr}
              alt={t("account.qrAlt", { code: campaign.code })}
              width="240"
              height="240"
              loading="lazy"
            />
            <p className="small">{t("account.qrHint")}</p>
          </div>
        </details>
      ) : null}
      <hr />
      <dl className="facts">
        <dt>{t("who.twin")}</dt>
        <dd>
          {facts.pair === undefined ? (
            campaign.twin.name[locale]
          ) : (
            <a href={to("twinPair", { pair: facts.pair })}>{campaign.twin.name[locale]}</a>
          )}
        </dd>
        <OfficeFact label={t("who.responsible")} office={campaign.responsible} />
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
