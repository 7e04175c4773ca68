import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import {
  type Box,
  boxesOfCells,
  boxOfPercents,
  viewOf,
  viewText,
} from "#app/domain/files/boxes.ts";
import { redactFile, uncoverFile, withdrawFile } from "#app/domain/files/change-picture.ts";
import { isPicture } from "#app/domain/files/file-rules.ts";
import {
  publishedAs,
  REDACTION_REASONS,
  subjectOf,
  versionOf,
  WITHDRAWAL_REASONS,
} from "#app/domain/files/office-file.ts";
import { pictureSource } from "#app/domain/files/public-picture.ts";
import { may } from "#app/domain/people/may.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { FileFacts, FileHistoryList, RedactForm, WithdrawForm } from "#app/ui/office/file-page.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import type { Route } from "./+types/file";

/** One file: the picture as it may be seen, its digest and what opens it, what happened to it, black boxes. */
export async function loader({ context, params, request }: Route.LoaderArgs) {
  await officeDoor(context, "file.read");
  const { files, people } = context.get(servicesContext);
  const history = await files.reading.history(params.file);
  if (!history) throw data({ code: "file.not-found" }, { status: 404 });
  const subject = subjectOf(history.file.subject);
  const { person } = await officeDoor(context, "file.read", subject);

  const { file, steps, pictures } = history;
  const published = publishedAs(history);
  const picture = pictures.at(-1);
  const names = await people.names([...new Set(steps.map((step) => step.person))]);
  const organisations = await Promise.all(
    [...new Set(steps.map(({ organisation }) => organisation))].map((id) =>
      people.organisation(id),
    ),
  );
  return {
    file: { ...file, blob: undefined },
    steps: steps.map((step) => {
      const held = organisations.find((one) => one?.id === step.organisation);
      return {
        ...step,
        name: names.get(step.person) ?? "",
        organisation: { vi: held?.nameVi ?? "", en: held?.nameEn ?? "" },
      };
    }),
    picture:
      picture && isPicture(file.format)
        ? { ...picture, blob: undefined, smallBlob: undefined }
        : null,
    published:
      published && picture
        ? { tied: published.tied, ...pictureSource({ file: file.id, ...picture }) }
        : null,
    version: versionOf(history),
    salt: (await files.reading.salt(file.digest)) ?? null,
    mayRedact: may(person, "file.redact", subject).ok,
    view: viewOf(new URL(request.url).searchParams.get("vung")),
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  await officeDoor(context, "file.redact");
  const services = context.get(servicesContext);
  const history = await services.files.reading.history(params.file);
  if (!history) throw data({ code: "file.not-found" }, { status: 404 });
  const { person } = await officeDoor(context, "file.redact", subjectOf(history.file.subject));

  const form = await readForm(request);
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const view = viewOf(text("view"));
  const asked = { file: params.file, version: Number(text("version")) };
  const kept = {
    intent: text("intent"),
    cells: form.getAll("cell").map(String),
    reason: text("reason"),
    left: text("left"),
    top: text("top"),
    width: text("width"),
    height: text("height"),
  };
  const page = officePath("file", { file: params.file });
  const refused = (code: string, status: 409 | 422) => data({ ...kept, code }, { status });

  if (kept.intent === "redact") {
    const reason = REDACTION_REASONS.find((one) => one === kept.reason);
    if (!reason) return refused("file.no-reason", 422);
    const boxes: Box[] = boxesOfCells(view, kept.cells);
    const numbers = [kept.left, kept.top, kept.width, kept.height];
    if (numbers.some((one) => one !== "")) {
      const [left = NaN, top = NaN, width = NaN, height = NaN] = numbers.map((one) =>
        one === "" ? NaN : Number(one.replace(",", ".")),
      );
      const box = boxOfPercents(left, top, width, height);
      if (!box.ok) return refused(box.problem.code, 422);
      boxes.push(box.value);
    }
    const redacted = await redactFile(services, person, { ...asked, boxes, reason });
    if (!redacted.ok) return answer(redacted.problem);
    return redirect(view.depth === 0 ? page : `${page}?vung=${viewText(view)}`, 303);
  }
  if (kept.intent === "uncover") {
    const uncovered = await uncoverFile(services, person, asked);
    return uncovered.ok ? redirect(page, 303) : answer(uncovered.problem);
  }
  if (kept.intent === "withdraw") {
    const reason = WITHDRAWAL_REASONS.find((one) => one === kept.reason);
    if (!reason) return refused("file.no-reason", 422);
    const withdrawn = await withdrawFile(services, person, { ...asked, reason });
    return withdrawn.ok ? redirect(page, 303) : answer(withdrawn.problem);
  }
  throw data({ code: "form.broken" }, { status: 400 });

  function answer(problem: { readonly code: string }) {
    const { code } = problem;
    refuseIfPerson(context, problem, "file.redact", { kind: "file", id: params.file });
    return refused(code, code === "office.stale" || code === "file.gone" ? 409 : 422);
  }
}

export default function FilePage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-files");
  const { file, steps, picture, published, mayRedact } = loaderData;
  return (
    <OfficePage title={file.name} eyebrow={t(`kind.${file.kind}`)} lead={t("page.lead")}>
      <FileFacts file={file} salt={loaderData.salt} picture={picture} published={published} />
      {picture && mayRedact ? (
        <Section id="redact" title={t("redact.title")}>
          <RedactForm
            file={file.id}
            version={loaderData.version}
            picture={picture}
            view={loaderData.view}
            sent={actionData}
          />
          {published ? <WithdrawForm version={loaderData.version} sent={actionData} /> : null}
        </Section>
      ) : null}
      <Section id="history" title={t("history.title")}>
        <FileHistoryList steps={steps} />
      </Section>
    </OfficePage>
  );
}
