import { z } from 'zod';
import { isRegion } from '../domain/calendar/holidays';
import { assertException, assertWindow } from '../domain/calendar/openingHours';
import { unwrapped } from '../domain/calendar/ruleText';
import { isTimeZone, parseLocalTime } from '../domain/calendar/zone';
import { USUAL_FIXED_MINUTES, USUAL_MAIL_GRACE_SECONDS } from '../domain/desk';
import { unknownPartners, unusable } from '../domain/deskParts';
import { type Limits as LimitsAtDesk, limitsOf } from '../domain/limits';
import { USUAL_WAITING_LIST } from '../domain/waiting/settings';
import { date, deskLanguage, deskPhone, email, line, newSlug, words } from '../fields/schemas';
import { ADVISOR_FIELDS, advisorHolds } from '../fields/schemas/advisor';
import { accepted, known, noneTwice, withoutAbsent } from '../fields/schemas/checks';
import { MINUTES_PER_DAY, MINUTES_PER_HOUR, minutes, text } from '../fields/schemas/deskValues';
import { OpeningRule, windowKind } from '../fields/schemas/hoursRule';
import { PARTNER_FIELDS, partnerHolds } from '../fields/schemas/partner';
import { Capacities, Reserve } from '../fields/schemas/reserve';
import { leadDays, TOPIC_FIELDS } from '../fields/schemas/topic';

const LocalWindow = known({ start: z.string(), end: z.string(), kind: windowKind })
  .transform(withoutAbsent)
  .superRefine(accepted(assertWindow));

/** An exception as it is written in the file; `closed` means the whole day, or the part of it that is closed. */
const HoursException = known({
  from: z.string(),
  to: z.string(),
  rrule: z.string().transform(unwrapped).optional(),
  closed: z.union([z.boolean(), z.array(LocalWindow).min(1)], 'expected true, false or a list of windows').optional(),
  windows: z.array(LocalWindow).default([]),
  reason: text,
})
  .transform(({ closed, ...exception }) =>
    Array.isArray(closed)
      ? withoutAbsent({ ...exception, closed: false, pauses: closed })
      : withoutAbsent({ ...exception, closed: closed ?? exception.windows.length === 0 }),
  )
  .superRefine(accepted(assertException));

const days = z.int().min(1).max(3650);
const hours = z
  .int()
  .min(1)
  .max(30 * 24);

const Retention = known({
  bookingDays: days.optional(),
  noteDays: days.optional(),
  outboxDays: days.optional(),
  draftHours: hours.optional(),
  keyHours: hours.optional(),
  demandDays: days.optional(),
}).transform(withoutAbsent);

const Accessibility = known({
  status: z.enum(['full', 'partial', 'none']),
  made: date,
  reviewed: date.optional(),
  tested: text.nullable().default(null),
  gaps: text.nullable().default(null),
})
  .transform(({ reviewed, ...statement }) => ({ ...statement, reviewed: reviewed ?? statement.made }))
  .refine(({ made, reviewed }) => made <= reviewed, { path: ['reviewed'], error: 'expected no day before `made`' });

const Legal = known({
  carrier: text.optional(),
  dataProtectionOfficer: known({
    email,
    phone: deskPhone.nullable().default(null),
    address: words.nullable().default(null),
  }).optional(),
  accessibility: Accessibility.optional(),
  signLanguageVideo: z.url({ protocol: /^https$/, error: 'expected an https:// address' }).optional(),
}).transform(withoutAbsent);

const some = z.int().min(1).max(100_000);
const openBookings = z.int().min(1).max(10_000);

const Limits = known({
  mailsPerAddress: known({ hour: some.optional(), day: some.optional() }).transform(withoutAbsent).optional(),
  movesPerBookingPerDay: some.optional(),
  bookingsPerHour: known({ host: some.optional(), '/24': some.optional(), '/48': some.optional() })
    .transform(withoutAbsent)
    .optional(),
  heldShare: z.number().gt(0, 'expected a share between 0 and 1').max(1, 'expected a share between 0 and 1').optional(),
  openBookingsPerAddress: openBookings.optional(),
})
  .transform(withoutAbsent)
  .superRefine((limits, ctx) => {
    for (const { path, message } of contradictions(limitsOf(limits))) ctx.addIssue({ code: 'custom', path, message });
  });

const Topic = known({ id: newSlug, ...TOPIC_FIELDS });

const Partner = known({ id: newSlug, ...PARTNER_FIELDS }).superRefine(partnerHolds);

const Advisor = known({ id: newSlug, ...ADVISOR_FIELDS })
  .superRefine(advisorHolds)
  .transform(withoutAbsent);

const Interpreters = known({
  through: deskLanguage,
  deadlineHours: z
    .int()
    .min(1)
    .max(30 * 24),
});

/** More would be a nuisance. */
const MAX_REMINDERS = 5;

const FairRelease = known({
  minutes: z
    .tuple([minutes(0, MINUTES_PER_DAY), minutes(1, MINUTES_PER_DAY)], 'expected the least and the most minutes')
    .refine(([least, most]) => least <= most, 'expected the least before the most'),
  notWithinHours: z
    .int()
    .min(0)
    .max(30 * 24),
});

const Reminder = known({ daysBefore: z.int().min(0).max(30), at: z.string().superRefine(accepted(parseLocalTime)) });

/** A district has some dozens of towns. */
const MAX_PLACES = 100;
const MAX_TOWN_LENGTH = 60;

const Place = known({
  name: text,
  towns: z.array(line(MAX_TOWN_LENGTH)).max(MAX_PLACES).default([]),
  postcodes: z.array(z.string().regex(/^\d{1,10}$/, 'expected the first digits of a postcode')).default([]),
});

const clockTime = z.string().superRefine(accepted(parseLocalTime));

const MAX_OFFER_HOURS = 7 * 24;

const WaitingList = known({
  offerHours: z.int().min(1).max(MAX_OFFER_HOURS).default(USUAL_WAITING_LIST.offerHours),
  quiet: z.tuple([clockTime, clockTime]).default([...USUAL_WAITING_LIST.quiet]),
});

/** A year, in which somebody may come back. */
const USUAL_CASE_DAYS = 365;

/** The schema of a desk's file; `toDesk` says what is filled in. */
export const DeskFile = known({
  id: newSlug,
  name: text,
  headline: text.optional(),
  about: text.optional(),
  timeZone: z.string().refine(isTimeZone, 'expected an IANA time zone such as Europe/Berlin'),
  holidays: z.string().refine(isRegion, 'expected a region such as DE-NW, or null').nullable(),
  address: words,
  directions: text.nullable().default(null),
  places: z.array(Place).max(MAX_PLACES).default([]),
  phone: deskPhone,
  email,
  withoutMail: z.boolean().default(false),
  gridMinutes: minutes(5, 4 * MINUTES_PER_HOUR),
  leadTimeMinutes: minutes(0, 60 * MINUTES_PER_DAY),
  leadTimeOpenMinutes: minutes(0, 60 * MINUTES_PER_DAY).default(0),
  leadTimeWorkingDays: leadDays.default(0),
  horizonDays: z.int().min(0).max(730),
  /** The older name of `limits.openBookingsPerAddress`. */
  openBookingsPerClient: openBookings.nullish(),
  limits: Limits.default({}),
  retention: Retention.default({}),
  legal: Legal.optional(),
  fixedMinutes: minutes(0, 60 * MINUTES_PER_DAY).default(USUAL_FIXED_MINUTES),
  mailGraceSeconds: z.int().min(0).max(600).default(USUAL_MAIL_GRACE_SECONDS),
  waitingList: WaitingList.prefault({}),
  cases: known({ keepDays: days.default(USUAL_CASE_DAYS) })
    .nullable()
    .default(null),
  collectsMoves: z.boolean().default(false),
  clientDataInWebhooks: z.boolean().default(false),
  feedNames: z.boolean().default(false),
  fairRelease: FairRelease.nullable().default(null),
  missedMail: z.boolean().default(true),
  reminders: z.array(Reminder).max(MAX_REMINDERS).default([]).superRefine(noneTwice('daysBefore')),
  interpreters: Interpreters.nullable().default(null),
  capacities: Capacities.default({}),
  reserves: z.array(Reserve).default([]),
  openingRules: z.array(OpeningRule),
  exceptions: z.array(HoursException).default([]),
  topics: z.array(Topic).min(1).superRefine(noneTwice('id')),
  partners: z.array(Partner).superRefine(noneTwice('id')).default([]),
  advisors: z.array(Advisor).superRefine(noneTwice('id')),
})
  .superRefine(({ openBookingsPerClient, limits }, ctx) => {
    if (openBookingsPerClient != null && limits.openBookingsPerAddress !== undefined)
      ctx.addIssue({
        code: 'custom',
        path: ['openBookingsPerClient'],
        message: 'is the older name of limits.openBookingsPerAddress: give one of the two',
      });
  })
  .superRefine(({ topics, advisors }, ctx) => {
    const known = topics.map(({ id }) => id);
    for (const [i, advisor] of advisors.entries())
      for (const [j, topic] of advisor.topics.entries())
        if (!known.includes(topic)) ctx.addIssue(notAmong(known, 'a topic of this desk', ['advisors', i, 'topics', j]));
  })
  .superRefine(({ id, topics, partners }, ctx) => {
    for (const [i, topic] of topics.entries())
      for (const { at, detail } of unknownPartners(topic, { partners }))
        ctx.addIssue({ code: 'custom', path: ['topics', i, 'partners', at], message: detail });
    for (const [i, { bookingDesk }] of partners.entries())
      if (bookingDesk === id)
        ctx.addIssue({ code: 'custom', path: ['partners', i, 'bookingDesk'], message: 'expected another desk' });
  })
  .superRefine(({ topics, advisors, reserves }, ctx) => {
    for (const [i, { topic, ...reserve }] of reserves.entries()) {
      const wrong = unusable({ topicId: topic, ...reserve }, { topics, advisors });
      if (wrong) ctx.addIssue({ code: 'custom', path: ['reserves', i, ...wrong.path], message: wrong.message });
    }
  });

function notAmong(known: readonly string[], what: string, path: (string | number)[]) {
  return { code: 'custom', path, message: `expected ${what}: ${known.join(', ')}` } as const;
}

/**
 * Finds limits for a longer time or a wider network that are lower than those for the shorter time or the narrower
 * network.
 */
function contradictions({ mailsPerAddress, bookingsPerHour }: LimitsAtDesk) {
  const { host, '/24': middle, '/48': widest } = bookingsPerHour;
  const rule = (holds: boolean, path: string[], message: string) => (holds ? [] : [{ path, message }]);
  return [
    ...rule(
      mailsPerAddress.day >= mailsPerAddress.hour,
      ['mailsPerAddress', 'day'],
      'expected no less than for an hour',
    ),
    ...rule(middle >= host, ['bookingsPerHour', '/24'], 'expected no less than for a host'),
    ...rule(widest >= middle, ['bookingsPerHour', '/48'], 'expected no less than for a /24'),
  ];
}

export type DeskFile = z.infer<typeof DeskFile>;
