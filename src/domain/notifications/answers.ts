import { addressKey } from '../../fields/mailAddress';
import type { Booking } from '../booking/booking';
import type { Instant } from '../calendar/interval';
import type { Partstat, Reply } from './reply';

/** Who of those who were invited to a booking has answered. */
type AnswerReader = 'client' | 'person';

/**
 * Returns who has answered: by the address that was invited, or by that of the mail, as people answer from another
 * address of theirs; null: a stranger.
 */
export function answeredBy(
  { client, people }: Pick<Booking, 'client' | 'people'>,
  { attendee, from }: { readonly attendee: string; readonly from: string },
): AnswerReader | null {
  const keys = [attendee, from].filter(Boolean).map(addressKey);
  const is = (email: string | null) => email !== null && keys.includes(addressKey(email));
  if (is(client.email)) return 'client';
  return people.some(({ email }) => is(email)) ? 'person' : null;
}

/** An answer that was noted before. */
interface Earlier {
  readonly reader: AnswerReader | null;
  readonly partstat: Partstat | null;
  readonly sequence: number | null;
  readonly stamp: Instant | null;
}

/**
 * Tells whether a reply is about the booking as it is now: not to an invitation that a later one has replaced, and not
 * overtaken by a later reply of the same person (RFC 5546 §2.1.5). A higher SEQUENCE is taken for the present one,
 * because calendars of invitees exist that raise it themselves.
 */
export function isPresentAnswer(
  { sequence, stamp }: Reply,
  {
    booking,
    reader,
    earlier,
  }: { booking: Pick<Booking, 'sequence'>; reader: AnswerReader; earlier: readonly Earlier[] },
): boolean {
  if (sequence < booking.sequence) return false;
  return !earlier.some(
    (each) =>
      each.reader === reader &&
      each.partstat !== null &&
      (each.sequence ?? 0) >= sequence &&
      (each.stamp ?? 0) > (stamp ?? Number.POSITIVE_INFINITY),
  );
}
