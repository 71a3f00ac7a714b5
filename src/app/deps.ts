import type { Desk } from '../domain/desk';
import type { UnmetLedger } from './demand/unmetLedger';
import type { Clock } from './ports/clock';
import type { Ids } from './ports/ids';
import type { WriteMails } from './ports/mailWriter';
import type { ManageTokens } from './ports/manageTokens';
import type { Storage } from './ports/storage';
import type { Turn } from './ports/turn';

/** What the use cases need. Each names the part that it uses. */
export interface AppDeps {
  readonly storage: Storage;
  readonly now: Clock;
  readonly ids: Ids;
  readonly writeMails: WriteMails;
  /** The mail address that invites to what is booked at the desk now; the booking keeps it. */
  readonly sender: (desk: Desk) => string;
  readonly tokens: ManageTokens;
  readonly turn: Turn;
  readonly unmet: UnmetLedger;
}
