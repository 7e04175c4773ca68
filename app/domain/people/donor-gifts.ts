/** The gifts a donor keeps together, by code. Linking shows nothing that the code alone does not show. */
export interface DonorGifts {
  /** Codes, last linked first. */
  list(person: string): Promise<string[]>;
  link(person: string, code: string): Promise<void>;
  unlink(person: string, code: string): Promise<void>;
}

/** Most gifts that one donor may keep together. */
export const MOST_GIFTS = 200;
