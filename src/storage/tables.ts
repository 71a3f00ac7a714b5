import type { Database } from './schema';

/**
 * Every table, each after those that it refers to: in this order they can be filled, in the reverse they can be emptied. Without those
 * that triggers fill (`revision`, `diary_revision`): each database counts for itself.
 */
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
  'booking_event',
  'outbox',
  'outbox_pause',
  'task',
  'staff_user',
  'session',
  'api_token',
  'idempotency_key',
  'job',
  'rate_limit',
  'consultation_fact',
  'unmet_demand',
] as const satisfies readonly (keyof Database)[];
