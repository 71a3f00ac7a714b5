import type { AppDeps } from '../deps';
import type { Pause } from '../ports/clock';
import { type Counts, countAll, forgetAll, longLived, shortLived } from './outdated';

export type Purge = (options: {
  /** Only counts. */
  readonly dryRun?: boolean;
  /** When it is aborted, what is begun is finished, and the rest waits for the next purge. */
  readonly signal: AbortSignal;
}) => Promise<Counts>;

/**
 * Forgets whatever the desks need not know any longer, each kind after its own period. Bookings become facts for statistics; one
 * that is not over loses nothing. Whatever is forgotten already is not counted again.
 */
export function purge({ storage, now, pause }: Pick<AppDeps, 'storage' | 'now'> & { pause: Pause }): Purge {
  return async ({ dryRun = false, signal }) => {
    const [desks, at] = [await storage.desks.list(), now()];
    const parts = [...shortLived(desks, at), ...longLived(desks, at)];
    return dryRun ? countAll(storage, parts) : forgetAll({ storage, pause }, parts, signal);
  };
}
