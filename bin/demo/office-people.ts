import { createHmac } from "node:crypto";

import { dayOf, type Seconds } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { Writing } from "#app/domain/acts/act.ts";
import type { OfficeStores } from "#app/domain/office-stores.ts";
import { decideRole } from "#app/domain/people/decide-role.ts";
import { FIRST_ROLES, firstGrant } from "#app/domain/people/first-grant.ts";
import type { Person } from "#app/domain/people/may.ts";
import { proposeRole } from "#app/domain/people/propose-role.ts";
import type { Role } from "#app/domain/people/role.ts";

import { COMMITTEE_AFTER, communeCommittee } from "#db/seeds/organisations.ts";
import { MERGER } from "#db/seeds/places.ts";

import { frontOf, keepBody, unionOf } from "./villages/bodies.ts";

/** Printed seed of every password and authenticator secret below: they protect nothing. */
const DEMO_SEED = "ket-nghia-demonstration-2026";

/** Communes with campaigns under way: Trà Giáp (two campaigns) and Trà Tập, as they are since 2025. */
export const DEMO_COMMUNES = ["20929", "20941"] as const;
/** Twins of those campaigns. */
const DEMO_TWINS = [
  "so-tai-chinh-da-nang",
  "so-khoa-hoc-da-nang",
  "so-nong-nghiep-da-nang",
] as const;
/** An invented official. */
export interface OfficePerson {
  /** `demo-<role>[-<place or twin>]` */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly organisation: string;
  readonly place: string | null;
}

const person = (
  name: string,
  role: Role,
  organisation: string,
  rest: { suffix?: string; place?: string } = {},
): OfficePerson => ({
  id: rest.suffix === undefined ? `demo-${role}` : `demo-${role}-${rest.suffix}`,
  name,
  role,
  organisation,
  place: rest.place ?? null,
});

const inCommune = (commune: string, role: Role, name: string) =>
  person(name, role, communeCommittee(commune, MERGER), { suffix: commune, place: commune });

/** Those communes as bodies beside their committees name them. */
const DEMO_PLACES = [
  { code: DEMO_COMMUNES[0], name: "Trà Giáp", validFrom: MERGER, validTo: null },
  { code: DEMO_COMMUNES[1], name: "Trà Tập", validFrom: MERGER, validTo: null },
] as const;

const beside = (
  place: (typeof DEMO_PLACES)[number],
  role: "front-officer" | "union-officer",
  name: string,
) =>
  person(name, role, (role === "front-officer" ? frontOf : unionOf)(place).id, {
    suffix: place.code,
    place: place.code,
  });

/** One person for each role, and for each place where it matters which. Names are invented. */
export const OFFICE_PEOPLE: readonly OfficePerson[] = [
  person("Trần Thị Minh Khuê", "administrator", COMMITTEE_AFTER),
  person("Nguyễn Hữu Trác", "committee-leader", COMMITTEE_AFTER),
  person("Zơrâm Thị Bhướp", "committee-leader", COMMITTEE_AFTER, { suffix: "deputy" }),
  person("Lê Quang Thiều", "committee-officer", COMMITTEE_AFTER),
  person("Phan Thị Hoài Ân", "committee-accountant", COMMITTEE_AFTER),
  inCommune("20929", "commune-clerk", "Hồ Thị Xuân Lam"),
  inCommune("20929", "commune-leader", "Đinh Văn Trường Giang"),
  inCommune("20929", "commune-accountant", "Hồ Văn Thuận Phong"),
  inCommune("20941", "commune-clerk", "Nguyễn Thị Sông Trà"),
  inCommune("20941", "commune-leader", "Hồ Văn Lâm Viên"),
  inCommune("20941", "commune-accountant", "Đinh Thị Thu Nguyệt"),
  beside(DEMO_PLACES[0], "front-officer", "Hồ Thị Mỹ Sương"),
  beside(DEMO_PLACES[1], "front-officer", "Đinh Văn Phước Sơn"),
  beside(DEMO_PLACES[0], "union-officer", "Hồ Thị Thanh Đào"),
  beside(DEMO_PLACES[1], "union-officer", "Nguyễn Thị Trà Mi"),
  person("Bùi Thanh Nguyên Vũ", "district-officer", COMMITTEE_AFTER, { place: "516" }),
  person("Lê Thị Hồng Duyên", "district-officer", COMMITTEE_AFTER, { suffix: "515", place: "515" }),
  person("Võ Thị Kim Thoa", "twin-officer", DEMO_TWINS[0], { suffix: DEMO_TWINS[0] }),
  person("Đặng Công Triết", "twin-officer", DEMO_TWINS[1], { suffix: DEMO_TWINS[1] }),
  person("Huỳnh Thị Mai Lĩnh", "twin-officer", DEMO_TWINS[2], { suffix: DEMO_TWINS[2] }),
  person("Đoàn Ngọc Kiểm", "finance-inspector", "so-tai-chinh-da-nang"),
];

/** How an invented official signs in. */
export interface DemoSignIn {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly email: string;
  readonly password: string;
  /** Of the authenticator app, base32. */
  readonly secret: string;
}

/** The sign-in of an invented official: the same on every machine. */
export function demoSignIn({ id, name, role }: OfficePerson): DemoSignIn {
  const signs = (purpose: string, count: number) =>
    [...createHmac("sha256", DEMO_SEED).update(`${purpose} ${id}`).digest()]
      .slice(0, count)
      .map((byte) => "abcdefghijklmnopqrstuvwxyz234567".charAt(byte % 32))
      .join("");
  return {
    id,
    name,
    role,
    email: `${id.replace(/^demo-/, "")}@demo.ketnghia.example`,
    password: signs("password", 16).replace(/(.{4})(?=.)/g, "$1-"),
    secret: signs("totp", 32).toUpperCase(),
  };
}

/** What the office's people are made through. */
export interface PeopleTools {
  readonly official: Writing<OfficeStores>;
  now(): Seconds;
  /** Keep accounts with passwords and confirmed second factors; whoever is there stays as they are. */
  storeAccounts(people: readonly DemoSignIn[]): Promise<void>;
}

/** Make the office's people and give them their roles, proposed by one and approved by another. Twice is once. */
export async function peopleTheOffice(tools: PeopleTools): Promise<void> {
  await tools.storeAccounts(OFFICE_PEOPLE.map(demoSignIn));
  const [administrator, leader, ...others] = OFFICE_PEOPLE;
  if (!administrator || !leader) throw new Error("nobody to begin with");
  for (const one of [administrator, leader]) await grantFirst(tools, one);
  const proposing = await demoPerson(tools, administrator.id);
  const deciding = await demoPerson(tools, leader.id);
  for (const place of DEMO_PLACES) {
    for (const body of [frontOf(place), unionOf(place)]) {
      await keepBody(tools, proposing, place, body);
    }
  }
  for (const one of others) {
    const held = await tools.official.write(({ people }) => people.grant(grantIdOf(one)));
    if (held) continue;
    const { id, role, organisation, place } = one;
    const wish = { person: id, role, organisation, place, from: MERGER, to: null };
    const { grant } = must(await proposeRole(tools, proposing, grantIdOf(one), wish));
    must(await decideRole(tools, deciding, grant, 1, "approved"));
  }
}

async function grantFirst(tools: PeopleTools, one: OfficePerson): Promise<void> {
  const held = await tools.official.write(({ people }) => people.grant(grantIdOf(one)));
  if (held) return;
  const role = FIRST_ROLES.find((first) => first === one.role);
  if (role === undefined) throw new Error(`${one.id} cannot be the first`);
  const { id: person, organisation } = one;
  must(
    await firstGrant(tools, {
      id: grantIdOf(one),
      person,
      role,
      organisation,
      from: MERGER,
      recovery: undefined,
    }),
  );
}

function grantIdOf({ id }: OfficePerson): string {
  return `${id}-grant`;
}

/** An invented official as the verbs of the office take them, signed in with both factors. */
export async function demoPerson(
  { official, now }: Pick<PeopleTools, "official" | "now">,
  id: string,
): Promise<Person> {
  const name = OFFICE_PEOPLE.find((one) => one.id === id)?.name;
  if (name === undefined) throw new Error(`no demonstration person ${id}`);
  const grants = await official.write(({ people }) => people.grantsOf(id, dayOf(now())));
  return { id, name, grants, secondFactor: true };
}
