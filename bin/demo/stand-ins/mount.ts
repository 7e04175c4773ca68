import type { Environment } from "#app/adapters/environment.ts";
import { type GatewayConfigs, STAND_IN_PATHS } from "#app/adapters/gateways.ts";
import type { Patience } from "./deliver.ts";
import type { MailStandIn } from "./mail-server.ts";
import { MAILBOX_PATH, mailboxPage } from "./mailbox.ts";
import { stripeStandIn } from "./stripe.ts";
import { vnpayStandIn } from "./vnpay.ts";

/** Where the stand-ins are and what they call. */
export interface StandInPlaces {
  /** The site as browsers see it, without a closing slash. */
  readonly address: string;
  /** The site as this process reaches it. */
  readonly localAddress: string;
  readonly now: () => number;
  readonly patience?: Patience;
  /** The mail server that delivers to a page. */
  readonly post?: Pick<MailStandIn, "letters"> | undefined;
}

/** Answers requests for the stand-ins; undefined for every other address. */
export type StandIns = (request: Request) => Promise<Response | undefined>;

/** The stand-ins that the environment asks for; undefined when none is. Refused where money is real. */
export function standIns(
  environment: Pick<Environment, "live" | "standIns">,
  configs: GatewayConfigs,
  places: StandInPlaces,
): StandIns | undefined {
  const { vnpay: playsVnpay, stripe: playsStripe } = environment.standIns;
  const { post } = places;
  if (!playsVnpay && !playsStripe && !post) return undefined;
  if (environment.live) throw new Error("stand-ins book money that nobody paid: not in production");
  const { now, patience, address, localAddress } = places;
  const common = { now, ...(patience ? { patience } : {}) };
  const vnpay =
    playsVnpay && configs.vnpay
      ? vnpayStandIn({ ...configs.vnpay, ipnUrl: `${localAddress}/hooks/vnpay`, ...common })
      : undefined;
  const stripe =
    playsStripe && configs.stripe
      ? stripeStandIn({
          ...configs.stripe,
          hookUrl: `${localAddress}/hooks/stripe`,
          publicUrl: address + STAND_IN_PATHS.stripe,
          ...common,
        })
      : undefined;
  const mounted = [
    { under: `${STAND_IN_PATHS.vnpay}/`, answer: vnpay },
    { under: `${STAND_IN_PATHS.stripe}/`, answer: stripe },
  ];
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (post && pathname === MAILBOX_PATH) return mailboxPage(request, post);
    for (const { under, answer } of mounted) {
      if (answer && pathname.startsWith(under))
        return answer(request, pathname.slice(under.length - 1));
    }
    return undefined;
  };
}
