import { z } from 'zod';
import { CLIENT_GROUPS, MAX_NEXT_STEPS, OUTCOMES } from '../../../domain/booking/outcome';
import { MAX_STEP_LENGTH } from '../../../domain/booking/phrases';
import { date, instant, language, line, slug } from '../../../fields/schemas';
import { Mode } from './desk';
import { LocalDate, Time } from './text';

/** Returns the error message for a missing object field. */
const expected = (what: string) => ({
  error: (issue: { code?: string }) => (issue.code === 'invalid_type' ? `expected ${what}` : undefined),
});

const AskedStep = z
  .strictObject(
    {
      phrase: slug.optional().meta({ description: "One of the topic's `phrases`, in all its languages" }),
      text: line(MAX_STEP_LENGTH).optional().meta({ description: 'Own words; either these or a phrase' }),
      language: language
        .optional()
        .meta({ description: "Of own words; default: the client's language in the consultation" }),
      due: date.optional().meta({ description: 'The last day on which it helps' }),
    },
    expected('a text or a phrase'),
  )
  .refine(({ phrase, text }) => (phrase === undefined) !== (text === undefined), {
    path: ['text'],
    error: 'expected a text, or a phrase instead',
  })
  .refine(({ phrase, language }) => phrase === undefined || language === undefined, {
    path: ['language'],
    error: 'expected only with own words',
  });

/** What was asked instead of the consent that the referral needs. */
const CONSENT_TO_GO_ON = 'expected true: the client has agreed to be referred';

export const OutcomeRequest = z
  .strictObject(
    {
      outcome: z.enum(OUTCOMES, { error: `expected ${OUTCOMES.join(', ')}` }),
      nextSteps: z
        .array(AskedStep, { error: 'expected a list' })
        .max(MAX_NEXT_STEPS, `expected at most ${MAX_NEXT_STEPS}`)
        .optional(),
      referral: z
        .strictObject(
          { partner: slug, consent: z.literal(true, { error: CONSENT_TO_GO_ON }) },
          expected('partner and consent'),
        )
        .nullish()
        .meta({ description: 'To a partner of the desk, who is told nothing' }),
      group: z.enum(CLIENT_GROUPS, { error: `expected ${CLIENT_GROUPS.join(', ')}` }).nullish(),
      tell: z
        .enum(['mail', 'nobody'], { error: 'expected mail or nobody' })
        .default('mail')
        .meta({ description: 'Whether the client is mailed the next steps and the referral' }),
    },
    expected('an object'),
  )
  .meta({ id: 'OutcomeRequest' });

export const FollowUpRequest = z
  .strictObject({ start: instant, topic: slug.optional(), mode: Mode.optional() }, expected('an object'))
  .meta({ id: 'FollowUpRequest' });

export const ElsewhereRequest = z
  .strictObject({ topic: slug, start: instant, mode: Mode.optional() }, expected('an object'))
  .meta({ id: 'ElsewhereRequest' });

export const BookedElsewhere = z
  .object({ desk: z.string(), reference: z.string(), start: Time, end: Time, topic: z.string(), mode: Mode })
  .meta({ id: 'BookedElsewhere', description: 'What the client needs to know; the rest is the other desk’s' });

export const NextStep = z
  .object({
    text: z.string(),
    language: z.string().meta({ description: "The client's, unless it is not there in that" }),
    due: LocalDate.nullable(),
  })
  .meta({ id: 'NextStep' });
