/**
 * Longest that a gateway waits for the answer to its notice, milliseconds: each of the steps of taking one has a limit of
 * its own, and several that are slow one after the other are told as not done yet.
 */
export const NOTICE_TIME = 12_000;

/** A notice was not dealt with in time. What was begun goes on; told again, its key finds what became of it. */
export class NoticeLate extends Error {
  readonly code = "notice.late";
  constructor() {
    super(`the notice was not dealt with in ${NOTICE_TIME} ms; it may be booked all the same`);
    this.name = "NoticeLate";
  }
}

/** What `taken` answers, or `NoticeLate`. */
export async function inNoticeTime<Answer>(taken: Promise<Answer>): Promise<Answer> {
  let late: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      taken,
      new Promise<never>((_, fail) => {
        late = setTimeout(() => fail(new NoticeLate()), NOTICE_TIME);
      }),
    ]);
  } finally {
    clearTimeout(late);
  }
}
