import { type Actor, assertChangeable, type Booking, move } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import { DomainError } from '../../domain/errors';
import type { AppDeps } from '../deps';
import { announce } from '../notifications/announce';
import { type Answer, type IdempotencyKey, once } from '../once';
import type { Stores } from '../ports/storage';
import { settleFlag } from '../staff/settleFlag';
import { offeringAlternatives, type Wanted } from './alternatives';
import { deskOf, deskOfBooking, questionFor, takeOffer, takePlaces, type Wish } from './situation';

/** Which booking moves, and where to. */
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
export function moveBooking(deps: Deps): MoveBooking {
  const { storage, now } = deps;
  return (request) => {
    const at = now();
    return offeringAlternatives(
      storage,
      async () => (await load(storage, request, at)).wanted,
      async () => {
        const desk = await deskOfBooking(storage, request.bookingId);
        return once({ write: storage.write, now: at, desk }, request.idempotency, (stores) =>
          moveWithin(deps, stores, request, at),
        );
      },
    );
  };
}

type Deps = Pick<AppDeps, 'storage' | 'now' | 'compose'>;

async function moveWithin({ compose }: Deps, stores: Stores, request: MoveRequest, now: Instant): Promise<Booking> {
  const { booking: before, wanted } = await load(stores, request, now);
  const { start, advisorId, by, ifVersion } = request;
  assertVersion(before, ifVersion);
  assertChangeable(before, { by, now });
  const stays = before.time.start === start && (advisorId ?? before.advisorId) === before.advisorId;
  // Staff who ask for anybody at the same time mean somebody else, if its advisor cannot be there.
  const anybody = by.kind === 'staff' && wanted.question.advisorId === undefined;
  if (stays && !anybody) return before;

  const { time, blockedUntil, advisors, advisor, moves } = await takeOffer(stores, wanted);
  if (stays && advisors.some(({ id }) => id === before.advisorId)) return before;
  const target = { time, blockedUntil, advisorId: advisor.id, tied: advisorId !== undefined || before.tied };
  const { booking, event } = move(before, target, { by, now });
  if (!event) return before;
  await takePlaces(stores, { desk: wanted.desk, moves, leaving: [booking.id], now, compose }, () =>
    stores.bookings.save(booking),
  );
  await announce(stores, compose, { desk: wanted.desk, booking, before, event, now });
  await settleFlag(stores, booking.id, { by, now });
  return booking;
}

async function load(
  stores: Pick<Stores, 'desks' | 'bookings'>,
  { bookingId, start, advisorId, by }: MoveRequest,
  now: Instant,
): Promise<{ booking: Booking; wanted: Wanted }> {
  const booking = await stores.bookings.find(bookingId);
  if (!booking) throw new DomainError('not-found');
  const desk = await deskOf(stores, booking.deskId);
  const question = questionFor(desk, wishToMove(booking, advisorId), by.kind === 'client' ? 'client' : 'staff');
  return { booking, wanted: { desk, question, start, now, except: booking.id } };
}

/** What a booking asks for when it moves: the same as before, tied to its advisor if it was, or to another whom staff chose. */
export function wishToMove(booking: Booking, advisorId?: string): Wish {
  const person = advisorId ?? (booking.tied ? booking.advisorId : undefined);
  const { topicId, language, mode, urgent } = booking;
  return { topicId, language, mode, advisorId: person, urgent };
}

/** @throws DomainError `version-moved-on` if somebody changed the booking since it was read */
export function assertVersion(booking: Booking, ifVersion: number | undefined): void {
  if (ifVersion !== undefined && ifVersion !== booking.version)
    throw new DomainError('version-moved-on', { version: booking.version });
}
