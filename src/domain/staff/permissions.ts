import type { Role } from './roles';

/** What a role can be allowed. At its own desk, but for `see-all-desks`, which makes every desk its own. */
export type Permission =
  | 'see-desk'
  | 'see-all-desks'
  /** Bookings with the advisor that they are; also to book for themselves. */
  | 'change-own-bookings'
  | 'change-all-bookings'
  /** Many bookings at once that somebody made without meaning them. */
  | 'cancel-false-bookings'
  | 'change-own-absences'
  | 'change-all-absences'
  | 'change-hours';

const RECEPTION: readonly Permission[] = ['see-desk', 'change-all-bookings', 'cancel-false-bookings'];
const MANAGEMENT: readonly Permission[] = [...RECEPTION, 'change-all-absences', 'change-hours'];

/** All that each role may do; what does not stand here is refused. `Record` makes the compiler ask for the row of a new role. */
const PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  advisor: new Set<Permission>(['see-desk', 'change-own-bookings', 'change-own-absences']),
  receptionist: new Set(RECEPTION),
  manager: new Set(MANAGEMENT),
  admin: new Set<Permission>([...MANAGEMENT, 'see-all-desks']),
};

/** Whether the role has the permission. A role without a row, as a newer program may have written it into the database, has none. */
export function isPermitted(role: Role, permission: Permission): boolean {
  return Object.hasOwn(PERMISSIONS, role) && PERMISSIONS[role].has(permission);
}
