import type { Instant, Interval } from '../../domain/calendar/interval';
import { dayInterval, localDate } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { isPossible, QUEUE_STEPS, type QueueEntry, type QueueStep } from '../../domain/queue/entry';
import {
  attended,
  type Expected,
  expectedStarts,
  lineOf,
  nextFor,
  type QueueFacts,
  type Waiting,
  waitingOf,
} from '../../domain/queue/line';
import type { Caller } from '../../domain/staff/caller';
import { assertMayReadBookings, mayServeQueue } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { Stores } from '../ports/storage';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'tokens'>;

/** Somebody of the queue as staff see them. */
export interface QueuePerson extends Waiting {
  /** From 1 for whoever waits; null: they were called, are parked or have gone. */
  readonly position: number | null;
  /** Null: they do not wait, or there is no time for them today. */
  readonly expected: Expected | null;
  /** What whoever reads may do with them now. */
  readonly steps: readonly QueueStep[];
}

/** The queue of a desk today. */
interface Queue {
  readonly desk: Desk;
  /** Those who wait first, in the order of the line; then who was called, is being seen, is parked or has gone. */
  readonly people: readonly QueuePerson[];
}

/** Returns the queue of the desk for its staff. @throws DomainError `not-found`, `forbidden` */
export function readQueue({
  storage,
  now,
}: Pick<Deps, 'storage' | 'now'>): (who: Caller, deskId: string) => Promise<Queue> {
  return async (who, deskId) => {
    assertMayReadBookings(who, deskId);
    const desk = await deskOf(storage, deskId);
    const maySteps = mayServeQueue(who, deskId);
    const people = peopleOf(await queueFacts(storage, desk, now()));
    return { desk, people: people.map((person) => ({ ...person, steps: maySteps ? person.steps : [] })) };
  };
}

/** What the holder of a ticket is told: no name, and of others only how many there are. */
export interface Ticket {
  readonly desk: Desk;
  readonly entry: QueueEntry;
  readonly position: number | null;
  readonly expected: Expected | null;
}

/** Returns what the ticket with this token is worth now; undefined for a token that is wrong, or of another day. */
export function readTicket({ storage, now, tokens }: Deps): (token: string) => Promise<Ticket | undefined> {
  return async (token) => {
    const entry = await storage.queue.findByToken(tokens.hash(token));
    if (!entry || !tokens.opens(entry.id, token)) return undefined;
    const desk = await deskOf(storage, entry.deskId);
    const people = peopleOf(await queueFacts(storage, desk, now()));
    const person = people.find((each) => each.entry?.id === entry.id);
    if (!person?.entry) return undefined;
    return { desk, entry: person.entry, position: person.position, expected: person.expected };
  };
}

/** Somebody who was called: their number, and the door if it is known. */
interface CalledNumber {
  readonly number: string;
  readonly door: string | null;
}

/** What the screen of the waiting room shows: numbers and doors, and no person. */
export interface Screen {
  readonly desk: Desk;
  /** Who was called, the last one first. */
  readonly called: readonly CalledNumber[];
  /** Who waits, in the order of the line. */
  readonly waiting: readonly string[];
}

/** Returns the token in the address of the desk's screen. */
export function screenToken(tokens: Pick<AppDeps['tokens'], 'tokenFor'>, deskId: string): string {
  return tokens.tokenFor(screenId(deskId));
}

function screenId(deskId: string): string {
  return `screen ${deskId}`;
}

/** Returns what the screen with this token shows now; undefined for a wrong token. */
export function readScreen({ storage, now, tokens }: Deps): (token: string) => Promise<Screen | undefined> {
  return async (token) => {
    const desk = (await storage.desks.list()).find(({ id }) => tokens.opens(screenId(id), token));
    if (!desk) return undefined;
    const facts = await queueFacts(storage, desk, now());
    const called = facts.entries
      .filter(({ state }) => state === 'called')
      .sort((a, b) => (b.calledAt ?? 0) - (a.calledAt ?? 0));
    return {
      desk,
      called: called.map((entry) => ({ number: entry.number, door: doorOf(desk, entry) })),
      waiting: lineOf(facts).map(({ number }) => number),
    };
  };
}

/** Returns the door of whoever has called somebody; null: the desk's file names none. */
export function doorOf({ advisors }: Desk, { advisorId }: Pick<QueueEntry, 'advisorId'>): string | null {
  return advisors.find(({ id }) => id === advisorId)?.door ?? null;
}

/** Returns the next person for an advisor, see `nextFor`. */
export async function nextPerson(
  stores: Pick<Stores, 'desks' | 'bookings' | 'queue'>,
  desk: Desk,
  advisorId: string,
  now: Instant,
): Promise<Waiting | undefined> {
  return nextFor(await queueFacts(stores, desk, now), advisorId);
}

/** Returns the place in the line of a new entry. */
export async function placeInLine(
  stores: Pick<Stores, 'desks' | 'bookings' | 'queue'>,
  desk: Desk,
  entry: QueueEntry,
  now: Instant,
): Promise<Pick<QueuePerson, 'position' | 'expected'>> {
  const person = peopleOf(await queueFacts(stores, desk, now)).find(({ id }) => id === entry.id);
  return { position: person?.position ?? null, expected: person?.expected ?? null };
}

/** Returns the day at the desk. */
export function queueDay({ hours: { timeZone } }: Desk, now: Instant): Interval {
  return dayInterval(localDate(now, timeZone), timeZone);
}

async function queueFacts(
  stores: Pick<Stores, 'desks' | 'bookings' | 'queue'>,
  desk: Desk,
  now: Instant,
): Promise<QueueFacts> {
  const day = queueDay(desk, now);
  const bookings = await stores.bookings.within(desk.id, day);
  const byId = new Map(bookings.map((booking) => [booking.id, booking]));
  const entries = await stores.queue.within(desk.id, day);
  return {
    desk,
    now,
    entries: entries.flatMap((entry) => attended(entry, byId.get(entry.bookingId ?? '')) ?? []),
    bookings,
    absences: await stores.desks.absences(desk.id, day),
  };
}

function peopleOf(facts: QueueFacts): QueuePerson[] {
  const line = lineOf(facts);
  const expected = expectedStarts(facts);
  const ids = new Set(line.map(({ id }) => id));
  const bookings = new Map(facts.bookings.map((booking) => [booking.id, booking]));
  const others = facts.entries.filter(({ id }) => !ids.has(id));
  return [
    ...line.map((waiting, i) => ({ ...waiting, position: i + 1, expected: expected.get(waiting.id) ?? null })),
    ...others.map((entry) => ({
      ...waitingOf(entry, entry.bookingId === null ? null : (bookings.get(entry.bookingId) ?? null)),
      position: null,
      expected: null,
    })),
  ].map((person) => ({ ...person, steps: stepsOf(person) }));
}

function stepsOf({ entry }: Waiting): QueueStep[] {
  const { state, misses } = entry ?? { state: 'waiting', misses: 0 };
  return QUEUE_STEPS.filter((what) => isPossible({ state, misses }, what));
}
