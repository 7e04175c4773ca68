import type { DraftFacts, SentForm } from "./draft-facts.ts";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { CampaignDraft } from "#app/domain/campaigns/draft.ts";
import {
  householdsOf,
  type Section as SectionName,
  SECTION_NAMES,
} from "#app/domain/campaigns/draft-content.ts";
import type { DraftProblem } from "#app/domain/campaigns/draft-problems.ts";
import { addDays } from "#app/domain/kernel/calendar.ts";
import { day, dayAt } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { type Typed, typedModel, wrongFact } from "#app/ui/forms/draft-form.ts";
import type { FieldProblem } from "#app/ui/error-summary.tsx";
import { FormCard } from "#app/ui/office/form-card.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { StateLine } from "#app/ui/office/steps.tsx";

import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import { Decisions } from "./decisions.tsx";
import { History } from "./history.tsx";
import { Preview } from "./preview.tsx";
import { SectionFields } from "./section-form.tsx";
import { SectionView } from "./section-view.tsx";
import { draftTone } from "./tone.ts";

const DONE = new Set(["submit", "opine", "send-back", "publish", "cancel"]);

/** A draft: what it says, what it lacks, what others think of it, and what can be done with it. */
export function DraftView({ facts, sent }: { facts: DraftFacts; sent: SentForm | undefined }) {
  const { draft } = facts;
  const { t } = useTranslation("office-campaign");
  const sections = SECTION_NAMES.filter((name) => name !== "change" || draft.amends !== null);
  return (
    <OfficePage
      title={draft.content.titleVi || t("untitled")}
      eyebrow={draft.amends ? t("list.changes", { campaign: draft.amends }) : t("list.newOne")}
      crumbs={[[t("list.title"), OFFICE_PAGES.campaigns]]}
      actions={<NextSection facts={facts} />}
    >
      <StateLine
        tone={draftTone(draft.state)}
        state={t(`state.${draft.state}`)}
        text={stateText(facts, t)}
      />
      {facts.done && DONE.has(facts.done) ? (
        <p className="notice good">{t(`done.${facts.done}`)}</p>
      ) : null}
      <SentBack facts={facts} />
      {draft.campaign ? (
        <p className="notice good">
          {t("published")}{" "}
          <a href={officePath("campaign", { draft: draft.campaign })}>{draft.campaign}</a>
        </p>
      ) : null}
      <Decisions facts={facts} sent={sent} />
      <Section id="sections" title={t("sections")}>
        {sections.map((section) => (
          <SectionCard key={section} section={section} facts={facts} sent={sent} />
        ))}
      </Section>
      <History facts={facts} />
      <details className="form-details">
        <summary>{t("preview.open")}</summary>
        <Preview preview={facts.preview} />
      </details>
    </OfficePage>
  );
}

/** Why a draft came back, where its writers look first, with the way to what they have to mend. */
function SentBack({ facts }: { facts: DraftFacts }) {
  const { t } = useTranslation("office-campaign");
  const { draft, steps, may } = facts;
  const last = steps.findLast(({ step }) => step === "sent-back");
  if (draft.state !== "sent-back" || !last) return null;
  const section = SECTION_OF.get(last.reason ?? "");
  return (
    <div className="notice">
      <p>
        <strong>{t("cameBack", { day: dayAt(last.at) })}</strong>{" "}
        {last.reason === null ? null : `${t(`sendBackReason.${last.reason}`)}.`}
      </p>
      {last.note === "" ? null : <p className="kept-lines">{last.note}</p>}
      {section && may.save ? (
        <p>
          <a href={`${officePath("campaign", { draft: draft.id })}?sua=${section}#${section}`}>
            {t("mend", { section: t(`section.${section}`) })}
          </a>
        </p>
      ) : null}
    </div>
  );
}

/** Which part of a draft a reason speaks of; the others concern the whole. */
const SECTION_OF: ReadonlyMap<string, SectionName> = new Map([
  ["norm", "needs"],
  ["account", "account"],
  ["decision", "decision"],
  ["households", "households"],
  ["text", "story"],
]);

/** The way to what is still missing, while nothing is being edited. */
function NextSection({ facts }: { facts: DraftFacts }) {
  const { t } = useTranslation("office-campaign");
  const next = facts.problems[0];
  if (!next || !facts.may.save || facts.editing !== undefined) return null;
  const page = officePath("campaign", { draft: facts.draft.id });
  return (
    <a className="button" href={`${page}?sua=${next.section}#${next.section}`}>
      {t("writeNext", { section: t(`section.${next.section}`) })}
    </a>
  );
}

function stateText({ draft, problems, opinionDays }: DraftFacts, t: TFunction<"office-campaign">) {
  if (draft.state === "submitted" && draft.submittedOn) {
    return t("stateText.submitted", {
      day: day(draft.submittedOn),
      until: day(addDays(draft.submittedOn, opinionDays)),
    });
  }
  if (draft.state === "drafting" || draft.state === "sent-back") {
    return problems.length === 0
      ? t(draft.state === "sent-back" ? "stateText.mended" : "stateText.ready")
      : t("stateText.lacking", { count: problems.length });
  }
  return t(`stateText.${draft.state}`);
}

function SectionCard(props: {
  section: SectionName;
  facts: DraftFacts;
  sent: SentForm | undefined;
}) {
  const { section, facts } = props;
  const { t } = useTranslation("office-campaign");
  const sent =
    props.sent?.intent === "save" && props.sent.section === section ? props.sent : undefined;
  const allowed = section === "decision" ? facts.may.saveDecision : facts.may.save;
  const editing = allowed && (sent !== undefined || facts.editing === section);
  const lacking = facts.problems.filter((one) => one.section === section);
  const page = officePath("campaign", { draft: facts.draft.id });
  const next = facts.problems[0];
  if (editing) return <SectionForm {...props} sent={sent} />;
  return (
    <section className="draft-section" aria-labelledby={section}>
      <div className="section-head">
        <h3 id={section}>{t(`section.${section}`)}</h3>
        <span className="section-state">
          <SectionState section={section} facts={facts} lacking={lacking.length} />
          {allowed ? (
            <a href={`${page}?sua=${section}#${section}`}>
              {t("edit")}
              <span className="visually-hidden"> {t(`section.${section}`)}</span>
            </a>
          ) : null}
        </span>
      </div>
      {facts.saved === section ? (
        <p className="notice good">
          {t("savedNow")}{" "}
          {next && facts.may.save ? (
            <a href={`${page}?sua=${next.section}#${next.section}`}>
              {t("savedNext", { section: t(`section.${next.section}`) })}
            </a>
          ) : null}
        </p>
      ) : null}
      <SectionView
        section={section}
        content={facts.draft.content}
        needs={facts.needs}
        choices={facts.choices}
      />
      <Lacking problems={facts.may.save ? lacking : []} />
    </section>
  );
}

/** Whether a section is whole; households are asked for by some models only. */
function SectionState(props: { section: SectionName; facts: DraftFacts; lacking: number }) {
  const { t } = useTranslation("office-campaign");
  if (props.lacking > 0) return <State tone="waiting">{t("sectionLacking")}</State>;
  if (props.section === "households" && householdsOf(props.facts.draft.content) === 0) {
    return <State tone="plain">{t("sectionOptional")}</State>;
  }
  return <State tone="good">{t("sectionWhole")}</State>;
}

/** What a section lacks: what was not written yet by name only, anything else with why. */
function Lacking({ problems }: { problems: readonly DraftProblem[] }) {
  const { t } = useTranslation("office-campaign");
  if (problems.length === 0) return null;
  const missing = problems.filter(({ code }) => code === "missing");
  const wrong = problems.filter(({ code }) => code !== "missing");
  const named = missing.map(({ field }) => t(`field.${field}`)).join("; ");
  return (
    <ul className="lacking">
      {missing.length > 0 ? <li>{t("stillMissing", { fields: named })}</li> : null}
      {wrong.map((one) => (
        <li key={one.field + one.code}>
          {`${t(`field.${one.field}`)}: ${t(`wrong.${one.code}`)}`}
        </li>
      ))}
    </ul>
  );
}

function SectionForm(props: {
  section: SectionName;
  facts: DraftFacts;
  sent: SentForm | undefined;
}) {
  const { section, facts, sent } = props;
  const { t } = useTranslation("office-campaign");
  const locale = useLocale();
  const { draft } = facts;
  const stale = sent?.problem?.code === "draft.section-stale";
  const values = sent ? { ...emptyRows(facts.values, section), ...sent.typed } : facts.values;
  const words = Object.fromEntries(
    Object.entries(sent?.wrong ?? {}).map(([name, wrong]) => {
      const { code, facts } = wrongFact(name, wrong, values);
      return [name, t(`wrong.${code}`, facts)];
    }),
  );
  const multipart = section === "decision" || section === "story";
  const problems = sent ? problemsOfForm(sent, words, { t, locale }) : [];
  return (
    <>
      <FormCard
        id={section}
        title={t(`section.${section}`)}
        intent="save"
        hidden={{
          section,
          // After a stale form the person has seen what is stored below and may save over it.
          revision: revisionOf(draft, section, stale ? undefined : sent),
          key: sent?.typed["key"] ?? facts.key,
        }}
        submit={t("save")}
        problems={problems}
        also={<a href={officePath("campaign", { draft: draft.id })}>{t("leave")}</a>}
        {...(multipart ? { encType: "multipart/form-data" as const } : {})}
      >
        <SectionFields
          section={section}
          facts={{
            values,
            wrong: words,
            model: typedModel(values["model"]) || draft.content.model,
            amends: draft.amends !== null,
            norm: facts.norm,
            choices: facts.choices,
            catalogue: facts.catalogue,
            kept: sent?.kept ?? [],
            refused: sent?.refused ?? [],
            decisionName: facts.decisionName,
          }}
        />
      </FormCard>
      {stale ? (
        <div className="notice">
          <p>{t("staleNow")}</p>
          <SectionView
            section={section}
            content={draft.content}
            needs={facts.needs}
            choices={facts.choices}
          />
        </div>
      ) : null}
    </>
  );
}

/** The revision a form carries: of what the person saw; of a refused form that is what it came with. */
function revisionOf(draft: CampaignDraft, section: SectionName, sent: SentForm | undefined) {
  return sent?.typed["revision"] ?? draft.revisions[section] ?? 0;
}

/** What is wrong with a section's form, each leading to its field. */
function problemsOfForm(
  sent: SentForm,
  words: Readonly<Record<string, string>>,
  { t, locale }: { readonly t: TFunction<"office-campaign">; readonly locale: Locale },
): FieldProblem[] {
  const files = sent.section === "decision" ? "decision" : "photos";
  return [
    ...(sent.problem ? [{ id: null, text: problemText(t, locale, sent.problem) }] : []),
    ...Object.entries(words).map(([id, text]) => ({ id, text: `${labelOf(id, t)}: ${text}` })),
    ...(sent.refused?.length ? [{ id: files, text: t("wrong.file") }] : []),
  ];
}

/** A box that was left empty is not sent: what the form did not say is empty, not what is stored. */
function emptyRows(values: Typed, section: SectionName): Typed {
  if (section !== "needs" && section !== "story") return values;
  const rows = /^(need|picture)-\d+-/;
  return Object.fromEntries(Object.entries(values).filter(([name]) => !rows.test(name)));
}

function labelOf(name: string, t: TFunction<"office-campaign">): string {
  const row = /^need-(\d+)-(\w+)$/.exec(name);
  if (!row) return t(`field.${name}`);
  return t("needs.line", { n: Number(row[1]) + 1 });
}
