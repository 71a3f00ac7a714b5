/** The roles of staff; `permissions.ts` says what each may do. */
export const ROLES = ['advisor', 'receptionist', 'manager', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** A person who is signed in, or a program with a token. */
export interface StaffMember {
  readonly kind: 'staff';
  readonly name: string;
  readonly role: Role;
  readonly deskId: string;
  /** The id of the advisor that the person is, if any. */
  readonly advisorId: string | null;
}
