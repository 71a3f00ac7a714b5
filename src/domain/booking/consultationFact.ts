import { daysBetween, localDate } from '../calendar/zone';
import type { Mode } from '../desk';
import type { LanguageTag } from '../text';
import type { Booking, Source, Status } from './booking';

/**
 * What is stored of a consultation for statistics after the booking is deleted: codes and a month, but no id, name or
 * time of day.
 */
export interface ConsultationFact {
  readonly deskId: string;
  /** `YYYY-MM` in the desk's zone. */
  readonly month: string;
  readonly topicId: string;
  readonly language: LanguageTag;
  readonly mode: Mode;
  readonly source: Source;
  /** The last recorded status; a booking that nobody closed stays `confirmed`. */
  readonly status: Status;
  readonly attendees: number;
  readonly onBehalf: boolean;
  /** Days from booking to consultation in the desk's calendar; 0 if the booking was entered afterwards. */
  readonly waitingDays: number;
}

/** Returns the fact that remains of a booking. @param timeZone the desk's */
export function consultationFact(booking: Booking, timeZone: string): ConsultationFact {
  const day = localDate(booking.time.start, timeZone);
  return {
    deskId: booking.deskId,
    month: day.slice(0, 'YYYY-MM'.length),
    topicId: booking.topicId,
    language: booking.language,
    mode: booking.mode,
    source: booking.source,
    status: booking.status,
    attendees: booking.attendees,
    onBehalf: booking.onBehalfOf !== null,
    waitingDays: Math.max(0, daysBetween(localDate(booking.createdAt, timeZone), day)),
  };
}
