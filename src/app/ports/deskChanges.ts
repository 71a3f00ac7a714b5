import type { Instant } from '../../domain/calendar/interval';

/** How far somebody has been told of what changes at a desk. */
export interface ChangePosition {
  /** All events of the desk's bookings up to this id are told. */
  readonly event: number;
  /** All changes of its diaries, and of the desk itself, up to this revision are told. */
  readonly revision: number;
  /** A text that names the open tasks that are told; another one means that others are open. */
  readonly tasks: string;
  /** A text that names who waits, and in which state; another one means that the queue is another. */
  readonly queue: string;
}

/** A place on the desk's board. */
export interface Place {
  readonly start: Instant;
  readonly advisorId: string;
}

/** An event in the history of a booking, and where the booking is now, which may be after later events. */
export interface BookingChange {
  /** The id of the event. */
  readonly event: number;
  readonly bookingId: string;
  readonly version: number;
  readonly place: Place;
  /** Where it was before the event, if that has moved it. */
  readonly from: Place | null;
  readonly timeZone: string;
}

/** Whose diary was changed: by a booking, by a hold, or by data that were deleted. */
interface DiaryChange {
  /** Null: the desk itself was changed, its hours, absences, topics or advisors. */
  readonly advisorId: string | null;
  readonly revision: number;
}

/** What has changed at one desk. */
export interface DeskChanges {
  /** The last position. Its `event` is the last of any desk. */
  readonly now: ChangePosition;
  /** No event of this desk will be stored any more with this id or a lower one. */
  readonly settled: number;
  /** The changes of bookings are complete for whoever was told of all up to this event, or a later one. */
  readonly completeAfter: number;
  /** By event, ascending. */
  readonly bookings: readonly BookingChange[];
  readonly diaries: readonly DiaryChange[];
}

/** Reads what this process and all others have committed. */
export interface ChangeReader {
  /**
   * Returns what has changed at each of the desks since a position, by desk, with one statement for all of them. For
   * null it returns only the last position.
   */
  since(asked: ReadonlyMap<string, ChangePosition | null>): Promise<ReadonlyMap<string, DeskChanges>>;
}
