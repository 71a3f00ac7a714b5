import type { AppDeps } from '../deps';
import type { Pause } from '../ports/clock';
import { type Counts, countAll, forgetAll, longLived, shortLived } from './outdated';

type Purge = (options: {
  /** `true` to count without purging. */
  readonly dryRun?: boolean;
  /** When it is aborted, the present batch is finished, and the rest waits for the next purge. */
  readonly signal: AbortSignal;
}) => Promise<Counts>;

/**
 * Purges all data whose retention period is over, each kind by its own period. Bookings become facts for statistics; a
 * booking that is not over loses nothing. Purged data are not counted again.
 */
export function purge({ storage, now, pause }: Pick<AppDeps, 'storage' | 'now'> & { pause: Pause }): Purge {
  return async ({ dryRun = false, signal }) => {
    const [desks, at] = [await storage.desks.list(), now()];
    const parts = [...shortLived(desks, at), ...longLived(desks, at)];
    return dryRun ? countAll(storage, parts) : forgetAll({ storage, pause }, parts, signal);
  };
}
