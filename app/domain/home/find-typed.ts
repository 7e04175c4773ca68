import type { AnimalReading } from "../animals/animal-file.ts";
import type { Campaigns } from "../campaigns/ports.ts";
import type { DonationReading } from "../donations/ports.ts";
import type { ListReading } from "../lists/ports.ts";
import type { NoticeReading } from "../notices/ports.ts";
import type { ObjectionReading } from "../objections/ports.ts";
import { findByCode } from "../pledges/find-by-code.ts";
import type { Pledges } from "../pledges/ports.ts";
import type { HomeStore } from "./ports.ts";
import type { Wanted } from "./where-to.ts";

/** What stands behind something typed, as its page is addressed. */
export type TypedFound =
  | { readonly is: "donation" | "pledge"; readonly code: string }
  | { readonly is: "campaign"; readonly slug: string }
  | { readonly is: "objection"; readonly code: string }
  | { readonly is: "entry"; readonly entry: number }
  /** A list, and the household on it that was asked for. */
  | { readonly is: "notice"; readonly notice: string; readonly household: string | null }
  /** A version of a list; the look-up says whether it is in force. */
  | { readonly is: "checksum"; readonly checksum: string }
  | { readonly is: "animal"; readonly tag: string };

/** What can be looked up: all but words. */
export type Looked = Extract<
  Wanted,
  {
    readonly is: "code" | "objection" | "entry" | "household" | "list" | "checksum" | "label";
  }
>;

interface Reading {
  readonly pledges: Pick<Pledges, "page">;
  readonly donations: Pick<DonationReading, "standing" | "file">;
  readonly home: Pick<HomeStore, "head">;
  readonly notices: Pick<NoticeReading, "listsWith" | "file">;
  readonly lists: Pick<ListReading, "byId" | "byChecksum" | "lineAt">;
  readonly campaigns: Pick<Campaigns, "all">;
  readonly animals: Pick<AnimalReading, "file">;
  readonly objections: Pick<ObjectionReading, "published">;
}

/** Look it up; undefined when there is no such thing. */
export async function findTyped(reading: Reading, wanted: Looked): Promise<TypedFound | undefined> {
  switch (wanted.is) {
    case "code": {
      const found = await findByCode(reading, wanted.code);
      if (found === undefined || found.is === "campaign") return found;
      return { is: found.is, code: wanted.code };
    }
    case "objection":
      return (await reading.objections.published(wanted.code)) && wanted;
    case "entry": {
      const head = await reading.home.head();
      const there = wanted.number >= 1 && wanted.number <= (head?.entry ?? 0);
      return there ? { is: "entry", entry: wanted.number } : undefined;
    }
    case "household":
    case "list":
    case "checksum":
      return findList(reading, wanted);
    case "label": {
      const campaign = (await reading.campaigns.all()).find(({ id }) => id === wanted.code);
      if (campaign) return { is: "campaign", slug: campaign.slug };
      const file = await reading.animals.file(wanted.code);
      return file && { is: "animal", tag: file.animal.code };
    }
  }
}

/** A list, by its id, by a household on it, by its checksum: those decided here before those only supported. */
async function findList(
  { lists, notices }: Reading,
  wanted: Extract<Looked, { readonly is: "household" | "list" | "checksum" }>,
): Promise<TypedFound | undefined> {
  if (wanted.is === "checksum") {
    const found = await lists.byChecksum(wanted.checksum);
    return found && wanted;
  }
  if (wanted.is === "household") {
    const { code } = wanted;
    const list = (await lists.lineAt(code)) ?? (await notices.listsWith([code])).get(code);
    return list === undefined ? undefined : { is: "notice", notice: list, household: code };
  }
  const decided = await lists.byId(wanted.id);
  const list = decided === undefined ? (await notices.file(wanted.id))?.id : wanted.id;
  return list === undefined ? undefined : { is: "notice", notice: list, household: null };
}
