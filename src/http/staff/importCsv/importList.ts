import type { DeskChange } from '../../../app/desks/changeDesk';
import type { IdempotencyKey } from '../../../app/idempotently';
import type { Desk } from '../../../domain/desk';
import type { Reader } from '../../../presentation/texts';
import type { SignedIn } from '../../middleware/staff';
import type { ChangedEntry } from './changes';

/** The CSV that somebody would import. */
interface PastedList {
  readonly who: SignedIn;
  readonly desk: Desk;
  readonly csv: string;
}

/** What an import changes, entry by entry, and what that does to bookings; texts do nothing to them. */
export interface ListChange {
  readonly entries: readonly ChangedEntry[];
  readonly change?: DeskChange | undefined;
  /** The versions of what it names, as they were read; null: it is new. */
  readonly versions: Versions;
}

export type Versions = ReadonlyMap<string, number | null>;

/** How an import is made; a dry run changes nothing. */
export interface How {
  readonly dryRun: boolean;
  readonly idempotency: IdempotencyKey | undefined;
  /** What was shown before; absent: nothing yet. A line without a version of its own counts as written for these. */
  readonly shown?: Versions | undefined;
}

/**
 * Imports a list, or tells what that would change.
 *
 * @throws DomainError `invalid` that points at lines and columns, `version-moved-on`, `forbidden`
 */
export type ImportList = (pasted: PastedList, how: How, reader: Reader) => Promise<ListChange>;
