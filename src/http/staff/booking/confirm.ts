import type { Response } from 'express';
import type { MovePlan } from '../../../app/booking/movePlan';
import type { Booking } from '../../../domain/booking/booking';
import type { Desk } from '../../../domain/desk';
import { clientNotice } from '../../../domain/notifications/policy';
import { assetUrl } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { reasonError } from '../forms';
import { wordsOf } from '../words';
import { bookingHead, noticeOf } from './head';

type Deps = Pick<HttpDeps, 'storage'>;

/** A booking that changes its advisor to make room for another one. */
interface Other {
  readonly booking: Booking;
  readonly to: string;
}

/**
 * Returns the bookings among the engagements that change their advisor; holds are left out, because nobody is told of
 * them.
 */
export async function othersOf({ storage }: Deps, { others }: Pick<MovePlan, 'others'>): Promise<Other[]> {
  const found: Other[] = [];
  for (const { assignment, to } of others) {
    const booking = await storage.bookings.find(assignment.id);
    if (booking) found.push({ booking, to });
  }
  return found;
}

/**
 * Returns a text for the result of a plan, which the confirming form contains. If the plan has another result when it
 * is carried out, the page is shown again.
 */
export function outcomeOf({ moves }: Pick<MovePlan, 'moves'>, others: readonly Other[]): string {
  const places = moves.map(({ booking }) => `${booking.id} ${booking.advisorId} ${booking.time.start}`);
  return [...places, ...others.map(({ booking, to }) => `${booking.id} ${to}`)].join(',');
}

/** Returns a sentence about a booking that changes its advisor. */
export function otherLine(desk: Desk, { booking, from, to }: Other & { from: string }, reader: Reader): string {
  const words = wordsOf(desk, reader);
  return reader.t('staff.others.line', {
    when: `${words.time.shortDay(booking.time.start)}, ${words.time.span(booking.time)}`,
    client: booking.client.name,
    from: words.advisor(from),
    to: words.advisor(to),
  });
}

interface Confirm {
  readonly desk: Desk;
  readonly plan: MovePlan;
  readonly others: readonly Other[];
  /** The booking on whose page this is. */
  readonly booking: Booking;
  readonly action: string;
  readonly backHref: string;
  /** Selects the texts. */
  readonly what: 'move' | 'exchange';
  /** The reason that was typed, if this page asks for one; undefined: it was asked for on the page before. */
  readonly reason?: string;
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Shows a plan before it is carried out: old and new time of each booking that moves, which others change their
 * advisor, and who is told.
 */
export function showConfirm(res: Response, page: Confirm): void {
  const { desk, plan, others, booking, action, backHref, what, reason, hidden } = page;
  const reader = res.locals;
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
  res.status(error ? 422 : 200).render('pages/staff/booking/confirm', {
    ...bookingHead({ desk, booking }, reader),
    title: t(`staff.${what}.confirm`),
    moves,
    others: others.map((other) => otherLine(desk, { ...other, from: other.booking.advisorId }, reader)),
    action,
    backHref,
    hidden,
    asksReason: reason !== undefined,
    typedForm: reason === undefined ? undefined : 'confirm',
    reason,
    reasonError: error,
    errors: error && [{ href: '#reason', text: error }],
    submit: t(`staff.${what}.${isMailed ? 'submitMail' : 'submit'}`),
    back: t(`staff.${what}.back`),
    styles: [assetUrl('staff.css')],
  });
}
