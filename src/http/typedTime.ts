import type { LocalDate } from '../domain/calendar/hours';
import type { Instant } from '../domain/calendar/interval';
import { localDate, localTime, parseInstant, parseInstantIn, parseLocalDate } from '../domain/calendar/zone';
import type { Desk } from '../domain/desk';
import { plusRestored } from '../fields/rawPlus';

/** Reads an instant from a field or an address (RFC 3339, with its offset); null if it is none. */
export function instantOrNull(text: unknown): Instant | null {
  try {
    return typeof text === 'string' ? parseInstant(plusRestored(text)) : null;
  } catch {
    return null;
  }
}

/** Reads a day from a field or an address (`2026-12-01`); null if there is no such day. */
export function dateOrNull(text: unknown): LocalDate | null {
  try {
    return typeof text === 'string' ? parseLocalDate(text) : null;
  } catch {
    return null;
  }
}

/** Reads the start that was chosen in a list of free times, or null. */
export function chosenStart(body: unknown): Instant | null {
  return instantOrNull((body as { start?: unknown } | undefined)?.start);
}

/** Returns the time of a date and time field (`2026-12-01T09:00`), on the desk's clock; null: it is none. */
export function fieldTimeOrNull({ hours }: Pick<Desk, 'hours'>, text: string | undefined): Instant | null {
  try {
    return text ? parseInstantIn(hours.timeZone, text) : null;
  } catch {
    return null;
  }
}

/** Returns a time as such a field has it. */
export function fieldTime({ hours: { timeZone } }: Pick<Desk, 'hours'>, at: Instant): string {
  return `${localDate(at, timeZone)}T${localTime(at, timeZone)}`;
}
