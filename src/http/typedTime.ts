import type { LocalDate } from '../domain/calendar/hours';
import type { Instant } from '../domain/calendar/interval';
import { parseInstant, parseLocalDate } from '../domain/calendar/zone';
import { plusRestored } from '../fields/rawPlus';

/** The time that a field or an address says (RFC 3339, with its offset), or null. */
export function instantOrNull(text: unknown): Instant | null {
  try {
    return typeof text === 'string' ? parseInstant(plusRestored(text)) : null;
  } catch {
    return null;
  }
}

/** The day that a field or an address says (`2026-12-01`), or null if there is no such day. */
export function dateOrNull(text: unknown): LocalDate | null {
  try {
    return typeof text === 'string' ? parseLocalDate(text) : null;
  } catch {
    return null;
  }
}

/** The start that was chosen in a list of free times, or null. */
export function chosenStart(body: unknown): Instant | null {
  return instantOrNull((body as { start?: unknown } | undefined)?.start);
}
