import { z } from 'zod';
import { CASE_RESULTS, CASE_STATES, STEP_OWNERS, STEP_STATES } from '../../../domain/cases/case';
import { OBSTACLES, PAPERS, QUALIFICATION_LEVELS, RECOGNITIONS } from '../../../domain/cases/intake';
import { TRAIL_DEEDS } from '../../../domain/staff/trail';
import { date, language, slug } from '../../../fields/schemas';
import {
  CASE_CLIENT_FIELDS,
  CASE_RESULT_FIELDS,
  caseBookings,
  caseState,
  caseSteps,
  caseStrategy,
  INTAKE_FIELDS,
} from '../../../fields/schemas/cases';
import { Time } from './text';

/** The most that a search for a name is long. */
const MAX_SEARCH_LENGTH = 100;

const client = z
  .strictObject(CASE_CLIENT_FIELDS, 'expected an object')
  .meta({ description: 'The first language is that in which the strategy is printed, beside German' });
const intake = z.strictObject(INTAKE_FIELDS, 'expected an object').meta({
  description:
    'All of it is optional. It has no field for health, religion or ethnic origin, and such things do not belong into its texts',
});

export const CasesQuery = z.strictObject({
  q: z.string({ error: 'expected one name' }).trim().max(MAX_SEARCH_LENGTH).optional(),
  state: caseState.optional(),
});

export const CaseRequest = z
  .strictObject(
    {
      client: client.optional().meta({ description: 'Absent: of the first booking' }),
      intake: intake.optional(),
      bookings: caseBookings.optional().meta({ description: 'The answers of the first are taken over' }),
    },
    'expected an object',
  )
  .meta({ id: 'CaseRequest' });

export const CaseChange = z
  .strictObject(
    {
      version: z.int({ error: 'expected the version that was read' }).optional(),
      client: client.optional(),
      intake: intake.optional(),
      steps: caseSteps.optional().meta({ description: 'All of them; new ones have no id' }),
      strategy: z
        .strictObject(
          { text: caseStrategy.nullish(), language: language.optional(), agreedOn: date.nullish() },
          'expected an object',
        )
        .optional(),
      bookings: caseBookings.optional().meta({ description: 'All of the chain' }),
      state: caseState.optional().meta({ description: 'Closing needs `result`; `open` reopens, and takes it back' }),
      result: z.strictObject(CASE_RESULT_FIELDS, 'expected an object').optional(),
    },
    'expected an object',
  )
  .meta({ id: 'CaseChange' });

export const CaseAdvisorRequest = z
  .strictObject({ advisor: slug }, 'expected an object')
  .meta({ id: 'CaseAdvisorRequest' });

const Step = z.object({
  id: z.string(),
  text: z.string(),
  owner: z.enum(STEP_OWNERS),
  due: z.string().nullable(),
  state: z.enum(STEP_STATES),
  partner: z.string().nullable(),
});

export const Case = z
  .object({
    id: z.string(),
    client: z.object({
      name: z.string(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      languages: z.array(z.string()),
    }),
    intake: z.object({
      qualifications: z.array(
        z.object({
          what: z.string(),
          country: z.string().nullable(),
          level: z.enum(QUALIFICATION_LEVELS).nullable(),
          papers: z.enum(PAPERS).nullable(),
          recognition: z.enum(RECOGNITIONS).nullable(),
        }),
      ),
      obstacles: z.array(z.enum(OBSTACLES)),
      obstaclesNote: z.string().nullable(),
      goal: z.string().nullable(),
      topic: z.string().nullable(),
      answers: z.record(z.string(), z.union([z.string(), z.boolean()])),
    }),
    steps: z.array(Step),
    strategy: z.object({
      text: z.string().nullable(),
      language: z.string().meta({ description: 'In which goal, text and steps are written' }),
      agreedOn: z.string().nullable(),
      changedSince: z.boolean().meta({ description: 'Goal, text or steps are others than what was agreed' }),
    }),
    bookings: z.array(z.string()).meta({ description: 'By their start' }),
    meetings: z
      .array(z.object({ booking: z.string(), start: Time, topic: z.string() }))
      .meta({ description: 'The same with their times, which stay when the booking is purged' }),
    advisors: z.array(z.string()).meta({ description: 'Who may read it' }),
    state: z.enum(CASE_STATES),
    result: z.object({ kind: z.enum(CASE_RESULTS), on: z.string() }).nullable(),
    openedAt: Time,
    closedAt: Time.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Case' });

export const Cases = z.object({ cases: z.array(Case) }).meta({ id: 'Cases' });

export const CaseData = Case.extend({
  trail: z.array(z.object({ at: Time, deed: z.enum(TRAIL_DEEDS) })),
}).meta({ id: 'CaseData', description: 'All that is stored of a case, for its client; members of staff stay unnamed' });
