import { z } from 'zod';
import { TARGET_KINDS } from '../../../domain/slots/targets';
import type { WhyNot } from '../../../domain/slots/whyNot';
import { moment } from '../../../fields/schemas';
import { Time } from './text';

const flag = z
  .enum(['true', 'false'], { error: 'expected true or false' })
  .transform((text) => text === 'true')
  .optional();

export const TargetsQuery = z.strictObject({
  from: moment.optional().meta({ description: "The booking's day unless asked otherwise" }),
  to: moment.optional().meta({ description: 'The end of the day of `from` unless asked otherwise' }),
  override: flag.meta({ description: '`true`: also where nobody sits, but a rule must be left' }),
  refused: flag.meta({ description: '`true`: also why nothing else is a target' }),
});

const WHYS = [
  ...(['topic', 'language', 'mode', 'not-in-mode', 'past', 'kind', 'closed', 'grid', 'outside-hours', 'away'] as const),
  ...(['reserved', 'rooms', 'taken', 'buffer'] as const),
] satisfies WhyNot['why'][];
const why = z.enum(WHYS);
const inWords = z.string().meta({ description: 'The same in words, in English' });

const OtherMove = z
  .object({ booking: z.string(), to: z.object({ start: Time.optional(), advisor: z.string() }) })
  .meta({
    id: 'OtherMove',
    description:
      'With `start`: a line to be sent with that of the booking itself. Without: it is given to that advisor by itself',
  });

const MoveTarget = z
  .object({
    start: Time,
    advisor: z.string(),
    kind: z.enum(TARGET_KINDS).meta({
      description:
        '`free`: nobody else moves. `handover`: others of that time go to other advisors. `swap`: another booking takes the time of this one. `override`: nobody sits there, but a rule must be left',
    }),
    others: z.array(OtherMove).meta({ description: 'Who else moves; holds of clients are left out' }),
    why: why.optional().meta({ description: 'Of an override: the first rule that it leaves' }),
    reason: inWords.optional(),
  })
  .meta({ id: 'MoveTarget' });

const RefusedStretch = z
  .object({ start: Time, end: Time, advisor: z.string(), why, reason: inWords })
  .meta({ id: 'RefusedStretch', description: 'Starts in [start, end) at which the booking cannot go to the advisor' });

export const Targets = z
  .object({
    targets: z.array(MoveTarget).meta({ description: 'By start; never the place where the booking is' }),
    refused: z.array(RefusedStretch).optional().meta({ description: 'With `refused=true`: by advisor, then by start' }),
  })
  .meta({ id: 'Targets' });
