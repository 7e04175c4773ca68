/** How often and how far apart a gateway tells again, milliseconds. */
export interface Patience {
  readonly tries: number;
  readonly apart: number;
}

/** VNPay calls at most 10 times, 5 minutes apart (payments.md 1.3); Stripe's stand-in does the same. */
export const USUAL_PATIENCE: Patience = { tries: 10, apart: 5 * 60_000 };

/** How long the browser waits for the first call before it is sent back, milliseconds. */
const FIRST_CALL = 5_000;

/**
 * Call a hook until it takes the message. The first call is waited for, so that the page the payer comes back to knows;
 * the repeats run by themselves.
 */
export async function deliver(call: () => Promise<boolean>, patience: Patience): Promise<void> {
  const first = attempt(call);
  const waited = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), FIRST_CALL).unref();
  });
  if (await Promise.race([first, waited])) return;
  void again(first, call, patience);
}

async function again(
  first: Promise<boolean>,
  call: () => Promise<boolean>,
  patience: Patience,
): Promise<void> {
  if (await first) return;
  for (let n = 1; n < patience.tries; n += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, patience.apart).unref();
    });
    if (await attempt(call)) return;
  }
}

async function attempt(call: () => Promise<boolean>): Promise<boolean> {
  try {
    return await call();
  } catch {
    return false;
  }
}
