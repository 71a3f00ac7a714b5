import type { Booking } from '../../../../src/domain/booking/booking';
import { addDays } from '../../../../src/domain/calendar/dates';
import type { Instant } from '../../../../src/domain/calendar/interval';
import { localDate } from '../../../../src/domain/calendar/zone';
import type { Around } from '../../../../src/http/staff/day/board/around';
import { type DayFacts, type DayPlan, dayPlan } from '../../../../src/http/staff/day/plan';
import { dayQueryOf, mondayOf } from '../../../../src/http/staff/day/query';
import { wordsOf } from '../../../../src/http/staff/words';
import { aBooking, aDesk, NOW } from '../../../support/builders';
import { GERMAN_STAFF, RECEPTIONIST } from '../../../support/readers';

/** The plans of the week of a day, and of the day itself. */
export function plansOf(part: Partial<DayFacts>): { plan: DayPlan; week: DayPlan[] } {
  const facts: DayFacts = {
    desk: aDesk(),
    date: '2026-12-01',
    now: NOW,
    bookings: [],
    checkIns: new Map(),
    queue: new Map(),
    absences: [],
    taken: [],
    ownAdvisorId: null,
    ...part,
  };
  const monday = mondayOf(facts.date);
  const week = Array.from({ length: 7 }, (_, i) => dayPlan({ ...facts, date: addDays(monday, i) }));
  return { plan: week.find(({ date }) => date === facts.date) as DayPlan, week };
}

/** Who reads a board, and when: a receptionist who reads German. */
export function around({ desk = aDesk(), now = NOW, ...part }: Partial<Around> = {}): Around {
  const reader = part.reader ?? GERMAN_STAFF;
  const today = localDate(now, desk.hours.timeZone);
  return { desk, now, today, staff: RECEPTIONIST, words: wordsOf(desk, reader), reader, ...part };
}

/** What takes the time of bookings, as the diaries tell. */
export function takenBy(bookings: readonly Booking[]): DayFacts['taken'] {
  return bookings.map(({ advisorId, time, blockedUntil }) => ({
    advisorId,
    time: { start: time.start, end: blockedUntil },
    consultation: time,
    heldUntil: null,
  }));
}

export const BOARD = dayQueryOf({});

/** A booking at a time of Tuesday, 1 December, with the first advisor. */
export function bookedAt(start: string, part: Partial<Booking> = {}, minutes = 30): Booking {
  const from: Instant = Date.parse(`2026-12-01T${start}:00+01:00`);
  const time = { start: from, end: from + minutes * 60_000 };
  return aBooking({ time, blockedUntil: time.end, ...part });
}
