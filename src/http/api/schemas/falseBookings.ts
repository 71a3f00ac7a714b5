import { z } from 'zod';
import { WIDTHS } from '../../../domain/limits';
import { reason, slug } from '../../../fields/schemas';
import { StaffBooking } from './booking';

const MAX_CANCELLED_AT_ONCE = 500;

export const SameNetworkQuery = z.strictObject({
  width: z
    .enum(WIDTHS, { error: `expected one of ${WIDTHS.join(', ')}` })
    .optional()
    .meta({
      description:
        'How wide the network is that counts as the same; in IPv6 a /64, /56 and /48. `host` unless asked otherwise',
    }),
  hours: z
    .string({ error: 'expected one number' })
    .regex(/^\d{1,3}$/, 'expected a number from 1 to 168')
    .transform(Number)
    .pipe(z.int().min(1, 'expected at least 1').max(168, 'expected at most 168'))
    .meta({ override: { type: 'integer', minimum: 1, maximum: 168, default: 24 } })
    .optional(),
});

export const SameNetwork = z
  .object({
    bookings: z.array(StaffBooking).meta({
      description: 'Those that can be cancelled, itself included, in the order in which they came; at most 500',
    }),
  })
  .meta({ id: 'SameNetwork' });

export const FalseBookingsRequest = z
  .strictObject(
    {
      bookings: z
        .array(slug, 'expected a list of ids')
        .min(1, 'expected at least one id')
        .max(MAX_CANCELLED_AT_ONCE, `expected at most ${MAX_CANCELLED_AT_ONCE} ids`),
      tell: z
        .enum(['nobody', 'mail'], { error: 'expected nobody or mail' })
        .default('nobody')
        .meta({ description: 'Whose mail address was misused is left in peace unless asked otherwise' }),
      reason: reason.nullish(),
    },
    'expected an object',
  )
  .meta({ id: 'FalseBookingsRequest' });

export const FalseBookingsCancelled = z
  .object({
    cancelled: z.int(),
    results: z.array(
      z.object({
        booking: z.string(),
        outcome: z.enum(['cancelled', 'unchanged', 'refused']).meta({
          description: '`unchanged`: it was cancelled before. `refused`: it cannot be cancelled any more',
        }),
      }),
    ),
  })
  .meta({ id: 'FalseBookingsCancelled' });
