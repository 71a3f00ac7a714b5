import type { z } from 'zod';
import type { ManageTokens } from '../../app/ports/manageTokens';
import type { Explanation } from '../../app/slots/explainSlots';
import type { Actor, Booking, BookingEvent } from '../../domain/booking/booking';
import type { Hold } from '../../domain/booking/hold';
import { clientsLanguage, type Interpreting } from '../../domain/booking/interpreting';
import { type NextStep, stepIn } from '../../domain/booking/outcome';
import { answeredFor, type Question, questionsFor } from '../../domain/booking/questions';
import { videoLinkOf } from '../../domain/booking/videoLink';
import type { Hours } from '../../domain/calendar/hours';
import type { Instant, Interval } from '../../domain/calendar/interval';
import type { KindDay } from '../../domain/calendar/windowKinds';
import { toIso } from '../../domain/calendar/zone';
import { type Desk, isVideo, languagesOf, topicsOnOffer } from '../../domain/desk';
import { memo } from '../../domain/memo';
import { languagesForTopic, modesForTopic } from '../../domain/offering';
import { type Partner, partnersOf, partnersTold } from '../../domain/partner';
import type { Slot } from '../../domain/slots/freeSlots';
import { aboutOf, directionsOf, headlineOf } from '../../domain/wordableTexts';
import { absolute, apiPaths, apiUrl, paths, url } from '../../paths';
import { ownName } from '../../presentation/format';
import { inClientLocales, type Texts } from '../../presentation/texts';
import type * as schema from './schemas';

export type Json<T extends z.ZodType> = z.output<T>;

/** Pure functions from the domain to the API's answers. Times are local times of the desk with their offset. */

export function deskJson(desk: Desk, texts: Texts): Json<typeof schema.Desk> {
  const { id, name, address, places, phone, email } = desk;
  return {
    id,
    name,
    headline: headlineOf(desk),
    about: aboutOf(desk, inClientLocales(texts, 'booking.start.about')),
    timeZone: desk.hours.timeZone,
    address,
    directions: directionsOf(desk),
    places: places.map(({ name, towns, postcodes }) => ({ name, towns: [...towns], postcodes: [...postcodes] })),
    phone,
    email,
    withoutMail: desk.withoutMail,
    languages: languagesOf(desk),
    languageNames: languagesOf(desk).map((tag) => ({ tag, name: ownName(tag) })),
    topics: topicsOnOffer(desk).map((topic) => ({
      id: topic.id,
      name: topic.name,
      description: topic.description,
      sentence: topic.sentence,
      group: topic.group,
      forEmployers: topic.forEmployers,
      durationMinutes: topic.durationMinutes,
      modes: modesForTopic(desk, topic),
      languages: languagesForTopic(desk, topic.id),
      bring: topic.bring,
      haveReady: topic.haveReady,
      questions: questionsFor(topic, 'client').map(questionJson),
      partners: partnersOf(desk, topic).map((partner) => partner.id),
    })),
    partners: partnersTold(desk).map(partnerJson),
  };
}

export function partnerJson({ retired: _, ...partner }: Partner): Json<typeof schema.Partner> {
  return partner;
}

export function questionJson({
  id,
  kind,
  label,
  hint,
  choices,
  required,
  max,
  keepDays,
}: Question): Json<typeof schema.Question> {
  return {
    id,
    kind,
    label,
    hint,
    ...(choices.length > 0 && { choices: choices.map((choice) => ({ id: choice.id, label: choice.label })) }),
    required,
    ...(max !== null && { max }),
    keepDays,
  };
}

export function explanationJson({ desk, first, binding, relaxed }: Explanation): Json<typeof schema.Explanation> {
  const { timeZone } = desk.hours;
  return {
    timeZone,
    first: first === null ? null : toIso(first, timeZone),
    binding,
    relaxed: relaxed.map((each) => {
      const start = toIso(each.start, timeZone);
      return each.by === 'desk'
        ? { by: each.by, start, desk: { id: each.desk.id, name: each.desk.name } }
        : { ...each, start };
    }),
  };
}

export function windowJson({ start, end }: Interval, zone: string): Json<typeof schema.Window> {
  return { start: toIso(start, zone), end: toIso(end, zone) };
}

export function dayJson(
  { date, windows, closed, reason }: KindDay,
  zone: string,
  texts: Texts,
): Json<typeof schema.Day> {
  const why = closed?.kind === 'no_rule' ? { ...closed, name: inClientLocales(texts, 'booking.hours.noRule') } : closed;
  const own = windows.map(({ kind, ...window }) => ({ ...windowJson(window, zone), ...(kind && { kind }) }));
  return { date, windows: own, closed: why, reason };
}

export function slotJson({ time, free }: Slot, zone: string): Json<typeof schema.Slot> {
  return { ...windowJson(time, zone), free };
}

/**
 * Returns `schema.Slots` as text. What does not change of a start is printed once, whatever is asked.
 *
 * @param slots all of the same length
 */
export function slotsText(slots: readonly Slot[], hours: Hours): string {
  const [first] = slots;
  const beginning = first && beginningsOf(`${first.time.end - first.time.start} ${hours.timeZone}`);
  const each = slots.map(({ time, free }) => `${beginning?.(time.start)}${free}}`);
  return `{"timeZone":${JSON.stringify(hours.timeZone)},"slots":[${each.join(',')}]}`;
}

/** The number of pairs of length and time zone, and of starts of each, whose JSON is remembered. */
const MAX_PRINTED_SHAPES = 50;
const MAX_PRINTED_STARTS = 5_000;

/** The JSON of `slotJson` up to the number of places, by length and time zone: many desks open at the same times. */
const beginningsOf = memo(MAX_PRINTED_SHAPES, (shape) => {
  const [length = '', timeZone = ''] = shape.split(' ');
  return memo(MAX_PRINTED_STARTS, (start: Instant) => {
    const time = { start, end: start + Number(length) };
    return `${JSON.stringify(windowJson(time, timeZone)).slice(0, -1)},"free":`;
  });
});

export function holdJson({ id, time, heldUntil }: Hold, zone: string): Json<typeof schema.Hold> {
  return { id, ...windowJson(time, zone), expiresAt: toIso(heldUntil, zone) };
}

/** Links that contain a booking's secret. */
export interface Links {
  readonly manage: (bookingId: string) => string;
  readonly api: (bookingId: string) => string;
}

/** Builds links from the configured base URL, never from the Host header. */
export function linksOf({ baseUrl, tokens }: { baseUrl: string; tokens: ManageTokens }): Links {
  return {
    manage: (id) => absolute(baseUrl, url(paths.manage, { token: tokens.tokenFor(id) })),
    api: (id) => absolute(baseUrl, apiUrl(apiPaths.booking, { manageToken: tokens.tokenFor(id) })),
  };
}

/**
 * Returns a booking for its client: with the manage link, and with the advisor only if the booking is tied to a person.
 */
export function bookingJson(booking: Booking, desk: Desk, links: Links): Json<typeof schema.Booking> {
  const advisor = booking.tied ? advisorOf(booking, desk) : null;
  const topic = desk.topics.find(({ id }) => id === booking.topicId);
  const answered = topic ? answeredFor('client', topic, booking.answers) : [];
  const answers = Object.fromEntries(answered.map(({ questionId, answer }) => [questionId, answer]));
  return {
    ...factsOf(booking, desk),
    advisor,
    manageUrl: links.manage(booking.id),
    ...(answered.length > 0 && { answers }),
    ...agreedJson(booking),
  };
}

/** Returns what was agreed on with the client, as far as anything was. */
function agreedJson({ outcome, client }: Booking) {
  const referredTo = outcome?.referral?.partnerId;
  return {
    ...(outcome &&
      outcome.nextSteps.length > 0 && { nextSteps: outcome.nextSteps.map((step) => stepJson(step, client)) }),
    ...(referredTo !== undefined && { referredTo }),
  };
}

function stepJson(step: NextStep, { language }: Pick<Booking['client'], 'language'>) {
  return { ...stepIn(step, language), due: step.due };
}

function outcomeJson({ outcome, client }: Booking, zone: string) {
  const referral = outcome?.referral ?? null;
  return {
    outcome: outcome?.kind ?? null,
    nextSteps: (outcome?.nextSteps ?? []).map((step) => ({ ...stepJson(step, client), phrase: step.phraseId })),
    referral: referral && { partner: referral.partnerId, consentedAt: toIso(referral.consentedAt, zone) },
    group: outcome?.group ?? null,
  };
}

/**
 * Returns a booking for staff, with everything that the client told, but without the manage link. Whoever has that link
 * acts as the client, and an advisor may only look at a colleague's booking.
 */
export function staffBookingJson(booking: Booking, desk: Desk): Json<typeof schema.StaffBooking> {
  const zone = desk.hours.timeZone;
  return {
    ...factsOf(booking, desk),
    advisor: advisorOf(booking, desk),
    source: booking.source,
    urgent: booking.urgent,
    onBehalfOf: booking.onBehalfOf,
    answers: { ...booking.answers },
    follows: booking.follows ?? null,
    ...outcomeJson(booking, zone),
    createdAt: toIso(booking.createdAt, zone),
    changedAt: toIso(booking.changedAt, zone),
  };
}

/** Returns who interprets between the client's language and the advisor's, or that somebody is looked for. */
function interpreterJson({ language }: Booking, { kind, name }: Interpreting) {
  return { kind, name, through: language };
}

/** Returns the facts that client and staff are both shown. */
function factsOf(booking: Booking, desk: Desk) {
  const { id, reference, status, mode, time, sequence, version, client, attendees, note } = booking;
  return {
    id,
    reference,
    desk: booking.deskId,
    status,
    topic: booking.topicId,
    language: clientsLanguage(booking),
    ...(booking.interpreting && { interpreter: interpreterJson(booking, booking.interpreting) }),
    mode,
    ...(isVideo(mode) && { videoLink: videoLinkOf(booking, desk) }),
    ...windowJson(time, desk.hours.timeZone),
    sequence,
    version,
    client: { name: client.name, email: client.email, phone: client.phone, language: client.language },
    attendees,
    note,
    support: [...booking.support],
    alarmMinutes: booking.alarmMinutes,
    people: booking.people.map(({ name, email, language }) => ({ name, email, language })),
  };
}

export function historyJson(history: readonly BookingEvent[], zone: string) {
  return history.map(({ type, at, by, reason, from }) => ({
    type,
    at: toIso(at, zone),
    by: actorJson(by),
    reason,
    from: from && { ...windowJson(from.time, zone), advisor: from.advisorId },
  }));
}

function advisorOf({ advisorId }: Booking, { advisors }: Desk) {
  return { id: advisorId, name: advisors.find(({ id }) => id === advisorId)?.name ?? advisorId };
}

export function actorJson(by: Actor) {
  return { kind: by.kind, name: by.kind === 'staff' ? by.name : null };
}
