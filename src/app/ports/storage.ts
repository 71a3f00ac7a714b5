import type { Instant } from '../../domain/calendar/interval';
import type { BookingStore } from './bookingStore';
import type { BusyCalendarStore } from './busyCalendars';
import type { CaseStore } from './cases';
import type { ChangeReader } from './deskChanges';
import type { DeskStore } from './deskStore';
import type { DeskTexts } from './deskTexts';
import type { FeedStore } from './feeds';
import type { FigureStore } from './figures';
import type { FreedPlaceStore } from './freedPlaces';
import type { HoursVersions } from './hoursVersions';
import type { IdempotencyKeys } from './idempotencyKeys';
import type { JobStore } from './jobStore';
import type { LinkKeys } from './linkKeys';
import type { MailboxStore } from './mailboxes';
import type { OpenStartsStore } from './openStarts';
import type { OperationStore } from './operations';
import type { Outbox } from './outbox';
import type { PlanStore } from './plans';
import type { QueueStore } from './queue';
import type { RateLimits } from './rateLimits';
import type { ReminderStore } from './reminders';
import type { ReplyStore } from './replies';
import type { RetentionStore } from './retention';
import type { DeskSnapshot } from './snapshot';
import type { StaffStore } from './staffStore';
import type { TaskStore } from './tasks';
import type { Trail } from './trail';
import type { UnmetDemand } from './unmetDemand';
import type { WaitingStore } from './waiting';
import type { WebhookStore } from './webhooks';

/** All stores of the program. */
export interface Stores {
  readonly desks: DeskStore;
  readonly texts: DeskTexts;
  readonly hoursVersions: HoursVersions;
  readonly bookings: BookingStore;
  readonly outbox: Outbox;
  readonly reminders: ReminderStore;
  readonly freedPlaces: FreedPlaceStore;
  readonly replies: ReplyStore;
  readonly mailboxes: MailboxStore;
  readonly tasks: TaskStore;
  readonly operations: OperationStore;
  readonly plans: PlanStore;
  readonly queue: QueueStore;
  readonly waiting: WaitingStore;
  readonly cases: CaseStore;
  readonly trail: Trail;
  readonly staff: StaffStore;
  readonly keys: IdempotencyKeys;
  readonly jobs: JobStore;
  readonly limits: RateLimits;
  readonly demand: UnmetDemand;
  readonly figures: FigureStore;
  readonly openStarts: OpenStartsStore;
  readonly retention: RetentionStore;
  readonly linkKeys: LinkKeys;
  readonly webhooks: WebhookStore;
  readonly feeds: FeedStore;
  readonly busyCalendars: BusyCalendarStore;
  /** What a search at the desk depends on. In a transaction: as the transaction sees it now, so it is asked for anew after each change. */
  readonly snapshot: (deskId: string) => Promise<DeskSnapshot>;
}

/**
 * Runs `work` in a transaction: all its changes are committed or none, and no other `write` runs at the same time. With
 * `desk`, only other writes at that desk are excluded, so that desks do not wait for one another if the database can
 * tell them apart. `work` may run again, and must only load, decide and save: it sends no mail, makes no HTTP request,
 * and uses only the stores that it is given.
 *
 * @throws DomainError `unavailable` if the database cannot be reached. If that happens during the commit, it is unknown
 *   whether the work was done, and a caller that repeats it needs an idempotency key.
 */
export type Write = <T>(work: (stores: Stores) => Promise<T>, at?: { readonly desk: string }) => Promise<T>;

/** The database. Its own stores are for reading; every change is made by `write` or `atomically`. */
export interface Storage extends Stores {
  /** Returns the snapshots of all desks, by id. It is the same array as long as they are the same objects. */
  snapshots(): Promise<readonly DeskSnapshot[]>;
  /** What was changed, for those who are told of it, see app/live. */
  readonly changes: ChangeReader;
  readonly write: Write;
  /**
   * Runs `work` in a transaction that excludes no other writes. It is for work that one statement decides, such as a
   * counter, a claim or a session. It waits for no other work, and no other waits for it.
   */
  readonly atomically: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>;
  /**
   * Returns by how many minutes clocks in `zone` are ahead of UTC at these instants, by the database's own time zone
   * data; each is null if the database does not know the zone. The result is null for a database without time zone
   * data, as SQLite.
   */
  zoneOffsets(zone: string, instants: readonly Instant[]): Promise<readonly (number | null)[] | null>;
  /** @throws if the database cannot be reached */
  ping(): Promise<void>;
  close(): Promise<void>;
}
