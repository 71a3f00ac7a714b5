import { DomainError } from '../../../domain/errors';
import type { Caller } from '../../../domain/staff/caller';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { waitingEntryJson } from '../presentWaiting';
import * as schema from '../schemas';

/** The operations with which staff see who waits until something becomes free, and fill a gap with one of them. */
export function staffWaitingOperations({ app }: Pick<HttpDeps, 'app'>): Operation[] {
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffWaitingList,
        id: 'readWaitingList',
        summary: 'Who waits until something becomes free',
        answer: { status: 200, description: 'In the order of their turn', schema: schema.WaitingList },
      },
      async ({ params, who }) => {
        const { desk, places } = await app.readWaitingList(who, params.desk);
        return { body: { entries: places.map((place) => waitingEntryJson(place, desk.hours.timeZone)) } };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffWaitingOffer,
        id: 'offerToWaiting',
        summary: 'Offer somebody a start',
        description:
          'Whatever day and time they wished for. It is held for them, and counts as one of their three offers.',
        body: schema.WaitingOfferBody,
        answer: { status: 200, description: 'The entry with its offer', schema: schema.WaitingEntry },
        problems: [409],
      },
      async ({ params, body, who, idempotency }) => {
        const request = { who, deskId: params.desk, entryId: params.id, start: body.start, idempotency };
        const { value, replayed } = await app.offerByStaff(request);
        return { body: await placeOf(app, who, params.desk, value.id), replayed };
      },
    ),
  ];
}

/** Returns an entry that is on the list, as staff see it. @throws DomainError `not-found` if it is no more */
export async function placeOf(app: HttpDeps['app'], who: Caller, deskId: string, entryId: string) {
  const { desk, places } = await app.readWaitingList(who, deskId);
  const place = places.find(({ entry }) => entry.id === entryId);
  if (!place) throw new DomainError('not-found');
  return waitingEntryJson(place, desk.hours.timeZone);
}
