import { complete } from '../../domain/booking/attendance';
import type { Booking } from '../../domain/booking/booking';
import { type AskedOutcome, type NotedOutcome, noteOutcome, readOutcome } from '../../domain/booking/outcome';
import { type Instant, SECOND } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayServeBooking } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf, deskOfBooking } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { assertVersion } from './movePlan';

/** What became of which consultation, and who says so. */
interface OutcomeRequest {
  readonly bookingId: string;
  readonly outcome: AskedOutcome;
  /** Whether the client is mailed the next steps and the referral; without either there is nothing to mail. */
  readonly isMailed: boolean;
  readonly who: Caller;
  readonly ifVersion?: number | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

type RecordOutcome = (request: OutcomeRequest) => Promise<IdempotentAnswer<Booking>>;

type Deps = Pick<AppDeps, 'storage' | 'now' | 'mailFacts'>;

/**
 * Notes what became of a consultation, which completes it, or corrects what was noted. The client is mailed what was
 * agreed on if that is wanted. A mail about an earlier outcome is withdrawn unless it was sent.
 *
 * @throws DomainError `booking-not-changeable` with `why` (`not-started`, `status`), `invalid` as `readOutcome`,
 *   `version-moved-on`, `not-found`, `forbidden`
 */
export function recordOutcome(deps: Deps): RecordOutcome {
  const { storage, now } = deps;
  return async ({ idempotency, ...request }) => {
    const [at, desk] = [now(), await deskOfBooking(storage, request.bookingId)];
    return idempotently({ write: storage.write, now: at, desk }, idempotency, (stores) =>
      recordWithin(deps, stores, request, at),
    );
  };
}

async function recordWithin(
  { mailFacts }: Deps,
  stores: Stores,
  { bookingId, outcome: asked, isMailed, who, ifVersion }: OutcomeRequest,
  now: Instant,
): Promise<Booking> {
  const { bookings, outbox } = stores;
  const before = await bookings.find(bookingId);
  if (!before) throw new DomainError('not-found');
  assertMayServeBooking(who, before);
  assertVersion(before, ifVersion);
  const by = { by: actorOf(who), now };
  const desk = await deskOf(stores, before.deskId);
  const completed = complete(before, by);
  if (completed.event) {
    await bookings.save(completed.booking);
    await bookings.record(completed.event, 0);
    await outbox.withdrawOutdated(bookingId, completed.event.type);
  }
  const outcome = readOutcome(asked, { booking: before, desk, now });
  const { booking, event } = noteOutcome(completed.booking, outcome, by);
  if (event) {
    await bookings.save(booking);
    await bookings.record(event, 0);
    await outbox.withdrawOutdated(bookingId, event.type);
  }
  if (isMailed && isToTell(outcome)) await mailOutcome(stores, mailFacts, { desk, booking, now });
  return booking;
}

/** Tells whether there is anything in it for the client. */
function isToTell({ nextSteps, referral }: NotedOutcome): boolean {
  return nextSteps.length > 0 || referral !== null;
}

/** The mail waits as long as others about deeds of staff, so that what is corrected meanwhile was never said. */
async function mailOutcome(
  { outbox }: Pick<Stores, 'outbox'>,
  mailFacts: Deps['mailFacts'],
  { desk, booking, now }: { desk: Desk; booking: Booking; now: Instant },
): Promise<void> {
  const occasion = { desk, booking, before: null, event: { type: 'next_steps' as const }, calendar: false, now };
  const until = now + desk.mailGraceSeconds * SECOND;
  for (const facts of mailFacts(occasion))
    await outbox.queue({
      ...{ deskId: desk.id, bookingId: booking.id, sequence: booking.sequence, facts, now },
      holdUntil: until > now ? until : undefined,
    });
}
