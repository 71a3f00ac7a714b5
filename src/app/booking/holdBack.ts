import type { Booking } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { freedBy } from '../../domain/slots/fairRelease';
import type { Stores } from '../ports/storage';

/**
 * Holds back from the public what a change gives back, where the desk has a fair release, in the transaction of the
 * change. When it is shown is drawn later (`drawReleases`), so that nobody who knows the booking knows the moment.
 */
export async function holdBack(
  { freedPlaces }: Pick<Stores, 'freedPlaces'>,
  { desk, ...change }: { desk: Desk; before: Booking | null; booking: Booking; now: Instant },
): Promise<void> {
  const freed = freedBy(desk, change);
  // A booking gives a place back once in a version.
  if (freed) await freedPlaces.add(desk.id, { ...freed, id: `${change.booking.id}.${change.booking.version}` });
}
