import { DomainError } from '../../domain/errors';
import type { AppDeps } from '../deps';
import type { AccountChange, StaffUser } from '../ports/staffStore';

/** A changed account, and the number of sessions that were ended. */
export interface ChangedAccount {
  /** The account after the change. */
  readonly user: StaffUser;
  readonly endedSessions: number;
}

export type ChangeAccount = (
  email: string,
  /** @throws to refuse the change */
  decide: (user: StaffUser) => AccountChange,
) => Promise<ChangedAccount>;

/**
 * Changes the role, desk, advisor, password or lock of an account, and ends all its sessions in every process, because
 * they were opened with the old password or the old rights.
 *
 * @throws DomainError `not-found` if no account has that address
 */
export function changeAccount({ storage }: Pick<AppDeps, 'storage'>): ChangeAccount {
  return (email, decide) =>
    storage.write(async ({ staff }) => {
      const before = await staff.findUserByEmail(email);
      if (!before) throw new DomainError('not-found');
      const change = decide(before);
      await staff.changeUser(before.id, change);
      return { user: { ...before, ...change }, endedSessions: await staff.removeSessionsOf(before.id) };
    });
}

/**
 * Removes every demo user with their sessions. Demo bookings stay, because they cannot be told from others.
 *
 * @returns the removed users
 */
export function removeDemoUsers({ storage }: Pick<AppDeps, 'storage'>): () => Promise<StaffUser[]> {
  return () =>
    storage.write(async ({ staff }) => {
      const demo = (await staff.listUsers()).filter((user) => user.demo);
      for (const { id } of demo) await staff.removeUser(id);
      return demo;
    });
}
