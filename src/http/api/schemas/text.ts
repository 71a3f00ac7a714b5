import { z } from 'zod';

/** One text in several languages, in answers. */
export const Text = z.record(z.string(), z.string()).meta({
  id: 'Text',
  description: 'One text in several languages, by BCP 47 tag',
  example: { de: 'Arbeit', en: 'Work' },
});

/** An instant in answers. */
export const Time = z.string().meta({
  id: 'Time',
  description: "ISO 8601 with the desk's offset",
  format: 'date-time',
  example: '2026-12-01T09:00:00+01:00',
});

/** A day in answers. */
export const LocalDate = z.string().meta({
  id: 'LocalDate',
  description: "A day in the desk's zone",
  format: 'date',
  example: '2026-12-01',
});

/** Half a day on which an advisor could give more consultations. */
export const Opening = z
  .object({
    advisor: z.string(),
    date: LocalDate,
    start: z.string().meta({ example: '13:00' }),
    end: z.string().meta({ example: '17:00' }),
    starts: z.int().meta({ description: 'How many of the missing starts it would give' }),
  })
  .meta({ id: 'Opening' });
