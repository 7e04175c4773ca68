import { addingFiles, type PreparedFile } from "#app/domain/files/add-files.ts";
import { own } from "#app/domain/kernel/own.ts";
import { readTypedDay } from "#app/domain/kernel/typed-day.ts";
import type { Result } from "#app/domain/kernel/result.ts";
import { changeLine, compileAgain, dropList, submitList } from "#app/domain/lists/compile-list.ts";
import { decideList, sendListBack } from "#app/domain/lists/decide-list.ts";
import {
  addProof,
  confirmNotice,
  endEarly,
  showProofs,
  takeDown,
} from "#app/domain/lists/end-notice.ts";
import { giveListOpinion } from "#app/domain/lists/give-list-opinion.ts";
import { beginAnew } from "#app/domain/lists/list-anew.ts";
import { postNotice } from "#app/domain/lists/post-notice.ts";
import type { MayProblem, Person } from "#app/domain/people/may.ts";
import type { Services } from "#app/domain/services.ts";

import { typedCount } from "./list-desk.ts";
import { filesIn, FORM_KEY, type Upload } from "./read-upload.ts";

/** One form of a list's page, as it was sent. */
export interface ListStep {
  readonly list: string;
  readonly intent: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly upload: Upload;
}

type Answer = Promise<Result<unknown, MayProblem | { code: string }>>;

/** Call the verb that a form of a list's page is for. */
export function doListStep(services: Services, person: Person, step: ListStep): Answer {
  const { list, typed, upload } = step;
  const text = (name: string) => own(typed, name) ?? "";
  const on = (name: string) => readTypedDay(text(name)) ?? "";
  const seen = {
    list,
    version: typedCount(text("version")),
    revision: typedCount(text("revision")),
  };
  const notice = text("notice");
  const last = (field: string) => filesIn(upload, field).slice(-1);
  switch (step.intent) {
    case "compile":
      return compileAgain(services, person, seen);
    case "line":
      return changeLine(services, person, {
        ...seen,
        code: text("code"),
        heads: typedCount(text("heads")),
        why: text("why"),
      });
    case "submit":
      return submitList(services, person, seen);
    case "drop":
      return dropList(services, person, seen);
    case "anew":
      return beginAnew(services, person, {
        list,
        version: seen.version,
        reason: text("reason"),
      });
    case "opine":
      return giveListOpinion(services, person, {
        ...seen,
        agrees: text("agrees"),
        text: text("text"),
      });
    case "send-back":
      return sendListBack(services, person, { ...seen, reason: text("reason") });
    case "decide":
      return addingFiles(services, last("paper"), (files) =>
        decideList(
          services,
          person,
          { ...seen, decisionNumber: text("number"), on: on("on") },
          files,
        ),
      );
    case "post":
      return addingFiles(services, last("upPhoto"), (files) =>
        postNotice(
          services,
          person,
          { key: text(FORM_KEY), list, version: seen.version, from: on("on") },
          files,
        ),
      );
    case "proof":
      return proof(services, person, step);
    case "down":
      return takeDown(services, person, { notice, on: on("on") });
    case "early":
      return endEarly(services, person, { notice, on: on("on"), outcome: text("outcome") });
    case "show":
      return showProofs(services, person, { notice, files: [text("file")] });
    default:
      return confirmNotice(services, person, { notice });
  }
}

const PROOFS = ["upPhoto", "downPhoto", "minutes"] as const;

function proof(services: Services, person: Person, { typed, upload }: ListStep): Answer {
  const staged = PROOFS.flatMap((field) => filesIn(upload, field).slice(-1));
  const loudspeakerDays = (own(typed, "loudspeaker") ?? "")
    .split(/[,;\s]+/)
    .filter((one) => one !== "")
    .map((one) => readTypedDay(one) ?? one);
  return addingFiles(services, staged, (files) => {
    const of = (field: string): PreparedFile | undefined =>
      files.find(({ staged: { field: own_ } }) => own_ === field);
    const [upPhoto, downPhoto, minutes] = PROOFS.map(of);
    return addProof(services, person, {
      notice: own(typed, "notice") ?? "",
      n: typedCount(own(typed, "place")),
      loudspeakerDays,
      files: {
        ...(upPhoto ? { upPhoto } : {}),
        ...(downPhoto ? { downPhoto } : {}),
        ...(minutes ? { minutes } : {}),
      },
    });
  });
}
