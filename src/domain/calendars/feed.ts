import type { Booking } from '../booking/booking';
import { DAY } from '../calendar/dates';
import type { Instant, Interval } from '../calendar/interval';
import { localDate, startOfDay } from '../calendar/zone';
import type { Absence, Desk } from '../desk';
import { mayKeepFeed } from '../staff/rights';
import type { Role } from '../staff/roles';

/** An address at which a calendar program reads who comes when, without signing in. */
export interface Feed {
  readonly id: string;
  readonly deskId: string;
  /** Null: it is about everybody at the desk. */
  readonly advisorId: string | null;
  /** Whether it tells who comes, as long as the desk allows that. */
  readonly names: boolean;
  /** The account of who made it; null: a program made it. */
  readonly userId: string | null;
  readonly createdAt: Instant;
}

/** The most feeds of one advisor, or of the whole desk: one for each device and program that somebody has. */
export const MAX_FEEDS_EACH = 10;

/** So long a feed goes back, and so long it says that a booking was cancelled. */
const KEPT_MS = 30 * DAY;

/** The parts of an account that decide whether its feeds are alive. */
interface Account {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly deskId: string;
  readonly advisorId: string | null;
  readonly disabledAt: Instant | null;
}

/**
 * Tells whether the feed still answers. It dies with what it hangs on: the advisor has left, or cannot sign in any more;
 * or whoever made it cannot, or may no longer keep it.
 */
export function isAlive(feed: Feed, { id, advisors }: Desk, accounts: readonly Account[]): boolean {
  if (feed.advisorId !== null && !advisors.some((each) => each.id === feed.advisorId && !each.retired)) return false;
  const own = accounts.filter(({ deskId, advisorId }) => deskId === id && advisorId === feed.advisorId);
  if (feed.advisorId !== null && own.length > 0 && own.every(({ disabledAt }) => disabledAt !== null)) return false;
  if (feed.userId === null) return true;
  const maker = accounts.find((each) => each.id === feed.userId);
  return maker !== undefined && maker.disabledAt === null && mayKeepFeed({ kind: 'staff', ...maker }, feed);
}

/** Tells whether the feed says who comes: it was asked to, and the desk allows it. */
export function tellsNames({ names }: Feed, { feedNames }: Desk): boolean {
  return names && feedNames;
}

/** Returns of which time a feed tells; it goes back by whole days, so that it is the same until midnight. */
export function feedRange({ hours: { timeZone } }: Desk, now: Instant): Interval {
  return { start: startOfDay(localDate(now - KEPT_MS, timeZone), timeZone), end: Number.MAX_SAFE_INTEGER };
}

/** Returns the bookings of which the feed tells. What was cancelled stays for thirty days, so that calendars take it back. */
export function bookingsOfFeed({ advisorId }: Feed, bookings: readonly Booking[], { start }: Interval): Booking[] {
  return bookings.filter(
    (booking) =>
      (advisorId === null || booking.advisorId === advisorId) &&
      !(booking.status === 'cancelled' && booking.changedAt < start),
  );
}

/** Returns the absences of which the feed tells. */
export function absencesOfFeed(feed: Pick<Feed, 'advisorId'>, absences: readonly Absence[]): Absence[] {
  return absences.filter(({ advisorId }) => feed.advisorId === null || advisorId === feed.advisorId);
}
