import type { Booking, BookingEventType } from '../booking/booking';
import { isReaddressed } from '../booking/details';
import { videoLinkOf } from '../booking/videoLink';
import type { Desk } from '../desk';
import { isStandingKind, type KindOfMessage, MESSAGE_KINDS, type MessageKind, type StandingKind } from './kinds';

/** A change, or a mail that is sent without one, with everything that decides who is told of it. */
export interface Telling {
  readonly type: BookingEventType | StandingKind;
  readonly booking: Booking;
  readonly desk: Pick<Desk, 'advisors'>;
  /** The booking before the change, for `moved`, `move_undone`, `reassigned`, `cancelled`, `restored` and `video_link_changed`. */
  readonly before: Booking | null;
  /**
   * Whether the client's mail gets its calendar part. It is false if their calendar has no entry of the booking that a
   * CANCEL could remove.
   */
  readonly calendar: boolean;
}

/** What the client is told; `sameTime`: only the advisor or the link has changed. */
export interface ClientNotice {
  readonly kind: MessageKind;
  readonly method: KindOfMessage['calendar'];
  readonly sameTime: boolean;
}

/**
 * Decides what the client is told; null: nothing. A reassignment concerns only bookings that are tied to nobody, so the
 * client is not told of it, unless both meet in the advisor's own video room.
 *
 * Another advisor at the same time matters only to a client who knew, or now learns, the advisor's name. The invitation
 * is then sent again with the same SEQUENCE, since nothing that RFC 5546 §2.1.4 lists has changed; calendars take it
 * for its later DTSTAMP.
 */
export function clientNotice(telling: Telling): ClientNotice | null {
  const { type, booking, before } = telling;
  if (booking.client.email === null) return null;
  if (isStandingKind(type)) return noticeOf(type, telling);
  switch (type) {
    case 'booked':
      return noticeOf(booking.status === 'requested' ? 'requested' : type, telling);
    case 'confirmed':
      return noticeOf('booked', telling);
    case 'restored':
    case 'cancelled':
      return noticeOf(type, telling);
    case 'moved':
    case 'move_undone': {
      const sameTime = before !== null && isSameTime(before, booking);
      if (sameTime && !booking.tied && !before.tied) return aboutLink(telling);
      return noticeOf('moved', telling, sameTime);
    }
    case 'corrected':
      return noticeOf(before && isReaddressed(before, booking) ? 'booked' : 'corrected', telling);
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

/** Tells whether the link by which client and advisor meet has changed or was removed. */
export function changesVideoLink({ booking, before, desk }: Pick<Telling, 'booking' | 'before' | 'desk'>): boolean {
  return before !== null && videoLinkOf(before, desk) !== videoLinkOf(booking, desk);
}

/** What one advisor is told. */
export interface AdvisorNotice {
  readonly advisorId: string;
  readonly kind: MessageKind;
  /** Selects the text; `taken` and `handed_over` when the consultation went from one advisor to another. */
  readonly words: MessageKind | 'taken' | 'handed_over' | 'confirmed';
}

/** Returns the advisors who get a copy, including those who made the change themselves. */
export function advisorNotices({ type, booking, before }: Telling): AdvisorNotice[] {
  const { advisorId } = booking;
  const wasTheirs = before?.advisorId === advisorId;
  if (isStandingKind(type)) return toStaff(type) ? [{ advisorId, kind: type, words: type }] : [];
  switch (type) {
    case 'booked':
      if (booking.status === 'requested') return [{ advisorId, kind: 'requested', words: 'requested' }];
      return [{ advisorId, kind: type, words: type }];
    case 'cancelled':
      return [{ advisorId, kind: type, words: type }];
    case 'confirmed':
      return [{ advisorId, kind: 'booked', words: 'confirmed' }];
    case 'video_link_changed':
      return [{ advisorId, kind: 'video_link', words: 'video_link' }];
    case 'restored':
      // An advisor who had the booking before was told of its cancellation, and needs no further mail.
      return [{ advisorId, kind: type, words: wasTheirs ? 'restored' : 'booked' }];
    case 'corrected':
      if (wasTheirs) return before.mode === booking.mode ? [] : [{ advisorId, kind: type, words: type }];
      return handedOver(advisorId, before);
    case 'moved':
    case 'move_undone':
    case 'reassigned':
      if (!before || wasTheirs) return [{ advisorId, kind: 'moved', words: 'moved' }];
      return handedOver(advisorId, before);
    default:
      return [];
  }
}

function handedOver(advisorId: string, before: Booking | null): AdvisorNotice[] {
  const to: AdvisorNotice[] = [{ advisorId, kind: 'moved', words: 'taken' }];
  return before ? [...to, { advisorId: before.advisorId, kind: 'moved', words: 'handed_over' }] : to;
}

function toStaff(kind: MessageKind): boolean {
  const { to }: KindOfMessage = MESSAGE_KINDS[kind];
  return to.includes('staff');
}

function isSameTime(a: Booking, b: Booking): boolean {
  return a.time.start === b.time.start && a.time.end === b.time.end;
}
