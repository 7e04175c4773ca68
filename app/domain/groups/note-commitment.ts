import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import { type Day, dayOf } from "../kernel/calendar.ts";
import { must, no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { type AuditFacts, noteOf } from "../people/audit.ts";
import { mayNow } from "../people/may-now.ts";
import type { MayProblem, Person } from "../people/may.ts";
import type { Grant } from "../people/role.ts";
import { subjectOfGroup } from "./draft-group.ts";
import {
  type Founding,
  type FoundingList,
  type GroupDesk,
  type GroupStores,
  TRAINING_TOPICS,
} from "./ports.ts";

/** Languages in which a commitment is explained. */
export const COMMITMENT_LANGUAGES = [
  "vi",
  "co-tu",
  "xo-dang",
  "gie-trieng",
  "cor",
  "other",
] as const;
/** The wording that is signed now. */
export const COMMITMENT_TEXT = "2026-1";

/** A household's commitment, on paper. */
export interface CommitmentNote {
  readonly group: string;
  /** Codes of the households that signed it. */
  readonly households: readonly string[];
  readonly on: Day;
  readonly language: string;
  readonly papers: readonly PreparedFile[];
}

/** A training that was given. */
export interface TrainingNote {
  readonly group: string;
  readonly topic: string;
  readonly on: Day;
  /** Body of the trainer. */
  readonly trainer: string;
  /** Households. */
  readonly present: number;
}

export type NoteProblem =
  | MayProblem
  | { readonly code: "group.unknown" }
  | { readonly code: "group.not-decided" }
  | { readonly code: "group.wrong-day" }
  | { readonly code: "group.no-paper" }
  | { readonly code: "commitment.no-household" }
  | { readonly code: "commitment.there"; readonly line: string }
  | { readonly code: "commitment.no-language" }
  | { readonly code: "training.no-topic" }
  | { readonly code: "training.no-trainer" }
  | { readonly code: "training.present"; readonly most: number };

interface Moment {
  readonly stores: GroupStores;
  readonly founding: Founding;
  readonly list: FoundingList;
  readonly grant: Grant;
}

/** Note that households signed their commitment, with the paper. */
export function noteCommitment(
  desk: Pick<GroupDesk, "official" | "now">,
  person: Person,
  note: CommitmentNote,
): Promise<Result<{ readonly households: number }, NoteProblem>> {
  const at = desk.now();
  return noting(desk, person, note, async ({ stores, founding, list, grant }) => {
    const { households } = note;
    if (households.length === 0 || !households.every((one) => founding.members.includes(one))) {
      return no({ code: "commitment.no-household" });
    }
    for (const line of households) {
      if (await stores.groups.committed(line)) return no({ code: "commitment.there", line });
    }
    const language = COMMITMENT_LANGUAGES.find((one) => one === note.language);
    if (language === undefined) return no({ code: "commitment.no-language" });
    if (note.papers.length === 0) return no({ code: "group.no-paper" });
    const { communes, district } = list;
    const filed = { kind: "group", id: founding.groupId, communes, district, twin: null } as const;
    const [paper] = must(await keepFiles(stores, person, note.papers, filed, at));
    for (const household of new Set(households)) {
      await stores.groups.commit({
        household,
        onDay: note.on,
        paper: paper?.id ?? "",
        textVersion: COMMITMENT_TEXT,
        language,
        notedBy: person.id,
        notedAt: at,
      });
    }
    await tell(stores, person, grant, founding, { households: households.length, language });
    return ok({ households: households.length });
  });
}

const LONGEST_TRAINER = 160;

/** Note a training before the hand-over. */
export function noteTraining(
  desk: Pick<GroupDesk, "official" | "now">,
  person: Person,
  note: TrainingNote,
): Promise<Result<{ readonly n: number }, NoteProblem>> {
  const at = desk.now();
  return noting(desk, person, note, async ({ stores, founding, grant }) => {
    const topic = TRAINING_TOPICS.find((one) => one === note.topic);
    if (topic === undefined) return no({ code: "training.no-topic" });
    const trainer = tidy(note.trainer);
    if (trainer === "" || trainer.length > LONGEST_TRAINER) {
      return no({ code: "training.no-trainer" });
    }
    const most = founding.members.length;
    if (!Number.isInteger(note.present) || note.present < 1 || note.present > most) {
      return no({ code: "training.present", most });
    }
    const { on: onDay, present } = note;
    const n = await stores.groups.train({
      groupId: founding.groupId,
      topic,
      onDay,
      trainer,
      present,
      notedBy: person.id,
      notedAt: at,
    });
    await tell(stores, person, grant, founding, { topic, present, n });
    return ok({ n });
  });
}

/** What both notes share: the group is founded, the person may, the day has come. */
function noting<Value>(
  { official, now }: Pick<GroupDesk, "official" | "now">,
  person: Person,
  { group, on }: { readonly group: string; readonly on: Day },
  note: (moment: Moment) => Promise<Result<Value, NoteProblem>>,
): Promise<Result<Value, NoteProblem>> {
  const today = dayOf(now());
  return official.write<Result<Value, NoteProblem>>(async (stores) => {
    const founding = await stores.groups.find(group);
    const list = founding && (await stores.groups.list(founding.list));
    const subject = list && subjectOfGroup(list);
    const permitted = await mayNow(stores.people, person, "commitment.record", subject, today);
    if (!permitted.ok) return permitted;
    if (!founding || !list) return no({ code: "group.unknown" });
    if (founding.state !== "decided") return no({ code: "group.not-decided" });
    if (on > today || on < list.decidedOn) return no({ code: "group.wrong-day" });
    return note({ stores, founding, list, grant: permitted.value });
  });
}

async function tell(
  { audit }: Pick<GroupStores, "audit">,
  person: Person,
  grant: Grant,
  { groupId }: Founding,
  facts: AuditFacts,
): Promise<void> {
  await audit.add(
    noteOf(person, grant, "commitment.record", { kind: "group", id: groupId }, facts),
  );
}
