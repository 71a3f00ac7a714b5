import { z } from 'zod';

/** A list that goes on answers `next`; it is handed back as `cursor`. */
export const cursor = z
  .string({ error: 'expected one cursor' })
  .max(200, 'expected a cursor of this search')
  .optional();

export const next = z.string().nullable().meta({ description: '`cursor` of the next page; null on the last' });
