import { campaignOn } from "../campaigns/facts.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { inForce, type Unit } from "../places/unit.ts";
import { proposeDuplicates } from "./duplicates.ts";
import {
  type HouseholdData,
  type HouseholdWish,
  readHousehold,
  readRegistration,
  type RegisterFault,
  type Registration,
  type RegistrationWish,
  subjectOfHousehold,
} from "./household.ts";
import { marksOf } from "./names.ts";
import type { KeyProblem } from "./personal-data.ts";
import type { KeptHousehold, RegisterNeeds, RegisterStores } from "./ports.ts";

export type KeepProblem =
  | MayProblem
  | KeyProblem
  | { code: "register.wrong"; wrong: readonly RegisterFault[] }
  | { code: "register.unknown" }
  | { code: "register.erased" }
  | { code: "register.registered-already" }
  | { code: "register.key-used" }
  | { code: "office.stale" };

/**
 * Register a household of a commune with its request to take part. `key` is made by the form before the first send and becomes
 * the household's id: sent twice it is one household. What may be a duplicate is proposed, never refused.
 */
export async function registerHousehold(
  needs: RegisterNeeds,
  person: Person,
  wish: HouseholdWish & {
    readonly key: string;
    readonly commune: string;
    readonly registration: RegistrationWish;
  },
): Promise<Result<{ household: string; duplicates: number }, KeepProblem>> {
  const { newId } = needs;
  return carryOut(needs, person, {
    find: async (stores, today) => ok(await communeNow(stores, wish.commune, today)),
    right: (now) => rightTo(now, "register.keep", { communes: [wish.commune] }),
    work: async ({ stores, found: commune, at, today }) => {
      const before = await stores.register.household(wish.key);
      if (before) {
        return before.keptBy === person.id
          ? done({ household: before.id, duplicates: 0 })
          : no({ code: "register.key-used" });
      }
      const read = readBoth(wish, today);
      if (!read.ok) return read;
      const wrong = await wrongCampaign(
        stores,
        read.value.registration.campaign,
        wish.commune,
        today,
      );
      if (wrong) return no({ code: "register.wrong", wrong: [wrong] });
      if (!commune) {
        return no({
          code: "register.wrong",
          wrong: [{ code: "register.other-commune", field: "commune" }],
        });
      }
      const { household, registration } = read.value;
      const sealed = await sealedOf(stores, household);
      if (!sealed.ok) return sealed;
      const kept: KeptHousehold = {
        ...sealed.value,
        id: wish.key,
        commune: commune.code,
        communeFrom: commune.validFrom,
        version: 1,
        keptBy: person.id,
        keptAt: at,
      };
      await stores.register.add([kept]);
      const asked: Registration = {
        ...registration,
        id: newId(),
        household: kept.id,
        state: "open",
        registeredBy: person.id,
        registeredAt: at,
      };
      await stores.register.addRegistrations([asked]);
      const compared = { ...kept, name: household.personal.name };
      const proposed = await proposeDuplicates(stores, [compared], { at, newId });
      if (!proposed.ok) return proposed;
      const { campaign, round } = asked;
      const facts = {
        new: true,
        commune: kept.commune,
        category: kept.category,
        campaign,
        round,
        registration: asked.id,
        duplicates: proposed.value,
      };
      const registered = { household: kept.id, duplicates: proposed.value };
      return done(registered, { kind: "household", id: kept.id, facts });
    },
  });
}

/** A household that is there already asks to take part in another round or campaign. */
export async function registerAgain(
  needs: RegisterNeeds,
  person: Person,
  wish: { readonly household: string; readonly registration: RegistrationWish },
): Promise<Result<{ registration: string }, KeepProblem>> {
  return carryOut(needs, person, {
    find: async ({ register }) => ok(await register.household(wish.household)),
    right: (now, household) =>
      rightTo(now, "register.keep", household && subjectOfHousehold(household)),
    work: async ({ stores, found: household, at, today }) => {
      const { register } = stores;
      if (!household) return no({ code: "register.unknown" });
      if (household.erasedAt !== null) return no({ code: "register.erased" });
      const read = readRegistration(wish.registration, today);
      if (!read.ok) return read;
      const { campaign, round } = read.value;
      const commune = household.communes.at(-1) ?? household.commune;
      const wrong = await wrongCampaign(stores, campaign, commune, today, household.communes);
      if (wrong) return no({ code: "register.wrong", wrong: [wrong] });
      const before = await register.registrationsOf(household.id);
      if (before.some((one) => one.campaign === campaign && one.round === round)) {
        return no({ code: "register.registered-already" });
      }
      const id = needs.newId();
      await register.addRegistrations([
        {
          ...read.value,
          id,
          household: household.id,
          state: "open",
          registeredBy: person.id,
          registeredAt: at,
        },
      ]);
      const facts = { campaign, round, registration: id };
      return done({ registration: id }, { kind: "household", id: household.id, facts });
    },
  });
}

/** Correct what the register says of a household; names are compared anew. */
export async function correctHousehold(
  needs: RegisterNeeds,
  person: Person,
  wish: HouseholdWish & { readonly household: string; readonly version: number },
): Promise<Result<{ household: string; duplicates: number }, KeepProblem>> {
  const { newId } = needs;
  return carryOut(needs, person, {
    find: async ({ register }) => ok(await register.household(wish.household)),
    right: (now, household) =>
      rightTo(now, "register.keep", household && subjectOfHousehold(household)),
    work: async ({ stores, found: before, at, today }) => {
      if (!before) return no({ code: "register.unknown" });
      if (before.erasedAt !== null) return no({ code: "register.erased" });
      const read = readHousehold(wish, today);
      if (!read.ok) return read;
      if (before.version !== wish.version) return no({ code: "office.stale" });
      const sealed = await sealedOf(stores, read.value);
      if (!sealed.ok) return sealed;
      const kept: KeptHousehold = {
        ...sealed.value,
        id: before.id,
        commune: before.commune,
        communeFrom: before.communeFrom,
        version: before.version + 1,
        keptBy: person.id,
        keptAt: at,
      };
      if (!(await stores.register.change(kept))) return no({ code: "office.stale" });
      const compared = { ...kept, name: read.value.personal.name };
      const proposed = await proposeDuplicates(stores, [compared], { at, newId });
      if (!proposed.ok) return proposed;
      const { version, category } = kept;
      const facts = { corrected: true, version, category, duplicates: proposed.value };
      const corrected = { household: kept.id, duplicates: proposed.value };
      return done(corrected, { kind: "household", id: kept.id, facts });
    },
  });
}

/** What is kept of a household: the facts as they are, who it is sealed, and the marks by which it is found. */
export async function sealedOf(
  { sealed }: Pick<RegisterStores, "sealed">,
  { personal, ...facts }: HouseholdData,
): Promise<
  Result<
    Omit<KeptHousehold, "id" | "commune" | "communeFrom" | "version" | "keptBy" | "keptAt">,
    KeyProblem
  >
> {
  const text = await sealed.seal(JSON.stringify(personal));
  if (!text.ok) return text;
  const marks = await marksOf(sealed, personal);
  return marks.ok ? ok({ ...facts, ...marks.value, sealed: text.value }) : marks;
}

/** The commune of this code on a day. */
export async function communeNow(
  { places }: Pick<RegisterStores, "places">,
  code: string,
  day: Day,
): Promise<Unit | undefined> {
  const periods = await places.periods(code);
  return periods.find((unit) => unit.kind === "commune" && inForce(unit, day));
}

/** A campaign is for the households of its own commune: as it is today, after whatever merger. */
export async function wrongCampaign(
  stores: RegisterStores,
  campaign: string,
  commune: string,
  day: Day,
  line: readonly string[] = [commune],
): Promise<RegisterFault | undefined> {
  const found = await campaignOn(stores, campaign, day);
  if (!found.ok) return { code: "register.no-campaign", field: "campaign" };
  return line.includes(found.value.commune.code)
    ? undefined
    : { code: "register.other-commune", field: "campaign" };
}

function readBoth(
  wish: HouseholdWish & { readonly registration: RegistrationWish },
  today: Day,
): Result<
  {
    household: HouseholdData;
    registration: Pick<Registration, "campaign" | "round" | "channel" | "onDay" | "earlierSupport">;
  },
  { code: "register.wrong"; wrong: readonly RegisterFault[] }
> {
  const household = readHousehold(wish, today);
  const registration = readRegistration(wish.registration, today);
  if (household.ok && registration.ok) {
    return ok({ household: household.value, registration: registration.value });
  }
  return no({
    code: "register.wrong",
    wrong: [household, registration].flatMap((read) => (read.ok ? [] : read.problem.wrong)),
  });
}
