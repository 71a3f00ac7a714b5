import { LATE_MINUTES, maySayLate, saysLateFrom } from '../../../../domain/booking/lateness';
import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { bookingUrl, type ManagedBooking, whereAfter } from '../managedBooking';

/** The value of the button that takes it back. */
const ON_TIME = '0';

/** Tells reception that the client comes later, by a press on the booking's page. The link of a reminder leads there. */
export function latePage({ app, now }: Pick<HttpDeps, 'app' | 'now'>): Page<ManagedBooking> {
  return {
    get(managed, _req, res) {
      if (maySayLate(managed.booking, now())) return res.redirect(303, `${bookingUrl(managed)}#late`);
      const isTooEarly = managed.may.has('cancel') && now() < saysLateFrom(managed.booking);
      res.redirect(303, bookingUrl(managed, isTooEarly ? 'lateFrom' : undefined));
    },

    async post(managed, req, res) {
      const sent = String((req.body as { minutes?: unknown } | undefined)?.minutes);
      const minutes = sent === ON_TIME ? null : LATE_MINUTES.find((each) => `${each}` === sent);
      if (minutes === undefined) return res.redirect(303, bookingUrl(managed));
      const late = () => app.sayLate({ bookingId: managed.booking.id, minutes });
      res.redirect(303, await whereAfter(managed, res, late, minutes === null ? 'onTime' : 'late'));
    },
  };
}
