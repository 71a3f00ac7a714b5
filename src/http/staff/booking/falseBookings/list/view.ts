import type { Booking } from '../../../../../domain/booking/booking';
import { paths, url } from '../../../../../paths';
import { reachOf } from '../../../../../presentation/reach';
import type { Reader } from '../../../../../presentation/texts';
import type { BookingAtDesk } from '../../../desk';
import type { FormError } from '../../../forms';
import { bookingLine } from '../../../line';
import { wordsOf } from '../../../words';
import { bookingHead } from '../../head';
import { type Cancelled, type Listing, NETWORKS, type Network, SPANS_HOURS } from '../form';

/** Fewer than the number of fields that a form may have. */
export const MAX_SHOWN_BOOKINGS = 80;

interface Facts extends BookingAtDesk {
  readonly listing: Listing;
  /** What came from the network at the time, in the order in which it was booked; perhaps more than is shown. */
  readonly found: readonly Booking[];
  /** What was cancelled just now. */
  readonly cancelled: Cancelled | undefined;
  /** Whether the form was sent without a choice. */
  readonly isNothingChosen?: boolean;
}

/** Returns what else came from the network of a booking, to be chosen from. */
export function listView({ booking, desk, listing, found, cancelled, isNothingChosen }: Facts, reader: Reader) {
  const { t } = reader;
  const { network, hours, all } = listing;
  const words = wordsOf(desk, reader);
  const action = url(paths.staffFalseBookings, { id: booking.id });
  const here = (change: object) =>
    url(paths.staffFalseBookings, { id: booking.id }, { width: network, hours, ...change });
  const shown = found.slice(0, MAX_SHOWN_BOOKINGS);
  return {
    ...bookingHead({ desk, booking }, reader),
    title: t('staff.falseBookings.title'),
    done: cancelled && cancelled.done > 0 ? doneText(cancelled, reader) : undefined,
    refusal: cancelled?.done === 0 ? t('staff.falseBookings.kept', { count: cancelled.kept }) : undefined,
    errors: isNothingChosen ? missing(booking, reader) : undefined,
    isKnown: booking.source === 'web',
    widths: (Object.keys(NETWORKS) as Network[]).map((each) => ({
      text: t(`staff.falseBookings.width.${each}`),
      href: here({ width: each }),
      current: each === network,
    })),
    spans: SPANS_HOURS.map((each) => ({
      text: t(`staff.falseBookings.hours.${each}`),
      href: here({ hours: each }),
      current: each === hours,
    })),
    found: t('staff.falseBookings.found', { count: found.length }),
    list: shown.map((each) => ({
      ...bookingLine(each, desk, { words }),
      id: each.id,
      email: reachOf(each.client).email,
      created: words.time.dateAndTime(each.createdAt),
      checked: all || each.id === booking.id,
    })),
    more: found.length > shown.length ? t('staff.falseBookings.more', { count: shown.length }) : undefined,
    allHref: here({ all: 1 }),
    action,
    hidden: [],
  };
}

function missing(booking: Booking, { t }: Reader): FormError[] {
  return [{ href: `#b-${booking.id}`, text: t('staff.falseBookings.missing') }];
}

function doneText({ done, kept }: Cancelled, { t }: Reader): string {
  const parts = [
    t('staff.falseBookings.done', { count: done }),
    ...(kept > 0 ? [t('staff.falseBookings.kept', { count: kept })] : []),
  ];
  return [...parts, t('staff.falseBookings.undo')].join(' ');
}
