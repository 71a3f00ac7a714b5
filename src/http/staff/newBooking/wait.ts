import type { Response } from 'express';
import type { FreeTimes } from '../../../app/slots/freeTimes';
import type { Instant } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { mayServeWaiting } from '../../../domain/staff/rights';
import type { WaitingWish } from '../../../domain/waiting/entry';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { SignedIn } from '../../middleware/staff';
import { signedIn } from '../desk';
import { type Fields, keyOf } from '../forms';
import type { NewBookingDetails } from './form';
import { asksAfternoon, type KnownSlotQuery } from './query';

/** Tells whether the caller can be put on the waiting list instead: nothing is free, and no one person was asked for. */
export function mayWaitInstead(
  { desk, staff, query, now }: { desk: Desk; staff: SignedIn; query: KnownSlotQuery; now: Instant },
  found: FreeTimes,
): boolean {
  const isFull = found.slots.every(({ time }) => time.start <= now);
  return isFull && query.advisorId === undefined && mayServeWaiting(staff, desk.id);
}

interface Waiting {
  readonly desk: Desk;
  readonly fields: Fields;
  readonly query: KnownSlotQuery;
  readonly told: NewBookingDetails;
}

/**
 * Puts a caller on the waiting list for what they asked for, on any day, and leads to their entry.
 *
 * @returns why it was not done, for the page
 */
export async function waitInstead(
  { app, tokens }: Pick<HttpDeps, 'app' | 'tokens'>,
  res: Response,
  { desk, fields, query, told }: Waiting,
): Promise<string | undefined> {
  const wish: WaitingWish = {
    ...{ topicId: query.topicId, languages: [query.language], mode: fields.mode ? query.mode : null },
    ...{ from: null, until: null, weekdays: [], deadline: null },
    ...{ after: asksAfternoon(fields) ? NOON : null, before: null },
  };
  const { client } = told.details;
  const idempotency = keyOf({ tokens }, res, { what: `wait ${desk.id}`, fields });
  const request = { deskId: desk.id, wish, client, who: signedIn(res), idempotency };
  try {
    const { value } = await deed(res, () => app.joinWaitingList(request));
    const entry = { entry: value.id, done: 'joined' };
    res.redirect(303, url(paths.staffWaitingList, { desk: desk.id }, entry));
    return undefined;
  } catch (error) {
    if (isRefusal(error, 'invalid')) return res.locals.t('staff.waitingList.needsReach');
    if (isRefusal(error, 'idempotency-key-reused')) return res.locals.t('staff.newBooking.again');
    throw error;
  }
}

const NOON = '12:00';
