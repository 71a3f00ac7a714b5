import type { MovePlan } from '../../../app/booking/movePlan';
import type { Booking } from '../../../domain/booking/booking';
import type { Desk } from '../../../domain/desk';
import type { Reader } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { wordsOf } from '../words';

type Deps = Pick<HttpDeps, 'storage'>;

/** A booking that changes its advisor to make room for another one. */
export interface Other {
  readonly booking: Booking;
  readonly to: string;
}

/**
 * Returns the bookings among the engagements that change their advisor; holds are left out, because nobody is told of
 * them.
 */
export async function othersOf({ storage }: Deps, { others }: Pick<MovePlan, 'others'>): Promise<Other[]> {
  const found: Other[] = [];
  for (const { assignment, to } of others) {
    const booking = await storage.bookings.find(assignment.id);
    if (booking) found.push({ booking, to });
  }
  return found;
}

/**
 * Returns a text for the result of a plan, which the confirming form contains. If the plan has another result when it
 * is carried out, the page is shown again.
 */
export function outcomeOf({ moves }: Pick<MovePlan, 'moves'>, others: readonly Other[]): string {
  const places = moves.map(({ booking }) => `${booking.id} ${booking.advisorId} ${booking.time.start}`);
  return [...places, ...others.map(({ booking, to }) => `${booking.id} ${to}`)].join(',');
}

/** A booking that changes its advisor, with the one who hands over. */
export interface OtherFrom extends Other {
  readonly from: string;
}

/** Returns a sentence about a booking that changes its advisor. */
export function otherLine(desk: Desk, { booking, from, to }: OtherFrom, reader: Reader): string {
  const words = wordsOf(desk, reader);
  return reader.t('staff.others.line', {
    when: `${words.time.shortDay(booking.time.start)}, ${words.time.span(booking.time)}`,
    client: booking.client.name,
    from: words.advisor(from),
    to: words.advisor(to),
  });
}
