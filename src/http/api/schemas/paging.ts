import { z } from 'zod';

/** The position in a list: the value that the previous page answered as `next`. */
export const cursor = z
  .string({ error: 'expected one cursor' })
  .max(200, 'expected a cursor of this search')
  .optional();

export const next = z.string().nullable().meta({ description: '`cursor` of the next page; null on the last' });
