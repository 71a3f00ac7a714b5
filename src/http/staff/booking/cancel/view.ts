import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import type { BookingAtDesk } from '../../desk';
import { carried } from '../../forms';
import { wordsOf } from '../../words';
import { bookingHead, noticeOf } from '../head';

interface Facts extends BookingAtDesk {
  /** The reason as it was typed. */
  readonly reason: string;
  /** What is wrong with the reason. */
  readonly wrong?: string;
  /** Why the booking was not cancelled as it was asked for. */
  readonly refusal?: string;
  /** Makes two presses of the button count once. */
  readonly key: string;
}

/** Returns the question whether to cancel a booking, and who will be told. */
export function cancelView({ booking, desk, reason, wrong, refusal, key }: Facts, reader: Reader) {
  const hasMail = booking.client.email !== null;
  return {
    ...bookingHead({ desk, booking }, reader),
    title: reader.t('staff.cancel.title'),
    action: url(paths.staffCancel, { id: booking.id }),
    hidden: carried({ version: String(booking.version), key }, ['version', 'key']),
    reason,
    reasonError: wrong,
    errors: wrong === undefined ? undefined : [{ href: '#reason', text: wrong }],
    refusal,
    notice: noticeOf(booking, wordsOf(desk, reader), reader),
    typedForm: 'cancel',
    hasMail,
    submit: reader.t(hasMail ? 'staff.cancel.submitMail' : 'staff.cancel.submit'),
  };
}
