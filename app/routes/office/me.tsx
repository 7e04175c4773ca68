import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { PASSWORD_LENGTH } from "#app/domain/people/password.ts";
import type { SessionFile } from "#app/domain/people/sign-in.ts";
import { clockAt, dayAt } from "#app/i18n/formats.ts";
import { OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import { callerOf, settingCookies } from "#app/requests/caller.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { FormCard } from "#app/ui/office/form-card.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { RecoveryCodes } from "#app/ui/sign-in/recovery-codes.tsx";
import { statusOf, type StepProblem, useProblemWords } from "#app/ui/sign-in/step-form.tsx";
import { TextField } from "#app/ui/text-field.tsx";
import type { Route } from "./+types/me";

export async function loader({ context, request }: Route.LoaderArgs) {
  await officeDoor(context, "office.enter");
  const { signIn } = context.get(servicesContext).accounts;
  // Nothing after a password change of this very request: its answer carries the new cookie.
  return { own: await signIn.own(request.headers.get("cookie")) };
}

type Intent = "end-session" | "change-password" | "new-codes";

interface Answer {
  readonly intent: Intent;
  readonly problem?: StepProblem;
  readonly codes?: readonly string[];
}

export async function action({ context, request }: Route.ActionArgs) {
  await officeDoor(context, "office.enter");
  const { signIn } = context.get(servicesContext).accounts;
  const caller = callerOf(request, context);
  const form = await readForm(request);
  switch (fieldOf(form, "intent")) {
    case "end-session": {
      await signIn.endSession(caller, fieldOf(form, "session"));
      return answer({ intent: "end-session" });
    }
    case "change-password": {
      const changed = await signIn.changePassword(caller, {
        current: fieldOf(form, "current", 300),
        password: fieldOf(form, "password", 1000),
      });
      if (!changed.ok) return answer({ intent: "change-password", problem: changed.problem });
      const headers = settingCookies(changed.value.cookies);
      return data<Answer>({ intent: "change-password" }, { headers });
    }
    case "new-codes": {
      const made = await signIn.newRecoveryCodes(caller, fieldOf(form, "code", 40));
      if (!made.ok) return answer({ intent: "new-codes", problem: made.problem });
      return answer({ intent: "new-codes", codes: made.value });
    }
    default:
      throw data({ code: "form.unknown" }, { status: 400 });
  }
}

function answer(one: Answer) {
  return data<Answer>(one, { status: one.problem ? statusOf(one.problem) : 200 });
}

export default function MePage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("sign-in");
  const words = useProblemWords();
  const { own } = loaderData;
  const done = actionData && !actionData.problem ? actionData.intent : undefined;
  const problemsOf = (intent: Intent, id: string) => {
    const text = actionData?.intent === intent ? words(actionData.problem) : undefined;
    return text ? [{ id, text }] : [];
  };
  if (!own) {
    return (
      <OfficePage title={t("me.title")}>
        <p className="notice good" role="status">
          {t(done === "change-password" ? "me.changed" : "me.ended")}
        </p>
        <p>
          <a className="button" href={OFFICE_PAGES.me}>
            {t("me.title")}
          </a>
        </p>
      </OfficePage>
    );
  }
  return (
    <OfficePage title={t("me.title")} lead={t("me.lead", { email: own.email })}>
      {done === "end-session" ? (
        <p className="notice good" role="status">
          {t("me.ended")}
        </p>
      ) : null}
      {actionData?.codes ? <RecoveryCodes codes={actionData.codes} /> : null}
      <Section id="sessions" title={t("me.sessions")}>
        <ul className="session-list">
          {own.sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      </Section>
      <FormCard
        id="change-password"
        title={t("me.changePassword")}
        lead={t("me.changeLead")}
        intent="change-password"
        problems={problemsOf("change-password", "current")}
        submit={t("me.changePassword")}
      >
        <TextField
          id="current"
          name="current"
          type="password"
          autoComplete="current-password"
          label={t("me.current")}
        />
        <TextField
          id="password"
          name="password"
          type="password"
          autoComplete="new-password"
          label={t("newPassword.label")}
          hint={t("newPassword.hint", { least: PASSWORD_LENGTH.least })}
        />
      </FormCard>
      <FormCard
        id="new-codes"
        title={t("me.codes")}
        lead={t("me.codesLeft", { count: own.recoveryCodesLeft })}
        intent="new-codes"
        problems={problemsOf("new-codes", "code")}
        submit={t("me.newCodes")}
        quiet
      >
        <TextField
          id="code"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          label={t("second.code")}
          hint={t("second.codeHint")}
        />
      </FormCard>
    </OfficePage>
  );
}

function SessionRow({ session }: { session: SessionFile }) {
  const { t } = useTranslation("sign-in");
  const at = (seconds: number) => t("me.at", { clock: clockAt(seconds), day: dayAt(seconds) });
  return (
    <li>
      <div>
        <p className="session-device">
          <strong>{deviceName(session.device) ?? t("me.unknownDevice")}</strong>
          {session.here ? <span className="chip"> {t("me.here")}</span> : null}
        </p>
        <p className="soft">
          {t("me.begun")} {at(session.begunAt)} · {t("me.seen")} {at(session.seenAt)}
          {session.factor ? ` · ${t("me.factor")}: ${t(`me.byFactor.${session.factor}`)}` : null}
        </p>
      </div>
      <form method="post">
        <input type="hidden" name="intent" value="end-session" />
        <input type="hidden" name="session" value={session.id} />
        <button className="button small quiet" type="submit">
          {t("me.end")}
          <span className="visually-hidden">
            {" "}
            {t("me.endAbout", { time: at(session.begunAt) })}
          </span>
        </button>
      </form>
    </li>
  );
}

const BROWSERS = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/coc_coc/i, "Cốc Cốc"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
] as const;
const SYSTEMS = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
] as const;

/** Browser and system, out of what the browser calls itself; that itself where neither is known. */
function deviceName(device: string): string | undefined {
  const browser = BROWSERS.find(([sign]) => sign.test(device))?.[1];
  const system = SYSTEMS.find(([sign]) => sign.test(device))?.[1];
  const known = [browser, system].filter((part) => part !== undefined).join(" · ");
  return known || device.slice(0, 60) || undefined;
}
