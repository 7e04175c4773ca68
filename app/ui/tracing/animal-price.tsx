import type { TFunction } from "i18next";

import type { AnimalFile } from "#app/domain/animals/animal-file.ts";
import { money, number } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";

import { reasonName, sourceName } from "./names.ts";
import { PriceStrip } from "./price-strip.tsx";

/** Its price against the norm of its day and the other prices of its campaign, with the coded reason. */
export function AnimalPrice(props: {
  file: AnimalFile;
  t: TFunction<"animal">;
  tl: TFunction<"ledger">;
}) {
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
        words={{
          own: t("price.own", { price: money(locale, price) }),
          others: t("price.others", {
            count: file.prices.length,
            n: number(locale, file.prices.length),
          }),
          norm: t("price.normOf", { norm: facts.norm }),
        }}
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
        <p className="soft small">
          {t("price.note", { source: sourceName(locale, file.norm.source) })}
        </p>
      )}
    </section>
  );
}
