import { z } from 'zod';
import { parseLocalTime } from '../../../domain/calendar/zone';
import { WAITING_STATES, WEEKDAYS } from '../../../domain/waiting/entry';
import { consent, date, instant, language, line, slug, timeOfDay } from '../../../fields/schemas';
import { accepted } from '../../../fields/schemas/checks';
import { CalledClient, Client, ReachableClient } from './booking';
import { Mode } from './desk';
import { Time } from './text';

/** More languages than anybody speaks. */
const MAX_LANGUAGES = 20;
const MAX_TOKEN_LENGTH = 200;

const clockTime = timeOfDay.superRefine(accepted(parseLocalTime));

/** What somebody waits for. */
const wish = {
  topic: slug,
  languages: z
    .array(language, { error: 'expected a list' })
    .min(1, 'expected at least one')
    .max(MAX_LANGUAGES, `expected at most ${MAX_LANGUAGES}`)
    .meta({ description: 'Any of them will do; the first is the best' }),
  mode: Mode.nullish(),
  from: date.nullish().meta({ description: 'The first day that suits' }),
  until: date.nullish().meta({ description: 'The first day that no longer suits' }),
  weekdays: z
    .array(z.enum(WEEKDAYS, { error: `expected ${WEEKDAYS.join(', ')}` }), { error: 'expected a list' })
    .max(WEEKDAYS.length)
    .optional()
    .meta({ description: 'Absent or empty: all' }),
  after: clockTime.nullish().meta({ description: 'It begins then or later' }),
  before: clockTime.nullish().meta({ description: 'It ends by then' }),
  deadline: date.nullish().meta({ description: 'The last day that still helps' }),
};

export const WaitingRequest = z
  .strictObject(
    {
      ...wish,
      earlierThan: line(MAX_TOKEN_LENGTH).optional().meta({
        description:
          'The manage token of a booking that is to become earlier, in its own topic, language and mode; who waits is then the client of the booking',
      }),
      client: ReachableClient,
      consent,
    },
    'expected an object',
  )
  .meta({ id: 'WaitingRequest' });

export const WaitingPlace = z
  .object({
    id: z.string(),
    statusUrl: z.string().meta({ description: 'The page of the entry; its last part is the `waitToken`, a secret' }),
    position: z.int().meta({ description: 'From 1, among those who wait for the topic' }),
  })
  .meta({ id: 'WaitingPlace' });

const offer = z.object({ start: Time, end: Time, mode: Mode, language: z.string(), until: Time }).nullable();

export const Waiting = z
  .object({ state: z.enum(WAITING_STATES), offer })
  .meta({ id: 'Waiting', description: '`until`: when the offer ends' });

export const WaitingEntry = z
  .object({
    id: z.string(),
    position: z.int().meta({ description: 'In the order of their turn: by deadline, then by who waits longest' }),
    topic: z.string(),
    languages: z.array(z.string()),
    mode: Mode.nullable(),
    from: z.string().nullable(),
    until: z.string().nullable(),
    weekdays: z.array(z.enum(WEEKDAYS)),
    after: z.string().nullable(),
    before: z.string().nullable(),
    deadline: z.string().nullable(),
    booking: z.string().nullable().meta({ description: 'The booking that is to become earlier' }),
    state: z.enum(WAITING_STATES),
    offers: z.int().meta({ description: 'How many were made, of three' }),
    offer,
    joinedAt: Time,
    client: Client,
  })
  .meta({ id: 'WaitingEntry' });

export const WaitingData = WaitingEntry.omit({ position: true })
  .extend({
    passed: z.array(Time).meta({ description: 'The starts that they let pass' }),
    endedAt: Time.nullable(),
  })
  .meta({ id: 'WaitingData', description: 'All that is stored of an entry of the waiting list' });

export const WaitingList = z.object({ entries: z.array(WaitingEntry) }).meta({ id: 'WaitingList' });

export const WaitingOfferBody = z.strictObject({ start: instant }, 'expected an object').meta({ id: 'WaitingOffer' });

export const StaffWaitingRequest = z
  .strictObject({ ...wish, client: CalledClient }, 'expected an object')
  .meta({ id: 'StaffWaitingRequest' });

export const WaitingStarts = z
  .object({
    starts: z.array(
      z.object({
        ...{ start: Time, end: Time, language: z.string(), mode: Mode },
        kind: z.enum(['fits', 'other', 'passed']).meta({ description: '`passed`: they let it pass before' }),
        mayOffer: z.boolean().meta({ description: 'Whether there is time to offer it and wait for an answer' }),
      }),
    ),
  })
  .meta({ id: 'WaitingStarts' });
