import { useTranslation } from "react-i18next";

import type { PublicListView } from "#app/requests/public-list.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { placeInSentence, placeName } from "#app/i18n/place-names.ts";
import { communeAddress } from "#app/domain/places/commune-file.ts";
import { useSite } from "#app/ui/site.ts";

import { ChecksumGroups } from "./checksum-box.tsx";
import { ListSteps } from "./passed-steps.tsx";
import { NoticeDays } from "./notice-days.tsx";
import { PublicLines } from "./public-lines.tsx";
import { placeWords } from "./place-words.ts";

/** A list on the web: how long it hangs, who is on it, each line by its code, and that the paper says the same. */
export function PublicListPage({ view, qr }: { view: PublicListView; qr: string }) {
  const { t } = useTranslation("lists");
  const { locale, to } = useSite();
  const { campaign, totals } = view;
  const commune = { code: campaign.commune, validFrom: campaign.communeFrom };
  return (
    <>
      <p className="crumbs no-print">
        <a href={to("notices")}>{t("crumb")}</a>
        <span aria-hidden="true">›</span>
        <a href={to("commune", { commune: communeAddress(commune) })}>
          {placeName(locale, campaign.communeName)}
        </a>
        <span aria-hidden="true">›</span>
        <span>{t("ofVersion", { list: view.list, version: view.version })}</span>
      </p>
      <h1>
        {t(`heading.${campaign.species}`, {
          households: number(locale, totals.households),
          commune: placeInSentence(locale, campaign.communeName),
          round: view.round,
        })}
      </h1>
      <Strip view={view} />
      <div className="list-columns">
        <div>
          <Who view={view} />
          <PublicLines view={view} />
          {view.locked > 0n ? <LockedMoney view={view} /> : null}
        </div>
        <aside>
          <section className="card paper-box" aria-labelledby="one-list">
            <h2 id="one-list">{t("oneList")}</h2>
            <p className="soft">{t("oneListLead")}</p>
            <ChecksumGroups checksum={view.checksum} />
            <div className="paper-box-qr">
              <img src={qr} alt={t("qrAlt")} width="132" height="132" />
              <p className="small">
                {t("qrLead", {
                  first: view.checksum.slice(0, 4),
                  last: view.checksum.slice(-4),
                })}
              </p>
            </div>
          </section>
          <Places view={view} />
          <ListSteps view={view} />
          <Versions view={view} />
        </aside>
      </div>
    </>
  );
}

function Strip({ view }: { view: PublicListView }) {
  const { t } = useTranslation("lists");
  const { locale, to } = useSite();
  const { notice, inForce } = view;
  if (!inForce) {
    return (
      <p className="notice bad">
        {t("older")} <a href={to("notice", { notice: view.list })}>{t("toNewest")}</a>
      </p>
    );
  }
  const state =
    notice === null ? "decided" : (notice.outcome ?? (notice.down ? "down" : "hanging"));
  const open = notice !== null && notice.outcome === null && notice.left > 0;
  return (
    <section className="list-strip" aria-label={t("stateLabel")}>
      <div>
        <p>
          <strong className={`list-state is-${state}`}>{t(`strip.${state}`)}</strong>
        </p>
        {notice === null ? (
          <p>{t("notPosted", { day: day(view.decidedOn) })}</p>
        ) : (
          <>
            <p className="until">
              {t(notice.outcome === null ? "until" : "endedOn", {
                day: day(notice.endedOn ?? notice.toDay),
              })}
            </p>
            <p className="soft small">
              {t("hung", { hung: number(locale, notice.hung), days: number(locale, notice.days) })}
            </p>
            {notice.outcome === "torn-down" || notice.outcome === "no-proof" ? (
              <p className="small">{t("doesNotCount")}</p>
            ) : null}
          </>
        )}
      </div>
      {notice === null ? null : (
        <div>
          {open ? (
            <p className="left">
              <strong>{t("left", { count: notice.left, n: number(locale, notice.left) })}</strong>{" "}
              {t("toObject")}
            </p>
          ) : null}
          <NoticeDays notice={notice} />
        </div>
      )}
      <div className="strip-act no-print">
        <a className="button" href={to("objection", { list: view.list })}>
          {t("object")}
        </a>
        <p className="soft small">{t("objectLead")}</p>
      </div>
    </section>
  );
}

function Who({ view }: { view: PublicListView }) {
  const { t } = useTranslation("lists");
  const { locale } = useSite();
  const shown = view.counts.reduce((sum, { households }) => sum + households, 0);
  const cells: [string, string, string][] = [
    ...view.counts.map(({ category, households }): [string, string, string] => [
      t(`category.${category}`),
      t("nHouseholds", { n: number(locale, households) }),
      "",
    ]),
    ...(shown < view.all
      ? [
          [
            t("category.rest"),
            t("nHouseholds", { n: number(locale, view.all - shown) }),
            "",
          ] satisfies [string, string, string],
        ]
      : []),
    [
      t("all"),
      t("nHouseholds", { n: number(locale, view.all) }),
      view.totals.reserves > 0
        ? t("ofThemReserves", { n: number(locale, view.totals.reserves) })
        : "",
    ],
  ];
  return (
    <section className="section" aria-labelledby="who">
      <h2 id="who">{t("who")}</h2>
      <dl className="who-cells">
        {cells.map(([name, value, under]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <strong>{value}</strong>
              {under === "" ? null : <span className="under">{under}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="soft small">{t("folded", { least: number(locale, view.least) })}</p>
    </section>
  );
}

function LockedMoney({ view }: { view: PublicListView }) {
  const { t } = useTranslation("lists");
  const { locale } = useSite();
  const { totals, locked } = view;
  const share = totals.amount === 0n ? 0 : Number((locked * 1000n) / totals.amount) / 10;
  return (
    <section className="section" aria-labelledby="locked">
      <h2 id="locked">{t("lockedTitle")}</h2>
      <div className="locked-bar" aria-hidden="true">
        <svg width="100%" height="26" role="presentation">
          <rect className="free" width={`${100 - share}%`} height="26" />
          <rect className="locked" x={`${100 - share}%`} width={`${share}%`} height="26" />
        </svg>
      </div>
      <ul className="locked-key">
        <li>{t("free", { amount: money(locale, totals.amount - locked) })}</li>
        <li>{t("locked", { amount: money(locale, locked) })}</li>
      </ul>
    </section>
  );
}

function Places({ view }: { view: PublicListView }) {
  const { t } = useTranslation("lists");
  const { locale, to } = useSite();
  const { notice } = view;
  if (notice === null) return null;
  const days = t("fromTo", {
    from: day(notice.fromDay).slice(0, 5),
    to: day(notice.endedOn ?? notice.toDay).slice(0, 5),
  });
  return (
    <section className="section" aria-labelledby="places">
      <h2 id="places">{t("where")}</h2>
      <ul className="hung-places">
        {notice.places.map((place) => (
          <li key={place.n}>
            <span className="num">{days}</span>
            <strong>{placeWords(t, locale, place, view.campaign.communeName)}</strong>
            <span className="under">
              {place.kind === "web" ? (
                <a href={to("entry", { entry: notice.postedEntry })}>
                  {t("entry", { entry: number(locale, notice.postedEntry) })}
                </a>
              ) : null}
              {(["up", "down"] as const).map((which) => {
                const picture = place[which];
                if (picture !== null) {
                  return (
                    <a key={which} href={picture}>
                      {t(`photo.${which}`)}
                    </a>
                  );
                }
                return place.proofs[which] ? <span key={which}>{t(`kept.${which}`)}</span> : null;
              })}
              {place.proofs.minutes ? <span>{t("kept.minutes")}</span> : null}
              {place.loudspeakerDays.length > 0 ? (
                <span>{t("loudspeaker", { days: place.loudspeakerDays.map(day).join(", ") })}</span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {notice.outcome === null ? <p className="soft small">{t("proofsToCome")}</p> : null}
      {view.formerNotices.map((one) => (
        <p className="small" key={one.postedEntry}>
          {t(`former.${one.outcome ?? "hanging"}`, {
            from: day(one.fromDay),
            to: day(one.endedOn ?? one.toDay),
          })}{" "}
          <a href={to("entry", { entry: one.endedEntry ?? one.postedEntry })}>
            {t("entry", { entry: number(locale, one.endedEntry ?? one.postedEntry) })}
          </a>
        </p>
      ))}
    </section>
  );
}

function Versions({ view }: { view: PublicListView }) {
  const { t } = useTranslation("lists");
  const { to } = useSite();
  if (view.versions.length < 2) return null;
  return (
    <section className="section" aria-labelledby="versions">
      <h2 id="versions">{t("versions")}</h2>
      <ul className="plain-list">
        {view.versions.toReversed().map((one) => (
          <li key={one.version}>
            <a href={`${to("notice", { notice: view.list })}?version=${one.version}`}>
              {t("versionN", { version: one.version })}
            </a>
            , {t("decidedOn", { number: one.decisionNumber ?? "", day: day(one.decidedOn ?? "") })}
            {one.state === "decided" ? ` (${t("inForce")})` : null}
            {one.reason === null ? null : (
              <span className="under">{t(`reason.${one.reason}`)}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
