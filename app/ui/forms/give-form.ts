import { own } from "#app/domain/kernel/own.ts";
import { z } from "zod";

import { readTypedDay } from "#app/domain/kernel/typed-day.ts";
import { type Dong, readDong } from "#app/domain/kernel/dong.ts";
import { readEmail } from "#app/domain/kernel/email.ts";

/** How one gives by the piece in a campaign: what one costs, and how many make a household's set. */
export interface Pieces {
  readonly unitPrice: Dong;
  readonly perHousehold: number;
}

const MEASURES = ["amount", "units", "households"] as const;

/** More pieces than any campaign needs. */
const MOST_PIECES = 10_000;

const text = z.string("form.broken").max(200, "form.too-long").optional();
const choice = <const Value extends string>(
  values: readonly [Value, ...Value[]],
  otherwise: Value,
) => z.enum(values, "form.broken").default(otherwise);

/**
 * The give form: everything arrives as text; problems are codes that `locales/` puts into words. `pieces` is absent where
 * a campaign is given to in đồng only.
 */
export function giveFormSchema(pieces: Pieces | undefined) {
  return z
    .object({
      measure: choice(MEASURES, "amount"),
      amount: text,
      units: text,
      households: text,
      intent: choice(["now", "promised"], "now"),
      promisedOn: text,
      confirmEmail: z.string("form.broken").max(254, "form.too-long").optional(),
      sureOf: text,
      donorKind: choice(["person", "organisation"], "person"),
      donorName: text,
      namePublic: choice(["no", "yes"], "no"),
      channel: choice(["bank", "vnpay", "stripe"], "bank"),
      formKey: z.string("form.broken").regex(/^[\w-]{16,64}$/, "form.broken"),
    })
    .transform((form, context) => {
      const problem = (field: string, message: string) => {
        context.issues.push({ code: "custom", message, path: [field], input: form });
        return z.NEVER;
      };
      const amount = amountOf(form, pieces);
      if ("problem" in amount) return problem(amount.field, amount.problem);
      const typedDay = form.intent === "promised" ? form.promisedOn : undefined;
      const promisedOn = typedDay === undefined ? undefined : readTypedDay(typedDay);
      if (typedDay !== undefined && promisedOn === undefined) {
        return problem("promisedOn", "promise.unreadable");
      }
      const confirmEmail = form.intent === "promised" ? form.confirmEmail?.trim() : undefined;
      if (confirmEmail !== undefined && confirmEmail !== "") {
        const read = readEmail(confirmEmail);
        if (!read.ok) return problem("confirmEmail", read.problem.code);
      }
      return {
        measure: amount.measure,
        amount: amount.dong,
        ...(/^\d{1,18}$/.test(form.sureOf ?? "") ? { sureOf: BigInt(form.sureOf ?? "") } : {}),
        ...(confirmEmail ? { confirmEmail } : {}),
        intent: form.intent,
        ...(promisedOn === undefined ? {} : { promisedOn }),
        donorKind: form.donorKind,
        donorName: form.donorName ?? "",
        namePublic: form.namePublic === "yes",
        channel: form.channel,
        formKey: form.formKey,
      };
    });
}

type Typed = Partial<Record<(typeof MEASURES)[number], string>> & {
  measure: (typeof MEASURES)[number];
};
type Read =
  | { dong: Dong; measure: (typeof MEASURES)[number] }
  | { field: (typeof MEASURES)[number]; problem: string };

/** The amount meant. When the chosen measure is empty and exactly one other is filled in, that one is meant. */
function amountOf(form: Typed, pieces: Pieces | undefined): Read {
  const offered = pieces ? MEASURES : (["amount"] as const);
  const filled = offered.filter((measure) => own(form, measure) !== undefined);
  const chosen = offered.find((measure) => measure === form.measure) ?? "amount";
  const measure =
    own(form, chosen) === undefined && filled.length === 1 ? (filled[0] ?? chosen) : chosen;
  const typed = own(form, measure);
  if (typed === undefined) return { field: measure, problem: `${measure}.missing` };
  if (measure === "amount") {
    const dong = readDong(typed);
    return dong === undefined || dong <= 0n
      ? { field: measure, problem: "amount.not-a-number" }
      : { dong, measure };
  }
  const count = /^\s*\d{1,6}\s*$/.test(typed) ? Number(typed) : 0;
  if (count < 1) return { field: measure, problem: `${measure}.not-a-number` };
  if (count > MOST_PIECES) return { field: measure, problem: "pieces.too-many" };
  const each = BigInt(measure === "households" ? (pieces?.perHousehold ?? 1) : 1);
  return { dong: BigInt(count) * each * (pieces?.unitPrice ?? 0n), measure };
}
