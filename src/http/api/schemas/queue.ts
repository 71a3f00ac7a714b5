import { z } from 'zod';
import { QUEUE_STATES } from '../../../domain/queue/entry';
import { language, name, reason, slug } from '../../../fields/schemas';
import { Time } from './text';

export const WalkInRequest = z
  .strictObject(
    {
      topic: slug,
      language,
      name: name.nullish(),
      urgent: z
        .union([z.boolean(), reason], { error: 'expected true, or why' })
        .nullish()
        .meta({ description: 'Comes before others without an appointment: true, or why' }),
    },
    'expected an object',
  )
  .meta({ id: 'WalkInRequest' });

const expectedStart = Time.nullable().meta({ description: 'Null: they do not wait, or there is no time left today' });
const position = z.int().nullable().meta({ description: 'From 1; null: they do not wait' });

export const WalkIn = z
  .object({
    id: z.string(),
    number: z.string().meta({ example: 'W7' }),
    statusUrl: z.string().meta({ description: 'A page for the phone of whoever waits; a secret' }),
    position,
    expectedStart,
  })
  .meta({ id: 'WalkIn' });

export const QueuePerson = z
  .object({
    id: z.string().meta({ description: 'For the steps: of an entry, or of a booking that was not called yet' }),
    number: z.string(),
    booking: z.string().nullable().meta({ description: 'Null: without an appointment' }),
    topic: z.string(),
    language: z.string(),
    name: z.string().nullable(),
    urgent: z.boolean(),
    reason: z.string().nullable(),
    state: z.enum(QUEUE_STATES),
    misses: z.int(),
    advisor: z.string().nullable().meta({ description: 'Who has called, or whom the appointment is with' }),
    position,
    expectedStart,
    expectedBetween: z.object({ start: Time, end: Time }).nullable(),
  })
  .meta({ id: 'QueuePerson' });

export const QueueOfDesk = z.object({ queue: z.array(QueuePerson) }).meta({
  id: 'Queue',
  description: 'Today: those who wait in their order, then who was called, is seen, is parked or has gone',
});

export const QueueCall = z
  .strictObject({ advisor: slug.optional() }, 'expected an object')
  .meta({ id: 'QueueCall', description: 'Who calls; absent: whoever asks, or whom the appointment is with' });

export const Ticket = z
  .object({
    number: z.string(),
    position,
    state: z.enum(['waiting', 'called', 'started', 'done', 'left']),
    expectedStart,
  })
  .meta({ id: 'Ticket' });
