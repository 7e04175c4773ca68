import { no, ok, type Result } from "../kernel/result.ts";
import type { Person } from "../people/may.ts";
import type { Grant } from "../people/role.ts";
import { noteLook } from "../register/note-look.ts";
import type { KeyProblem } from "../register/personal-data.ts";
import type { ObjectionLooking } from "./ports.ts";

/** What was written, and how to reach who wrote it; empty where nothing was. */
export interface OpenedWords {
  readonly text: string;
  readonly contact: string;
}

/** Open what is sealed, for somebody who stands at its door: a line in the trail first, then the words. */
export async function lookAtWords(
  { objections, sealed, audit }: ObjectionLooking,
  { person, grant }: { readonly person: Person; readonly grant: Grant },
  code: string,
): Promise<Result<OpenedWords, KeyProblem | { readonly code: "objection.unknown" }>> {
  const words = await objections.words(code);
  if (!words) return no({ code: "objection.unknown" });
  const look = { person, grant, act: "objection.read", purpose: "objection" } as const;
  await noteLook(audit, look, { kind: "objection", id: code });
  const text = await sealed.open(words.sealedText);
  if (!text.ok) return text;
  if (words.sealedContact === null) return ok({ text: text.value, contact: "" });
  const contact = await sealed.open(words.sealedContact);
  return contact.ok ? ok({ text: text.value, contact: contact.value }) : contact;
}
