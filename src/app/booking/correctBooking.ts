import type { Booking } from '../../domain/booking/booking';
import { type Correction, correct, isReaddressed } from '../../domain/booking/details';
import { acceptedAnswers, questionsFor } from '../../domain/booking/questions';
import type { Instant } from '../../domain/calendar/interval';
import type { Mode } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayChangeBooking } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { IdempotencyKey, IdempotentAnswer } from '../idempotently';
import { announce } from '../notifications/announce';
import type { Stores } from '../ports/storage';
import type { WantedSlot } from '../slots/alternatives';
import { audienceOf, queryToMove, resolveQuery } from '../slots/slotQuery';
import { assertReachable } from './bookConsultation';
import { assertVersion } from './movePlan';
import { needingSlot } from './needingSlot';
import { assertMayCorrectAgain } from './publicLimits';
import { takePlaces, takeSlot } from './takeSlot';

/** A request to correct a booking. What is absent stays as it is. */
interface CorrectionRequest {
  readonly bookingId: string;
  readonly correction: Omit<Correction, 'place'> & { readonly mode?: Mode | undefined };
  readonly who: Caller;
  readonly ifVersion?: number | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

type CorrectBooking = (request: CorrectionRequest) => Promise<IdempotentAnswer<Booking>>;

type Deps = Pick<AppDeps, 'storage' | 'now' | 'mailFacts' | 'turn'>;

/**
 * Corrects what a client told: addresses, how many come, note, answers, what is needed, and the mode, if there is room
 * for the other one at the same time. To another address the invitation goes anew, and the old one is told that it is
 * no longer invited. A correction that changes neither address nor mode is mailed to nobody.
 *
 * @throws DomainError `slot-unavailable` with `alternatives` (the mode), `invalid`, `booking-not-changeable`,
 *   `version-moved-on`, `too-many-requests`, `not-found`, `forbidden`
 */
export function correctBooking(deps: Deps): CorrectBooking {
  return needingSlot(deps, {
    wanted: async (request, at) => (await load(deps.storage, request, at)).wanted,
    within: (stores, request, at) => correctWithin(deps, stores, request, at),
  });
}

async function correctWithin(
  { mailFacts }: Deps,
  stores: Stores,
  request: CorrectionRequest,
  now: Instant,
): Promise<Booking> {
  const { who, ifVersion } = request;
  const { before, wanted } = await load(stores, request, now);
  assertVersion(before, ifVersion);
  const { desk, query } = wanted;
  const { mode = before.mode, answers, ...details } = request.correction;
  const by = { by: actorOf(who), now };
  const offer = mode === before.mode ? undefined : await takeSlot(stores, wanted);
  const same = offer?.advisors.find(({ id }) => id === before.advisorId);
  const { booking, event } = correct(
    before,
    {
      ...details,
      ...(answers && { answers: acceptedAnswers(questionsFor(query.topic, audienceOf(who)), answers) }),
      ...(offer && {
        place: { mode, advisorId: (same ?? offer.advisor).id, blockedUntil: offer.blockedUntil },
      }),
    },
    by,
  );
  if (!event) return booking;
  assertReachable(booking, booking.mode, { desk, who });
  const isToTell = booking.sequence !== before.sequence;
  if (isToTell && who.kind === 'client') await assertMayCorrectAgain(stores, { desk, booking: before, now });
  const room = { desk, moves: same ? [] : (offer?.moves ?? []), leaving: [before.id], now, mailFacts };
  await takePlaces(stores, room, () => stores.bookings.save(booking));
  if (isToTell || isReaddressed(before, booking))
    await announce(stores, mailFacts, { desk, booking, before, event, now });
  else await stores.bookings.record(event, 0);
  return booking;
}

async function load(
  stores: Pick<Stores, 'desks' | 'bookings'>,
  { bookingId, correction, who }: CorrectionRequest,
  now: Instant,
): Promise<{ before: Booking; wanted: WantedSlot }> {
  const before = await stores.bookings.find(bookingId);
  if (!before) throw new DomainError('not-found');
  assertMayChangeBooking(who, before);
  const desk = await deskOf(stores, before.deskId);
  const asked = { ...queryToMove(before), mode: correction.mode ?? before.mode };
  // It was booked before, so that lead time and horizon do not apply to its own time.
  const query = resolveQuery(desk, asked, 'staff');
  return { before, wanted: { desk, query, start: before.time.start, now, except: before.id } };
}
