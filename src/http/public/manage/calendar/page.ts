import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import type { ManagedBooking } from '../managedBooking';

/** The booking as a calendar file. */
export function calendarPage({ calendarFile }: Pick<HttpDeps, 'calendarFile'>): Page<ManagedBooking> {
  return {
    get({ booking, desk }, _req, res) {
      res.type('text/calendar').attachment(`${booking.reference}.ics`).send(calendarFile(desk, booking));
    },
  };
}
