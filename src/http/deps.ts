import type { Logger } from 'pino';
import type { ZoneFindings } from '../app/check/zoneData';
import type { DeskWatch } from '../app/live/watchDesks';
import type { Clock } from '../app/ports/clock';
import type { Ids } from '../app/ports/ids';
import type { KnownDevices } from '../app/ports/knownDevices';
import type { LimitKey } from '../app/ports/limitKeys';
import type { MailboxState } from '../app/ports/mailboxes';
import type { ManageTokens } from '../app/ports/manageTokens';
import type { Passwords } from '../app/ports/passwords';
import type { Sealer } from '../app/ports/sealer';
import type { Storage } from '../app/ports/storage';
import type { Turn } from '../app/ports/turn';
import type { App } from '../app/useCases';
import type { Booking } from '../domain/booking/booking';
import type { Desk } from '../domain/desk';
import type { Invitation } from '../domain/notifications/invitation';
import type { Texts } from '../presentation/texts';
import type { EventStreams } from './eventStreams';
import type { Measures } from './measures';

/** Everything that pages and API depend on. Each route names the part that it uses. */
export interface HttpDeps {
  readonly app: App;
  /** Only for reading; changes are made by use cases. Sessions are the exception, because they belong to HTTP. */
  readonly storage: Storage;
  readonly texts: Texts;
  readonly now: Clock;
  readonly ids: Ids;
  readonly turn: Turn;
  readonly tokens: ManageTokens;
  readonly limitKey: LimitKey;
  readonly devices: KnownDevices;
  readonly sealer: Sealer;
  readonly passwords: Passwords;
  readonly logger: Logger;
  readonly measures: Measures;
  readonly live: DeskWatch;
  readonly streams: EventStreams;
  /** A monotonic clock in milliseconds, for durations. */
  readonly elapsed: Clock;
  /** The future bookings about whose time the time zone data disagree, as of the last comparison. */
  readonly zoneData: () => ZoneFindings['disagreements'];
  /** Returns how far the mailbox was read; null: none is read. */
  readonly mailbox: () => Promise<MailboxState | null>;
  /** Aborted when the program begins to stop. */
  readonly stopping: AbortSignal;
  /** Returns a booking as an entry that its client adds to a calendar. */
  readonly calendarEntry: (desk: Desk, booking: Booking) => Invitation;
  /** Returns a booking as a complete calendar file (METHOD:PUBLISH). */
  readonly calendarFile: (desk: Desk, booking: Booking) => string;
  /** Without a slash at its end. Links in answers are built from it, never from the Host header. */
  readonly baseUrl: string;
  /** If true, everything for development is disabled. */
  readonly production: boolean;
}
