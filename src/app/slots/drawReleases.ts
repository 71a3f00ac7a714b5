import { drawnMoment, isHeldBack } from '../../domain/slots/fairRelease';
import type { AppDeps } from '../deps';

/**
 * Draws when the public is shown what was given back, once for all processes, and forgets what was shown. What is not
 * drawn yet, because no process ran, is held back until the latest moment and no longer.
 */
export function drawReleases({
  storage,
  now,
  ids,
}: Pick<AppDeps, 'storage' | 'now' | 'ids'>): (signal: AbortSignal) => Promise<void> {
  return async (signal) => {
    for (const desk of await storage.desks.list()) {
      if (signal.aborted) return;
      const { fairRelease, freedPlaces = [] } = desk;
      if (freedPlaces.length === 0) continue;
      const at = now();
      const over = freedPlaces.filter((place) => !isHeldBack(place, desk, at));
      const undrawn = freedPlaces.filter((place) => place.shownAt === null && !over.includes(place));
      if (over.length + undrawn.length === 0) continue;
      await storage.write(
        async (stores) => {
          await stores.freedPlaces.remove(over.map(({ id }) => id));
          if (fairRelease)
            for (const place of undrawn)
              await stores.freedPlaces.draw(place.id, drawnMoment(place, fairRelease, ids.chance()));
        },
        { desk: desk.id },
      );
    }
  };
}
