import type { Booking, BookingEventType } from '../booking/booking';
import { videoLinkOf } from '../booking/videoLink';
import type { Desk } from '../desk';
import { isStandingKind, type KindOfMessage, MESSAGE_KINDS, type MessageKind, type StandingKind } from './kinds';

/** A change, or a mail about the booking as it is, with all that decides who hears of it. */
export interface Telling {
  readonly type: BookingEventType | StandingKind;
  readonly booking: Booking;
  readonly desk: Pick<Desk, 'advisors'>;
  /** The booking as it was, for `moved`, `reassigned`, `cancelled`, `restored` and `video_link_changed`. */
  readonly before: Booking | null;
  /** Whether the client's calendar knows of the booking. */
  readonly calendar: boolean;
}

/** What the client is told; `sameTime`: only the person has changed, or the link. */
export interface ClientNotice {
  readonly kind: MessageKind;
  readonly method: KindOfMessage['calendar'];
  readonly sameTime: boolean;
}

/**
 * What the client hears of it; null: nothing. Only who is tied to nobody is reassigned, so that is nothing to tell, unless both meet in the
 * advisor's own video room.
 *
 * Another advisor at the same time concerns only a client who knows, or now learns, the advisor's name. The invitation then
 * goes out again with the same SEQUENCE, since nothing that RFC 5546 §2.1.4 lists has changed; its later DTSTAMP counts.
 */
export function clientNotice(telling: Telling): ClientNotice | null {
  const { type, booking, before } = telling;
  if (booking.client.email === null) return null;
  if (isStandingKind(type)) return noticeOf(type, telling);
  switch (type) {
    case 'booked':
    case 'restored':
    case 'cancelled':
      return noticeOf(type, telling);
    case 'moved': {
      const sameTime = before !== null && isSameTime(before, booking);
      if (sameTime && !booking.tied && !before.tied) return aboutLink(telling);
      return noticeOf('moved', telling, sameTime);
    }
    case 'reassigned':
    case 'video_link_changed':
      return aboutLink(telling);
    default:
      return null;
  }
}

function aboutLink(telling: Telling): ClientNotice | null {
  return changesVideoLink(telling) ? noticeOf('video_link', telling, true) : null;
}

function noticeOf(kind: MessageKind, { calendar }: Telling, sameTime = false): ClientNotice | null {
  const row: KindOfMessage = MESSAGE_KINDS[kind];
  return row.to.includes('client') ? { kind, method: calendar ? row.calendar : null, sameTime } : null;
}

/** Whether client and advisor meet by another link now, or by none any more. */
export function changesVideoLink({ booking, before, desk }: Pick<Telling, 'booking' | 'before' | 'desk'>): boolean {
  return before !== null && videoLinkOf(before, desk) !== videoLinkOf(booking, desk);
}

/** What one advisor is told. */
export interface AdvisorNotice {
  readonly advisorId: string;
  readonly kind: MessageKind;
  /** In which words; `taken` and `handed_over` when the consultation went from one advisor to another. */
  readonly words: MessageKind | 'taken' | 'handed_over';
}

/** Which advisors get a copy, also of what they did themselves. */
export function advisorNotices({ type, booking, before }: Telling): AdvisorNotice[] {
  const { advisorId } = booking;
  const wasTheirs = before?.advisorId === advisorId;
  if (isStandingKind(type)) return toStaff(type) ? [{ advisorId, kind: type, words: type }] : [];
  switch (type) {
    case 'booked':
    case 'cancelled':
      return [{ advisorId, kind: type, words: type }];
    case 'video_link_changed':
      return [{ advisorId, kind: 'video_link', words: 'video_link' }];
    case 'restored':
      // Who had it before was told that it is cancelled, and for them it is.
      return [{ advisorId, kind: type, words: wasTheirs ? 'restored' : 'booked' }];
    case 'moved':
    case 'reassigned':
      if (!before || wasTheirs) return [{ advisorId, kind: 'moved', words: 'moved' }];
      return [
        { advisorId, kind: 'moved', words: 'taken' },
        { advisorId: before.advisorId, kind: 'moved', words: 'handed_over' },
      ];
    default:
      return [];
  }
}

function toStaff(kind: MessageKind): boolean {
  const { to }: KindOfMessage = MESSAGE_KINDS[kind];
  return to.includes('staff');
}

function isSameTime(a: Booking, b: Booking): boolean {
  return a.time.start === b.time.start && a.time.end === b.time.end;
}
