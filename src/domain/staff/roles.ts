import type { Booking } from '../booking/booking';

/** What somebody of the staff is there for; the functions below say what each may do. */
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
export function seesDesk(who: StaffMember, deskId: string): boolean {
  return who.role === 'admin' || who.deskId === deskId;
}

/** Advisors change their own bookings, everybody else on the staff all of the desk's. */
export function mayChangeBooking(who: StaffMember, booking: Pick<Booking, 'deskId' | 'advisorId'>): boolean {
  if (!seesDesk(who, booking.deskId)) return false;
  return who.role !== 'advisor' || who.advisorId === booking.advisorId;
}

/** Booking for a caller is reception's work; an advisor books for themselves (a follow-up). */
export function mayBookFor(who: StaffMember, deskId: string, advisorId: string | null): boolean {
  if (!seesDesk(who, deskId)) return false;
  return who.role !== 'advisor' || (advisorId !== null && who.advisorId === advisorId);
}

/** A run of false bookings concerns many advisors at once: whoever changes all of the desk's bookings may call it off. */
export function mayCancelRuns(who: StaffMember, deskId: string): boolean {
  return seesDesk(who, deskId) && who.role !== 'advisor';
}

/** Hours, topics and advisors are the manager's. */
export function mayChangeHours(who: StaffMember, deskId: string): boolean {
  return seesDesk(who, deskId) && (who.role === 'manager' || who.role === 'admin');
}

/** Advisors enter their own absences, managers everybody's. */
export function mayChangeAbsences(who: StaffMember, deskId: string, advisorId: string): boolean {
  if (mayChangeHours(who, deskId)) return true;
  return seesDesk(who, deskId) && who.role === 'advisor' && who.advisorId === advisorId;
}
