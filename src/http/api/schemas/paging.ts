import { z } from 'zod';

/** The position in a list: the value that the previous page answered as `next`. */
export const cursor = z
  .string({ error: 'expected one cursor' })
  .max(200, 'expected a cursor of this search')
  .optional();

/** How many entries of a list an answer has at most. */
export function limit(most: number) {
  return z
    .string({ error: 'expected one number' })
    .regex(/^\d{1,3}$/, `expected a number from 1 to ${most}`)
    .transform(Number)
    .pipe(z.int().min(1, 'expected at least 1').max(most, `expected at most ${most}`))
    .meta({ override: { type: 'integer', minimum: 1, maximum: most, default: 50 } })
    .optional();
}

export const next = z.string().nullable().meta({ description: '`cursor` of the next page; null on the last' });
