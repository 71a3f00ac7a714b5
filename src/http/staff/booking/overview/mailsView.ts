import type { MailOfBooking } from '../../../../app/ports/outbox';
import type { BookingReply } from '../../../../app/ports/replies';
import type { Booking } from '../../../../domain/booking/booking';
import type { Instant } from '../../../../domain/calendar/interval';
import { mayServeBooking } from '../../../../domain/staff/rights';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import type { SignedIn } from '../../../middleware/staff';
import type { Words } from '../../words';

/** What went out about a booking, and what came back. */
interface Facts {
  readonly booking: Booking;
  readonly mails: readonly MailOfBooking[];
  readonly replies: readonly BookingReply[];
  readonly staff: SignedIn;
  readonly now: Instant;
}

/** Returns what was sent, did not arrive, and was answered, in the order in which it happened. */
export function mailsView({ mails, replies }: Facts, words: Words, { t }: Reader) {
  const sent = mails.map(({ kind, recipient, state, at, bounced }) => {
    const came = bounced === null ? state : bounced.action === 'failed' ? 'bounced' : 'delayed';
    return {
      when: at,
      what: t(`mail.${kind}.name`),
      to: t(`staff.recipient.${recipient}`),
      state: came === 'bounced' ? 'failed' : state,
      stateText: t(`staff.mailState.${came}`),
      ...(bounced && { why: t(`staff.bounce.${bounced.reason}`) }),
      at: words.time.dateAndTime(at),
    };
  });
  const answered = replies.map(({ partstat, reader, at }) => ({
    when: at,
    what: t(`staff.answers.${partstat ?? 'mail'}`),
    to: t(`staff.answers.${reader ?? 'anybody'}`),
    state: 'answered',
    at: words.time.dateAndTime(at),
  }));
  return [...sent, ...answered].sort((a, b) => a.when - b.when).map(({ when: _, ...line }) => line);
}

/** What was typed as the address to send to, and whether it is none. */
interface TypedAddress {
  readonly email: string;
  readonly isWrong: boolean;
}

/**
 * Returns the form that sends the invitation again, perhaps to a corrected address, if the last mail to the client did
 * not arrive and the person may change the booking.
 */
export function sendAgainView({ booking, mails, staff, now }: Facts, typed: TypedAddress | undefined, { t }: Reader) {
  const last = mails.findLast(({ recipient, state }) => recipient === 'client' && state !== 'withdrawn');
  const isLost = last?.state === 'failed' || last?.bounced?.action === 'failed';
  const isOpen = booking.status === 'confirmed' && now < booking.time.end;
  if (!isOpen || !mayServeBooking(staff, booking) || !(isLost || typed)) return undefined;
  return {
    action: url(paths.staffSendAgain, { id: booking.id }),
    email: typed?.email ?? booking.client.email ?? '',
    error: typed?.isWrong ? t('staff.sendAgain.wrong') : undefined,
  };
}
