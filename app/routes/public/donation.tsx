import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import type { DonationStory } from "#app/domain/donations/story.ts";
import { tellStory } from "#app/domain/donations/story.ts";
import type { Services } from "#app/domain/services.ts";
import { lowerFirst } from "#app/i18n/first-letter.ts";
import { day, money, NO_BREAK } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath, pathTo } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { localeContext } from "#app/requests/locale.ts";
import { lookUpOrRefuse } from "#app/requests/look-up.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { FlowPicture, type FlowWords } from "#app/ui/tracing/flow-picture.tsx";
import { FlowStack } from "#app/ui/tracing/flow-stack.tsx";
import { headlineWords } from "#app/ui/tracing/headline.ts";
import { type Names, namesOf } from "#app/ui/tracing/names.ts";
import { OutcomeTable } from "#app/ui/tracing/outcome-table.tsx";
import { Strong } from "#app/ui/tracing/linked.tsx";
import { StateNotices } from "#app/ui/tracing/state-notices.tsx";
import { Timeline } from "#app/ui/tracing/timeline.tsx";
import type { Route } from "./+types/donation";

export async function loader({ context, params }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const code = params.code.trim().toUpperCase();
  const found = await lookUpOrRefuse(context, async () =>
    /^[A-Z0-9-]{3,64}$/.test(code) ? findGift(services, code) : undefined,
  );
  if (!found) throw data({ code: "donation.not-found" }, { status: 404 });
  if (found.kind !== "elsewhere") return forRender(found);
  throw redirect(pathTo(context.get(localeContext), "campaign", { slug: found.slug }), 302);
}

/** What a code stands for: a gift with its story, one that waits, or what now belongs to a campaign. */
async function findGift({ donations }: Pick<Services, "donations">, code: string) {
  const file = await donations.file(code);
  const story = file && tellStory(file);
  if (file && story) {
    const { campaigns, places, siblings } = file;
    return { kind: "told" as const, story, campaigns, places, siblings };
  }
  const waiting = await donations.waiting(code);
  if (waiting) return { kind: "waiting" as const, waiting };
  const slug = await donations.standing(code);
  return slug === undefined ? undefined : { kind: "elsewhere" as const, slug };
}

export function meta({ location, params, loaderData }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "donation");
  const code = params.code.toUpperCase();
  const named = loaderData?.kind === "told" && loaderData.story.gift.donorName !== null;
  return [
    ...pageMeta(t("title", { code }), t("description", { code })),
    // Who let their name show here did not ask to be found by it.
    ...(named ? [{ name: "robots", content: "noindex" }] : []),
  ];
}

/** Follow my gift: what it became, where each đồng is, and every step with its proof. */
export default function DonationPage({ loaderData }: Route.ComponentProps) {
  return loaderData.kind === "told" ? (
    <Told data={loaderData} />
  ) : (
    <Waiting waiting={loaderData.waiting} />
  );
}

type Loaded = Route.ComponentProps["loaderData"];
type ToldData = Extract<Loaded, { kind: "told" }>;
type WaitingData = Extract<Loaded, { kind: "waiting" }>["waiting"];

function Told({ data: loaded }: { data: ToldData }) {
  const { story, campaigns, places, siblings } = loaded;
  const { t } = useTranslation("donation");
  const { t: tl } = useTranslation("ledger");
  const { locale, to } = useSite();
  const { gift } = story;
  const names = namesOf(locale, campaigns, places);
  return (
    <article className="gift-page">
      <p className="eyebrow">
        <Strong
          text={t("eyebrow", {
            code: "{{code}}",
            day: day(gift.receivedOn),
            channel: tl(`channel.${gift.channel}`),
          })}
          name="code"
          value={gift.code}
        />
        {" · "}
        <a href={`/data/v1/donations/${gift.code}.json`}>{t("proofFile")}</a>
      </p>
      <h1>
        {t("headline", { amount: money(locale, gift.amount) })}
        <br />
        {glued(headlineWords(locale, t, story.clauses))}.
      </h1>
      {gift.donorName === null ? null : (
        <p className="donor">{t("donor", { name: gift.donorName })}</p>
      )}
      <p className="lead">{t("lead")}</p>
      <p className="small soft">{t("publicCode", { code: gift.code })}</p>
      {siblings.length === 0 ? null : (
        <p>
          {t("siblings")}{" "}
          {siblings.map(({ code, amount }, place) => (
            <span key={code}>
              {place > 0 ? ", " : ""}
              <a href={to("donation", { code })}>{code}</a> ({money(locale, amount)})
            </span>
          ))}
        </p>
      )}
      <StateNotices story={story} names={names} places={places} />
      <section className="section" aria-labelledby="flow">
        <h2 id="flow">{t("flow.title")}</h2>
        <figure className="flow">
          <FlowPicture flow={story.flow} words={flowWords(story, names, tl)} />
          <FlowStack
            flow={story.flow}
            words={flowWords(story, names, tl)}
            young={story.offspring.length}
          />
          <figcaption>{t(story.flow.young.length > 0 ? "flow.note" : "flow.noteBare")}</figcaption>
        </figure>
      </section>
      <section className="section" aria-labelledby="where">
        <h2 id="where">{t("table.title")}</h2>
        <OutcomeTable story={story} names={names} />
      </section>
      <section className="section" aria-labelledby="steps">
        <h2 id="steps">{t("steps.title")}</h2>
        <Timeline steps={story.steps} names={names} />
      </section>
      <Onwards story={story} campaigns={campaigns} t={t} />
    </article>
  );
}

function Onwards(props: {
  story: DonationStory;
  campaigns: ToldData["campaigns"];
  t: TFunction<"donation">;
}) {
  const { story, campaigns, t } = props;
  const { to } = useSite();
  const [first] = story.animals;
  const campaign = campaigns.find(({ id }) => id === story.gift.campaign);
  return (
    <div className="buttons section">
      {first ? (
        <a className="button" href={to("animal", { tag: first.code })}>
          {t("cta.animal", {
            thing: lowerFirst(t(`flow.thing.${first.species}`, { code: first.code })),
          })}
        </a>
      ) : null}
      {campaign ? (
        <a
          className={first ? "button quiet" : "button"}
          href={to("campaign", { slug: campaign.slug })}
        >
          {t("cta.campaign")}
        </a>
      ) : null}
    </div>
  );
}

function Waiting({ waiting }: { waiting: WaitingData }) {
  const { t } = useTranslation("donation");
  const { locale, to } = useSite();
  const { code, amount, state, intent, promisedOn, campaign } = waiting;
  const which = state === "open" ? intent : state;
  return (
    <article className="gift-page">
      <p className="eyebrow">{code}</p>
      <h1>{t("waiting.title")}</h1>
      <p className="lead">
        {t(`waiting.${which}`, {
          code,
          amount: money(locale, amount),
          day: promisedOn === null ? "" : day(promisedOn),
        })}
      </p>
      <div className="buttons section">
        {state === "open" ? (
          <a className="button" href={to("pledge", { code })}>
            {t("waiting.pay")}
          </a>
        ) : null}
        {campaign ? (
          <a className="button quiet" href={to("campaign", { slug: campaign.slug })}>
            {t("waiting.campaign")}
          </a>
        ) : null}
      </div>
    </article>
  );
}

function flowWords(story: DonationStory, names: Names, tl: TFunction<"ledger">): FlowWords {
  return {
    names,
    channel: tl(`channel.${story.gift.channel}`),
    receivedOn: story.gift.receivedOn,
    things: new Map(
      [...story.animals, ...story.offspring].map(({ code, species, price, died }) => [
        code,
        { species, price, dead: died !== null },
      ]),
    ),
    days: new Map(story.steps.map(({ entry, on }) => [entry, on])),
  };
}

/** Keeps the last two words together, so that no line of the headline is one short word. */
function glued(text: string): string {
  return text.replace(/ (\S+)$/, `${NO_BREAK}$1`);
}
