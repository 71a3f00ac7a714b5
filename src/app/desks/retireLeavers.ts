import { localDate } from '../../domain/calendar/zone';
import type { AppDeps } from '../deps';

/**
 * Retires the advisors whose last day is over, so that their languages and topics are no longer told to clients. Nobody
 * could book with them since; the bookings that they still had were handed over or became tasks when the day was set.
 */
export function retireLeavers({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): () => Promise<void> {
  return async () => {
    for (const { id: deskId, advisors, hours } of await storage.desks.list()) {
      const today = localDate(now(), hours.timeZone);
      const isOver = (advisor: { until?: string; retired?: boolean }) =>
        !advisor.retired && advisor.until !== undefined && advisor.until <= today;
      if (!advisors.some(isOver)) continue;
      await storage.write(
        async ({ desks }) => {
          for (const { part, origin } of await desks.advisors(deskId))
            if (isOver(part)) await desks.putAdvisor(deskId, { ...part, retired: true }, origin);
        },
        { desk: deskId },
      );
    }
  };
}
