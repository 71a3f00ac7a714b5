import { DAY } from '../calendar/dates';
import type { LocalDate } from '../calendar/hours';
import type { Instant } from '../calendar/interval';
import { openingWindows } from '../calendar/openingHours';
import { dayInterval, localDate } from '../calendar/zone';
import type { Desk, Topic } from '../desk';
import { DomainError, type FieldError } from '../errors';
import { type Partner, partnersTold } from '../partner';
import { inLanguage, type LanguageTag, type Text, withoutVariant } from '../text';
import type { Booking, Status } from './booking';
import { type By, type Change, happened, notChangeable, touched } from './change';
import { clientsLanguage } from './interpreting';

/** How a consultation ended. `referred` names the partner; a follow-up is booked by a deed of its own. */
export const OUTCOMES = ['done', 'referred', 'follow_up_needed'] as const;
export type OutcomeKind = (typeof OUTCOMES)[number];

/** Who was advised, as coarsely as the figures tell; nothing that anybody could be found by. */
export const CLIENT_GROUPS = ['specialist', 'family', 'newcomer', 'employer', 'other'] as const;
export type ClientGroup = (typeof CLIENT_GROUPS)[number];

/** The greatest number of next steps; more are a case. */
export const MAX_NEXT_STEPS = 10;

/** What was agreed on. */
export interface NextStep {
  /** A phrase in all its languages, as it read when it was chosen; own words in the one language they were typed in. */
  readonly text: Text;
  /** The phrase of the topic; null: own words. */
  readonly phraseId: string | null;
  /** The last day on which it helps, at the desk; null: it has none. */
  readonly due: LocalDate | null;
}

/** The client goes on to a partner of the desk, with their consent. The partner is told nothing. */
interface Referral {
  readonly partnerId: string;
  readonly consentedAt: Instant;
}

/** What became of a consultation, as its advisor noted it. */
export interface NotedOutcome {
  readonly kind: OutcomeKind;
  readonly nextSteps: readonly NextStep[];
  readonly referral: Referral | null;
  readonly group: ClientGroup | null;
}

/** A next step as it comes from outside: a phrase of the topic, or own words in a language. */
export interface AskedStep {
  readonly phrase?: string | undefined;
  readonly text?: string | undefined;
  /** Of own words; absent: the client's language in the consultation. */
  readonly language?: LanguageTag | undefined;
  readonly due?: LocalDate | undefined;
}

/** An outcome as it comes from outside. */
export interface AskedOutcome {
  readonly kind: OutcomeKind;
  readonly nextSteps: readonly AskedStep[];
  /** The partner's id. That the client has consented was checked before. */
  readonly referral: string | null;
  readonly group: ClientGroup | null;
}

/**
 * Reads an outcome: phrases are looked up in the topic, and the partner in the desk's directory.
 *
 * @throws DomainError `invalid` for a phrase that the topic does not have, a day before the consultation, a partner that
 *   the desk does not have or tells no more, and a referral to nobody
 */
export function readOutcome(
  asked: AskedOutcome,
  { booking, desk, now }: { readonly booking: Booking; readonly desk: Desk; readonly now: Instant },
): NotedOutcome {
  const topic = desk.topics.find(({ id }) => id === booking.topicId);
  const errors = [
    ...asked.nextSteps.flatMap((step, i) => wrongInStep(step, { booking, desk, topic }, `/nextSteps/${i}`)),
    ...wrongReferral(asked, { booking, desk }),
  ];
  if (errors.length > 0) throw new DomainError('invalid', { errors });
  const before = booking.outcome?.referral;
  const consentedAt = before?.partnerId === asked.referral ? before?.consentedAt : undefined;
  return {
    kind: asked.kind,
    nextSteps: asked.nextSteps.map((step) => readStep(step, booking, topic)),
    referral: asked.referral === null ? null : { partnerId: asked.referral, consentedAt: consentedAt ?? now },
    group: asked.group,
  };
}

function wrongInStep(
  { phrase, due }: AskedStep,
  { booking, desk, topic }: { booking: Booking; desk: Desk; topic: Topic | undefined },
  at: string,
): FieldError[] {
  const isKnown = phrase === undefined || phraseText(phrase, booking, topic) !== undefined;
  const known = topic?.phrases.map(({ id }) => id).join(', ') || 'none';
  const day = localDate(booking.time.start, desk.hours.timeZone);
  return [
    ...(isKnown ? [] : [{ pointer: `${at}/phrase`, detail: `expected a phrase of the topic: ${known}` }]),
    ...(due !== undefined && due < day ? [{ pointer: `${at}/due`, detail: `expected ${day} or a later day` }] : []),
  ];
}

function wrongReferral(
  { kind, referral }: AskedOutcome,
  { booking, desk }: { booking: Booking; desk: Desk },
): FieldError[] {
  const at = '/referral/partner';
  if (referral === null)
    return kind === 'referred' ? [{ pointer: '/referral', detail: 'expected a partner of this desk' }] : [];
  if (referredTo({ desk, booking }).some(({ id }) => id === referral)) return [];
  const known = partnersTold(desk).map(({ id }) => id);
  return [{ pointer: at, detail: `expected a partner of this desk: ${known.join(', ') || 'it has none'}` }];
}

/** Returns the partners that a client can be referred to: those that are told, and the one that was named before. */
export function referredTo({ desk, booking }: { readonly desk: Desk; readonly booking: Booking }): Partner[] {
  const before = booking.outcome?.referral?.partnerId;
  return desk.partners.filter(({ id, retired }) => !retired || id === before);
}

function readStep(
  { phrase, text = '', language, due }: AskedStep,
  booking: Booking,
  topic: Topic | undefined,
): NextStep {
  const said = phrase === undefined ? undefined : phraseText(phrase, booking, topic);
  return {
    text: said ?? { [language ?? clientsLanguage(booking)]: text },
    phraseId: phrase ?? null,
    due: due ?? null,
  };
}

/** A phrase that was chosen before stays as it read then, also when the topic has it no longer. */
function phraseText(phrase: string, { outcome }: Booking, topic: Topic | undefined): Text | undefined {
  const before = outcome?.nextSteps.find(({ phraseId }) => phraseId === phrase);
  return before?.text ?? topic?.phrases.find(({ id }) => id === phrase)?.text;
}

/**
 * Notes what became of a consultation that took place, or corrects it, which is possible until the booking is deleted.
 * The same outcome again changes nothing. Reopening the booking (`reopen`) takes it back.
 *
 * @throws DomainError `booking-not-changeable` with `why`: `status`, unless it is completed
 */
export function noteOutcome(booking: Booking, outcome: NotedOutcome, by: By): Change {
  if (booking.status !== 'completed') throw notChangeable(booking, 'status');
  if (JSON.stringify(outcome) === JSON.stringify(booking.outcome)) return { booking, event: null };
  return { booking: touched({ ...booking, outcome }, by.now), event: happened('outcome_noted', booking, by) };
}

/** The statuses of a consultation that took place, or of which nobody said otherwise. */
export const HELD: readonly Status[] = ['confirmed', 'checked_in', 'completed'];

/**
 * Checks that a follow-up of the consultation can be booked: it has begun, and the client did not miss it.
 *
 * @throws DomainError `booking-not-changeable` with `why`: `status`, `not-started`
 */
export function assertFollowable(booking: Booking, now: Instant): void {
  if (!HELD.includes(booking.status)) throw notChangeable(booking, 'status');
  if (now < booking.time.start) throw notChangeable(booking, 'not-started');
}

/**
 * Tells whether the consultation has begun, and was neither missed nor cancelled: then it can have an outcome and a
 * follow-up.
 */
export function hasBegun({ status, time }: Pick<Booking, 'status' | 'time'>, now: Instant): boolean {
  return HELD.includes(status) && now >= time.start;
}

/** Tells whether the consultation is over, and nobody has said what became of it. */
export function lacksOutcome(
  { outcome, ...booking }: Pick<Booking, 'status' | 'time' | 'outcome'>,
  now: Instant,
): boolean {
  return outcome === null && now >= booking.time.end && hasBegun(booking, now);
}

/** For so long somebody is asked what became of a consultation; later hardly anybody remembers. */
export const OUTCOME_ASKED_DAYS = 7;

/** Returns from when on a missing outcome is a task for the desk: when the desk closes on that day. */
export function outcomeAskedFrom({ time }: Pick<Booking, 'time'>, { hours }: Pick<Desk, 'hours'>): Instant {
  const day = dayInterval(localDate(time.start, hours.timeZone), hours.timeZone);
  return Math.max(time.end, ...openingWindows(hours, day).map(({ end }) => end));
}

/** Returns until when it is asked for. */
export function outcomeAskedUntil({ time }: Pick<Booking, 'time'>): Instant {
  return time.start + OUTCOME_ASKED_DAYS * DAY;
}

/** Returns what a step says to a reader of the language, and in which language that is. */
export function stepIn(
  { text }: NextStep,
  language: LanguageTag,
): { readonly text: string; readonly language: string } {
  const said = inLanguage(text, language);
  const tags = [language, withoutVariant(language), ...Object.keys(text)];
  return { text: said, language: tags.find((tag) => text[tag] === said) ?? language };
}
