import type { Booking } from '../../domain/booking/booking';
import { HOUR, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { assertAllowed, mostBookingsPerHour, mostHeld, nextAllowed, type Origin, tooMany } from '../../domain/limits';
import type { Stores } from '../ports/storage';

const DAY = 24 * HOUR;

interface From {
  readonly desk: Desk;
  /** Undefined: it is not counted, as staff's is not. */
  readonly origin: Origin | undefined;
  readonly now: Instant;
}

/** @throws DomainError `too-many-requests` if a network has made as many bookings within an hour as it may */
export async function assertMayBookFrom(
  { bookings }: Pick<Stores, 'bookings'>,
  { desk, origin, now }: From,
): Promise<void> {
  if (!origin) return;
  for (const { width, key } of origin.networks) {
    const rate = { most: mostBookingsPerHour(desk.limits, width, origin), window: HOUR };
    const times = await bookings.bookedFrom(desk.id, key, now - rate.window, rate.most);
    assertAllowed('bookings', nextAllowed(times, rate, now), now);
  }
}

/** @throws DomainError `too-many-requests` if the client has moved the booking as often as they may within a day */
export async function assertMayMoveAgain(
  { bookings }: Pick<Stores, 'bookings'>,
  { desk, booking, now }: { desk: Desk; booking: Booking; now: Instant },
): Promise<void> {
  const history = await bookings.history(booking.id);
  const times = history.filter(({ type, by }) => type === 'moved' && by.kind === 'client').map(({ at }) => at);
  const recent = times.filter((at) => at > now - DAY);
  const rate = { most: desk.limits.movesPerBookingPerDay, window: DAY };
  assertAllowed('moves', nextAllowed(recent, rate, now), now);
}

/**
 * A hold that is replaced does not count twice; one that has run out or became a booking does not count.
 *
 * @param starts how many distinct starts are on offer, see `mostHeld`
 * @throws DomainError `too-many-requests` if a network holds as many slots as it may
 */
export async function assertMayHold(
  { bookings }: Pick<Stores, 'bookings'>,
  { desk, origin, now, starts, except }: From & { starts: number; except: string | undefined },
): Promise<void> {
  for (const { width, key } of origin?.networks ?? []) {
    const ends = await bookings.holdsFrom(desk.id, { width, key }, now, except);
    const most = mostHeld(desk.limits, starts, width, origin ?? { shared: false });
    // So many must end before there is room for one more.
    const nextEnd = ends[ends.length - most];
    if (nextEnd !== undefined) throw tooMany('holds', nextEnd - now);
  }
}
