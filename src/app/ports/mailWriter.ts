import type { Booking, BookingEvent } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import type { StandingKind, WaitingMailKind } from '../../domain/notifications/kinds';
import type { AnyMailFacts, MailFacts, WaitingMailFacts } from '../../domain/notifications/mailFacts';
import type { Message } from '../../domain/notifications/message';
import type { WaitingEntry, WaitingOffer } from '../../domain/waiting/entry';

/**
 * The change that a mail tells of. `before` is the booking before the change, for `moved`, `cancelled` and `restored`.
 */
export interface Occasion {
  readonly desk: Desk;
  readonly booking: Booking;
  readonly before: Booking | null;
  readonly event:
    | Pick<BookingEvent, 'type' | 'by' | 'reason'>
    | { readonly type: Exclude<StandingKind, 'reminder'> }
    | { readonly type: 'reminder'; readonly daysBefore: number };
  /** `false` if the client's calendar has no entry of the booking. The notice then has no calendar part. */
  readonly calendar: boolean;
  readonly now: Instant;
  /** All future bookings of the client, the first of them `booking`, if one mail lists all their links. */
  readonly ahead?: readonly Booking[] | undefined;
  /** Other free starts, for a client whose booking the desk cancelled or moved. */
  readonly freeTimes?: readonly Instant[] | undefined;
  /** Until when the client is asked whether the new time fits; null: they are told, not asked. */
  readonly askedUntil?: Instant | null | undefined;
}

/**
 * Collects the facts of the mails about a change: the client's in the client's language, the advisors' in German. A
 * client without an address gets none. It is pure, synchronous and short, because it runs inside the booking's
 * transaction.
 *
 * @throws DomainError `invalid` for an address that is not exactly one plain mail address
 */
export type CollectMailFacts = (occasion: Occasion) => MailFacts[];

/** What somebody on the waiting list is told. */
export interface WaitingNotice {
  readonly desk: Desk;
  /** The entry as it is now. */
  readonly entry: WaitingEntry;
  readonly kind: WaitingMailKind;
  /** The start that is offered, was not taken or no longer takes place; null: the mail is about none. */
  readonly offer: WaitingOffer | null;
  readonly now: Instant;
}

/**
 * Collects the facts of a mail to somebody on the waiting list, in their language; null: they have no mail address. It
 * is as pure, synchronous and short as `CollectMailFacts`.
 */
export type CollectWaitingFacts = (notice: WaitingNotice) => WaitingMailFacts | null;

/** Writes a mail as it would be sent, to be looked at; its links lead to no booking. */
export type ShowMail = (facts: MailFacts) => Message;

/**
 * Writes the content of a mail (`WrittenMail.content`). The same facts give the same content, at any time and in any
 * process with the same texts and SECRET. Of a message that an earlier version has written, only the format is left to
 * do.
 */
export type WriteMail = (from: AnyMailFacts | Message) => string;
