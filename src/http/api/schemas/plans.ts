import { z } from 'zod';
import { ABSENCE_KINDS, PLAN_ACTIONS } from '../../../domain/booking/absencePlan';
import { instant, reason, slug } from '../../../fields/schemas';
import { StaffBooking } from './booking';
import { ExceptionRequest, OpeningRules } from './hours';
import { Time } from './text';

const MAX_ADVISORS = 100;
const MAX_LINES = 500;
const oneOf = (values: readonly string[]) => ({ error: `expected one of ${values.join(', ')}` });

export const PlanRequest = z
  .strictObject(
    {
      advisors: z
        .array(slug, 'expected a list of ids')
        .min(1, 'expected at least one advisor')
        .max(MAX_ADVISORS, `expected at most ${MAX_ADVISORS} advisors`)
        .optional(),
      desk: z.literal(true, { error: 'expected true, or nothing' }).optional().meta({ description: 'The whole desk' }),
      start: instant.optional().meta({ description: 'Not with hours' }),
      end: instant.optional().meta({ description: 'Not with hours' }),
      hours: z
        .strictObject(
          {
            rules: OpeningRules.shape.rules.optional().meta({ description: 'All that hold then' }),
            exceptions: z.array(ExceptionRequest, 'expected a list').max(50, 'expected at most 50').optional(),
          },
          'expected rules or exceptions',
        )
        .optional()
        .meta({ description: 'A change of hours, for managers: its bookings are those that lose their place' }),
      kind: z.enum(ABSENCE_KINDS, oneOf(ABSENCE_KINDS)),
      reason: reason.nullish().meta({ description: 'For staff; where the desk is closed, clients read it' }),
    },
    'expected an object',
  )
  .refine(({ advisors, desk, hours }) => [advisors, desk, hours].filter((each) => each !== undefined).length === 1, {
    path: ['advisors'],
    error: 'expected either advisors, desk or hours',
  })
  .refine(({ start, hours }) => (start === undefined) === (hours !== undefined), {
    path: ['start'],
    error: 'expected, but not with hours',
  })
  .refine(({ end, hours }) => (end === undefined) === (hours !== undefined), {
    path: ['end'],
    error: 'expected, but not with hours',
  })
  .meta({ id: 'PlanRequest' });

export const PlanCommit = z
  .strictObject(
    {
      lines: z
        .array(
          z.strictObject(
            {
              booking: z
                .string({ error: 'expected the id of a booking' })
                .min(1)
                .max(100, 'expected the id of a booking'),
              action: z.enum(PLAN_ACTIONS, oneOf(PLAN_ACTIONS)),
              advisor: slug.optional(),
              start: instant.optional(),
            },
            'expected an object',
          ),
          'expected a list of lines',
        )
        .max(MAX_LINES, `expected at most ${MAX_LINES} lines`)
        .optional()
        .meta({ description: 'Only those that are wanted otherwise than proposed' }),
      message: reason.nullish().meta({ description: 'What clients read whose booking is cancelled' }),
    },
    'expected an object',
  )
  .meta({ id: 'PlanCommit' });

export type PlanCommit = z.output<typeof PlanCommit>;

export const PlanEnd = z
  .strictObject(
    {
      at: instant.optional().meta({ description: 'When they are back; absent: now' }),
      askBack: z.boolean('expected true or false').optional().meta({
        description:
          'Whether clients who were given another time are asked if they want to come at the old one after all',
      }),
    },
    'expected an object',
  )
  .meta({ id: 'PlanEnd' });

const PlanLine = z
  .object({
    booking: StaffBooking,
    action: z.enum(PLAN_ACTIONS),
    advisor: z.string().nullable(),
    start: Time.nullable().meta({ description: 'Where it goes; with `call` what can be offered on the phone' }),
    tell: z.enum(['mail', 'phone', 'nobody']),
  })
  .meta({ id: 'PlanLine' });

export const Plan = z
  .object({
    id: z.string(),
    state: z.enum(['proposed', 'committed', 'undone']),
    advisors: z.array(z.string()).nullable().meta({ description: 'Null: the whole desk' }),
    start: Time,
    end: Time,
    kind: z.enum(ABSENCE_KINDS),
    reason: z.string().nullable(),
    lines: z.array(PlanLine),
    counts: z
      .object({
        ...Object.fromEntries(PLAN_ACTIONS.map((action) => [action, z.int()])),
        mails: z.int(),
        mailLanguages: z.record(z.string(), z.int()),
      })
      .meta({ description: 'How many lines of each action, and how many clients are mailed, by language' }),
    undoUntil: Time.optional(),
    backAt: Time.optional().meta({ description: 'When they came back before `end`' }),
  })
  .meta({ id: 'Plan', description: 'What becomes of bookings while people are away' });
