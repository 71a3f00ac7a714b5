import { deskOf } from '../../../app/desks/deskOf';
import { CLIENT } from '../../../domain/staff/caller';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { originOf } from '../../middleware/rateLimit';
import { wishOf } from '../details';
import { type Operation, open } from '../operation';
import { holdJson } from '../present';
import * as schema from '../schemas';

/**
 * The operations on slots that are held for a client who fills in a form elsewhere. The hold's id is the secret:
 * whoever knows it may use the hold.
 */
export function holdOperations({
  app,
  storage,
  limitKey,
}: Pick<HttpDeps, 'app' | 'storage' | 'limitKey'>): Operation[] {
  const zoneOf = async (deskId: string) => (await deskOf(storage, deskId)).hours.timeZone;

  return [
    open(
      {
        method: 'post',
        path: apiPaths.holds,
        id: 'holdSlot',
        summary: 'Keep a slot for 15 minutes',
        body: schema.HoldRequest,
        answer: { status: 201, description: 'The slot is kept', schema: schema.Hold },
        problems: [409, 429],
      },
      async ({ params, body, idempotency, res }) => {
        const query = wishOf(body);
        const request = {
          deskId: params.desk,
          query,
          start: body.start,
          who: CLIENT,
          origin: originOf({ limitKey }, res),
          idempotency,
        };
        const { value, replayed } = await app.holdSlot(request);
        return { body: holdJson(value, await zoneOf(params.desk)), replayed };
      },
    ),

    open(
      {
        method: 'post',
        path: apiPaths.renewHold,
        id: 'renewHold',
        summary: 'Keep the slot for 15 minutes from now',
        description:
          'As long as the hold is live; after twelve renewals `expiresAt` stays as it was. Sending it twice does no harm.',
        body: schema.NoFields,
        repeatable: true,
        answer: { status: 200, description: 'The hold as it is now', schema: schema.Hold },
        problems: [409],
      },
      async ({ params }) => {
        const hold = await app.renewHold({ id: params.id, deskId: params.desk, who: CLIENT });
        return { body: holdJson(hold, await zoneOf(params.desk)) };
      },
    ),

    open(
      {
        method: 'delete',
        path: apiPaths.hold,
        id: 'releaseHold',
        summary: 'Give the slot back',
        answer: { status: 204, description: 'The slot is free again' },
      },
      async ({ params }) => {
        await app.releaseHold({ id: params.id, deskId: params.desk, who: CLIENT });
        return {};
      },
    ),
  ];
}
