import { useTranslation } from "react-i18next";

import { isPicture } from "#app/domain/files/file-rules.ts";
import type { OfficeFile } from "#app/domain/files/office-file.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { useLocale } from "#app/ui/site.ts";

import { fileSize } from "./file-size.ts";

/** Papers and pictures of a matter, each leading to its page; pictures are shown small, redacted as they are now. */
export function FileList(props: {
  label: string;
  files: readonly Pick<OfficeFile, "id" | "kind" | "name" | "format" | "bytes">[];
  /** Said when there is none. */
  empty?: string;
}) {
  const { t } = useTranslation("office-files");
  const locale = useLocale();
  if (props.files.length === 0) return props.empty ? <p className="empty">{props.empty}</p> : null;
  return (
    <ul className="file-list" aria-label={props.label}>
      {props.files.map((file) => (
        <li key={file.id}>
          <a href={officePath("file", { file: file.id })}>
            {isPicture(file.format) ? (
              <img
                src={`${officePath("fileBytes", { file: file.id })}?ban=nho`}
                alt=""
                loading="lazy"
              />
            ) : (
              <span className="file-sign" aria-hidden="true">
                {file.format.toUpperCase()}
              </span>
            )}
            <span>
              <span className="file-name">{file.name}</span>
              <span className="soft">{`${t(`kind.${file.kind}`)} · ${fileSize(locale, file.bytes)}`}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
