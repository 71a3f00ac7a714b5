import type { Response } from 'express';
import { deskOf } from '../../../app/desks/deskOf';
import { behindWaitToken } from '../../../app/waiting/behindWaitToken';
import { DomainError } from '../../../domain/errors';
import { absolute, apiPaths, paths, url } from '../../../paths';
import { clientLocaleFor } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { bySecret, inRange, type LimitDeps, spend } from '../../middleware/rateLimit';
import { type Operation, open } from '../operation';
import { bookingJson, linksOf } from '../present';
import { waitingDataJson, waitingJson, wishOf } from '../presentWaiting';
import * as schema from '../schemas';

type Deps = LimitDeps & Pick<HttpDeps, 'app' | 'tokens' | 'baseUrl'>;

/** The operations of somebody who waits until something becomes free. */
export function waitingOperations(deps: Deps): Operation[] {
  const { app, storage, baseUrl } = deps;
  const links = linksOf(deps);

  /** All wrong tokens get the same answer. */
  const behind = async ({ waitToken }: { waitToken: string }, res: Response) => {
    const entry = await bySecret(deps, res, () => behindWaitToken(deps, waitToken));
    if (!entry) throw new DomainError('not-found');
    return { entry, desk: await deskOf(storage, entry.deskId) };
  };

  return [
    open(
      {
        method: 'post',
        path: apiPaths.waitingList,
        id: 'joinWaitingList',
        summary: 'Wait until something becomes free',
        description:
          'Something that becomes free is offered by mail to those who wait, and held for them: first to who has the earliest `deadline`, then to who waits longest, and only what fits. Whoever waits for the topic already gets their first entry.',
        body: schema.WaitingRequest,
        creates: true,
        answer: { status: 200, description: 'They were on the list already', schema: schema.WaitingPlace },
        problems: [409, 429],
      },
      async ({ params, body, idempotency, res }) => {
        if (!res.locals.staff) await spend(deps, inRange(deps, res, 'joinInRange'));
        const { languages, client, earlierThan } = body;
        const { value, replayed } = await app.joinWaitingList({
          deskId: params.desk,
          wish: wishOf(body),
          client: {
            ...{ name: client.name, email: client.email || null, phone: client.phone || null },
            language: client.language ?? clientLocaleFor(languages[0] ?? 'en'),
          },
          earlierThan,
          idempotency,
        });
        const { id, token, position, isNew } = value;
        const statusUrl = absolute(baseUrl, url(paths.waitingStatus, { waitToken: token }));
        return { body: { id, statusUrl, position }, created: isNew, replayed };
      },
    ),

    open(
      {
        method: 'get',
        path: apiPaths.waiting,
        id: 'readWaiting',
        summary: 'What is offered to somebody who waits',
        answer: { status: 200, description: 'The entry', schema: schema.Waiting },
      },
      async ({ params, res }) => {
        const { entry, desk } = await behind(params, res);
        return { body: waitingJson(entry, desk.hours.timeZone) };
      },
    ),

    open(
      {
        method: 'post',
        path: apiPaths.acceptOffer,
        id: 'acceptOffer',
        summary: 'Book what is offered',
        description: 'A booking that was to become earlier moves there. Twice is the same as once.',
        body: schema.NoFields,
        answer: { status: 200, description: 'The booking', schema: schema.Booking },
        problems: [409, 429],
      },
      async ({ params, idempotency, res }) => {
        const { entry, desk } = await behind(params, res);
        const { value, replayed } = await app.acceptOffer({ entry, idempotency });
        return { body: bookingJson(value, desk, links), replayed };
      },
    ),

    open(
      {
        method: 'post',
        path: apiPaths.declineOffer,
        id: 'declineOffer',
        summary: 'Let pass what is offered, and wait on',
        description: 'After three offers the entry has ended. Without an offer nothing changes.',
        body: schema.NoFields,
        repeatable: true,
        answer: { status: 200, description: 'The entry as it is now', schema: schema.Waiting },
      },
      async ({ params, res }) => {
        const { entry, desk } = await behind(params, res);
        const after = await app.passOffer({ entry });
        return { body: waitingJson(after, desk.hours.timeZone) };
      },
    ),

    open(
      {
        method: 'get',
        path: apiPaths.waitingData,
        id: 'readWaitingData',
        summary: 'All that is stored of the entry, as a download',
        answer: { status: 200, description: 'Everything', schema: schema.WaitingData },
      },
      async ({ params, res }) => {
        const { entry, desk } = await behind(params, res);
        const headers = { 'Content-Disposition': 'attachment; filename="waiting-list.json"' };
        return { body: waitingDataJson(entry, desk.hours.timeZone), headers };
      },
    ),

    open(
      {
        method: 'delete',
        path: apiPaths.waiting,
        id: 'leaveWaitingList',
        summary: 'Leave the waiting list, and be forgotten',
        answer: { status: 204, description: 'The entry is gone' },
      },
      async ({ params, res }) => {
        const { entry } = await behind(params, res);
        await app.forgetWaiting({ entry });
        return {};
      },
    ),
  ];
}
