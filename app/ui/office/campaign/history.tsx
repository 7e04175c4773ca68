import type { TFunction } from "i18next";
import type { DraftFacts } from "./draft-facts.ts";
import { own } from "#app/domain/kernel/own.ts";
import { useTranslation } from "react-i18next";

import { Section } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { Steps } from "#app/ui/office/steps.tsx";
import { useLocale } from "#app/ui/site.ts";

const VERDICT_TONES = {
  agrees: "good",
  "agrees-with-remarks": "waiting",
  disagrees: "bad",
} as const;
const STEP_TONES: Readonly<Record<string, "good" | "bad" | "over">> = {
  published: "good",
  "sent-back": "bad",
  cancelled: "over",
};

/** What the offices said, and who did what when. */
export function History({ facts }: { facts: DraftFacts }) {
  const { opinions, steps, names, draft } = facts;
  const { t } = useTranslation("office-campaign");
  const { t: tf } = useTranslation("office-frame");
  const { t: tc } = useTranslation("campaign");
  const locale = useLocale();
  const office = (id: string) => names.offices.get(id)?.[locale] ?? id;
  return (
    <>
      {opinions.length > 0 ? (
        <Section id="opinions" title={t("opinions.title")}>
          <ul className="opinions">
            {opinions.map((one) => (
              <li key={one.n}>
                <p>
                  <strong>{office(one.organisation)}</strong>{" "}
                  <State tone={VERDICT_TONES[one.verdict]}>
                    {tc(`decided.verdict.${one.verdict}`)}
                  </State>
                  {one.round === draft.round ? null : (
                    <span className="soft"> {t("opinions.earlier", { n: one.round })}</span>
                  )}
                </p>
                {one.remarks === "" ? null : <p className="kept-lines">{one.remarks}</p>}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section id="steps" title={t("steps.title")}>
        <Steps
          label={t("steps.title")}
          steps={steps.map((step) => ({
            id: step.n,
            at: step.at,
            title: t(`step.${step.step}`),
            by: `${names.people.get(step.person) ?? step.person} · ${tf(`role.${step.role}`)}, ${office(step.organisation)}`,
            note: [stepReason(step, t, tc), step.note].filter((text) => text !== "").join(" "),
            tone: own(STEP_TONES, step.step) ?? "plain",
          }))}
        />
      </Section>
    </>
  );
}

function stepReason(
  { step, reason }: DraftFacts["steps"][number],
  t: TFunction<"office-campaign">,
  tc: TFunction<"campaign">,
): string {
  if (reason === null) return "";
  if (step === "opinion") return tc(`decided.verdict.${reason}`);
  if (step === "sent-back") return t(`sendBackReason.${reason}`);
  return step === "cancelled" ? t(`cancelReason.${reason}`) : "";
}
