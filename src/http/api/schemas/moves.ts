import { z } from 'zod';
import { TELL_WAYS } from '../../../domain/booking/operation';
import { instant, reason, slug } from '../../../fields/schemas';
import { Time } from './text';

/** As many bookings as a desk has in a day. */
const MAX_MOVES = 50;
const expected = (what: string) => ({
  error: (issue: { code?: string }) => (issue.code === 'invalid_type' ? `expected ${what}` : undefined),
});

export const tie = z
  .boolean({ error: 'expected true or false' })
  .optional()
  .meta({ description: 'Promises the named advisor to the client. Without it, naming one promises nothing' });

export const moveReason = reason.nullish().meta({ description: "Kept in the history, and said in the client's mail" });

const Move = z
  .strictObject(
    {
      booking: z.string({ error: 'expected the id of a booking' }).min(1).max(100, 'expected the id of a booking'),
      version: z.int({ error: 'expected the version that was read' }),
      start: instant,
      advisor: slug.optional(),
      tie,
      reason: moveReason,
      tell: z
        .enum(TELL_WAYS, { error: `expected one of ${TELL_WAYS.join(', ')}` })
        .optional()
        .meta({
          description:
            '`mail` (usual): clients with a mail address get one. `phone`: somebody gets the task to call them',
        }),
      override: z
        .literal(true, { error: 'expected true, or nothing' })
        .optional()
        .meta({ description: 'May leave hours, language and topic, but never sit on another booking. Needs a reason' }),
    },
    expected('an object'),
  )
  .refine(({ tie, advisor }) => !tie || advisor !== undefined, {
    path: ['tie'],
    error: 'expected only with an advisor',
  })
  .refine(({ override, reason }) => !override || Boolean(reason), {
    path: ['reason'],
    error: 'expected with override, so that the history says why',
  });

export const MovesBody = z
  .strictObject(
    {
      moves: z
        .array(Move, 'expected a list of moves')
        .min(1, 'expected at least one move')
        .max(MAX_MOVES, `expected at most ${MAX_MOVES} moves`),
      dryRun: z
        .boolean({ error: 'expected true or false' })
        .optional()
        .meta({ description: 'Answers what would be done, and does nothing' }),
    },
    expected('an object'),
  )
  .meta({ id: 'MovesRequest', description: 'One permutation: all or nothing; two may swap' });

export type MovesBody = z.output<typeof MovesBody>;

export const Moves = z
  .object({
    id: z.string().optional().meta({ description: 'By which it can be undone; absent if nothing was done' }),
    undoUntil: Time.optional(),
    results: z.array(
      z.object({
        booking: z.string(),
        outcome: z.enum(['moved', 'unchanged']),
        mail: z.boolean().meta({ description: 'Whether its client is mailed' }),
      }),
    ),
    others: z.array(z.object({ booking: z.string(), from: z.string(), to: z.string() })).meta({
      description:
        'Bookings that change their advisor so that there is room; their clients hear only of another video link',
    }),
  })
  .meta({ id: 'Moves' });
