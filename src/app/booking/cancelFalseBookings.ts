import { cancel } from '../../domain/booking/booking';
import { DomainError, isRefusal } from '../../domain/errors';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayCancelFalseBookings } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import { announce } from '../notifications/announce';
import type { Stores } from '../ports/storage';
import { otherTimes } from '../slots/otherTimes';
import { settleFlag } from '../staff/settleFlag';
import { holdBack } from './holdBack';

/** A request to cancel bookings that reception considers false. */
interface CancelFalseRequest {
  readonly deskId: string;
  readonly bookingIds: readonly string[];
  /**
   * `nobody` sends no mails and withdraws those that still wait, because the owner of a misused address has got enough
   * mails. `mail` sends the mails of any cancellation.
   */
  readonly tell: 'nobody' | 'mail';
  readonly reason: string | null;
  readonly who: Caller;
  readonly idempotency?: IdempotencyKey | undefined;
}

/** The result for one booking: `unchanged` if it was cancelled before, `refused` if it can no longer be cancelled. */
interface FalseBookingOutcome {
  readonly bookingId: string;
  readonly outcome: 'cancelled' | 'unchanged' | 'refused';
}

type CancelFalseBookings = (request: CancelFalseRequest) => Promise<IdempotentAnswer<FalseBookingOutcome[]>>;

/**
 * Cancels a run of false bookings in one transaction, each with an event in its history, and frees their times at
 * once. One that cannot be cancelled does not stop the others. Each can be restored on its own.
 *
 * @throws DomainError `not-found`, `forbidden` if one of them is no booking of the desk; nothing is changed then
 */
export function cancelFalseBookings(deps: Pick<AppDeps, 'storage' | 'now' | 'mailFacts'>): CancelFalseBookings {
  const { storage, now } = deps;
  return async ({ deskId, bookingIds, idempotency, ...deed }) => {
    assertMayCancelFalseBookings(deed.who, deskId);
    const at = now();
    return idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
      const outcomes: FalseBookingOutcome[] = [];
      for (const bookingId of new Set(bookingIds))
        outcomes.push({ bookingId, outcome: await cancelOne(deps, stores, { deskId, bookingId, now: at, ...deed }) });
      return outcomes;
    });
  };
}

async function cancelOne(
  { mailFacts }: Pick<AppDeps, 'mailFacts'>,
  stores: Stores,
  {
    deskId,
    bookingId,
    tell,
    reason,
    who,
    now,
  }: Omit<CancelFalseRequest, 'bookingIds' | 'idempotency'> & {
    bookingId: string;
    now: number;
  },
): Promise<FalseBookingOutcome['outcome']> {
  const before = await stores.bookings.find(bookingId);
  if (before?.deskId !== deskId) throw new DomainError('not-found');
  const by = actorOf(who);
  try {
    const { booking, event } = cancel(before, { by, now, reason });
    if (!event) return 'unchanged';
    await stores.bookings.save(booking);
    const change = { desk: await deskOf(stores, deskId), booking, before, now };
    if (tell === 'mail') {
      const freeTimes = await otherTimes(stores, { ...change, by });
      await announce(stores, mailFacts, { ...change, event, freeTimes });
    } else {
      await stores.outbox.withdrawAll(booking.id);
      await stores.bookings.record(event, 0);
      await holdBack(stores, change);
    }
    await settleFlag(stores, booking.id, { by, now });
    return 'cancelled';
  } catch (error) {
    if (isRefusal(error, 'booking-not-changeable')) return 'refused';
    throw error;
  }
}
