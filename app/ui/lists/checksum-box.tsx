import { useTranslation } from "react-i18next";

import { groupsOf } from "#app/domain/lists/checksum.ts";

/** A checksum in groups of four, as both sheets print it; the first and the last are for a quick look. */
export function ChecksumGroups({ checksum }: { checksum: string }) {
  const { t } = useTranslation("lists");
  const groups = groupsOf(checksum);
  return (
    <ol className="checksum" aria-label={t("checksum")}>
      {groups.map((group, at) => (
        <li
          // Groups of one checksum may be equal: what stands before tells them apart.
          key={checksum.slice(0, at * 4 + 4)}
          className={at === 0 || at === groups.length - 1 ? "ends" : undefined}
        >
          {group}
        </li>
      ))}
    </ol>
  );
}
