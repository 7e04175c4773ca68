import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { own } from "#app/domain/kernel/own.ts";
import { pageOf } from "#app/domain/office-lists/list.ts";
import {
  dropRegisterImport,
  type ImportProblem,
  isOpen,
  mapRegisterImport,
  openImport,
  type RegisterImport,
  type StagedSheet,
} from "#app/domain/register/import-desk.ts";
import { noteLook } from "#app/domain/register/note-look.ts";
import { ROW_KINDS } from "#app/domain/register/import-row.ts";
import { takeImport } from "#app/domain/register/take-import.ts";
import { headAbove } from "#app/domain/register/import-sheet.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { Services } from "#app/domain/services.ts";
import { number } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { mappingWish } from "#app/requests/import-mapping.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { StepButton } from "#app/ui/office/form-card.tsx";
import { KeyFigures } from "#app/ui/office/key-figures.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { KeyLost } from "#app/ui/register/household-fields.tsx";
import { MappingForm } from "#app/ui/register/mapping-form.tsx";
import { PreviewRows } from "#app/ui/register/preview-rows.tsx";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/register-import";

/** A short list is waited for, so that its result is there at once, milliseconds. */
const PATIENCE = 3_000;

/** One list: its columns, what would come of each row, and how far it was taken. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  await officeDoor(context, "register.keep");
  const services = context.get(servicesContext);
  const one = await services.registerImports.import(params.import);
  if (!one) throw data({ code: "import.unknown" }, { status: 404 });
  const { person, grant } = await officeDoor(context, "register.keep", {
    communes: [one.commune],
  });
  const opened = isOpen(one) ? await openImport(services, person, one.id) : undefined;
  const staged = opened?.ok ? opened.value.staged : undefined;
  const query = Object.fromEntries(url.searchParams);
  const kind = ROW_KINDS.find((each) => each === query["kind"]);
  const rows = (staged?.rows ?? []).filter((row) =>
    kind === undefined ? row[1] !== "skipped" : row[1] === kind,
  );
  const page = pageOf(rows, query);
  if (page.rows.length > 0) {
    const look = { person, grant, act: "register.read", purpose: "keep" } as const;
    const facts = { shown: page.rows.length };
    await noteLook(services.audit, look, { kind: "import", id: one.id }, facts);
  }
  return forRender({
    one,
    keyLost: opened?.ok === false && opened.problem.code === "register.key-lost",
    sheets: staged ? sheetsOf(staged, one) : undefined,
    page,
    kind: kind ?? "",
    running: services.background.runs(one.id),
  });
}

/** What the form for the columns is made of. */
function sheetsOf(staged: StagedSheet, { mapping }: RegisterImport) {
  const sheet = staged.sheets[Number(mapping["sheet"])] ?? staged.sheets[0];
  const first = Number(mapping["first"] ?? 0);
  return {
    names: staged.sheets.map(({ name, hidden }) => ({ name, hidden })),
    headings: sheet ? headAbove(sheet.rows, first).headings : [],
    example: sheet?.rows[first] ?? [],
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "register.keep");
  const services = context.get(servicesContext);
  const form = await readForm(request);
  const intent = fieldOf(form, "intent");
  const address = officePath("registerImport", { import: params.import });
  const does = own(
    {
      map: () => mapRegisterImport(services, person, params.import, mappingWish(form)),
      take: () => take(services, person, params.import),
      drop: () => dropRegisterImport(services, person, params.import),
    },
    intent,
  );
  if (!does) throw data({ code: "form.broken" }, { status: 400 });
  const done = await does();
  if (done.ok) return redirect(address, 303);
  const { problem } = done;
  refuseIfPerson(context, problem, "register.keep", { kind: "import", id: params.import });
  if (problem.code === "import.unknown") throw data({ code: problem.code }, { status: 404 });
  return data({ code: problem.code, mapping: mappingWish(form) }, { status: 422 });
}

/** Take the rows behind the request; a short list is done when its page comes back. */
async function take(services: Services, person: Person, id: string) {
  const opened = await openImport(services, person, id);
  if (!opened.ok) return opened;
  let problem: ImportProblem | undefined;
  services.background.run(id, async () => {
    const taken = await takeImport(services, person, id);
    if (!taken.ok) problem = taken.problem;
  });
  await services.background.settled(id, PATIENCE);
  return problem ? ({ ok: false, problem } as const) : opened;
}

export default function RegisterImportPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const { one, sheets, page, running } = loaderData;
  const begun = one.taken > 0;
  return (
    <OfficePage
      title={one.fileName}
      eyebrow={t("round", { campaign: one.campaign, round: one.round })}
      lead={t(`import.about.${one.state}`)}
      crumbs={[
        [t("list.title"), officePath("households")],
        [t("import.title"), officePath("registerImports")],
      ]}
    >
      {loaderData.keyLost ? <KeyLost /> : null}
      {actionData ? (
        <p className="notice bad" role="alert">
          {problemText(t, locale, { code: actionData.code })}
        </p>
      ) : null}
      {one.state === "read" ? null : (
        <KeyFigures
          figures={ROW_KINDS.map((kind) => ({
            label: t(`import.kind.${kind}`),
            value: number(locale, one.counts[kind] ?? 0),
          }))}
        />
      )}
      {running || (begun && one.state === "mapped") ? (
        <div className="notice" role="status">
          {running ? <meta httpEquiv="refresh" content="3" /> : null}
          <p>
            {t(running ? "import.running" : "import.stopped", {
              taken: number(locale, one.taken),
              rows: number(locale, one.rows),
            })}
          </p>
          <progress max={Math.max(1, one.rows)} value={one.taken} />
        </div>
      ) : null}
      {one.state === "mapped" && !running ? (
        <p>
          <StepButton intent="take" label={t(begun ? "import.goOn" : "import.confirm")} />
        </p>
      ) : null}
      {sheets && !begun && !running ? (
        <MappingForm mapping={actionData?.mapping ?? one.mapping} {...sheets} />
      ) : null}
      {one.state === "mapped" ? (
        <Section id="rows" title={t("import.preview")}>
          <PreviewRows page={page} kind={loaderData.kind} />
        </Section>
      ) : null}
      {isOpen(one) && !running ? <StepButton intent="drop" label={t("import.drop")} quiet /> : null}
    </OfficePage>
  );
}
