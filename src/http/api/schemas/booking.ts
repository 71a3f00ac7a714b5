import { z } from 'zod';
import { BOOKING_EVENTS, SOURCES, STATUSES, SUPPORT } from '../../../domain/booking/booking';
import { INTERPRETER_KINDS } from '../../../domain/booking/interpreting';
import { CLIENT_GROUPS, OUTCOMES } from '../../../domain/booking/outcome';
import {
  alarmMinutes,
  answers,
  attendees,
  consent,
  email,
  instant,
  language,
  line,
  name,
  note,
  phone,
  reason,
  slug,
  support,
  videoLink,
} from '../../../fields/schemas';
import { Mode } from './desk';
import { Delivery, Reply } from './mails';
import { moveReason, tie } from './moves';
import { NextStep } from './outcome';
import { Time } from './text';

/** Returns the error message for a missing object field. */
const expected = (what: string) => ({
  error: (issue: { code?: string }) => (issue.code === 'invalid_type' ? `expected ${what}` : undefined),
});

const query = { topic: slug, language, mode: Mode.optional(), advisor: slug.optional() };

export const InterpreterFound = z
  .strictObject(
    {
      interpreter: z.enum(INTERPRETER_KINDS, { error: `expected ${INTERPRETER_KINDS.join(' or ')}` }),
      name: name.nullish(),
    },
    expected('an object'),
  )
  .meta({ id: 'InterpreterFound' });

export const InterpreterDeclined = z
  .strictObject({ reason: reason.nullish() }, expected('an object'))
  .meta({ id: 'InterpreterDeclined' });

export const HoldRequest = z
  .strictObject({ ...query, start: instant }, expected('an object'))
  .meta({ id: 'HoldRequest' });

export const Hold = z
  .object({ id: z.string(), start: Time, end: Time, expiresAt: Time })
  .meta({ id: 'Hold', description: 'A slot kept for one client; whoever knows the id may use it' });

const client = {
  name,
  phone: phone.nullish(),
  language: language.optional().meta({ description: "Of the mails; default: the consultation's, or else English" }),
};

const request = {
  ...query,
  start: instant,
  hold: line(100)
    .optional()
    .meta({ description: 'A hold on this slot; if it has run out, the slot is taken again if still free' }),
  attendees: attendees.optional(),
  onBehalfOf: z
    .strictObject({ organisation: name, name: name.optional() }, expected('organisation and name'))
    .nullish()
    .meta({ description: 'The name may be left out where `employee` has it' }),
  employee: z
    .strictObject({ name, email: email.nullish(), language: language.optional() }, expected('a name'))
    .nullish()
    .meta({ description: 'Who is advised, if their company books: they get their own mails in their own language' }),
  people: z
    .array(z.strictObject({ name, email: email.nullish() }, expected('a name')), { error: 'expected a list' })
    .max(20, 'expected at most 20')
    .optional()
    .meta({ description: 'Who else is advised, up to the limit of the topic' }),
  support: support.optional(),
  note: note.nullish(),
  answers: answers.optional(),
  alarmMinutes: alarmMinutes.optional(),
};

/** Somebody is named, if it is for somebody else. */
const isNamed = (asked: { onBehalfOf?: { name?: string | undefined } | null | undefined; employee?: unknown }) =>
  !asked.onBehalfOf || asked.onBehalfOf.name !== undefined || !!asked.employee;
const NAMED = { path: ['onBehalfOf', 'name'], error: 'expected 1 to 200 characters in one line' };

/** A client whom staff enter, perhaps without a mail address. */
export const CalledClient = z.strictObject({ ...client, email: email.nullish() }, expected('a name'));

/** A client who can be reached at all; whether a number alone is enough, the desk decides. Told beside what else is wrong. */
export const ReachableClient = z
  .strictObject(
    {
      ...client,
      email: email
        .nullish()
        .meta({ description: 'May be left out only where the desk has `withoutMail`, beside a phone number' }),
    },
    expected('name and email'),
  )
  .refine((sent) => typeof sent !== 'object' || !!(sent?.email || sent?.phone), {
    path: ['email'],
    error: 'expected a mail address',
    when: () => true,
  });

export const BookingRequest = z
  .strictObject(
    {
      ...request,
      interpreter: z.boolean({ error: 'expected true or false' }).optional().meta({
        description: 'Asks for an interpreter into `language`: it is only requested until the desk confirms it',
      }),
      client: ReachableClient,
      consent,
    },
    expected('an object'),
  )
  .refine(isNamed, NAMED)
  .meta({ id: 'BookingRequest' });

export const StaffBookingRequest = z
  .strictObject(
    {
      ...request,
      client: CalledClient,
      consent: consent.optional(),
      source: z.enum(['phone', 'walk_in'], { error: 'expected phone or walk_in' }).default('phone'),
      urgent: z
        .boolean({ error: 'expected true or false' })
        .optional()
        .meta({ description: 'It may have what the desk keeps for urgent matters' }),
    },
    expected('an object'),
  )
  .refine(isNamed, NAMED)
  .meta({ id: 'StaffBookingRequest' });

export const MoveRequest = z.strictObject({ start: instant }, expected('an object')).meta({ id: 'MoveRequest' });

export const StaffMoveRequest = z
  .strictObject({ start: instant, advisor: slug.optional(), tie, reason: moveReason }, expected('an object'))
  .refine(({ tie, advisor }) => !tie || advisor !== undefined, {
    path: ['tie'],
    error: 'expected only with an advisor',
  })
  .meta({ id: 'StaffMoveRequest' });

export const CancelRequest = z
  .strictObject({ reason: reason.nullish() }, expected('an object'))
  .meta({ id: 'CancelRequest' });

export const BookingChange = z
  .strictObject(
    {
      videoLink: videoLink.nullable().optional(),
      client: z
        .strictObject({ email: email.optional(), phone: phone.nullable().optional() }, expected('an object'))
        .optional()
        .meta({ description: 'Another address gets the invitation, and the former one is told' }),
      resend: z.literal(true).optional().meta({ description: 'Send the present invitation again' }),
    },
    expected('an object with videoLink, client or resend'),
  )
  .refine(({ videoLink, client, resend }) => (videoLink === undefined) !== (client === undefined && !resend), {
    error: 'expected videoLink alone, or client or resend',
  })
  .meta({ id: 'BookingChange' });

export const BookingCorrection = z
  .strictObject(
    {
      version: z.int({ error: 'expected the version that was seen' }),
      client: z
        .strictObject({ email: email.optional(), phone: phone.nullable().optional() }, expected('an object'))
        .optional(),
      attendees: attendees.optional(),
      note: note.nullable().optional(),
      mode: Mode.optional(),
      answers: answers.optional(),
      support: support.optional(),
      alarmMinutes: alarmMinutes.nullable().optional(),
    },
    expected('an object'),
  )
  .meta({ id: 'BookingCorrection' });

/** The body of operations that need nothing but their address. */
export const NoFields = z.strictObject({}, expected('an object without fields')).meta({ id: 'NoFields' });

const Person = z.object({ id: z.string(), name: z.string() }).meta({ id: 'Person' });

export const Client = z
  .object({ name: z.string(), email: z.string().nullable(), phone: z.string().nullable(), language: z.string() })
  .meta({ id: 'Client' });

const Named = z.object({ name: z.string(), email: z.string().nullable(), language: z.string() }).meta({ id: 'Named' });

export const answersGiven = z.record(z.string(), z.union([z.string(), z.boolean()]));

export const Booking = z
  .object({
    id: z.string(),
    reference: z.string().meta({ example: 'K7MQ-4XWT' }),
    desk: z.string(),
    status: z.enum(STATUSES),
    topic: z.string(),
    language: z.string(),
    mode: Mode,
    interpreter: z
      .object({ kind: z.enum(INTERPRETER_KINDS).nullable(), name: z.string().nullable(), through: z.string() })
      .optional()
      .meta({
        description: 'If somebody interprets; kind null: nobody is found yet. `through`: what the advisor speaks',
      }),
    videoLink: z.string().nullable().optional().meta({
      description:
        "Of consultations by video, by which link both meet: the booking's own, or else its advisor's; null: none yet",
    }),
    start: Time,
    end: Time,
    advisor: Person.nullable().meta({ description: 'For clients only where the booking is tied to a person' }),
    sequence: z.int(),
    version: z.int(),
    manageUrl: z.string(),
    client: Client,
    attendees: z.int(),
    note: z.string().nullable(),
    support: z.array(z.enum(SUPPORT)),
    alarmMinutes: z.int().nullable().meta({ description: "When the client's calendar reminds them; null: not at all" }),
    people: z.array(Named).meta({ description: 'Those who are advised, each with their own mails' }),
    answers: answersGiven.optional().meta({ description: 'What the topic asks clients and this one answered' }),
    nextSteps: z.array(NextStep).optional().meta({ description: 'What was agreed on in the consultation' }),
    referredTo: z.string().optional().meta({ description: 'The partner of the desk to whom the client goes on' }),
  })
  .meta({ id: 'Booking' });

export const HistoryEntry = z
  .object({
    type: z.enum(BOOKING_EVENTS),
    at: Time,
    by: z.object({ kind: z.enum(['client', 'staff', 'system']), name: z.string().nullable() }),
    reason: z.string().nullable(),
    from: z
      .object({ start: Time, end: Time, advisor: z.string() })
      .nullable()
      .meta({ description: 'Where it was, for `moved` and `reassigned`, and for `restored` to another advisor' }),
  })
  .meta({ id: 'HistoryEntry' });

export const StaffBooking = Booking.omit({ manageUrl: true, nextSteps: true, referredTo: true })
  .extend({
    advisor: Person,
    source: z.enum(SOURCES),
    urgent: z.boolean(),
    onBehalfOf: z.object({ organisation: z.string(), name: z.string() }).nullable(),
    answers: answersGiven.meta({ description: "By the ids of the topic's questions" }),
    follows: z.string().nullable().meta({ description: 'The consultation that this one follows up' }),
    outcome: z.enum(OUTCOMES).nullable().meta({ description: 'What became of it; null: nobody has said so' }),
    nextSteps: z.array(NextStep.extend({ phrase: z.string().nullable() })),
    referral: z.object({ partner: z.string(), consentedAt: Time }).nullable(),
    group: z.enum(CLIENT_GROUPS).nullable(),
    createdAt: Time,
    changedAt: Time,
  })
  .meta({ id: 'StaffBooking' });

export const StaffBookingWithHistory = StaffBooking.extend({
  history: z.array(HistoryEntry),
  case: z
    .object({ id: z.string().nullable() })
    .nullable()
    .meta({ description: 'The case to which it belongs; its id only for whoever may read it' }),
  replies: z.array(Reply).meta({ description: 'What came back by mail, the oldest first' }),
  delivery: z.array(Delivery).meta({ description: "The client's mails, the oldest first" }),
}).meta({
  id: 'StaffBookingWithHistory',
});

export const PrintedLink = z
  .object({ url: z.string().meta({ description: 'Whoever has it acts as the client of this one booking' }) })
  .meta({ id: 'PrintedLink' });
