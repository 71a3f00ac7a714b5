import type { Booking, BookingEvent, Status } from '../../domain/booking/booking';
import type { Hold } from '../../domain/booking/hold';
import type { Instant, Interval } from '../../domain/calendar/interval';
import type { Mode } from '../../domain/desk';
import type { Origin, Width } from '../../domain/limits';

/** A time in which an advisor is taken: booking or live hold, with its buffer. */
export interface DiaryEngagement {
  readonly id: string;
  readonly advisorId: string;
  readonly time: Interval;
  /** Without the buffer. */
  readonly consultation: Interval;
  readonly topicId: string;
  readonly language: string;
  readonly mode: Mode;
  /** Tied to nobody, and not begun. */
  readonly movable: boolean;
  readonly urgent: boolean;
  /** Of a hold: until then it keeps its slot. */
  readonly heldUntil: Instant | null;
}

/** What is searched for. Every part narrows the result; the range is half-open and about starts. */
export interface BookingSearch {
  readonly deskId: string;
  /** Part of a name, mail address or reference, or the end of a phone number; spelling and case do not matter. */
  readonly text?: string | undefined;
  readonly range?: { readonly start?: Instant | undefined; readonly end?: Instant | undefined };
  readonly status?: Status | undefined;
  /** Starts from there on come first, the nearest before the others; then the earlier ones, the latest first. Absent: all newest first. */
  readonly nearestTo?: Instant | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One page of a search. */
export interface BookingPage {
  readonly bookings: readonly Booking[];
  /** Opaque; null on the last page. */
  readonly next: string | null;
}

/** A booking that another system gave, with the first line of its history. */
export interface ImportedBooking {
  readonly booking: Booking;
  readonly tokenHash: string;
  /** Tells it again in the same import; unique at the desk. */
  readonly importKey: string;
  readonly event: BookingEvent;
}

/**
 * Where bookings and holds live. test/contracts/bookingStore is the full meaning of this interface.
 * Whoever changes anything does so inside `Storage.write`; the schema itself refuses an overlap of two rows of one advisor
 * (from `time.start` to `blockedUntil`), unless one of them is cancelled or a lapsed hold.
 */
export interface BookingStore {
  find(id: string): Promise<Booking | undefined>;
  /** @param tokenHash SHA-256 of the manage link's token, hex; also of the one that was its before the last rotation of the secret */
  findByToken(tokenHash: string): Promise<Booking | undefined>;
  findByReference(deskId: string, reference: string): Promise<Booking | undefined>;
  /** Bookings of the desk that touch `range`, cancelled ones too, by start. */
  within(deskId: string, range: Interval): Promise<Booking[]>;
  /** By start, in the order that is asked for, `limit` a page. */
  search(search: BookingSearch): Promise<BookingPage>;
  /** How many bookings at the desk this mail address (in any case) has ahead: neither cancelled nor begun. */
  countAhead(deskId: string, email: string, now: Instant): Promise<number>;
  /** The same bookings themselves, by start, the first `limit` of them. */
  ahead(deskId: string, email: string, now: Instant, limit: number): Promise<Booking[]>;
  /** What blocks the desk's advisors within `range`; holds that have run out do not. */
  busy(deskId: string, range: Interval, now: Instant): Promise<readonly DiaryEngagement[]>;

  /** @throws DomainError `slot-unavailable` if the advisor is taken at any moment of the booking */
  add(booking: Booking, tokenHash: string): Promise<void>;
  /** Turns a hold's row into the booking of the same id. @throws DomainError `slot-unavailable` */
  confirm(booking: Booking, tokenHash: string): Promise<void>;
  /** Saves a changed booking over the version before. @throws DomainError `slot-unavailable`, `version-moved-on` */
  save(booking: Booking): Promise<void>;

  /**
   * Changes several rows as one permutation: what `work` saves of them may go where another of them was, in any order and in a circle,
   * since the guard looks when all of it is done.
   *
   * @param ids bookings and holds, each once; whatever else is saved meanwhile is guarded as always
   * @throws DomainError `slot-unavailable` if an advisor is taken twice then, or whatever `work` throws: the transaction must not go on
   */
  permute(ids: readonly string[], work: () => Promise<void>): Promise<void>;

  /** Video bookings of the desk that are not over and have no link of their own, by start; the next 200 of them. */
  withoutVideoLink(deskId: string, now: Instant): Promise<Booking[]>;

  /** @param messages how many were queued with it: `check` compares that with the outbox */
  record(event: BookingEvent, messages: number): Promise<void>;
  /** Oldest first. */
  history(bookingId: string): Promise<BookingEvent[]>;

  /** Keeps from where a booking came, so that bookings can be counted and found by their network. It is forgotten after some days. */
  noteOrigin(booking: Pick<Booking, 'id' | 'deskId'>, origin: Origin, at: Instant): Promise<void>;
  /** When bookings came to the desk from a network after `since`, ascending: the last `most` of them, whatever became of them. */
  bookedFrom(deskId: string, networkKey: string, since: Instant, most: number): Promise<Instant[]>;
  /**
   * Bookings that came from the same network as this one, at most `span` ms before or after it, in the order in which they came: those
   * that can be cancelled, itself among them if it can. None where it is not known any more from where it came.
   */
  fromNetworkOf(bookingId: string, width: Width, span: number, limit: number): Promise<Booking[]>;

  /**
   * Adds many at once, with their history, and without messages. All are of one desk.
   *
   * @throws DomainError `slot-unavailable` if one of them finds its advisor taken, also by another of them: what was added before
   *   it must not be kept
   */
  addImported(deskId: string, imported: readonly ImportedBooking[]): Promise<void>;
  /** Those of the keys under which something was imported, whatever became of it. */
  importedKeys(deskId: string, keys: readonly string[]): Promise<Set<string>>;
  /** Those of the references that are given already. */
  takenReferences(deskId: string, references: readonly string[]): Promise<Set<string>>;

  findHold(id: string): Promise<Hold | undefined>;
  /** The browser's hold, live or lapsed. */
  findHoldOf(holder: string): Promise<Hold | undefined>;
  /** The booking that this browser made last. */
  findBookingOf(holder: string): Promise<Booking | undefined>;
  /**
   * When the live holds at the desk end that this network has, ascending.
   *
   * @param except a hold that is about to be replaced
   */
  holdsFrom(deskId: string, network: Origin['networks'][number], now: Instant, except?: string): Promise<Instant[]>;
  /** Adds or replaces. @throws DomainError `slot-unavailable` */
  saveHold(hold: Hold): Promise<void>;
  /** Keeps what was typed, also when the hold has run out. */
  saveDraft(holdId: string, draft: Hold['draft']): Promise<void>;
  removeHold(id: string): Promise<boolean>;
  /**
   * Frees the time of holds that have run out; their drafts stay. Runs at the head of every write that needs room. A hold that would
   * last far longer than any hold was made before the clock was set back, and has run out, too.
   *
   * @param deskId only that desk's
   */
  lapseHolds(now: Instant, deskId?: string): Promise<void>;
}
