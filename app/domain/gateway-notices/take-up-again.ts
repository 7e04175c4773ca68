import type { Seconds } from "../kernel/calendar.ts";
import { answerKeptStripe, type StripeNoticeNeeds } from "./take-stripe-notice.ts";
import { answerKeptNotice, type VnpayNoticeNeeds } from "./take-vnpay-notice.ts";

type Needs = StripeNoticeNeeds & VnpayNoticeNeeds;

const AT_ONCE = 100;
const decoder = new TextDecoder();

/**
 * Answer the events that were kept but not answered because the process died in between. Run at the start of a server,
 * before it listens: whatever came before is settled then. Answers how many were taken up.
 */
export async function takeUpAgain(
  services: Needs,
  onTrouble: (error: unknown, inbox: number) => void,
  before: Seconds = services.now() + 1,
): Promise<number> {
  let taken = 0;
  for (;;) {
    const waiting = await services.inbox.unanswered(before, AT_ONCE);
    const answered = await Promise.all(
      waiting.map(async ({ id, event }) => {
        try {
          // A gateway that is switched off now: its events wait until it is on again.
          if (event.provider === "vnpay") {
            if (!services.vnpay) return 0;
            await answerKeptNotice(services, id, decoder.decode(event.body));
          } else if (event.provider === "stripe") {
            if (!services.stripe) return 0;
            await answerKeptStripe(services, id, event.body);
          } else {
            // An answer to a question of ours: the next question brings a newer one.
            await services.inbox.answered(id, "left");
          }
          return 1;
        } catch (error) {
          onTrouble(error, id);
          return 0;
        }
      }),
    );
    const done = answered.reduce<number>((sum, one) => sum + one, 0);
    taken += done;
    // What fails now stays for the next start; without progress the same ones would come again.
    if (waiting.length < AT_ONCE || done === 0) return taken;
  }
}
