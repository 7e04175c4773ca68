import { clockAt, dayAt } from "#app/i18n/formats.ts";

import { State, type Tone } from "./state.tsx";

/** One thing that was done. */
export interface Step {
  readonly id: string | number;
  /** UTC seconds */
  readonly at: number;
  readonly title: string;
  /** Who, and as what: `Nguyễn Thị A · Văn thư, UBND xã Trà Mai`. */
  readonly by: string;
  readonly note?: string | undefined;
  readonly tone?: Tone;
}

/** Who did what when, oldest first: the history of one matter. */
export function Steps({ steps, label }: { steps: readonly Step[]; label: string }) {
  return (
    <ol className="history" aria-label={label}>
      {steps.map((step) => (
        <li key={step.id} className={`history-${step.tone ?? "plain"}`}>
          <p className="history-title">{step.title}</p>
          <p className="history-by">
            {step.by} · <span className="num">{`${dayAt(step.at)} ${clockAt(step.at)}`}</span>
          </p>
          {step.note ? <p className="history-note">{step.note}</p> : null}
        </li>
      ))}
    </ol>
  );
}

/** A state with the steps that led to it, for the head of a page. */
export function StateLine({ tone, state, text }: { tone: Tone; state: string; text: string }) {
  return (
    <p className="state-line">
      <State tone={tone}>{state}</State> <span>{text}</span>
    </p>
  );
}
