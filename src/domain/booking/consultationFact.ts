import { daysBetween, localDate } from '../calendar/zone';
import type { Mode } from '../desk';
import type { LanguageTag } from '../text';
import type { Booking, Source, Status } from './booking';

/** What statistics may know of a consultation for good: codes and a month, no id, no name, no time of day. */
export interface ConsultationFact {
  readonly deskId: string;
  /** `YYYY-MM` at the desk. */
  readonly month: string;
  readonly topicId: string;
  readonly language: LanguageTag;
  readonly mode: Mode;
  readonly source: Source;
  /** The last that anybody noted: one that nobody closed stays `confirmed`. */
  readonly status: Status;
  readonly attendees: number;
  readonly onBehalf: boolean;
  /** Days of the desk's calendar from booking to consultation; 0 for one that was entered when it was over already. */
  readonly waitingDays: number;
}

/** The fact that stays of a booking. @param timeZone the desk's */
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
