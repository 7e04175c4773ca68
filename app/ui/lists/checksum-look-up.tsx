import { useTranslation } from "react-i18next";

import { useSite } from "#app/ui/site.ts";

/** What a checksum was found to be. */
export interface AskedChecksum {
  readonly typed: string;
  /** Whether it is a checksum at all. */
  readonly readable: boolean;
  readonly found: {
    readonly list: string;
    readonly version: number;
    /** Number of the version in force; 0: none is. */
    readonly inForce: number;
  } | null;
}

/** Whether the sheet in one's hand is the list in force: its checksum is typed, pasted or scanned. */
export function ChecksumLookUp({ asked }: { asked: AskedChecksum | null }) {
  const { t } = useTranslation("lists");
  const { to } = useSite();
  const wrong = asked !== null && !asked.readable;
  return (
    <section className="section look-up" id="look-up" aria-labelledby="look-up-title">
      <h2 id="look-up-title">{t("lookUp.title")}</h2>
      <Answer asked={asked} />
      <form method="get" action={`${to("notices")}#look-up`} className="look-up-form">
        <div className={wrong ? "field field-wrong" : "field"}>
          <label htmlFor="checksum">{t("lookUp.label")}</label>
          <span className="hint" id="checksum-hint">
            {t("lookUp.hint")}
          </span>
          <input
            id="checksum"
            name="checksum"
            defaultValue={asked?.typed ?? ""}
            aria-describedby="checksum-hint"
            aria-invalid={wrong ? true : undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
          />
        </div>
        <button className="button quiet" type="submit">
          {t("lookUp.submit")}
        </button>
      </form>
    </section>
  );
}

function Answer({ asked }: { asked: AskedChecksum | null }) {
  const { t } = useTranslation("lists");
  const { to } = useSite();
  if (asked === null) return <p className="soft">{t("lookUp.lead")}</p>;
  if (!asked.readable) {
    return (
      <p className="notice bad" role="alert">
        {t("lookUp.unreadable")}
      </p>
    );
  }
  if (asked.found === null) {
    return (
      <p className="notice bad" role="status">
        {t("lookUp.unknown")}
      </p>
    );
  }
  const { list, version, inForce } = asked.found;
  const now = version === inForce;
  const address = to("notice", { notice: list });
  return (
    <p className={now ? "notice good" : "notice"} role="status">
      {t(now ? "lookUp.inForce" : "lookUp.older", { list, version })}{" "}
      <a href={now ? address : `${address}?version=${version}`}>{t("lookUp.open")}</a>
      {now || inForce === 0 ? null : (
        <>
          {" · "}
          <a href={address}>{t("lookUp.newest", { version: inForce })}</a>
        </>
      )}
    </p>
  );
}
