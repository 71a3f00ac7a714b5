import { DAY } from '../calendar/dates';
import { HOUR, type Instant, type Interval, MINUTE, union } from '../calendar/interval';
import { addDays, localDate, startOfDay } from '../calendar/zone';
import type { Desk } from '../desk';

/** The calendar of an advisor's own, by which they are busy. */
export interface BusyCalendar {
  /** Another one with each address that is entered. */
  readonly id: string;
  readonly deskId: string;
  readonly advisorId: string;
  /** The host of its address, which is all that is shown. */
  readonly host: string;
  readonly sealedUrl: string;
  /** ETag and Last-Modified of the version that was read. */
  readonly tag: string | null;
  readonly modified: string | null;
  /** How many entries block time, and how many could not be read. */
  readonly events: number;
  readonly unread: number;
  /** When it was last seen as it is. */
  readonly readAt: Instant;
  /** When it was last read in full. */
  readonly expandedAt: Instant;
  readonly triedAt: Instant;
  /** Why it could not be read when it was last tried; null: it could. */
  readonly problem: string | null;
}

/** How often a calendar is read. */
export const READ_EVERY_MS = 15 * MINUTE;
/** After so long without success the page says so as a warning. */
export const STALE_AFTER_MS = 24 * HOUR;
/** So long what is over is kept, for the figures of the month. */
const KEPT_DAYS = 70;
/** Staff book and move beyond the horizon. */
const DAYS_BEYOND = 31;
const LEAST_DAYS_AHEAD = 365;

/** Returns for which time a calendar is read: from today on, a little farther than anybody books. */
export function busyRange({ hours: { timeZone }, horizonDays, topics }: Desk, now: Instant): Interval {
  const today = localDate(now, timeZone);
  const farthest = Math.max(LEAST_DAYS_AHEAD, horizonDays, ...topics.map((topic) => topic.horizonDays ?? 0));
  return { start: startOfDay(today, timeZone), end: startOfDay(addDays(today, farthest + DAYS_BEYOND), timeZone) };
}

/** Returns from when on times that are over are kept. */
export function keptFrom(now: Instant): Instant {
  return now - KEPT_DAYS * DAY;
}

/** Returns the part of the times from `from` on. */
export function timesFrom(times: readonly Interval[], from: Instant): Interval[] {
  return union(times.map(({ start, end }) => ({ start: Math.max(start, from), end })));
}

/**
 * Tells whether the version that is known may be asked about instead of the whole calendar: not on another day, since
 * what recurs is read only so far ahead.
 */
export function isExpanded({ expandedAt }: BusyCalendar, { hours: { timeZone } }: Desk, now: Instant): boolean {
  return localDate(expandedAt, timeZone) === localDate(now, timeZone);
}
