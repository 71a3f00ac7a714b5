import { z } from 'zod';
import { WHYS } from '../../../domain/booking/change';
import type { ErrorCode } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import { Slot } from './desk';

const EXAMPLE = url(paths.problem, { code: 'slot-unavailable' satisfies ErrorCode });

export const Problem = z
  .object({
    type: z.string().meta({ description: 'A path; the page at it explains the problem', example: EXAMPLE }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(
        z.object({
          pointer: z.string().meta({
            description: 'JSON Pointer (RFC 6901) into the body or to the query parameter',
            example: '/client/email',
          }),
          detail: z.string(),
          booking: z.string().optional().meta({ description: 'Which of several bookings is meant' }),
          problem: z.string().optional().meta({ description: 'What is wrong with it, as in `type`', example: EXAMPLE }),
        }),
      )
      .optional(),
    beatenBy: z.string().nullable().optional().meta({
      description:
        'With `no-effect`: the id of the exception or absence that decides instead; null: opening rules and holidays do',
    }),
    alternatives: z.array(Slot).optional().meta({ description: 'The nearest free slots, with `slot-unavailable`' }),
    why: z.enum(WHYS).optional().meta({ description: 'What stands against it, with `booking-not-changeable`' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });
