import { useTranslation } from "react-i18next";

import { may } from "#app/domain/people/may.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { HealthJobs } from "#app/ui/office/health/jobs.tsx";
import { HealthParts } from "#app/ui/office/health/parts.tsx";
import { momentOf } from "#app/ui/office/health/words.ts";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import type { Route } from "./+types/health";

/** How the site is, part by part, and what to do about it: the report of `/healthz` in words. */
export async function loader({ context }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "health.read");
  const { health } = context.get(servicesContext);
  const desk = may(person, "attention.close").ok;
  return forRender({ report: await health.look(), desk });
}

export default function HealthPage({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation("office-health");
  const { report, desk } = loaderData;
  const { status, at, parts } = report;
  return (
    <OfficePage title={t("title")} lead={t("lead")}>
      <p className={{ ok: "notice good", degraded: "notice", failing: "notice bad" }[status]}>
        <strong>{t(`whole.${status}`)}</strong> {t("at", momentOf(at))}
      </p>
      <Section id="parts" title={t("parts")}>
        <HealthParts parts={parts} desk={desk} />
      </Section>
      <Section id="jobs" title={t("jobs")}>
        <HealthJobs runs={parts.jobs.runs ?? []} />
      </Section>
    </OfficePage>
  );
}
