import { deskOf } from '../../../app/desks/deskOf';
import { apiPaths } from '../../../paths';
import { clientLocaleFor } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { staffBookingJson, windowJson } from '../present';
import { wishOf } from '../presentWaiting';
import * as schema from '../schemas';
import { placeOf } from './waiting';

/** The operations with which staff serve somebody who waits on the phone. */
export function waitingDeedOperations({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): Operation[] {
  return [
    secured(
      {
        method: 'post',
        path: apiPaths.staffWaitingList,
        id: 'addToWaitingList',
        summary: 'Put a caller on the waiting list',
        description:
          'A phone number is enough: then nobody is written to, and what becomes free is kept for them and is a task of kind `call`. Whoever waits for the topic already keeps their first entry.',
        body: schema.StaffWaitingRequest,
        creates: true,
        answer: { status: 200, description: 'They were on the list already', schema: schema.WaitingEntry },
        problems: [409, 429],
      },
      async ({ params, body, who, idempotency }) => {
        const { client, languages } = body;
        const { value, replayed } = await app.joinWaitingList({
          who,
          deskId: params.desk,
          wish: wishOf(body),
          client: {
            ...{ name: client.name, email: client.email || null, phone: client.phone || null },
            language: client.language ?? clientLocaleFor(languages[0] ?? 'en'),
          },
          idempotency,
        });
        return { body: await placeOf(app, who, params.desk, value.id), created: value.isNew, replayed };
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffWaitingStarts,
        id: 'readStartsForWaiting',
        summary: 'What can be offered to somebody who waits',
        description: 'The first free starts that fit their wish, then the first that do not.',
        answer: { status: 200, description: 'Free starts', schema: schema.WaitingStarts },
      },
      async ({ params, who }) => {
        const starts = await app.startsForWaiter(who, params.desk, params.id);
        const { hours } = await deskOf(storage, params.desk);
        return {
          body: { starts: starts.map(({ time, ...rest }) => ({ ...windowJson(time, hours.timeZone), ...rest })) },
        };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffWaitingBook,
        id: 'bookForWaiting',
        summary: 'Book a start for somebody who waits and has agreed on the phone',
        description:
          'What is offered to them, or another start instead of it. A booking that was to become earlier moves there.',
        body: schema.WaitingOfferBody,
        answer: { status: 200, description: 'The booking', schema: schema.StaffBooking },
        problems: [409],
      },
      async ({ params, body, who, idempotency }) => {
        const request = { who, deskId: params.desk, entryId: params.id, start: body.start, idempotency };
        const { value, replayed } = await app.bookForWaiter(request);
        return { body: staffBookingJson(value, await deskOf(storage, params.desk)), replayed };
      },
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffWaiting,
        id: 'takeOffWaitingList',
        summary: 'Take somebody off the waiting list',
        description: 'What was offered to them goes to the next. It can be taken back. Twice is the same as once.',
        answer: { status: 204, description: 'They wait no more' },
      },
      async ({ params, who }) => {
        await app.takeOffList({ who, deskId: params.desk, entryId: params.id });
        return {};
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffWaitingRestore,
        id: 'putBackOnWaitingList',
        summary: 'Put somebody back whom staff took off the waiting list',
        body: schema.NoFields,
        repeatable: true,
        answer: { status: 200, description: 'The entry, at its old place', schema: schema.WaitingEntry },
        problems: [409],
      },
      async ({ params, who }) => {
        await app.putBackOnList({ who, deskId: params.desk, entryId: params.id });
        return { body: await placeOf(app, who, params.desk, params.id) };
      },
    ),
  ];
}
