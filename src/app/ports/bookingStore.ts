import type { Booking, BookingEvent, Status } from '../../domain/booking/booking';
import type { Hold } from '../../domain/booking/hold';
import type { Instant, Interval } from '../../domain/calendar/interval';
import type { Origin, Width } from '../../domain/limits';
import type { Engagement } from '../../domain/slots/engagement';

/** A search for bookings. Every part narrows the result. The range is half-open and applies to starts. */
export interface BookingSearch {
  readonly deskId: string;
  /** Part of a name, mail address or reference, or the end of a phone number; spelling and case do not matter. */
  readonly text?: string | undefined;
  readonly range?: { readonly start?: Instant | undefined; readonly end?: Instant | undefined };
  readonly status?: Status | undefined;
  /**
   * Bookings that start at this instant or later come first, ascending; then the earlier ones, descending. If absent,
   * all are sorted by start, the latest first.
   */
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

/** A booking of another system, with its first event. */
export interface ImportedBooking {
  readonly booking: Booking;
  readonly tokenHash: string;
  /** Identifies the booking when the import is repeated; unique at the desk. */
  readonly importKey: string;
  readonly event: BookingEvent;
}

/**
 * Stores bookings and holds. test/contracts/bookingStore is the full meaning of this interface. Changes are made inside
 * `Storage.write`. The schema refuses two overlapping rows of one advisor (from `time.start` to `blockedUntil`), unless
 * one of them is cancelled or a lapsed hold.
 */
export interface BookingStore {
  find(id: string): Promise<Booking | undefined>;
  /**
   * @param tokenHash SHA-256 of the manage link's token, hex; the hash from before the last rotation of the secret
   *   finds the booking, too
   */
  findByToken(tokenHash: string): Promise<Booking | undefined>;
  findByReference(deskId: string, reference: string): Promise<Booking | undefined>;
  /** @param uid iCalendar's UID */
  findByUid(uid: string): Promise<Booking | undefined>;
  /** Returns the bookings that follow up this one, by start. */
  following(bookingId: string): Promise<Booking[]>;
  /**
   * Returns the first 200 bookings of the desk that started in `range` and were neither missed nor cancelled, have no outcome and no
   * follow-up, by start.
   */
  withoutOutcome(deskId: string, range: Interval): Promise<Booking[]>;
  /** Returns the desk's bookings that overlap `range`, including cancelled ones, by start. */
  within(deskId: string, range: Interval): Promise<Booking[]>;
  /**
   * Returns when each client among the desk's bookings that start in `range` was last checked in, by booking id; also
   * if that was undone.
   */
  checkIns(deskId: string, range: Interval): Promise<ReadonlyMap<string, Instant>>;
  /** Counts the desk's upcoming bookings (`isUpcoming`) by their start, ascending. */
  startsAhead(deskId: string, now: Instant): Promise<readonly { readonly start: Instant; readonly bookings: number }[]>;
  /** Returns a page of at most `limit` bookings, in the order that `nearestTo` states. */
  search(search: BookingSearch): Promise<BookingPage>;
  /** Counts a client's bookings at the desk, by `clientKey`, that are neither cancelled nor begun. */
  countAhead(deskId: string, key: string, now: Instant): Promise<number>;
  /** Returns the first `limit` bookings of a mail address (in any case) that `countAhead` counts, by start. */
  ahead(deskId: string, email: string, now: Instant, limit: number): Promise<Booking[]>;
  /** Returns the advisor's first upcoming booking (`UPCOMING`) that starts at `from` or later. */
  nextOf(deskId: string, advisorId: string, from: Instant): Promise<Booking | undefined>;
  /**
   * Returns the bookings of these clients, by `clientKey`, to which they have come: checked in or completed, and begun
   * before `before`. The latest come first.
   */
  visitsOf(deskId: string, keys: readonly string[], before: Instant, limit: number): Promise<Booking[]>;
  /** Returns the engagements of the desk's advisors that overlap `range`, without expired holds. */
  busy(deskId: string, range: Interval, now: Instant): Promise<readonly Engagement[]>;

  /** @throws DomainError `slot-unavailable` if the advisor is occupied at any moment of the booking */
  add(booking: Booking, tokenHash: string): Promise<void>;
  /** Turns a hold's row into the booking of the same id. @throws DomainError `slot-unavailable` */
  confirm(booking: Booking, tokenHash: string): Promise<void>;
  /** Saves a changed booking over the version before. @throws DomainError `slot-unavailable`, `version-moved-on` */
  save(booking: Booking): Promise<void>;

  /**
   * Changes several rows as one permutation. `work` may save each of them at the place of another, in any order and in
   * a circle, because the guard checks them only after `work`.
   *
   * @param ids bookings and holds, each once; other rows that are saved meanwhile are guarded as always
   * @throws DomainError `slot-unavailable` if an advisor is then occupied twice, or the error of `work`; the
   *   transaction must be rolled back
   */
  permute(ids: readonly string[], work: () => Promise<void>): Promise<void>;

  /** Returns the bookings of the desk that wait for an interpreter, by start. */
  requested(deskId: string): Promise<Booking[]>;

  /** Returns the next 200 video bookings of the desk that are not over and have no link of their own, by start. */
  withoutVideoLink(deskId: string, now: Instant): Promise<Booking[]>;

  /** Blanks all that is known of the client, and what was mailed; its link leads nowhere from then on. */
  erase(bookingId: string, now: Instant): Promise<void>;

  /** Adds an event. @param messages the number of messages queued with it, which `check` compares with the outbox */
  record(event: BookingEvent, messages: number): Promise<void>;
  /** Oldest first. */
  history(bookingId: string): Promise<BookingEvent[]>;

  /**
   * Stores the network from which a booking came, so that bookings can be counted and found by network. It is purged
   * after some days.
   */
  noteOrigin(booking: Pick<Booking, 'id' | 'deskId'>, origin: Origin, at: Instant): Promise<void>;
  /**
   * Returns when the `nth` last booking, of any status, came to the desk from a network; undefined: there are fewer.
   *
   * @param nth from 1, which is the last
   */
  lastBookedFrom(deskId: string, networkKey: string, nth: number): Promise<Instant | undefined>;
  /**
   * Returns the bookings that came from the same network as this one, at most `span` ms before or after it, in the
   * order in which they came. Only bookings that can be cancelled are returned, this one included. The result is empty
   * if its network is no longer known.
   */
  fromNetworkOf(bookingId: string, width: Width, span: number, limit: number): Promise<Booking[]>;

  /**
   * Adds many bookings of one desk, with their history and without messages.
   *
   * @throws DomainError `slot-unavailable` if the advisor of one is occupied, also by another of them; the transaction
   *   must be rolled back
   */
  addImported(deskId: string, imported: readonly ImportedBooking[]): Promise<void>;
  /** Returns those of the keys under which a booking was imported, whatever its status. */
  importedKeys(deskId: string, keys: readonly string[]): Promise<Set<string>>;
  /** Returns those of the references that are in use. */
  takenReferences(deskId: string, references: readonly string[]): Promise<Set<string>>;

  findHold(id: string): Promise<Hold | undefined>;
  /** Returns the browser's hold, live or lapsed. */
  findHoldOf(holder: string): Promise<Hold | undefined>;
  /** Returns the booking that this browser made last. */
  findBookingOf(holder: string): Promise<Booking | undefined>;
  /**
   * Returns when the live holds of a network at the desk end, ascending.
   *
   * @param except a hold that is about to be replaced
   */
  holdsFrom(deskId: string, network: Origin['networks'][number], now: Instant, except?: string): Promise<Instant[]>;
  /** Adds or replaces a hold. @throws DomainError `slot-unavailable` */
  saveHold(hold: Hold): Promise<void>;
  /** Stores what was typed, also in an expired hold. */
  saveDraft(holdId: string, draft: Hold['draft']): Promise<void>;
  removeHold(id: string): Promise<boolean>;
  /**
   * Frees the time of expired holds; their drafts stay. Every write that needs room calls it first. A hold that would
   * last far longer than any can was made before the clock was set back, and counts as expired, too.
   *
   * @param deskId limits it to one desk
   */
  lapseHolds(now: Instant, deskId?: string): Promise<void>;
}
