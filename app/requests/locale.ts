import { createContext } from "react-router";

import type { Locale } from "#app/i18n/paths.ts";

/** The language of the request: told by its address alone, in the office chosen by the person. */
export const localeContext = createContext<Locale>("vi");
