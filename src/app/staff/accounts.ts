import { DomainError } from '../../domain/errors';
import type { AppDeps } from '../deps';
import type { AccountChange, StaffUser } from '../ports/staffStore';

/** An account that was changed, and what that ended. */
export interface ChangedAccount {
  /** As it is now. */
  readonly user: StaffUser;
  readonly endedSessions: number;
}

export type ChangeAccount = (
  email: string,
  /** @throws whatever refuses the change */
  decide: (user: StaffUser) => AccountChange,
) => Promise<ChangedAccount>;

/**
 * Changes what somebody may do, or how they prove who they are. Every session that began before is over, in whichever process: it was opened
 * with the old password, or by somebody who may do something else now.
 *
 * @throws DomainError `not-found` if nobody has that address
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

/** Takes away every demo user with their sessions. Bookings of the demo stay: nothing tells them from others. @returns who they were */
export function removeDemoUsers({ storage }: Pick<AppDeps, 'storage'>): () => Promise<StaffUser[]> {
  return () =>
    storage.write(async ({ staff }) => {
      const demo = (await staff.listUsers()).filter((user) => user.demo);
      for (const { id } of demo) await staff.removeUser(id);
      return demo;
    });
}
