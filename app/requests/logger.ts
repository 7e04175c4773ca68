import { createContext } from "react-router";

/** Where broken machinery is told; the server process passes its own logger. */
export interface Logger {
  error(error: unknown, facts: Readonly<Record<string, string | number>>): void;
}

export const loggerContext = createContext<Logger>();
