import type { Generated } from 'kysely';
import type { CalendarTables } from './calendarTables';
import type { CaseTables } from './caseTables';
import type { DeskTables } from './deskTables';
import type { FigureTables } from './figureTables';
import type { OperationTables } from './operationTables';
import type { OutboxTable } from './outboxTable';
import type { ReplyTables } from './replyTables';
import type { WebhookTables } from './webhookTables';

/** The tables as types. Instants are epoch milliseconds, `*_json` columns hold JSON, and booleans are 0 and 1. */
export interface Database
  extends DeskTables,
    OperationTables,
    FigureTables,
    ReplyTables,
    WebhookTables,
    CalendarTables,
    CaseTables {
  migration: { number: number; name: string; applied_at: number };
  booking: BookingTable;
  /** Rows that the guard ignores within a transaction, see `migrations/0007-permutation`. Only on SQLite. */
  lifted: { booking_id: string; put_back: Generated<string> };
  /** The number of changes that searches depend on. Triggers fill it, so `desk_id` is no foreign key. */
  revision: { desk_id: string; number: number };
  /** The revision at which an advisor's diary last changed; an empty advisor stands for the desk itself. */
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
    /** The number of messages queued in the same transaction; null for events from before this was counted. */
    messages: number | null;
  };
  outbox: OutboxTable;
  /** Of which bookings, at which start, a reminder was queued, and when. */
  reminder: { booking_id: string; starts_at: number; days_before: number; at: number };
  /** One row while no mail is sent, see app/ports/outbox. */
  outbox_pause: { id: 1; since: number; reason: string };
  task: {
    id: string;
    desk_id: string;
    booking_id: string;
    kind: 'mail_failed' | 'outside_hours' | 'call' | 'interpreter' | 'declined';
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
    /** 1 for a demo account, whose password everybody knows. */
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
  /** At most one row, which shows whether SECRET is the one that made the manage links. */
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
  /** The networks from which a booking came, as keyed hashes, kept for a few days. */
  booking_origin: { booking_id: string; width: string; desk_id: string; network: string; at: number };
  /** How often something was done in a window of time; `key` says what, and is a keyed hash where it is about a person. */
  rate_limit: { key: string; hits: number; window_ends: number };
  /** How many searches of a week found nothing, by what was searched for; nothing says who searched. */
  unmet_demand: { desk_id: string; week: string; topic_id: string; language: string; searches: number };
  idempotency_key: {
    scope: string;
    key: string;
    desk_id: string;
    fingerprint: string;
    result_json: string;
    created_at: number;
  };
}

/** Holds and bookings share one table, so that one constraint keeps both from overlapping. A hold has no client yet. */
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
  /** The end of the buffer after the consultation. */
  blocked_until: number;
  /** Wall time at the desk, its zone and time zone data, because a law may change the offset later. */
  local_start: string;
  time_zone: string;
  tzdata: string;
  held_until: number | null;
  renewals: number;
  holder: string | null;
  draft_json: string | null;
  /** Hash of the address range from which a live hold came, so that the holds of one visitor can be limited. */
  held_from: string | null;
  /** Hashes of the wider networks (/24, /48) around it. */
  held_from_24: string | null;
  held_from_48: string | null;
  /** Identifies the line of an import, so that a repeated import adds no booking twice. */
  import_key: string | null;
  /** The client's mail address in lower case, so that one client's bookings can be counted. */
  client_key: string | null;
  reference: string | null;
  uid: string | null;
  organizer: string | null;
  token_hash: string | null;
  /** Hash of the link that was made with the secret before the last rotation. */
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
  /** What those who come need; null: nothing. */
  support_json: string | null;
  /** Who else is advised; null: nobody. */
  people_json: string | null;
  /** Who interprets, or is asked for; null: nobody has to. */
  interpreting_json: string | null;
  /** How much later the client said that they come. */
  late_minutes: number | null;
  /** So long before the start the client's calendar reminds them. */
  alarm_minutes: number | null;
  /** The consultation that this one follows up. */
  follows_id: string | null;
  /** What became of it, see domain/booking/outcome. */
  outcome_json: string | null;
  /** When the client had it erased. */
  erased_at: number | null;
  /** Name, mail address and reference in their searchable form, see domain/booking/searchText. */
  search_text: string | null;
  created_at: number;
  changed_at: number;
}
