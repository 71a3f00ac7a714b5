import type { Question } from './booking/questions';
import type { Hours, HoursRule, LocalDate } from './calendar/hours';
import type { Interval, Minutes } from './calendar/interval';
import { lookupLanguage } from './language';
import type { Limits } from './limits';
import { inLanguage, type LanguageTag, type Text } from './text';

/** Where a consultation takes place; a topic's first mode is the one that is meant if nobody says. */
export const MODES = ['in_person', 'phone', 'video'] as const;
export type Mode = (typeof MODES)[number];

/** Whether the client comes to the desk: only then it matters how many come, and what they bring. */
export function isVisit(mode: Mode): boolean {
  return mode === 'in_person';
}

/** Whether the advisor calls the client, and so has to know on which number. */
export function isCall(mode: Mode): boolean {
  return mode === 'phone';
}

/** Whether both meet by a link, which the client has to get. */
export function isVideo(mode: Mode): boolean {
  return mode === 'video';
}

/** What a consultation is about. */
export interface Topic {
  readonly id: string;
  readonly name: Text;
  /** One sentence of help below the name. */
  readonly description: Text;
  /**
   * What calendar entries and mail subjects call the topic: they are shared with delegates and shown on lock screens.
   * Absent: they do not name the topic at all.
   */
  readonly neutralName: Text | null;
  readonly durationMinutes: Minutes;
  /** Time for the advisor after the consultation; nothing else is booked in it. */
  readonly bufferMinutes: Minutes;
  readonly modes: readonly Mode[];
  /** What the client should bring, one item a line. */
  readonly bring: Text | null;
  /** What it asks before the consultation, in the order of the form; empty: nothing. */
  readonly questions: readonly Question[];
  /** Where they differ from the desk's. */
  readonly leadTimeMinutes: Minutes | null;
  readonly leadTimeOpenMinutes: Minutes | null;
  readonly horizonDays: number | null;
  /** It is offered no more, and stays for the bookings that are about it. */
  readonly retired?: boolean;
}

/** What the client should bring, one item each; nothing where nobody comes. */
export function toBring({ bring }: Pick<Topic, 'bring'>, mode: Mode, language: LanguageTag): string[] {
  if (bring === null || !isVisit(mode)) return [];
  return inLanguage(bring, language)
    .split('\n')
    .map((item) => item.trim())
    .filter(Boolean);
}

/** Who advises at the desk, in which languages and on which topics. */
export interface Advisor {
  readonly id: string;
  readonly name: string;
  /** For staff copies; never shown to clients. */
  readonly email: string;
  readonly languages: readonly LanguageTag[];
  /** Topic ids. */
  readonly topics: readonly string[];
  /** Empty: works whenever the desk is open. */
  readonly workingRules: readonly HoursRule[];
  /** Their standing room for video consultations; absent: each booking needs a link of its own. */
  readonly videoLink?: string;
  /** Has left, and stays for the bookings that are with them. Covers nothing, and never works. */
  readonly retired?: boolean;
}

/** Whether this advisor could ever take it: topic, language (null: any; else by lookup) and the wish for a person, whatever the time. */
export function canTake(
  advisor: Pick<Advisor, 'id' | 'languages' | 'topics'>,
  query: { topicId: string | null; language: LanguageTag | null; advisorId?: string | undefined },
): boolean {
  const { topicId, language, advisorId } = query;
  return (
    (topicId === null ? advisor.topics.length > 0 : advisor.topics.includes(topicId)) &&
    (language === null || lookupLanguage(advisor.languages, language) !== undefined) &&
    (advisorId === undefined || advisor.id === advisorId)
  );
}

/** A time in which an advisor is away; it may cover bookings, which stay until someone moves them. */
export interface Absence {
  readonly id: string;
  readonly advisorId: string;
  readonly time: Interval;
  readonly reason: string | null;
}

/** How long a desk keeps what it knows of people. Periods are elapsed time: a day is 24 hours. */
export interface Retention {
  /** From the end of the consultation; then a fact without a person is all that stays. */
  readonly bookingDays: number;
  /** From the end of the consultation, the client's note and the reasons of changes; each question says how long its answer stays. From the end of an absence, its reason. */
  readonly noteDays: number;
  /** From when a message was sent, withdrawn or given up: its words and its address. */
  readonly outboxDays: number;
  /** From when the hold ran out: what was typed in a form that nobody sent. */
  readonly draftHours: number;
  /** From when a request with an Idempotency-Key was answered: longer than any client tries again. */
  readonly keyHours: number;
  /** From the end of the week in which something was looked for in vain: how often, in which language, on which topic. */
  readonly demandDays: number;
}

/** For a desk that says nothing else. */
export const USUAL_RETENTION: Retention = {
  bookingDays: 30,
  noteDays: 7,
  outboxDays: 14,
  draftHours: 24,
  keyHours: 48,
  demandDays: 730,
};

/** How far the desk's pages are accessible, as its statement says (BGG NRW § 10b). */
interface Accessibility {
  readonly status: 'full' | 'partial' | 'none';
  /** When the statement was made, and when somebody looked at it last. */
  readonly made: LocalDate;
  readonly reviewed: LocalDate;
  /** How it was found out. Null: as the program's own pages say. */
  readonly tested: Text | null;
  /** What is missing besides what the program's own pages lack, why, and what there is instead; one thing a line. */
  readonly gaps: Text | null;
}

/** How to reach somebody by their office, never by their name. */
interface Office {
  readonly email: string;
  readonly phone: string | null;
  readonly address: string | null;
}

/** What a desk says of itself before the law. */
export interface Legal {
  /** The body that carries the desk, one line for each part of its name and address. Null: nobody but the desk is named. */
  readonly carrier: Text | null;
  readonly dataProtectionOfficer: Office | null;
  readonly accessibility: Accessibility;
}

/** For a desk that says nothing else: what those who make the program found when they looked at its pages last. */
export const USUAL_LEGAL: Legal = {
  carrier: null,
  dataProtectionOfficer: null,
  accessibility: { status: 'partial', made: '2026-11-28', reviewed: '2026-11-28', tested: null, gaps: null },
};

/** For a desk that says nothing else: as long before as clients may still book. */
export const USUAL_FIXED_MINUTES: Minutes = 120;

/**
 * What is kept for those who would come too late otherwise: so many starts of each day, for a language, a topic or urgent matters, at
 * least one of them. It is released by itself: from the day that lies `releaseWorkingDays` open days of the desk before, anybody may
 * have them.
 */
export interface Reserve {
  /** Null: any. */
  readonly language: LanguageTag | null;
  /** Null: any. */
  readonly topicId: string | null;
  /** Only for what staff call urgent. */
  readonly urgent: boolean;
  readonly startsPerDay: number;
  /** 0: it is kept until the day itself begins. */
  readonly releaseWorkingDays: number;
}

export type Capacities = Readonly<Partial<Record<Mode, number>>>;

/** One service point with its own hours, topics, advisors, time zone and texts. */
export interface Desk {
  readonly id: string;
  readonly name: Text;
  /** What it is and for whom, for the start page: a headline and a short paragraph. */
  readonly headline: Text;
  readonly about: Text;
  readonly address: string;
  readonly phone: string;
  /** The desk's one mailbox, where answers go; it also sends and invites, unless the operator names another sender. */
  readonly email: string;
  readonly gridMinutes: Minutes;
  /** The shortest time between booking and start, for clients. */
  readonly leadTimeMinutes: Minutes;
  /** And the shortest time of those in which the desk is open. */
  readonly leadTimeOpenMinutes: Minutes;
  /** How many days ahead clients can book: today + horizonDays is the last day. */
  readonly horizonDays: number;
  /** What the public may do how often. */
  readonly limits: Limits;
  readonly retention: Retention;
  readonly legal: Legal;
  /**
   * So long before its start a consultation keeps its advisor. Until then it may go to another who is suitable, unless it is tied to a
   * person, when that makes room for one more.
   */
  readonly fixedMinutes: Minutes;
  /** How many consultations of a mode can take place at the same time, such as rooms or video stations; absent: as many as advisors. */
  readonly capacities: Capacities;
  readonly reserves: readonly Reserve[];
  readonly hours: Hours;
  readonly topics: readonly Topic[];
  readonly advisors: readonly Advisor[];
}

/** The topics that somebody can still choose, in the desk's order. */
export function topicsOnOffer({ topics }: Pick<Desk, 'topics'>): Topic[] {
  return topics.filter(({ retired }) => !retired);
}

/** The languages that the desk's advisors speak between them, German and English first, then by tag. */
export function languagesOf(desk: Desk): LanguageTag[] {
  return inReadingOrder(desk.advisors.flatMap((advisor) => advisor.languages));
}

/** The languages in which at least one advisor covers the topic; order as `languagesOf`. */
export function languagesForTopic(desk: Desk, topicId: string): LanguageTag[] {
  return inReadingOrder(desk.advisors.filter((a) => a.topics.includes(topicId)).flatMap((a) => a.languages));
}

function inReadingOrder(tags: readonly LanguageTag[]): LanguageTag[] {
  const first = (tag: LanguageTag) => (tag === 'de' ? 0 : tag === 'en' ? 1 : 2);
  return [...new Set(tags)].sort((a, b) => first(a) - first(b) || (a < b ? -1 : 1));
}
