import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { dayOf, daysBetween } from "#app/domain/kernel/calendar.ts";
import type { EntryFile, EntryMovement } from "#app/domain/ledger-reading/ports.ts";
import { own } from "#app/domain/kernel/own.ts";
import { LATE_AFTER_DAYS } from "#app/domain/ledger/entry.ts";
import { factsIn, isTelling } from "#app/domain/ledger/facts.ts";
import { upperFirst } from "#app/i18n/first-letter.ts";
import { clockAt, day, dayAt, money, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import { PublicOrderText } from "#app/ui/orders/public-orders.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";
import { Linked } from "#app/ui/tracing/linked.tsx";
import { type Names, namesOf, reasonName } from "#app/ui/tracing/names.ts";
import { Papers } from "#app/ui/tracing/papers.tsx";
import { toldFacts, toldMatter } from "#app/ui/tracing/told-matter.ts";
import type { Route } from "./+types/entry";

export async function loader({ context, params }: Route.LoaderArgs) {
  const { books, orders } = context.get(servicesContext);
  // Numbers as printed on paper, dots and all, find their entry too.
  const asked = params.entry.replace(/^#|[.,]/g, "");
  const file = /^\d{1,15}$/.test(asked) ? await books.entry(Number(asked)) : undefined;
  if (!file) throw data({ code: "entry.not-found" }, { status: 404 });
  return forRender({
    file,
    choices: await books.choices(),
    order: await orders.publicByEntry(file.number),
    origin: context.get(settingsContext).origin,
  });
}

export function meta({ location, loaderData, params }: Route.MetaArgs) {
  const locale = localeOfPath(location.pathname);
  const t = wordsFor(locale, "ledger");
  const entry = loaderData ? number(locale, loaderData.file.number) : params.entry;
  return pageMeta(t("entry.title", { entry }), t("lead"));
}

/** One entry with all that is known of it, down to the bytes that were hashed. */
export default function EntryPage({ loaderData }: Route.ComponentProps) {
  const { file, choices, order, origin } = loaderData;
  const { t } = useTranslation("ledger");
  const { locale, to } = useSite();
  const names = namesOf(locale, choices.campaigns, choices.communes);
  return (
    <article className="entry-page">
      <p className="crumbs">
        <a href={to("ledger")}>{t("entry.eyebrow")}</a> <span>{t(`kind.${file.kind}`)}</span>
      </p>
      <h1>{t("entry.title", { entry: number(locale, file.number) })}</h1>
      <p className="lead spaced">{t(`meaning.${file.kind}`)}</p>
      {file.reverses === null ? null : (
        <p className="notice spaced">
          <Linked
            text={t("entry.reverses", { entry: "{{entry}}" })}
            name="entry"
            href={to("entry", { entry: file.reverses })}
            label={`#${number(locale, file.reverses)}`}
          />
        </p>
      )}
      {file.reversedBy === null ? null : (
        <p className="notice bad spaced">
          <Linked
            text={t("entry.reversedBy", { entry: "{{entry}}" })}
            name="entry"
            href={to("entry", { entry: file.reversedBy })}
            label={`#${number(locale, file.reversedBy)}`}
          />
        </p>
      )}
      <Facts t={t} file={file} />
      <Told t={t} file={file} />
      <section className="section" aria-labelledby="who">
        <h2 id="who">{t("entry.who")}</h2>
        <p>{actor(file, names, t)}</p>
        {order === undefined ? null : (
          <p>
            <PublicOrderText order={order} />
          </p>
        )}
      </section>
      <section className="section">
        <h2>{t("entry.movements")}</h2>
        {file.movements.length === 0 ? (
          <p className="soft">
            {t(isTelling(file.kind) ? "entry.onlyTells" : "entry.noMovements")}
          </p>
        ) : (
          <>
            <p className="soft">{t("entry.movementsNote")}</p>
            <Movements t={t} file={file} names={names} />
          </>
        )}
      </section>
      <section className="section">
        <h2>{t("entry.evidence")}</h2>
        {file.evidence.length === 0 ? (
          <p className="soft">{t("entry.noEvidence")}</p>
        ) : (
          <>
            <p className="soft">{t("entry.evidenceNote")}</p>
            <Papers papers={file.evidence} of={file.kind} />
          </>
        )}
      </section>
      <Record t={t} file={file} origin={origin} />
      <nav className="pages" aria-label={t("pages.label")}>
        {file.number > 1 ? (
          <a rel="prev" href={to("entry", { entry: file.number - 1 })}>
            ← {t("entry.previous")}
          </a>
        ) : null}
        {file.number < file.last ? (
          <a rel="next" href={to("entry", { entry: file.number + 1 })}>
            {t("entry.next")} →
          </a>
        ) : null}
      </nav>
    </article>
  );
}

/** Codes that stand open; more are folded. */
const SHOWN_AT_ONCE = 12;

/** Whose act an entry was: an office, or a machine that booked what a bank, a gateway or the books showed it. */
function actor(
  { role, effectiveOn, kind }: EntryFile,
  names: Names,
  t: TFunction<"ledger">,
): string {
  if (role === null) return t([`entry.by.machine-${kind}`, "entry.by.machine"]);
  const commune = /^commune:(.+)$/.exec(role)?.[1];
  return commune === undefined
    ? t("entry.by.committee")
    : upperFirst(t("entry.by.commune", { commune: names.commune(commune, effectiveOn) }));
}

function Facts({ t, file }: { t: TFunction<"ledger">; file: EntryFile }) {
  const { locale, to } = useSite();
  const late = daysBetween(file.effectiveOn, dayOf(file.recordedAt));
  return (
    <dl className="facts-row">
      <div>
        <dt>{t("entry.effective")}</dt>
        <dd>{day(file.effectiveOn)}</dd>
      </div>
      <div>
        <dt>{t("entry.recorded")}</dt>
        <dd>
          {t("entry.recordedAt", { time: clockAt(file.recordedAt), day: dayAt(file.recordedAt) })}
          {late > LATE_AFTER_DAYS ? (
            <span className="chip alert">{t("entry.late", { count: late })}</span>
          ) : null}
        </dd>
      </div>
      {file.reason === null ? null : (
        <div>
          <dt>{t("entry.reason")}</dt>
          <dd>{reasonName(t, file.reason)}</dd>
        </div>
      )}
      {file.donation === null ? null : (
        <div>
          <dt>{t("entry.donation")}</dt>
          <dd>
            <a href={to("donation", { code: file.donation })}>{file.donation}</a>
          </dd>
        </div>
      )}
      {file.animals.length === 0 ? null : (
        <div className="wide">
          <dt>
            {t("entry.animals")} ({number(locale, file.animals.length)})
          </dt>
          <dd>
            <details open={file.animals.length <= SHOWN_AT_ONCE}>
              <summary>{t("entry.eachAnimal")}</summary>
              <p className="codes">
                {file.animals.map(({ code }) => (
                  <a key={code} href={to("animal", { tag: code })}>
                    {code}
                  </a>
                ))}
              </p>
            </details>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** What an entry that moves nothing tells, in words and fact by fact. */
function Told({ t, file }: { t: TFunction<"ledger">; file: EntryFile }) {
  const { locale, to } = useSite();
  const facts = isTelling(file.kind) ? factsIn(file.text) : undefined;
  if (facts === undefined) return null;
  const list = own(facts, "list");
  return (
    <section className="section" aria-labelledby="told">
      <h2 id="told">{t("told.title")}</h2>
      <p>{upperFirst(toldMatter(locale, t, file.kind, facts))}.</p>
      <dl className="facts-row">
        {toldFacts(locale, t, facts).map(({ name, label, value }) => (
          <div key={name} className={name === "checksum" ? "wide" : undefined}>
            <dt>{label}</dt>
            <dd>
              {name === "list" && list !== undefined ? (
                <a href={to("notice", { notice: list })}>{value}</a>
              ) : name === "checksum" ? (
                <code>{value.match(/.{1,4}/g)?.join(" ")}</code>
              ) : (
                value
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Movements({ t, file, names }: { t: TFunction<"ledger">; file: EntryFile; names: Names }) {
  const { locale, to } = useSite();
  return (
    <TableBox name={t("entry.movements")}>
      <table className="stack movements">
        <thead>
          <tr>
            <th>{t("entry.from")}</th>
            <th>{t("entry.to")}</th>
            <th className="n">{t("entry.amount")}</th>
            <th className="n">{t("entry.fromNumbers")}</th>
            <th className="n">{t("entry.toNumbers")}</th>
          </tr>
        </thead>
        <tbody>
          {file.movements.map((movement) => (
            <tr key={movement.n}>
              <td data-name={t("entry.from")}>
                {names.account(movement.from, file.effectiveOn)}
                <code className="account">{movement.from}</code>
              </td>
              <td data-name={t("entry.to")}>
                {names.account(movement.to, file.effectiveOn)}
                {movement.animal === null ? null : (
                  <>
                    {" · "}
                    <a href={to("animal", { tag: movement.animal })}>{movement.animal}</a>
                  </>
                )}
                <code className="account">{movement.to}</code>
              </td>
              <td className="n" data-name={t("entry.amount")}>
                {movement.unit === "VND"
                  ? money(locale, movement.amount)
                  : t("heads", { n: number(locale, movement.amount) })}
              </td>
              <td className="n" data-name={t("entry.fromNumbers")}>
                <Numbers t={t} lo={movement.fromLo} movement={movement} />
              </td>
              <td className="n" data-name={t("entry.toNumbers")}>
                <Numbers t={t} lo={movement.toLo} movement={movement} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function Numbers(props: { t: TFunction<"ledger">; lo: bigint | null; movement: EntryMovement }) {
  const { locale } = useSite();
  const { lo, movement, t } = props;
  if (lo === null) return <span className="soft">{t("entry.noNumbers")}</span>;
  return (
    <span className="numbers">
      {number(locale, lo)} – {number(locale, lo + movement.amount - 1n)}
    </span>
  );
}

function Record({ t, file, origin }: { t: TFunction<"ledger">; file: EntryFile; origin: string }) {
  const { locale } = useSite();
  const address = `/log/v1/entries/${file.number}`;
  const size = new TextEncoder().encode(file.text).length;
  return (
    <details className="section record">
      <summary>
        <h2>{t("entry.forCheckers")}</h2>
      </summary>
      {file.evidence.length === 0 ? null : (
        <>
          <h3>{t("entry.digests")}</h3>
          <Papers papers={file.evidence} whole />
        </>
      )}
      <h3>{t("entry.bytes")}</h3>
      <p className="soft">{t("entry.bytesNote")}</p>
      <pre className="bytes" role="group" tabIndex={0} aria-label={t("entry.bytes")}>
        {file.text}
      </pre>
      <p>
        <a href={address} download={`entry-${file.number}.json`}>
          {t("entry.download", { bytes: number(locale, size) })}
        </a>
      </p>
      <dl className="facts">
        <dt>{t("entry.leaf")}</dt>
        <dd>
          <code>{file.leafHash}</code>
        </dd>
        <dt>{t("entry.check")}</dt>
        <dd>
          <code>{`(printf '\\0'; curl -s ${origin}${address}) | sha256sum`}</code>
        </dd>
      </dl>
    </details>
  );
}
