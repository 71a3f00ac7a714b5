import type { StaffUser } from '../ports/staffStore';
import type { Verdict } from './check';

/**
 * Whether accounts are left whose passwords everybody knows. In development they belong there, and are only counted; production lets nobody
 * in by them, but a copy of the database that is opened elsewhere would.
 */
export function noDemoUsers(users: readonly StaffUser[], { production }: { readonly production: boolean }): Verdict {
  const demo = users.filter((user) => user.demo);
  return {
    invariant: 'Nobody has a password that everybody knows',
    unit: 'users',
    looked: users.length,
    violations: production ? demo.map(({ email }) => `user ${email}: a demo account, see "user remove-demo"`) : [],
    remarks: { [`demo ${demo.length === 1 ? 'account' : 'accounts'}, for development`]: production ? 0 : demo.length },
  };
}
