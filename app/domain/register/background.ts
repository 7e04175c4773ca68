/** Long work that a page begins and looks in on. */
export interface BackgroundWork {
  /** Begin it behind the request; begun twice under one id it runs once. */
  run(id: string, work: () => Promise<void>): void;
  runs(id: string): boolean;
  /** Wait until it ended, no longer than so many milliseconds. */
  settled(id: string, most: number): Promise<void>;
}
