import { z } from 'zod';
import { slug } from '../../../fields/schemas';
import { Time } from './text';

const MAX_URL_LENGTH = 2_000;

/** `null`, as the whole body, is read as nothing. */
export const BusyCalendarRequest = z
  .strictObject(
    {
      url: z
        .string({ error: 'expected an address' })
        .max(MAX_URL_LENGTH, `expected at most ${MAX_URL_LENGTH} characters`)
        .nullable()
        .default(null)
        .meta({ description: '`https://…` or `webcal://…`; only hosts that the operator allows may be private' }),
    },
    'expected an object, or null',
  )
  .meta({ id: 'BusyCalendarRequest' });

export const BusyCalendarQuery = z.strictObject({
  desk: slug.optional().meta({ description: 'Only needed where several desks have an advisor of this id' }),
});

export const BusyCalendarRead = z
  .object({
    events: z.int().meta({ description: 'How many entries of it block time; one that recurs counts once' }),
    unread: z
      .int()
      .meta({ description: 'How many could not be read; of one whose rule is not understood, the first time counts' }),
  })
  .meta({ id: 'BusyCalendarRead' });

export const BusyCalendar = z
  .object({
    host: z.string().nullable().meta({ description: 'null: there is none. The rest of its address is a secret' }),
    events: z.int(),
    unread: z.int(),
    readAt: Time.nullable().meta({ description: 'When it was last seen as it is' }),
    problem: z.string().nullable().meta({ description: 'Why it could not be read when it was last tried' }),
  })
  .meta({ id: 'BusyCalendar' });
