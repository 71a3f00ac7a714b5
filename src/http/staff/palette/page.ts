import { promisify } from 'node:util';
import type { Booking } from '../../../domain/booking/booking';
import { readDay } from '../../../domain/booking/searchDay';
import type { Interval } from '../../../domain/calendar/interval';
import { dayInterval, localDate } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf } from '../forms';
import { paletteView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'now'>;

const MAX_HITS = 12;
/** Longer than any name or address. */
const MAX_QUERY_LENGTH = 200;

/**
 * Answers what is typed into the search over every page: a fragment with bookings, people and days. The text is personal
 * data: it comes by POST, and is stored nowhere.
 */
export function palettePage({ app, now }: Deps): Page<Desk> {
  return {
    async post(desk, req, res) {
      const typed = (bodyOf(req).q ?? '').slice(0, MAX_QUERY_LENGTH);
      const at = now();
      const zone = desk.hours.timeZone;
      const today = localDate(at, zone);
      const { day, rest } = readDay(typed, today);
      const search = async (text: string, range?: Interval) => {
        if (!text && !range) return [];
        const nearestTo = dayInterval(today, zone).start;
        const asked = { deskId: desk.id, text: text || undefined, nearestTo, limit: MAX_HITS, ...(range && { range }) };
        return (await app.searchBookings(signedIn(res), asked)).bookings;
      };
      // A word such as "Do" is a day and perhaps a name.
      const found = [
        ...(day ? await search(rest, dayInterval(day, zone)) : []),
        ...(day && rest ? [] : await search(typed)),
      ];
      const bookings = found.filter(({ id }, i) => found.findIndex((each: Booking) => each.id === id) === i);
      const facts = { desk, typed, day, bookings: bookings.slice(0, MAX_HITS), staff: signedIn(res), now: at };
      const view = { ...res.locals, ...paletteView(facts, res.locals), layout: false };
      // It is no page that "back" could come to, so it is printed without being kept (`keepForms`).
      const render = promisify<string, object, string>(res.app.render.bind(res.app));
      res.send(await render('pages/staff/palette', view));
    },
  };
}
