import { ATTENDANCES, type Attendance } from '../../../app/booking/recordAttendance';
import type { Booking } from '../../../domain/booking/booking';
import { notChangeable } from '../../../domain/booking/change';
import { isReaddressed } from '../../../domain/booking/details';
import type { Desk } from '../../../domain/desk';
import { boundTo } from '../../../domain/staff/rights';
import { absolute, apiPaths, apiUrl } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { detailsOf, wishOf } from '../details';
import { type Operation, secured } from '../operation';
import { linksOf, staffBookingJson } from '../present';
import { versionTag, versionWanted } from '../request';
import * as schema from '../schemas';
import { seenBooking, seenDesk } from './sight';

const SUMMARIES: Readonly<Record<Attendance, { summary: string; description: string }>> = {
  'check-in': {
    summary: 'The client is here',
    description: "On the booking's day (at the desk), from three hours before its start.",
  },
  complete: { summary: 'The consultation took place', description: 'From its start.' },
  'no-show': { summary: 'The client did not come', description: 'From its start.' },
  'undo-check-in': { summary: 'Take a check-in back', description: '`checked_in` is `confirmed` again.' },
  reopen: {
    summary: 'Take back that it took place, or that the client did not come',
    description: '`completed` is `checked_in` again, `no_show` is `confirmed`.',
  },
};

const ATTENDANCE_PATHS = {
  'check-in': apiPaths.staffCheckIn,
  complete: apiPaths.staffComplete,
  'no-show': apiPaths.staffNoShow,
  'undo-check-in': apiPaths.staffUndoCheckIn,
  reopen: apiPaths.staffReopen,
} as const satisfies Record<Attendance, string>;

/** The operations with which staff book for callers and walk-ins, move, cancel, restore, and record attendance. */
export function staffBookingOperations(deps: Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'baseUrl'>): Operation[] {
  const { app, storage } = deps;
  const links = linksOf(deps);
  const reply = ({ value, replayed }: { value: Booking; replayed: boolean }, desk: Desk) => ({
    body: staffBookingJson(value, desk),
    headers: { ETag: versionTag(value) },
    replayed,
  });

  return [
    secured(
      {
        method: 'post',
        path: apiPaths.staffDeskBookings,
        id: 'bookForClient',
        summary: 'Book for somebody on the phone or at the door',
        description: 'Lead time and horizon are for clients only. Without a mail address nothing is sent.',
        body: schema.StaffBookingRequest,
        answer: { status: 201, description: 'It is booked', schema: schema.StaffBooking, location: true },
        problems: [409],
      },
      async ({ params, body, idempotency, who }) => {
        const desk = await seenDesk(storage, who, params.desk);
        const booked = await app.bookConsultation({
          deskId: desk.id,
          query: wishOf(body),
          start: body.start,
          details: detailsOf(body),
          alarmMinutes: body.alarmMinutes,
          source: body.source,
          who,
          holdId: body.hold,
          idempotency,
        });
        const { headers, ...answer } = reply(booked, desk);
        const location = absolute(deps.baseUrl, apiUrl(apiPaths.staffBooking, { id: booked.value.id }));
        return { ...answer, headers: { ...headers, Location: location } };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffMove,
        id: 'moveStaffBooking',
        summary: 'Move the booking to another time or advisor',
        description:
          'If the slot is taken, the booking stays where it is. An advisor moves their bookings within their own calendar.',
        versioned: true,
        body: schema.StaffMoveRequest,
        answer: { status: 200, description: 'The booking at its new place', schema: schema.StaffBooking },
        problems: [409],
      },
      async ({ params, body, idempotency, who, req }) => {
        const { booking, desk } = await seenBooking(storage, who, params.id);
        const moved = await app.moveBooking({
          bookingId: booking.id,
          start: body.start,
          advisorId: body.advisor ?? boundTo(who),
          tie: body.tie,
          reason: body.reason || null,
          who,
          ifVersion: versionWanted(req, booking),
          idempotency,
        });
        return reply(moved, desk);
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffCancel,
        id: 'cancelStaffBooking',
        summary: 'Cancel the booking',
        description: 'Cancelling twice is the same as once.',
        versioned: true,
        body: schema.CancelRequest,
        answer: { status: 200, description: 'The cancelled booking', schema: schema.StaffBooking },
        problems: [409],
      },
      async ({ params, body, idempotency, who, req }) => {
        const { booking, desk } = await seenBooking(storage, who, params.id);
        const cancelled = await app.cancelBooking({
          bookingId: booking.id,
          reason: body.reason || null,
          who,
          ifVersion: versionWanted(req, booking),
          idempotency,
        });
        return reply(cancelled, desk);
      },
    ),

    secured(
      {
        method: 'patch',
        path: apiPaths.staffBooking,
        id: 'changeStaffBooking',
        summary: 'Change the link of a video consultation, or how the client is reached; send the invitation again',
        description:
          'Client and advisor are sent a new link. With null the standing room of the advisor counts, if there is one. Another address of the client gets the invitation. `resend` sends it once more as it is.',
        versioned: true,
        body: schema.BookingChange,
        answer: { status: 200, description: 'The booking as it is now', schema: schema.StaffBooking },
        problems: [409],
      },
      async ({ params, body, who, req }) => {
        const { booking, desk } = await seenBooking(storage, who, params.id);
        const request = { bookingId: booking.id, who, ifVersion: versionWanted(req, booking) };
        const { videoLink, client, resend } = body;
        if (videoLink !== undefined)
          return reply({ value: await app.changeVideoLink({ ...request, videoLink }), replayed: false }, desk);
        const corrected = client ? (await app.correctBooking({ ...request, correction: { client } })).value : booking;
        // Another address has got the invitation by the correction.
        const value =
          resend && !isReaddressed(booking, corrected)
            ? await app.sendInvitationAgain({
                bookingId: booking.id,
                who,
                ifVersion: client ? undefined : request.ifVersion,
              })
            : corrected;
        return reply({ value, replayed: false }, desk);
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffConfirm,
        id: 'confirmInterpreter',
        summary: 'Confirm a requested consultation: an interpreter was found',
        description:
          'The client gets the invitation. Confirming it once more says who interprets instead, and mails nobody.',
        versioned: true,
        body: schema.InterpreterFound,
        answer: { status: 200, description: 'The booking, confirmed', schema: schema.StaffBooking },
        problems: [409],
      },
      async ({ params, body, who, req }) => {
        const { booking, desk } = await seenBooking(storage, who, params.id);
        const value = await app.confirmInterpreter({
          ...{ bookingId: booking.id, kind: body.interpreter, name: body.name ?? null, who },
          ifVersion: versionWanted(req, booking),
        });
        return reply({ value, replayed: false }, desk);
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffDecline,
        id: 'declineInterpreter',
        summary: 'Decline a requested consultation: nobody interprets',
        description: 'It is cancelled, and the mail offers other ways.',
        versioned: true,
        body: schema.InterpreterDeclined,
        answer: { status: 200, description: 'The booking, cancelled', schema: schema.StaffBooking },
        problems: [409],
      },
      async ({ params, body, idempotency, who, req }) => {
        const { booking, desk } = await seenBooking(storage, who, params.id);
        if (booking.status !== 'requested' && booking.status !== 'cancelled') throw notChangeable(booking, 'status');
        const request = { bookingId: booking.id, reason: body.reason || null, who, idempotency };
        return reply(await app.cancelBooking({ ...request, ifVersion: versionWanted(req, booking) }), desk);
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffPrintLink,
        id: 'printManageLink',
        summary: "Hand out the client's link on paper",
        description:
          "For somebody without a mail address. The booking's history says who did it; no other answer to staff has the link.",
        body: schema.NoFields,
        answer: { status: 200, description: 'The link', schema: schema.PrintedLink },
        problems: [409],
      },
      async ({ params, idempotency, who }) => {
        const request = { bookingId: params.id, who, idempotency };
        const { replayed } = await app.printManageLink(request);
        return { body: { url: links.manage(params.id) }, replayed };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffRestore,
        id: 'restoreStaffBooking',
        summary: 'Take a cancellation back',
        description:
          'Until the consultation would be over, while its time is free; perhaps with another advisor, unless the booking is tied to a ' +
          'person. An advisor restores their bookings within their own calendar. Twice is the same as once.',
        versioned: true,
        body: schema.NoFields,
        answer: { status: 200, description: 'The booking, confirmed again', schema: schema.StaffBooking },
        problems: [409],
      },
      async ({ params, idempotency, who, req }) => {
        const { booking, desk } = await seenBooking(storage, who, params.id);
        const restored = await app.restoreBooking({
          bookingId: booking.id,
          who,
          ifVersion: versionWanted(req, booking),
          idempotency,
        });
        return reply(restored, desk);
      },
    ),

    ...ATTENDANCES.map((what) =>
      secured(
        {
          method: 'post',
          path: ATTENDANCE_PATHS[what],
          id: `record-${what}`,
          ...SUMMARIES[what],
          versioned: true,
          body: schema.NoFields,
          answer: { status: 200, description: 'The booking with its new status', schema: schema.StaffBooking },
          problems: [409],
        },
        async ({ params, idempotency, who, req }) => {
          const { booking, desk } = await seenBooking(storage, who, params.id);
          const ifVersion = versionWanted(req, booking);
          const request = { bookingId: booking.id, what, who, ifVersion, idempotency };
          return reply(await app.recordAttendance(request), desk);
        },
      ),
    ),
  ];
}
