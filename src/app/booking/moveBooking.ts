import type { Booking } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { IdempotencyKey, IdempotentAnswer } from '../idempotently';
import type { Stores } from '../ports/storage';
import type { WantedSlot } from '../slots/alternatives';
import { audienceOf, queryToMove, resolveQuery } from '../slots/slotQuery';
import { carryOut } from './carryOut';
import { type MoveLine, planMoves } from './movePlan';
import { needingSlot } from './needingSlot';
import { assertMayMoveAgain } from './publicLimits';

/** A request to move a booking. */
interface MoveRequest extends MoveLine {
  readonly who: Caller;
  readonly idempotency?: IdempotencyKey | undefined;
}

type MoveBooking = (request: MoveRequest) => Promise<IdempotentAnswer<Booking>>;

/**
 * Moves a booking in one transaction, so that either it is at its new place or nothing has changed.
 *
 * @throws DomainError `slot-unavailable` with `alternatives`, `booking-not-changeable`, `version-moved-on`,
 *   `too-many-requests` with `limit` (`moves` of this booking by its client, `mails` to its address), `not-found`, `forbidden`
 */
export function moveBooking(deps: Deps): MoveBooking {
  return needingSlot(deps, {
    wanted: (request, at) => wantedBy(deps.storage, request, at),
    within: (stores, request, at) => moveWithin(deps, stores, request, at),
  });
}

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids' | 'mailFacts' | 'turn'>;

async function moveWithin(deps: Deps, stores: Stores, request: MoveRequest, now: Instant): Promise<Booking> {
  const { who } = request;
  const plan = await planMoves(stores, [request], { who, now });
  const [refused] = plan.refused;
  if (refused) throw refused.error;
  const [moved] = plan.moves;
  if (!moved) throw new DomainError('not-found');
  if (!moved.event) return moved.before;
  if (who.kind === 'client') await assertMayMoveAgain(stores, { desk: plan.desk, booking: moved.before, now });
  await carryOut(deps, stores, plan, { who, now });
  return moved.booking;
}

async function wantedBy(
  stores: Pick<Stores, 'desks' | 'bookings'>,
  { bookingId, start, advisorId, who }: MoveRequest,
  now: Instant,
): Promise<WantedSlot> {
  const booking = await stores.bookings.find(bookingId);
  if (!booking) throw new DomainError('not-found');
  const desk = await deskOf(stores, booking.deskId);
  const query = resolveQuery(desk, queryToMove(booking, advisorId), audienceOf(who));
  return { desk, query, start, now, except: booking.id };
}
