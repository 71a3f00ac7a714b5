import type { StaffUser } from '../ports/staffStore';
import type { Verdict } from './check';

/**
 * Checks that there are no demo users, whose passwords everybody knows. In development they are only counted.
 * Production does not let demo users sign in, but a copy of the database that is opened elsewhere would, so they are
 * violations there.
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
