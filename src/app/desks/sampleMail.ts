import type { Booking } from '../../domain/booking/booking';
import type { NotedOutcome } from '../../domain/booking/outcome';
import { addDays } from '../../domain/calendar/dates';
import { type Instant, type Interval, MINUTE } from '../../domain/calendar/interval';
import { localDate, toInstant } from '../../domain/calendar/zone';
import { type Advisor, type Desk, type Mode, topicsOnOffer } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { isStandingKind } from '../../domain/notifications/kinds';
import type { ClientMailFacts } from '../../domain/notifications/mailFacts';
import type { MailText } from '../../domain/notifications/mailTexts';
import type { Mailbox } from '../../domain/notifications/message';
import type { LanguageTag } from '../../domain/text';
import type { CollectMailFacts, Occasion } from '../ports/mailWriter';

/** What a mail is made up for: a text of the desk, in a language, and who reads it. */
interface SampleOf {
  readonly desk: Desk;
  readonly mailText: MailText;
  readonly language: LanguageTag;
  readonly now: Instant;
  /** It makes the mail another one than the last. */
  readonly id: string;
  readonly to: Mailbox;
  readonly organizer: string;
  /** Whether it has the calendar entry that the real mail has. */
  readonly calendar: boolean;
}

/** Nobody is called so; it is written in all nine languages as it is here. */
export const SAMPLE_CLIENT: Mailbox = { name: 'Kim Probe', address: 'kim.probe@client.example' };
const SAMPLE_REFERENCE = 'K7MQ-4XWT';
const SAMPLE_ADVISOR: Advisor = {
  id: 'sample',
  name: 'Bo Muster',
  // No mail is collected for them.
  email: '',
  languages: [],
  topics: [],
  workingRules: [],
};
const SAMPLE_LINK = 'https://video.example/1';
const USUAL_MINUTES = 30;
const DAYS_AHEAD = 7;
/** Nobody has agreed on it; the desk words what stands around it. */
const SAMPLE_OUTCOME: NotedOutcome = {
  kind: 'done',
  nextSteps: [{ text: { de: '…' }, phraseId: null, due: null }],
  referral: null,
  group: null,
};

/** How the sample of a text differs from an appointment that a client has just booked. */
interface Scene {
  readonly type: Occasion['event']['type'];
  readonly by?: 'staff' | 'system';
  readonly mode?: Mode;
  readonly booking?: Partial<Booking>;
  readonly before?: Partial<Booking>;
  readonly asked?: boolean;
  readonly daysBefore?: number;
  /** It is for somebody who is advised, and not for who booked. */
  readonly person?: boolean;
}

const SCENES: Readonly<Record<string, Scene>> = {
  booked: { type: 'booked', mode: 'phone' },
  requested: { type: 'booked', booking: { status: 'requested' } },
  moved: { type: 'moved' },
  advisorChanged: { type: 'moved', booking: { tied: true } },
  corrected: { type: 'corrected', before: { mode: 'phone' } },
  video_link: {
    type: 'video_link_changed',
    mode: 'video',
    booking: { videoLink: SAMPLE_LINK },
    before: { videoLink: null },
  },
  cancelled: { type: 'cancelled', booking: { status: 'cancelled' } },
  restored: { type: 'restored', before: { status: 'cancelled' } },
  reminder: { type: 'reminder' },
  missed: { type: 'missed', booking: { status: 'no_show' } },
  next_steps: { type: 'next_steps', booking: { status: 'completed', outcome: SAMPLE_OUTCOME } },
  link: { type: 'link' },
  declined: { type: 'declined' },
  countered: { type: 'countered' },
  every: { type: 'booked' },
};

/** Where one text of a mail is found by another scene than its first sentence. */
const SCENES_OF_PARTS: Readonly<Record<string, Partial<Scene>>> = {
  'booked.introVisit': { mode: 'in_person' },
  'booked.introPerson': { mode: 'in_person', person: true },
  'reminder.introToday': { daysBefore: 0 },
  'moved.introByDesk': { by: 'staff' },
  'moved.introAsked': { by: 'staff', asked: true },
  'moved.otherTimes': { by: 'staff' },
  'cancelled.introByDesk': { by: 'staff' },
  'cancelled.otherTimes': { by: 'staff' },
  'cancelled.introLapsed': { by: 'system' },
  'video_link.introGone': { booking: { videoLink: null }, before: { videoLink: SAMPLE_LINK } },
  person: { person: true },
  undo: { type: 'cancelled', booking: { status: 'cancelled' } },
};

/** Returns the desk as it would be with this wording of a text. */
export function wordedDesk(
  desk: Desk,
  { key, language, wording }: { key: string; language: LanguageTag; wording: string | undefined },
): Desk {
  if (wording === undefined) return desk;
  return { ...desk, ownTexts: { ...desk.ownTexts, [key]: { ...desk.ownTexts?.[key], [language]: wording } } };
}

/**
 * Makes the facts of a mail in which the text stands, as if a client of the desk had booked, moved or cancelled: about
 * the desk's own first topic, a week from now. Nothing of it is stored.
 */
export function sampleFacts(collect: CollectMailFacts, sample: SampleOf): ClientMailFacts {
  const part = sample.mailText.key.replace(/^mail\./, '');
  const scene = { ...SCENES[sample.mailText.mail], ...SCENES_OF_PARTS[part] } as Scene;
  const collected = collect(occasionOf(scene, sample)).filter((facts) => facts.recipient === 'client');
  const facts = collected.find(({ person }) => (person !== undefined) === (scene.person ?? false));
  if (!facts) throw new DomainError('not-found');
  return facts;
}

function occasionOf(scene: Scene, sample: SampleOf): Occasion {
  const { desk, now, calendar } = sample;
  const booking = bookingOf(scene, sample);
  const zone = desk.hours.timeZone;
  const isRetimed = scene.type === 'moved' && !booking.tied;
  const time = isRetimed ? timeOn(addDays(localDate(now, zone), DAYS_AHEAD - 1), desk) : booking.time;
  const other = { ...(booking.tied && { advisorId: 'another' }), ...scene.before };
  const by = scene.by === 'staff' ? { kind: 'staff' as const, name: '' } : { kind: scene.by ?? ('client' as const) };
  const event =
    scene.type === 'reminder'
      ? { type: scene.type, daysBefore: scene.daysBefore ?? 2 }
      : isStandingKind(scene.type)
        ? { type: scene.type }
        : ({ type: scene.type, by, reason: null } as const);
  return {
    desk: { ...desk, advisors: [SAMPLE_ADVISOR] },
    booking,
    before: scene.type === 'booked' ? null : { ...booking, status: 'confirmed', time, ...other },
    event: event as Occasion['event'],
    calendar,
    now,
    ...(scene.type === 'link' && { ahead: [booking, { ...booking, time: later(booking.time, 1) }] }),
    ...((scene.by === 'staff' || scene.type === 'missed') && {
      freeTimes: [1, 2].map((days) => later(booking.time, days).start),
    }),
    ...(scene.asked && { askedUntil: booking.time.start - (booking.time.start - now) / 2 }),
  };
}

function bookingOf(scene: Scene, { desk, language, now, id, to, organizer }: SampleOf): Booking {
  const zone = desk.hours.timeZone;
  const [topic] = topicsOnOffer(desk);
  const time = timeOn(addDays(localDate(now, zone), DAYS_AHEAD), desk);
  const client = { name: to.name, email: to.address, phone: null, language };
  return {
    ...{ id, deskId: desk.id, reference: SAMPLE_REFERENCE, uid: id, organizer, status: 'confirmed' },
    ...{
      topicId: topic?.id ?? '',
      language,
      lateMinutes: null,
      alarmMinutes: null,
      follows: null,
      outcome: null,
      interpreting: null,
      mode: scene.mode ?? 'in_person',
    },
    ...{ advisorId: SAMPLE_ADVISOR.id, tied: false, urgent: false, time, videoLink: null, blockedUntil: time.end },
    ...{ source: 'web', sequence: 0, version: 1, createdAt: now, changedAt: now },
    // Whoever booked for somebody else has another address, and their mail is another one.
    client: scene.person ? { ...client, email: SAMPLE_CLIENT.address.replace('kim', 'booked') } : client,
    people: scene.person ? [{ name: to.name, email: to.address, language }] : [],
    ...{ attendees: 1, onBehalfOf: null, support: [], note: null, answers: {} },
    ...scene.booking,
  };
}

/** A consultation at ten in the morning; its length is that of the first topic. */
function timeOn(date: string, desk: Desk): Interval {
  const start = toInstant(date, '10:00', desk.hours.timeZone, 'rfc5545');
  return { start, end: start + (topicsOnOffer(desk)[0]?.durationMinutes ?? USUAL_MINUTES) * MINUTE };
}

function later({ start, end }: Interval, days: number): Interval {
  const by = days * 24 * 60 * MINUTE;
  return { start: start + by, end: end + by };
}
