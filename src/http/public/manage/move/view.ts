import type { Alternatives } from '../../../../app/slots/alternatives';
import type { Instant } from '../../../../domain/calendar/interval';
import { localDate } from '../../../../domain/calendar/zone';
import type { Slot } from '../../../../domain/slots/freeSlots';
import { paths, url } from '../../../../paths';
import { deskTime, zoneOf } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import { pageOf, slotDays, slotList, weeksOf } from '../../../pages/slotDays';
import { bookingUrl, type ManagedBooking, whenView } from '../managedBooking';

/** Why the booking was not moved; `alternatives` are the nearest free times if the chosen one has been taken. */
export interface MoveRefused {
  readonly text: string;
  readonly alternatives?: Alternatives;
}

interface Given {
  readonly managed: ManagedBooking;
  /** All that the booking could be moved to. */
  readonly slots: readonly Slot[];
  /** The chosen day; one without free times counts as none. */
  readonly date: string;
  /** Where the list of days begins, as it stands in the address. */
  readonly from: unknown;
  readonly refused?: MoveRefused | undefined;
  readonly now: Instant;
}

/** Returns the days to choose from; once one is chosen, its times; after a refusal, the nearest free times. */
export function moveView({ managed, slots, date, from, refused, now }: Given, reader: Reader) {
  const { booking, desk, token } = managed;
  const { locale, t } = reader;
  const zone = desk.hours.timeZone;
  const others = slots.filter(({ time }) => time.start !== booking.time.start);
  const days = slotDays(others, zone, reader).map((day) => ({
    ...day,
    href: url(paths.moveBooking, { token }, { date: day.date }),
  }));
  const day = days.find((each) => each.date === date);
  const nearest = refused?.alternatives?.slots;
  const near = nearest && [
    { id: 'nearest', name: t('booking.slotGone.nearest'), times: slotList(nearest, zone, reader) },
  ];
  const link = (to: (typeof days)[number] | undefined) => to && { href: to.href, name: to.name };
  const page = pageOf(days, from, (first) => url(paths.moveBooking, { token }, { from: first }));
  const listed = new Set(day ? [day.date] : page.days.map((each) => each.date));
  const shown = (nearest ?? others.filter(({ time }) => listed.has(localDate(time.start, zone)))).map(
    ({ time }) => time.start,
  );
  return {
    title: t('booking.move.title'),
    back: near || day ? url(paths.moveBooking, { token }) : bookingUrl(managed),
    keepHref: bookingUrl(managed),
    now: whenView(managed, reader).when,
    zone: `${zoneOf(deskTime(locale, zone), [booking.time.start, ...shown]).name} (${zone})`,
    errors: refused && [{ href: '#start-1', text: refused.text }],
    error: refused?.text,
    none: days.length === 0 && t('booking.move.none'),
    form: {
      method: 'post',
      action: url(paths.moveBooking, { token }),
      hidden: day ? [{ name: 'date', value: day.date }] : [],
    },
    day: near ? undefined : day?.name,
    count: near ? undefined : day?.count,
    groups: near ?? day?.groups,
    otherDays: day && {
      previous: link(days.filter((each) => each.date < day.date).at(-1)),
      next: link(days.find((each) => each.date > day.date)),
    },
    weeks: weeksOf(page.days, localDate(now, zone), reader),
    laterHref: page.laterHref,
    earlierHref: page.earlierHref,
  };
}
