import { useTranslation } from "react-i18next";

import { communeAddress, type CommuneListing } from "#app/domain/places/commune-file.ts";
import { communePicture } from "#app/domain/places/commune-picture.ts";
import { compareText, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath, pathTo } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { localeContext } from "#app/requests/locale.ts";
import { servicesContext } from "#app/requests/services.ts";
import { CommuneMap, type MapCommune } from "#app/ui/commune-map.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { communeName } from "#app/ui/tracing/names.ts";
import type { Route } from "./+types/communes";

export async function loader({ context }: Route.LoaderArgs) {
  const { communes } = context.get(servicesContext);
  const locale = context.get(localeContext);
  const listed = (await communes.today()).toSorted(
    (a, b) => compareText(locale, a.district, b.district) || compareText(locale, a.name, b.name),
  );
  const picture = communePicture(listed);
  const numbered = listed.map((one, at) => ({ ...one, n: at + 1 }));
  const drawn = numbered.flatMap((one): MapCommune[] => {
    const shape = picture.shapes.get(one.code);
    if (!shape) return [];
    const href = pathTo(locale, "commune", { commune: communeAddress(one) });
    const { code, fullName, n } = one;
    return [{ ...shape, code, fullName, n, href, active: one.campaigns > 0 }];
  });
  return forRender({
    districts: [...Map.groupBy(numbered, ({ district }) => district)],
    map: { width: picture.width, height: picture.height, communes: drawn },
  });
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "commune");
  return pageMeta(t("all.title"), t("all.description"));
}

/** The mountain communes of today on a map and in a list, with the names they were made of. */
export default function CommunesPage({ loaderData }: Route.ComponentProps) {
  const { districts, map } = loaderData;
  const { t } = useTranslation("commune");
  const { to } = useSite();
  return (
    <div className="communes-page">
      <h1>{t("all.title")}</h1>
      <p className="lead spaced">{t("all.lead")}</p>
      <form action={to("campaigns")} role="search">
        <label htmlFor="q">{t("all.search")}</label>
        <div className="field-row">
          <input id="q" name="q" type="search" autoComplete="off" maxLength={100} />
          <button className="button quiet" type="submit">
            {t("all.find")}
          </button>
        </div>
      </form>
      {districts.length === 0 ? <p className="empty section">{t("all.none")}</p> : null}
      <div className="both section">
        {map.communes.length === 0 ? null : (
          <figure className="map-side">
            <CommuneMap {...map} title={t("all.map")} />
            <figcaption className="small soft">{t("all.caption")}</figcaption>
          </figure>
        )}
        <div className="list-side">
          {districts.map(([district, listed]) => (
            <section key={district} className="section">
              <h2>{t("all.district", { district })}</h2>
              <ol className="commune-list" start={listed[0]?.n}>
                {listed.map((one) => (
                  <Commune key={one.code} commune={one} />
                ))}
              </ol>
            </section>
          ))}
        </div>
      </div>
    </div>
  );
}

function Commune({ commune }: { commune: Omit<CommuneListing, "outline"> }) {
  const { t } = useTranslation("commune");
  const { locale, to } = useSite();
  const names = commune.from.map((one) => communeName(locale, one)).join(", ");
  return (
    <li>
      <a href={to("commune", { commune: communeAddress(commune) })}>{commune.fullName}</a>
      {commune.campaigns === 0 ? null : (
        <span className="soft">
          {" · "}
          {t("all.campaigns", { count: commune.campaigns, n: number(locale, commune.campaigns) })}
          {commune.things === 0
            ? ""
            : ` · ${t("all.things", { count: commune.things, n: number(locale, commune.things) })}`}
        </span>
      )}
      {names === "" ? null : <span className="under">{t("all.from", { names })}</span>}
    </li>
  );
}
