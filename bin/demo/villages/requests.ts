import { must } from "#app/domain/kernel/result.ts";
import { closeRegistration } from "#app/domain/register/close-registration.ts";
import { keepConsent } from "#app/domain/register/consent.ts";
import { judgeDuplicate } from "#app/domain/register/duplicates.ts";
import { beginRegisterImport, mapRegisterImport } from "#app/domain/register/import-desk.ts";
import { takeImport } from "#app/domain/register/take-import.ts";
import type { HouseholdWish } from "#app/domain/register/household.ts";
import { registerHousehold } from "#app/domain/register/keep-household.ts";
import { SITE_QUESTIONS } from "#app/domain/register/matters.ts";
import { recordSiteCheck } from "#app/domain/register/site-check.ts";

import { HOURS, type Asked, type Offices, type Road, type Village } from "./road.ts";
import { STEPS } from "./road-plan.ts";

/** Households beyond the places of a village: they are voted for as reserves. */
const SPARE = 1;

/** Households ask to take part, are visited, and some let their name be shown. */
export function scheduleRequests(road: Road): void {
  const { villages, plan } = road;
  // A first list is long: the commune hands in the spreadsheet it keeps. Later ones come household by household.
  if (plan.round === 1) road.on(0, HOURS.morning, () => readIn(road));
  for (const village of villages) {
    if (plan.round > 1) road.on(village.n - 1, HOURS.morning, () => ask(road, village));
    road.on(STEPS.visits + village.n - 1, HOURS.morning, () => visit(road, village));
  }
  if (road.tells("duplicate-allowed") || road.tells("duplicate-refused")) {
    road.on(STEPS.visits - 1, HOURS.noon, () => twice(road));
  }
}

const HEADINGS = [
  "STT",
  "Họ và tên chủ hộ",
  "Thôn",
  "Đối tượng",
  "Số quyết định",
  "Ngày quyết định",
];
const CATEGORY_WORDS = {
  poor: "Hộ nghèo",
  near_poor: "Hộ cận nghèo",
  escaped: "Hộ mới thoát nghèo",
  other: "Hộ khác",
} as const;

/** The commune's own sheet of all villages is read in, looked at and confirmed. */
async function readIn(road: Road): Promise<void> {
  const { unit, clerk } = await road.offices();
  const { services } = road.stage;
  const rows = road.villages.flatMap((village) =>
    Array.from({ length: village.places + SPARE }, (_, n) => {
      const name = road.stage.headNames.next(road.chance, road.district);
      const wish = wishOf(road, village, name, n === 0);
      return [
        wish.name,
        wish.village,
        CATEGORY_WORDS[wish.category as keyof typeof CATEGORY_WORDS],
        wish.categoryDecision,
        wish.categoryOn,
      ];
    }),
  );
  const sheet = [HEADINGS, ...rows.map((row, n) => [String(n + 1), ...row])]
    .map((row) => row.join(","))
    .join("\n");
  const begun = must(
    await beginRegisterImport(services, clerk, {
      commune: unit.code,
      campaign: road.campaign.id,
      round: String(road.plan.round),
      fileName: "danh-sach-ho.csv",
      bytes: new TextEncoder().encode(sheet),
      format: "csv",
    }),
  );
  const mapped = must(await mapRegisterImport(services, clerk, begun.id, begun.mapping));
  if (mapped.counts["new"] !== rows.length) {
    throw new Error(`${road.list} reads in as ${JSON.stringify(mapped.counts)}`);
  }
  must(await takeImport(services, clerk, begun.id));
  const asked = await candidatesOf(road);
  for (const village of road.villages) {
    const own = asked.filter((one) => one.village === village.name);
    // Whoever is none of the poor ones can be on the list as its leader alone.
    village.asked = own.toSorted(
      (a, b) => Number(b.category === "other") - Number(a.category === "other"),
    );
  }
}

async function ask(road: Road, village: Village): Promise<void> {
  const offices = await road.offices();
  const households: string[] = [];
  for (let n = 0; n < village.places + SPARE; n += 1) {
    const name = road.stage.headNames.next(road.chance, road.district);
    households.push(await register(road, offices, wishOf(road, village, name, n === 0)));
  }
  village.asked = await requestsOf(road, households);
}

async function register(
  road: Road,
  { unit, clerk }: Offices,
  wish: HouseholdWish,
): Promise<string> {
  const { services } = road.stage;
  const registered = await registerHousehold(services, clerk, {
    ...wish,
    key: services.newId(),
    commune: unit.code,
    registration: {
      campaign: road.campaign.id,
      round: String(road.plan.round),
      channel: road.chance.weighted([
        ["paper", 5],
        ["meeting", 3],
        ["office", 2],
      ]),
      onDay: road.today(),
      earlierSupport: "none",
    },
  });
  return must(registered).household;
}

function candidatesOf({ campaign, plan, stage }: Road) {
  return stage.services.register.candidates(campaign.id, plan.round);
}

/** The requests of these households, in their order. */
async function requestsOf(road: Road, households: readonly string[]): Promise<Asked[]> {
  const found = await candidatesOf(road);
  const byHousehold = new Map(found.map((one) => [one.household, one.registration]));
  return households.map((household) => ({
    household,
    registration: byHousehold.get(household) ?? "",
  }));
}

function wishOf(road: Road, village: Village, name: string, leader: boolean): HouseholdWish {
  const { chance } = road;
  const category = leader
    ? chance.weighted([
        ["other", 6],
        ["escaped", 4],
      ])
    : chance.weighted([
        ["poor", 55],
        ["near_poor", 31],
        ["escaped", 14],
      ]);
  const year = Number(road.plan.begins.slice(0, 4)) - 1;
  return {
    name,
    phone: "",
    book: "",
    village: village.name,
    category,
    categoryDecision: `${chance.whole(20, 90)}/QĐ-UBND`,
    categoryOn: `${year}-12-${chance.whole(10, 28)}`,
    members: [],
    ethnicGroup: "",
    selfName: "",
    ethnicConsent: false,
    labour: String(chance.whole(1, 4)),
    land: String(chance.whole(4, 60) * 100),
    grass: true,
    barn: chance.happens(0.7),
  };
}

async function visit(road: Road, village: Village): Promise<void> {
  const { clerk } = await road.offices();
  const { services } = road.stage;
  for (const { registration } of village.asked) {
    const answers = Object.fromEntries(SITE_QUESTIONS.map((question) => [question, "yes"]));
    must(
      await recordSiteCheck(services, clerk, {
        registration,
        onDay: road.today(),
        present: ["commune", "village", "front", "household"],
        answers: { ...answers, "has-barn": road.chance.happens(0.7) ? "yes" : "no" },
        fit: "yes",
      }),
    );
  }
  for (const { household } of village.asked) {
    if (road.chance.happens(0.08)) await consent(road, household);
  }
  const [, second] = village.asked;
  if (!road.tells("consent-withdrawn") || village.n !== 1 || !second) return;
  await consent(road, second.household);
  road.on(STEPS.trained + 60, HOURS.noon, () => withdraw(road, second.household));
}

/** A household lets its name be shown; asked once at most. */
async function consent(road: Road, household: string): Promise<void> {
  const { clerk } = await road.offices();
  const { services, papers } = road.stage;
  const before = await services.register.consents(household);
  if (before.length > 0) return;
  const proof = await papers.scan("minutes", "dong-y-hien-ten", "Consent to show a name");
  const wish = {
    household,
    kind: "name",
    given: true,
    onDay: road.today(),
    channel: "signed",
    language: "vi",
  };
  must(await keepConsent(services, clerk, wish, [proof]));
}

async function withdraw(road: Road, household: string): Promise<void> {
  const { clerk } = await road.offices();
  const wish = {
    household,
    kind: "name",
    given: false,
    onDay: road.today(),
    channel: "spoken",
    language: "vi",
  };
  must(await keepConsent(road.stage.services, clerk, wish, []));
}

/** A second request under a name that is there: of a household that split off, or of the same one spelled otherwise. */
async function twice(road: Road): Promise<void> {
  const [village] = road.villages;
  if (!village) return;
  const offices = await road.offices();
  const allowed = road.tells("duplicate-allowed");
  const name = road.stage.headNames.next(road.chance, road.district);
  const first = await register(road, offices, wishOf(road, village, name, false));
  const spelled = allowed ? name : withoutAccents(name);
  const second = await register(road, offices, wishOf(road, village, spelled, false));
  village.asked = [...village.asked, ...(await requestsOf(road, [first, second]))];
  const checks = await road.stage.official.write(({ register: kept }) => kept.checksOf([second]));
  for (const { id, decision } of checks) {
    if (decision !== null) continue;
    const judged = allowed
      ? { check: id, decision: "allowed", reason: "split-household" }
      : { check: id, decision: "same", reason: "spelled-otherwise" };
    must(await judgeDuplicate(road.stage.services, offices.leader, judged));
  }
}

/** As lists are typed that know no accents. */
function withoutAccents(name: string): string {
  return name.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");
}

/** A household that was elected declines what it was elected for. */
export async function decline(road: Road, registration: string): Promise<void> {
  const { clerk } = await road.offices();
  must(await closeRegistration(road.stage.services, clerk, { registration, state: "declined" }));
}
