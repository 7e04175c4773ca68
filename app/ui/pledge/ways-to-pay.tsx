import { useTranslation } from "react-i18next";

import type { Dong } from "#app/domain/kernel/dong.ts";
import type { ChargesTable } from "#app/domain/payments/charges.ts";
import type { PayChannel } from "#app/domain/payments/limits.ts";
import type { PledgePage } from "#app/domain/pledges/ports.ts";
import { money } from "#app/i18n/formats.ts";
import { payPath } from "#app/i18n/paths.ts";
import { chargeWords } from "#app/ui/charge-words.ts";
import { useSite } from "#app/ui/site.ts";

/** What the ways to pay are told of. */
export interface PayFacts {
  readonly pledge: PledgePage;
  /** đồng still to come. */
  readonly open: Dong;
  readonly memo: string;
  /** Picture of the QR code; absent where the amount does not fit one. */
  readonly qr: string | undefined;
  /** The same to be saved. */
  readonly qrFile: string | undefined;
  /** The way that stands first: the chosen one where it can be used. */
  readonly first: PayChannel;
  /** Gateways that take this amount now. */
  readonly gateways: readonly ("vnpay" | "stripe")[];
  readonly charges: ChargesTable;
}

/** The chosen way first and alone; the others are folded away under it. */
export function WaysToPay(facts: PayFacts) {
  const { t } = useTranslation("pledge");
  const { first, gateways } = facts;
  const others = gateways.filter((channel) => channel !== first);
  const [only] = others;
  return (
    <>
      {first === "bank" ? <Transfer {...facts} /> : <Gateway facts={facts} channel={first} first />}
      {only === undefined && first === "bank" ? null : (
        <details className="section other-ways">
          <summary>{t("ways.others")}</summary>
          {others.map((channel) => (
            <Gateway key={channel} facts={facts} channel={channel} />
          ))}
          {first === "bank" ? null : <Transfer {...facts} />}
        </details>
      )}
    </>
  );
}

function Transfer({ pledge, open, memo, qr, qrFile }: PayFacts) {
  const { t } = useTranslation("pledge");
  const { locale } = useSite();
  const { account } = pledge;
  return (
    <section className="section roomy" aria-labelledby="transfer">
      <h2 id="transfer">{t("transfer.title")}</h2>
      <p>{t("ways.free")}</p>
      <div className="pay">
        {qr ? (
          <figure className="qr">
            <img
              src={qr}
              alt={t("transfer.qrAlt", { code: pledge.code })}
              width="240"
              height="240"
            />
            <figcaption className="small">
              {t("transfer.qrHint")}
              {qrFile ? (
                <span className="qr-save no-print">
                  <a href={qrFile} download={`${pledge.code}.png`}>
                    {t("transfer.qrSave")}
                  </a>{" "}
                  {t("transfer.qrSaveHint")}
                </span>
              ) : null}
            </figcaption>
          </figure>
        ) : null}
        <div>
          <dl className="transfer">
            <dt>{t("transfer.bank")}</dt>
            <dd>{account.bankName}</dd>
            <dt>{t("transfer.number")}</dt>
            <dd className="amount">{account.number}</dd>
            <dt>{t("transfer.holder")}</dt>
            <dd>{account.holder}</dd>
            <dt>{t("transfer.amount")}</dt>
            <dd className="amount">{money(locale, open)}</dd>
            <dt>{t("transfer.memo")}</dt>
            <dd className="memo">{memo}</dd>
          </dl>
          <p className="small soft no-print spaced">{t("transfer.copyHint")}</p>
          <p className="notice">{t("transfer.memoHint", { code: pledge.code })}</p>
        </div>
      </div>
    </section>
  );
}

function Gateway(props: { facts: PayFacts; channel: "vnpay" | "stripe"; first?: boolean }) {
  const { channel, first } = props;
  const { pledge, open, charges } = props.facts;
  const { t } = useTranslation("pledge");
  const { t: payment } = useTranslation("payment");
  const { locale } = useSite();
  return (
    <section className="section roomy no-print" aria-labelledby={`gateway-${channel}`}>
      <h2 id={`gateway-${channel}`}>{payment(`channel.${channel}`)}</h2>
      <p>{t("ways.charge", { charge: chargeWords(payment, locale, charges[channel], open) })}</p>
      <form method="post" action={payPath(locale, pledge.code)}>
        <input type="hidden" name="channel" value={channel} />
        <button className={first ? "button" : "button quiet"} type="submit">
          {t(`gateways.${channel}`, { amount: money(locale, open) })}
        </button>
      </form>
      <p className="small soft">{t("gateways.hint")}</p>
    </section>
  );
}
