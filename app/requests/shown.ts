import { createContext } from "react-router";

/** What a page tells whoever keeps it. */
export interface Shown {
  /** The newest entry when the page was made. */
  upTo?: number;
  /** The entry that the visitor's own gift became. */
  gift?: number;
}

export const shownContext = createContext<Shown>();
