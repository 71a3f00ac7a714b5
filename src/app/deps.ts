import type { Desk } from '../domain/desk';
import type { UnmetLedger } from './demand/unmetLedger';
import type { CalendarReader } from './ports/calendarReader';
import type { Clock } from './ports/clock';
import type { Ids } from './ports/ids';
import type { CollectMailFacts, CollectWaitingFacts } from './ports/mailWriter';
import type { ManageTokens } from './ports/manageTokens';
import type { WebhookReceivers } from './ports/receivers';
import type { Sealer } from './ports/sealer';
import type { Storage } from './ports/storage';
import type { Turn } from './ports/turn';

/** Everything that the use cases need. Each states the part that it uses. */
export interface AppDeps {
  readonly storage: Storage;
  readonly now: Clock;
  readonly ids: Ids;
  readonly mailFacts: CollectMailFacts;
  /**
   * Returns the ORGANIZER address of new bookings at a desk. A booking keeps the address of the day on which it was
   * made.
   */
  readonly sender: (desk: Desk) => string;
  readonly tokens: ManageTokens;
  readonly turn: Turn;
  readonly unmet: UnmetLedger;
}

/** What the waiting list needs besides. */
export interface WaitingDeps {
  readonly waitingFacts: CollectWaitingFacts;
}

/** What calendars of staff need besides. */
export interface CalendarDeps {
  readonly sealer: Sealer;
  readonly calendars: CalendarReader;
}

/** What messages to other programs need besides. */
export interface WebhookDeps {
  readonly sealer: Sealer;
  readonly receivers: WebhookReceivers;
}
