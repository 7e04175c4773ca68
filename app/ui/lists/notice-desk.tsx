import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import { own } from "#app/domain/kernel/own.ts";
import {
  daysLeft,
  missingProofs,
  type Notice,
  type NoticePlace,
} from "#app/domain/lists/notice.ts";
import { day, number } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { FileField } from "#app/ui/office/file-field.tsx";
import { FormCard, SelectField, StepButton } from "#app/ui/office/form-card.tsx";
import { Section } from "#app/ui/office/page.tsx";
import { State, type Tone } from "#app/ui/office/state.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";

import type { DeskData, DeskSent } from "./desk-data.ts";
import { placeWords } from "./place-words.ts";

interface DeskProps {
  readonly loaded: DeskData;
  readonly sent: DeskSent | undefined;
}

/** Putting a list up, its proofs, taking it down, and the second person who confirms it. */
export function NoticeDesk(props: DeskProps) {
  const { version, notices, can } = props.loaded;
  const { t } = useTranslation("office-road");
  if (version.state !== "decided" && notices.length === 0) return null;
  const hanging = notices.some(({ outcome }) => outcome === null);
  const whole = notices.some((one) => one.version === version.version && one.outcome === "whole");
  return (
    <Section id="notices" title={t("notice.title")}>
      {version.state === "decided" && can.post && !hanging && !whole ? (
        <PostForm {...props} />
      ) : null}
      {notices.length === 0 ? <p className="empty">{t("notice.none")}</p> : null}
      {notices.map((notice) => (
        <OneNotice key={notice.id} notice={notice} {...props} />
      ))}
    </Section>
  );
}

function PostForm({ loaded, sent }: DeskProps) {
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  const mine = sent?.intent === "post" ? sent : undefined;
  return (
    <FormCard
      id="do-post"
      title={t("notice.post")}
      lead={t("notice.postLead")}
      intent="post"
      encType="multipart/form-data"
      submit={t("notice.post")}
      hidden={{ version: loaded.version.version, key: mine?.typed["key"] ?? loaded.key }}
      problems={problemsOf(t, locale, mine)}
    >
      <DayField
        id="from"
        name="on"
        label={t("notice.from")}
        defaultValue={mine?.typed["on"] ?? loaded.today}
      />
      <FileField
        id="upPhoto"
        name="upPhoto"
        kind="photo"
        label={t("notice.officePhoto")}
        kept={mine?.kept.filter(({ field }) => field === "upPhoto") ?? []}
        refused={mine?.refused ?? []}
      />
    </FormCard>
  );
}

function problemsOf(t: TFunction<"office-road">, locale: Locale, mine: DeskSent | undefined) {
  return [
    ...(mine?.problem ? [{ id: null, text: problemText(t, locale, mine.problem) }] : []),
    ...(mine && mine.refused.length > 0 ? [{ id: null, text: t("problem.file.refused") }] : []),
  ];
}

const TONES: Readonly<Record<string, Tone>> = { whole: "good", replaced: "over" };

function OneNotice(props: DeskProps & { notice: Notice }) {
  const { notice, loaded, sent } = props;
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  const hangs = notice.outcome === null;
  const left = daysLeft(notice, loaded.today);
  return (
    <article className="road-card" id={`notice-${notice.id}`}>
      <h3>
        {t("notice.days", {
          version: notice.version,
          from: day(notice.fromDay),
          to: day(notice.endedOn ?? notice.toDay),
        })}
      </h3>
      <p>
        <State tone={hangs ? "waiting" : (own(TONES, notice.outcome ?? "") ?? "bad")}>
          {hangs
            ? notice.downOn === null
              ? t("notice.hanging")
              : t("notice.down")
            : t(`outcome.${notice.outcome}`)}
        </State>{" "}
        {hangs && notice.downOn === null ? (
          <span className="soft">{t("notice.left", { count: left, n: number(locale, left) })}</span>
        ) : null}
      </p>
      <ul className="plain-list place-list">
        {notice.places.map((place) => (
          <Place key={place.n} place={place} {...props} />
        ))}
      </ul>
      {hangs && loaded.can.post ? <EndForms notice={notice} loaded={loaded} sent={sent} /> : null}
      {hangs && notice.downOn !== null ? (
        loaded.can.confirm ? (
          <StepButton intent="confirm" label={t("notice.confirm")} hidden={{ notice: notice.id }} />
        ) : (
          <p className="notice">{t("notice.waitsSecond", { day: day(notice.downOn) })}</p>
        )
      ) : null}
      {sent?.intent === "confirm" && sent.problem && hangs ? (
        <p className="field-error" role="alert">
          {problemText(t, locale, sent.problem)}
        </p>
      ) : null}
    </article>
  );
}

const PROOFS = ["upPhoto", "downPhoto", "minutes"] as const;

function Place(props: DeskProps & { notice: Notice; place: NoticePlace }) {
  const { notice, place, loaded, sent } = props;
  const { t } = useTranslation("office-road");
  const words = useTranslation("lists").t;
  const locale = useLocale();
  const hangs = notice.outcome === null;
  const name = placeWords(words, locale, place, loaded.campaign.communeName);
  const missing = missingProofs(notice.places).filter(({ n }) => n === place.n);
  const mine =
    sent?.intent === "proof" &&
    sent.typed["notice"] === notice.id &&
    sent.typed["place"] === `${place.n}`
      ? sent
      : undefined;
  return (
    <li>
      <strong>{name}</strong>{" "}
      {PROOFS.map((what) => {
        const file = place[what];
        return file === null ? null : (
          <span key={what}>
            <a href={officePath("file", { file })}>{t(`proof.${what}`)}</a>
            {what !== "minutes" && loaded.held.includes(file) && loaded.can.post ? (
              <StepButton
                intent="show"
                label={t("notice.show")}
                about={`${name}: ${t(`proof.${what}`)}`}
                hidden={{ notice: notice.id, file }}
                quiet
              />
            ) : null}{" "}
          </span>
        );
      })}
      {place.loudspeakerDays.length === 0 ? null : (
        <span className="under">
          {t("notice.loudspeaker", { days: place.loudspeakerDays.map(day).join(", ") })}
        </span>
      )}
      {missing.length === 0 ? null : (
        <span className="under">
          {t("notice.missing", { what: missing.map(({ what }) => t(`proof.${what}`)).join(", ") })}
        </span>
      )}
      {hangs && loaded.can.post && place.kind !== "web" ? (
        <details className="step-more" open={mine !== undefined}>
          <summary>
            {t("notice.addProof")}
            <span className="visually-hidden"> {name}</span>
          </summary>
          <FormCard
            id={`proof-${notice.id}-${place.n}`}
            title={t("notice.proofOf", { place: name })}
            intent="proof"
            encType="multipart/form-data"
            submit={t("save")}
            quiet
            hidden={{
              notice: notice.id,
              place: place.n,
              key: mine?.typed["key"] ?? `${loaded.key}-${place.n}`,
            }}
            problems={problemsOf(t, locale, mine)}
          >
            {PROOFS.map((what) => (
              <FileField
                key={what}
                id={`${what}-${place.n}`}
                name={what}
                kind={what === "minutes" ? "minutes" : "photo"}
                label={t(`proof.${what}`)}
                kept={mine?.kept.filter(({ field }) => field === what) ?? []}
                refused={mine?.refused.filter(({ field }) => field === what) ?? []}
              />
            ))}
            <TextField
              id={`loudspeaker-${place.n}`}
              name="loudspeaker"
              label={t("notice.loudspeakerDays")}
              hint={t("notice.loudspeakerHint")}
              defaultValue={mine?.typed["loudspeaker"] ?? place.loudspeakerDays.map(day).join(", ")}
            />
          </FormCard>
        </details>
      ) : null}
    </li>
  );
}

function EndForms({ notice, loaded, sent }: DeskProps & { notice: Notice }) {
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  const down = sent?.intent === "down" ? sent : undefined;
  const early = sent?.intent === "early" ? sent : undefined;
  const over = loaded.today > notice.toDay && notice.downOn === null;
  return (
    <div className="step-forms">
      {over ? (
        <FormCard
          id="do-down"
          title={t("notice.takeDown")}
          lead={t("notice.takeDownLead")}
          intent="down"
          submit={t("notice.takeDown")}
          hidden={{ notice: notice.id }}
          problems={problemsOf(t, locale, down)}
        >
          <DayField
            id="down-on"
            name="on"
            label={t("notice.downOn")}
            defaultValue={down?.typed["on"] ?? loaded.today}
          />
        </FormCard>
      ) : null}
      <details className="step-more" open={early !== undefined}>
        <summary>{t("notice.early")}</summary>
        <FormCard
          id="do-early"
          title={t("notice.early")}
          lead={t("notice.earlyLead")}
          intent="early"
          submit={t("notice.early")}
          quiet
          hidden={{ notice: notice.id }}
          problems={problemsOf(t, locale, early)}
        >
          <SelectField
            id="outcome"
            name="outcome"
            label={t("step.reason")}
            defaultValue={early?.typed["outcome"] ?? "torn-down"}
            options={(["torn-down", "no-proof"] as const).map((one) => [one, t(`outcome.${one}`)])}
          />
          <DayField
            id="early-on"
            name="on"
            label={t("notice.lastDay")}
            defaultValue={early?.typed["on"] ?? loaded.today}
          />
        </FormCard>
      </details>
    </div>
  );
}
