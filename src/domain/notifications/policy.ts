import type { Booking, BookingEventType } from '../booking/booking';
import { videoLinkOf } from '../booking/videoLink';
import type { Desk } from '../desk';
import type { MessageKind } from './message';

/** What is told: a change of the booking, or its link once more. */
export type Told = BookingEventType | 'link';

/** A change, with all that decides who hears of it. */
export interface Telling {
  readonly type: Told;
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
  readonly method: 'REQUEST' | 'CANCEL' | null;
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
  const { type, booking, before, calendar } = telling;
  if (booking.client.email === null) return null;
  const method = calendar ? 'REQUEST' : null;
  switch (type) {
    case 'booked':
      return { kind: 'booked', method, sameTime: false };
    case 'moved': {
      const sameTime = before !== null && isSameTime(before, booking);
      if (sameTime && !booking.tied && !before.tied) return aboutLink(telling);
      return { kind: 'moved', method, sameTime };
    }
    case 'reassigned':
    case 'video_link_changed':
      return aboutLink(telling);
    case 'restored':
      return { kind: 'restored', method, sameTime: false };
    case 'cancelled':
      return { kind: 'cancelled', method: calendar ? 'CANCEL' : null, sameTime: false };
    case 'link':
      return { kind: 'link', method: null, sameTime: false };
    default:
      return null;
  }
}

function aboutLink(telling: Telling): ClientNotice | null {
  if (!changesVideoLink(telling)) return null;
  return { kind: 'video_link', method: telling.calendar ? 'REQUEST' : null, sameTime: true };
}

/** Whether client and advisor meet by another link now, or by none any more. */
export function changesVideoLink({ booking, before, desk }: Pick<Telling, 'booking' | 'before' | 'desk'>): boolean {
  return before !== null && videoLinkOf(before, desk) !== videoLinkOf(booking, desk);
}

/** What one advisor is told: `taken` and `handed_over` when the consultation went from one advisor to another. */
export interface AdvisorNotice {
  readonly advisorId: string;
  readonly what: 'booked' | 'moved' | 'cancelled' | 'restored' | 'taken' | 'handed_over' | 'video_link';
}

/** Which advisors get a copy, also of what they did themselves. */
export function advisorNotices({ type, booking, before }: Telling): AdvisorNotice[] {
  if (type === 'booked' || type === 'cancelled') return [{ advisorId: booking.advisorId, what: type }];
  if (type === 'video_link_changed') return [{ advisorId: booking.advisorId, what: 'video_link' }];
  // Who had it before was told that it is cancelled, and for them it is.
  if (type === 'restored')
    return [{ advisorId: booking.advisorId, what: before?.advisorId === booking.advisorId ? 'restored' : 'booked' }];
  if (type !== 'moved' && type !== 'reassigned') return [];
  if (!before || before.advisorId === booking.advisorId) return [{ advisorId: booking.advisorId, what: 'moved' }];
  return [
    { advisorId: booking.advisorId, what: 'taken' },
    { advisorId: before.advisorId, what: 'handed_over' },
  ];
}

function isSameTime(a: Booking, b: Booking): boolean {
  return a.time.start === b.time.start && a.time.end === b.time.end;
}
