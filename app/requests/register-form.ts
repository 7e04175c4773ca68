import type { HouseholdWish, RegistrationWish } from "#app/domain/register/household.ts";

import { fieldOf } from "./read-form.ts";

/** Members that a form has fields for. */
const MEMBER_FIELDS = 6;

/** What a form says of a household. */
export function householdWish(form: FormData): HouseholdWish {
  const text = (name: string) => fieldOf(form, name, 200);
  return {
    name: text("name"),
    phone: text("phone"),
    book: text("book"),
    village: text("village"),
    category: text("category"),
    categoryDecision: text("categoryDecision"),
    categoryOn: text("categoryOn"),
    members: Array.from({ length: MEMBER_FIELDS }, (_, n) => ({
      name: text(`member-${n}`),
      relation: text(`member-${n}-relation`) || "other",
      birthYear: text(`member-${n}-year`).trim(),
    })),
    ethnicGroup: text("ethnicGroup"),
    selfName: text("selfName"),
    ethnicConsent: form.get("ethnicConsent") === "yes",
    labour: text("labour"),
    land: text("land"),
    grass: form.get("grass") === "yes",
    barn: form.get("barn") === "yes",
  };
}

/** What it says of its request to take part. */
export function registrationWish(form: FormData): RegistrationWish {
  const text = (name: string) => fieldOf(form, name, 60);
  return {
    campaign: text("campaign"),
    round: text("round").trim(),
    channel: text("channel"),
    onDay: text("onDay"),
    earlierSupport: text("earlierSupport"),
  };
}
