import { type Booking, lastStep } from '../../domain/booking/booking';
import { assertRestorable, isRestored, restore } from '../../domain/booking/restore';
import type { Instant } from '../../domain/calendar/interval';
import { DomainError } from '../../domain/errors';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayChangeBooking, boundTo } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { IdempotencyKey, IdempotentAnswer } from '../idempotently';
import { announce } from '../notifications/announce';
import type { Stores } from '../ports/storage';
import type { WantedSlot } from '../slots/alternatives';
import { audienceOf, queryToMove, resolveQuery } from '../slots/slotQuery';
import { assertNotTooMany } from './bookConsultation';
import { assertVersion } from './movePlan';
import { needingSlot } from './needingSlot';
import { takePlaces, takeSlot } from './takeSlot';

/** A request to undo a cancellation. */
interface RestoreRequest {
  readonly bookingId: string;
  readonly who: Caller;
  readonly ifVersion?: number | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

type RestoreBooking = (request: RestoreRequest) => Promise<IdempotentAnswer<Booking>>;

type Deps = Pick<AppDeps, 'storage' | 'now' | 'mailFacts' | 'turn'>;

/**
 * Restores a cancelled booking at its old time, if that is still free. Lead time and horizon do not apply, because it
 * was booked before. The advisor is the same as before if they are free, otherwise any suitable one, unless the booking is
 * tied or the caller is bound to their own calendar. Restoring twice is the same as restoring once.
 *
 * @throws DomainError `slot-unavailable` with `alternatives`, `booking-not-changeable` with `why`, `too-many-bookings`,
 *   `version-moved-on`, `not-found`, `forbidden`
 */
export function restoreBooking(deps: Deps): RestoreBooking {
  return needingSlot(deps, {
    wanted: async (request, at) => {
      const { wanted } = await load(deps.storage, request, at);
      // The alternatives are those that the person who asks may book.
      return { ...wanted, query: { ...wanted.query, audience: audienceOf(request.who) } };
    },
    within: (stores, request, at) => restoreWithin(deps, stores, request, at),
  });
}

async function restoreWithin(
  { mailFacts }: Deps,
  stores: Stores,
  request: RestoreRequest,
  now: Instant,
): Promise<Booking> {
  const { who, ifVersion } = request;
  const by = actorOf(who);
  const { booking: before, wanted } = await load(stores, request, now);
  const last = lastStep(await stores.bookings.history(before.id));
  if (isRestored(before, last)) return before;
  assertVersion(before, ifVersion);
  assertRestorable(before, last, { by, now });
  const { desk } = wanted;
  const { time, blockedUntil, advisors, advisor, moves } = await takeSlot(stores, wanted);
  if (by.kind === 'client') await assertNotTooMany(stores, desk, before.client, now);
  const same = advisors.find(({ id }) => id === before.advisorId);
  const target = { time, blockedUntil, advisorId: (same ?? advisor).id, tied: before.tied };
  const { booking, event } = restore(before, target, { by, now, last });
  // No booking leaves a place, because this one gave its own up when it was cancelled.
  await takePlaces(stores, { desk, moves, leaving: [], now, mailFacts }, () => stores.bookings.save(booking));
  if (event) await announce(stores, mailFacts, { desk, booking, before, event, now });
  return booking;
}

async function load(
  stores: Pick<Stores, 'desks' | 'bookings'>,
  { bookingId, who }: RestoreRequest,
  now: Instant,
): Promise<{ booking: Booking; wanted: WantedSlot }> {
  const booking = await stores.bookings.find(bookingId);
  if (!booking) throw new DomainError('not-found');
  assertMayChangeBooking(who, booking);
  const desk = await deskOf(stores, booking.deskId);
  const query = resolveQuery(desk, queryToMove(booking, boundTo(who)), 'staff');
  return { booking, wanted: { desk, query, start: booking.time.start, now, except: booking.id } };
}
