import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { data } from "react-router";

import type { AnimalFile } from "#app/domain/animals/animal-file.ts";
import { familyOf, lifeOf } from "#app/domain/animals/history.ts";
import { type AnimalShare, proofOf, sharesOf } from "#app/domain/animals/shares.ts";
import { dueOn } from "#app/domain/donations/steps.ts";
import { told } from "#app/domain/donations/story.ts";
import { communeAddress } from "#app/domain/places/commune-file.ts";
import { upperFirst } from "#app/i18n/first-letter.ts";
import { money, number, week } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { lookUpOrRefuse } from "#app/requests/look-up.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { AnimalFacts } from "#app/ui/tracing/animal-facts.tsx";
import { AnimalLife } from "#app/ui/tracing/animal-life.tsx";
import { AnimalPrice } from "#app/ui/tracing/animal-price.tsx";
import { AnimalShares } from "#app/ui/tracing/animal-shares.tsx";
import { FamilyTree } from "#app/ui/tracing/family-tree.tsx";
import { householdName } from "#app/ui/tracing/household-name.ts";
import { causeName, communeName, type Names, namesOf } from "#app/ui/tracing/names.ts";
import type { Route } from "./+types/animal";

export async function loader({ context, params }: Route.LoaderArgs) {
  const { animals } = context.get(servicesContext);
  const code = params.tag.trim();
  const file = await lookUpOrRefuse(context, async () =>
    /^[A-Za-z0-9.-]{3,40}$/.test(code) ? animals.file(code) : undefined,
  );
  if (!file) throw data({ code: "animal.not-found" }, { status: 404 });
  return forRender({ file });
}

export function meta({ location, params }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "animal");
  const thing = params.tag.toUpperCase();
  return pageMeta(t("metaTitle", { thing }), t("description", { thing }));
}

/** One animal: price, every gift's share, the proof that nothing is counted twice, its life and its family. */
export default function AnimalPage({ loaderData }: Route.ComponentProps) {
  const { file } = loaderData;
  const { t } = useTranslation("animal");
  const { t: tl } = useTranslation("ledger");
  const { locale } = useSite();
  const names = namesOf(locale, [file.campaign], file.places);
  const shares = sharesOf(file);
  const proof = proofOf(file, shares);
  const due = (code: string) => {
    const one = file.kin.find((kin) => kin.code === code);
    return one ? dueOn([file.campaign], one) : null;
  };
  return (
    <article className="animal-page">
      <Head file={file} shares={shares} names={names} t={t} />
      <AnimalFacts file={file} t={t} />
      {proof && file.owned ? (
        <AnimalShares shares={shares} proof={proof} lo={file.owned.lo} names={names} t={t} />
      ) : null}
      {file.animal.price === null ? null : <AnimalPrice file={file} t={t} tl={tl} />}
      {file.kin.length > 1 || LIVING.has(file.animal.species) ? (
        <section className="section" aria-labelledby="family">
          <h2 id="family">{t("family.title")}</h2>
          <p className="soft">{t(file.kin.length > 1 ? "family.note" : "family.alone")}</p>
          {file.kin.length > 1 ? (
            <FamilyTree family={familyOf(file)} here={file.animal.code} dueOn={due} />
          ) : null}
        </section>
      ) : null}
      <AnimalLife events={lifeOf(file)} t={t} tl={tl} />
      {LIVING.has(file.animal.species) ? (
        <details className="section tag">
          <summary>
            <h2>{t("tag.title")}</h2>
          </summary>
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
        </details>
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
        <a href={to("campaign", { slug: campaign.slug })}>
          {upperFirst(names.campaign(campaign.id))}
        </a>
        {home ? (
          <>
            <span aria-hidden="true">›</span>
            <a href={to("commune", { commune: communeAddress(home) })}>
              {placeName(locale, home.fullName)}
            </a>
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
      <Lead file={file} shares={shares} t={t} />
      {animal.undone ? <p className="notice bad">{t("state.undone")}</p> : null}
      {now?.died ? (
        <p className="notice">
          {t("state.dead", {
            day: week(locale, now.died.on),
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

/** Where it came from and who keeps it now, in two sentences. */
function Lead(props: { file: AnimalFile; shares: readonly AnimalShare[]; t: TFunction<"animal"> }) {
  const { file, shares, t } = props;
  const { locale } = useSite();
  const { animal } = file;
  const [now] = told(animal);
  const ground = file.communeNow ? communeName(locale, file.communeNow) : "";
  return (
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
              day: animal.bornOn === null ? "" : week(locale, animal.bornOn),
              dam: animal.dam,
            })}{" "}
      {now?.died
        ? null
        : now?.household
          ? t("lead.keeper", {
              household: householdName(locale, now.household),
              commune: ground,
            })
          : t("lead.noKeeper", { commune: ground })}
    </p>
  );
}
