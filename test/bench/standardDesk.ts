import { mulberry32, type Random } from '../../src/demo/random';
import type { Booking } from '../../src/domain/booking/booking';
import { newReference } from '../../src/domain/booking/reference';
import { DAY } from '../../src/domain/calendar/dates';
import { type Instant, type Interval, MINUTE } from '../../src/domain/calendar/interval';
import { openingWindows } from '../../src/domain/calendar/openingHours';
import { addDays, localDate, startOfDay } from '../../src/domain/calendar/zone';
import type { Advisor, Desk } from '../../src/domain/desk';
import { limitsOf } from '../../src/domain/limits';
import { candidates } from '../../src/domain/slots/candidates';
import { aBooking, aDesk, anAdvisor, aTopic } from '../support/builders';

/** How large the desk is. */
export const SIZES = {
  S: { advisors: 5, bookings: 300 },
  M: { advisors: 50, bookings: 5_000 },
  L: { advisors: 500, bookings: 50_000 },
} as const;

export type Size = keyof typeof SIZES;

export const LANGUAGES = ['de', 'en', 'ar', 'ja', 'pl', 'tr', 'uk', 'zh'] as const;
const TOPICS = ['residence', 'recognition', 'career', 'childcare', 'school', 'settling'] as const;
const MOST_LANGUAGES = 3;
const MOST_TOPICS = 4;
const MINUTES = 30;
const DAYS_BOOKED = 8 * 7;
const DAYS_ASKED = 28;
const SEED = 20261122;

/** Databases of the bench: the standard desk in three sizes, and many small desks in one. */
export type Population = Size | '30 desks' | '200 desks';

/** A desk that is the same for every engine that is measured, and the question that it is asked. */
export interface StandardDesk {
  readonly desk: Desk;
  /** By start, then by advisor. */
  readonly bookings: readonly Booking[];
  readonly query: Pair & { readonly range: Interval };
  /** What any of the advisors can take, by the number of those who can, ascending. */
  readonly pairs: readonly Pair[];
  /** All starts of the eight weeks, ascending. */
  readonly starts: readonly Instant[];
}

/** What is asked for. */
export interface Pair {
  readonly topicId: string;
  readonly language: string;
  /** How many advisors could take it. */
  readonly advisors: number;
}

/**
 * The standard desk: Europe/Berlin, holidays of NRW, Mon–Thu 9–17, Fri 9–12, 30 minutes. Each advisor speaks 1 to 3 of 8 languages and
 * covers 1 to 4 of 6 topics; the bookings are spread evenly over the starts of the 8 weeks from tomorrow, each with somebody who is free.
 *
 * The question is the pair of topic and language with the median number of matching advisors, among the pairs that anybody can take
 * (five advisors leave half of the 48 to nobody, and nothing is quickly found), over 28 days from tomorrow.
 *
 * The same seed and day give the same desk; another day only moves it, and meets other holidays.
 */
export function standardDesk(size: Size, now: Instant, seed = SEED): StandardDesk {
  const { advisors } = SIZES[size];
  return deskOf({ ...SIZES[size], id: `standard-${size.toLowerCase()}`, series: advisors }, now, seed);
}

/** Desks of eight advisors and 300 bookings, each from a seed of its own. */
export function smallDesks(count: number, now: Instant): StandardDesk[] {
  return Array.from({ length: count }, (_, i) =>
    deskOf({ id: `small-${i + 1}`, series: SMALL_SERIES + i, advisors: 8, bookings: 300 }, now, SEED + i),
  );
}

/** Larger than the number of advisors of any standard desk. */
const SMALL_SERIES = 10_000;

interface Shape {
  readonly id: string;
  /** Tells the bookings of desks apart that are in one database. */
  readonly series: number;
  readonly advisors: number;
  readonly bookings: number;
}

function deskOf(shape: Shape, now: Instant, seed: number): StandardDesk {
  const random = mulberry32(seed);
  const advisors = Array.from({ length: shape.advisors }, (_, i) => someAdvisor(i, random));
  const desk = aDesk({
    id: shape.id,
    gridMinutes: MINUTES,
    // All clients come from this machine.
    limits: limitsOf({ bookingsPerHour: { '/48': 1_000_000 } }),
    topics: TOPICS.map((id) => aTopic({ id, durationMinutes: MINUTES })),
    advisors,
  });
  const { timeZone } = desk.hours;
  const tomorrow = addDays(localDate(now, timeZone), 1);
  const days = (count: number) => ({
    start: startOfDay(tomorrow, timeZone),
    end: startOfDay(addDays(tomorrow, count), timeZone),
  });
  const starts = startsIn(desk, days(DAYS_BOOKED));
  const pairs = pairsOf(advisors);
  const median = pairs[(pairs.length - 1) >> 1];
  if (!median) throw new Error('a desk without advisors');
  return {
    desk,
    bookings: evenly(starts, shape, desk, random),
    query: { ...median, range: days(DAYS_ASKED) },
    pairs,
    starts,
  };
}

/** Starts on the desk's grid, ascending. */
export function startsIn(desk: Desk, range: Interval): Instant[] {
  const shape = { duration: MINUTES, buffer: 0, grid: MINUTES };
  return candidates(openingWindows(desk.hours, range), shape).map(({ start }) => start);
}

function someAdvisor(index: number, random: Random): Advisor {
  const id = `a${index + 1}`;
  return anAdvisor({
    id,
    name: `Advisor ${index + 1}`,
    email: `${id}@expat-desk.example`,
    languages: some(LANGUAGES, 1 + random.below(MOST_LANGUAGES), random),
    topics: some(TOPICS, 1 + random.below(MOST_TOPICS), random),
  });
}

/** So many different ones. */
function some<T>(all: readonly T[], count: number, random: Random): T[] {
  const left = [...all];
  return Array.from({ length: count }, () => left.splice(random.below(left.length), 1)[0] as T);
}

function pairsOf(advisors: readonly Advisor[]): Pair[] {
  return TOPICS.flatMap((topicId) =>
    LANGUAGES.map((language) => ({
      topicId,
      language,
      advisors: advisors.filter((a) => a.topics.includes(topicId) && a.languages.includes(language)).length,
    })),
  )
    .filter(({ advisors: matching }) => matching > 0)
    .sort((a, b) => a.advisors - b.advisors);
}

function evenly(starts: readonly Instant[], { bookings: count, series }: Shape, desk: Desk, random: Random): Booking[] {
  const references = new Set<string>();
  const bookings: Booking[] = [];
  let at = -1;
  let free: Advisor[] = [];
  for (let i = 0; i < count; i++) {
    const next = Math.floor((i * starts.length) / count);
    if (next !== at) free = [...desk.advisors];
    at = next;
    const [advisor] = free.splice(random.below(free.length), 1);
    if (!advisor) throw new Error('more bookings than advisors');
    const start = starts[at] as Instant;
    bookings.push(someBooking(i, { desk, series, advisor, start, reference: fresh(references, random), random }));
  }
  return bookings;
}

interface Place {
  readonly desk: Desk;
  readonly series: number;
  readonly advisor: Advisor;
  readonly start: Instant;
  readonly reference: string;
  readonly random: Random;
}

function someBooking(index: number, { desk, series, advisor, start, reference, random }: Place): Booking {
  const language = random.pick(advisor.languages);
  const number = (kind: string) =>
    `${String(series).padStart(8, '0')}-0000-4000-${kind}-${String(index).padStart(12, '0')}`;
  return aBooking({
    id: number('8000'),
    uid: number('9000'),
    deskId: desk.id,
    reference,
    advisorId: advisor.id,
    topicId: random.pick(advisor.topics),
    language,
    time: { start, end: start + MINUTES * MINUTE },
    source: 'import',
    client: { name: `Client ${index}`, email: `client${index}@client.example`, phone: '+493023125001', language },
    createdAt: start - DAYS_BOOKED * DAY,
    changedAt: start - DAYS_BOOKED * DAY,
  });
}

function fresh(taken: Set<string>, random: Random): string {
  for (;;) {
    const reference = newReference((below) => random.below(below));
    if (taken.has(reference)) continue;
    taken.add(reference);
    return reference;
  }
}
