import type { Caller } from '../../domain/staff/caller';
import { assertMayReadBookings } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import type { BookingPage, BookingSearch } from '../ports/bookingStore';

type SearchBookings = (who: Caller, search: BookingSearch) => Promise<BookingPage>;

/** Finds bookings of a desk for its staff. @throws DomainError `not-found`, `forbidden` */
export function searchBookings({ storage }: Pick<AppDeps, 'storage'>): SearchBookings {
  return async (who, search) => {
    assertMayReadBookings(who, search.deskId);
    return storage.bookings.search(search);
  };
}
