import { deskOf } from '../../../app/desks/deskOf';
import type { Booking } from '../../../domain/booking/booking';
import { absolute, apiPaths, apiUrl } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { staffBookingJson, windowJson } from '../present';
import { versionTag, versionWanted } from '../request';
import * as schema from '../schemas';
import { seenBooking } from './sight';

/** The operations with which staff note what became of a consultation, and book the next one. */
export function outcomeOperations({
  app,
  storage,
  baseUrl,
}: Pick<HttpDeps, 'app' | 'storage' | 'baseUrl'>): Operation[] {
  return [
    secured(
      {
        method: 'post',
        path: apiPaths.staffOutcome,
        id: 'recordOutcome',
        summary: 'Note what became of a consultation, or correct it',
        description:
          'From its start; it is completed by that. A partner is told nothing. A correction replaces all that was noted; `reopen` takes it back.',
        versioned: true,
        body: schema.OutcomeRequest,
        answer: { status: 200, description: 'The booking, completed', schema: schema.StaffBooking },
        problems: [409],
      },
      async ({ params, body, idempotency, who, req }) => {
        const { booking, desk } = await seenBooking(storage, who, params.id);
        const { value, replayed } = await app.recordOutcome({
          bookingId: booking.id,
          outcome: {
            kind: body.outcome,
            nextSteps: body.nextSteps ?? [],
            referral: body.referral?.partner ?? null,
            group: body.group ?? null,
          },
          isMailed: body.tell === 'mail',
          who,
          ifVersion: versionWanted(req, booking),
          idempotency,
        });
        return { body: staffBookingJson(value, desk), headers: { ETag: versionTag(value) }, replayed };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffFollowUp,
        id: 'followUp',
        summary: 'Book the next consultation with the same advisor',
        description:
          'From the start of this one. It is tied to the advisor; language, answers and, unless others are named, topic and mode are carried over.',
        body: schema.FollowUpRequest,
        answer: { status: 201, description: 'It is booked', schema: schema.StaffBooking, location: true },
        problems: [409],
      },
      async ({ params, body, idempotency, who }) => {
        const { booking, desk } = await seenBooking(storage, who, params.id);
        const { topic: topicId, mode, start } = body;
        const { value, replayed } = await app.followUp({
          bookingId: booking.id,
          topicId,
          mode,
          start,
          who,
          idempotency,
        });
        return { body: staffBookingJson(value, desk), headers: headersOf(value), replayed };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffElsewhere,
        id: 'bookElsewhere',
        summary: 'Book the next step at the desk of this program to which the client was referred',
        description: "As the client could, by that desk's lead times; it learns nothing of this consultation.",
        body: schema.ElsewhereRequest,
        answer: { status: 201, description: 'It is booked there', schema: schema.BookedElsewhere },
        problems: [409, 429],
      },
      async ({ params, body, idempotency, who }) => {
        const { booking } = await seenBooking(storage, who, params.id);
        const { topic: topicId, mode, start } = body;
        const request = { bookingId: booking.id, topicId, mode, start, who, idempotency };
        const { value, replayed } = await app.bookElsewhere(request);
        const { hours } = await deskOf(storage, value.deskId);
        const { deskId: desk, reference, topicId: topic } = value;
        return {
          body: { desk, reference, topic, mode: value.mode, ...windowJson(value.time, hours.timeZone) },
          replayed,
        };
      },
    ),
  ];

  function headersOf(booking: Booking) {
    const location = absolute(baseUrl, apiUrl(apiPaths.staffBooking, { id: booking.id }));
    return { ETag: versionTag(booking), Location: location };
  }
}
