import { possibleActions } from '../../../domain/booking/actions';
import type { Booking } from '../../../domain/booking/booking';
import { foundBy, namesMatch } from '../../../domain/booking/searchText';
import type { LocalDate } from '../../../domain/calendar/hours';
import type { Instant } from '../../../domain/calendar/interval';
import { dayInterval, localDate } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { actorOf } from '../../../domain/staff/caller';
import { mayChangeBooking } from '../../../domain/staff/rights';
import { paths, url } from '../../../paths';
import { dayName, withOrganisation } from '../../../presentation/format';
import { reachOf } from '../../../presentation/reach';
import type { Reader } from '../../../presentation/texts';
import type { SignedIn } from '../../middleware/staff';
import { bookingLine } from '../line';
import { type Words, wordsOf } from '../words';

interface Facts {
  readonly desk: Desk;
  readonly typed: string;
  /** The day that the text names; null: none. */
  readonly day: LocalDate | null;
  /** The nearest first. */
  readonly bookings: readonly Booking[];
  readonly staff: SignedIn;
  readonly now: Instant;
}

/** Returns what was found in three sections, the nearest first, and the days and people that the text names. */
export function paletteView({ desk, typed, day, bookings, staff, now }: Facts, reader: Reader) {
  const { t, locale } = reader;
  const words = wordsOf(desk, reader);
  const zone = desk.hours.timeZone;
  const today = dayInterval(localDate(now, zone), zone);
  const section = (key: 'today' | 'soon' | 'earlier', isIn: (at: Instant) => boolean) => ({
    title: t(`staff.palette.${key}`),
    hits: bookings
      .filter(({ time }) => isIn(time.start))
      .map((booking) => hitView(booking, { desk, typed, staff, now, words, reader })),
  });
  const people = typed ? desk.advisors.filter(({ name, retired }) => !retired && namesMatch(name, typed)) : [];
  const sections = [
    section('today', (at) => today.start <= at && at < today.end),
    section('soon', (at) => at >= today.end),
    section('earlier', (at) => at < today.start),
  ].filter(({ hits }) => hits.length > 0);
  const places = [
    ...(day
      ? [
          {
            href: url(paths.staffDay, { desk: desk.id, date: day }),
            text: t('staff.palette.day', { date: dayName(locale, day) }),
          },
        ]
      : []),
    ...people.map(({ id, name }) => ({
      href: `${url(paths.staffDay, { desk: desk.id })}#advisor-${id}`,
      text: t('staff.palette.advisor', { name }),
    })),
  ];
  const count = bookings.length + places.length;
  return {
    sections,
    places,
    said: typed ? t('staff.palette.found', { count }) : '',
    isEmpty: typed !== '' && count === 0,
  };
}

/** The board of the booking's day, with its card in the hand. */
function pickHref({ id, time }: Booking, { id: desk, hours }: Desk): string {
  return url(paths.staffDay, { desk, date: localDate(time.start, hours.timeZone) }, { pick: id });
}

interface Around extends Pick<Facts, 'desk' | 'typed' | 'staff' | 'now'> {
  readonly words: Words;
  readonly reader: Reader;
}

function hitView(booking: Booking, { desk, typed, staff, now, words, reader: { t } }: Around) {
  const { timeZone } = desk.hours;
  const mayChange = mayChangeBooking(staff, booking);
  const possible = possibleActions(booking, { by: actorOf(staff), now, timeZone, last: undefined });
  const { onBehalfOf } = booking;
  return {
    ...bookingLine(booking, desk, { words }),
    version: booking.version,
    phone: reachOf(booking.client).phone,
    // What was typed is perhaps not in the name.
    behalf: onBehalfOf && foundBy(booking, typed).includes('behalf') ? withOrganisation(onBehalfOf) : undefined,
    checkIn: mayChange && possible.has('check-in') ? url(paths.staffCheckIn, { id: booking.id }) : undefined,
    id: booking.id,
    moveHref: mayChange && possible.has('move') ? pickHref(booking, desk) : undefined,
    checkInLabel: t('staff.palette.checkInLabel', { name: booking.client.name }),
    moveLabel: t('staff.tasks.moveLabel', { name: booking.client.name }),
  };
}
