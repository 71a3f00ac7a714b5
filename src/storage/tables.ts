import type { Database } from './schema';

/** Every table that is written to, each after those that it refers to: in this order they can be filled, in the reverse they can be emptied. */
export const TABLES = [
  'migration',
  'desk',
  'opening_rule',
  'hours_exception',
  'topic',
  'advisor',
  'advisor_language',
  'advisor_topic',
  'working_rule',
  'absence',
  'booking',
  'booking_origin',
  'booking_event',
  'outbox',
  'outbox_pause',
  'task',
  'staff_user',
  'session',
  'api_token',
  'secret_check',
  'idempotency_key',
  'job',
  'rate_limit',
  'consultation_fact',
  'unmet_demand',
] as const satisfies readonly (keyof Database)[];

/** What triggers count, each database for itself: not moved to another one. */
export const COUNTED = ['revision', 'diary_revision'] as const satisfies readonly (keyof Database)[];

/** What the guard on SQLite needs besides: empty whenever somebody else looks. */
export const GUARDING = ['lifted'] as const satisfies readonly (keyof Database)[];
