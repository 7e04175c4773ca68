import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { View } from "#app/domain/files/boxes.ts";
import { viewText } from "#app/domain/files/boxes.ts";
import {
  type FilePicture,
  type FileStep,
  type OfficeFile,
  REDACTION_REASONS,
  WITHDRAWAL_REASONS,
} from "#app/domain/files/office-file.ts";
import type { PictureSource } from "#app/domain/files/public-picture.ts";
import { number } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";

import { problemField, problemText } from "#app/ui/problem-text.ts";
import { fileSize } from "./file-size.ts";
import { FormCard, SelectField, StepButton } from "./form-card.tsx";
import { RedactionGrid } from "./redaction-grid.tsx";
import { State } from "./state.tsx";
import { Steps } from "./steps.tsx";

/** A file as its page is told of it: without the names of its bytes. */
export type ShownFile = Omit<OfficeFile, "blob">;
export type ShownPicture = Omit<FilePicture, "blob" | "smallBlob">;

/** What a refused form of this page brings back. */
export interface SentForm {
  readonly code: string;
  readonly intent: string;
  readonly cells: readonly string[];
  readonly reason: string;
  readonly left: string;
  readonly top: string;
  readonly width: string;
  readonly height: string;
}

/** The picture, the facts, and what opens the digest. */
export function FileFacts(props: {
  file: ShownFile;
  salt: string | null;
  picture: ShownPicture | null;
  published: (PictureSource & { tied: FileStep["tied"] }) | null;
}) {
  const { t } = useTranslation("office-files");
  const locale = useLocale();
  const { file, picture, published } = props;
  const bytes = officePath("fileBytes", { file: file.id });
  return (
    <div className="file-facts">
      {picture ? (
        <figure>
          <img
            src={`${bytes}?ban=anh`}
            width={picture.width}
            height={picture.height}
            alt={t("page.picture")}
          />
          <figcaption className="hint">{t("page.stripped")}</figcaption>
        </figure>
      ) : null}
      <div>
        <dl className="facts">
          <dt>{t("page.state")}</dt>
          <dd>
            {published ? (
              <>
                <State tone="good">{t("page.public")}</State>{" "}
                <a href={published.src}>{t("page.publicAddress")}</a>
              </>
            ) : (
              <State tone="plain">{t("page.private")}</State>
            )}
          </dd>
          <dt>{t("page.original")}</dt>
          <dd>
            {`${t(`format.${file.format}`)}, ${fileSize(locale, file.bytes)}`}
            {file.width && file.height
              ? `, ${number(locale, file.width)} × ${number(locale, file.height)} px`
              : ""}{" "}
            <a href={bytes}>{t("page.download")}</a>
          </dd>
          <dt>{t("page.belongs")}</dt>
          <dd>
            <Belonging subject={file.subject} />
          </dd>
        </dl>
        <details className="file-seal">
          <summary>{t("page.seal")}</summary>
          <dl className="facts">
            <dt>{t("page.digest")}</dt>
            <dd>
              <code className="hash">{file.digest}</code>
            </dd>
            <dt>{t("page.salt")}</dt>
            <dd>
              {props.salt ? <code className="hash">{props.salt}</code> : t("page.erased")}
              <p className="hint">{t("page.open")}</p>
            </dd>
          </dl>
        </details>
      </div>
    </div>
  );
}

/** The page of the office that a file belongs to, where there is one. */
function homeOf({ kind, id }: ShownFile["subject"]): string | undefined {
  if (kind === "campaign") return officePath("campaign", { draft: id });
  if (kind === "order") return officePath("order", { order: id });
  if (kind === "list") return officePath("list", { list: id });
  if (kind === "meeting") return officePath("meeting", { meeting: id });
  if (kind === "working-group") return OFFICE_PAGES.workingGroup;
  if (kind === "household") return officePath("household", { household: id });
  return undefined;
}

function Belonging({ subject }: { subject: ShownFile["subject"] }) {
  const { t } = useTranslation("office-files");
  const home = homeOf(subject);
  const kind = t(`subject.${subject.kind}`);
  return home ? <a href={home}>{t("page.back", { kind })}</a> : `${kind} ${subject.id}`;
}

/** Boxes to be painted black, by the grid or by numbers, with a reason. */
export function RedactForm(props: {
  file: string;
  version: number;
  picture: ShownPicture;
  view: View;
  sent: SentForm | undefined;
}) {
  const { t } = useTranslation("office-files");
  const locale = useLocale();
  const { picture, view, version } = props;
  const sent = props.sent?.intent === "withdraw" ? undefined : props.sent;
  const page = officePath("file", { file: props.file });
  return (
    <>
      <FormCard
        id="redact-form"
        title={t("redact.form")}
        lead={t("redact.lead")}
        intent="redact"
        action={page}
        hidden={{ version, view: viewText(view) }}
        problems={
          sent ? [{ id: problemField(sent, FIELDS), text: problemText(t, locale, sent) }] : []
        }
        submit={t("redact.submit")}
      >
        <RedactionGrid
          src={`${officePath("fileBytes", { file: props.file })}?ban=anh&so=${picture.n}`}
          width={picture.width}
          height={picture.height}
          view={view}
          boxes={picture.boxes}
          ticked={sent?.cells ?? []}
          page={page}
        />
        <fieldset className="box-numbers">
          <legend>{t("redact.numbers")}</legend>
          <p className="hint">{t("redact.numbersHint")}</p>
          {(["left", "top", "width", "height"] as const).map((name) => (
            <TextField
              key={name}
              id={`box-${name}`}
              name={name}
              label={t(`redact.${name}`)}
              inputMode="decimal"
              autoComplete="off"
              defaultValue={sent?.[name] ?? ""}
            />
          ))}
        </fieldset>
        <SelectField
          id="redact-reason"
          name="reason"
          label={t("redact.reason")}
          empty={t("redact.choose")}
          defaultValue={sent?.reason ?? ""}
          error={sent?.code === "file.no-reason" ? problemText(t, locale, sent) : undefined}
          options={REDACTION_REASONS.map((reason) => [reason, t(`reason.${reason}`)] as const)}
        />
      </FormCard>
      {picture.boxes.length > 0 ? (
        <div className="redact-anew">
          <p className="soft">{t("redact.anewLead", { count: picture.boxes.length })}</p>
          <StepButton intent="uncover" label={t("redact.anew")} hidden={{ version }} quiet />
        </div>
      ) : null}
    </>
  );
}

const FIELDS = { "file.no-reason": "redact-reason", "file.box-outside": "box-left" };

/** Take a public picture back. */
export function WithdrawForm({ version, sent }: { version: number; sent: SentForm | undefined }) {
  const { t } = useTranslation("office-files");
  const locale = useLocale();
  const mine = sent?.intent === "withdraw" ? sent : undefined;
  return (
    <FormCard
      id="withdraw-form"
      title={t("withdraw.title")}
      lead={t("withdraw.lead")}
      intent="withdraw"
      hidden={{ version }}
      problems={mine ? [{ id: "withdraw-reason", text: problemText(t, locale, mine) }] : []}
      submit={t("withdraw.submit")}
      quiet
    >
      <SelectField
        id="withdraw-reason"
        name="reason"
        label={t("withdraw.reason")}
        empty={t("redact.choose")}
        defaultValue={mine?.reason ?? ""}
        options={WITHDRAWAL_REASONS.map((reason) => [reason, t(`reason.${reason}`)] as const)}
      />
    </FormCard>
  );
}

/** A step with the names behind its ids. */
export type ShownStep = Omit<FileStep, "organisation"> & {
  readonly name: string;
  readonly organisation: { readonly vi: string; readonly en: string };
};

/** What happened to the file. */
export function FileHistoryList({ steps }: { steps: readonly ShownStep[] }) {
  const { t } = useTranslation("office-files");
  const locale = useLocale();
  const tones = {
    added: "plain",
    redacted: "waiting",
    published: "good",
    withdrawn: "over",
  } as const;
  return (
    <Steps
      label={t("history.title")}
      steps={steps.map((step) => ({
        id: step.n,
        at: step.at,
        title: t(`step.${step.step}`),
        by: [step.name, step.organisation[locale]].filter((word) => word !== "").join(" · "),
        note: noteOf(step, t),
        tone: tones[step.step],
      }))}
    />
  );
}

function noteOf(step: ShownStep, t: TFunction<"office-files">): string | undefined {
  if (step.tied) return `${t(`subject.${step.tied.kind}`)} ${step.tied.id}`;
  return step.reason ? t(`reason.${step.reason}`) : undefined;
}
