import type { StripeGateway, VnpayGateway } from "#app/domain/payments/ports.ts";

import { DEMO_SECRET_PREFIX, type Environment } from "./environment.ts";
import { type StripeConfig, stripeGateway } from "./stripe.ts";
import { type VnpayConfig, vnpayGateway } from "./vnpay.ts";

/** Where the stand-ins live on this site. */
export const STAND_IN_PATHS = { vnpay: "/stand-in/vnpay", stripe: "/stand-in/stripe" } as const;

/** Path of VNPay's merchant API, the same at every host. */
const API_PATH = "/merchant_webapi/api/transaction";

/** How each gateway is reached; absent: giving through it is off. */
export interface GatewayConfigs {
  readonly vnpay?: VnpayConfig;
  readonly stripe?: StripeConfig;
}

/**
 * The gateways as configured, or played by our own pages where the environment says so. `address` is the site's own as
 * browsers see it, `localAddress` as this process reaches it; both without a closing slash.
 */
export function gatewayConfigs(
  environment: Environment,
  address: string,
  localAddress: string = address,
): GatewayConfigs {
  const vnpay = vnpayConfig(environment, address, localAddress);
  const stripe = stripeConfig(environment, localAddress);
  return { ...(vnpay ? { vnpay } : {}), ...(stripe ? { stripe } : {}) };
}

/** The gateways of a configuration, as the domain sees them. */
export function gatewaysOf(configs: GatewayConfigs): {
  vnpay?: VnpayGateway;
  stripe?: StripeGateway;
} {
  return {
    ...(configs.vnpay ? { vnpay: vnpayGateway(configs.vnpay) } : {}),
    ...(configs.stripe ? { stripe: stripeGateway(configs.stripe) } : {}),
  };
}

function vnpayConfig(
  environment: Environment,
  address: string,
  localAddress: string,
): VnpayConfig | undefined {
  if (environment.standIns.vnpay) {
    return {
      tmnCode: "KNDEMO01",
      secret: `${DEMO_SECRET_PREFIX}vnpay-stand-in-secret`,
      payUrl: `${address}${STAND_IN_PATHS.vnpay}/paymentv2/vpcpay.html`,
      apiUrl: localAddress + STAND_IN_PATHS.vnpay + API_PATH,
    };
  }
  const { VNPAY_TMN_CODE: tmnCode, VNPAY_HASH_SECRET: secret, VNPAY_PAY_URL: payUrl } = environment;
  if (tmnCode === undefined || secret === undefined || payUrl === undefined) return undefined;
  const apiUrl = environment.VNPAY_API_URL ?? new URL(API_PATH, payUrl).href;
  return { tmnCode, secret, payUrl, apiUrl };
}

function stripeConfig(environment: Environment, localAddress: string): StripeConfig | undefined {
  if (environment.standIns.stripe) {
    return {
      secretKey: `${DEMO_SECRET_PREFIX}stripe-stand-in-key`,
      webhookSecret: `${DEMO_SECRET_PREFIX}stripe-stand-in-webhook-secret`,
      apiBase: localAddress + STAND_IN_PATHS.stripe,
    };
  }
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = environment;
  if (secretKey === undefined || webhookSecret === undefined) return undefined;
  const { STRIPE_API_BASE: apiBase } = environment;
  return { secretKey, webhookSecret, ...(apiBase === undefined ? {} : { apiBase }) };
}
