import { type Interval, overlaps } from '../../domain/calendar/interval';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeAbsences } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Affected } from './affected';
import { addAbsenceWithin } from './changeAbsences';

interface BlockRequest {
  readonly who: Caller;
  readonly deskId: string;
  readonly advisorId: string;
  readonly time: Interval;
  readonly idempotency?: IdempotencyKey | undefined;
}

/**
 * Blocks a time in which an advisor is free, as an absence without a reason; its inverse is `removeAbsence`. Other than
 * `addAbsence` it never takes the time of a booking, nor of a client who is booking just now.
 *
 * @throws DomainError `slot-unavailable` if the time is no longer free, `no-effect` if it is blocked already or
 *   over, `not-found`, `forbidden`
 */
export function blockTime(
  deps: Pick<AppDeps, 'storage' | 'now' | 'ids'>,
): (request: BlockRequest) => Promise<IdempotentAnswer<Affected>> {
  const { storage, now } = deps;
  return async ({ who, deskId, advisorId, time, idempotency }) => {
    assertMayChangeAbsences(who, deskId, advisorId);
    const at = now();
    return idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
      const rest = { start: Math.max(time.start, at), end: time.end };
      if (rest.end <= rest.start) throw new DomainError('no-effect', { reason: 'that time is over', beatenBy: null });
      const taken = await stores.bookings.busy(deskId, rest, at);
      if (taken.some((each) => each.advisorId === advisorId && overlaps(each.time, rest)))
        throw new DomainError('slot-unavailable');
      return addAbsenceWithin(stores, deps, { who, deskId, advisorId, time, reason: null, now: at });
    });
  };
}
