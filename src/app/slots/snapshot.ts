import { type Booking, reassign } from '../../domain/booking/booking';
import { hull, type Instant, type Interval } from '../../domain/calendar/interval';
import { weekInterval } from '../../domain/calendar/zone';
import type { Advisor, Desk, Mode } from '../../domain/desk';
import { DomainError, type FieldError } from '../../domain/errors';
import { lookupLanguage } from '../../domain/language';
import { looksOf, MOST_LOOKS_A_WEEK } from '../../domain/slots/looks';
import { type Offer, offers, type Question, type Situation } from '../../domain/slots/offers';
import { reachOf } from '../../domain/slots/week';
import { teamOf } from '../../domain/team';
import type { LanguageTag } from '../../domain/text';
import { announce } from '../notifications/announce';
import type { Busy } from '../ports/bookingStore';
import type { Composer } from '../ports/composer';
import type { Stores } from '../ports/storage';
import { inTheWayNow, sharedDiaries } from './sharedDiaries';

/** What is asked for, in ids, as it came from outside. */
export interface Wish {
  readonly topicId: string;
  readonly language: string;
  readonly mode?: Mode | undefined;
  readonly advisorId?: string | undefined;
  /** Said by staff only: it may use what is kept for urgent matters. */
  readonly urgent?: boolean | undefined;
}

/** What a booking asks for when it moves: the same as before, with its advisor if it is tied, or with another whom staff chose. */
export function wishToMove(booking: Booking, advisorId?: string): Wish {
  const person = advisorId ?? (booking.tied ? booking.advisorId : undefined);
  const { topicId, language, mode, urgent } = booking;
  return { topicId, language, mode, advisorId: person, urgent };
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

/** A moment at a desk, about which one or several questions are asked. */
export interface Moment {
  readonly desk: Desk;
  /** All starts that will be asked about. */
  readonly range: Interval;
  readonly now: Instant;
  /** A hold or booking that is about to move or to be confirmed, and so must not be in its own way. */
  readonly except?: string | undefined;
  /** Whose diaries the answer depends on in any case. */
  readonly advisors: readonly Pick<Advisor, 'id'>[];
  /** How often each week may be looked at by all questions together; infinite for what is about to be taken. */
  readonly looksAWeek?: number;
}

/** `until`: when the first hold runs out on which the answer may depend. */
export interface Thought<T> {
  readonly answer: T;
  readonly until: Instant;
}

/**
 * Answers questions with what they turn out to depend on. Mostly the diaries of those who are suitable are enough, a few of hundreds;
 * others matter where these have to hand on what they have. Whoever is asked about and was not read yet counts as free for the moment,
 * is read, and the questions are answered once more.
 *
 * @param think pure; it may run again
 */
export async function considering<T>(
  stores: Pick<Stores, 'desks' | 'bookings'>,
  { desk, range, now, except, advisors, looksAWeek = MOST_LOOKS_A_WEEK }: Moment,
  think: (situation: Situation) => T | Promise<T>,
): Promise<Thought<T>> {
  const zone = desk.hours.timeZone;
  const weeks = hull([range.start, range.end].map((at) => reachOf(weekInterval(at, zone))));
  const absences = await stores.desks.absences(desk.id, weeks);
  const all = desk.advisors.map(({ id }) => id);
  const known = new Map<string, readonly Busy[]>();
  let until = Number.POSITIVE_INFINITY;
  let wanted = all.length <= FEW ? all : advisors.map(({ id }) => id);
  for (;;) {
    for (const [id, { entries, firstHoldEnds }] of await stores.bookings.diaries(desk.id, wanted, weeks)) {
      const mayBeOver = firstHoldEnds !== Number.POSITIVE_INFINITY;
      const live = mayBeOver ? inTheWayNow(entries, now) : entries;
      const counted = except === undefined ? live : live.filter((each) => each.id !== except);
      known.set(id, counted);
      if (mayBeOver) until = Math.min(until, ...counted.flatMap(({ heldUntil }) => heldUntil ?? []));
    }
    const missing = new Set<string>();
    const noting = (advisorId: string) => {
      const diary = known.get(advisorId);
      if (!diary) missing.add(advisorId);
      return diary ?? NOTHING;
    };
    const diary = known.size === all.length && except === undefined ? sharedDiaries(desk, known) : noting;
    const answer = await think({ desk, absences, diary, now, looks: looksOf(looksAWeek) });
    if (missing.size === 0) return { answer, until };
    wanted = missing.size > FEW ? all.filter((id) => !known.has(id)) : [...missing];
  }
}

/** So many are read at once rather than one after the other. */
const FEW = 32;
const NOTHING: readonly Busy[] = [];

/** Who has to change for those who take an offer. */
interface MakingRoom {
  readonly desk: Desk;
  /** As the offer says. */
  readonly moves: Offer['moves'];
  /** Bookings and holds that take it, and so leave the place where they are. */
  readonly leaving: readonly string[];
  readonly now: Instant;
  readonly compose: Composer;
}

/**
 * Takes an offer: gives others another advisor, as it says, and runs `save` for those who take it, all as one permutation, since the others
 * may go where these were. Others are told as `announce` does, each with its history, and with mails to the advisors only.
 *
 * @throws DomainError `slot-unavailable`
 */
export async function takePlaces(stores: Stores, room: MakingRoom, save: () => Promise<void>): Promise<void> {
  const { moves, leaving } = room;
  await stores.bookings.permute([...leaving, ...moves.map(({ engagement }) => engagement.id)], async () => {
    await reassignOthers(stores, room);
    await save();
  });
}

async function reassignOthers(stores: Stores, { desk, moves, now, compose }: MakingRoom): Promise<void> {
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
  { topicId, language, mode, advisorId, urgent }: Wish,
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
  return { topic, language, mode, advisorId, audience, urgent };
}

/** The language of the question as this advisor speaks it, by whom it is taken: that is what a booking keeps. */
export function spokenBy(
  { languages }: Pick<Advisor, 'languages'>,
  { language }: Pick<Question, 'language'>,
): LanguageTag {
  return lookupLanguage(languages, language) ?? language;
}

/** Who could answer the question if they had the time. */
export function suitableFor(desk: Desk, { topic, language, advisorId }: Question): readonly Advisor[] {
  return teamOf(desk).able({ topicId: topic.id, language, advisorId });
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
  const range = { start, end: start + 1 };
  const advisors = suitableFor(desk, question);
  // Whoever has somebody already may keep them, and so wants to know all; else the first is taken.
  const naming = except === undefined ? 'best' : 'all';
  // Asked of the same function that the search shows.
  // It may look as often as it needs: whatever a search has found with fewer looks is found here, too.
  const moment = { desk, range, now, except, advisors, looksAWeek: Number.POSITIVE_INFINITY };
  const { answer } = await considering(stores, moment, (situation) => offers(situation, question, range, naming));
  const [offer] = answer;
  const advisor = offer?.advisors[0];
  if (!offer || !advisor) throw new DomainError('slot-unavailable');
  return { ...offer, advisor };
}
