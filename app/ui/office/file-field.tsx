import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import {
  type FileKind,
  fileRulesOn,
  FORMATS_OF,
  MEDIA_TYPES,
} from "#app/domain/files/file-rules.ts";
import type { StagedFile } from "#app/domain/files/office-file.ts";
import type { FileProblem } from "#app/domain/files/stage-files.ts";
import { useLocale } from "#app/ui/site.ts";

import { problemText } from "#app/ui/problem-text.ts";
import { fileSize } from "./file-size.ts";

/** A staged file as its form shows it. */
export type KeptUpload = Pick<StagedFile, "id" | "name" | "bytes" | "format">;

/** A file that was not taken, as its field tells it. */
export interface RefusedUpload {
  readonly name: string;
  readonly problem: FileProblem;
}

/**
 * A field for files: what may be sent is said in words; what was sent with an earlier attempt of the same form is listed,
 * so that it need not be chosen again, and can be taken away. The form is `multipart/form-data` and carries its `key`.
 */
export function FileField(props: {
  id: string;
  name: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  kind: FileKind;
  multiple?: boolean;
  kept?: readonly KeptUpload[];
  refused?: readonly RefusedUpload[];
}) {
  const { t } = useTranslation("office-files");
  const locale = useLocale();
  const { id, name, label, kind, kept = [], refused = [], error } = props;
  // Which rule row is in force is the server's to judge; the words are those of today's.
  const rules = fileRulesOn("9999-12-31");
  const formats = FORMATS_OF[kind];
  const wrong = error !== undefined || refused.length > 0;
  const described = [
    `${id}-limits`,
    wrong ? `${id}-error` : "",
    kept.length > 0 ? `${id}-kept` : "",
  ]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={wrong ? "field field-wrong file-field" : "field file-field"}>
      <label htmlFor={id}>{label}</label>
      <span className="hint" id={`${id}-limits`}>
        {props.hint ? `${props.hint} ` : ""}
        {t("field.limits", {
          formats: formats.map((format) => t(`format.${format}`)).join(", "),
          size: fileSize(locale, rules.bytesPerFile),
        })}
        {props.multiple
          ? ` ${t("field.several", { count: rules.filesPerRequest, all: fileSize(locale, rules.bytesPerRequest) })}`
          : ""}
      </span>
      {wrong ? (
        <span className="field-error" id={`${id}-error`}>
          {error ? <span>{error}</span> : null}
          {refused.map((one) => (
            <span className="file-refused" key={one.name}>
              {`${one.name}: ${problemWords(t, locale, one.problem)}`}
            </span>
          ))}
        </span>
      ) : null}
      <input
        id={id}
        name={name}
        type="file"
        multiple={props.multiple}
        accept={formats.map((format) => MEDIA_TYPES[format].split(";", 1)[0]).join(",")}
        aria-describedby={described}
        aria-invalid={wrong ? true : undefined}
      />
      {kept.length > 0 ? (
        <fieldset className="file-kept" id={`${id}-kept`}>
          <legend>{t("field.kept", { count: kept.length })}</legend>
          <ul>
            {kept.map((file) => (
              <li key={file.id}>
                <span>
                  {file.name}{" "}
                  <span className="soft">
                    {`${t(`format.${file.format}`)} · ${fileSize(locale, file.bytes)}`}
                  </span>
                </span>
                <label className="file-drop">
                  <input type="checkbox" name="drop" value={file.id} />
                  <span>
                    {t("field.drop")}
                    <span className="visually-hidden">{` ${file.name}`}</span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
      ) : null}
    </div>
  );
}

/** What is wrong with a file, in a sentence; also for summaries of errors. */
function problemWords(
  t: TFunction<"office-files">,
  locale: "vi" | "en",
  problem: FileProblem,
): string {
  if (problem.code === "file.not-allowed") return t(`stranger.${problem.found}`);
  if (problem.code === "file.not-for-kind") {
    const { found, kind } = problem;
    const said = { format: t(`format.${found}`), kind: t(`kind.${kind}`) };
    return problemText(t, locale, problem, said);
  }
  const sized = problem.code === "file.too-large" || problem.code === "file.junk-before";
  return problemText(t, locale, problem, sized ? { limit: fileSize(locale, problem.limit) } : {});
}
