import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { Day } from "#app/domain/kernel/calendar.ts";
import type { NoticeFile, NoticeHousehold, NoticeThing } from "#app/domain/notices/ports.ts";
import { LEAST_COUNT } from "#app/domain/open-data/small-cells.ts";
import { communeAddress } from "#app/domain/places/commune-file.ts";
import { clockAt, day, dayAt, money, number } from "#app/i18n/formats.ts";
import { placeInSentence, placeName } from "#app/i18n/place-names.ts";
import { SheetDemo } from "#app/ui/sheet-demo.tsx";
import { useSite } from "#app/ui/site.ts";
import { sourceName } from "#app/ui/tracing/names.ts";

type Open = Omit<NoticeFile, "categories">;

/** Households that were supported before lists were decided here, as a sheet of paper: it prints on A4 as it stands, with signatures, QR and the line of the ledger. */
export function SupportedSheet(props: {
  file: Open;
  counts: readonly { category: string; households: number }[];
  address: string;
  qr: string;
  today: Day;
}) {
  const { file, counts, address, qr, today } = props;
  const { t } = useTranslation("notices");
  const { locale, to } = useSite();
  const campaign = locale === "vi" ? file.titleVi : file.titleEn;
  return (
    <>
      <p className="crumbs no-print">
        <a href={to("notices")}>{t("one.back")}</a>
        <span aria-hidden="true">›</span>
        <a href={to("commune", { commune: communeAddress(addressOf(file)) })}>
          {placeName(locale, file.communeName)}
        </a>
        <span aria-hidden="true">›</span>
        <a href={to("campaign", { slug: file.slug })}>{t("one.campaign")}</a>
      </p>
      <article className="sheet">
        <SheetDemo />
        <header className="sheet-head">
          <p>
            {t("one.office")}
            <br />
            <strong>{file.office.fullName.toLocaleUpperCase("vi")}</strong>
          </p>
          <p>
            <strong>{t("one.republic")}</strong>
            <br />
            <span className="motto">{t("one.motto")}</span>
          </p>
          <p className="sheet-date">
            {t("one.place", { commune: file.office.name, date: longDate(today, t) })}
          </p>
        </header>
        <h1>{t("one.title")}</h1>
        <p className="sheet-subtitle">
          {t(campaign.includes(bareName(file.communeName)) ? "one.subtitleBare" : "one.subtitle", {
            campaign,
            commune: placeInSentence(locale, file.communeName),
            round: file.round,
          })}
        </p>
        {file.office.fullName === file.communeName ? null : (
          <p className="sheet-subtitle soft">
            {t("one.now", {
              old: placeName(locale, file.communeName),
              now: placeInSentence(locale, file.office.fullName),
            })}
          </p>
        )}
        <p className="sheet-basis">
          {t("one.basis", { number: file.decisionNumber, day: day(file.decisionDate) })}
        </p>
        <Level file={file} t={t} />
        <Categories counts={counts} households={file.households} t={t} />
        <Households file={file} t={t} />
        {file.together === null ? null : (
          <p className="sheet-note">{t("one.togetherNote", { least: LEAST_COUNT })}</p>
        )}
        <p className="sheet-note">{t("one.privacy")}</p>
        <p className="sheet-posted">{t("one.posted")}</p>
        <div className="signatures">
          <p>
            <strong>{t("one.signLeft")}</strong>
            <br />
            <em>{t("one.signNote")}</em>
          </p>
          <p>
            <strong>
              {t("one.signRight")}
              <br />
              {t("one.chair")}
            </strong>
            <br />
            <em>{t("one.signNoteRight")}</em>
          </p>
        </div>
        <footer className="sheet-foot">
          <img src={qr} alt={t("one.qrAlt")} width="96" height="96" />
          <p>
            {t("one.qr")}
            <br />
            <span className="sheet-address">{address}</span>
            {file.upTo ? (
              <>
                <br />
                {t("one.log", {
                  entry: number(locale, file.upTo.entry),
                  time: clockAt(file.upTo.recordedAt),
                  day: dayAt(file.upTo.recordedAt),
                  leaf: "",
                })}
                <code>{file.upTo.leafHash}</code>
              </>
            ) : null}
          </p>
        </footer>
        <SheetDemo />
      </article>
      <p className="soft small no-print print-hint">{t("one.print")}</p>
    </>
  );
}

function Level({ file, t }: { file: Open; t: TFunction<"notices"> }) {
  const { t: tl } = useTranslation("ledger");
  const { locale } = useSite();
  const things = thingsOf(file);
  const bought = things.filter(({ how }) => how === "handed-over");
  const passed = things.filter(({ how }) => how === "passed-on");
  const given = (how: string, others = 0) =>
    number(
      locale,
      others + file.rows.filter((row) => row.things.some((one) => one.how === how)).length,
    );
  return (
    <section>
      <h2>{t("one.level")}</h2>
      <ul className="plain-list">
        {file.norm === null || file.round > 1 ? null : (
          <li>
            {t("one.levelNorm", {
              n: number(locale, file.norm.perHousehold),
              head: tl(`head.${file.species}`),
              price: money(locale, file.norm.unitPrice),
              source: sourceName(locale, file.norm.source),
            })}
          </li>
        )}
        {bought.length === 0 ? null : (
          <li>
            {t("one.levelGot", {
              households: given("handed-over", file.together?.bought),
              animals: number(locale, bought.length),
              amount: money(
                locale,
                bought.reduce((sum, { price }) => sum + (price ?? 0n), 0n),
              ),
            })}
          </li>
        )}
        {passed.length === 0 ? null : (
          <li>
            {t("one.levelPassed", {
              households: given("passed-on", file.together?.passed),
              animals: number(locale, passed.length),
            })}
          </li>
        )}
      </ul>
    </section>
  );
}

function Categories(props: {
  counts: readonly { category: string; households: number }[];
  households: number;
  t: TFunction<"notices">;
}) {
  const { counts, households, t } = props;
  const { locale } = useSite();
  const shown = counts.reduce((sum, one) => sum + one.households, 0);
  return (
    <section>
      <h2>{t("one.categories")}</h2>
      {counts.length === 0 ? (
        <p>{t("one.tooFew")}</p>
      ) : (
        <>
          <p>
            {[
              ...counts.map(({ category, households: n }) =>
                t("one.count", { category: t(`one.category.${category}`), n: number(locale, n) }),
              ),
              ...(shown < households
                ? [t("one.rest", { n: number(locale, households - shown) })]
                : []),
            ].join("; ")}
            .
          </p>
          <p className="soft small">{t("one.hidden", { least: LEAST_COUNT })}</p>
        </>
      )}
    </section>
  );
}

function Households({ file, t }: { file: Open; t: TFunction<"notices"> }) {
  const { locale } = useSite();
  const total = thingsOf(file);
  return (
    <table className="sheet-table">
      <thead>
        <tr>
          <th className="n">{t("one.columns.n")}</th>
          <th>{t("one.columns.household")}</th>
          <th>{t("one.columns.things")}</th>
          <th className="n">{t("one.columns.heads")}</th>
          <th className="n">{t("one.columns.amount")}</th>
        </tr>
      </thead>
      {file.groups.map((group) => (
        <tbody key={group.id}>
          {file.groups.length < 2 ? null : (
            <tr className="group">
              <th scope="rowgroup" colSpan={5}>
                {locale === "vi" ? group.nameVi : group.nameEn}
              </th>
            </tr>
          )}
          {file.rows
            .filter((row) => row.group === group.id)
            .map((row) => (
              <HouseholdRow key={row.code} place={file.rows.indexOf(row) + 1} row={row} t={t} />
            ))}
        </tbody>
      ))}
      {file.together === null ? null : (
        <tbody>
          <tr>
            <td className="n" />
            <th scope="row">
              {t("one.together", { households: number(locale, file.together.households) })}
            </th>
            <ThingCells things={file.together.things} t={t} />
          </tr>
        </tbody>
      )}
      <tfoot>
        <tr className="sum-wide">
          <td />
          <th scope="row" colSpan={2}>
            {t("one.total")}
          </th>
          <td className="n">{number(locale, total.length)}</td>
          <td className="n">{worthOf(total) === 0n ? "" : money(locale, worthOf(total))}</td>
        </tr>
        <tr className="sum-narrow">
          <td colSpan={5}>
            {[
              t("one.sumHouseholds", { n: number(locale, file.households) }),
              t("one.sumAnimals", { n: number(locale, total.length) }),
              ...(worthOf(total) === 0n ? [] : [money(locale, worthOf(total))]),
            ].join(" · ")}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function HouseholdRow(props: { place: number; row: NoticeHousehold; t: TFunction<"notices"> }) {
  const { place, row, t } = props;
  return (
    <tr id={row.code}>
      <td className="n">{place}</td>
      <th scope="row">
        <span className="num">{row.code}</span>
        {row.name === null ? null : <span className="named">{row.name}</span>}
      </th>
      <ThingCells things={row.things} t={t} />
    </tr>
  );
}

function ThingCells({ things, t }: { things: readonly NoticeThing[]; t: TFunction<"notices"> }) {
  const { locale, to } = useSite();
  const passed = things.length > 0 && things.every(({ how }) => how === "passed-on");
  return (
    <>
      <td className="codes">
        {things.length === 0 ? <span className="soft">{t("one.nothing")}</span> : null}
        {things.map(({ animal, died }) => (
          <span key={animal}>
            <a href={to("animal", { tag: animal })}>{animal}</a>
            {died ? ` (${t("one.died")})` : ""}
          </span>
        ))}
      </td>
      <td className="n">{things.length === 0 ? "" : number(locale, things.length)}</td>
      <td className="n">
        {things.length === 0 ? "" : passed ? t("one.passedOn") : money(locale, worthOf(things))}
      </td>
    </>
  );
}

function thingsOf({ rows, together }: Pick<Open, "rows" | "together">): NoticeThing[] {
  return [...rows.flatMap(({ things }) => things), ...(together?.things ?? [])];
}

function worthOf(things: readonly { readonly price: bigint | null }[]): bigint {
  return things.reduce((sum, { price }) => sum + (price ?? 0n), 0n);
}

function longDate(value: Day, t: TFunction<"notices">): string {
  return t("one.date", {
    d: value.slice(8, 10),
    m: /^(0[12]|1\d)$/.test(value.slice(5, 7)) ? value.slice(5, 7) : value.slice(6, 7),
    y: value.slice(0, 4),
  });
}

function addressOf(file: Open): { code: string; validFrom: Day } {
  return { code: file.commune, validFrom: file.communeFrom };
}

function bareName(fullName: string): string {
  return fullName.replace(/^(Xã|Phường|Thị trấn|Đặc khu) /u, "");
}
