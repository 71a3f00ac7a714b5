import { DomainError } from '../../domain/errors';
import { UnusableDatabase } from '../unusable';

/** The connection cannot be used any more: the network failed, or the server shut down or is recovering. */
const BROKEN = /^(08|57P0|25P03|E(CONN|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN|NOTFOUND))/;
/** The server cannot just now: full, out of memory, cancelled, a lock not got in time, a standby after failover, a disk fault. */
const UNABLE = /^(53|57014|55P03|25006|58|XX00[12])/;
/** What PostgreSQL cannot store and no other check has refused: NUL in a text, a number out of range. */
const NO_VALUE = /^22/;
const EXCLUSION_VIOLATION = '23P01';

/** Returns the database's own refusals in the words of the domain; anything else stays a defect. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const code = codeOf(error);
  if (code === EXCLUSION_VIOLATION) return new DomainError('slot-unavailable');
  const broken = BROKEN.test(code) || (code === '' && isConnectionGone(error));
  if (broken || UNABLE.test(code))
    return new DomainError('unavailable', { database: code || 'connection lost', broken }, { cause: error });
  if (NO_VALUE.test(code)) return new DomainError('invalid', { reason: 'a value that cannot be stored' });
  return error;
}

/** Tells whether the database cannot be asked just now. */
export function isUnavailable(error: unknown): error is DomainError {
  return error instanceof DomainError && error.code === 'unavailable';
}

/** Tells whether the connection is gone, and a transaction on it with all that was done in it. */
export function isBroken(error: unknown): boolean {
  return isUnavailable(error) && error.details.broken === true;
}

/** Errors of `pg` that have a message and no code. */
function isConnectionGone(error: unknown): boolean {
  return /connection terminated|connection error|not queryable|timeout exceeded|after calling end/i.test(String(error));
}

export function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

const INSUFFICIENT_PRIVILEGE = '42501';

/** Since PostgreSQL 15 a user who does not own the database may make no tables in it. */
export function asUnusable(error: unknown): unknown {
  if (codeOf(error) !== INSUFFICIENT_PRIVILEGE) return error;
  return new UnusableDatabase(
    `The database refuses this user: ${(error as Error).message}. Let the user own the database.`,
  );
}
