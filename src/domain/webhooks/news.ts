import type { Booking, BookingEvent, BookingEventType } from '../booking/booking';
import { changedDays } from '../calendar/changedDays';
import type { Hours } from '../calendar/hours';
import type { Instant, Interval } from '../calendar/interval';
import { addDays, localDate, toIso } from '../calendar/zone';
import type { Desk } from '../desk';
import type { Slot } from '../slots/freeSlots';
import type { WebhookEvent } from './webhook';

/** Something that other programs are told. The data hold ids, times, topic, language and mode, and nothing of a person. */
export interface WebhookNews {
  readonly event: WebhookEvent;
  readonly bookingId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * What each event in the history of a booking is to other programs; what is missing is not told. A booking is made again
 * when an interpreter is found for it, and when a cancellation is taken back: its status says how it stands.
 */
const EVENTS: Readonly<Partial<Record<BookingEventType, WebhookEvent>>> = {
  booked: 'booking.made',
  confirmed: 'booking.made',
  restored: 'booking.made',
  moved: 'booking.moved',
  move_undone: 'booking.moved',
  reassigned: 'booking.moved',
  cancelled: 'booking.cancelled',
  checked_in: 'booking.attended',
  check_in_undone: 'booking.attended',
  completed: 'booking.attended',
  no_show: 'booking.attended',
  reopened: 'booking.attended',
};

/** Returns what other programs are told of a change of a booking; undefined: nothing. */
export function bookingNews(booking: Booking, { type, from }: BookingEvent, { hours }: Desk): WebhookNews | undefined {
  const event = EVENTS[type];
  if (!event) return undefined;
  const { id, deskId, status, topicId, language, mode, advisorId, sequence, version } = booking;
  const times = ({ start, end }: Interval) => ({
    start: toIso(start, hours.timeZone),
    end: toIso(end, hours.timeZone),
  });
  const data = {
    ...{ id, desk: deskId, status, topic: topicId, language, mode },
    ...times(booking.time),
    ...{ advisor: advisorId, sequence, version },
    ...(event === 'booking.moved' && from && { from: { ...times(from.time), advisor: from.advisorId } }),
  };
  return { event, bookingId: id, data };
}

/** Returns the time that a change of a booking has left, if it is still ahead. */
export function leftTime(booking: Booking, { type, from }: BookingEvent, now: Instant): Interval | undefined {
  const isElsewhere = from !== null && from.time.start !== booking.time.start;
  const left = type === 'cancelled' ? booking.time : isElsewhere && EVENTS[type] === 'booking.moved' ? from.time : null;
  return left && left.start > now ? left : undefined;
}

/** Returns the news that clients can book a start that somebody has left, for the same topic, language and mode. */
export function freedNews(
  { topicId, language, mode }: Booking,
  { time, free }: Slot,
  { id, hours }: Desk,
): WebhookNews {
  const [start, end] = [toIso(time.start, hours.timeZone), toIso(time.end, hours.timeZone)];
  return {
    event: 'start.freed',
    bookingId: null,
    data: { desk: id, topic: topicId, language, mode, start, end, free },
  };
}

/** How far ahead days are compared. */
const COMPARED_DAYS = 400;

/**
 * Returns the news that a desk's hours are others. `from` and `to` enclose the days of the next 400 whose windows differ
 * (half-open); both are null if none of them does, as when a new week begins later.
 *
 * @returns undefined if the hours are the same
 */
export function hoursNews(before: Hours, { id, hours }: Desk, now: Instant): WebhookNews | undefined {
  if (JSON.stringify(before) === JSON.stringify(hours)) return undefined;
  const today = localDate(now, hours.timeZone);
  const days = changedDays(before, hours, today, addDays(today, COMPARED_DAYS));
  const last = days.at(-1);
  return {
    event: 'hours.changed',
    bookingId: null,
    data: { desk: id, from: days[0]?.date ?? null, to: last ? addDays(last.date, 1) : null },
  };
}

/** The part of a message that tells who the client is, where the desk allows it. */
export function clientData({ client: { name, email, phone, language } }: Booking): Readonly<Record<string, unknown>> {
  return { name, email, phone, language };
}
