import type { MailFacts } from "#app/domain/health/facts.ts";
import type { Seconds } from "#app/domain/kernel/calendar.ts";
import type { Mail } from "#app/domain/letters/ports.ts";

/** A way of sending that can be tried without a letter. */
export interface TriableMail extends Mail {
  /** Throws when the server cannot be reached or refuses our sign-in. */
  attempt(): Promise<void>;
}

/** A mail that remembers how its letters went. */
export interface WatchedMail extends Mail {
  facts(): MailFacts;
}

/** How long a server that answered is believed to, milliseconds: each try signs in there. */
const TRIED_KEPT = 10 * 60_000;

/** Remember when letters went out and when not; the server is tried behind the answer, at most every ten minutes. */
export function watchedMail(mail: Mail | TriableMail | undefined, now: () => Seconds): WatchedMail {
  let sentAt: Seconds | null = null;
  let failedAt: Seconds | null = null;
  let reachable: boolean | null = null;
  let triedAt: number | undefined;

  function tryNow(triable: TriableMail): void {
    if (triedAt !== undefined && performance.now() - triedAt < TRIED_KEPT) return;
    triedAt = performance.now();
    void triable.attempt().then(
      () => {
        reachable = true;
      },
      () => {
        reachable = false;
      },
    );
  }

  return {
    async send(letter) {
      try {
        if (!mail) throw new Error("no mail server is configured (SMTP_URL)");
        await mail.send(letter);
        sentAt = now();
      } catch (error) {
        failedAt = now();
        throw error;
      }
    },
    facts() {
      if (mail && "attempt" in mail) tryNow(mail);
      return { configured: mail !== undefined, reachable, sentAt, failedAt };
    },
  };
}
