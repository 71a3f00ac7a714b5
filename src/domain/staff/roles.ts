import type { Booking } from '../booking/booking';
import { isPermitted } from './permissions';

/** What somebody of the staff is there for; `permissions.ts` says what each may do. */
export const ROLES = ['advisor', 'receptionist', 'manager', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who acts: a signed-in person or a program with a token. */
export interface StaffMember {
  readonly name: string;
  readonly role: Role;
  readonly deskId: string;
  /** The advisor that they are, if any. */
  readonly advisorId: string | null;
}

/** A role sees only its own desk; an admin sees all. */
export function seesDesk({ role, deskId: own }: StaffMember, deskId: string): boolean {
  return isPermitted(role, 'see-all-desks') || (own === deskId && isPermitted(role, 'see-desk'));
}

/** Advisors change their own bookings, reception and managers all of the desk's. */
export function mayChangeBooking(
  who: StaffMember,
  { deskId, advisorId }: Pick<Booking, 'deskId' | 'advisorId'>,
): boolean {
  return mayBookFor(who, deskId, advisorId);
}

/** Booking for a caller is reception's work; an advisor books for themselves (a follow-up). @param advisorId null: with anybody */
export function mayBookFor(who: StaffMember, deskId: string, advisorId: string | null): boolean {
  if (!seesDesk(who, deskId)) return false;
  if (isPermitted(who.role, 'change-all-bookings')) return true;
  return isPermitted(who.role, 'change-own-bookings') && advisorId !== null && who.advisorId === advisorId;
}

/** A run of false bookings concerns many advisors at once: whoever changes all of the desk's bookings may call it off. */
export function mayCancelRuns(who: StaffMember, deskId: string): boolean {
  return seesDesk(who, deskId) && isPermitted(who.role, 'cancel-false-bookings');
}

/** Hours, topics and advisors are the manager's. */
export function mayChangeHours(who: StaffMember, deskId: string): boolean {
  return seesDesk(who, deskId) && isPermitted(who.role, 'change-hours');
}

/** Advisors enter their own absences, managers everybody's. */
export function mayChangeAbsences(who: StaffMember, deskId: string, advisorId: string): boolean {
  if (!seesDesk(who, deskId)) return false;
  if (isPermitted(who.role, 'change-all-absences')) return true;
  return isPermitted(who.role, 'change-own-absences') && who.advisorId === advisorId;
}
