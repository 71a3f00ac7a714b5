import type { Instant } from '../../domain/calendar/interval';
import type { BusyCalendar } from '../../domain/calendars/busyCalendar';

/** Stores which calendars of their own advisors have entered. When they are busy by these stands in `DeskStore`. */
export interface BusyCalendarStore {
  find(deskId: string, advisorId: string): Promise<BusyCalendar | undefined>;
  /** Returns those that were last tried at `triedUntil` or before, the longest ago first. */
  due(triedUntil: Instant): Promise<BusyCalendar[]>;
  /** Returns those of all desks. */
  all(): Promise<BusyCalendar[]>;
  /** Enters the calendar, or replaces that of the same advisor. */
  put(calendar: BusyCalendar): Promise<void>;
  remove(deskId: string, advisorId: string): Promise<void>;
}
