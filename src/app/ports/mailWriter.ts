import type { Booking, BookingEvent } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import type { StandingKind } from '../../domain/notifications/kinds';
import type { Message } from '../../domain/notifications/message';

/** What a mail tells of. `before` is the booking as it was, for `moved`, `cancelled` and `restored`. */
export interface Occasion {
  readonly desk: Desk;
  readonly booking: Booking;
  readonly before: Booking | null;
  readonly event: Pick<BookingEvent, 'type' | 'by' | 'reason'> | { readonly type: StandingKind };
  /** False if the client's calendar never heard of the booking: then the notice goes without a calendar part. */
  readonly calendar: boolean;
  readonly now: Instant;
  /** All of the client's bookings ahead, with `booking` the first of them: their links in one mail. */
  readonly ahead?: readonly Booking[] | undefined;
  /** What else is free, for a client who has to do without what the desk cancelled or moved. */
  readonly freeTimes?: readonly Instant[] | undefined;
}

/**
 * Writes the mails for a change: the client's in the client's language, the advisors' copies in German.
 * Pure and synchronous, because it runs inside the booking's transaction. No client address: no client mail.
 */
export type WriteMails = (occasion: Occasion) => Message[];
