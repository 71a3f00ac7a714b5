import { z } from 'zod';
import { WINDOW_KINDS } from '../../../domain/calendar/hours';
import { unwrapped } from '../../../domain/calendar/ruleText';
import { HOURS_DEEDS } from '../../../domain/hoursVersion';
import {
  date,
  instant,
  language,
  line,
  moment,
  reason,
  slug,
  textInLanguages,
  timeOfDay,
} from '../../../fields/schemas';
import { StaffBooking } from './booking';
import { Override, Window } from './desk';
import { cursor, next } from './paging';
import { LocalDate, Text, Time } from './text';

const kind = z
  .enum(WINDOW_KINDS, `expected one of ${WINDOW_KINDS.join(', ')}`)
  .optional()
  .meta({ description: 'Absent: by appointment' });

const LocalWindow = z
  .strictObject({ start: timeOfDay, end: timeOfDay, kind }, 'expected start and end, such as 09:00 and 12:00')
  .meta({
    id: 'LocalWindow',
    description:
      "A stretch of time on the desk's clock; 24:00 only as an end, and an end before the start is on the next day",
  });

const REASON_EXPECTED = 'expected a text by language, such as {"de": "…", "en": "…"}';

const reasonText = textInLanguages(line(200), (tag) => language.safeParse(tag).success, {
  shape: REASON_EXPECTED,
  keys: REASON_EXPECTED,
}).meta({ description: 'What clients read, by language', example: { de: 'Betriebsausflug', en: 'Staff outing' } });

const rrule = z
  .string({ error: 'expected an RRULE' })
  .overwrite(unwrapped)
  .max(300, 'expected at most 300 characters')
  .meta({
    description: 'RFC 5545 §3.3.10, days and coarser; `RRULE:` before it is left out',
    example: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH',
  });

const windows = z.array(LocalWindow, 'expected a list of windows').max(10, 'expected at most 10 windows');

export const ExceptionRequest = z
  .strictObject(
    {
      from: date,
      to: date.meta({ description: 'The first day that is not meant' }),
      rrule: rrule.optional().meta({
        description: 'By which it comes again; `from` is its DTSTART, `to` ends the first occurrence',
        example: 'FREQ=YEARLY',
      }),
      closed: z
        .union([z.boolean(), windows.min(1)], 'expected true, or up to 10 windows with start and end')
        .optional()
        .meta({ description: '`true`: all day; windows: what is taken off what the day has otherwise' }),
      windows: windows.optional().meta({ description: 'When it is open instead' }),
      reason: reasonText,
    },
    'expected an object',
  )
  .meta({
    id: 'ExceptionRequest',
    description:
      'A closure (`closed: true`), windows that replace the usual ones, or pauses (`closed: [{start, end}]`)',
  });

const version = z.int().meta({ description: 'For If-Match, in double quotes' });

export const Affected = z
  .object({
    id: z.string(),
    version,
    affected: z.array(StaffBooking).meta({ description: 'They stay until someone moves them' }),
  })
  .meta({ id: 'Affected' });

const ExceptionEntry = z
  .object({
    id: z.string(),
    from: LocalDate,
    to: LocalDate,
    rrule: z.string().optional(),
    closed: z.union([z.literal(true), z.array(LocalWindow)]).optional(),
    windows: z.array(LocalWindow).optional(),
    reason: Text,
    origin: z.enum(['file', 'staff']).meta({ description: "The desk's file, or entered by staff" }),
    version,
  })
  .meta({ id: 'ExceptionEntry' });

export const Exceptions = z
  .object({
    exceptions: z.array(ExceptionEntry).meta({ description: 'The newest is the last, and decides its days' }),
  })
  .meta({ id: 'Exceptions' });

const OpeningRule = z
  .strictObject(
    {
      rrule,
      start: timeOfDay,
      end: timeOfDay,
      kind,
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

const absence = { start: instant, end: instant, reason: reason.nullish() };

export const AbsenceRequest = z
  .strictObject(
    {
      ...absence,
      desk: slug
        .optional()
        .meta({ description: 'Only needed by an admin, where several desks have an advisor of this id' }),
    },
    'expected an object',
  )
  .meta({ id: 'AbsenceRequest' });

export const AbsenceChange = z.strictObject(absence, 'expected an object').meta({ id: 'AbsenceChange' });

const AbsenceEntry = z
  .object({ id: z.string(), advisor: z.string(), start: Time, end: Time, reason: z.string().nullable(), version })
  .meta({ id: 'AbsenceEntry' });

export const OpeningRulesRequest = OpeningRules.extend({
  why: reason.nullish().meta({ description: 'What is noted about it in `versions`' }),
}).meta({ id: 'OpeningRulesRequest' });

export const HoursVersionsQuery = z.strictObject({ cursor });

export const HoursVersion = z
  .object({
    id: z.string(),
    at: Time,
    by: z.object({ kind: z.enum(['client', 'staff', 'system']), name: z.string().nullable() }),
    what: z.enum(HOURS_DEEDS).meta({ description: '`first`: the hours before the first change that was kept' }),
    why: z.string().nullable().meta({ description: 'What was noted; of `restored` the number of the version' }),
    validFrom: LocalDate.nullable().meta({ description: 'The first day that it changed, of the 400 after it' }),
    version: z.int().meta({ description: 'Counts on; for If-Match of the newest, in double quotes' }),
  })
  .meta({ id: 'HoursVersion' });

export const HoursVersions = z
  .object({ versions: z.array(HoursVersion).meta({ description: 'The newest first' }), next })
  .meta({ id: 'HoursVersions' });

export const AbsencesQuery = z.strictObject({
  from: moment.optional().meta({ description: 'Those that are not over then; absent: now' }),
  cursor,
});

export const Absences = z
  .object({ absences: z.array(AbsenceEntry).meta({ description: 'By start' }), next })
  .meta({ id: 'Absences' });

const removed = z.array(z.string().max(100), 'expected a list of ids').max(200, 'expected at most 200');

export const HoursProposal = z
  .strictObject(
    {
      rules: OpeningRules.shape.rules.optional(),
      exceptions: z
        .strictObject(
          {
            add: z.array(ExceptionRequest, 'expected a list').max(50, 'expected at most 50').default([]),
            remove: removed.default([]),
          },
          'expected `add` and `remove`',
        )
        .optional(),
      absences: z
        .strictObject(
          {
            add: z
              .array(z.strictObject({ advisor: slug, start: instant, end: instant }, 'expected advisor, start and end'))
              .max(50, 'expected at most 50')
              .default([]),
            remove: removed.default([]),
          },
          'expected `add` and `remove`',
        )
        .optional(),
      version: z
        .string('expected the id of a version')
        .max(100, 'expected the id of a version')
        .optional()
        .meta({ description: 'A version that would be brought back; not beside the others' }),
      from: date.optional().meta({ description: 'The first day that is compared; today where absent' }),
    },
    'expected an object',
  )
  .meta({ id: 'HoursProposal', description: 'What is absent stays as it is' });

export const HoursPreview = z
  .object({
    days: z
      .array(
        z.object({
          date: LocalDate,
          before: z.array(Window),
          after: z.array(Window),
          reason: Override.nullable().meta({ description: 'What decides the day then, if not the rules alone' }),
        }),
      )
      .meta({ description: 'The days of the next 400 with other windows' }),
    affected: z.array(StaffBooking).meta({ description: 'The bookings that would lose their place' }),
    unreachable: z.int().meta({ description: 'How many of them have no mail address' }),
    because: z
      .array(z.object({ exception: z.int(), beatenBy: z.string().nullable() }))
      .meta({ description: 'The exceptions to be added that would change nothing, by position' }),
  })
  .meta({ id: 'HoursPreview' });
