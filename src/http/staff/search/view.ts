import type { Booking } from '../../../domain/booking/booking';
import { foundBy } from '../../../domain/booking/searchText';
import type { Desk } from '../../../domain/desk';
import { phoneEnding } from '../../../fields/phone';
import { paths, url } from '../../../paths';
import { allOf, withOrganisation } from '../../../presentation/format';
import { reachOf } from '../../../presentation/reach';
import type { Reader } from '../../../presentation/texts';
import { bookingLine } from '../line';
import { wordsOf } from '../words';

interface Facts {
  readonly desk: Desk;
  /** The id of the search in the page's address. */
  readonly search: string | undefined;
  /** What the bookings were looked for by; empty: nothing was searched. */
  readonly typed: string;
  /** What stands in the field, if it is not what was searched for. */
  readonly retyped: string | undefined;
  /** One page of what was found; null: nothing was searched. */
  readonly found: { readonly bookings: readonly Booking[]; readonly next?: string | null | undefined } | null;
  /** Whether pages come before this one. */
  readonly isLater: boolean;
}

/** Returns the search field, and what was found with the fields by which it was found. */
export function searchView({ desk, search, typed, retyped, found, isLater }: Facts, reader: Reader) {
  const { t } = reader;
  const words = wordsOf(desk, reader);
  return {
    title: t('staff.search.title'),
    action: url(paths.staffBookings, { desk: desk.id }),
    newHref: url(paths.staffNewBooking, { desk: desk.id }),
    q: retyped ?? typed,
    typedForm: 'search',
    searched: found !== null,
    isLater,
    found: found?.bookings.map((booking) => ({
      ...bookingLine(booking, desk, { words }),
      date: words.time.date(booking.time.start),
      email: reachOf(booking.client).email,
      foundBy: reasonsFor(booking, typed, reader),
    })),
    nextHref: found?.next ? url(paths.staffBookings, { desk: desk.id }, { search, cursor: found.next }) : undefined,
    firstHref: url(paths.staffBookings, { desk: desk.id }, { search }),
  };
}

function reasonsFor(booking: Booking, typed: string, { locale, t }: Reader): string {
  const { phone } = reachOf(booking.client);
  const ending = phoneEnding(typed);
  const whom = booking.onBehalfOf && withOrganisation(booking.onBehalfOf);
  const reasons = foundBy(booking, typed).map((by) => {
    if (by === 'phone')
      return ending ? t('staff.search.by.phoneEnding', { ending }) : t('staff.search.by.phone', { phone });
    return t(`staff.search.by.${by}`, { whom });
  });
  return allOf(locale, reasons);
}
