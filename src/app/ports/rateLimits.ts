import type { Instant } from '../../domain/calendar/interval';

/** The hits in the running window, and the end of the window (the first instant outside it). */
export interface Counted {
  readonly hits: number;
  readonly windowEnds: Instant;
}

/** Counts hits for rate limits. Keys are hashes, so no address and no name is stored. */
export interface RateLimits {
  /**
   * Counts a hit in the running window of `window` ms, or as the first of a new one. It is one statement, so that many
   * processes count together. A window that ends further away than it is long was written before the clock was set
   * back, and is started again.
   */
  count(key: string, window: number, now: Instant): Promise<Counted>;
  /** Returns the same without counting. Without a running window it returns no hits and `now` as the end. */
  peek(key: string, window: number, now: Instant): Promise<Counted>;
  /** Removes a hit that turned out not to count; does nothing if there is none. */
  giveBack(key: string): Promise<void>;
}
