import { boundTo, ownAdvisorAt } from '../../domain/staff/rights';
import type { StaffMember } from '../../domain/staff/roles';
import { paths, url } from '../../paths';

/** Returns where somebody begins who signs in: an advisor with their own day, everybody else with the desk's. */
export function staffStart(staff: StaffMember, deskId: string): string {
  const isAdvisor = boundTo(staff) !== undefined && ownAdvisorAt(staff, deskId) !== null;
  return url(isAdvisor ? paths.staffMyDay : paths.staffDay, { desk: deskId });
}
