import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { data } from "react-router";

import type { AnimalFile } from "#app/domain/animals/animal-file.ts";
import { familyOf, type LifeEvent, lifeOf } from "#app/domain/animals/history.ts";
import { type AnimalShare, proofOf, sharesOf } from "#app/domain/animals/shares.ts";
import { dueOn } from "#app/domain/donations/steps.ts";
import { told } from "#app/domain/donations/story.ts";
import { communeAddress } from "#app/domain/places/commune-file.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { forRender } from "#app/middleware/for-render.ts";
import { servicesContext } from "#app/middleware/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { FamilyTree } from "#app/ui/tracing/family-tree.tsx";
import {
  causeName,
  communeName,
  type Names,
  namesOf,
  reasonName,
  sourceName,
} from "#app/ui/tracing/names.ts";
import { Papers } from "#app/ui/tracing/papers.tsx";
import { PriceStrip } from "#app/ui/tracing/price-strip.tsx";
import { ShareBar } from "#app/ui/tracing/share-bar.tsx";
import type { Route } from "./+types/animal";

export async function loader({ context, params }: Route.LoaderArgs) {
  const { animals } = context.get(servicesContext);
  const code = params.tag.trim();
  const file = /^[A-Za-z0-9.-]{3,40}$/.test(code) ? await animals.file(code) : undefined;
  if (!file) throw data({ code: "animal.not-found" }, { status: 404 });
  return forRender({ file });
}

export function meta({ location, params }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "animal");
  return pageMeta(params.tag.toUpperCase(), t("description", { thing: params.tag.toUpperCase() }));
}

/** One animal: price, every gift's share, the proof that nothing is counted twice, its life and its family. */
export default function AnimalPage({ loaderData }: Route.ComponentProps) {
  const { file } = loaderData;
  const { t } = useTranslation("animal");
  const { t: tl } = useTranslation("ledger");
  const { locale } = useSite();
  const names = namesOf(locale, tl, [file.campaign], file.places);
  const shares = sharesOf(file);
  const due = (code: string) => {
    const one = file.kin.find((kin) => kin.code === code);
    return one ? dueOn([file.campaign], one) : null;
  };
  return (
    <article className="animal-page">
      <Head file={file} shares={shares} names={names} t={t} />
      {shares.length === 0 ? null : <Shares file={file} shares={shares} names={names} t={t} />}
      {file.animal.price === null ? null : <Price file={file} t={t} tl={tl} />}
      {file.kin.length > 1 || LIVING.has(file.animal.species) ? (
        <section className="section" aria-labelledby="family">
          <h2 id="family">{t("family.title")}</h2>
          <p className="soft">{t(file.kin.length > 1 ? "family.note" : "family.alone")}</p>
          {file.kin.length > 1 ? (
            <FamilyTree family={familyOf(file)} here={file.animal.code} dueOn={due} />
          ) : null}
        </section>
      ) : null}
      <Life file={file} t={t} tl={tl} />
      {LIVING.has(file.animal.species) ? (
        <section className="section" aria-labelledby="tag">
          <h2 id="tag">{t("tag.title")}</h2>
          {file.tagCommitment === null ? (
            <p className="soft">{t("tag.none")}</p>
          ) : (
            <>
              <p className="soft">{t("tag.note")}</p>
              <p>
                <code>{file.tagCommitment}</code>
              </p>
            </>
          )}
        </section>
      ) : null}
    </article>
  );
}

const LIVING: ReadonlySet<string> = new Set(["BO", "DE"]);

function Head(props: {
  file: AnimalFile;
  shares: readonly AnimalShare[];
  names: Names;
  t: TFunction<"animal">;
}) {
  const { file, shares, names, t } = props;
  const { t: tl } = useTranslation("ledger");
  const { locale, to } = useSite();
  const { animal, campaign } = file;
  const [now] = told(animal);
  const home = file.places.find(
    ({ code, validFrom }) => code === campaign.commune && validFrom === campaign.communeFrom,
  );
  const passed = animal.events.filter(({ kind, undone }) => kind === "passed-on" && !undone).length;
  const replaces = animal.events.find(({ kind }) => kind === "handed-over")?.other ?? null;
  const state = animal.undone
    ? "undone"
    : now?.died
      ? "dead"
      : LIVING.has(animal.species)
        ? "alive"
        : "done";
  return (
    <>
      <p className="crumbs">
        <a href={to("campaign", { slug: campaign.slug })}>{capital(names.campaign(campaign.id))}</a>
        {home ? (
          <>
            <span aria-hidden="true">›</span>
            <a href={to("commune", { commune: communeAddress(home) })}>{home.fullName}</a>
          </>
        ) : null}
        <span className="chip">{t("chips.round", { round: animal.round + passed })}</span>
        {animal.sex === null ? null : <span className="chip">{t(`chips.${animal.sex}`)}</span>}
        <span className="chip">{t(`chips.${state}`)}</span>
      </p>
      <h1>
        {t(`${animal.dam === null ? "kind" : "youngKind"}.${animal.species}`, {
          code: animal.code,
        })}
      </h1>
      <p className="lead">
        {animal.price !== null
          ? t("lead.bought", {
              price: money(locale, animal.price),
              gifts:
                shares.length === 1
                  ? t("lead.one")
                  : t("lead.many", { n: number(locale, shares.length) }),
            })
          : animal.dam === null
            ? t("lead.kind")
            : t("lead.born", {
                day: animal.bornOn === null ? "" : day(animal.bornOn),
                dam: animal.dam,
              })}{" "}
        {now?.died
          ? null
          : now?.household
            ? t("lead.keeper", {
                household: now.household,
                commune: home ? communeName(locale, home) : "",
              })
            : t("lead.noKeeper", { commune: home ? communeName(locale, home) : "" })}
      </p>
      {animal.undone ? <p className="notice bad">{t("state.undone")}</p> : null}
      {now?.died ? (
        <p className="notice">
          {t("state.dead", {
            day: day(now.died.on),
            cause: causeName(tl, now.died.cause ?? "other"),
          })}{" "}
          {now.replacedBy === null ? null : (
            <a href={to("animal", { tag: now.replacedBy })}>
              {t("state.replaced", { other: now.replacedBy })}
            </a>
          )}
        </p>
      ) : null}
      {replaces === null ? null : (
        <p className="notice">
          <a href={to("animal", { tag: replaces })}>{t("state.replaces", { other: replaces })}</a>
        </p>
      )}
    </>
  );
}

function Shares(props: {
  file: AnimalFile;
  shares: readonly AnimalShare[];
  names: Names;
  t: TFunction<"animal">;
}) {
  const { file, shares, names, t } = props;
  const { locale, to } = useSite();
  const price = file.owned?.price ?? 0n;
  return (
    <section className="section" aria-labelledby="shares">
      <h2 id="shares">{t("shares.title")}</h2>
      <p className="soft">{t("shares.note")}</p>
      <ShareBar
        parts={shares.map(({ amount }) => amount)}
        whole={price}
        label={t("shares.label", { n: shares.length, price: money(locale, price) })}
      />
      <div className="table-box">
        <table className="stack shares">
          <thead>
            <tr>
              <th>{t("shares.gift")}</th>
              <th>{t("shares.donor")}</th>
              <th className="n">{t("shares.amount")}</th>
              <th className="n">{t("shares.numbers")}</th>
            </tr>
          </thead>
          <tbody>
            {shares.map((share) => (
              <tr key={share.entry}>
                <th scope="row">
                  {share.gift ? (
                    <a href={to("donation", { code: share.gift.code })}>{share.gift.code}</a>
                  ) : (
                    <a href={to("entry", { entry: share.entry })}>#{number(locale, share.entry)}</a>
                  )}
                </th>
                <td data-name={t("shares.donor")}>
                  {share.gift
                    ? (share.gift.donorName ?? t("shares.anonymous"))
                    : names.account(share.source)}
                </td>
                <td className="n" data-name={t("shares.amount")}>
                  {money(locale, share.amount)}
                </td>
                <td className="n" data-name={t("shares.numbers")}>
                  {share.runs.map(({ lo, hi }) => (
                    <span key={String(lo)} className="numbers run">
                      {number(locale, lo)} – {number(locale, hi)}
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {t("shares.total")}
              </th>
              <td className="n">
                {money(
                  locale,
                  shares.reduce((sum, { amount }) => sum + amount, 0n),
                )}
              </td>
              <td className="gone" />
            </tr>
          </tfoot>
        </table>
      </div>
      <Proof file={file} shares={shares} t={t} />
    </section>
  );
}

function Proof(props: {
  file: AnimalFile;
  shares: readonly AnimalShare[];
  t: TFunction<"animal">;
}) {
  const { file, shares, t } = props;
  const { locale } = useSite();
  const proof = proofOf(file, shares);
  if (!proof || !file.owned) return null;
  const run = {
    lo: number(locale, file.owned.lo),
    hi: number(locale, file.owned.lo + file.owned.price - 1n),
  };
  const lines = [
    {
      ok: proof.sum === proof.price,
      key: "sum",
      facts: {
        n: number(locale, shares.length),
        sum: money(locale, proof.sum),
        price: money(locale, proof.price),
      },
    },
    { ok: proof.tiled, key: "tiled", facts: run },
    { ok: proof.rivals.length === 0, key: "rivals", facts: { rivals: proof.rivals.join(", ") } },
  ];
  return (
    <div className="panel proof">
      <h3>{t("proof.title")}</h3>
      <ul>
        {lines.map(({ ok, key, facts }) => (
          <li key={key} className={ok ? "right" : "wrong"}>
            {t(`proof.${ok ? key : `${key}Bad`}`, facts)}
          </li>
        ))}
      </ul>
      <p className="soft small">{t("proof.live")}</p>
    </div>
  );
}

function Price(props: { file: AnimalFile; t: TFunction<"animal">; tl: TFunction<"ledger"> }) {
  const { file, t, tl } = props;
  const { locale } = useSite();
  const price = file.animal.price ?? 0n;
  const norm = file.norm?.unitPrice ?? null;
  if (norm === null && file.prices.length < 2) return null;
  const [low = price, high = price] = [file.prices[0], file.prices.at(-1)];
  const least = norm !== null && norm < low ? norm : low;
  const most = norm !== null && norm > high ? norm : high;
  const facts = {
    norm: norm === null ? "" : money(locale, norm),
    gap: norm === null ? "" : money(locale, price > norm ? price - norm : norm - price),
    reason:
      file.animal.priceReason === null
        ? t("price.noReason")
        : reasonName(tl, file.animal.priceReason),
  };
  return (
    <section className="section" aria-labelledby="price">
      <h2 id="price">{t("price.title")}</h2>
      {norm === null ? null : (
        <p>{t(`price.${price === norm ? "equal" : price < norm ? "under" : "over"}`, facts)}</p>
      )}
      <PriceStrip
        prices={file.prices}
        price={price}
        norm={norm}
        normWord={t("price.norm")}
        ends={[money(locale, least), money(locale, most)]}
        label={t("price.label", {
          n: number(locale, file.prices.length),
          low: money(locale, low),
          high: money(locale, high),
          price: money(locale, price),
          norm: facts.norm,
        })}
      />
      {file.norm === null ? null : (
        <p className="soft small">{t("price.note", { source: sourceName(locale, file.norm.source) })}</p>
      )}
    </section>
  );
}

function Life(props: { file: AnimalFile; t: TFunction<"animal">; tl: TFunction<"ledger"> }) {
  const { file, t, tl } = props;
  const { locale, to } = useSite();
  return (
    <section className="section" aria-labelledby="life">
      <h2 id="life">{t("life.title")}</h2>
      <ol className="timeline">
        {lifeOf(file).map((event) => (
          <li
            key={`${event.entry.number}-${event.kind}-${event.other ?? ""}`}
            className={`step s-${stageOf(event)}`}
          >
            <p className="when">
              {day(event.on)} ·{" "}
              <a href={to("entry", { entry: event.entry.number })}>
                {tl("entry.title", { entry: number(locale, event.entry.number) })}
              </a>
              {event.undone ? <span className="chip alert">{t("life.undone")}</span> : null}
            </p>
            <h3>{titleOf(event, t, tl)}</h3>
            <Papers papers={event.entry.evidence} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function titleOf(event: LifeEvent, t: TFunction<"animal">, tl: TFunction<"ledger">): string {
  const facts = {
    household: event.household ?? "",
    other: event.other ?? "",
    cause: causeName(tl, event.cause ?? "other"),
  };
  if (event.kind !== "handed-over") return t(`life.${event.kind}`, facts);
  if (event.household === null) return t("life.handed-over-group");
  return t(event.other === null ? "life.handed-over" : "life.handed-over-for", facts);
}

function stageOf({ kind, undone }: LifeEvent): string {
  if (undone || kind === "died" || kind === "returned") return "undone";
  return kind === "handed-over" || kind === "replaced" ? "delivered" : "offspring";
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase("vi") + text.slice(1);
}
