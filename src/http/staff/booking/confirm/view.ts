import type { PlannedMove } from '../../../../app/booking/movePlan';
import type { Booking } from '../../../../domain/booking/booking';
import { clientNotice } from '../../../../domain/notifications/policy';
import type { Reader } from '../../../../presentation/texts';
import type { BookingAtDesk } from '../../desk';
import { reasonError } from '../../forms';
import { wordsOf } from '../../words';
import { bookingHead, noticeOf } from '../head';
import { type Other, otherLine } from '../others';

/** What is confirmed: the plan, from the page of one of its bookings. */
export interface Confirmed extends BookingAtDesk {
  readonly plan: { readonly moves: readonly Pick<PlannedMove, 'before' | 'booking' | 'event'>[] };
  readonly others: readonly Other[];
  readonly action: string;
  readonly backHref: string;
  /** Selects the texts. */
  readonly what: 'move' | 'exchange';
  /** The reason that was typed, if this page asks for one; undefined: it was asked for on the page before. */
  readonly reason?: string;
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Returns a plan before it is carried out: old and new time of each booking that moves, which others change their
 * advisor, and who is told.
 */
export function confirmView({ desk, plan, others, booking, what, reason, ...form }: Confirmed, reader: Reader) {
  const { t } = reader;
  const words = wordsOf(desk, reader);
  const place = ({ time, advisorId }: Booking) =>
    `${words.time.date(time.start)}, ${words.time.span(time)}, ${words.advisor(advisorId)}`;
  const moves = plan.moves.map(({ before, booking: after, event }) => {
    const isTold =
      event !== null && clientNotice({ type: event.type, booking: after, before, desk, calendar: true }) !== null;
    return {
      client: after.client.name,
      reference: after.reference,
      from: place(before),
      to: place(after),
      notice:
        isTold || after.client.email === null
          ? noticeOf(after, words, reader)
          : t('staff.notice.none', { name: after.client.name }),
      hasMail: isTold,
    };
  });
  const isMailed = moves.some(({ hasMail }) => hasMail);
  const error = reasonError(reason, reader);
  return {
    ...bookingHead({ desk, booking }, reader),
    ...form,
    title: t(`staff.${what}.confirm`),
    moves,
    others: others.map((other) => otherLine(desk, { ...other, from: other.booking.advisorId }, reader)),
    asksReason: reason !== undefined,
    typedForm: reason === undefined ? undefined : 'confirm',
    reason,
    reasonError: error,
    errors: error === undefined ? undefined : [{ href: '#reason', text: error }],
    submit: t(`staff.${what}.${isMailed ? 'submitMail' : 'submit'}`),
    back: t(`staff.${what}.back`),
  };
}
