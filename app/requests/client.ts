import { createContext } from "react-router";

/** Who asks, as far as the listener knows: used for rate limits only, never stored. */
export interface Client {
  /** Address of the caller, from the listener (behind a trusted proxy: the forwarded one). */
  readonly address: string;
  /** Made per request; stands in the log and on the error page. */
  readonly requestId: string;
}

export const clientContext = createContext<Client>({ address: "unknown", requestId: "" });
