import type { StagedFile } from "#app/domain/files/office-file.ts";
import type { ListLine, ListTotals, ListVersion } from "#app/domain/lists/list-version.ts";
import type { Notice } from "#app/domain/lists/notice.ts";
import type { Opinion } from "#app/domain/lists/opinion.ts";
import type { ListCampaign } from "#app/domain/lists/ports.ts";
import type { Typed } from "#app/ui/forms/draft-form.ts";
import type { RefusedUpload } from "#app/ui/office/file-field.tsx";
import type { ToldProblem } from "#app/ui/problem-text.ts";

/** A list's page in the office, as its loader answers it. */
export interface DeskData {
  readonly list: string;
  readonly campaign: ListCampaign;
  readonly version: ListVersion;
  /** The version that is worked at. */
  readonly open: Pick<ListVersion, "version" | "state"> | null;
  readonly versions: readonly Pick<ListVersion, "version" | "state" | "reason" | "decidedOn">[];
  readonly lines: readonly (Omit<ListLine, "registration"> & { readonly name: string | null })[];
  readonly totals: ListTotals;
  readonly opinions: readonly (Omit<Opinion, "saidBy" | "organisation"> & {
    readonly organisation: { readonly vi: string; readonly en: string };
  })[];
  readonly notices: readonly Notice[];
  /** Photos that nobody has shown yet. */
  readonly held: readonly string[];
  readonly can: Readonly<
    Record<"compile" | "opine" | "decide" | "compiledIt" | "sheet" | "post" | "confirm", boolean>
  >;
  readonly mayName: boolean;
  readonly keyLost: boolean;
  readonly today: string;
  readonly done: string | null;
  readonly key: string;
}

/** A form of the page that was refused. */
export interface DeskSent {
  readonly intent: string;
  readonly typed: Typed;
  readonly problem: ToldProblem | null;
  readonly kept: readonly StagedFile[];
  readonly refused: readonly (RefusedUpload & { readonly field: string })[];
}
