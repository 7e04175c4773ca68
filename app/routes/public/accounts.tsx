import { useTranslation } from "react-i18next";

import {
  type AccountAnswer,
  type AccountFile,
  accountState,
  lookUpAccount,
} from "#app/domain/bank-accounts/account.ts";
import { type Day, dayOf } from "#app/domain/kernel/calendar.ts";
import { communeAddress } from "#app/domain/places/commune-file.ts";
import { readQuestion } from "#app/i18n/filters.ts";
import { day } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { placeInSentence } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { lookUp } from "#app/requests/look-up.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useRoot, useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/accounts";

export async function loader({ context, url }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const today = dayOf(services.now());
  const accounts = await services.bankAccounts.all();
  const typed = readQuestion("accounts", url.searchParams)?.slice(0, 60) ?? "";
  const answer = typed === "" ? undefined : await answerTo({ context, accounts, typed, today });
  return forRender({ accounts, today, typed, answer });
}

/** Look a typed number up; whoever types many that are not ours is slowed down, as with codes of gifts. */
async function answerTo(asked: {
  context: Route.LoaderArgs["context"];
  accounts: readonly AccountFile[];
  typed: string;
  today: Day;
}): Promise<AccountAnswer | { readonly is: "wait" }> {
  const answer = lookUpAccount(asked.accounts, asked.typed, asked.today);
  const found = await lookUp(asked.context, async () =>
    answer.is === "not-ours" ? undefined : answer,
  );
  return found === "wait" ? { is: "wait" } : (found ?? answer);
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "accounts");
  return pageMeta(t("title"), t("description"));
}

/** Every official account, and whether a typed number is one. */
export default function AccountsPage({ loaderData }: Route.ComponentProps) {
  const { accounts, today, typed, answer } = loaderData;
  const { t } = useTranslation("accounts");
  const { to } = useSite();
  const ended = accounts.filter((one) => accountState(one, today) === "ended");
  const current = accounts.filter((one) => !ended.includes(one));
  return (
    <div className="accounts-page">
      <h1>{t("title")}</h1>
      <p className="lead">{t("lead")}</p>
      <section className="section account-check no-print" aria-labelledby="check">
        <h2 id="check">{t("check.title")}</h2>
        <form action={to("accounts")} role="search" className="lookup">
          <label htmlFor="number">{t("check.label")}</label>
          <span className="hint" id="number-hint">
            {t("check.hint")}
          </span>
          <div className="field-row">
            <input
              id="number"
              name="number"
              defaultValue={typed}
              autoComplete="off"
              spellCheck={false}
              maxLength={60}
              aria-describedby="number-hint"
            />
            <button className="button" type="submit">
              {t("check.button")}
            </button>
          </div>
        </form>
        {answer ? <Answer answer={answer} /> : null}
      </section>
      <section className="section" aria-labelledby="current">
        <h2 id="current">{t("current.title")}</h2>
        {current.length === 0 ? (
          <p className="empty">{t("current.none")}</p>
        ) : (
          <ul className="account-list">
            {current.map((account) => (
              <Account key={account.id} account={account} today={today} />
            ))}
          </ul>
        )}
      </section>
      {ended.length === 0 ? null : (
        <section className="section" aria-labelledby="ended">
          <h2 id="ended">{t("ended.title")}</h2>
          <p className="soft">{t("ended.text")}</p>
          <ul className="account-list">
            {ended.map((account) => (
              <Account key={account.id} account={account} today={today} />
            ))}
          </ul>
        </section>
      )}
      <section className="section prose" aria-labelledby="rules">
        <h2 id="rules">{t("rules.title")}</h2>
        <ul>
          <li>{t("rules.onlyHere")}</li>
          <li>{t("rules.twoPeople")}</li>
          <li>{t("rules.noPerson")}</li>
          <li>
            {t("rules.data")} <a href="/data/v1/bank_accounts.csv">bank_accounts.csv</a>,{" "}
            <a href="/data/v1/account_uses.csv">account_uses.csv</a>.
          </li>
        </ul>
        <Poster />
      </section>
    </div>
  );
}

/** The line that a poster carries, so that whoever reads it can check it here. */
function Poster() {
  const { t } = useTranslation("accounts");
  const { to } = useSite();
  const origin = useRoot()?.origin ?? "";
  return (
    <div className="poster-line">
      <h3>{t("poster.title")}</h3>
      <p className="soft no-print">{t("poster.hint")}</p>
      <blockquote>{t("poster.line", { address: `${bare(origin)}${to("accounts")}` })}</blockquote>
    </div>
  );
}

function bare(origin: string): string {
  return origin.replace(/^https?:\/\//, "");
}

function Answer({ answer }: { answer: AccountAnswer | { readonly is: "wait" } }) {
  const { t } = useTranslation("accounts");
  switch (answer.is) {
    case "official":
      return (
        <div className="notice good answer" role="status">
          <h3>{t("answer.official")}</h3>
          <p>
            {t("answer.holder", { holder: answer.account.holder, bank: answer.account.bankName })}
          </p>
          <p>{t("answer.compare")}</p>
          <Uses account={answer.account} />
        </div>
      );
    case "ended":
    case "coming":
      return (
        <div className="notice bad answer" role="status">
          <h3>
            {answer.is === "ended"
              ? t("answer.ended", { day: day(answer.account.validTo ?? "") })
              : t("answer.coming", { day: day(answer.account.validFrom) })}
          </h3>
          <p>
            {t("answer.holder", { holder: answer.account.holder, bank: answer.account.bankName })}
          </p>
          <p>{t("answer.notNow")}</p>
          <Uses account={answer.account} />
        </div>
      );
    case "not-ours":
      return (
        <div className="notice bad answer" role="alert">
          <h3>{t("answer.notOurs", { number: answer.number })}</h3>
          <ul>
            <li>{t("answer.doNotPay")}</li>
            <li>{t("answer.typedRight")}</li>
            <li>{t("answer.tell")}</li>
            <li>{t("answer.paid")}</li>
          </ul>
        </div>
      );
    case "no-number":
      return (
        <p className="notice answer" role="status">
          {t("answer.noNumber")}
        </p>
      );
    default:
      return (
        <p className="notice answer" role="status">
          {t("answer.wait")}
        </p>
      );
  }
}

function Account({ account, today }: { account: AccountFile; today: Day }) {
  const { t } = useTranslation("accounts");
  const { locale, to } = useSite();
  const state = accountState(account, today);
  return (
    <li className={state === "ended" ? "official ended" : "official"}>
      <div className="account-number">
        <strong className="num">{account.number}</strong>
        <span className={state === "in-force" ? "chip good" : "chip"}>{t(`state.${state}`)}</span>
      </div>
      <dl className="facts">
        <div>
          <dt>{t("holder")}</dt>
          <dd>
            {account.holder}
            <span className="under">{t("bank", { bank: account.bankName, bin: account.bin })}</span>
          </dd>
        </div>
        <div>
          <dt>{t("whose")}</dt>
          <dd>
            {account.owner === "appeal" ? (
              t("owner.appeal")
            ) : (
              <>
                {t("owner.commune")}{" "}
                {account.place ? (
                  <a href={to("commune", { commune: communeAddress(account.place) })}>
                    {placeInSentence(locale, account.place.fullName)}
                  </a>
                ) : null}
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>{t("valid")}</dt>
          <dd>
            {account.validTo === null
              ? t("since", { day: day(account.validFrom) })
              : t("span", { from: day(account.validFrom), to: day(account.validTo) })}
          </dd>
        </div>
        <div>
          <dt>{t("campaigns")}</dt>
          <dd>
            <Uses account={account} />
          </dd>
        </div>
      </dl>
    </li>
  );
}

/** Shown at once; the rest opens. */
const FIRST_USES = 4;

function Uses({ account: { uses } }: { account: AccountFile }) {
  const { t } = useTranslation("accounts");
  if (uses.length === 0) return <p className="soft">{t("uses.none")}</p>;
  return (
    <>
      <UseList uses={uses.slice(0, FIRST_USES)} />
      {uses.length > FIRST_USES ? (
        <details>
          <summary>{t("uses.more", { count: uses.length - FIRST_USES })}</summary>
          <UseList uses={uses.slice(FIRST_USES)} />
        </details>
      ) : null}
    </>
  );
}

function UseList({ uses }: { uses: AccountFile["uses"] }) {
  const { t } = useTranslation("accounts");
  const { locale, to } = useSite();
  return (
    <ul className="account-uses">
      {uses.map((use) => (
        <li key={`${use.campaign} ${use.since}`}>
          <a href={to("campaign", { slug: use.slug })}>{use.title[locale] || use.title.vi}</a>
          {use.until === null ? null : (
            <span className="under">{t("uses.until", { day: day(use.until) })}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
