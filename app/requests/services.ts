import { createContext } from "react-router";

import type { Services } from "#app/domain/services.ts";

/** Everything behind the ports: loaders and actions reach storage through this key only. */
export const servicesContext = createContext<Services>();
