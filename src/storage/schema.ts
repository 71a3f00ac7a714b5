import type { Generated } from 'kysely';

/** Tables as types. Instants are epoch milliseconds; `*_json` columns hold JSON; booleans are 0 and 1. */
export interface Database {
  migration: { number: number; name: string; applied_at: number };
  desk: {
    id: string;
    name_json: string;
    headline_json: string;
    about_json: string;
    time_zone: string;
    holidays: string | null;
    address: string;
    phone: string;
    email: string;
    grid_minutes: number;
    lead_time_minutes: number;
    lead_time_open_minutes: number;
    horizon_days: number;
    /** Null: the usual periods. */
    retention_json: string | null;
    /** How many bookings one client may have ahead of them; null: the usual number. */
    open_bookings_per_client: number | null;
    /** The other limits, where they differ from the usual; null: nowhere. */
    limits_json: string | null;
    /** So long before its start a consultation keeps its advisor. */
    fixed_minutes: number;
    /** Places by mode; null: as many as advisors. */
    capacities_json: string | null;
    /** What is kept for a language, a topic or urgent matters; null: nothing. */
    reserves_json: string | null;
    /** Null: it says nothing of itself. */
    legal_json: string | null;
  };
  opening_rule: {
    id: Generated<number>;
    desk_id: string;
    rrule: string;
    opens: string;
    closes: string;
    valid_from: string | null;
    valid_until: string | null;
  };
  hours_exception: {
    id: string;
    desk_id: string;
    from_date: string;
    to_date: string;
    closed: number;
    windows_json: string;
    reason_json: string;
    /** Rises with each entry at the desk, and with each change of one: the newest about a day decides it. */
    entered: number;
    /** By which it comes again; null: it is meant once. */
    rrule: string | null;
    /** Null: it takes nothing off, but replaces. */
    pauses_json: string | null;
    origin: 'file' | 'staff';
    version: number;
  };
  topic: {
    desk_id: string;
    id: string;
    position: number;
    name_json: string;
    description_json: string;
    neutral_name_json: string | null;
    duration_minutes: number;
    buffer_minutes: number;
    modes_json: string;
    bring_json: string | null;
    lead_time_minutes: number | null;
    lead_time_open_minutes: number | null;
    horizon_days: number | null;
    retired: number;
  };
  advisor: {
    desk_id: string;
    id: string;
    position: number;
    name: string;
    email: string;
    retired: number;
    video_link: string | null;
  };
  advisor_language: { desk_id: string; advisor_id: string; position: number; language: string };
  advisor_topic: { desk_id: string; advisor_id: string; topic_id: string };
  working_rule: {
    id: Generated<number>;
    desk_id: string;
    advisor_id: string;
    rrule: string;
    starts: string;
    ends: string;
    valid_from: string | null;
    valid_until: string | null;
  };
  absence: {
    id: string;
    desk_id: string;
    advisor_id: string;
    starts_at: number;
    ends_at: number;
    reason: string | null;
    version: number;
  };
  booking: BookingTable;
  /** Bookings and holds that are out of the guard's way within a transaction, see `migrations/0007-permutation`. On SQLite only. */
  lifted: { booking_id: string; put_back: Generated<string> };
  /** How often anything was changed on which a search at the desk depends. Not a foreign key: triggers fill both tables. */
  revision: { desk_id: string; number: number };
  /** The revision with which an advisor's diary was changed last; without an advisor the desk itself, its rules, its absences. */
  diary_revision: { desk_id: string; advisor_id: string; number: number };
  booking_event: {
    id: Generated<number>;
    booking_id: string;
    type: string;
    at: number;
    by_kind: string;
    by_name: string | null;
    reason: string | null;
    from_json: string | null;
    /** How many messages were written into the outbox with it, in its transaction; null: from before that was counted. */
    messages: number | null;
  };
  outbox: {
    id: Generated<number>;
    desk_id: string;
    booking_id: string;
    sequence: number;
    kind: string;
    recipient: string;
    address: string;
    /** Whether the message carries a calendar part. */
    calendar: number;
    dedupe_key: string;
    message_json: string;
    state: 'waiting' | 'sent' | 'withdrawn' | 'failed';
    attempts: number;
    next_at: number;
    lease_until: number | null;
    last_code: number | null;
    created_at: number;
    sent_at: number | null;
    /** It is not sent before; null: at once. */
    hold_until: number | null;
    /** What its readers were told before it, for whatever takes its place before anybody tries to send it. */
    known_json: string | null;
    /** When its words and its address were purged. */
    blanked_at: number | null;
  };
  /** One row while no mail is sent, see app/ports/outbox. */
  outbox_pause: { id: 1; since: number; reason: string };
  task: {
    id: string;
    desk_id: string;
    booking_id: string;
    kind: 'mail_failed' | 'outside_hours';
    created_at: number;
    done_at: number | null;
    done_by: string | null;
  };
  staff_user: {
    id: string;
    email: string;
    name: string;
    role: string;
    desk_id: string;
    advisor_id: string | null;
    password_hash: string;
    /** Has a password that everybody knows. */
    demo: number;
    disabled_at: number | null;
  };
  session: {
    id_hash: string;
    user_id: string;
    csrf: string;
    search: string | null;
    created_at: number;
    seen_at: number;
  };
  api_token: {
    hash: string;
    name: string;
    role: string;
    desk_id: string;
    advisor_id: string | null;
    created_at: number;
    ends_at: number;
    last_used_at: number | null;
  };
  /** At most one row: tells whether SECRET is the one that the links of the bookings were made with. */
  secret_check: { id: number; value: string };
  job: {
    name: string;
    holder: string | null;
    beat: number;
    runs: number;
    failures: number;
    last_run_at: number | null;
    last_success_at: number | null;
  };
  /** From which networks a booking came, as keyed hashes, for a few days. */
  booking_origin: { booking_id: string; width: string; desk_id: string; network: string; at: number };
  rate_limit: { key: string; hits: number; window_ends: number };
  /** What is kept of a booking for statistics once its row is purged: codes only. */
  unmet_demand: { desk_id: string; week: string; topic_id: string; language: string; searches: number };
  consultation_fact: {
    desk_id: string;
    /** `YYYY-MM` of the consultation, at the desk. */
    month: string;
    topic_id: string;
    language: string;
    mode: string;
    source: string;
    status: string;
    attendees: number;
    on_behalf: number;
    /** Whole days from booking to consultation. */
    waiting_days: number;
  };
  idempotency_key: {
    scope: string;
    key: string;
    desk_id: string;
    fingerprint: string;
    result_json: string;
    created_at: number;
  };
}

/** Holds and bookings share one table, so that one guard keeps both apart. A hold has no client, reference, UID or organizer yet. */
export interface BookingTable {
  id: string;
  desk_id: string;
  status: string;
  topic_id: string;
  language: string;
  mode: string;
  advisor_id: string;
  tied: number;
  urgent: number;
  video_link: string | null;
  starts_at: number;
  ends_at: number;
  /** End of the buffer. */
  blocked_until: number;
  /** Wall time at the desk, with its zone and the time zone data it was computed with: law may change the offset later. */
  local_start: string;
  time_zone: string;
  tzdata: string;
  held_until: number | null;
  renewals: number;
  holder: string | null;
  draft_json: string | null;
  /** Hash of the range of addresses that a live hold came from, so that nobody holds everything. */
  held_from: string | null;
  /** The same of the wider networks around it. */
  held_from_24: string | null;
  held_from_48: string | null;
  /** Which line of an import it was, so that a repeated import doubles nothing. */
  import_key: string | null;
  /** The client's mail address in lower case, so that one client's bookings can be counted. */
  client_key: string | null;
  reference: string | null;
  uid: string | null;
  organizer: string | null;
  token_hash: string | null;
  /** Of the link that the secret before the last rotation made. */
  token_hash_previous: string | null;
  source: string | null;
  sequence: number;
  version: number;
  client_name: string | null;
  client_email: string | null;
  client_phone: string | null;
  client_language: string | null;
  attendees: number;
  on_behalf_json: string | null;
  note: string | null;
  answers_json: string | null;
  /** Name, mail and reference as they are searched: see domain/booking/searchText. */
  search_text: string | null;
  created_at: number;
  changed_at: number;
}
