import type { AppDeps, WaitingDeps } from '../deps';
import { makeOffers } from './makeOffers';

/** @param signal when it is aborted, the present desk is the last */
type OfferStarts = (signal: AbortSignal) => Promise<void>;

/**
 * Does at each desk what time alone brings about for those who wait: holds that run out, offers that nobody took, days
 * that come into the horizon, lead times, deadlines, and changes by another program.
 */
export function offerStarts(deps: Pick<AppDeps, 'storage' | 'now' | 'ids' | 'mailFacts'> & WaitingDeps): OfferStarts {
  const { storage, now } = deps;
  return async (signal) => {
    for (const deskId of await storage.waiting.desksWithOpen()) {
      if (signal.aborted) return;
      const changed = { freed: 'everything', anew: new Set<string>() } as const;
      await storage.write((stores) => makeOffers(deps, stores, deskId, { ...changed, now: now() }), { desk: deskId });
    }
  };
}
