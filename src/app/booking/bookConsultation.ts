import type { Offer, Question } from '../../domain/assignment/offers';
import type { Actor, Booking, BookingEvent, Details, Source } from '../../domain/booking/booking';
import type { Hold } from '../../domain/booking/hold';
import type { Instant } from '../../domain/calendar/interval';
import { DomainError } from '../../domain/errors';
import type { AppDeps } from '../deps';
import { announce } from '../notifications/announce';
import { type Answer, type IdempotencyKey, once } from '../once';
import type { Stores } from '../ports/storage';
import { offeringAlternatives } from './alternatives';
import { deskOf, offerAt, questionFor, situationAt, type Wish } from './situation';

export interface BookingRequest {
  readonly deskId: string;
  readonly wish: Wish;
  readonly start: Instant;
  readonly details: Details;
  readonly source: Source;
  readonly by: Actor;
  /** The hold that becomes the booking. If it has run out, the slot is taken again, if it is still free. */
  readonly holdId?: string | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

export type BookConsultation = (request: BookingRequest) => Promise<Answer<Booking>>;

/**
 * Gives a consultation to a client, in one transaction with its history and its mails.
 *
 * @throws DomainError `slot-unavailable` with `alternatives`, `hold-expired` (no such hold at this desk), `invalid`, `not-found`
 */
export function bookConsultation({ storage, now, ids, compose, tokens }: AppDeps): BookConsultation {
  return ({ deskId, wish, start, details, source, by, holdId, idempotency }) => {
    const at = now();
    const audience = by.kind === 'client' ? 'client' : 'staff';
    return offeringAlternatives(
      storage,
      async () => {
        const desk = await deskOf(storage, deskId);
        return { desk, question: questionFor(desk, wish, audience), start, now: at, except: holdId };
      },
      () =>
        once({ write: storage.write, now: at }, idempotency, async (stores) => {
          const desk = await deskOf(stores, deskId);
          const question = questionFor(desk, wish, audience);
          await stores.bookings.lapseHolds(at);
          const hold = await holdAt(stores, deskId, holdId);
          const situation = await situationAt(stores, desk, {
            range: { start, end: start + 1 },
            now: at,
            except: hold?.id,
          });
          const offer = offerAt(situation, question, start);
          if (!offer) throw new DomainError('slot-unavailable');

          const booking: Booking = {
            ...details,
            ...assigned(offer, question, hold),
            id: hold?.id ?? ids.uuid(),
            deskId,
            reference: await freeReference(stores, ids, deskId),
            uid: ids.uuid(),
            status: 'confirmed',
            topicId: question.topic.id,
            language: question.language,
            mode: question.mode ?? question.topic.modes[0] ?? 'in_person',
            source,
            sequence: 0,
            version: 1,
            createdAt: at,
            changedAt: at,
          };
          const tokenHash = tokens.hash(tokens.tokenFor(booking.id));
          if (hold) await stores.bookings.confirm(booking, tokenHash);
          else await stores.bookings.add(booking, tokenHash);
          await announce(stores, compose, { desk, booking, before: null, event: booked(booking, by, at), now: at });
          return booking;
        }),
    );
  };
}

async function holdAt(stores: Stores, deskId: string, holdId: string | undefined): Promise<Hold | undefined> {
  if (holdId === undefined) return undefined;
  const hold = await stores.bookings.findHold(holdId);
  if (hold?.deskId !== deskId) throw new DomainError('hold-expired');
  return hold;
}

/** The advisor whom the hold kept, if the question still leads there; else the engine's first choice. */
function assigned({ time, blockedUntil, advisors }: Offer, { advisorId }: Question, hold: Hold | undefined) {
  const held = hold?.time.start === time.start ? advisors.find(({ id }) => id === hold.advisorId) : undefined;
  const advisor = held ?? advisors[0];
  if (!advisor) throw new DomainError('slot-unavailable');
  return { time, blockedUntil, advisorId: advisor.id, tied: advisorId !== undefined };
}

async function freeReference(stores: Stores, ids: AppDeps['ids'], deskId: string): Promise<string> {
  for (;;) {
    const reference = ids.reference();
    if (!(await stores.bookings.findByReference(deskId, reference))) return reference;
  }
}

function booked(booking: Booking, by: Actor, at: Instant): BookingEvent {
  return { type: 'booked', bookingId: booking.id, at, by, reason: null, from: null };
}
