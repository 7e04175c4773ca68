import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { Step, StepThing } from "#app/domain/donations/steps.ts";
import { lowerFirst, upperFirst } from "#app/i18n/first-letter.ts";
import { day, money, number, week } from "#app/i18n/formats.ts";
import { type Locale } from "#app/i18n/paths.ts";
import { useSite } from "#app/ui/site.ts";

import { householdName } from "./household-name.ts";
import { causeName, type Names, reasonName } from "./names.ts";
import { Papers } from "./papers.tsx";

/** Things told one by one in a step; more are folded away under their number. */
const TOLD_ALONE = 4;

/** Steps told one after another; of more, births and passings on are folded behind those of the money. */
const TOLD_WHOLE = 12;

/** Entries of what happened at a household; the others move money, which has its day. */
const BY_WEEK: ReadonlySet<string> = new Set(["birth", "death", "pass-on"]);

/** Every act that concerned a gift, oldest first, each with its entry and the digests of its papers. */
export function Timeline({ steps, names }: { steps: readonly Step[]; names: Names }) {
  const { t } = useTranslation("donation");
  const { locale } = useSite();
  const long = steps.length > TOLD_WHOLE;
  const aside = long ? steps.filter(({ stage }) => stage === "offspring") : [];
  const main = aside.length === 0 ? steps : steps.filter(({ stage }) => stage !== "offspring");
  return (
    <>
      <ol className="timeline">
        {main.map((step) => (
          <StepItem key={step.entry} step={step} names={names} />
        ))}
      </ol>
      {aside.length === 0 ? null : (
        <details>
          <summary>
            {t("steps.offspring", { count: aside.length, n: number(locale, aside.length) })}
          </summary>
          <ol className="timeline">
            {aside.map((step) => (
              <StepItem key={step.entry} step={step} names={names} />
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function StepItem({ step, names }: { step: Step; names: Names }) {
  const { t } = useTranslation("donation");
  const { t: tl } = useTranslation("ledger");
  const { locale, to } = useSite();
  return (
    <li className={`step s-${step.stage}`}>
      <p className="when">
        {BY_WEEK.has(step.kind) ? week(locale, step.on) : day(step.on)} ·{" "}
        <a href={to("entry", { entry: step.entry })}>
          {t("steps.entry", { entry: number(locale, step.entry) })}
        </a>
        {step.late ? <span className="chip">{t("steps.late")}</span> : null}
        {step.reversedBy === null ? null : (
          <a className="chip alert" href={to("entry", { entry: step.reversedBy })}>
            {t("steps.reversed", { entry: number(locale, step.reversedBy) })}
          </a>
        )}
      </p>
      <h3>{titleOf(step, names, t, tl, locale)}</h3>
      <Matter step={step} t={t} tl={tl} />
      <Things step={step} t={t} tl={tl} />
      <Papers papers={step.evidence} of={step.kind} />
    </li>
  );
}

function titleOf(
  step: Step,
  names: Names,
  t: TFunction<"donation">,
  tl: TFunction<"ledger">,
  locale: Locale,
): string {
  const [only] = step.things;
  const single = step.things.length === 1 && only !== undefined;
  const named = (code: string, young: boolean) =>
    t(`flow.${young ? "young" : "thing"}.${only?.species ?? "BO"}`, { code });
  const things = single
    ? lowerFirst(named(only.animal, only.dam !== null))
    : `${number(locale, step.things.length)} ${headsOf(only, t, tl)}`;
  const dam = single && only.dam !== null ? named(only.dam, false) : undefined;
  const kind = step.kind === "birth" && dam !== undefined ? "birthOne" : step.kind;
  const title = t([`steps.kind.${kind}`, "flow.kind.undone"], {
    channel: step.channel === null ? "" : tl(`channel.${step.channel}`),
    commune: step.commune === null ? "" : names.commune(step.commune, step.on),
    campaign: step.campaign === null ? "" : names.campaign(step.campaign),
    things,
    other: single && only.replacedBy !== null ? named(only.replacedBy, false) : "",
    dam: dam ?? "",
    reverses: number(locale, step.reverses ?? 0),
  });
  return upperFirst(title);
}

/** What several things of a step are called: cows, calves, machines. */
function headsOf(
  one: StepThing | undefined,
  t: TFunction<"donation">,
  tl: TFunction<"ledger">,
): string {
  const species = one?.species ?? "BO";
  const young = one !== undefined && one.dam !== null && (species === "BO" || species === "DE");
  return young ? t(`steps.young.${species}`) : tl(`head.${species}`);
}

function Matter({
  step,
  t,
  tl,
}: {
  step: Step;
  t: TFunction<"donation">;
  tl: TFunction<"ledger">;
}) {
  const { locale } = useSite();
  const parts: string[] = [];
  if (step.amount > 0n && step.stage !== "delivered") parts.push(money(locale, step.amount));
  if (step.fee > 0n) parts.push(t("steps.fee", { fee: money(locale, step.fee) }));
  if (step.stage === "disbursed" && step.whole > step.amount) {
    parts.push(t("steps.whole", { whole: money(locale, step.whole) }));
  }
  if (step.reason !== null) parts.push(reasonName(tl, step.reason));
  if (step.numbers && step.stage !== "delivered" && step.stage !== "undone") {
    parts.push(
      t("steps.numbers", {
        lo: number(locale, step.numbers.lo),
        hi: number(locale, step.numbers.hi),
      }),
    );
  }
  return parts.length === 0 ? null : <p>{parts.join(" · ")}</p>;
}

function Things({
  step,
  t,
  tl,
}: {
  step: Step;
  t: TFunction<"donation">;
  tl: TFunction<"ledger">;
}) {
  const { locale } = useSite();
  if (step.things.length === 0) return null;
  const list = (
    <ul className="step-things">
      {step.things.map((thing) => (
        <li key={thing.animal}>
          <Thing step={step} thing={thing} t={t} tl={tl} />
        </li>
      ))}
    </ul>
  );
  if (step.things.length <= TOLD_ALONE) return list;
  return (
    <details>
      <summary>
        {t("steps.things", {
          things: `${number(locale, step.things.length)} ${headsOf(step.things[0], t, tl)}`,
        })}
      </summary>
      {list}
    </details>
  );
}

function Thing(props: {
  step: Step;
  thing: StepThing;
  t: TFunction<"donation">;
  tl: TFunction<"ledger">;
}) {
  const { step, thing, t, tl } = props;
  const { locale, to } = useSite();
  const facts: string[] = [];
  if (step.stage === "offspring") {
    if (thing.sex !== null) facts.push(t(`steps.sex.${thing.sex}`));
  } else if (thing.replacedBy !== null) {
    facts.push(t("steps.replacedBy", { animal: thing.replacedBy }));
  } else if (step.stage === "delivered" && thing.price !== null) {
    facts.push(
      thing.amount === thing.price
        ? t("steps.shareAll", { price: money(locale, thing.price) })
        : t("steps.sharePart", {
            price: money(locale, thing.price),
            amount: money(locale, thing.amount),
          }),
    );
    if (thing.priceReason !== null) {
      facts.push(t("steps.over", { reason: reasonName(tl, thing.priceReason) }));
    }
  }
  if (thing.cause !== null) facts.push(causeName(tl, thing.cause));
  if (step.kind === "birth" && thing.dueOn !== null) {
    facts.push(t("steps.due", { day: week(locale, thing.dueOn) }));
  }
  if (thing.household !== null && step.kind !== "loss") {
    facts.push(t("steps.household", { household: householdName(locale, thing.household) }));
  }
  return (
    <>
      <a href={to("animal", { tag: thing.animal })}>{thing.animal}</a>
      {thing.dam !== null && step.kind === "birth" ? (
        <> ({t("table.ofDam", { dam: thing.dam })})</>
      ) : null}
      {facts.length === 0 ? null : ` · ${facts.join(" · ")}`}
    </>
  );
}
