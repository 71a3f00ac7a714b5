import type { Instant } from '../../domain/calendar/interval';

/** How often something was done in its running window, and when that window ends (the first instant outside it). */
export interface Counted {
  readonly hits: number;
  readonly windowEnds: Instant;
}

/** Counts of what may be done only so often. Keys are hashes: no address and no name is kept. */
export interface RateLimits {
  /**
   * Counts one more within the running window of `window` ms, or the first of a new one. One statement: many processes count
   * together. A window that ends further off than it is long was written before the clock was set back, and starts anew.
   */
  count(key: string, window: number, now: Instant): Promise<Counted>;
  /** As `count`, but only looks: no hits and the window's end at `now` where nothing counts. */
  peek(key: string, window: number, now: Instant): Promise<Counted>;
  /** Takes one back that turned out not to count. Does nothing where none is left. */
  giveBack(key: string): Promise<void>;
}
