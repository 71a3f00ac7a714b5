import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import { bookingUrl, type ManagedBooking, whenView } from '../managedBooking';

/** Returns the question whether the client gives the appointment back, and the other ways. */
export function cannotComeView(managed: ManagedBooking, reader: Reader) {
  const { token } = managed;
  return {
    title: reader.t('booking.cannotCome.title'),
    when: whenView(managed, reader).when,
    form: { method: 'post', action: url(paths.cannotCome, { token }) },
    moveHref: url(paths.moveBooking, { token }),
    keepHref: bookingUrl(managed),
  };
}
