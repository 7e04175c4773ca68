import type { PayerMarks, PaymentInFull } from "#app/domain/payments/ports.ts";
import type { Services } from "#app/domain/services.ts";

/** The cookie of a browser that gives: what it made and started, each with its mark. Nothing of it is stored here. */
const COOKIE = "__Host-payer";
/** How long a browser may look at its own attempts, seconds; the privacy page says so. */
export const PAYER_MARK_LIVES = 86_400;
/** Subjects that are kept at once: the last ones. */
const MOST = 8;
const PAIR = /^([A-Z0-9-]{1,40})\.([A-Za-z0-9_-]{43})$/;

/** Whether this browser made a pledge (its code) or started an attempt (its reference). */
function isPayers(request: Request, marks: PayerMarks): (subject: string) => boolean {
  const shown = new Map(marksIn(request));
  return (subject) => marks.fits(subject, shown.get(subject) ?? "");
}

/** The `set-cookie` by which this browser is known as the payer of one more subject. */
export function payersCookie(request: Request, marks: PayerMarks, subject: string): string {
  const before = marksIn(request).filter(([known]) => known !== subject);
  const all = [...before, [subject, marks.of(subject)] as const].slice(-MOST);
  const value = all.map(([known, mark]) => `${known}.${mark}`).join("~");
  return `${COOKIE}=${value}; Max-Age=${PAYER_MARK_LIVES}; Path=/; HttpOnly; Secure; SameSite=Lax`;
}

function marksIn(request: Request): (readonly [subject: string, mark: string])[] {
  const parts = (request.headers.get("cookie") ?? "").split(";").map((part) => part.trim());
  const value = parts.find((part) => part.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  return (value ?? "")
    .split("~")
    .slice(0, MOST)
    .flatMap((pair) => {
      const [, subject, mark] = PAIR.exec(pair) ?? [];
      return subject === undefined || mark === undefined ? [] : [[subject, mark] as const];
    });
}

/**
 * Whether this browser made a pledge or started a payment of it, and the last attempt that it started: nobody else is told
 * how an attempt went, when it was, or for how much.
 */
export async function ownPayment(
  { payments, payerMarks }: Pick<Services, "payments" | "payerMarks">,
  request: Request,
  code: string,
): Promise<{ readonly own: boolean; readonly attempt: PaymentInFull | undefined }> {
  const isOwn = isPayers(request, payerMarks);
  const attempts = await payments.attempts(code);
  const attempt = attempts.findLast(({ ref }) => isOwn(ref));
  return { own: attempt !== undefined || isOwn(code), attempt };
}
