import { DomainError } from '../../domain/errors';
import { UnusableDatabase } from '../unusable';

/** Whether another program has the lock that the statement needs. */
export function isBusy(error: unknown): boolean {
  return codeOf(error instanceof DomainError ? error.cause : error).startsWith('SQLITE_BUSY');
}

/** Runs the work, and tells the database's refusals in the words of the domain. */
export function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asRefusal(error);
  }
}

/** Returns the database's own refusals in the words of the domain; anything else stays a defect. */
export function asRefusal(error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'SQLITE_CONSTRAINT_TRIGGER' && String(error).includes('slot-unavailable'))
    return new DomainError('slot-unavailable');
  if (/^SQLITE_(BUSY|FULL|READONLY|IOERR|CANTOPEN|PROTOCOL)/.test(code))
    return new DomainError('unavailable', { database: code }, { cause: error });
  return error;
}

/** Recognises the error by its code. `instanceof` fails with two copies of the package: the native part they share throws the class of the first. */
function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}

/** Says that the file is damaged, and what to do. */
export function damaged(why: string): UnusableDatabase {
  return new UnusableDatabase(`The database is damaged (${why.replaceAll('\n', ' ')}). Restore a backup.`);
}

/** Tells a damaged file in words for the operator; anything else stays what it is. */
export function asUnusable(error: unknown): unknown {
  return codeOf(error).startsWith('SQLITE_CORRUPT') ? damaged((error as Error).message) : error;
}
