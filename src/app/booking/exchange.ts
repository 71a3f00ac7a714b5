import type { Booking } from '../../domain/booking/booking';
import { boundTo } from '../../domain/staff/rights';
import type { Stores } from '../ports/storage';
import { type MoveAuthor, type MoveLine, type MovePlan, planMoves } from './movePlan';

/** A plan to exchange two bookings, or the reasons why they cannot be exchanged. */
export interface Exchange {
  readonly lines: readonly [MoveLine, MoveLine];
  readonly plan: MovePlan;
  /** `true` if both bookings change and neither is refused. */
  readonly isPossible: boolean;
}

/**
 * Plans an exchange of two bookings of one desk without writing anything. Each booking takes the other's time. A
 * booking that is not tied gets the other's advisor if possible, otherwise any suitable one.
 * Both stay within the calendar of a mover who is bound to it.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`
 */
export async function planExchange(
  stores: Pick<Stores, 'desks' | 'bookings' | 'snapshot'>,
  [a, b]: readonly [Booking, Booking],
  mover: MoveAuthor,
): Promise<Exchange> {
  const to = (booking: Booking, other: Booking, withPerson: boolean): MoveLine => ({
    bookingId: booking.id,
    start: other.time.start,
    advisorId: boundTo(mover.who) ?? (withPerson && !booking.tied ? other.advisorId : undefined),
    ifVersion: booking.version,
  });
  const tried = async (withPerson: boolean): Promise<Exchange> => {
    const lines = [to(a, b, withPerson), to(b, a, withPerson)] as const;
    const plan = await planMoves(stores, lines, mover);
    return { lines: [...lines], plan, isPossible: plan.refused.length === 0 && plan.moves.every(({ event }) => event) };
  };
  const places = await tried(true);
  return places.isPossible ? places : tried(false);
}
