import type { Instant, Interval } from '../../domain/calendar/interval';

/** Remembers of which booking a client was reminded, so that no restart and no clock that is set back does it twice. */
export interface ReminderStore {
  /**
   * Returns the ids of the desk's confirmed bookings that start in `range`, were made before `madeBefore`, have a mail
   * address, and of which nobody was reminded by this reminder at their present start; by start.
   */
  missing(
    deskId: string,
    asked: { readonly range: Interval; readonly madeBefore: Instant; readonly daysBefore: number },
  ): Promise<string[]>;
  /** Notes that a reminder was queued. @returns false if it was noted before for the same start */
  note(reminded: {
    readonly bookingId: string;
    readonly start: Instant;
    readonly daysBefore: number;
    readonly at: Instant;
  }): Promise<boolean>;
}
