import type { Booking, BookingEvent, Details, Source } from '../../domain/booking/booking';
import { type Hold, isOffer } from '../../domain/booking/hold';
import { acceptedAnswers, questionsFor, readAnswers } from '../../domain/booking/questions';
import { clientKey, lacksAddress, lacksNumber } from '../../domain/booking/reachable';
import type { Instant, Minutes } from '../../domain/calendar/interval';
import type { Advisor, Desk, Mode, Topic } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { Origin } from '../../domain/limits';
import type { SlotWithAdvisors } from '../../domain/slots/freeSlots';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayBookFor } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import { announce } from '../notifications/announce';
import type { Stores } from '../ports/storage';
import { offeringAlternatives, type WantedSlot } from '../slots/alternatives';
import { audienceOf, resolveQuery, type SlotQuery, spokenBy } from '../slots/slotQuery';
import { assertMayBookFrom } from './publicLimits';
import { assertInTimeForInterpreter, interpretingOf, takePlaces, takeSlot } from './takeSlot';

/** A request for a booking. The ids in `query` came from outside and are checked against the desk. */
export interface BookingRequest {
  readonly deskId: string;
  readonly query: SlotQuery;
  readonly start: Instant;
  readonly details: Details;
  readonly source: Source;
  readonly who: Caller;
  /** The network from which a client's request comes; if absent, the request is not counted against a limit. */
  readonly origin?: Origin | undefined;
  /** The hold that becomes the booking. If it has expired, its slot is taken again, provided that it is still free. */
  readonly holdId?: string | undefined;
  /** See `Booking.alarmMinutes`; absent: not at all. */
  readonly alarmMinutes?: Minutes | undefined;
  /** The consultation that this one follows up. */
  readonly follows?: string | undefined;
  /** The topic's questions need not all be answered, as others did so before, or the client will. */
  readonly answersLater?: boolean | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

type BookConsultation = (request: BookingRequest) => Promise<IdempotentAnswer<Booking>>;

/**
 * Books a consultation for a client, in one transaction with its history and its mails. A client may have only a
 * limited number of future bookings at a desk, unless staff book them.
 *
 * The answers to the topic's questions are read by `acceptedAnswers`.
 *
 * @throws DomainError `slot-unavailable` with `alternatives`, `hold-expired` (no such hold at this desk),
 *   `too-many-bookings` with `most`, `too-many-requests` with `limit` (`bookings` of a network, `mails` to an address),
 *   `invalid`, `not-found`, `forbidden`
 */
export function bookConsultation(deps: AppDeps): BookConsultation {
  const { storage, now } = deps;
  const offering = offeringAlternatives(deps);
  return async (request) => {
    const at = now();
    const { deskId, start, holdId, who, idempotency } = request;
    assertMayBookFor(who, deskId, request.query.advisorId ?? null);
    const asked = async (stores: Pick<Stores, 'desks'>) => {
      const desk = await deskOf(stores, deskId);
      return { desk, query: resolveQuery(desk, request.query, audienceOf(who)), start, now: at, except: holdId };
    };
    return offering(
      () => asked(storage),
      () =>
        idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) =>
          giveSlot(deps, stores, request, await asked(stores)),
        ),
    );
  };
}

/** What is given to whom, see `BookingRequest`. */
interface Giving
  extends Pick<
    BookingRequest,
    'details' | 'source' | 'who' | 'origin' | 'holdId' | 'alarmMinutes' | 'follows' | 'answersLater'
  > {
  /** The hold is an offer to this client, who answers the topic's questions later. */
  readonly isOffered?: boolean;
}

/**
 * Gives a slot to a client as a new booking, in the transaction of `stores`.
 *
 * @throws DomainError as `bookConsultation`
 */
export async function giveSlot(
  { ids, mailFacts, sender, tokens }: AppDeps,
  stores: Stores,
  { details, source, who, origin, holdId, alarmMinutes, follows, answersLater = false, isOffered = false }: Giving,
  asked: WantedSlot,
): Promise<Booking> {
  const { desk, query, now } = asked;
  assertInTimeForInterpreter(asked);
  const hold = await holdAt(stores, desk.id, holdId, isOffered);
  const offer = await takeSlot(stores, asked);
  assertReachable(details, offer.mode, { desk, who });
  assertFewEnough(details, query.topic);
  const questions = questionsFor(query.topic, query.audience);
  const answers = isOffered
    ? {}
    : answersLater
      ? readAnswers(questions, details.answers, { complete: false }).answers
      : acceptedAnswers(questions, details.answers);
  if (who.kind === 'client') {
    await assertMayBookFrom(stores, { desk, origin, now });
    await assertNotTooMany(stores, desk, details.client, now);
  }
  const advisor = keptAdvisor(offer, hold) ?? offer.advisor;
  const booking: Booking = {
    ...details,
    answers,
    id: hold?.id ?? ids.uuid(),
    deskId: desk.id,
    reference: await freeReference(stores, ids, desk.id),
    uid: ids.uuid(),
    organizer: sender(desk),
    status: query.interpretedInto === undefined ? 'confirmed' : 'requested',
    topicId: query.topic.id,
    language: spokenBy(advisor, query),
    interpreting: interpretingOf(query),
    lateMinutes: null,
    alarmMinutes: alarmMinutes ?? null,
    mode: offer.mode,
    advisorId: advisor.id,
    tied: query.advisorId !== undefined,
    urgent: query.urgent === true,
    videoLink: null,
    time: offer.time,
    blockedUntil: offer.blockedUntil,
    source,
    follows: follows ?? null,
    outcome: null,
    sequence: 0,
    version: 1,
    createdAt: now,
    changedAt: now,
  };
  const tokenHash = tokens.hash(tokens.tokenFor(booking.id));
  const leaving = hold ? [hold.id] : [];
  await takePlaces(stores, { desk, moves: offer.moves, leaving, now, mailFacts }, () =>
    hold ? stores.bookings.confirm(booking, tokenHash) : stores.bookings.add(booking, tokenHash),
  );
  if (booking.status === 'requested')
    await stores.tasks.add({
      ...{ id: ids.uuid(), deskId: desk.id, bookingId: booking.id },
      ...{ kind: 'interpreter', createdAt: now },
    });
  if (origin) await stores.bookings.noteOrigin(booking, origin, now);
  await announce(stores, mailFacts, { desk, booking, before: null, event: booked(booking, actorOf(who), now), now });
  return booking;
}

/**
 * @throws DomainError `invalid` if the consultation is by phone and there is no number, or if a client who books or
 *   changes it themselves gives no mail address where the desk needs one
 */
export function assertReachable(
  { client }: Pick<Details, 'client'>,
  mode: Mode,
  { desk, who }: { readonly desk: Desk; readonly who: Caller },
): void {
  const refuse = (field: string, detail: string) => {
    throw new DomainError('invalid', { errors: [{ pointer: `/client/${field}`, detail }] });
  };
  if (lacksNumber(client.phone, mode)) refuse('phone', 'expected a phone number, since the consultation is by phone');
  if (who.kind === 'client' && lacksAddress(client, desk))
    refuse('email', desk.withoutMail ? 'expected a mail address, or a phone number' : 'expected a mail address');
}

/** @throws DomainError `invalid` if more persons are named than the topic takes together */
function assertFewEnough({ people }: Pick<Details, 'people'>, { maxPeople }: Pick<Topic, 'maxPeople'>): void {
  const detail = `expected at most ${maxPeople}, the limit of this topic`;
  if (people.length > maxPeople) throw new DomainError('invalid', { errors: [{ pointer: '/people', detail }] });
}

/**
 * @throws DomainError `too-many-bookings` with `most`, if the client has that many future bookings at the desk already
 */
export async function assertNotTooMany(
  stores: Stores,
  desk: Desk,
  client: Details['client'],
  now: Instant,
): Promise<void> {
  const most = desk.limits.openBookingsPerAddress;
  const key = clientKey(client);
  if (key !== null && (await stores.bookings.countAhead(desk.id, key, now)) >= most)
    throw new DomainError('too-many-bookings', { most });
}

async function holdAt(
  stores: Stores,
  deskId: string,
  holdId: string | undefined,
  isOffered: boolean,
): Promise<Hold | undefined> {
  if (holdId === undefined) return undefined;
  const hold = await stores.bookings.findHold(holdId);
  if (hold?.deskId !== deskId || isOffer(hold) !== isOffered) throw new DomainError('hold-expired');
  return hold;
}

/** Returns the advisor whom the hold reserved, if the slot can still be taken with them. */
function keptAdvisor({ time, advisors }: SlotWithAdvisors, hold: Hold | undefined): Advisor | undefined {
  if (hold?.time.start !== time.start) return undefined;
  return advisors.find(({ id }) => id === hold.advisorId);
}

async function freeReference(stores: Stores, ids: AppDeps['ids'], deskId: string): Promise<string> {
  for (;;) {
    const reference = ids.reference();
    if (!(await stores.bookings.findByReference(deskId, reference))) return reference;
  }
}

function booked(booking: Booking, by: BookingEvent['by'], at: Instant): BookingEvent {
  return { type: 'booked', bookingId: booking.id, at, by, reason: null, from: null };
}
