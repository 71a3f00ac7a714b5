import { z } from 'zod';
import { STATUSES } from '../../../domain/booking/booking';
import { unwrapped } from '../../../domain/calendar/ruleText';
import { StaffBooking } from './booking';
import { Closed, Override, Window } from './desk';
import { language, line, reason, slug } from './fields';
import { LocalDate, Time } from './text';
import { date, instant, moment } from './times';

export const DayQuery = z.strictObject({ date: date.optional() });

const Absence = z
  .object({ id: z.string(), start: Time, end: Time, reason: z.string().nullable() })
  .meta({ id: 'Absence' });

export const StaffDay = z
  .object({
    date: LocalDate,
    timeZone: z.string(),
    windows: z.array(Window),
    closed: Closed.nullable(),
    reason: Override.nullable(),
    advisors: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        languages: z.array(z.string()),
        topics: z.array(z.string()),
        windows: z
          .array(Window)
          .meta({ description: "When they work: inside the desk's windows, absences not taken off" }),
        absences: z.array(Absence),
      }),
    ),
    bookings: z.array(StaffBooking),
  })
  .meta({ id: 'StaffDay' });

const MOST_FOUND = 100;

export const SearchQuery = z.strictObject({
  desk: slug,
  q: z.string({ error: 'expected one text' }).max(200, 'expected at most 200 characters').optional(),
  from: moment.optional(),
  to: moment.optional(),
  status: z.enum(STATUSES, { error: `expected one of ${STATUSES.join(', ')}` }).optional(),
  cursor: z.string({ error: 'expected one cursor' }).max(200, 'expected a cursor of this search').optional(),
  limit: z
    .string({ error: 'expected one number' })
    .regex(/^\d{1,3}$/, `expected a number from 1 to ${MOST_FOUND}`)
    .transform(Number)
    .pipe(z.int().min(1, 'expected at least 1').max(MOST_FOUND, `expected at most ${MOST_FOUND}`))
    .meta({ override: { type: 'integer', minimum: 1, maximum: MOST_FOUND, default: 50 } })
    .optional(),
});

export const Found = z
  .object({
    bookings: z.array(StaffBooking),
    next: z.string().nullable().meta({ description: '`cursor` of the next page; null on the last' }),
  })
  .meta({ id: 'Found' });

/** Form only; whether it is a time of day is `assertWindow`'s to say. */
const time = z
  .string({ error: 'expected a time of day, such as 09:00' })
  .max(5, 'expected a time of day, such as 09:00')
  .meta({ example: '09:00' });

const LocalWindow = z
  .strictObject({ start: time, end: time }, 'expected start and end, such as 09:00 and 12:00')
  .meta({ id: 'LocalWindow', description: "A stretch of one day on the desk's clock; 24:00 only as an end" });

const REASON_EXPECTED = 'expected a text by language, such as {"de": "…", "en": "…"}';

/** Pages exist in German and English, so both are asked for; more languages may come with them. */
const reasonText = z
  .object({ de: line(200), en: line(200) }, REASON_EXPECTED)
  .catchall(line(200))
  .refine((text) => Object.keys(text).every((tag) => language.safeParse(tag).success), REASON_EXPECTED)
  .meta({ description: 'What clients read, by language', example: { de: 'Betriebsausflug', en: 'Staff outing' } });

export const ExceptionRequest = z
  .strictObject(
    {
      from: date,
      to: date.meta({ description: 'The first day that is not meant' }),
      closed: z.boolean({ error: 'expected true or false' }).optional(),
      windows: z.array(LocalWindow, 'expected a list of windows').max(10, 'expected at most 10 windows').optional(),
      reason: reasonText,
    },
    'expected an object',
  )
  .meta({ id: 'ExceptionRequest', description: 'A closure (`closed: true`), or windows that replace the usual ones' });

export const Affected = z
  .object({
    id: z.string(),
    affected: z.array(StaffBooking).meta({ description: 'They stay until someone moves them' }),
  })
  .meta({ id: 'Affected' });

const OpeningRule = z
  .strictObject(
    {
      rrule: z
        .string({ error: 'expected an RRULE' })
        .overwrite(unwrapped)
        .max(300, 'expected at most 300 characters')
        .meta({
          description: 'RFC 5545 §3.3.10, days and coarser; `RRULE:` before it is left out',
          example: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH',
        }),
      start: time,
      end: time,
      from: date.optional().meta({ description: 'First day on which it holds; anchors INTERVAL and COUNT' }),
      until: date.optional().meta({ description: 'First day on which it no longer holds' }),
    },
    'expected an object',
  )
  .meta({ id: 'OpeningRule' });

export const OpeningRules = z
  .strictObject(
    { rules: z.array(OpeningRule, 'expected a list of rules').max(50, 'expected at most 50 rules') },
    'expected an object',
  )
  .meta({ id: 'OpeningRules' });

export const AbsenceRequest = z
  .strictObject(
    {
      start: instant,
      end: instant,
      reason: reason.nullish(),
      desk: slug
        .optional()
        .meta({ description: 'Only needed by an admin, where several desks have an advisor of this id' }),
    },
    'expected an object',
  )
  .meta({ id: 'AbsenceRequest' });
