import { Gauge, type Registry } from "prom-client";

import { HEALTH_PARTS, HEALTH_STATES, type HealthReport } from "#app/domain/health/report.ts";

/** One figure of the report; null where it is not known, which leaves it out. */
interface Figure {
  readonly name: string;
  readonly help: string;
  read(parts: HealthReport["parts"], report: HealthReport): number | null;
}

const FIGURES: readonly Figure[] = [
  {
    name: "ketnghia_health",
    help: "The site: 0 ok, 1 degraded, 2 failing",
    read: (_, { status }) => HEALTH_STATES.indexOf(status),
  },
  {
    name: "ketnghia_entries",
    help: "Entries in the ledger",
    read: ({ ledger }) => ledger.entries,
  },
  {
    name: "ketnghia_queue_length",
    help: "Gifts that wait for their number",
    read: ({ sequencer }) => sequencer.queue?.count ?? null,
  },
  {
    name: "ketnghia_queue_oldest_seconds",
    help: "Age of the oldest gift that waits for its number",
    read: ({ sequencer: { queue } }) => (queue ? (queue.oldestSeconds ?? 0) : null),
  },
  {
    name: "ketnghia_events_unanswered",
    help: "Kept events of gateways without an answer, among the newest",
    read: ({ events }) => events.unanswered?.count ?? null,
  },
  {
    name: "ketnghia_events_oldest_seconds",
    help: "Age of the oldest of them",
    read: ({ events: { unanswered } }) => (unanswered ? (unanswered.oldestSeconds ?? 0) : null),
  },
  {
    name: "ketnghia_attention_open",
    help: "Things that a person has to look at",
    read: ({ attention }) => attention.open?.count ?? null,
  },
  {
    name: "ketnghia_attention_oldest_seconds",
    help: "Age of the oldest of them",
    read: ({ attention: { open } }) => (open ? (open.oldestSeconds ?? 0) : null),
  },
  {
    name: "ketnghia_clock_ahead_seconds",
    help: "This process's clock less the database's",
    read: ({ clock }) => clock.aheadSeconds,
  },
  {
    name: "ketnghia_check_timestamp_seconds",
    help: "When the books were checked last, UTC",
    read: ({ checks }) => checks.last?.ranAt ?? null,
  },
  {
    name: "ketnghia_check_broken",
    help: "Checks of that run that found something",
    read: ({ checks }) => checks.last?.broken ?? null,
  },
  {
    name: "ketnghia_files_free_bytes",
    help: "Bytes free where the files are, in a folder",
    read: ({ files }) => files.freeBytes,
  },
  {
    name: "ketnghia_mail_reachable",
    help: "1 when the mail server took our sign-in, 0 when not",
    read: ({ mail: { letters } }) =>
      letters === null || letters.reachable === null ? null : Number(letters.reachable),
  },
  {
    name: "ketnghia_mail_sent_timestamp_seconds",
    help: "When a letter went out last, UTC",
    read: ({ mail }) => mail.letters?.sentAt ?? null,
  },
  {
    name: "ketnghia_mail_failed_timestamp_seconds",
    help: "When a letter could not be sent last, UTC",
    read: ({ mail }) => mail.letters?.failedAt ?? null,
  },
];

/** Figures of the site's health in a registry; the answer sets them to what a look found. */
export function healthFigures(registry: Registry): (report: HealthReport) => void {
  const registers = [registry];
  const figures = FIGURES.map(({ name, help, read }) => ({
    read,
    gauge: new Gauge({ name, help, registers }),
  }));
  const parts = new Gauge({
    name: "ketnghia_part",
    help: "A part of the site: 0 ok, 1 degraded, 2 failing",
    labelNames: ["part"],
    registers,
  });
  const numbering = new Gauge({
    name: "ketnghia_numbering",
    help: "1 for who gives gifts their numbers",
    labelNames: ["by"],
    registers,
  });
  const jobDone = new Gauge({
    name: "ketnghia_job_done_timestamp_seconds",
    help: "When a job ended well last, UTC",
    labelNames: ["job"],
    registers,
  });
  const jobState = new Gauge({
    name: "ketnghia_job",
    help: "A job: 0 ok, 1 failed or late",
    labelNames: ["job"],
    registers,
  });

  return (report) => {
    for (const { read, gauge } of figures) {
      const value = read(report.parts, report);
      gauge.reset();
      if (value === null) gauge.remove();
      else gauge.set(value);
    }
    for (const part of HEALTH_PARTS) {
      parts.set({ part }, HEALTH_STATES.indexOf(report.parts[part].status));
    }
    const { numbering: by } = report.parts.sequencer;
    for (const one of ["this", "another", "nobody", "unknown"] as const) {
      numbering.set({ by: one }, Number(one === by));
    }
    jobDone.reset();
    jobState.reset();
    for (const { name, doneAt, status } of report.parts.jobs.runs ?? []) {
      if (doneAt !== null) jobDone.set({ job: name }, doneAt);
      jobState.set({ job: name }, status === "ok" ? 0 : 1);
    }
  };
}
