import { LOSS_CAUSES, PRICE_REASONS } from "../acts/reasons.ts";
import { REASONS } from "../ledger/reasons.ts";
import { readDong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { MoneyKind } from "../people/office-act.ts";
import { MONEY_SOURCES, type OrderMatter } from "./order.ts";

/** Fields of the form of an order; which of them it has is told by its kind. */
export const ORDER_FIELDS: Readonly<Record<MoneyKind, readonly OrderField[]>> = {
  disbursement: ["campaign", "amount", "source"],
  advance: ["campaign", "lines", "purchase", "amount", "heads", "priceReason", "source"],
  return: ["campaign", "purchase", "amount"],
  refund: ["gift", "reason", "way", "spentBy"],
  redesignation: ["campaign", "gift", "to", "amount", "reason"],
  "write-off": ["animal", "cause"],
  reversal: ["entry", "reason"],
};
export type OrderField =
  | "campaign"
  | "amount"
  | "source"
  | "purchase"
  | "heads"
  | "lines"
  | "priceReason"
  | "gift"
  | "reason"
  | "way"
  | "spentBy"
  | "to"
  | "animal"
  | "cause"
  | "entry";

/** What was typed, by field. */
export type TypedOrder = Partial<Record<OrderField, string>>;

/** A field that cannot be read. */
export interface FieldFault {
  readonly field: OrderField;
  readonly code: "missing" | "unreadable";
}

export interface UnreadOrder {
  readonly code: "order.unread";
  readonly faults: readonly FieldFault[];
}

/** Why money goes back, by kind: codes of `ledger/reasons.ts`. */
export const REFUND_REASONS = ["donor-asked", "paid-twice"] as const;
export const REDESIGNATION_REASONS = ["surplus", "campaign-ended"] as const;
export const REVERSAL_REASONS = ["entered-twice", "wrong-campaign"] as const;

const CODE = /^[A-Za-z0-9.-]{1,40}$/;

/** The matter that a form asks for; every field that cannot be read is named. */
export function readOrder(kind: MoneyKind, typed: TypedOrder): Result<OrderMatter, UnreadOrder> {
  const reader = new Reader(typed);
  const matter = matterIn(kind, reader);
  return reader.faults.length > 0 || matter === undefined
    ? no({ code: "order.unread", faults: reader.faults })
    : ok(matter);
}

function matterIn(kind: MoneyKind, read: Reader): OrderMatter | undefined {
  switch (kind) {
    case "disbursement": {
      const [campaign, amount, source] = [read.code("campaign"), read.amount(), read.source()];
      return { kind, campaign, amount, source };
    }
    case "advance":
      return {
        kind,
        campaign: read.code("campaign"),
        purchase: read.code("purchase").toUpperCase(),
        amount: read.amount(),
        source: read.source(),
        ...optional("heads", read.maybeWhole("heads")),
        ...optional("lines", read.maybeCodes("lines")),
        ...optional("priceReason", read.maybeOneOf("priceReason", PRICE_REASONS)),
      };
    case "return":
      return {
        kind,
        campaign: read.code("campaign"),
        amount: read.amount(),
        ...optional("purchase", read.maybeCode("purchase")?.toUpperCase()),
      };
    case "refund":
      return {
        kind,
        gift: read.code("gift").toUpperCase(),
        reason: read.oneOf("reason", REFUND_REASONS),
        way: read.oneOf("way", ["bank", "gateway"]),
        ...optional("spentBy", read.maybeOneOf("spentBy", ["reserve"] as const)),
      };
    case "redesignation": {
      const gift = read.maybeCode("gift");
      const to = read.code("to");
      if (gift !== undefined) return { kind, gift: gift.toUpperCase(), to };
      return {
        kind,
        from: read.code("campaign"),
        to,
        amount: read.amount(),
        reason: read.oneOf("reason", REDESIGNATION_REASONS),
      };
    }
    case "write-off":
      return {
        kind,
        animal: read.code("animal").toUpperCase(),
        cause: read.oneOf("cause", LOSS_CAUSES),
      };
    case "reversal":
      return {
        kind,
        entry: read.whole("entry"),
        reason: read.oneOf(
          "reason",
          REASONS.filter((code) => REVERSAL_REASONS.some((known) => known === code)),
        ),
      };
  }
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}

/** Reads fields and keeps what is wrong; a value after a fault is never used. */
class Reader {
  readonly faults: FieldFault[] = [];
  readonly #typed: TypedOrder;

  constructor(typed: TypedOrder) {
    this.#typed = typed;
  }

  #text(field: OrderField): string {
    return (this.#typed[field] ?? "").normalize("NFC").trim();
  }

  #fault(field: OrderField): void {
    this.faults.push({ field, code: this.#text(field) === "" ? "missing" : "unreadable" });
  }

  maybeCode(field: OrderField): string | undefined {
    return this.#text(field) === "" ? undefined : this.code(field);
  }

  /** Codes with blanks or commas between them, in capitals. */
  maybeCodes(field: OrderField): readonly string[] | undefined {
    const codes = this.#text(field)
      .toUpperCase()
      .split(/[\s,]+/)
      .filter(Boolean);
    if (!codes.every((code) => CODE.test(code))) this.#fault(field);
    return codes.length === 0 ? undefined : codes;
  }

  code(field: OrderField): string {
    const text = this.#text(field);
    if (!CODE.test(text)) this.#fault(field);
    return text;
  }

  amount(): bigint {
    const amount = readDong(this.#text("amount"));
    if (amount === undefined) this.#fault("amount");
    return amount ?? 0n;
  }

  maybeWhole(field: OrderField): number | undefined {
    return this.#text(field) === "" ? undefined : this.whole(field);
  }

  /** A number as printed, dots and `#` and all. */
  whole(field: OrderField): number {
    const text = this.#text(field).replace(/^#|[.,\s]/g, "");
    if (!/^\d{1,12}$/.test(text)) this.#fault(field);
    return Number(text);
  }

  source() {
    return this.oneOf("source", MONEY_SOURCES);
  }

  maybeOneOf<Code extends string>(field: OrderField, known: readonly Code[]): Code | undefined {
    return this.#text(field) === "" ? undefined : this.oneOf(field, known);
  }

  oneOf<Code extends string>(field: OrderField, known: readonly Code[]): Code {
    const found = known.find((code) => code === this.#text(field));
    if (found === undefined) this.#fault(field);
    return found ?? (known[0] as Code);
  }
}

/** What a matter looks like typed, to change it. */
export function typedOrder(matter: OrderMatter): TypedOrder {
  const typed: TypedOrder = {};
  for (const [name, value] of Object.entries(matter)) {
    if (name === "kind") continue;
    typed[(name === "from" ? "campaign" : name) as OrderField] = String(value);
  }
  return typed;
}
