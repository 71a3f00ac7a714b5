import { mulberry32, type Random } from '../../src/demo/random';
import { DAY } from '../../src/domain/calendar/dates';
import { type Instant, type Interval, MINUTE } from '../../src/domain/calendar/interval';
import { addDays, localDate, localTime, startOfDay } from '../../src/domain/calendar/zone';
import type { Desk } from '../../src/domain/desk';
import { groupBy } from '../../src/domain/groupBy';
import { canTake } from '../../src/domain/offering';
import { evenly, exponential, quantile, weighted } from './draws';
import { BUSINESS, fitsAt, indexFrom, RESIDENCE, stepsOf, topicOf } from './simulatedDesk';

/** What a client asks for, whatever the start. */
export interface Wish {
  readonly topicId: string;
  readonly language: string;
  /** Only this advisor. */
  readonly advisorId?: string | undefined;
}

/** Somebody who wants a consultation. */
export interface SimulatedClient {
  readonly askedAt: Instant;
  readonly query: Wish;
  readonly wanted: Instant;
  /** Milliseconds: so much later than wanted is the latest that they take. */
  readonly patience: number;
  /** Absent: they come. */
  readonly givesBack?: GivesBack | undefined;
}

/** Whoever takes a start gives it back so many milliseconds later, and after that part of what is left until the start. */
interface GivesBack {
  readonly after: number;
  /** In [0, 1). */
  readonly part: number;
}

/** How many ask, and the source of their choices. */
export interface DemandLevel {
  /** Percent of the desk's time that all clients who come would occupy. */
  readonly percent: number;
  readonly seed: number;
}

const HOUR = 60 * MINUTE;

/** What the clients speak, in percent; German and English are spoken by most advisors, Japanese by one. */
const SPOKEN = { en: 40, de: 22, ar: 14, uk: 12, tr: 7, ja: 5 } as const;
/** What the clients ask about, in percent. */
const ASKED = { [RESIDENCE]: 65, [BUSINESS]: 35 };
/** How much clients like an hour of the day, in parts. */
const LIKED: Readonly<Record<number, number>> = { 9: 4, 10: 4, 11: 3, 12: 1, 13: 1, 14: 2, 15: 3, 16: 3 };
const TIED_PERCENT = 8;
const LONGEST_PATIENCE_DAYS = 20;

/** Percent of the demand in the hours from 7 to 18, in those from 18 to 23, and in the night. */
const ASKED_BY_DAY = 64;
const ASKED_IN_THE_EVENING = 28;
const ASKED_AT_NIGHT = 8;

/** Days between asking and the wanted start, by the share of clients who want no more. */
const DAYS_AHEAD: Readonly<Record<string, readonly (readonly [share: number, days: number])[]>> = {
  [RESIDENCE]: [[0, 4.8], [0.1, 6.1], [0.5, 7.3], [0.9, 10.6], [1, 12.5]], // biome-ignore format: a table
  [BUSINESS]: [[0, 0.5], [0.01, 1], [0.45, 8.8], [0.89, 16.6], [1, 18.5]], // biome-ignore format: a table
};
/** Percent of those who ask about business while the day has a start left. They are a third of those who ask about it. */
const SAME_DAY_PERCENT = 33;

const GIVEN_BACK_PERCENT = 31;
/** Of what is given back, in percent. */
const SOON_PERCENT = 75;
const SOON = 2 * HOUR;

/**
 * Makes the clients who ask in a range, in the order in which they ask. The same level gives the same clients.
 *
 * What is measured comes from public calendars of German offices, whose free cells were read every 15 minutes in 2026:
 * - At an Ausländerbehörde slots are taken 7.8 days ahead in the median (10 % less than 5.8, 10 % more than 11.7): the topic residence.
 * - At a desk for business they are taken 9.1 days ahead (1.0 and 17.0), 11 % on the same day: the topic business.
 * - Of what is taken 26 to 36 % comes free again, a quarter of it more than two hours later. Here it is 31 %: three quarters at an even time
 *   within two hours, the others at an even time between then and the start. Whoever gives back is not seen again.
 * - 30 to 42 % is taken outside the hours from 7 to 18. Here 36 % is asked for then, of which the hours until 23 have 28.
 *
 * What is assumed: arrivals are a Poisson process whose rate depends on the hour alone. Each client speaks one language; 8 in 100 want a
 * certain advisor, and stay with that one. The wanted start lies within two days of the time ahead, at an hour that people like (mornings and
 * late afternoons). Whoever cannot have it takes the first later one, unless that is further away than their patience, which is even between
 * 0 and 20 days; then they leave.
 *
 * @param starts all starts on the desk's grid, ascending, far beyond the range
 */
export function someClients(
  desk: Desk,
  starts: readonly Instant[],
  range: Interval,
  { percent, seed }: DemandLevel,
): SimulatedClient[] {
  const random = mulberry32(seed);
  const seats = starts.filter((start) => range.start <= start && start < range.end).length * desk.advisors.length;
  const comes = 1 - GIVEN_BACK_PERCENT / 100;
  const gap = ((range.end - range.start) * 100 * meanSteps(desk) * comes) / (seats * percent);
  const wanted = wantedStarts(desk, starts, random);
  const clients: SimulatedClient[] = [];
  for (const askedAt of arrivals(range, gap, desk, random)) {
    const query = someWish(desk, random);
    clients.push({
      askedAt,
      query,
      wanted: wanted(askedAt, query.topicId),
      patience: random.below(LONGEST_PATIENCE_DAYS * DAY),
      givesBack: random.chance(GIVEN_BACK_PERCENT) ? someReturn(random) : undefined,
    });
  }
  return clients;
}

/** Returns when a client who has taken a start gives it back; undefined: they come. */
export function givenBackAt({ askedAt, givesBack }: SimulatedClient, start: Instant): Instant | undefined {
  if (!givesBack) return undefined;
  const soon = askedAt + givesBack.after;
  return soon + givesBack.part * Math.max(0, start - soon);
}

/** Returns the mean number of steps of the grid that a client occupies. */
function meanSteps(desk: Desk): number {
  return Object.entries(ASKED).reduce((sum, [id, percent]) => sum + (stepsOf(topicOf(desk, id)) * percent) / 100, 0);
}

/** Yields instants, ascending: a Poisson process at the greatest rate, of which each hour keeps its share. */
function* arrivals(range: Interval, meanGap: number, { hours }: Desk, random: Random): Generator<Instant, void> {
  const rates = Array.from({ length: 24 }, (_, hour) => rateAt(hour));
  const greatest = Math.max(...rates);
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const gap = () => exponential((meanGap * mean) / greatest, random);
  for (let at = range.start + gap(); at < range.end; at += gap())
    if (random.below(1_000_000) < ((rates[hourOf(at, hours.timeZone)] ?? 0) / greatest) * 1_000_000) yield at;
}

/** Percent of the demand in one hour. */
function rateAt(hour: number): number {
  if (7 <= hour && hour < 18) return ASKED_BY_DAY / 11;
  return 18 <= hour && hour < 23 ? ASKED_IN_THE_EVENING / 5 : ASKED_AT_NIGHT / 8;
}

function someWish({ advisors }: Desk, random: Random): Wish {
  const [topicId, language] = [weighted(Object.entries(ASKED), random), weighted(Object.entries(SPOKEN), random)];
  const able = advisors.filter((advisor) => canTake(advisor, { topicId, language, mode: null }));
  return { topicId, language, advisorId: random.chance(TIED_PERCENT) ? random.pick(able).id : undefined };
}

function someReturn(random: Random): GivesBack {
  if (random.chance(SOON_PERCENT)) return { after: random.below(SOON), part: 0 };
  return { after: SOON, part: evenly(random) };
}

/** Returns the start that somebody who asks at an instant would like best. */
function wantedStarts(
  desk: Desk,
  starts: readonly Instant[],
  random: Random,
): (askedAt: Instant, topicId: string) => Instant {
  const zone = desk.hours.timeZone;
  const fitting = new Map(
    desk.topics.map((topic) => [topic.id, starts.filter((_, i) => fitsAt(starts, i, stepsOf(topic)))]),
  );
  const liked = likings(starts, zone);
  return (askedAt, topicId) => {
    const all = fitting.get(topicId) ?? [];
    const earliest = askedAt + desk.leadTimeMinutes * MINUTE;
    const ahead = askedAt + quantile(DAYS_AHEAD[topicId] ?? [], evenly(random)) * DAY;
    const today = topicId === BUSINESS ? startsOn(all, { start: earliest, end: nextMidnight(askedAt, zone) }) : [];
    const isForToday = today.length > 0 && random.chance(SAME_DAY_PERCENT);
    const possible = isForToday ? today : around(all, ahead, earliest);
    return weighted(
      possible.map((start) => [start, liked.get(start) ?? 0]),
      random,
    );
  };
}

/** Returns how much a start is liked, such that a day with twice as many starts draws twice as many clients. */
function likings(starts: readonly Instant[], zone: string): Map<Instant, number> {
  const likingOf = (start: Instant) => LIKED[hourOf(start, zone)] ?? 1;
  const days = groupBy(starts, (start) => localDate(start, zone));
  return new Map(
    [...days.values()].flatMap((day) => {
      const mean = day.reduce((sum, start) => sum + likingOf(start), 0) / day.length;
      return day.map((start) => [start, likingOf(start) / mean] as const);
    }),
  );
}

/** Lists the starts within two days of an instant, or more days if there are none, but none before `earliest`. */
function around(starts: readonly Instant[], at: Instant, earliest: Instant): Instant[] {
  for (let days = 2; days < 30; days++) {
    const found = startsOn(starts, { start: Math.max(earliest, at - days * DAY), end: at + days * DAY });
    if (found.length > 0) return found;
  }
  throw new Error('the starts end too early');
}

function startsOn(starts: readonly Instant[], { start, end }: Interval): Instant[] {
  return starts.slice(indexFrom(starts, start), indexFrom(starts, end));
}

function nextMidnight(at: Instant, zone: string): Instant {
  return startOfDay(addDays(localDate(at, zone), 1), zone);
}

function hourOf(at: Instant, zone: string): number {
  return Number(localTime(at, zone).slice(0, 2));
}
