import type { Booking } from './booking';
import { clientKey } from './reachable';

/** Whose booking it is: by whom it was made, and who is advised if that is somebody else. */
type Party = Pick<Booking, 'client' | 'onBehalfOf' | 'people'>;

/**
 * Returns the bookings among `others` to which the same person has come before this one, the latest first. Who books has
 * one address (`clientKey`) for all whom they book for, so the person who is advised must be the same, too.
 *
 * @param others any bookings of the same desk
 */
export function visitsBefore<T extends Party & Pick<Booking, 'id' | 'status' | 'time'>>(
  booking: Party & Pick<Booking, 'id' | 'time'>,
  others: readonly T[],
): T[] {
  const key = clientKey(booking.client);
  if (key === null) return [];
  const advised = advisedIn(booking);
  return others
    .filter(({ id, status, time }) => id !== booking.id && CAME.includes(status) && time.start < booking.time.start)
    .filter((other) => clientKey(other.client) === key && advisedIn(other) === advised)
    .sort((a, b) => b.time.start - a.time.start);
}

const CAME: readonly Booking['status'][] = ['checked_in', 'completed'];

/** Names who is advised instead of the client, in a form that can be compared; empty: the client. */
function advisedIn({ onBehalfOf, people }: Party): string {
  const names = people.length > 0 ? people.map(({ name }) => name) : [onBehalfOf?.name ?? ''];
  return names
    .map((name) => name.normalize('NFKC').trim().toLowerCase())
    .sort()
    .join('\n');
}
