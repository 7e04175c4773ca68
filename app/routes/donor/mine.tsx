import { useTranslation } from "react-i18next";
import { data, type RouterContextProvider } from "react-router";

import { tellStory } from "#app/domain/donations/story.ts";
import { readEmail } from "#app/domain/kernel/email.ts";
import { readTypedCode } from "#app/domain/kernel/typed-code.ts";
import { MOST_GIFTS } from "#app/domain/people/donor-gifts.ts";
import { findByCode } from "#app/domain/pledges/find-by-code.ts";
import { openOf } from "#app/domain/pledges/standing.ts";
import type { Services } from "#app/domain/services.ts";
import { money } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath, pathTo } from "#app/i18n/paths.ts";
import { callerOf, goOn } from "#app/requests/caller.ts";
import { localeContext } from "#app/requests/locale.ts";
import { lookUpOrRefuse } from "#app/requests/look-up.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import { visitorContext } from "#app/requests/visitor.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { StepForm } from "#app/ui/sign-in/step-form.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import { headlineWords } from "#app/ui/tracing/headline.ts";
import type { Route } from "./+types/mine";

export async function loader({ context, request }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const { person } = await context.get(visitorContext)();
  if (!person) {
    return { mine: undefined, links: context.get(settingsContext).donorLinks };
  }
  const standing = await services.accounts.signIn.standing(request.headers.get("cookie"));
  const codes = await services.accounts.donorGifts.list(person.id);
  const gifts = await Promise.all(codes.map((code) => giftOf(services, code)));
  return { mine: { email: standing.at === "nobody" ? "" : standing.email, gifts }, links: true };
}

/** What has become of a code by now. */
async function giftOf({ donations, pledges }: Services, code: string) {
  const file = await donations.file(code);
  const story = file && tellStory(file);
  if (story) {
    const { amount, state } = { amount: story.gift.amount, state: story.state };
    return { code, is: "booked" as const, amount, state, clauses: story.clauses };
  }
  const pledge = await pledges.page(code);
  if (pledge) return { code, is: "pledged" as const, amount: openOf(pledge) };
  return { code, is: "gone" as const };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await readForm(request);
  const intent = fieldOf(form, "intent");
  if (intent === "ask") return askForLink(context, request, fieldOf(form, "email").trim());
  const services = context.get(servicesContext);
  const locale = context.get(localeContext);
  const { person } = await context.get(visitorContext)();
  if (!person) throw goOn(pathTo(locale, "mine"), []);
  const typed = fieldOf(form, "code");
  if (intent === "remove") {
    await services.accounts.donorGifts.unlink(person.id, typed.slice(0, 64));
    throw goOn(pathTo(locale, "mine"), []);
  }
  const problem = await addGift(context, services, person.id, typed);
  if (problem) return data({ sent: false, problem, typed }, { status: 422 });
  throw goOn(pathTo(locale, "mine"), []);
}

/** The answer tells nothing of the address but whether it can be one. */
async function askForLink(
  context: Readonly<RouterContextProvider>,
  request: Request,
  email: string,
) {
  const { signIn } = context.get(servicesContext).accounts;
  if (!context.get(settingsContext).donorLinks) throw data({ code: "mail.off" }, { status: 404 });
  const read = readEmail(email);
  if (!read.ok) {
    const problem = read.problem.code;
    return data({ sent: false, problem, typed: email.slice(0, 254) }, { status: 422 });
  }
  await signIn.sendDonorLink(callerOf(request, context), read.value, context.get(localeContext));
  return data({ sent: true, problem: undefined, typed: "" });
}

/** Looking for codes that do not exist is limited here as anywhere else. */
async function addGift(
  context: Readonly<RouterContextProvider>,
  services: Services,
  person: string,
  typed: string,
): Promise<"unknown" | "full" | undefined> {
  const code = await lookUpOrRefuse(context, async () => {
    const read = readTypedCode(typed);
    const found = read === undefined ? undefined : await findByCode(services, read);
    return found && found.is !== "campaign" ? read : undefined;
  });
  if (code === undefined) return "unknown";
  const { donorGifts } = services.accounts;
  if ((await donorGifts.list(person)).length >= MOST_GIFTS) return "full";
  await donorGifts.link(person, code);
  return undefined;
}

/** Of one visitor: never kept. */
export function headers() {
  return { "cache-control": "no-store" };
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "mine");
  return pageMeta(t("title"), t("description"));
}

type Loaded = Route.ComponentProps["loaderData"];
type Sent = Route.ComponentProps["actionData"];

export default function MinePage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("mine");
  return (
    <>
      <h1>{t("title")}</h1>
      <p className="lead">{t("lead")}</p>
      {loaderData.mine ? (
        <Gifts mine={loaderData.mine} sent={actionData} />
      ) : (
        <AskForLink sent={actionData} on={loaderData.links} />
      )}
    </>
  );
}

function AskForLink({ sent, on }: { sent: Sent; on: boolean }) {
  const { t } = useTranslation("mine");
  const { t: ts } = useTranslation("sign-in");
  const { locale } = useSite();
  if (!on) return <p className="notice">{t("ask.off")}</p>;
  if (sent?.sent) {
    return (
      <p className="notice good" role="status">
        {t("ask.sent")}
      </p>
    );
  }
  const wrong =
    sent?.problem === "email.wrong" || sent?.problem === "email.letters"
      ? problemText(ts, locale, { code: sent.problem })
      : undefined;
  return (
    <section aria-labelledby="ask-title" className="mine-part">
      <h2 id="ask-title">{t("ask.title")}</h2>
      <p>{t("ask.lead")}</p>
      <StepForm intent="ask" submit={t("ask.submit")} problem={wrong} problemAt="email">
        <TextField
          id="email"
          name="email"
          type="email"
          autoComplete="email"
          label={ts("email")}
          hint={t("keep")}
          error={wrong}
          defaultValue={sent?.typed}
        />
      </StepForm>
    </section>
  );
}

function Gifts({ mine, sent }: { mine: NonNullable<Loaded["mine"]>; sent: Sent }) {
  const { t } = useTranslation("mine");
  const { to } = useSite();
  const wrong =
    sent?.problem === "unknown" || sent?.problem === "full"
      ? t(`add.${sent.problem}`, { most: MOST_GIFTS })
      : undefined;
  return (
    <>
      <section aria-labelledby="list-title" className="mine-part">
        <h2 id="list-title">{t("list")}</h2>
        {mine.gifts.length === 0 ? (
          <p className="notice">{t("none")}</p>
        ) : (
          <ul className="mine-gifts">
            {mine.gifts.map((gift) => (
              <Gift key={gift.code} gift={gift} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="add-title" className="mine-part">
        <h2 id="add-title">{t("add.title")}</h2>
        <StepForm intent="add" submit={t("add.submit")} problem={wrong} problemAt="code">
          <TextField
            id="code"
            name="code"
            autoComplete="off"
            maxLength={64}
            label={t("add.code")}
            hint={t("add.hint")}
            error={wrong}
            defaultValue={sent?.problem ? sent.typed : undefined}
          />
        </StepForm>
      </section>
      <form method="post" action={to("signOut")} className="mine-out">
        <span className="soft">{t("asLabel", { email: mine.email })}</span>
        <button className="button quiet" type="submit">
          {t("signOut")}
        </button>
      </form>
    </>
  );
}

function Gift({ gift }: { gift: NonNullable<Loaded["mine"]>["gifts"][number] }) {
  const { t } = useTranslation("mine");
  const { t: td } = useTranslation("donation");
  const { locale, to } = useSite();
  const state =
    gift.is === "booked"
      ? `${td("headline", { amount: money(locale, gift.amount) })} ${headlineWords(locale, td, gift.clauses)}.`
      : gift.is === "pledged"
        ? t("waiting", { amount: money(locale, gift.amount) })
        : t("gone");
  return (
    <li>
      <div>
        <a className="mine-code" href={to("donation", { code: gift.code })}>
          {gift.code}
        </a>
        <p>{state}</p>
      </div>
      <form method="post">
        <input type="hidden" name="intent" value="remove" />
        <input type="hidden" name="code" value={gift.code} />
        <button className="button quiet" type="submit">
          {t("remove")}
          <span className="visually-hidden"> {gift.code}</span>
        </button>
      </form>
    </li>
  );
}
