import { z } from 'zod';
import { MODES } from '../../domain/desk';
import { known } from './checks';
import { deskLanguage, newSlug } from './tags';

const RESERVED_FOR = 'expected a language, a topic or "urgent": true, for which the starts are kept';

/** Starts of each day that are kept, in a desk's file as in the API. */
export const Reserve = known({
  language: deskLanguage.nullable().default(null),
  topic: newSlug.nullable().default(null),
  urgent: z.boolean().default(false),
  startsPerDay: z.int().min(1).max(1000),
  releaseWorkingDays: z.int().min(0).max(60),
}).refine(({ language, topic, urgent }) => language !== null || topic !== null || urgent, RESERVED_FOR);

/** How many consultations of each mode there can be at once. */
export const Capacities = z.partialRecord(z.enum(MODES), z.int().min(0).max(10_000));
