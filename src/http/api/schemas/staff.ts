import { z } from 'zod';
import { OPEN_TASK_KINDS } from '../../../app/staff/openTasks';
import { STATUSES } from '../../../domain/booking/booking';
import { WAITING_TASK_KINDS } from '../../../domain/waiting/task';
import { date, moment, slug } from '../../../fields/schemas';
import { StaffBooking } from './booking';
import { Closed, DayWindow, Mode, Override, Window } from './desk';
import { cursor, limit, next } from './paging';
import { LocalDate, Opening, Time } from './text';

export const DayQuery = z.strictObject({ date: date.optional() });

const Absence = z
  .object({ id: z.string(), start: Time, end: Time, reason: z.string().nullable() })
  .meta({ id: 'Absence' });

export const StaffDay = z
  .object({
    date: LocalDate,
    timeZone: z.string(),
    windows: z.array(DayWindow),
    closed: Closed.nullable(),
    reason: Override.nullable(),
    advisors: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        languages: z.array(z.string()),
        topics: z.array(z.string()),
        modes: z.array(Mode).optional().meta({ description: 'Absent: all modes of a topic' }),
        windows: z
          .array(Window)
          .meta({ description: "When they work: inside the desk's windows, absences not taken off" }),
        absences: z.array(Absence),
      }),
    ),
    bookings: z.array(StaffBooking),
  })
  .meta({ id: 'StaffDay' });

export const Task = z
  .object({
    id: z.string(),
    kind: z.enum([...new Set([...OPEN_TASK_KINDS, ...WAITING_TASK_KINDS, 'open_starts'] as const)]),
    booking: z
      .string()
      .optional()
      .meta({ description: 'Absent in `open_starts`, and in tasks about the waiting list' }),
    waiting: z.string().optional().meta({ description: 'The entry of the waiting list that the task is about' }),
    due: Time.meta({
      description:
        'From then on it is too late: the start of the consultation, the end of an offer or deadline, or of the day `until`',
    }),
    reason: z.string(),
    topic: z.string().optional().meta({ description: 'These five only in `open_starts`' }),
    language: z.string().optional(),
    missing: z.int().optional().meta({ description: 'How many starts are missing' }),
    until: LocalDate.optional(),
    opening: Opening.nullable().optional().meta({ description: 'What would help most; null: no half-day would' }),
  })
  .meta({ id: 'Task' });

export const Tasks = z.object({ tasks: z.array(Task) }).meta({ id: 'Tasks', description: 'The most urgent first' });

export const EventsQuery = z.strictObject({
  after: z
    .string({ error: 'expected one text' })
    .max(100, 'expected at most 100 characters')
    .meta({ description: 'As Last-Event-ID, for readers that cannot send a header; the header wins' })
    .optional(),
});

const MAX_FOUND_BOOKINGS = 100;

export const SearchQuery = z.strictObject({
  desk: slug,
  q: z.string({ error: 'expected one text' }).max(200, 'expected at most 200 characters').optional(),
  from: moment.optional(),
  to: moment.optional(),
  status: z.enum(STATUSES, { error: `expected one of ${STATUSES.join(', ')}` }).optional(),
  cursor,
  limit: limit(MAX_FOUND_BOOKINGS),
});

export const Found = z
  .object({
    bookings: z.array(StaffBooking),
    next,
  })
  .meta({ id: 'Found' });
