import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import { must, no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import type { AuditFacts } from "../people/audit.ts";
import { carryOut, type Done, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
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
const COMMITMENT_TEXT = "2026-1";

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

interface AtGroup {
  readonly stores: GroupStores;
  readonly founding: Founding;
  readonly list: FoundingList;
  readonly at: Seconds;
}

/** Note that households signed their commitment, with the paper. */
export function noteCommitment(
  desk: Pick<GroupDesk, "official" | "now">,
  person: Person,
  note: CommitmentNote,
): Promise<Result<{ readonly households: number }, NoteProblem>> {
  return noting(desk, person, note, async ({ stores, founding, list, at }) => {
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
    const signed = { households: households.length };
    return told(founding, signed, { ...signed, language });
  });
}

const LONGEST_TRAINER = 160;

/** Note a training before the hand-over. */
export function noteTraining(
  desk: Pick<GroupDesk, "official" | "now">,
  person: Person,
  note: TrainingNote,
): Promise<Result<{ readonly n: number }, NoteProblem>> {
  return noting(desk, person, note, async ({ stores, founding, at }) => {
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
    return told(founding, { n }, { topic, present, n });
  });
}

/** What both notes share: the group is founded, the person may, the day has come. */
function noting<Value>(
  desk: Pick<GroupDesk, "official" | "now">,
  asking: Person,
  { group, on }: { readonly group: string; readonly on: Day },
  note: (at: AtGroup) => Promise<Result<Done<Value>, NoteProblem>>,
): Promise<Result<Value, NoteProblem>> {
  return carryOut<GroupStores, Found, Result<Done<Value>, NoteProblem>>(desk, asking, {
    find: async ({ groups }) => {
      const founding = await groups.find(group);
      return ok({ founding, list: founding && (await groups.list(founding.list)) });
    },
    right: (now, { list }) => rightTo(now, "commitment.record", list && subjectOfGroup(list)),
    work: async ({ stores, found: { founding, list }, at, today }) => {
      if (!founding || !list) return no({ code: "group.unknown" });
      if (founding.state !== "decided") return no({ code: "group.not-decided" });
      if (on > today || on < list.decidedOn) return no({ code: "group.wrong-day" });
      return note({ stores, founding, list, at });
    },
  });
}

type Found = Result<
  { readonly founding: Founding | undefined; readonly list: FoundingList | undefined },
  never
>;

function told<Value>({ groupId }: Founding, value: Value, facts: AuditFacts) {
  return done(value, { kind: "group", id: groupId, facts });
}
