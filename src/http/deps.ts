import type { Logger } from 'pino';
import type { ZoneFindings } from '../app/check/zoneData';
import type { Clock } from '../app/ports/clock';
import type { Ids } from '../app/ports/ids';
import type { KnownDevices } from '../app/ports/knownDevices';
import type { LimitKey } from '../app/ports/limitKeys';
import type { ManageTokens } from '../app/ports/manageTokens';
import type { Passwords } from '../app/ports/passwords';
import type { Sealer } from '../app/ports/sealer';
import type { Storage } from '../app/ports/storage';
import type { Turn } from '../app/ports/turn';
import type { App } from '../app/useCases';
import type { Booking } from '../domain/booking/booking';
import type { Desk } from '../domain/desk';
import type { Texts } from '../presentation/texts';
import type { Measures } from './measures';

/** What pages and API stand on. Each route names the part that it uses. */
export interface HttpDeps {
  readonly app: App;
  /** For reading only; changes are use cases. Sessions are the exception: they are HTTP's own. */
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
  /** Milliseconds that only rise, for how long something took. */
  readonly elapsed: Clock;
  /** Where time zone data disagree about bookings ahead, as they were last compared. */
  readonly zoneData: () => ZoneFindings['disagreements'];
  /** Aborted when the program ends. */
  readonly stopping: AbortSignal;
  /** A booking as a file for a calendar, complete (METHOD:PUBLISH). */
  readonly calendarFile: (desk: Desk, booking: Booking) => string;
  /** Without a slash at its end; links in answers are built on it, never on the Host header. */
  readonly baseUrl: string;
  /** Then nothing is open that is for development. */
  readonly production: boolean;
}
