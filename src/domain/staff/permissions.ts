import type { Role } from './roles';

/** What a role can be allowed to do at its own desk. With `see-all-desks` every desk is its own. */
export type Permission =
  | 'see-desk'
  | 'see-all-desks'
  /** Changing the bookings with the advisor that they are, and booking for that advisor. */
  | 'change-own-bookings'
  | 'change-all-bookings'
  /** Putting people into the queue, and calling them. */
  | 'serve-queue'
  /** Cancelling many false bookings at once. */
  | 'cancel-false-bookings'
  | 'change-own-absences'
  /** Planning what becomes of bookings while people are away, and entering that. */
  | 'plan-absences'
  | 'change-all-absences'
  | 'change-hours'
  /** Wording what clients read in mails. */
  | 'change-texts'
  /** Topics, questions, partners, advisors, reserves and rooms. */
  | 'change-desk-data'
  /** Letting other programs be told what happens at the desk. */
  | 'keep-webhooks'
  /** Addresses at which calendar programs read who comes when: the advisor's own; those of everybody. */
  | 'keep-own-feeds'
  | 'keep-feeds'
  /** Beginning cases, and reading and changing those whose advisor they are. */
  | 'keep-own-cases'
  /** The numbers of what the desk does, in which nobody can be found. */
  | 'see-figures';

const RECEPTION: readonly Permission[] = [
  'see-desk',
  'change-all-bookings',
  'serve-queue',
  'cancel-false-bookings',
  'plan-absences',
  'keep-feeds',
];
const MANAGEMENT: readonly Permission[] = [
  ...RECEPTION,
  'change-all-absences',
  'change-hours',
  'change-texts',
  'change-desk-data',
  'keep-webhooks',
  'see-figures',
];

/**
 * Everything that each role may do; anything else is refused. `Record` makes the compiler ask for the row of a new
 * role.
 */
const PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  advisor: new Set<Permission>([
    'see-desk',
    'change-own-bookings',
    'serve-queue',
    'change-own-absences',
    'keep-own-feeds',
    'keep-own-cases',
  ]),
  receptionist: new Set(RECEPTION),
  manager: new Set(MANAGEMENT),
  admin: new Set<Permission>([...MANAGEMENT, 'see-all-desks']),
};

/**
 * Tells whether the role has the permission. A role without a row has none; a newer version of the program may have
 * written such a role into the database.
 */
export function isPermitted(role: Role, permission: Permission): boolean {
  return Object.hasOwn(PERMISSIONS, role) && PERMISSIONS[role].has(permission);
}
