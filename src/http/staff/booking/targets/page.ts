import type { MoveLine } from '../../../../app/booking/movePlan';
import type { Booking } from '../../../../domain/booking/booking';
import { addDays } from '../../../../domain/calendar/dates';
import { localDate, parseInstant, parseInstantIn, startOfDay } from '../../../../domain/calendar/zone';
import { DomainError } from '../../../../domain/errors';
import type { HttpDeps } from '../../../deps';
import { dateOrNull } from '../../../typedTime';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, signedIn } from '../../desk';
import { type Fields, queryOf } from '../../forms';
import { targetsView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage'>;

/**
 * Sends where the booking can go on one day (`?date=`, its own unless asked otherwise), or in the week from then on
 * (`&days=week`), and why nowhere else: a fragment that the board lays over its lanes while the card is held. With
 * `?place=2026-12-01T13:35&advisor=` it is about that place alone, be it against a rule. Each `planned` is a move that the
 * board has collected and not saved.
 */
export function targetsPage({ app, storage }: Deps): Page<BookingAtDesk> {
  return {
    async get({ booking, desk }, req, res) {
      const { timeZone } = desk.hours;
      const fields = queryOf(req);
      const date = dateOrNull(fields.date) ?? localDate(booking.time.start, timeZone);
      const place = placeOf(fields, timeZone);
      const found = await app.moveTargets({
        bookingId: booking.id,
        who: signedIn(res),
        ...(place
          ? { place, override: true }
          : {
              from: startOfDay(date, timeZone),
              to: startOfDay(addDays(date, fields.days === 'week' ? 7 : 1), timeZone),
            }),
        planned: plannedIn(req.query.planned).filter(({ bookingId }) => bookingId !== booking.id),
        refused: true,
      });
      const others = new Map<string, Booking>();
      for (const { bookingId } of found.targets.flatMap((target) => target.others))
        if (!others.has(bookingId)) {
          const other = await storage.bookings.find(bookingId);
          if (other) others.set(bookingId, other);
        }
      const last = (await storage.bookings.history(booking.id)).at(-1);
      const view = targetsView({ desk, booking, date, found, last, others }, res.locals);
      res.render('pages/staff/booking/targets', { ...view, layout: false });
    },
  };
}

/** @throws DomainError `invalid-time` */
function placeOf({ place, advisor }: Fields, timeZone: string) {
  return place ? { start: parseInstantIn(timeZone, place), advisorId: advisor ?? '' } : undefined;
}

/** No tray is larger. */
const MAX_PLANNED = 50;

/**
 * Reads the moves that the board has collected: booking, start, advisor and perhaps `override`, with a space between.
 *
 * @throws DomainError `invalid`, `invalid-time`
 */
function plannedIn(sent: unknown): MoveLine[] {
  const texts = [sent].flat().filter((text): text is string => typeof text === 'string');
  const wrong = (detail: string) => new DomainError('invalid', { errors: [{ pointer: '/planned', detail }] });
  if (texts.length > MAX_PLANNED) throw wrong(`expected at most ${MAX_PLANNED}`);
  return texts.map((text) => {
    const [bookingId, start, advisorId, override] = text.split(' ');
    if (!bookingId || !start || !advisorId) throw wrong('expected a booking, a start and an advisor');
    return { bookingId, start: parseInstant(start), advisorId, override: override === 'override' };
  });
}
