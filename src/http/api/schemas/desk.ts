import { z } from 'zod';
import { QUESTION_KINDS } from '../../../domain/booking/questions';
import { WINDOW_KINDS } from '../../../domain/calendar/hours';
import { MODES } from '../../../domain/desk';
import { BINDINGS } from '../../../domain/slots/whyNothing';
import { date, language, moment, slug } from '../../../fields/schemas';
import { cursor, limit, next } from './paging';
import { LocalDate, Text, Time } from './text';

/** As many as an answer of moderate size has room for. */
export const MAX_LISTED_DESKS = 50;

export const Mode = z.enum(MODES, { error: `expected one of ${MODES.join(', ')}` }).meta({ id: 'Mode' });

/** A question to the client; see `answers` of a booking request. */
export const Question = z
  .object({
    id: z.string(),
    kind: z.enum(QUESTION_KINDS),
    label: Text,
    hint: Text.nullable(),
    choices: z
      .array(z.object({ id: z.string(), label: Text }))
      .optional()
      .meta({ description: 'Of the kind choice: the answers that it takes' }),
    required: z.boolean(),
    max: z.int().optional().meta({ description: 'Of the kind text: characters at most' }),
    keepDays: z.int().meta({ description: 'Days after the end of the consultation until the answer is erased' }),
  })
  .meta({ id: 'Question' });

export const Topic = z
  .object({
    id: z.string(),
    name: Text,
    description: Text,
    sentence: Text.nullable().meta({ description: 'What a client says who needs it' }),
    group: Text.nullable().meta({ description: 'The heading below which it stands' }),
    forEmployers: z.boolean(),
    durationMinutes: z.int(),
    modes: z.array(Mode),
    languages: z.array(z.string()).meta({ description: 'Languages in which this topic is offered' }),
    bring: Text.nullable().meta({ description: 'What the client should bring to the desk, one item a line' }),
    haveReady: Text.nullable().meta({ description: 'The same for the phone and video: what to have at hand' }),
    questions: z.array(Question).meta({ description: 'What a client is asked before the consultation' }),
    partners: z.array(z.string()).meta({ description: 'Who else helps with this, by their ids' }),
  })
  .meta({ id: 'Topic' });

/** What is not known of it is null. */
export const Partner = z
  .object({
    id: z.string(),
    name: Text,
    description: Text.meta({ description: 'What it does' }),
    address: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    website: z.string().nullable(),
    hours: Text.nullable().meta({ description: 'When it is open, in words' }),
    bring: Text.nullable().meta({ description: 'What to bring there, one item a line' }),
    bookingUrl: z.string().nullable().meta({ description: 'Its own page for booking' }),
    bookingDesk: z.string().nullable().meta({ description: 'The desk at which it is booked, by its id' }),
  })
  .meta({ id: 'Partner', description: 'A place to which consultations lead on, such as an authority' });

export const Desk = z
  .object({
    id: z.string(),
    name: Text,
    headline: Text,
    about: Text,
    timeZone: z.string().meta({ description: 'IANA name', example: 'Europe/Berlin' }),
    address: z.string(),
    directions: Text.nullable().meta({ description: 'Entrance and way there' }),
    places: z
      .array(
        z.object({
          name: Text,
          towns: z.array(z.string()),
          postcodes: z.array(z.string()).meta({ description: 'Their first digits' }),
        }),
      )
      .meta({ description: 'Where those live or work for whom the desk is; empty: anywhere' }),
    phone: z.string(),
    email: z.string(),
    withoutMail: z.boolean().meta({ description: 'Whether a client can book with a phone number alone' }),
    languages: z.array(z.string()).meta({ description: 'What its advisors speak between them' }),
    languageNames: z
      .array(z.object({ tag: z.string(), name: z.string() }))
      .meta({ description: 'The same with the names that they have in themselves' }),
    topics: z.array(Topic),
    partners: z.array(Partner).meta({ description: 'The places to which its topics lead on' }),
  })
  .meta({ id: 'Desk' });

export const DesksQuery = z.strictObject({
  q: z
    .string({ error: 'expected one text' })
    .max(100, 'expected at most 100 characters')
    .optional()
    .meta({ description: 'Words of a desk’s name, place or topics, in any language' }),
  cursor,
  limit: limit(MAX_LISTED_DESKS),
});

export const Desks = z.object({ desks: z.array(Desk), next }).meta({ id: 'Desks' });

export const Window = z
  .object({ start: Time, end: Time })
  .meta({ id: 'Window', description: 'A stretch of time, half-open: start counts, end does not' });

export const DayWindow = Window.extend({
  kind: z
    .enum(WINDOW_KINDS)
    .optional()
    .meta({ description: 'How the desk is reached then; absent at desks whose windows are all by appointment' }),
}).meta({ id: 'DayWindow', description: 'A window of a desk, half-open: start counts, end does not' });

export const Closed = z
  .object({ kind: z.enum(['public_holiday', 'exception', 'no_rule']), name: Text })
  .meta({ id: 'Closed', description: 'Why a day has no opening' });

export const Override = z
  .object({ kind: z.enum(['public_holiday', 'exception']), name: Text })
  .meta({ id: 'Override', description: 'Why the hours of a day differ from the rules though it is not closed' });

export const Day = z
  .object({ date: LocalDate, windows: z.array(DayWindow), closed: Closed.nullable(), reason: Override.nullable() })
  .meta({ id: 'Day', description: 'One day of a desk after rules, exceptions and holidays' });

export const OpeningHours = z.object({ timeZone: z.string(), days: z.array(Day) }).meta({ id: 'OpeningHours' });

/** If both edges are absent, the range is thirty days from today. */
export const OpeningHoursQuery = z.strictObject({ from: date.optional(), to: date.optional() });

const openNow = {
  open: z.boolean(),
  until: Time.nullable().meta({ description: 'The end of the window that is open' }),
  opensAgain: Time.nullable().meta({ description: 'When the next window begins; null: not within a year' }),
};

export const Status = z
  .object({
    ...openNow,
    sentences: z
      .record(z.string(), z.array(z.string()))
      .meta({ description: 'The hours in words, and what differs soon, in each language of the pages' }),
    languages: z
      .array(z.object({ language: z.string(), ...openNow }))
      .meta({ description: 'The same for those who speak a language' }),
    next: z
      .array(z.object({ language: z.string(), start: Time }))
      .meta({ description: 'The first free start in each language; a language without one is left out' }),
  })
  .meta({ id: 'Status' });

export const Slot = z
  .object({
    start: Time,
    end: Time,
    free: z.int().min(1).max(10).meta({ description: 'How many more bookings of this kind fit; 10 means ten or more' }),
  })
  .meta({ id: 'Slot' });

export const Slots = z.object({ timeZone: z.string(), slots: z.array(Slot) }).meta({ id: 'Slots' });

/** The parameters of a search. */
const query = { topic: slug, language, mode: Mode.optional(), advisor: slug.optional() };

/** Other languages that the client speaks, separated by commas. */
const languages = z
  .string()
  .max(200)
  .transform((text) => text.split(','))
  .pipe(z.array(language).max(10))
  .meta({
    description: 'Other languages that the client speaks, with commas between: `de,uk`; absent: all of the topic',
  });

export const ExplainQuery = z.strictObject({
  ...query,
  languages: languages.optional(),
  from: moment.optional(),
  to: moment.optional(),
});

const relaxed = <By extends string, Shape extends z.ZodRawShape>(by: By, shape: Shape) =>
  z.object({ by: z.literal(by), start: Time, ...shape });

export const Explanation = z
  .object({
    timeZone: z.string(),
    first: Time.nullable().meta({ description: 'The first start of what was asked for; null: there is none' }),
    binding: z.enum(BINDINGS).nullable().meta({
      description:
        'Why there is none: nobody who covers the topic speaks the language; nobody of them advises in the mode; it lies within the lead time in working days; the desk is closed or clients may not book then; nobody suitable works; all that is free is kept for others; no room or station is left; everybody suitable is taken',
    }),
    relaxed: z
      .array(
        z.discriminatedUnion('by', [
          relaxed('language', { language: z.string() }),
          relaxed('mode', { mode: Mode }),
          relaxed('interpreter', { language: z.string().meta({ description: 'What the advisor speaks' }) }),
          relaxed('desk', { desk: z.object({ id: z.string(), name: Text }) }),
          relaxed('release', {
            from: LocalDate.meta({
              description: 'The day on which it becomes free for everybody; kept for others before',
            }),
          }),
          relaxed('horizon', {}),
        ]),
      )
      .meta({ description: 'What begins earlier when one condition is given up; ascending by start' }),
  })
  .meta({ id: 'Explanation' });

export const SlotsQuery = z.strictObject({ ...query, from: moment.optional(), to: moment.optional() });
