import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { type PreparedFile, keepFiles } from "../files/add-files.ts";
import type { FileStores } from "../files/ports.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { readPastDay, subjectOfHousehold } from "./household.ts";
import {
  type Consent,
  CONSENT_CHANNELS,
  CONSENT_KINDS,
  CONSENT_LANGUAGES,
  CONSENT_TEXT,
} from "./matters.ts";
import type { RegisterNeeds, RegisterStores } from "./ports.ts";
import type { Writing } from "../acts/act.ts";

/** What was typed. */
export interface ConsentWish {
  readonly household: string;
  readonly kind: string;
  readonly given: boolean;
  readonly onDay: string;
  readonly channel: string;
  readonly language: string;
}

export type ConsentProblem =
  | MayProblem
  | { code: "register.unknown" }
  | { code: "register.erased" }
  | { code: "consent.no-kind"; field: "kind" }
  | { code: "consent.no-channel"; field: "channel" }
  | { code: "consent.no-language"; field: "language" }
  | { code: "consent.no-proof"; field: "proof" }
  | { code: "register.no-day" | "register.day-to-come"; field: "onDay" }
  | { code: "consent.before-last"; field: "onDay" }
  | { code: "consent.so-already"; field: "kind" };

/**
 * A household says that its name, picture or voice may be shown, or may no more. Given, it needs a proof; withdrawn it counts at
 * once, on the web too.
 */
export async function keepConsent(
  services: Omit<RegisterNeeds, "official"> & {
    readonly official: Writing<RegisterStores & FileStores>;
  },
  person: Person,
  wish: ConsentWish,
  proof: readonly PreparedFile[],
): Promise<Result<Consent, ConsentProblem>> {
  return carryOut(services, person, {
    find: async ({ register }) => ok(await register.household(wish.household)),
    right: (now, household) =>
      rightTo(now, "register.keep", household && subjectOfHousehold(household)),
    work: async ({ stores, found: household, at, today }) => {
      if (!household) return no({ code: "register.unknown" });
      if (household.erasedAt !== null) return no({ code: "register.erased" });
      const read = readConsent(wish, today, proof.length > 0);
      if (!read.ok) return read;
      const before = await stores.register.consents(household.id);
      const last = before.findLast(({ kind }) => kind === read.value.kind);
      if ((last?.given ?? false) === wish.given)
        return no({ code: "consent.so-already", field: "kind" });
      if (last && read.value.onDay < last.onDay)
        return no({ code: "consent.before-last", field: "onDay" });
      const consent: Consent = {
        ...read.value,
        household: household.id,
        n: (last?.n ?? 0) + 1,
        textVersion: wish.given ? CONSENT_TEXT : (last?.textVersion ?? CONSENT_TEXT),
        paper: proof[0]?.id ?? null,
        takenBy: person.id,
        takenAt: at,
      };
      const { communes, district } = household;
      const kept = await keepFiles(
        stores,
        person,
        proof,
        { kind: "household", id: household.id, communes, district, twin: null },
        at,
      );
      if (!kept.ok) return kept;
      await stores.register.addConsent(consent);
      const { kind, given, channel, language, onDay, textVersion } = consent;
      const facts = { consent: kind, given, channel, language, on: onDay, text: textVersion };
      return done(consent, { kind: "household", id: household.id, facts });
    },
  });
}

function readConsent(
  wish: ConsentWish,
  today: Day,
  proved: boolean,
): Result<Pick<Consent, "kind" | "given" | "onDay" | "channel" | "language">, ConsentProblem> {
  const { given } = wish;
  const kind = CONSENT_KINDS.find((one) => one === wish.kind);
  if (!kind) return no({ code: "consent.no-kind", field: "kind" });
  const channel = CONSENT_CHANNELS.find((one) => one === wish.channel);
  // Silence and a word in passing are no consent.
  if (!channel || (given && channel === "spoken")) {
    return no({ code: "consent.no-channel", field: "channel" });
  }
  const language = CONSENT_LANGUAGES.find((one) => one === wish.language);
  if (!language) return no({ code: "consent.no-language", field: "language" });
  const onDay = readPastDay(wish.onDay, today);
  if (!onDay.ok) return no({ code: onDay.problem.code, field: "onDay" });
  if (given && !proved) return no({ code: "consent.no-proof", field: "proof" });
  return ok({ kind, given, onDay: onDay.value, channel, language });
}
