import type { Instant } from '../../domain/calendar/interval';
import type { StaffUser } from './staffStore';

type Owner = Pick<StaffUser, 'id' | 'passwordHash'>;

/** Marks for browsers on which somebody has signed in: whoever has one is no stranger who guesses. */
export interface KnownDevices {
  /** A mark for this user, with their present password. Safe in a cookie; it has no `~`. */
  mark(user: Owner, at: Instant): string;
  /** When this mark was given to the user; undefined if it never was, or their password has changed since. */
  givenAt(mark: string, user: Owner): Instant | undefined;
}
