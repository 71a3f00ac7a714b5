import type { Response } from 'express';
import { behindLink } from '../../../app/booking/behindLink';
import { deskOf } from '../../../app/desks/deskOf';
import { DomainError } from '../../../domain/errors';
import { CLIENT } from '../../../domain/staff/caller';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { bySecret, type LimitDeps, originOf } from '../../middleware/rateLimit';
import { bookingDataJson } from '../bookingData';
import { detailsOf, wishOf } from '../details';
import { type Operation, open } from '../operation';
import { bookingJson, linksOf } from '../present';
import * as schema from '../schemas';

type Deps = LimitDeps & Pick<HttpDeps, 'app' | 'tokens' | 'baseUrl' | 'calendarFile'>;

/**
 * The operations with which a client books, and looks at, moves, cancels and restores the booking by the secret of its
 * manage link.
 */
export function bookingOperations(deps: Deps): Operation[] {
  const { app, storage } = deps;
  const links = linksOf(deps);

  /** All wrong tokens get the same answer. */
  const behind = async ({ manageToken }: { manageToken: string }, res: Response) => {
    const booking = await bySecret(deps, res, () => behindLink(deps, manageToken));
    if (!booking) throw new DomainError('not-found');
    return { booking, desk: await deskOf(storage, booking.deskId) };
  };

  return [
    open(
      {
        method: 'post',
        path: apiPaths.bookings,
        id: 'bookConsultation',
        summary: 'Book a consultation',
        body: schema.BookingRequest,
        answer: { status: 201, description: 'It is booked', schema: schema.Booking, location: true },
        problems: [409, 429],
      },
      async ({ params, body, idempotency, res }) => {
        const { value, replayed } = await app.bookConsultation({
          deskId: params.desk,
          query: wishOf(body),
          start: body.start,
          details: detailsOf(body),
          alarmMinutes: body.alarmMinutes,
          source: 'web',
          who: CLIENT,
          origin: originOf(deps, res),
          holdId: body.hold,
          idempotency,
        });
        const desk = await deskOf(storage, params.desk);
        return { body: bookingJson(value, desk, links), headers: { Location: links.api(value.id) }, replayed };
      },
    ),

    open(
      {
        method: 'get',
        path: apiPaths.booking,
        id: 'readBooking',
        summary: 'The booking behind a manage link',
        answer: { status: 200, description: 'The booking', schema: schema.Booking },
      },
      async ({ params, res }) => {
        const { booking, desk } = await behind(params, res);
        return { body: bookingJson(booking, desk, links) };
      },
    ),

    open(
      {
        method: 'post',
        path: apiPaths.moveBooking,
        id: 'moveBooking',
        summary: 'Move the booking',
        description: 'Until it starts. If the slot is taken, the booking stays where it is.',
        body: schema.MoveRequest,
        answer: { status: 200, description: 'The booking at its new time', schema: schema.Booking },
        problems: [409],
      },
      async ({ params, body, idempotency, res }) => {
        const { booking, desk } = await behind(params, res);
        const request = { bookingId: booking.id, start: body.start, who: CLIENT, idempotency };
        const { value, replayed } = await app.moveBooking(request);
        return { body: bookingJson(value, desk, links), replayed };
      },
    ),

    open(
      {
        method: 'post',
        path: apiPaths.cancelBooking,
        id: 'cancelBooking',
        summary: 'Cancel the booking',
        description: 'Until it starts. Cancelling twice is the same as once.',
        body: schema.CancelRequest,
        answer: { status: 200, description: 'The cancelled booking', schema: schema.Booking },
        problems: [409],
      },
      async ({ params, body, idempotency, res }) => {
        const { booking, desk } = await behind(params, res);
        const request = { bookingId: booking.id, reason: body.reason || null, who: CLIENT, idempotency };
        const { value, replayed } = await app.cancelBooking(request);
        return { body: bookingJson(value, desk, links), replayed };
      },
    ),

    open(
      {
        method: 'post',
        path: apiPaths.restoreBooking,
        id: 'restoreBooking',
        summary: 'Take the cancellation back',
        description:
          'For 30 minutes after the client cancelled it, before its start, while the time is free. Twice is the same as once. ' +
          'Perhaps with another advisor, unless the booking is tied to a person.',
        body: schema.NoFields,
        answer: { status: 200, description: 'The booking, confirmed again', schema: schema.Booking },
        problems: [409],
      },
      async ({ params, idempotency, res }) => {
        const { booking, desk } = await behind(params, res);
        const { value, replayed } = await app.restoreBooking({ bookingId: booking.id, who: CLIENT, idempotency });
        return { body: bookingJson(value, desk, links), replayed };
      },
    ),

    open(
      {
        method: 'patch',
        path: apiPaths.booking,
        id: 'correctBooking',
        summary: 'Correct what was told',
        description:
          'Until it starts; the name stays. To another mail address the invitation goes anew, and the old one gets a CANCEL. ' +
          'Another mode needs room at the same time.',
        body: schema.BookingCorrection,
        answer: { status: 200, description: 'The booking as it is now', schema: schema.Booking },
        problems: [409, 412, 429],
      },
      async ({ params, body, idempotency, res }) => {
        const { booking, desk } = await behind(params, res);
        const { version, ...correction } = body;
        const request = { bookingId: booking.id, correction, who: CLIENT, ifVersion: version, idempotency };
        const { value, replayed } = await app.correctBooking(request);
        return { body: bookingJson(value, desk, links), replayed };
      },
    ),

    open(
      {
        method: 'get',
        path: apiPaths.bookingData,
        id: 'readBookingData',
        summary: 'All that is stored of the booking, as a download',
        answer: { status: 200, description: 'Everything', schema: schema.BookingData },
      },
      async ({ params, res }) => {
        const { booking, desk } = await behind(params, res);
        const history = await storage.bookings.history(booking.id);
        const mails = await storage.outbox.ofBooking(booking.id);
        const replies = await storage.replies.ofBooking(booking.id);
        const waiting = await storage.waiting.ofBooking(booking.id);
        const headers = { 'Content-Disposition': `attachment; filename="${booking.reference}.json"` };
        return { body: bookingDataJson(booking, desk, { links, history, mails, replies, waiting }), headers };
      },
    ),

    open(
      {
        method: 'delete',
        path: apiPaths.bookingData,
        id: 'eraseBooking',
        summary: 'Erase the booking and all that is stored of it',
        description: 'One that is ahead is cancelled first, and its CANCEL goes out. Not while it is going on.',
        answer: { status: 204, description: 'It is erased' },
        problems: [409],
      },
      async ({ params, res }) => {
        const { booking } = await behind(params, res);
        await app.eraseBooking(booking.id);
        return {};
      },
    ),

    open(
      {
        method: 'get',
        path: apiPaths.bookingCalendar,
        id: 'readCalendarFile',
        summary: 'The booking as a file for a calendar',
        answer: { status: 200, description: 'iCalendar (RFC 5545), METHOD:PUBLISH', type: 'text/calendar' },
      },
      async ({ params, res }) => {
        const { booking, desk } = await behind(params, res);
        const headers = { 'Content-Disposition': `attachment; filename="${booking.reference}.ics"` };
        return { body: deps.calendarFile(desk, booking), headers };
      },
    ),
  ];
}
