import type { Booking } from '../booking/booking';
import { type Instant, type Interval, intersect, MINUTE, subtract } from '../calendar/interval';
import { openingWindows } from '../calendar/openingHours';
import { dayInterval, localDate } from '../calendar/zone';
import { type Absence, type Advisor, type Desk, isVisit, type Topic } from '../desk';
import { canTake, type WantedMode } from '../offering';
import { worksIn } from '../slots/shifts';
import type { QueueEntry } from './entry';

/** Somebody in the line, with or without an appointment. */
export interface Waiting {
  /** Of the entry, or of the booking if it has none. */
  readonly id: string;
  readonly entry: QueueEntry | null;
  readonly booking: Booking | null;
  readonly number: string;
}

/** When somebody's consultation is expected to begin: if all take as long as planned, and if they take less or more. */
export interface Expected {
  readonly start: Instant;
  readonly between: Interval;
}

/** What the line is made from. */
export interface QueueFacts {
  readonly desk: Desk;
  readonly now: Instant;
  /** The entries of the day as their appointments stand (see `attended`), in any order. */
  readonly entries: readonly QueueEntry[];
  /** All bookings of the day. */
  readonly bookings: readonly Booking[];
  readonly absences: readonly Absence[];
}

/** Bookings that take their advisor's time. */
const ENGAGED: readonly Booking['status'][] = ['requested', 'confirmed', 'checked_in'];

/**
 * Returns the line: appointments that are here, by their time, then who came without one, urgent matters first and the
 * others by turn. Who was called, is parked or has gone is not in it.
 */
export function lineOf({ entries, bookings }: Pick<QueueFacts, 'entries' | 'bookings'>): Waiting[] {
  const ofBooking = new Map(entries.flatMap((entry) => (entry.bookingId ? [[entry.bookingId, entry] as const] : [])));
  const here = bookings
    .filter(({ id, status }) => status === 'checked_in' && (ofBooking.get(id)?.state ?? 'waiting') === 'waiting')
    .sort((a, b) => a.time.start - b.time.start)
    .map((booking) => waitingOf(ofBooking.get(booking.id) ?? null, booking));
  const walkIns = entries
    .filter(({ bookingId, state }) => bookingId === null && state === 'waiting')
    .sort((a, b) => Number(b.urgent !== null) - Number(a.urgent !== null) || a.turnAt - b.turnAt || inNumbers(a, b))
    .map((entry) => waitingOf(entry, null));
  return [...here, ...walkIns];
}

/**
 * Returns an entry as its appointment stands, since the board may have gone on: a completed one is done, and somebody who
 * is not checked in (any more) is not in the queue.
 */
export function attended(entry: QueueEntry, booking: Booking | undefined): QueueEntry | undefined {
  if (entry.bookingId === null) return entry;
  if (booking?.status === 'completed') return entry.state === 'done' ? entry : { ...entry, state: 'done' };
  return booking?.status === 'checked_in' ? entry : undefined;
}

/** Orders those who came in the same moment. */
function inNumbers(a: QueueEntry, b: QueueEntry): number {
  return a.number.localeCompare(b.number, 'en', { numeric: true });
}

/** Returns somebody with an entry, a booking, or both. */
export function waitingOf(entry: QueueEntry | null, booking: Booking | null): Waiting {
  return {
    id: entry?.id ?? booking?.id ?? '',
    entry,
    booking,
    number: entry?.number ?? numberOf(booking as Booking),
  };
}

/** Returns what is called out for an appointment: the first half of the reference, which its client has on paper. */
export function numberOf({ reference }: Pick<Booking, 'reference'>): string {
  return reference.split('-')[0] ?? reference;
}

/** How much faster and slower than planned consultations may be, for the earliest and the latest expectation. */
const FASTEST_PACE = 0.7;
const SLOWEST_PACE = 1.4;

/**
 * Returns when each in the line is expected to be seen, by their ids; who has no time left today is missing. An
 * appointment is expected at its time, or now if that is past. Whoever came without one gets the earliest gap of
 * somebody suitable that delays no appointment, after those who stand before them.
 */
export function expectedStarts(facts: QueueFacts): ReadonlyMap<string, Expected> {
  const [planned, fast, slow] = [1, FASTEST_PACE, SLOWEST_PACE].map((pace) => startsAt(facts, pace));
  const found = new Map<string, Expected>();
  for (const [id, start] of planned ?? []) {
    const edges = [fast?.get(id) ?? start, slow?.get(id) ?? start, start];
    found.set(id, { start, between: { start: Math.min(...edges), end: Math.max(...edges) } });
  }
  return found;
}

function startsAt(facts: QueueFacts, pace: number): ReadonlyMap<string, Instant> {
  const { desk, now } = facts;
  const free = freeTimes(facts, pace);
  const starts = new Map<string, Instant>();
  for (const { id, entry, booking } of lineOf(facts)) {
    if (booking) {
      starts.set(id, Math.max(booking.time.start, now));
      continue;
    }
    const topic = entry && desk.topics.find((each) => each.id === entry.topicId);
    if (!entry || !topic) continue;
    const length = (topic.durationMinutes * pace + topic.bufferMinutes) * MINUTE;
    const suitable = desk.advisors.filter((advisor) => suits(advisor, entry, topic));
    const offers = suitable.flatMap((advisor) => {
      const gap = (free.get(advisor.id) ?? []).find(({ start, end }) => end - start >= length);
      return gap ? [{ advisorId: advisor.id, gap }] : [];
    });
    const [best] = offers.sort((a, b) => a.gap.start - b.gap.start);
    if (!best) continue;
    starts.set(id, best.gap.start);
    const taken = { start: best.gap.start, end: best.gap.start + length };
    free.set(best.advisorId, subtract(free.get(best.advisorId) ?? [], [taken]));
  }
  return starts;
}

/** Returns when each advisor is free for the rest of the day: at work, without appointments, and without whom they see now. */
function freeTimes(
  { desk, now, entries, bookings, absences }: QueueFacts,
  pace: number,
): Map<string, readonly Interval[]> {
  const zone = desk.hours.timeZone;
  const day = dayInterval(localDate(now, zone), zone);
  const rest = { start: now, end: day.end };
  const open = openingWindows(desk.hours, day);
  return new Map(
    desk.advisors.map((advisor) => {
      const works = intersect(worksIn(desk, advisor, { open, reach: day }), [rest]);
      const away = absences.filter(({ advisorId }) => advisorId === advisor.id).map(({ time }) => time);
      const engaged = bookings
        .filter(({ advisorId, status }) => advisorId === advisor.id && ENGAGED.includes(status))
        .map(({ time, blockedUntil }) => ({ start: time.start, end: blockedUntil }));
      const seeing = entries.flatMap((entry) =>
        entry.bookingId === null && entry.advisorId === advisor.id ? busyWith(desk, entry, now, pace) : [],
      );
      return [advisor.id, subtract(works, [...away, ...engaged, ...seeing])];
    }),
  );
}

function suits(advisor: Advisor, { topicId, language }: QueueEntry, topic: Pick<Topic, 'modes'>): boolean {
  return !advisor.retired && canTake(advisor, { topicId, language, mode: walkInMode(topic) });
}

/**
 * Returns how somebody is seen who has come without an appointment: in person, so that nobody has to see them who works
 * elsewhere. A topic that is not offered in person is explained to them by whoever knows it.
 */
export function walkInMode({ modes }: Pick<Topic, 'modes'>): WantedMode {
  return modes.find(isVisit) ?? null;
}

/** Returns the time that somebody without an appointment takes who was called or is being seen. */
function busyWith({ topics }: Desk, entry: QueueEntry, now: Instant, pace: number): Interval[] {
  if (entry.state !== 'called' && entry.state !== 'started') return [];
  const topic = topics.find(({ id }) => id === entry.topicId);
  const length = (topic?.durationMinutes ?? 0) * pace * MINUTE;
  const start = entry.startedAt ?? entry.calledAt ?? now;
  return [{ start, end: Math.max(start + length, now + MINUTE) }];
}

/**
 * Returns the next person for an advisor: their own appointments that are here, if it is time; then who came without one,
 * if there is time for them before the next appointment; undefined: nobody. An appointment is never delayed for a walk-in.
 *
 * @param early how long before their time appointments are called when nobody else waits
 */
export function nextFor(facts: QueueFacts, advisorId: string, early = 15 * MINUTE): Waiting | undefined {
  const { desk, now } = facts;
  const advisor = desk.advisors.find(({ id }) => id === advisorId);
  const line = lineOf(facts);
  const own = line.filter(({ booking }) => booking?.advisorId === advisorId);
  const due = own.find(({ booking }) => booking && booking.time.start <= now);
  if (due || !advisor) return due;
  const [gap] = freeTimes(facts, 1).get(advisorId) ?? [];
  const fits = line.find(({ entry, booking }) => {
    const topic = desk.topics.find(({ id }) => id === entry?.topicId);
    if (booking || !entry || !topic || !gap || gap.start > now || !suits(advisor, entry, topic)) return false;
    return gap.end - now >= (topic.durationMinutes + topic.bufferMinutes) * MINUTE;
  });
  return fits ?? own.find(({ booking }) => booking && booking.time.start - now <= early);
}
