import { createContext } from "react-router";

/** What the site is told when it starts, from the environment. */
export interface SiteSettings {
  /** Address of the site without a slash at the end, such as `https://ketnghia.example`; for canonical links. */
  readonly origin: string;
  /** Show on every page that people and gifts are invented. */
  readonly demo: boolean;
  /** Channels a gift can take now; a bank transfer is always possible. */
  readonly channels: { readonly vnpay: boolean; readonly stripe: boolean };
  /** Donors may sign in by a link in a letter. */
  readonly donorLinks: boolean;
  /** Origins a payment form may lead to (form-action of the content security policy). */
  readonly gatewayOrigins: readonly string[];
}

export const settingsContext = createContext<SiteSettings>();
