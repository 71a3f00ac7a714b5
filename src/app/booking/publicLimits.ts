import type { Booking, BookingEventType } from '../../domain/booking/booking';
import { HOUR, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { assertAllowed, mostBookingsPerHour, mostHeld, nextAllowed, type Origin, tooMany } from '../../domain/limits';
import type { Stores } from '../ports/storage';

const DAY = 24 * HOUR;

interface From {
  readonly desk: Desk;
  /** Undefined if the request is not limited, as those of staff are not. */
  readonly origin: Origin | undefined;
  readonly now: Instant;
}

/** @throws DomainError `too-many-requests` if the network has reached its number of bookings within an hour */
export async function assertMayBookFrom(
  { bookings }: Pick<Stores, 'bookings'>,
  { desk, origin, now }: From,
): Promise<void> {
  if (!origin) return;
  for (const { width, key } of origin.networks) {
    const rate = { most: mostBookingsPerHour(desk.limits, width, origin), window: HOUR };
    const counted = await bookings.lastBookedFrom(desk.id, key, rate.most);
    assertAllowed('bookings', counted === undefined ? now : counted + rate.window, now);
  }
}

/**
 * @throws DomainError `too-many-requests` if the client has reached the number of moves of this booking within a day
 */
export function assertMayMoveAgain(stores: Pick<Stores, 'bookings'>, asked: Again): Promise<void> {
  return assertMayAgain(stores, 'moved', asked);
}

/** @throws DomainError `too-many-requests` if the client has corrected this booking as often as it may be moved within a day */
export function assertMayCorrectAgain(stores: Pick<Stores, 'bookings'>, asked: Again): Promise<void> {
  return assertMayAgain(stores, 'corrected', asked);
}

interface Again {
  readonly desk: Desk;
  readonly booking: Booking;
  readonly now: Instant;
}

async function assertMayAgain(
  { bookings }: Pick<Stores, 'bookings'>,
  type: BookingEventType,
  { desk, booking, now }: Again,
): Promise<void> {
  const history = await bookings.history(booking.id);
  const times = history.filter((event) => event.type === type && event.by.kind === 'client').map(({ at }) => at);
  const recent = times.filter((at) => at > now - DAY);
  const rate = { most: desk.limits.movesPerBookingPerDay, window: DAY };
  assertAllowed('moves', nextAllowed(recent, rate, now), now);
}

/**
 * Checks the number of slots that a network holds. A hold that is replaced counts once; holds that have expired or
 * became bookings do not count.
 *
 * @param starts the number of distinct starts on offer, see `mostHeld`
 * @throws DomainError `too-many-requests` if the network has reached its number of holds
 */
export async function assertMayHold(
  { bookings }: Pick<Stores, 'bookings'>,
  { desk, origin, now, starts, except }: From & { starts: number; except: string | undefined },
): Promise<void> {
  for (const { width, key } of origin?.networks ?? []) {
    const ends = await bookings.holdsFrom(desk.id, { width, key }, now, except);
    const most = mostHeld(desk.limits, starts, width, origin ?? { shared: false });
    // The network may hold one more as soon as all holds beyond the limit less one have ended.
    const nextEnd = ends[ends.length - most];
    if (nextEnd !== undefined) throw tooMany('holds', nextEnd - now);
  }
}
