import type { TFunction } from "i18next";

import type { AnimalShare, ShareProof } from "#app/domain/animals/shares.ts";
import { money, number } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";

import { TableBox } from "#app/ui/table-box.tsx";
import type { Names } from "./names.ts";
import { ShareBar } from "./share-bar.tsx";

/** What gifts an animal is made of, and the proof that they are it exactly and nobody else's. */
export function AnimalShares(props: {
  readonly shares: readonly AnimalShare[];
  readonly proof: ShareProof;
  /** First number of the animal on the delivered axis. */
  readonly lo: bigint;
  readonly names: Names;
  readonly t: TFunction<"animal">;
}) {
  const { shares, proof, names, t } = props;
  const { locale, to } = useSite();
  const { price } = proof;
  return (
    <section className="section" aria-labelledby="shares">
      <h2 id="shares">{t("shares.title")}</h2>
      <p className="soft">{t("shares.note")}</p>
      <ShareBar
        parts={shares.map(({ amount }) => amount)}
        whole={price}
        label={t("shares.label", {
          count: shares.length,
          n: number(locale, shares.length),
          price: money(locale, price),
        })}
      />
      <TableBox name={t("shares.title")}>
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
              <td className="n">{money(locale, proof.sum)}</td>
              <td className="gone">{"\u00a0"}</td>
            </tr>
          </tfoot>
        </table>
      </TableBox>
      <Proof proof={proof} lo={props.lo} count={shares.length} t={t} />
    </section>
  );
}

function Proof(props: { proof: ShareProof; lo: bigint; count: number; t: TFunction<"animal"> }) {
  const { proof, lo, count, t } = props;
  const { locale } = useSite();
  const run = { lo: number(locale, lo), hi: number(locale, lo + proof.price - 1n) };
  const lines = [
    {
      ok: proof.sum === proof.price,
      key: "sum",
      facts: {
        count,
        n: number(locale, count),
        sum: money(locale, proof.sum),
        price: money(locale, proof.price),
      },
    },
    { ok: proof.tiled, key: "tiled", facts: run },
    { ok: proof.rivals.length === 0, key: "rivals", facts: { rivals: proof.rivals.join(", ") } },
  ];
  return (
    <details className="panel proof" open={lines.some(({ ok }) => !ok)}>
      <summary>
        <h3>{t("proof.title")}</h3>{" "}
        {lines.every(({ ok }) => ok) ? <span className="chip">{t("proof.holds")}</span> : null}
      </summary>
      <ul>
        {lines.map(({ ok, key, facts }) => (
          <li key={key} className={ok ? "right" : "wrong"}>
            {t(`proof.${ok ? key : `${key}Bad`}`, facts)}
          </li>
        ))}
      </ul>
      <p className="soft small">{t("proof.live")}</p>
    </details>
  );
}
