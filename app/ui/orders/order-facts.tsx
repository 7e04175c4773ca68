import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { OrderMatter } from "#app/domain/orders/order.ts";
import type { OrderFile } from "#app/domain/orders/ports.ts";
import { money, number } from "#app/i18n/formats.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { useSite } from "#app/ui/site.ts";

/** What an order is about. */
export function OrderFacts({ file }: { file: OrderFile }) {
  const { t } = useTranslation("office-orders");
  const { locale, to } = useSite();
  const { order } = file;
  const title = locale === "vi" ? file.campaignTitleVi : file.campaignTitleEn;
  const facts: [string, ReactNode][] = [["amount", money(locale, order.amount)]];
  if (order.place.campaign !== null) {
    facts.push([
      "campaign",
      file.campaignSlug === null ? (
        order.place.campaign
      ) : (
        <a href={to("campaign", { slug: file.campaignSlug })}>{title}</a>
      ),
    ]);
  }
  if (file.communeName !== null) facts.push(["commune", placeName(locale, file.communeName)]);
  facts.push(...useMatterFacts(order.matter));
  if (order.entry !== null) {
    facts.push([
      "entry",
      <a key="entry" href={to("entry", { entry: order.entry })}>
        #{number(locale, order.entry)}
      </a>,
    ]);
  }
  return (
    <dl className="facts-row">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`facts.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function useMatterFacts(matter: OrderMatter): [string, ReactNode][] {
  const { t } = useTranslation("office-orders");
  const ledger = useTranslation("ledger").t;
  const { locale, to } = useSite();
  const gift = (code: string) => <a href={to("donation", { code })}>{code}</a>;
  switch (matter.kind) {
    case "disbursement":
      return [["source", t(`source.${matter.source}`)]];
    case "advance": {
      const facts: [string, ReactNode][] = [
        ["purchase", matter.purchase],
        ["source", t(`source.${matter.source}`)],
      ];
      if (matter.heads !== undefined) facts.push(["heads", number(locale, matter.heads)]);
      if (matter.lines) facts.push(["lines", matter.lines.join(", ")]);
      if (matter.priceReason) facts.push(["reason", ledger(`reason.${matter.priceReason}`)]);
      return facts;
    }
    case "return":
      return matter.purchase === undefined ? [] : [["purchase", matter.purchase]];
    case "refund":
      return [
        ["gift", gift(matter.gift)],
        ["reason", ledger(`reason.${matter.reason}`)],
        ["way", t(matter.way === "bank" ? "form.wayBank" : "form.wayGateway")],
      ];
    case "redesignation":
      return "gift" in matter
        ? [["gift", gift(matter.gift)]]
        : [
            ["to", matter.to],
            ["reason", ledger(`reason.${matter.reason}`)],
          ];
    case "write-off":
      return [
        [
          "animal",
          <a key="animal" href={to("animal", { tag: matter.animal })}>
            {matter.animal}
          </a>,
        ],
        ["cause", ledger(`cause.${matter.cause}`)],
      ];
    case "reversal":
      return [
        [
          "target",
          <a key="target" href={to("entry", { entry: matter.entry })}>
            #{number(locale, matter.entry)}
          </a>,
        ],
        ["reason", ledger(`reason.${matter.reason}`)],
      ];
  }
}
