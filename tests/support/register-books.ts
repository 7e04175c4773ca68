/** Campaigns, people of their communes and the verbs of the register over a database. */
import { newId, randomHex } from "#app/adapters/randomness.ts";
import { sealingUnder } from "#app/adapters/sealed-texts.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { OfficeStores } from "#app/domain/office-stores.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { HouseholdWish, RegistrationWish } from "#app/domain/register/household.ts";
import { registerHousehold } from "#app/domain/register/keep-household.ts";
import type { Writing } from "#app/domain/acts/act.ts";
import type { Database } from "#db/client.ts";
import { officialWriting } from "#db/stores/acts.ts";

import { openOrderBooks, PEOPLE } from "./order-books.ts";

/** The day on which most of it happens, a Thursday. */
const REGISTER_DAY = "2024-05-02";
const at = (day: string) => Math.floor(Date.parse(`${day}T03:00:00Z`) / 1000);

/** A clerk of the commune that 20446 became. */
export const LATER_CLERK: Person = {
  ...PEOPLE.clerk,
  id: "laterClerk",
  grants: [{ ...PEOPLE.clerk.grants[0]!, id: "g-later", place: "20443" }],
};

/** What the register's verbs are called with; `day` is today and may be set. */
export interface RegisterBooks {
  day: string;
  readonly key: string;
  readonly services: {
    readonly official: Writing<OfficeStores>;
    readonly sha256: typeof sha256Hex;
    readonly randomHex: typeof randomHex;
    now(): number;
    newId(): string;
  };
}

/** Verbs over a migrated database with campaigns LD1 (20446) and LD2 (20455). */
export async function openRegister(db: Database): Promise<RegisterBooks> {
  await openOrderBooks(db);
  return registerOver(db);
}

/** The same over books that are there, under another key if one is given. */
export function registerOver(db: Database, key = "demo-register-key-of-tests"): RegisterBooks {
  const now = () => at(books.day);
  const official = officialWriting(db, {
    now,
    sha256: sha256Hex,
    randomHex,
    sealing: sealingUnder(key),
  });
  const known: readonly Person[] = [...Object.values(PEOPLE), LATER_CLERK];
  const books: RegisterBooks = {
    day: REGISTER_DAY,
    key,
    services: {
      now,
      newId,
      sha256: sha256Hex,
      randomHex,
      official: {
        write: (work) =>
          official.write((stores) =>
            work({
              ...stores,
              people: {
                ...stores.people,
                grantsOf: async (id) => [...(known.find((one) => one.id === id)?.grants ?? [])],
              },
            }),
          ),
      },
    },
  };
  return books;
}

/** A household as a clerk types it. */
export function household(name: string, more: Partial<HouseholdWish> = {}): HouseholdWish {
  return {
    name,
    phone: "",
    book: "",
    village: "Thôn Voòng",
    category: "poor",
    categoryDecision: "15/QĐ-UBND",
    categoryOn: "20/12/2023",
    members: [],
    ethnicGroup: "",
    selfName: "",
    ethnicConsent: false,
    labour: "2",
    land: "3.000",
    grass: true,
    barn: false,
    ...more,
  };
}

/** Its request, on paper, for the first round of LD1. */
export function request(more: Partial<RegistrationWish> = {}): RegistrationWish {
  return {
    campaign: "LD1",
    round: "1",
    channel: "paper",
    onDay: "02/05/2024",
    earlierSupport: "none",
    ...more,
  };
}

/** Register one; answers its id and what was proposed. */
export async function enrol(
  { services }: RegisterBooks,
  name: string,
  more: Partial<HouseholdWish> = {},
  place: { commune: string; campaign: string; who: Person } = {
    commune: "20446",
    campaign: "LD1",
    who: PEOPLE.clerk,
  },
) {
  return must(
    await registerHousehold(services, place.who, {
      ...household(name, more),
      key: newId(),
      commune: place.commune,
      registration: request({ campaign: place.campaign }),
    }),
  );
}
