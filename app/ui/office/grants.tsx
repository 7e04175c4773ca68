import { useTranslation } from "react-i18next";

import type { GrantFile } from "#app/domain/people/ports.ts";
import { day } from "#app/i18n/formats.ts";
import { useLocale } from "#app/ui/site.ts";

import { TableBox } from "#app/ui/table-box.tsx";
import { StepButton } from "./form-card.tsx";
import { State, type Tone } from "./state.tsx";
import { type Step, Steps } from "./steps.tsx";

/** A grant as a page shows it, with what the person looking may do about it. */
export interface ShownGrant extends GrantFile {
  readonly organisationName: { readonly vi: string; readonly en: string };
  /** Name of the district it is held for; null where the organisation says it. */
  readonly placeName: string | null;
  /** It counts today. */
  readonly counts: boolean;
  /** Its organisation has ended. */
  readonly over: boolean;
  readonly may: { readonly decide: boolean; readonly withdraw: boolean };
}

/** Roles of one person, newest first, with the buttons of whoever may decide. */
export function GrantTable({ grants }: { grants: readonly ShownGrant[] }) {
  const { t } = useTranslation("office-people");
  const words = useTranslation("office-frame").t;
  const locale = useLocale();
  return (
    <TableBox name={t("person.grants")}>
      <table className="stack office-table">
        <caption className="visually-hidden">{t("person.grants")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("person.role")}</th>
            <th scope="col">{t("person.period")}</th>
            <th scope="col">{t("person.state")}</th>
            <th scope="col">{t("person.steps")}</th>
          </tr>
        </thead>
        <tbody>
          {grants.map((grant) => (
            <tr key={grant.id}>
              <th scope="row">
                {words(`role.${grant.role}`)}
                <span className="under">
                  {grant.organisationName[locale]}
                  {grant.placeName ? ` · ${grant.placeName}` : null}
                </span>
              </th>
              <td data-name={t("person.period")} className="num">
                {day(grant.from)} – {grant.to ? day(grant.to) : t("noEnd")}
              </td>
              <td data-name={t("person.state")}>
                <State tone={toneOf(grant)}>{t(`grant.${stateOf(grant)}`)}</State>
              </td>
              <td data-name={t("person.steps")}>
                <GrantButtons grant={grant} about={words(`role.${grant.role}`)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function GrantButtons({ grant, about }: { grant: ShownGrant; about: string }) {
  const { t } = useTranslation("office-people");
  const hidden = { grant: grant.id, version: grant.version };
  if (!grant.may.decide && !grant.may.withdraw) return <span className="soft">–</span>;
  return (
    <div className="step-buttons">
      {grant.may.decide ? (
        <>
          <StepButton intent="approve" label={t("person.approve")} about={about} hidden={hidden} />
          <StepButton
            intent="refuse"
            label={t("person.refuse")}
            about={about}
            hidden={hidden}
            quiet
          />
        </>
      ) : null}
      {grant.may.withdraw ? (
        <StepButton
          intent="withdraw"
          label={t("person.withdraw")}
          about={about}
          hidden={hidden}
          quiet
        />
      ) : null}
    </div>
  );
}

function stateOf(grant: ShownGrant): string {
  if (grant.state !== "approved") return grant.state;
  if (grant.counts) return "counts";
  return grant.over ? "organisationOver" : "notNow";
}

function toneOf(grant: ShownGrant): Tone {
  if (grant.state === "proposed") return "waiting";
  if (grant.state === "refused") return "bad";
  return grant.counts ? "good" : "over";
}

/** Who proposed, decided and withdrew what, oldest first. */
export function GrantHistory(props: {
  grants: readonly ShownGrant[];
  names: ReadonlyMap<string, string>;
}) {
  const { t } = useTranslation("office-people");
  const words = useTranslation("office-frame").t;
  const nameOf = (id: string) => props.names.get(id) ?? (id === "bin/grant" ? t("byProgram") : id);
  const steps = props.grants.flatMap((grant): Step[] => {
    const role = words(`role.${grant.role}`);
    const step = (name: string, by: string | null, at: number | null, tone: Tone): Step[] =>
      by === null || at === null
        ? []
        : [
            {
              id: `${grant.id}-${name}`,
              at,
              by: nameOf(by),
              tone,
              title: t(`person.step.${name}`, { role }),
            },
          ];
    const decision = grant.state === "refused" ? "refused" : "approved";
    return [
      ...step("proposed", grant.proposedBy, grant.proposedAt, "waiting"),
      ...step(decision, grant.decidedBy, grant.decidedAt, decision === "refused" ? "bad" : "good"),
      ...step("withdrawn", grant.withdrawnBy, grant.withdrawnAt, "over"),
    ];
  });
  return <Steps label={t("person.history")} steps={steps.toSorted((a, b) => a.at - b.at)} />;
}
