import type { AppDeps } from './deps';
import type { Pause } from './ports/clock';
import { forgetAll, shortLived } from './retention/outdated';

type TidyUp = (signal: AbortSignal) => Promise<void>;

/** Frees the slots of expired holds, and purges data that are kept for hours only. */
export function tidyUp({ storage, now, pause }: Pick<AppDeps, 'storage' | 'now'> & { pause: Pause }): TidyUp {
  return async (signal) => {
    await storage.write(({ bookings }) => bookings.lapseHolds(now()));
    await forgetAll({ storage, pause }, shortLived(await storage.desks.list(), now()), signal);
  };
}
