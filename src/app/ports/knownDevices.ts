import type { Instant } from '../../domain/calendar/interval';
import type { StaffUser } from './staffStore';

type Owner = Pick<StaffUser, 'id' | 'passwordHash'>;

/**
 * Makes and checks marks for browsers on which a user has signed in, so that limits against guessing do not lock these
 * out.
 */
export interface KnownDevices {
  /** Makes a mark for a user with their present password. It is safe in a cookie and contains no `~`. */
  mark(user: Owner, at: Instant): string;
  /**
   * Returns when this mark was given to the user; undefined if it never was, or if their password has changed since.
   */
  givenAt(mark: string, user: Owner): Instant | undefined;
}
