import type {
  HouseholdWish,
  RegisterFault,
  RegistrationWish,
} from "#app/domain/register/household.ts";
import type { KeptUpload, RefusedUpload } from "#app/ui/office/file-field.tsx";

/** A form of the household's page that was refused, as it comes back. */
export interface SentHousehold {
  readonly intent: string;
  /** Registration or request it was about; empty where there is one form only. */
  readonly about: string;
  readonly household: HouseholdWish;
  readonly registration: RegistrationWish;
  readonly key: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly kept: readonly KeptUpload[];
  readonly refused: readonly RefusedUpload[];
  readonly code: string;
  readonly field: string | null;
  readonly wrong: readonly RegisterFault[];
}

/** The same where it is this form's. */
export function mine(
  sent: SentHousehold | undefined,
  intent: string,
  about?: string,
): SentHousehold | undefined {
  if (sent?.intent !== intent) return undefined;
  return about === undefined || sent.about === about ? sent : undefined;
}
