import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import { type GivingChoice, givingChoices } from "#app/domain/campaigns/giving-choices.ts";
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
          <form action={give} method="get" className="giving-form">
            <fieldset>
              <legend className="visually-hidden">{t("give.legend")}</legend>
              <div className="giving-choices">
                {givingChoices(campaign).map((choice, n) => (
                  <Choice
                    key={choice.query}
                    value={choice.query.replace("=", ":")}
                    label={money(locale, choice.amount)}
                    hint={hintOf(choice, campaign.species, t)}
                    first={n === 0}
                  />
                ))}
                <Choice value="" label={t("give.other")} hint={t("give.otherHint")} />
              </div>
            </fieldset>
            {facts.daysLeft === undefined ? null : (
              <Remaining campaign={campaign} state={state} daysLeft={facts.daysLeft} />
            )}
            <button className="button wide" type="submit">
              {t("give.button")}
            </button>
          </form>
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

/** One amount to choose: a radio, so that one button goes on with what is seen to be chosen. */
function Choice(props: { value: string; label: string; hint: string; first?: boolean }) {
  return (
    <label className="choice">
      <input type="radio" name="gift" value={props.value} defaultChecked={props.first} />
      <span>
        {props.label}
        <span className="hint">{props.hint}</span>
      </span>
    </label>
  );
}

/** What an amount buys. */
function hintOf(choice: GivingChoice, species: string, t: TFunction<"campaign">): string {
  const things = (count: number) => t(`things.${species}`, { count });
  switch (choice.is) {
    case "half":
      return t(`give.halfOf.${species}`);
    case "household":
      return t("give.household", { what: things(choice.units) });
    case "unit":
      return things(1);
    case "plain":
      return t("give.plain");
  }
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
