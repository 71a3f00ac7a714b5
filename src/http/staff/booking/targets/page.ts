import type { Booking } from '../../../../domain/booking/booking';
import { addDays } from '../../../../domain/calendar/dates';
import { localDate, startOfDay } from '../../../../domain/calendar/zone';
import type { HttpDeps } from '../../../deps';
import { dateOrNull } from '../../../typedTime';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, signedIn } from '../../desk';
import { queryOf } from '../../forms';
import { targetsView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage'>;

/**
 * Sends where the booking can go on one day (`?date=`, its own unless asked otherwise), or in the week from then on
 * (`&days=week`), and why nowhere else: a fragment that the board lays over its lanes while the card is held.
 */
export function targetsPage({ app, storage }: Deps): Page<BookingAtDesk> {
  return {
    async get({ booking, desk }, req, res) {
      const { timeZone } = desk.hours;
      const { date: asked, days } = queryOf(req);
      const date = dateOrNull(asked) ?? localDate(booking.time.start, timeZone);
      const found = await app.moveTargets({
        bookingId: booking.id,
        who: signedIn(res),
        from: startOfDay(date, timeZone),
        to: startOfDay(addDays(date, days === 'week' ? 7 : 1), timeZone),
        refused: true,
      });
      const others = new Map<string, Booking>();
      for (const { bookingId } of found.targets.flatMap((target) => target.others))
        if (!others.has(bookingId)) {
          const other = await storage.bookings.find(bookingId);
          if (other) others.set(bookingId, other);
        }
      const view = targetsView({ desk, booking, date, found, others }, res.locals);
      res.render('pages/staff/booking/targets', { ...view, layout: false });
    },
  };
}
