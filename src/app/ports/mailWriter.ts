import type { Booking, BookingEvent } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import type { StandingKind } from '../../domain/notifications/kinds';
import type { Message } from '../../domain/notifications/message';

/**
 * The change that a mail tells of. `before` is the booking before the change, for `moved`, `cancelled` and `restored`.
 */
export interface Occasion {
  readonly desk: Desk;
  readonly booking: Booking;
  readonly before: Booking | null;
  readonly event: Pick<BookingEvent, 'type' | 'by' | 'reason'> | { readonly type: StandingKind };
  /** `false` if the client's calendar has no entry of the booking. The notice then has no calendar part. */
  readonly calendar: boolean;
  readonly now: Instant;
  /** All future bookings of the client, the first of them `booking`, if one mail lists all their links. */
  readonly ahead?: readonly Booking[] | undefined;
  /** Other free starts, for a client whose booking the desk cancelled or moved. */
  readonly freeTimes?: readonly Instant[] | undefined;
}

/**
 * Writes the mails about a change: the client's in the client's language, the advisors' in German. A client without an
 * address gets none. It is pure and synchronous, because it runs inside the booking's transaction.
 */
export type WriteMails = (occasion: Occasion) => Message[];
