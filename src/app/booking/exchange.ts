import type { Booking } from '../../domain/booking/booking';
import type { Stores } from '../ports/storage';
import { type MoveAuthor, type MoveLine, type MovePlan, planMoves } from './movePlan';

/** Two bookings that change places, or why they cannot. */
export interface Exchange {
  readonly lines: readonly [MoveLine, MoveLine];
  readonly plan: MovePlan;
  /** Both go elsewhere, and nothing is refused. */
  readonly isPossible: boolean;
}

/**
 * What an exchange of two bookings of one desk comes to: each takes the other's time, with the other's advisor if it is tied to nobody and
 * that can be, else with whoever can. Nothing is written.
 *
 * @param within both stay with this advisor, whose calendar it is
 */
export async function planExchange(
  stores: Pick<Stores, 'desks' | 'bookings' | 'snapshot'>,
  [a, b]: readonly [Booking, Booking],
  { within, ...mover }: MoveAuthor & { readonly within?: string | undefined },
): Promise<Exchange> {
  const to = (booking: Booking, other: Booking, withPerson: boolean): MoveLine => ({
    bookingId: booking.id,
    start: other.time.start,
    advisorId: within ?? (withPerson && !booking.tied ? other.advisorId : undefined),
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
