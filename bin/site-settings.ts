import type { Environment } from "#app/adapters/environment.ts";

/**
 * What the pages are told about how the site is set up (`app/middleware/settings.ts`). `demonstration`: the books hold
 * the replay, whose people are invented, and every page says so.
 */
export function siteSettings(environment: Environment, address: string, demonstration = false) {
  const stripe = environment.STRIPE_SECRET_KEY !== undefined || environment.standIns.stripe;
  const vnpay = environment.VNPAY_TMN_CODE !== undefined || environment.standIns.vnpay;
  // A browser holds a form to these also when the answer sends it on.
  const gateways = [
    // The pages that play a gateway are at the site's own address, which need not be the one that was typed.
    environment.standIns.vnpay || environment.standIns.stripe ? address : undefined,
    environment.VNPAY_PAY_URL,
    ...(environment.STRIPE_SECRET_KEY === undefined
      ? []
      : ["https://checkout.stripe.com", environment.STRIPE_API_BASE]),
  ];
  return {
    origin: address,
    demo: !environment.live || demonstration,
    channels: { vnpay, stripe },
    donorLinks: environment.donorLinks,
    gatewayOrigins: [
      ...new Set(gateways.flatMap((url) => (url === undefined ? [] : new URL(url).origin))),
    ],
  };
}
