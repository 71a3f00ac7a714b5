import type { MailOfBooking } from '../../src/app/ports/outbox';
import type { AbsencePlan } from '../../src/domain/booking/absencePlan';
import type { Booking, BookingEvent, Client } from '../../src/domain/booking/booking';
import { HOLD_MS, type Hold } from '../../src/domain/booking/hold';
import type { Question } from '../../src/domain/booking/questions';
import { HOUR, type Interval, MINUTE } from '../../src/domain/calendar/interval';
import type { Feed } from '../../src/domain/calendars/feed';
import { type Case, NO_STRATEGY } from '../../src/domain/cases/case';
import { EMPTY_INTAKE } from '../../src/domain/cases/intake';
import { type Advisor, type Desk, type Topic, USUAL_FIXED_MINUTES, USUAL_RETENTION } from '../../src/domain/desk';
import type { HoursVersion } from '../../src/domain/hoursVersion';
import { USUAL_LEGAL } from '../../src/domain/legal';
import { limitsOf } from '../../src/domain/limits';
import type { Partner } from '../../src/domain/partner';
import type { QueueEntry } from '../../src/domain/queue/entry';
import type { Engagement } from '../../src/domain/slots/engagement';
import type { Snapshot } from '../../src/domain/slots/freeSlots';
import type { StaffMember } from '../../src/domain/staff/roles';
import type { WaitingEntry } from '../../src/domain/waiting/entry';
import { USUAL_WAITING_LIST } from '../../src/domain/waiting/settings';

/** The time at which the tests' clock stands unless a test sets another: a Tuesday, 10:00 at the desk. */
export const NOW = Date.parse('2026-11-24T09:00:00Z');

/** Half an hour at 09:00 in Berlin, a week after `NOW`. */
export const TUESDAY_NINE: Interval = span('2026-12-01T09:00:00+01:00', 30);

/** The interval of `minutes` that begins at an ISO time with offset. */
export function span(start: string, minutes: number): Interval {
  const at = Date.parse(start);
  if (Number.isNaN(at)) throw new Error(`not an ISO time: ${start}`);
  return { start: at, end: at + minutes * MINUTE };
}

/** A version of the hours as they are without rules. */
export function anHoursVersion(part: Partial<HoursVersion> = {}): HoursVersion {
  return {
    ...{ id: 'v1', deskId: 'expat-desk', number: 1, at: NOW, by: { kind: 'system' }, what: 'first' },
    ...{ why: null, validFrom: null, state: { rules: [], exceptions: [], absences: [] } },
    ...part,
  };
}

export function aTopic(part: Partial<Topic> = {}): Topic {
  return {
    id: 'residence',
    name: { de: 'Aufenthaltsrecht', en: 'Residence law' },
    description: { de: 'Aufenthaltstitel und Behörden.', en: 'Residence permits and authorities.' },
    neutralName: null,
    shortName: null,
    sentence: null,
    group: null,
    forEmployers: false,
    searchWords: [],
    durationMinutes: 30,
    bufferMinutes: 0,
    modes: ['in_person', 'phone', 'video'],
    haveReady: null,
    bring: { de: 'Reisepass\nAufenthaltstitel', en: 'Passport\nResidence permit' },
    questions: [],
    phrases: [],
    leadTimeMinutes: null,
    leadTimeOpenMinutes: null,
    leadTimeWorkingDays: null,
    horizonDays: null,
    maxPeople: 1,
    partners: [],
    ...part,
  };
}

/** An authority that is told of with nothing but what it does. */
export function aPartner(part: Partial<Partner> = {}): Partner {
  return {
    id: 'authority',
    name: { de: 'Ausländerbehörde', en: 'Immigration office' },
    description: { de: 'Erteilt Aufenthaltstitel.', en: 'Issues residence permits.' },
    ...{ address: null, phone: null, email: null, website: null, hours: null, bring: null },
    ...{ bookingUrl: null, bookingDesk: null },
    ...part,
  };
}

/** An optional question that is answered by a text. */
export function aQuestion(part: Partial<Question> = {}): Question {
  return {
    id: 'visa',
    kind: 'text',
    label: { de: 'Welches Visum haben Sie?', en: 'Which visa do you have?' },
    hint: null,
    choices: [],
    required: false,
    max: part.kind === undefined || part.kind === 'text' ? 500 : null,
    keepDays: 7,
    audience: 'client',
    ...part,
  };
}

/** The desk of the tests, with these questions at its topic residence. */
export function aDeskThatAsks(questions: readonly Question[], part: Partial<Desk> = {}): Desk {
  const desk = aDesk(part);
  return { ...desk, topics: desk.topics.map((topic) => (topic.id === 'residence' ? { ...topic, questions } : topic)) };
}

export function anAdvisor(part: Partial<Advisor> = {}): Advisor {
  return {
    id: 'a1',
    name: 'Ada Beispiel',
    email: 'a1@expat-desk.example',
    languages: ['de', 'en'],
    topics: ['residence', 'career'],
    workingRules: [],
    ...part,
  };
}

/** Open Mon–Thu 9–17 and Fri 9–12 in Berlin's time, with two topics and two advisors. */
export function aDesk(part: Partial<Desk> = {}): Desk {
  return {
    id: 'expat-desk',
    name: { de: 'Expat Service Desk', en: 'Expat Service Desk' },
    headline: { de: 'Beratung für internationale Fachkräfte', en: 'Advice for international professionals' },
    about: { de: 'Kostenfreie Erstberatung.', en: 'Free initial advice.' },
    address: 'Musterplatz 1, 40213 Düsseldorf',
    directions: null,
    places: [],
    withoutMail: false,
    phone: '+49 211 0000000',
    email: 'beratung@expat-desk.example',
    gridMinutes: 30,
    leadTimeMinutes: 120,
    leadTimeOpenMinutes: 0,
    leadTimeWorkingDays: 0,
    horizonDays: 60,
    // The tests book many times for the same client, so these limits are high. Tests of the limits set their own.
    limits: limitsOf({ mailsPerAddress: { hour: 1_000, day: 1_000 }, movesPerBookingPerDay: 1_000 }),
    retention: USUAL_RETENTION,
    legal: USUAL_LEGAL,
    fixedMinutes: USUAL_FIXED_MINUTES,
    // Most tests of mails look into the outbox at once. Tests of the grace set their own.
    mailGraceSeconds: 0,
    waitingList: USUAL_WAITING_LIST,
    cases: null,
    collectsMoves: false,
    clientDataInWebhooks: false,
    feedNames: false,
    reminders: [],
    fairRelease: null,
    // Tests of this mail turn it on.
    missedMail: false,
    interpreters: null,
    capacities: {},
    reserves: [],
    hours: {
      timeZone: 'Europe/Berlin',
      holidays: 'DE-NW',
      rules: [
        { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', start: '09:00', end: '17:00' },
        { rrule: 'FREQ=WEEKLY;BYDAY=FR', start: '09:00', end: '12:00' },
      ],
      exceptions: [],
    },
    topics: [
      aTopic(),
      aTopic({
        id: 'career',
        name: { de: 'Beruf und Karriere', en: 'Career' },
        description: { de: 'Stellensuche und Bewerbung.', en: 'Job search and application.' },
        neutralName: { de: 'Beruf', en: 'Career' },
        durationMinutes: 60,
        bring: { de: 'Lebenslauf', en: 'CV' },
      }),
    ],
    partners: [],
    advisors: [
      anAdvisor(),
      anAdvisor({ id: 'a2', name: 'Bo Muster', email: 'a2@expat-desk.example', languages: ['de', 'en', 'ja'] }),
    ],
    ...part,
  };
}

export function aClient(part: Partial<Client> = {}): Client {
  return { name: 'Kim Probe', email: 'kim@client.example', phone: null, language: 'en', ...part };
}

/**
 * A booking that is confirmed for `TUESDAY_NINE` with advisor a1. With another `time`, `blockedUntil` is the end of
 * that.
 */
export function aBooking(part: Partial<Booking> = {}): Booking {
  const time = part.time ?? TUESDAY_NINE;
  return {
    id: '3b241101-e2bb-4255-8caf-4136c566a962',
    deskId: 'expat-desk',
    reference: 'K7MQ-4XWT',
    uid: '9f1c6c0e-6a4f-4b7e-9d6c-2f5f2f0a7c11',
    organizer: 'beratung@expat-desk.example',
    status: 'confirmed',
    topicId: 'residence',
    language: 'en',
    interpreting: null,
    lateMinutes: null,
    alarmMinutes: null,
    follows: null,
    outcome: null,
    mode: 'in_person',
    advisorId: 'a1',
    tied: false,
    urgent: false,
    videoLink: null,
    time,
    blockedUntil: time.end,
    source: 'web',
    sequence: 0,
    version: 1,
    createdAt: NOW,
    changedAt: NOW,
    client: aClient(),
    attendees: 1,
    onBehalfOf: null,
    note: null,
    people: [],
    support: [],
    answers: {},
    ...part,
  };
}

/** A hold of a1 for `TUESDAY_NINE`. With another `time`, `blockedUntil` is the end of that. */
export function aHold(part: Partial<Hold> = {}): Hold {
  const time = part.time ?? TUESDAY_NINE;
  return {
    id: 'a-hold',
    deskId: 'expat-desk',
    topicId: 'residence',
    language: 'en',
    interpreting: null,
    mode: 'phone',
    advisorId: 'a1',
    tied: true,
    urgent: true,
    time,
    blockedUntil: time.end,
    heldUntil: NOW + HOLD_MS,
    renewals: 2,
    holder: 'a-browser',
    heldFrom: {},
    draft: { name: 'Kim “Probe”' },
    createdAt: NOW,
    ...part,
  };
}

/** An engagement that does not give way: a consultation by phone in German, without a buffer. */
export function aTaken(part: Partial<Engagement> & Pick<Engagement, 'advisorId' | 'time'>): Engagement {
  return {
    id: `${part.advisorId} ${part.time.start}`,
    consultation: part.time,
    topicId: 'residence',
    language: 'de',
    mode: 'phone',
    movable: false,
    heldUntil: null,
    ...part,
  };
}

/** Returns the `diary` of a snapshot: a function that finds an advisor's engagements, ascending by start. */
export function diaryOf(taken: readonly Engagement[]): Snapshot['diary'] {
  const ascending = [...taken].sort((a, b) => a.time.start - b.time.start);
  return (advisorId) => ascending.filter((each) => each.advisorId === advisorId);
}

/** A line of the booking's history. */
export function anEvent(part: Partial<BookingEvent> = {}): BookingEvent {
  return {
    type: 'booked',
    bookingId: '3b241101-e2bb-4255-8caf-4136c566a962',
    at: NOW,
    by: { kind: 'client' },
    reason: null,
    from: null,
    ...part,
  };
}

/** Somebody of the expat desk who may change all of its bookings. */
export function aReceptionist(name = 'Rezi Empfang', part: Partial<StaffMember> = {}): StaffMember {
  return { kind: 'staff', name, role: 'receptionist', deskId: 'expat-desk', advisorId: null, ...part };
}

/** Somebody who came to the expat desk without an appointment, and waits. */
export function aQueueEntry(part: Partial<QueueEntry> = {}): QueueEntry {
  return {
    ...{ id: 'entry', deskId: 'expat-desk', bookingId: null, number: 'W1', topicId: 'residence', language: 'en' },
    ...{ name: null, urgent: null, state: 'waiting', misses: 0, advisorId: null, version: 1 },
    ...{ arrivedAt: NOW, turnAt: NOW, calledAt: null, startedAt: null, endedAt: null },
    ...part,
  };
}

/** A plan for a1 to be away on the day of `TUESDAY_NINE`, which touches no booking and was not carried out. */
export function aPlan(part: Partial<AbsencePlan> = {}): AbsencePlan {
  return {
    id: 'plan',
    deskId: 'expat-desk',
    state: 'proposed',
    advisorIds: ['a1'],
    time: { start: TUESDAY_NINE.start, end: TUESDAY_NINE.start + 8 * HOUR },
    kind: 'sick',
    reason: null,
    notice: { de: 'Geschlossen', en: 'Closed' },
    hours: null,
    lines: [],
    absenceIds: [],
    exceptionIds: [],
    rulesBefore: null,
    operationId: null,
    createdAt: NOW,
    committedAt: null,
    backAt: null,
    ...part,
  };
}

/** A confirmation to the client that was sent and not reported on. */
export function aSentMail(part: Partial<MailOfBooking> = {}): MailOfBooking {
  return {
    ...{ id: 1, kind: 'booked', recipient: 'client', address: 'kim@client.example', state: 'sent', at: NOW },
    ...{ lastCode: null, bounced: null },
    ...part,
  };
}

/** Somebody who waits for a consultation about residence in English, any day at any time. */
export function aWaitingEntry(part: Partial<WaitingEntry> = {}): WaitingEntry {
  return {
    ...{ id: 'waiting', deskId: 'expat-desk', topicId: 'residence', languages: ['en'], mode: null },
    ...{ from: null, until: null, weekdays: [], after: null, before: null, deadline: null },
    ...{ bookingId: null, client: aClient(), state: 'waiting', offers: 0, passed: [], offer: null, bookedId: null },
    ...{ joinedAt: NOW, endedAt: null, version: 1 },
    ...part,
  };
}

/** A feed of the calendar of a1, whom a program made; a test names only what it is about. */
export function aFeed(part: Partial<Feed> = {}): Feed {
  return { id: 'feed', deskId: 'expat-desk', advisorId: 'a1', names: false, userId: null, createdAt: NOW, ...part };
}

/** An open case of a1, of which nothing is known yet. */
export function aCase(part: Partial<Case> = {}): Case {
  return {
    ...{ id: 'case', deskId: 'expat-desk', advisors: ['a1'], meetings: [], intake: EMPTY_INTAKE, steps: [] },
    client: { name: 'Олена Зразок', email: 'olena@client.example', phone: null, languages: ['uk', 'de'] },
    strategy: NO_STRATEGY,
    ...{ state: 'open', result: null, openedAt: NOW, closedAt: null, version: 1 },
    ...part,
  };
}
