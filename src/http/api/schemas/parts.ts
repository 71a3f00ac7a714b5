import { z } from 'zod';
import { AUDIENCES } from '../../../domain/booking/questions';
import { LANGUAGE_LEVELS } from '../../../domain/language';
import { slug } from '../../../fields/schemas';
import { ADVISOR_FIELDS, advisorHolds } from '../../../fields/schemas/advisor';
import { known } from '../../../fields/schemas/checks';
import { PARTNER_FIELDS, partnerHolds } from '../../../fields/schemas/partner';
import { Capacities, Reserve } from '../../../fields/schemas/reserve';
import { QuestionOfTopic, TOPIC_FIELDS } from '../../../fields/schemas/topic';
import { StaffBooking } from './booking';
import { Mode, Partner, Question } from './desk';
import { OpeningRules } from './hours';
import { LocalDate, Text } from './text';

/** The desk's own data: topics, questions, advisors, reserves and rooms. Requests are checked by the rules of desk files. */

const retired = z.boolean().default(false).meta({ description: 'Not offered any more, and kept for its bookings' });
const version = z.int().meta({ description: 'For If-Match, in double quotes' });
const origin = z.enum(['file', 'staff']).meta({
  description: "Who wrote this version. A later desk file leaves alone what is staff's",
});

export const DryRun = z.strictObject({
  dryRun: z
    .enum(['true', 'false'])
    .optional()
    .transform((text) => text === 'true')
    .meta({ description: '`true` tells what would change, and changes nothing' }),
});

export const TopicRequest = known({ ...TOPIC_FIELDS, retired }).meta({ id: 'TopicRequest' });

const AskedQuestion = Question.extend({ audience: z.enum(AUDIENCES) }).meta({ id: 'AskedQuestion' });

const Missing = z.record(z.string(), z.array(z.string())).meta({
  description: "Which texts the languages of clients' pages lack, by language",
  example: { tr: ['description', 'bring'] },
});

export const TopicEntry = z
  .object({
    id: z.string(),
    name: Text,
    description: Text,
    neutralName: Text.nullable(),
    shortName: Text.nullable(),
    sentence: Text.nullable(),
    group: Text.nullable(),
    forEmployers: z.boolean(),
    searchWords: z.array(z.string()),
    durationMinutes: z.int(),
    bufferMinutes: z.int(),
    modes: z.array(Mode),
    bring: Text.nullable(),
    haveReady: Text.nullable(),
    questions: z.array(AskedQuestion),
    phrases: z
      .array(z.object({ id: z.string(), text: Text }))
      .meta({ description: 'Next steps that advisors choose from' }),
    leadTimeMinutes: z.int().nullable(),
    leadTimeOpenMinutes: z.int().nullable(),
    leadTimeWorkingDays: z
      .int()
      .nullable()
      .meta({ description: 'The first day that clients can book is so many open days after today' }),
    horizonDays: z.int().nullable(),
    maxPeople: z.int(),
    partners: z.array(z.string()),
    retired: z.boolean(),
    missing: Missing,
    origin,
    version,
  })
  .meta({ id: 'TopicEntry' });

export const TopicEntries = z
  .object({ topics: z.array(TopicEntry).meta({ description: "In the desk's order, retired ones as well" }) })
  .meta({ id: 'TopicEntries' });

const MAX_TOPICS_OF_DESK = 1_000;

export const TopicOrderRequest = known({
  ids: z.array(slug).min(1).max(MAX_TOPICS_OF_DESK),
}).meta({ id: 'TopicOrderRequest', description: 'Those that are not named keep their places' });

export const TopicOrder = z
  .object({
    ids: z.array(z.string()).meta({ description: 'The topics on offer, as clients and staff see them' }),
    origin,
    version,
  })
  .meta({ id: 'TopicOrder' });

const MAX_QUESTIONS_OF_DESK = 1_000;

export const QuestionsRequest = known({
  questions: z.array(QuestionOfTopic).max(MAX_QUESTIONS_OF_DESK),
}).meta({ id: 'QuestionsRequest', description: 'All that the topics on offer ask, each in its order' });

export const Questions = z
  .object({ questions: z.array(AskedQuestion.extend({ topic: z.string(), version })) })
  .meta({ id: 'Questions', description: 'All that is asked; `version` is that of the topic' });

const toldNoMore = z
  .boolean()
  .default(false)
  .meta({ description: 'Told no more, and kept for the topics that name it' });

export const PartnerRequest = known({ ...PARTNER_FIELDS, retired: toldNoMore })
  .superRefine(partnerHolds)
  .meta({ id: 'PartnerRequest', description: 'It is booked at `bookingUrl` or at the desk `bookingDesk`, if at all' });

export const PartnerEntry = Partner.extend({ retired: z.boolean(), missing: Missing, origin, version }).meta({
  id: 'PartnerEntry',
});

export const PartnerEntries = z
  .object({ partners: z.array(PartnerEntry).meta({ description: "In the desk's order, retired ones as well" }) })
  .meta({ id: 'PartnerEntries' });

export const AdvisorRequest = known({ ...ADVISOR_FIELDS, retired })
  .superRefine(advisorHolds)
  .meta({
    id: 'AdvisorRequest',
    description:
      '`from` is the first day on which they give consultations, `until` the first on which they do no more. `modes` limits how they give consultations; null or absent: all modes of a topic',
  });

export const AdvisorEntry = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    languages: z.array(z.string()),
    levels: z.record(z.string(), z.enum(LANGUAGE_LEVELS)).optional(),
    topics: z.array(z.string()),
    modes: z.array(Mode).optional().meta({ description: 'Absent: all modes of a topic' }),
    workingRules: OpeningRules.shape.rules.meta({ description: 'None: whenever the desk is open' }),
    videoLink: z.string().optional(),
    door: z.string().optional(),
    from: LocalDate.optional(),
    until: LocalDate.optional(),
    retired: z.boolean(),
    origin,
    version,
  })
  .meta({ id: 'AdvisorEntry' });

export const AdvisorEntries = z
  .object({ advisors: z.array(AdvisorEntry).meta({ description: 'Who has left is there as well, as `retired`' }) })
  .meta({ id: 'AdvisorEntries' });

/** A desk has some dozens of languages and topics. */
const MAX_RESERVES = 100;

export const ReservesRequest = known({
  reserves: z.array(Reserve).max(MAX_RESERVES).default([]),
  capacities: Capacities.default({}),
}).meta({
  id: 'ReservesRequest',
  description: 'Starts of each day that are kept, and how many consultations of a mode there can be at once',
});

export const Reserves = z
  .object({
    reserves: z.array(
      z.object({
        language: z.string().nullable(),
        topic: z.string().nullable(),
        urgent: z.boolean(),
        startsPerDay: z.int(),
        releaseWorkingDays: z.int(),
      }),
    ),
    capacities: z.record(z.string(), z.int()).meta({ description: 'By mode; absent: as many as there are advisors' }),
    origin,
    version,
  })
  .meta({ id: 'Reserves' });

export const ReservesReplay = z
  .object({
    days: z.int().meta({ description: 'How many days before today were looked at' }),
    reserves: z.array(
      z.object({
        language: z.string().nullable(),
        topic: z.string().nullable(),
        urgent: z.boolean(),
        kept: z.int().meta({ description: 'Starts that would have been kept' }),
        used: z
          .int()
          .meta({ description: 'Of these, taken by those for whom they are, before their day was released' }),
        released: z.int().meta({ description: 'Of these, kept until the release and taken by nobody of its kind' }),
        late: z.int().meta({ description: 'Consultations of its kind that were booked after the release' }),
      }),
    ),
  })
  .meta({ id: 'ReservesReplay' });

export const PartsCsv = z.string({ error: 'expected CSV' }).meta({
  id: 'PartsCsv',
  description:
    'With the columns of the export, in any order. A line with an unknown id enters something new; columns that are left out stay as they are. With a version the line is refused if somebody has changed it since',
  example: 'id,durationMinutes\r\nresidence,45\r\n',
});

export const DeskChange = z
  .object({
    id: z.string(),
    outcome: z.enum(['entered', 'changed', 'retired', 'deleted']),
    version: z.int().nullable().meta({ description: 'For If-Match, in double quotes; null: there is none' }),
    changes: z
      .array(
        z.object({
          kind: z.enum(['added', 'removed', 'changed']),
          at: z.string(),
          before: z.unknown().optional(),
          after: z.unknown().optional(),
        }),
      )
      .meta({ description: 'What is otherwise for those who book, field by field' }),
    affected: z
      .array(StaffBooking)
      .meta({ description: 'The bookings ahead that lose their place. They stay, and reception has a task for each' }),
    unreachable: z.int().meta({ description: 'How many of them have no mail address' }),
    plan: z
      .string()
      .nullable()
      .meta({ description: 'The absence plan by which who leaves hands over, proposed and not committed' }),
  })
  .meta({ id: 'DeskChange' });

export const DeskImport = DeskChange.omit({ id: true, outcome: true, version: true, plan: true })
  .extend({
    plans: z.array(z.object({ advisor: z.string(), plan: z.string() })).meta({
      description: 'For each advisor who leaves: the plan that hands over their bookings, proposed and not carried out',
    }),
    applied: z.boolean().meta({ description: '`false`: it is what `?apply=true` would do' }),
  })
  .meta({ id: 'DeskImport' });
