import type { Desk } from '../domain/desk';
import { ROLES, type Role } from '../domain/staff/roles';

/** A made-up user with a password that everybody knows, for databases without real people. */
export interface DemoAccount {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly role: Role;
  readonly deskId: string;
  readonly advisorId: string | null;
}

const MAILBOX: Record<Role, string> = {
  advisor: 'advisor',
  receptionist: 'reception',
  manager: 'manager',
  admin: 'admin',
};
const NAME: Record<Role, string> = {
  advisor: '',
  receptionist: 'Demo-Empfang',
  manager: 'Demo-Leitung',
  admin: 'Demo-Verwaltung',
};

/**
 * Makes one account for each role at each desk. The account with the role advisor belongs to the desk's first advisor.
 */
export function demoAccounts(desks: readonly Desk[]): DemoAccount[] {
  return desks.flatMap((desk) =>
    ROLES.flatMap((role) => {
      const advisor = role === 'advisor' ? desk.advisors[0] : undefined;
      if (role === 'advisor' && !advisor) return [];
      const mailbox = MAILBOX[role];
      return {
        email: `${mailbox}@${desk.id}.example`,
        password: `demo-${mailbox}-2026`,
        name: advisor?.name ?? NAME[role],
        role,
        deskId: desk.id,
        advisorId: advisor?.id ?? null,
      };
    }),
  );
}
