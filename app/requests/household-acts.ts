import { data } from "react-router";

import { addingFiles } from "#app/domain/files/add-files.ts";
import type { Person } from "#app/domain/people/may.ts";
import { closeRegistration } from "#app/domain/register/close-registration.ts";
import { keepConsent } from "#app/domain/register/consent.ts";
import type { RegisterFault } from "#app/domain/register/household.ts";
import { correctHousehold, registerAgain } from "#app/domain/register/keep-household.ts";
import { SITE_QUESTIONS } from "#app/domain/register/matters.ts";
import {
  answerRequest,
  decideErasure,
  finishRequest,
  noteRequest,
} from "#app/domain/register/request.ts";
import { recordSiteCheck } from "#app/domain/register/site-check.ts";
import type { Services } from "#app/domain/services.ts";

import { fieldOf } from "./read-form.ts";
import type { Upload } from "./read-upload.ts";
import { householdWish, registrationWish } from "./register-form.ts";

/** What a form of a household's page came to: a problem is told at its field. */
export type HouseholdDone =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly problem: {
        readonly code: string;
        readonly field?: string;
        readonly wrong?: readonly RegisterFault[];
      };
    };

/** Forms of a household's page. */
export type HouseholdForm =
  | "correct"
  | "again"
  | "visit"
  | "close"
  | "consent"
  | "note-request"
  | "answer-request"
  | "finish-request"
  | "decide-erasure";

/** Do what a form of a household's page asks: one verb each. */
export async function doHouseholdForm(
  services: Services,
  person: Person,
  form: { readonly intent: HouseholdForm; readonly household: string; readonly upload: Upload },
): Promise<HouseholdDone> {
  const { fields, files } = form.upload;
  const { household } = form;
  const text = (name: string, most = 200) => fieldOf(fields, name, most);
  switch (form.intent) {
    case "correct":
      return correctHousehold(services, person, {
        ...householdWish(fields),
        household,
        version: /^\d{1,9}$/.test(text("version")) ? Number(text("version")) : 0,
      });
    case "again":
      return registerAgain(services, person, { household, registration: registrationWish(fields) });
    case "visit":
      return recordSiteCheck(services, person, {
        registration: text("registration"),
        onDay: text("visitDay"),
        present: fields.getAll("present").filter((one) => typeof one === "string"),
        answers: Object.fromEntries(SITE_QUESTIONS.map((one) => [one, text(one)])),
        fit: text("fit"),
      });
    case "close":
      return closeRegistration(services, person, {
        registration: text("registration"),
        state: text("state"),
      });
    case "consent": {
      const given = text("given") === "yes";
      return addingFiles(services, files, (proof) =>
        keepConsent(
          services,
          person,
          {
            household,
            kind: text("kind"),
            given,
            onDay: text("consentDay"),
            channel: text("consentChannel"),
            language: text("language"),
          },
          proof,
        ),
      );
    }
    case "note-request":
      return noteRequest(services, person, {
        household,
        kind: text("requestKind"),
        channel: text("requestChannel"),
        receivedOn: text("receivedOn"),
        text: text("text", 4_000),
      });
    case "answer-request":
      return answerRequest(services, person, text("request"));
    case "finish-request":
      return finishRequest(services, person, {
        request: text("request"),
        outcome: text("outcome"),
      });
    case "decide-erasure":
      return decideErasure(services, person, {
        request: text("request"),
        outcome: text("outcome"),
      });
    default:
      throw data({ code: "form.broken" }, { status: 400 });
  }
}
