import { apiPaths, apiUrl, paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import { bookingUrl, type ManagedBooking } from '../managedBooking';

interface Given {
  readonly managed: ManagedBooking;
  /** Why nothing was erased. */
  readonly error?: string;
}

/** Returns the ways to all that is stored of the booking: as a file, and to erase it. */
export function dataView({ managed, error }: Given, { t }: Reader) {
  const { token, booking, may } = managed;
  return {
    title: t('booking.data.title'),
    back: bookingUrl(managed),
    downloadHref: apiUrl(apiPaths.bookingData, { manageToken: token }),
    fileName: `${booking.reference}.json`,
    isAhead: may.has('cancel'),
    form: { method: 'post', action: url(paths.bookingData, { token }) },
    error,
    errors: error ? [{ href: '#erase', text: error }] : undefined,
  };
}
