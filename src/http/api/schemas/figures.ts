import { z } from 'zod';
import { isMonth } from '../../../domain/figures/months';
import { FIGURE_TABLES } from '../../figureTables';
import { LocalDate, Opening } from './text';

/** A month in the desk's zone. */
const month = z
  .string({ error: 'expected one month' })
  .refine(isMonth, 'expected a month, as 2026-03')
  .meta({ example: '2026-03' });

export const FiguresQuery = z
  .strictObject({
    from: month.meta({ description: 'The first month; usually eleven before `to`' }).optional(),
    to: month.meta({ description: 'The last month, which counts; usually the last that is over' }).optional(),
    table: z
      .enum(FIGURE_TABLES, { error: `expected one of ${FIGURE_TABLES.join(', ')}` })
      .meta({ description: 'Only for CSV, which has one table a file; usually `consultations`' })
      .optional(),
  })
  .refine(({ from, to }) => !from || !to || from <= to, { path: ['to'], error: 'expected no month before `from`' });

const Waits = z.object({ median: z.int(), p90: z.int() }).meta({
  id: 'Waits',
  description: 'In days: the middle, and what nine of ten do not exceed',
});

export const Figures = z
  .object({
    from: z.string().nullable().meta({ description: 'The first month, as it was asked for; null: none is over' }),
    to: z
      .string()
      .nullable()
      .meta({ description: 'The last month that is answered; months that are not over are left out' }),
    suppressedBelow: z.int().meta({ description: 'Fewer people than this are hidden, and what would tell of them' }),
    tables: z.array(
      z.object({
        id: z.enum(FIGURE_TABLES),
        dimensions: z.array(z.string()).meta({ description: 'What tells the rows apart' }),
        rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), Waits, z.null()]))).meta({
          description: 'Null: hidden. What is 0 has no row',
        }),
        suggestion: z
          .object({
            topic: z.string(),
            language: z.string(),
            missing: z.int().meta({ description: 'Starts that are missing until then' }),
            until: LocalDate,
            ...Opening.shape,
          })
          .nullable()
          .optional()
          .meta({ description: 'Only in `demand`: the half-day that would help most if it were opened; null: none' }),
      }),
    ),
  })
  .meta({ id: 'Figures' });
