import { type Offer, offers, type Question, type Situation, type Taken } from '../../domain/assignment/offers';
import { reassign } from '../../domain/booking/booking';
import { type Instant, type Interval, MINUTE } from '../../domain/calendar/interval';
import { weekInterval } from '../../domain/calendar/zone';
import type { Advisor, Desk, Mode } from '../../domain/desk';
import { DomainError, type FieldError } from '../../domain/errors';
import { announce } from '../notifications/announce';
import type { Busy } from '../ports/bookingStore';
import type { Composer } from '../ports/composer';
import type { Stores } from '../ports/storage';

/** What is asked for, in ids, as it came from outside. */
export interface Wish {
  readonly topicId: string;
  readonly language: string;
  readonly mode?: Mode | undefined;
  readonly advisorId?: string | undefined;
}

/**
 * Whoever changes a booking waits for the writers of its desk only; it stays with that desk all its life.
 *
 * @throws DomainError `not-found`
 */
export async function deskOfBooking({ bookings }: Pick<Stores, 'bookings'>, bookingId: string): Promise<string> {
  const booking = await bookings.find(bookingId);
  if (!booking) throw new DomainError('not-found');
  return booking.deskId;
}

/** @throws DomainError `not-found` */
export async function deskOf(stores: Pick<Stores, 'desks'>, deskId: string): Promise<Desk> {
  const desk = await stores.desks.find(deskId);
  if (!desk) throw new DomainError('not-found');
  return desk;
}

/**
 * Loads all that an answer for starts in `range` depends on: two statements, whatever the number of advisors and days. `until`: when the
 * first hold runs out.
 *
 * @param except a hold or booking that is about to move or to be confirmed, and so must not be in its own way
 */
export async function situationAt(
  { desks, bookings }: Pick<Stores, 'desks' | 'bookings'>,
  desk: Desk,
  { range, now, except }: { range: Interval; now: Instant; except?: string | undefined },
): Promise<Situation & { readonly until: Instant }> {
  const zone = desk.hours.timeZone;
  const weeks = { start: weekInterval(range.start, zone).start, end: weekInterval(range.end, zone).end };
  const absences = await desks.absences(desk.id, weeks);
  const taken = await bookings.busy(desk.id, weeks, now);
  const others = taken.filter(({ id }) => id !== except);
  const until = Math.min(...others.flatMap(({ heldUntil }) => heldUntil ?? []), Number.POSITIVE_INFINITY);
  return { desk, absences, taken: others.map(asTaken(desk, now)), now, until };
}

/** Whether a consultation may still change its advisor: nobody was promised to its client, and there is time to prepare. */
function asTaken(desk: Desk, now: Instant): (busy: Busy) => Taken {
  const fixed = now + desk.fixedMinutes * MINUTE;
  return ({ tied, status, ...busy }) => ({
    ...busy,
    movable: !tied && MOVABLE.has(status) && busy.time.start >= fixed,
  });
}

const MOVABLE: ReadonlySet<Busy['status']> = new Set(['held', 'requested', 'confirmed']);

/**
 * Gives others another advisor, as the offer that is about to be taken says: in the same transaction, each with its history, and with
 * mails to the advisors only.
 */
export async function reassignOthers(
  stores: Stores,
  { desk, moves, now, compose }: { desk: Desk; moves: Offer['moves']; now: Instant; compose: Composer },
): Promise<void> {
  for (const { engagement, to } of moves) {
    const before = await stores.bookings.find(engagement.id);
    if (before) {
      const { booking, event } = reassign(before, to, now);
      await stores.bookings.save(booking);
      if (event) await announce(stores, compose, { desk, booking, before, event, now });
    } else {
      const hold = await stores.bookings.findHold(engagement.id);
      if (hold) await stores.bookings.saveHold({ ...hold, advisorId: to });
    }
  }
}

/**
 * The question in the desk's own words. A language that nobody speaks is no error: there is just nothing free in it.
 *
 * @throws DomainError `invalid` with the fields that this desk does not know
 */
export function questionFor(
  desk: Desk,
  { topicId, language, mode, advisorId }: Wish,
  audience: Question['audience'],
): Question {
  const topic = desk.topics.find(({ id }) => id === topicId);
  const errors: FieldError[] = [];
  if (!topic) errors.push({ pointer: '/topic', detail: 'is not a topic of this desk' });
  else if (mode && !topic.modes.includes(mode))
    errors.push({ pointer: '/mode', detail: 'is not a mode of this topic' });
  if (advisorId !== undefined && !desk.advisors.some(({ id }) => id === advisorId))
    errors.push({ pointer: '/advisor', detail: 'is not an advisor of this desk' });
  if (!topic || errors.length > 0) throw new DomainError('invalid', { errors });
  return { topic, language, mode, advisorId, audience };
}

/** The offer at exactly this start, asked of the same function that the search shows. */
function offerAt(situation: Situation, question: Question, start: Instant): Offer | undefined {
  return offers(situation, question, { start, end: start + 1 })[0];
}

/** An offer that is about to be written down: `Offer` with the advisor who comes first. */
export type TakenOffer = Offer & { readonly advisor: Advisor };

/**
 * What is offered at `start`, inside the transaction that takes it; holds that have run out make room first.
 *
 * @param except a hold or booking that is about to move or to be confirmed
 * @throws DomainError `slot-unavailable`
 */
export async function takeOffer(
  stores: Pick<Stores, 'desks' | 'bookings'>,
  {
    desk,
    question,
    start,
    now,
    except,
  }: { desk: Desk; question: Question; start: Instant; now: Instant; except?: string | undefined },
): Promise<TakenOffer> {
  await stores.bookings.lapseHolds(now, desk.id);
  const situation = await situationAt(stores, desk, { range: { start, end: start + 1 }, now, except });
  const offer = offerAt(situation, question, start);
  const advisor = offer?.advisors[0];
  if (!offer || !advisor) throw new DomainError('slot-unavailable');
  return { ...offer, advisor };
}
