import { type Actor, cancel } from '../../domain/booking/booking';
import { DomainError, isRefusal } from '../../domain/errors';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type Answer, type IdempotencyKey, idempotently } from '../idempotently';
import { announce } from '../notifications/announce';
import type { Stores } from '../ports/storage';
import { otherTimes } from '../slots/otherTimes';
import { settleFlag } from '../staff/settleFlag';

/** Bookings that somebody made without meaning them, as reception judges. */
export interface CancelFalseRequest {
  readonly deskId: string;
  readonly bookingIds: readonly string[];
  /**
   * `nobody`: nobody is mailed, and what still waits to be sent about them is withdrawn. Whose mail address was misused has had mails
   * enough. `mail`: as for any cancellation.
   */
  readonly tell: 'nobody' | 'mail';
  readonly reason: string | null;
  readonly by: Actor;
  readonly idempotency?: IdempotencyKey | undefined;
}

/** What became of one of them: `unchanged` was cancelled before, `refused` cannot be cancelled any more. */
export interface FalseBookingOutcome {
  readonly bookingId: string;
  readonly outcome: 'cancelled' | 'unchanged' | 'refused';
}

export type CancelFalseBookings = (request: CancelFalseRequest) => Promise<Answer<FalseBookingOutcome[]>>;

/**
 * Calls off a run of false bookings in one transaction, each with a line in its history; their times are free at once. One that cannot
 * be cancelled does not hold up the others. Each can be restored for itself.
 *
 * @throws DomainError `not-found` if one of them is no booking of the desk: then nothing is done
 */
export function cancelFalseBookings(deps: Pick<AppDeps, 'storage' | 'now' | 'writeMails'>): CancelFalseBookings {
  const { storage, now } = deps;
  return ({ deskId, bookingIds, idempotency, ...deed }) => {
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
  { writeMails }: Pick<AppDeps, 'writeMails'>,
  stores: Stores,
  {
    deskId,
    bookingId,
    tell,
    reason,
    by,
    now,
  }: Omit<CancelFalseRequest, 'bookingIds' | 'idempotency'> & {
    bookingId: string;
    now: number;
  },
): Promise<FalseBookingOutcome['outcome']> {
  const before = await stores.bookings.find(bookingId);
  if (before?.deskId !== deskId) throw new DomainError('not-found');
  try {
    const { booking, event } = cancel(before, { by, now, reason });
    if (!event) return 'unchanged';
    await stores.bookings.save(booking);
    if (tell === 'mail') {
      const change = { desk: await deskOf(stores, deskId), booking, before, now };
      const freeTimes = await otherTimes(stores, { ...change, by });
      await announce(stores, writeMails, { ...change, event, freeTimes });
    } else {
      await stores.outbox.withdrawAll(booking.id);
      await stores.bookings.record(event, 0);
    }
    await settleFlag(stores, booking.id, { by, now });
    return 'cancelled';
  } catch (error) {
    if (isRefusal(error, 'booking-not-changeable')) return 'refused';
    throw error;
  }
}
