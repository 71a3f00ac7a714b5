import { z } from 'zod';
import { BOUNCE_REASONS } from '../../../domain/notifications/bounceReasons';
import { PARTSTATS } from '../../../domain/notifications/reply';
import { Time } from './text';

export const Mailed = z.object({
  kind: z.string(),
  to: z.enum(['client', 'staff']),
  state: z.string(),
  at: Time,
  reported: z
    .object({ status: z.string(), reason: z.enum(BOUNCE_REASONS), at: Time })
    .optional()
    .meta({ description: 'Why it did not arrive, or not yet' }),
});

export const Reply = z.object({
  partstat: z.enum(PARTSTATS).nullable().meta({ description: 'Null: a mail that a person wrote' }),
  at: Time,
  sequence: z.int().nullable().meta({ description: 'SEQUENCE that was answered; a lower one than now is only noted' }),
});

export const Delivery = z.object({
  kind: z.string(),
  state: z.enum(['waiting', 'sent', 'failed', 'bounced']),
  hard: z.boolean().optional().meta({ description: 'The address itself is wrong' }),
  status: z.string().optional().meta({ description: 'Enhanced status code (RFC 3463), or the code of the refusal' }),
  reason: z.enum(BOUNCE_REASONS).optional(),
  at: Time,
});
