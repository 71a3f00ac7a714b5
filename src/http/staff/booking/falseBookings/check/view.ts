import type { Booking } from '../../../../../domain/booking/booking';
import { paths, url } from '../../../../../paths';
import type { Reader } from '../../../../../presentation/texts';
import type { BookingAtDesk } from '../../../desk';
import { carried } from '../../../forms';
import { bookingLine } from '../../../line';
import { wordsOf } from '../../../words';

interface Facts extends BookingAtDesk {
  readonly chosen: readonly Booking[];
  /** The reason as it was typed; undefined: not yet. */
  readonly reason?: string | undefined;
  /** What is wrong with the reason. */
  readonly wrong?: string;
  /** Makes two presses of the button count once. */
  readonly key: string;
}

/** Returns once more what will be cancelled, before it is. */
export function checkView({ booking, desk, chosen, reason, wrong, key }: Facts, reader: Reader) {
  const { t } = reader;
  const words = wordsOf(desk, reader);
  const action = url(paths.staffFalseBookings, { id: booking.id });
  return {
    title: t('staff.falseBookings.question', { count: chosen.length }),
    lines: chosen.map((each) => bookingLine(each, desk, { words })),
    action,
    hidden: [...chosen.map(({ id }) => ({ name: 'booking', value: id })), ...carried({ key }, ['key'])],
    reason: reason ?? t('staff.falseBookings.reason'),
    reasonError: wrong,
    errors: wrong === undefined ? undefined : [{ href: '#reason', text: wrong }],
    submit: t('staff.falseBookings.submit', { count: chosen.length }),
    typedForm: 'cancel',
    backHref: action,
  };
}
