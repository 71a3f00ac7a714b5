/** What somebody of the staff is there for; `permissions.ts` says what each role may do. */
export const ROLES = ['advisor', 'receptionist', 'manager', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** A person who is signed in, or a program with a token. */
export interface StaffMember {
  readonly kind: 'staff';
  readonly name: string;
  readonly role: Role;
  readonly deskId: string;
  /** The advisor that they are, if any. */
  readonly advisorId: string | null;
}
