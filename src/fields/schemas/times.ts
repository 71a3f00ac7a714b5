import { z } from 'zod';
import type { LocalDate } from '../../domain/calendar/hours';
import type { Instant } from '../../domain/calendar/interval';
import { parseInstant, parseLocalDate, startOfDay } from '../../domain/calendar/zone';
import { isRefusal } from '../../domain/errors';
import { plusRestored } from '../rawPlus';

const INSTANT_EXPECTED = 'expected date, time and offset, such as 2026-12-01T09:00:00+01:00';
const DATE_EXPECTED = 'expected a day that exists, such as 2026-12-01';
const TIME_EXPECTED = 'expected a time of day, such as 09:00';
const MOMENT_EXPECTED = 'expected a day (2026-12-01), or date, time and offset (2026-12-01T09:00:00+01:00)';
/**
 * Nothing at a desk happens outside these years. Beyond them, years can have more than four digits, and computing local
 * days becomes expensive.
 */
const YEARS_EXPECTED = 'expected a time from 2000 to 2199';
const FIRST_INSTANT = Date.parse('2000-01-01T00:00:00Z');
const LAST_INSTANT = Date.parse('2200-01-01T00:00:00Z');

/** An instant in ISO 8601 with offset or `Z`; it is returned as epoch milliseconds. */
export const instant = z
  .string({ error: INSTANT_EXPECTED })
  .meta({ description: 'ISO 8601 with any offset or Z', example: '2026-12-01T09:00:00+01:00' })
  .refine((text) => readable(() => parseInstant(text)) !== undefined, INSTANT_EXPECTED)
  .transform(parseInstant)
  .refine(isNear, YEARS_EXPECTED);

/** A day as `YYYY-MM-DD` in the desk's zone. */
export const date = z
  .string({ error: DATE_EXPECTED })
  .meta({ description: "A day in the desk's zone", format: 'date', example: '2026-12-01' })
  .refine(isDate, DATE_EXPECTED)
  .refine((text) => !isDate(text) || isNear(Date.parse(text)), YEARS_EXPECTED);

/** A time of day such as `09:00`. Only its length is checked here; `assertWindow` checks that it is a time. */
export const timeOfDay = z.string({ error: TIME_EXPECTED }).max(5, TIME_EXPECTED).meta({ example: '09:00' });

/**
 * The start of a booking in an import file, as an instant or as a time on the desk's clock. Only its form is checked
 * here; `parseInstantIn` reads it.
 */
export const writtenStart = z
  .string({ error: INSTANT_EXPECTED })
  .min(1, INSTANT_EXPECTED)
  .max(60, INSTANT_EXPECTED)
  .refine((text) => !/^(?:\d+\.\d+\.)?(?!2[01])\d{4}\b/.test(text), YEARS_EXPECTED);

/** A day or an instant; a day stands for its beginning. */
export type DateOrInstant = { readonly date: LocalDate } | { readonly at: Instant };

/** The edge of a range in a query: a day in the desk's zone, or an instant. */
export const moment = z
  .string({ error: MOMENT_EXPECTED })
  .overwrite(plusRestored)
  .meta({ description: "A day in the desk's zone, or ISO 8601 with any offset or Z", example: '2026-12-01' })
  .refine((text) => isDate(text) || readable(() => parseInstant(text)) !== undefined, MOMENT_EXPECTED)
  .transform((text): DateOrInstant => (isDate(text) ? { date: text } : { at: parseInstant(text) }))
  .refine((of) => isNear('at' in of ? of.at : Date.parse(of.date)), YEARS_EXPECTED);

/** Returns the instant at which a range with this edge begins or ends. */
export function edge(of: DateOrInstant | undefined, timeZone: string): Instant | undefined {
  if (of === undefined) return undefined;
  return 'at' in of ? of.at : startOfDay(of.date, timeZone);
}

/** Tells whether anything may happen at a desk then. */
export function isNear(at: Instant): boolean {
  return FIRST_INSTANT <= at && at < LAST_INSTANT;
}

function isDate(text: string): boolean {
  return readable(() => parseLocalDate(text)) !== undefined;
}

function readable<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (isRefusal(error, 'invalid-time')) return undefined;
    throw error;
  }
}
