import type { Interpreters } from './booking/interpreting';
import type { Phrase } from './booking/phrases';
import type { Question } from './booking/questions';
import type { Hours, HoursRule, LocalDate } from './calendar/hours';
import type { Interval, Minutes } from './calendar/interval';
import type { CaseSettings } from './cases/settings';
import { inReadingOrder, type LanguageLevel } from './language';
import type { Legal } from './legal';
import type { Limits } from './limits';
import type { Reminder } from './notifications/reminders';
import type { Partner } from './partner';
import type { ServedPlace } from './servedPlace';
import type { FairRelease, FreedPlace } from './slots/fairRelease';
import type { LanguageTag, OwnTexts, Text } from './text';
import type { WaitingListSettings } from './waiting/settings';

/** How a consultation takes place. A topic's first mode is its default. */
export const MODES = ['in_person', 'phone', 'video'] as const;
export type Mode = (typeof MODES)[number];

/** Tells whether the client comes to the desk. Only then the number of attendees and what to bring matter. */
export function isVisit(mode: Mode): boolean {
  return mode === 'in_person';
}

/** Tells whether the advisor calls the client, so that a phone number is needed. */
export function isCall(mode: Mode): boolean {
  return mode === 'phone';
}

/** Tells whether both meet by a link, which the client has to be sent. */
export function isVideo(mode: Mode): boolean {
  return mode === 'video';
}

/** The subject of consultations, with what applies to each of them. */
export interface Topic {
  readonly id: string;
  readonly name: Text;
  /** One sentence of help, shown below the name. */
  readonly description: Text;
  /**
   * The topic's name in calendar entries and mail subjects, which delegates and lock screens show. Null: they do not
   * name the topic at all.
   */
  readonly neutralName: Text | null;
  /** The topic's name on the cards of the day board, where a line is narrow. Null: the name itself, cut off. */
  readonly shortName: Text | null;
  /** What clients say who need it, as they would put it: "I would like to work here". Null: its name. */
  readonly sentence: Text | null;
  /** The heading below which it stands where a desk has many topics; null: none. */
  readonly group: Text | null;
  /** It is for those who employ or support others: employers and relocation firms. */
  readonly forEmployers: boolean;
  /** By what else clients look for the topic, in whichever language: "Kita", "anaokulu". Nobody reads them. */
  readonly searchWords: readonly string[];
  readonly durationMinutes: Minutes;
  /** The advisor's time after the consultation, in which nothing else is booked. */
  readonly bufferMinutes: Minutes;
  readonly modes: readonly Mode[];
  /** What the client should bring who comes to the desk, one item per line. */
  readonly bring: Text | null;
  /** What the client should have at hand on the phone or by video, one item per line. */
  readonly haveReady: Text | null;
  /** The questions before the consultation, in the order of the form; may be empty. */
  readonly questions: readonly Question[];
  /** Next steps that are often agreed on, in the order in which advisors choose among them; may be empty. */
  readonly phrases: readonly Phrase[];
  /** Ids of the partners to which it leads on, also of those that are told no more; `partnersOf` leaves these out. */
  readonly partners: readonly string[];
  /** Null: the desk's value applies. */
  readonly leadTimeMinutes: Minutes | null;
  readonly leadTimeOpenMinutes: Minutes | null;
  readonly leadTimeWorkingDays: number | null;
  readonly horizonDays: number | null;
  /** How many persons who are named can be advised together, each with their own mails. */
  readonly maxPeople: number;
  /** The topic is not offered any more; it is kept for the bookings that refer to it. */
  readonly retired?: boolean;
}

/** Returns what the client should bring to the desk, or have at hand for another mode, an item a line; null: nothing. */
export function toBring({ bring, haveReady }: Pick<Topic, 'bring' | 'haveReady'>, mode: Mode): Text | null {
  return isVisit(mode) ? bring : haveReady;
}

/** A person who gives consultations, in these languages and on these topics. */
export interface Advisor {
  readonly id: string;
  readonly name: string;
  /** The address for copies to staff; clients never see it. */
  readonly email: string;
  readonly languages: readonly LanguageTag[];
  /** How well they speak some of them, for staff; absent: it is known of none. */
  readonly levels?: Readonly<Record<LanguageTag, LanguageLevel>>;
  /** Topic ids. */
  readonly topics: readonly string[];
  /** How they give consultations, for example not in person who works from home; absent: in all modes of a topic. */
  readonly modes?: readonly Mode[];
  /** Empty: works whenever the desk is open. */
  readonly workingRules: readonly HoursRule[];
  /** The link of their standing room for video consultations; absent: each booking needs its own link. */
  readonly videoLink?: string;
  /** Behind which door they are, as the waiting room's screen says it: "Zimmer 2"; absent: it says nothing. */
  readonly door?: string;
  /** The first day on which they give consultations, and the first on which they do no more; absent: unbounded. */
  readonly from?: LocalDate;
  readonly until?: LocalDate;
  /** The advisor has left. They cover no topic and never work, and are kept for the bookings that refer to them. */
  readonly retired?: boolean;
}

/** A time in which an advisor is away. It may overlap bookings, which stay until somebody moves them. */
export interface Absence {
  readonly id: string;
  readonly advisorId: string;
  readonly time: Interval;
  readonly reason: string | null;
  /** It comes from the advisor's own calendar, and was not entered here. */
  readonly isFromCalendar?: true;
}

/** How long a desk keeps personal data. Periods are elapsed time: a day is 24 hours. */
export interface Retention {
  /** The booking, from the end of the consultation; afterwards only a fact without a person remains. */
  readonly bookingDays: number;
  /**
   * The client's note and the reasons of changes, from the end of the consultation; the reason of an absence, from its
   * end. Each question sets how long its answers are kept.
   */
  readonly noteDays: number;
  /** A message, by mail or to a webhook, from when it was sent, withdrawn or given up. */
  readonly outboxDays: number;
  /** What was typed into a form that was never sent, from when its hold expired. */
  readonly draftHours: number;
  /** The answer to a request with an Idempotency-Key, from when it was given; longer than any client retries. */
  readonly keyHours: number;
  /** The counts of searches that found nothing, by language and topic, from the end of their week. */
  readonly demandDays: number;
}

/** The default for a desk's file that does not set retention. */
export const USUAL_RETENTION: Retention = {
  bookingDays: 30,
  noteDays: 7,
  outboxDays: 14,
  draftHours: 24,
  keyHours: 48,
  demandDays: 730,
};

/** The default of `fixedMinutes`: as long before the start as clients may still book. */
export const USUAL_FIXED_MINUTES: Minutes = 120;

/** The default of `mailGraceSeconds`: long enough to see a slip and undo it. */
export const USUAL_MAIL_GRACE_SECONDS = 60;

/**
 * Starts of each day that are kept for those who would otherwise come too late: for a language, a topic or urgent
 * matters, of which at least one is set. They are released automatically `releaseWorkingDays` open days of the desk
 * before the day; from then on anybody may book them.
 */
export interface Reserve {
  /** Null: any. */
  readonly language: LanguageTag | null;
  /** Null: any. */
  readonly topicId: string | null;
  /** Only for bookings that staff call urgent. */
  readonly urgent: boolean;
  readonly startsPerDay: number;
  /** 0: they are kept until the day itself begins. */
  readonly releaseWorkingDays: number;
}

export type Capacities = Readonly<Partial<Record<Mode, number>>>;

/** One service point with its own hours, topics, advisors, time zone and texts. */
export interface Desk {
  readonly id: string;
  readonly name: Text;
  /** What the desk is and for whom, for the start page: a headline and a short paragraph. */
  readonly headline: Text;
  /** Null: the usual paragraph of the pages. */
  readonly about: Text | null;
  readonly address: string;
  /** Which entrance, which floor, how to get there; null: the address says enough. */
  readonly directions: Text | null;
  /** Where those live or work for whom the desk is; empty: anywhere. */
  readonly places: readonly ServedPlace[];
  readonly phone: string;
  /**
   * The desk's mailbox, which receives replies. It also sends and invites, unless the operator configures another
   * sender.
   */
  readonly email: string;
  /** Whether clients can book who have no mail address: a phone number and the reference are enough then. */
  readonly withoutMail: boolean;
  readonly gridMinutes: Minutes;
  /** The shortest elapsed time between booking and start, for clients. */
  readonly leadTimeMinutes: Minutes;
  /** The shortest open time of the desk between booking and start; both must have passed. */
  readonly leadTimeOpenMinutes: Minutes;
  /** How many open days of the desk later the first day is that can be booked: 2 on Friday is Tuesday. 0: today is. */
  readonly leadTimeWorkingDays: number;
  /** How many days ahead clients can book; today + horizonDays is the last day. */
  readonly horizonDays: number;
  /** How often the public may do what. */
  readonly limits: Limits;
  readonly retention: Retention;
  readonly legal: Legal;
  /**
   * How long before the start the advisor of a consultation is fixed. Until then it may be given to another suitable
   * advisor to make room for one more, unless it is tied to a person.
   */
  readonly fixedMinutes: Minutes;
  /**
   * How long the mails about moves and cancellations by staff wait, so that one that is undone is mailed to nobody, and
   * several moves of one booking are one mail.
   */
  readonly mailGraceSeconds: number;
  /** Whether what is moved on the board is collected and saved together, instead of one by one at once. */
  readonly collectsMoves: boolean;
  /** Whether webhooks about bookings tell who the client is. */
  readonly clientDataInWebhooks: boolean;
  /** Whether the calendars to which staff subscribe may tell who comes. */
  readonly feedNames: boolean;
  /** When clients are reminded of their consultation; empty: never. */
  readonly reminders: readonly Reminder[];
  /** Whether a client who did not come is written to, with the next free starts. */
  readonly missedMail: boolean;
  /** How the public is shown what somebody gave back; null: at once. */
  readonly fairRelease: FairRelease | null;
  /** What it holds back; no file has it. Absent: nothing. */
  readonly freedPlaces?: readonly FreedPlace[];
  readonly waitingList: WaitingListSettings;
  /** How it accompanies clients over several meetings; null: it does not. */
  readonly cases: CaseSettings | null;
  /** Null: clients cannot ask for an interpreter. */
  readonly interpreters: Interpreters | null;
  /**
   * How many consultations of a mode can take place at the same time, for example because of rooms or video stations;
   * absent: as many as there are advisors.
   */
  readonly capacities: Capacities;
  readonly reserves: readonly Reserve[];
  readonly hours: Hours;
  /** What its manager words otherwise than the program does; no file has it. Absent: nothing. */
  readonly ownTexts?: OwnTexts;
  readonly topics: readonly Topic[];
  /** The places to which its consultations lead on. */
  readonly partners: readonly Partner[];
  readonly advisors: readonly Advisor[];
}

/** Returns the topics that can still be chosen, in the desk's order. */
export function topicsOnOffer({ topics }: Pick<Desk, 'topics'>): Topic[] {
  return topics.filter(({ retired }) => !retired);
}

/** Returns the languages that the desk's advisors speak: German and English first, then by tag. */
export function languagesOf(desk: Desk): LanguageTag[] {
  return inReadingOrder(desk.advisors.flatMap((advisor) => advisor.languages));
}
