import { ALARM_MINUTES } from '../../../../domain/booking/alarm';
import { CLIENT } from '../../../../domain/staff/caller';
import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { bookingUrl, type ManagedBooking, whereAfter } from '../managedBooking';

/** The value of the button that takes it back. */
const NO_ALARM = '0';

/** Sets when the client's calendar reminds them, by a press on the booking's page; the entry to download has it then. */
export function alarmPage({ app }: Pick<HttpDeps, 'app'>): Page<ManagedBooking> {
  return {
    get: (managed, _req, res) => res.redirect(303, bookingUrl(managed)),

    async post(managed, req, res) {
      const sent = String((req.body as { minutes?: unknown } | undefined)?.minutes);
      const alarmMinutes = sent === NO_ALARM ? null : ALARM_MINUTES.find((each) => `${each}` === sent);
      if (alarmMinutes === undefined) return res.redirect(303, bookingUrl(managed));
      const request = { bookingId: managed.booking.id, correction: { alarmMinutes }, who: CLIENT };
      const done = alarmMinutes === null ? 'noAlarm' : 'alarm';
      res.redirect(303, await whereAfter(managed, res, () => app.correctBooking(request), done));
    },
  };
}
