import type { Insertable, Selectable } from 'kysely';
import type {
  Booking,
  BookingEvent,
  BookingEventType,
  Person,
  Source,
  Status,
  Support,
} from '../domain/booking/booking';
import { STATUSES } from '../domain/booking/booking';
import type { Hold } from '../domain/booking/hold';
import type { Interpreting } from '../domain/booking/interpreting';
import type { NotedOutcome } from '../domain/booking/outcome';
import type { Answers } from '../domain/booking/questions';
import { clientKey } from '../domain/booking/reachable';
import { searchText } from '../domain/booking/searchText';
import type { Mode } from '../domain/desk';
import { actorRow, toActor } from './actor';
import { fromNullableJson, toNullableJson } from './json';
import type { BookingTable, Database } from './schema';

/** The statuses of rows that are bookings; all other rows of the booking table are holds. */
export const BOOKED: readonly string[] = STATUSES;

type Row = Selectable<BookingTable>;
type Columns = Omit<Row, 'local_start' | 'time_zone' | 'tzdata' | 'import_key' | 'token_hash_previous' | 'erased_at'>;

/** Reads a row whose status is in `BOOKED` as a booking. The schema guarantees that such a row is complete. */
export function toBooking(row: Row): Booking {
  return {
    id: row.id,
    deskId: row.desk_id,
    reference: row.reference ?? '',
    uid: row.uid ?? '',
    organizer: row.organizer ?? '',
    status: row.status as Status,
    topicId: row.topic_id,
    language: row.language,
    mode: row.mode as Mode,
    advisorId: row.advisor_id,
    tied: row.tied === 1,
    urgent: row.urgent === 1,
    videoLink: row.video_link,
    time: { start: row.starts_at, end: row.ends_at },
    blockedUntil: row.blocked_until,
    source: row.source as Source,
    sequence: row.sequence,
    version: row.version,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    client: {
      name: row.client_name ?? '',
      email: row.client_email,
      phone: row.client_phone,
      language: row.client_language ?? 'de',
    },
    attendees: row.attendees,
    onBehalfOf: fromNullableJson(row.on_behalf_json),
    note: row.note,
    answers: fromNullableJson<Answers>(row.answers_json) ?? {},
    interpreting: fromNullableJson<Interpreting>(row.interpreting_json),
    lateMinutes: row.late_minutes,
    alarmMinutes: row.alarm_minutes,
    follows: row.follows_id,
    outcome: fromNullableJson<NotedOutcome>(row.outcome_json),
    support: fromNullableJson<Support[]>(row.support_json) ?? [],
    people: fromNullableJson<Person[]>(row.people_json) ?? [],
  };
}

/**
 * Writes a booking as a row, without `holder`: a hold that becomes a booking keeps its own, so that the browser finds
 * what it booked.
 */
export function toBookingRow(booking: Booking, tokenHash: string): Omit<Columns, 'holder'> {
  return {
    id: booking.id,
    desk_id: booking.deskId,
    status: booking.status,
    topic_id: booking.topicId,
    language: booking.language,
    mode: booking.mode,
    advisor_id: booking.advisorId,
    tied: booking.tied ? 1 : 0,
    urgent: booking.urgent ? 1 : 0,
    video_link: booking.videoLink,
    starts_at: booking.time.start,
    ends_at: booking.time.end,
    blocked_until: booking.blockedUntil,
    held_until: null,
    renewals: 0,
    draft_json: null,
    held_from: null,
    held_from_24: null,
    held_from_48: null,
    client_key: clientKey(booking.client),
    reference: booking.reference,
    uid: booking.uid,
    organizer: booking.organizer,
    token_hash: tokenHash,
    source: booking.source,
    sequence: booking.sequence,
    version: booking.version,
    client_name: booking.client.name,
    client_email: booking.client.email,
    client_phone: booking.client.phone,
    client_language: booking.client.language,
    attendees: booking.attendees,
    on_behalf_json: toNullableJson(booking.onBehalfOf),
    note: booking.note,
    answers_json: JSON.stringify(booking.answers),
    interpreting_json: toNullableJson(booking.interpreting),
    late_minutes: booking.lateMinutes,
    alarm_minutes: booking.alarmMinutes,
    follows_id: booking.follows,
    outcome_json: toNullableJson(booking.outcome),
    support_json: unlessEmpty(booking.support),
    people_json: unlessEmpty(booking.people),
    search_text: searchText(booking),
    created_at: booking.createdAt,
    changed_at: booking.changedAt,
  };
}

/**
 * Reads a row that is `held` or `lapsed` as a hold. Whether it still keeps its slot depends on the clock, see `isLive`.
 */
export function toHold(row: Row): Hold {
  return {
    id: row.id,
    deskId: row.desk_id,
    topicId: row.topic_id,
    language: row.language,
    mode: row.mode as Mode,
    interpreting: fromNullableJson<Interpreting>(row.interpreting_json),
    advisorId: row.advisor_id,
    tied: row.tied === 1,
    urgent: row.urgent === 1,
    time: { start: row.starts_at, end: row.ends_at },
    blockedUntil: row.blocked_until,
    heldUntil: row.held_until ?? 0,
    renewals: row.renewals,
    holder: row.holder,
    heldFrom: toHeldFrom(row),
    draft: fromNullableJson<Record<string, string>>(row.draft_json) ?? {},
    createdAt: row.created_at,
  };
}

function toHeldFrom(row: Row): Hold['heldFrom'] {
  return {
    ...(row.held_from !== null && { host: row.held_from }),
    ...(row.held_from_24 !== null && { '/24': row.held_from_24 }),
    ...(row.held_from_48 !== null && { '/48': row.held_from_48 }),
  };
}

/** Writes a live hold as a row. The schema's guard against overlap treats it like a booking. */
export function toHoldRow(hold: Hold): Columns {
  return {
    id: hold.id,
    desk_id: hold.deskId,
    status: 'held',
    topic_id: hold.topicId,
    language: hold.language,
    mode: hold.mode,
    advisor_id: hold.advisorId,
    tied: hold.tied ? 1 : 0,
    urgent: hold.urgent ? 1 : 0,
    video_link: null,
    starts_at: hold.time.start,
    ends_at: hold.time.end,
    blocked_until: hold.blockedUntil,
    held_until: hold.heldUntil,
    renewals: hold.renewals,
    holder: hold.holder,
    draft_json: JSON.stringify(hold.draft),
    held_from: hold.heldFrom.host ?? null,
    held_from_24: hold.heldFrom['/24'] ?? null,
    held_from_48: hold.heldFrom['/48'] ?? null,
    client_key: null,
    reference: null,
    uid: null,
    organizer: null,
    token_hash: null,
    source: null,
    sequence: 0,
    version: 0,
    client_name: null,
    client_email: null,
    client_phone: null,
    client_language: null,
    attendees: 1,
    on_behalf_json: null,
    note: null,
    answers_json: null,
    interpreting_json: toNullableJson(hold.interpreting),
    late_minutes: null,
    alarm_minutes: null,
    follows_id: null,
    outcome_json: null,
    support_json: null,
    people_json: null,
    search_text: null,
    created_at: hold.createdAt,
    changed_at: hold.createdAt,
  };
}

function unlessEmpty(list: readonly unknown[]): string | null {
  return list.length === 0 ? null : JSON.stringify(list);
}

/** Reads a row of the history. */
export function toEvent(row: Selectable<Database['booking_event']>): BookingEvent {
  return {
    type: row.type as BookingEventType,
    bookingId: row.booking_id,
    at: row.at,
    by: toActor(row),
    reason: row.reason,
    from: fromNullableJson<NonNullable<BookingEvent['from']>>(row.from_json),
  };
}

/** Writes an event as a row. */
export function toEventRow(event: BookingEvent): Insertable<Database['booking_event']> {
  return {
    type: event.type,
    booking_id: event.bookingId,
    at: event.at,
    ...actorRow(event.by),
    reason: event.reason,
    from_json: toNullableJson(event.from),
  };
}
