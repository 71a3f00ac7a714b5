import { type Actor, assertChangeable, type Booking, move } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import { DomainError } from '../../domain/errors';
import type { AppDeps } from '../deps';
import { announce } from '../notifications/announce';
import { type Answer, type IdempotencyKey, once } from '../once';
import type { Stores } from '../ports/storage';
import { offeringAlternatives } from './alternatives';
import { deskOf, offerAt, questionFor, situationAt, type Wish } from './situation';

export interface MoveRequest {
  readonly bookingId: string;
  readonly start: Instant;
  /** To this advisor; absent: to any who is suitable, or to the same one if the booking is tied. */
  readonly advisorId?: string | undefined;
  readonly by: Actor;
  /** The version that the mover saw. @see DomainError `version-moved-on` */
  readonly ifVersion?: number | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

export type MoveBooking = (request: MoveRequest) => Promise<Answer<Booking>>;

/**
 * Moves a booking in one transaction: either it is at its new place, or nothing has changed at all.
 *
 * @throws DomainError `slot-unavailable` with `alternatives`, `booking-not-changeable`, `version-moved-on`, `not-found`
 */
export function moveBooking({ storage, now, compose }: Omit<AppDeps, 'ids' | 'tokens'>): MoveBooking {
  return (request) => {
    const at = now();
    return offeringAlternatives(
      storage,
      async () => {
        const { booking, desk, question } = await load(storage, request);
        return { desk, question, start: request.start, now: at, except: booking.id };
      },
      () =>
        once({ write: storage.write, now: at }, request.idempotency, async (stores) => {
          const { booking, desk, question } = await load(stores, request);
          assertVersion(booking, request.ifVersion);
          assertChangeable(booking, { by: request.by, now: at });
          const stays =
            booking.time.start === request.start && (request.advisorId ?? booking.advisorId) === booking.advisorId;
          if (stays) return booking;

          await stores.bookings.lapseHolds(at);
          const situation = await situationAt(stores, desk, {
            range: { start: request.start, end: request.start + 1 },
            now: at,
            except: booking.id,
          });
          const offer = offerAt(situation, question, request.start);
          const advisor = offer?.advisors[0];
          if (!offer || !advisor) throw new DomainError('slot-unavailable');
          const tied = request.advisorId !== undefined || booking.tied;
          const change = move(
            booking,
            { time: offer.time, blockedUntil: offer.blockedUntil, advisorId: advisor.id, tied },
            { by: request.by, now: at },
          );
          if (!change.event) return booking;
          await stores.bookings.save(change.booking);
          await announce(stores, compose, {
            desk,
            booking: change.booking,
            before: booking,
            event: change.event,
            now: at,
          });
          return change.booking;
        }),
    );
  };
}

async function load(stores: Pick<Stores, 'desks' | 'bookings'>, { bookingId, advisorId, by }: MoveRequest) {
  const booking = await stores.bookings.find(bookingId);
  if (!booking) throw new DomainError('not-found');
  const desk = await deskOf(stores, booking.deskId);
  return {
    booking,
    desk,
    question: questionFor(desk, wishToMove(booking, advisorId), by.kind === 'client' ? 'client' : 'staff'),
  };
}

/** What a booking asks for when it moves: the same as before, tied to its advisor if it was, or to another whom staff chose. */
export function wishToMove(booking: Booking, advisorId?: string): Wish {
  const person = advisorId ?? (booking.tied ? booking.advisorId : undefined);
  return { topicId: booking.topicId, language: booking.language, mode: booking.mode, advisorId: person };
}

/** @throws DomainError `version-moved-on` if somebody changed the booking since it was read */
export function assertVersion(booking: Booking, ifVersion: number | undefined): void {
  if (ifVersion !== undefined && ifVersion !== booking.version)
    throw new DomainError('version-moved-on', { version: booking.version });
}
