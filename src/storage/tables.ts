import type { Database } from './schema';

/**
 * Every table that the program writes to, each after those that it refers to. They can be filled in this order and
 * emptied in the reverse.
 */
export const TABLES = [
  'migration',
  'desk',
  'desk_text',
  'opening_rule',
  'hours_exception',
  'hours_version',
  'partner',
  'topic',
  'advisor',
  'advisor_language',
  'advisor_topic',
  'working_rule',
  'absence',
  'busy_calendar',
  'busy_time',
  'freed_place',
  'booking',
  'booking_origin',
  'booking_event',
  'outbox',
  'reminder',
  'outbox_pause',
  'booking_reply',
  'mailbox',
  'mailbox_filing',
  'webhook',
  'webhook_delivery',
  'calendar_feed',
  'task',
  'staff_operation',
  'staff_operation_line',
  'absence_plan',
  'time_question',
  'queue_entry',
  'waiting_entry',
  'client_case',
  'case_advisor',
  'case_meeting',
  'trail_entry',
  'staff_user',
  'session',
  'api_token',
  'secret_check',
  'idempotency_key',
  'job',
  'rate_limit',
  'consultation_fact',
  'unmet_demand',
  'figure_month',
  'waiting_sample',
  'case_fact',
  'open_starts',
] as const satisfies readonly (keyof Database)[];

/**
 * The tables that triggers fill with counters. Each database has its own counters, so they are not moved to another.
 */
export const COUNTED = ['revision', 'diary_revision'] as const satisfies readonly (keyof Database)[];

/** The table that the guard against overlap needs on SQLite. It is empty outside of a transaction. */
export const GUARDING = ['lifted'] as const satisfies readonly (keyof Database)[];
