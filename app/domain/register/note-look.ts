import { type AuditFacts, type AuditTrail, noteOf } from "../people/audit.ts";
import type { Look } from "./personal-data.ts";

/**
 * A look at what is kept shut. Nothing is changed by it, so no verb is carried out: whoever stands at the door has been asked by
 * what right, and its line stands in the trail before anything is opened.
 */
export function noteLook(
  audit: AuditTrail,
  { person, grant, act, purpose }: Look,
  of: { readonly kind: string; readonly id: string },
  facts: AuditFacts = { look: true },
): Promise<void> {
  return audit.add(noteOf(person, grant, act, of, { purpose, ...facts }));
}
