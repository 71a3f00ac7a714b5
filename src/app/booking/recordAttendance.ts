import {
  checkIn,
  complete,
  type Noting,
  noShow,
  reopen,
  type TakingBack,
  undoCheckIn,
} from '../../domain/booking/attendance';
import { type Booking, lastStep } from '../../domain/booking/booking';
import type { Change } from '../../domain/booking/change';
import type { Instant } from '../../domain/calendar/interval';
import { DomainError } from '../../domain/errors';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayServeBooking } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf, deskOfBooking } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import { tellMissed } from '../notifications/tellMissed';
import type { CollectMailFacts } from '../ports/mailWriter';
import type { Stores } from '../ports/storage';
import { assertVersion } from './movePlan';

const DECISIONS = {
  'check-in': checkIn,
  complete,
  'no-show': noShow,
  'undo-check-in': undoCheckIn,
  reopen,
} satisfies Record<string, (booking: Booking, by: Noting & TakingBack) => Change>;

/** The kinds of attendance that can be recorded or undone, as the API names them. */
export type Attendance = keyof typeof DECISIONS;
/** All kinds of attendance, for the validation of input. */
export const ATTENDANCES = Object.keys(DECISIONS) as readonly Attendance[];

/** What is recorded of whom, and by whom. */
interface AttendanceRecord {
  readonly bookingId: string;
  readonly what: Attendance;
  readonly who: Caller;
  readonly ifVersion?: number | undefined;
}

interface AttendanceRequest extends AttendanceRecord {
  readonly idempotency?: IdempotencyKey | undefined;
}

type RecordAttendance = (request: AttendanceRequest) => Promise<IdempotentAnswer<Booking>>;

/**
 * Records that the client came, was seen, or did not come, or undoes that. Only a client who
 * did not come is written to, see `tellMissed`.
 *
 * @throws DomainError `booking-not-changeable` with `why`, `version-moved-on`, `not-found`, `forbidden`
 */
export function recordAttendance({
  storage,
  now,
  mailFacts,
}: Pick<AppDeps, 'storage' | 'now' | 'mailFacts'>): RecordAttendance {
  return async ({ idempotency, ...record }) => {
    const [at, desk] = [now(), await deskOfBooking(storage, record.bookingId)];
    return idempotently({ write: storage.write, now: at, desk }, idempotency, (stores) =>
      recordWithin(stores, record, { now: at, mailFacts }),
    );
  };
}

/** Does what `recordAttendance` does, within a transaction. */
export async function recordWithin(
  stores: Pick<Stores, 'desks' | 'bookings' | 'outbox' | 'snapshot'>,
  { bookingId, what, who, ifVersion }: AttendanceRecord,
  { now, mailFacts }: { readonly now: Instant; readonly mailFacts: CollectMailFacts },
): Promise<Booking> {
  const { bookings } = stores;
  const before = await bookings.find(bookingId);
  if (!before) throw new DomainError('not-found');
  assertMayServeBooking(who, before);
  const desk = await deskOf(stores, before.deskId);
  const { timeZone } = desk.hours;
  const last = lastStep(await bookings.history(bookingId));
  const { booking, event } = DECISIONS[what](before, { by: actorOf(who), now, timeZone, last });
  if (!event) return booking;
  assertVersion(before, ifVersion);
  await bookings.save(booking);
  await bookings.record(event, 0);
  await tellMissed(stores, mailFacts, { desk, booking, event, now });
  return booking;
}
