import type { Actor, Booking } from '../booking/booking';
import { stepIn } from '../booking/outcome';
import { videoLinkOf } from '../booking/videoLink';
import type { LocalDate } from '../calendar/hours';
import type { Instant, Interval, Minutes } from '../calendar/interval';
import { type Desk, isCall, type Mode, toBring } from '../desk';
import type { Partner } from '../partner';
import { inLanguage, type LanguageTag, linesOf } from '../text';
import type { WaitingOffer, WaitingState } from '../waiting/entry';
import { directionsOf } from '../wordableTexts';
import type { MessageKind, WaitingMailKind } from './kinds';
import type { Mailbox } from './message';
import type { AdvisorNotice, ClientNotice } from './policy';

/**
 * The number of the present shape of `MailFacts`. A change of the shape gets the next number, and the writer goes on
 * reading the shape before, because mails of it may still wait.
 */
export const MAIL_FACTS_SHAPE = 1;

/** What mails and calendar entries tell of a desk, with its texts in the reader's language. */
export interface DeskFacts {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** Entrance and way there; absent: the address says enough. */
  readonly directions?: readonly string[];
  readonly phone: string;
  /** IANA name of the zone in which all times of the mail are printed. */
  readonly timeZone: string;
}

/** What mails and calendar entries tell of a booking. It has nothing that the client wrote. */
export interface BookingFacts
  extends Pick<Booking, 'id' | 'uid' | 'reference' | 'sequence' | 'status' | 'time' | 'topicId' | 'language'> {
  readonly mode: Mode;
  readonly attendees: number;
  /** The topic in the reader's language; null: the desk does not know it any more. */
  readonly topic: { readonly name: string; readonly neutralName: string | null; readonly bring: string[] } | null;
  /** The advisor's name; null: the booking is promised to nobody. */
  readonly advisor: string | null;
  /** The client's language, if somebody interprets; absent: nobody has to. */
  readonly interpreted?: LanguageTag;
  /** See `Booking.alarmMinutes`; absent: not at all. */
  readonly alarmMinutes?: Minutes;
  /** See `videoLinkOf`. */
  readonly videoLink: string | null;
}

/** A further booking whose manage link the mail has. */
type ListedBooking = Pick<Booking, 'id' | 'reference' | 'time'>;

/** What all mails have in common. */
interface CommonFacts {
  readonly shape: typeof MAIL_FACTS_SHAPE;
  /**
   * A digest of the texts and templates of the program that collected the facts. The same facts make the same bytes as
   * long as these are the same, so it tells why two writings differ. Nothing is decided by it: after an update a
   * waiting mail is written with the new texts.
   */
  readonly texts: string;
  /** The language in which the mail is written. */
  readonly language: LanguageTag;
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly replyTo: Mailbox;
  readonly messageId: string;
  /** See `Message.thread`. */
  readonly thread: string | null;
  /** The time of the change, which is DTSTAMP. */
  readonly stamp: Instant;
  /** Where the program's pages were then; without a slash at its end. */
  readonly baseUrl: string;
  readonly desk: DeskFacts;
}

/** What the mails to clients and to advisors about a booking have in common. */
interface Facts extends CommonFacts {
  readonly kind: MessageKind;
  readonly booking: BookingFacts;
  /** The time before the change, if the booking was changed. */
  readonly before: Interval | null;
}

export interface ClientMailFacts extends Facts, Pick<ClientNotice, 'kind' | 'method' | 'sameTime'> {
  readonly recipient: 'client';
  /** Who made the change; null: the mail tells of none. */
  readonly by: Actor['kind'] | null;
  /** The reason of a change by the desk, as it was written; null for any other, whose reason is not in the mail. */
  readonly reason: string | null;
  /** The number at which the client is called; null unless they are. */
  readonly phone: string | null;
  /** See `Occasion.ahead`; empty unless there are several. */
  readonly ahead: readonly ListedBooking[];
  /** See `Occasion.freeTimes`. */
  readonly freeTimes: readonly Instant[];
  /** See `Occasion.askedUntil`; absent: the client is not asked. */
  readonly askedUntil?: Instant;
  /** How many days before the consultation it reminds; absent: it is no reminder. */
  readonly daysBefore?: number;
  /** What was agreed on, in the mail's language as far as it is there; absent: it is not about that. */
  readonly agreed?: AgreedFacts;
  /** It is about no booking, but tries the desk's words; absent: it is a real one. */
  readonly trial?: boolean;
  /** The desk's own texts of this mail in its language, by key; absent: the program's. */
  readonly own?: Readonly<Record<string, string>>;
  /**
   * Which of `Booking.people` it is for, counted from 1; absent: it is for the client. They are told the same, without
   * the link by which the client changes the booking.
   */
  readonly person?: number;
}

/** What was agreed on in a consultation. */
export interface AgreedFacts {
  readonly steps: readonly { readonly text: string; readonly language: LanguageTag; readonly due: LocalDate | null }[];
  /** To whom the client goes on; null: to nobody. */
  readonly partner: PartnerFacts | null;
}

/** What a mail tells of a partner; what is null is not told. */
interface PartnerFacts extends Pick<Partner, 'address' | 'phone' | 'email' | 'website' | 'bookingUrl' | 'bookingDesk'> {
  readonly name: string;
  readonly description: string;
  readonly hours: readonly string[];
  readonly bring: readonly string[];
}

export interface AdvisorMailFacts extends Facts, Pick<AdvisorNotice, 'kind' | 'words'> {
  readonly recipient: 'staff';
  /** The name of the client. */
  readonly client: string;
  /** `true` if the advisor changed only to make room for another booking. */
  readonly reassigned: boolean;
}

/** What somebody is told who waits until something becomes free. */
export interface WaitingMailFacts extends CommonFacts {
  readonly recipient: 'client';
  readonly kind: WaitingMailKind;
  readonly method: null;
  readonly waiting: {
    readonly entryId: string;
    readonly topicId: string;
    /** In the reader's language; null: the desk does not have it any more. */
    readonly topic: string | null;
    readonly languages: readonly LanguageTag[];
    readonly state: WaitingState;
    readonly deadline: LocalDate | null;
    /** The start that the mail is about, and until when it can be taken; null: none. */
    readonly offer: Pick<WaitingOffer, 'time' | 'language' | 'mode' | 'until'> | null;
    /** Whether a booking is to become earlier, which stays as it is until then. */
    readonly isForEarlier: boolean;
    /** Whether it has ended because all offers passed. */
    readonly isOutOfOffers: boolean;
  };
}

/**
 * All that one mail about a booking is written from, as it was in the transaction of the change that the mail tells of. It is stored as
 * JSON; the mail follows from it, the program's texts, and SECRET, from which manage links are made. So the mail can be
 * written later, and again after a crash, whatever has become of desk, booking and clock.
 */
export type MailFacts = ClientMailFacts | AdvisorMailFacts;

/** The facts of any mail. */
export type AnyMailFacts = MailFacts | WaitingMailFacts;

export function deskFacts(desk: Desk, language: LanguageTag): DeskFacts {
  const { id, address, phone, hours } = desk;
  const directions = directionsOf(desk);
  const found = directions && { directions: linesOf(inLanguage(directions, language)) };
  return { id, name: inLanguage(desk.name, language), address, ...found, phone, timeZone: hours.timeZone };
}

export function bookingFacts(booking: Booking, desk: Desk, language: LanguageTag): BookingFacts {
  const { id, uid, reference, sequence, status, time, topicId, mode, attendees, tied } = booking;
  const topic = desk.topics.find((each) => each.id === topicId);
  const advisor = tied ? desk.advisors.find((each) => each.id === booking.advisorId) : undefined;
  return {
    ...{ id, uid, reference, sequence, status, time, topicId, mode, attendees },
    language: booking.language,
    ...(booking.alarmMinutes !== null && { alarmMinutes: booking.alarmMinutes }),
    ...(booking.interpreting && { interpreted: booking.interpreting.language }),
    topic: topic
      ? {
          name: inLanguage(topic.name, language),
          neutralName: topic.neutralName && inLanguage(topic.neutralName, language),
          bring: linesOf(inLanguage(toBring(topic, mode) ?? {}, language)),
        }
      : null,
    advisor: advisor?.name ?? null,
    videoLink: videoLinkOf(booking, desk),
  };
}

/** Returns what was agreed on, for the mail that says it; undefined if there is no outcome. */
export function agreedFacts({ outcome }: Booking, desk: Desk, language: LanguageTag): AgreedFacts | undefined {
  if (outcome === null) return undefined;
  const partner = desk.partners.find(({ id }) => id === outcome.referral?.partnerId);
  return {
    steps: outcome.nextSteps.map((step) => ({ ...stepIn(step, language), due: step.due })),
    partner: partner ? partnerFacts(partner, language) : null,
  };
}

function partnerFacts(partner: Partner, language: LanguageTag): PartnerFacts {
  const { name, description, hours, bring, address, phone, email, website, bookingUrl, bookingDesk } = partner;
  return {
    ...{ name: inLanguage(name, language), description: inLanguage(description, language) },
    ...{ hours: linesOf(inLanguage(hours ?? {}, language)), bring: linesOf(inLanguage(bring ?? {}, language)) },
    ...{ address, phone, email, website, bookingUrl, bookingDesk },
  };
}

/** Returns the number at which the advisor calls the client; null if they meet in another way, or it is not known. */
export function phoneFact({ mode, client }: Booking): string | null {
  return isCall(mode) ? client.phone : null;
}

/** Returns the name under which the texts of a client's mail stand. */
export function wordsOf({
  kind,
  sameTime,
}: Pick<ClientMailFacts, 'kind' | 'sameTime'>): MessageKind | 'advisorChanged' {
  // The present invitation reads as the first one did.
  if (kind === 'invited_again') return 'booked';
  return kind === 'moved' && sameTime ? 'advisorChanged' : kind;
}

/** Tells whether the client's mail is about a cancellation or move by the desk, and not by the client. */
export function isChangedByDesk({ kind, by }: Pick<ClientMailFacts, 'kind' | 'by'>): boolean {
  return by === 'staff' && (kind === 'cancelled' || kind === 'moved');
}
