import type { Instant } from '../../domain/calendar/interval';

/** Counts of what may be done only so often. Keys are hashes: no address and no name is kept. */
export interface RateLimits {
  /**
   * Counts one more within the running window of `window` ms, or the first of a new one. One statement: many processes count
   * together. A window that ends further off than it is long was written before the clock was set back, and starts anew.
   *
   * @returns how many there are now, and when the window ends
   */
  count(key: string, window: number, now: Instant): Promise<{ hits: number; windowEnds: Instant }>;
  /** As `count`, but only looks. */
  peek(key: string, now: Instant): Promise<{ hits: number; windowEnds: Instant }>;
  /** Drops windows that are over, and tells how many. */
  forget(now: Instant): Promise<number>;
}
