import { cancel } from '../../domain/booking/booking';
import { lapsesAt } from '../../domain/booking/interpreting';
import type { AppDeps } from '../deps';
import { announce } from '../notifications/announce';

/** @param signal when it is aborted, the present request is the last */
type LapseRequests = (signal: AbortSignal) => Promise<void>;

/**
 * Cancels requests for which no interpreter was found by the desk's deadline, and tells client and advisor, so that the
 * time is free for others.
 */
export function lapseRequests({
  storage,
  now,
  mailFacts,
}: Pick<AppDeps, 'storage' | 'now' | 'mailFacts'>): LapseRequests {
  return async (signal) => {
    const at = now();
    for (const desk of await storage.desks.list()) {
      if (!desk.interpreters) continue;
      for (const { id } of await storage.bookings.requested(desk.id)) {
        if (signal.aborted) return;
        await storage.write(
          async (stores) => {
            const before = await stores.bookings.find(id);
            if (before?.status !== 'requested' || at < lapsesAt(before.time.start, desk)) return;
            const { booking, event } = cancel(before, { by: { kind: 'system' }, now: at, reason: null });
            if (!event) return;
            await stores.bookings.save(booking);
            await announce(stores, mailFacts, { desk, booking, before, event, now: at });
            await stores.tasks.doneOf(booking.id, 'interpreter', 'system', at);
          },
          { desk: desk.id },
        );
      }
    }
  };
}
