import type { Permission } from '../../src/domain/staff/permissions';
import { apiPaths, paths } from '../../src/paths';

/** What a route asks of a role. `own` is enough for the advisor whom it is about, who is a1 in all that is asked here. */
export type Right = Permission | { readonly all: Permission; readonly own: Permission };
const BOOKINGS: Right = { all: 'change-all-bookings', own: 'change-own-bookings' };
const ABSENCES: Right = { all: 'change-all-absences', own: 'change-own-absences' };

/** Each page for staff, and what its visitor must be allowed. A new one needs a line here. */
export const PAGES: Readonly<Record<string, Right>> = {
  [`GET ${paths.staffDay}`]: 'see-desk',
  [`GET ${paths.staffBookings}`]: 'see-desk',
  [`POST ${paths.staffBookings}`]: 'see-desk',
  [`POST ${paths.staffFind}`]: 'see-desk',
  [`GET ${paths.staffNewBooking}`]: BOOKINGS,
  [`POST ${paths.staffNewBooking}`]: BOOKINGS,
  [`GET ${paths.staffTasks}`]: 'see-desk',
  [`POST ${paths.staffTasks}`]: BOOKINGS,
  [`GET ${paths.staffQueue}`]: 'see-desk',
  [`POST ${paths.staffQueue}`]: 'serve-queue',
  [`GET ${paths.staffPlans}`]: 'plan-absences',
  [`POST ${paths.staffPlans}`]: 'plan-absences',
  [`GET ${paths.staffPlan}`]: 'plan-absences',
  [`POST ${paths.staffPlan}`]: 'plan-absences',
  [`GET ${paths.staffBooking}`]: 'see-desk',
  [`GET ${paths.staffSlip}`]: 'see-desk',
  [`POST ${paths.staffSlip}`]: BOOKINGS,
  [`GET ${paths.staffMove}`]: BOOKINGS,
  [`POST ${paths.staffMove}`]: BOOKINGS,
  [`POST ${paths.staffUndoMove}`]: BOOKINGS,
  [`GET ${paths.staffTargets}`]: BOOKINGS,
  [`GET ${paths.staffExchange}`]: BOOKINGS,
  [`POST ${paths.staffExchange}`]: BOOKINGS,
  [`GET ${paths.staffCancel}`]: BOOKINGS,
  [`POST ${paths.staffCancel}`]: BOOKINGS,
  [`GET ${paths.staffFalseBookings}`]: 'cancel-false-bookings',
  [`POST ${paths.staffFalseBookings}`]: 'cancel-false-bookings',
  [`POST ${paths.staffVideoLink}`]: BOOKINGS,
  [`POST ${paths.staffInterpreter}`]: BOOKINGS,
  [`POST ${paths.staffCheckIn}`]: BOOKINGS,
  [`POST ${paths.staffBegin}`]: BOOKINGS,
  [`POST ${paths.staffUndoBegin}`]: BOOKINGS,
  [`POST ${paths.staffComplete}`]: BOOKINGS,
  [`POST ${paths.staffNoShow}`]: BOOKINGS,
  [`POST ${paths.staffUndoCheckIn}`]: BOOKINGS,
  [`POST ${paths.staffReopen}`]: BOOKINGS,
  [`POST ${paths.staffRestore}`]: BOOKINGS,
};

/** They show nothing of a desk, but lead whoever is signed in to a page that stands above. */
export const LEAD_ELSEWHERE: readonly string[] = [
  ...[
    paths.staff,
    paths.staffVideoLink,
    paths.staffInterpreter,
    paths.staffCheckIn,
    paths.staffBegin,
    paths.staffUndoBegin,
    paths.staffComplete,
    paths.staffNoShow,
  ],
  ...[paths.staffUndoCheckIn, paths.staffReopen, paths.staffRestore, paths.staffUndoMove],
].map((path) => `GET ${path}`);

/** Everybody may come in, and go. */
export const DOORS: readonly string[] = [`GET ${paths.signIn}`, `POST ${paths.signIn}`, `POST ${paths.signOut}`];

/** Each operation of the API for staff, below its root, and what its caller must be allowed. A new one needs a line here. */
export const OPERATIONS: Readonly<Record<string, Right>> = {
  [`GET ${apiPaths.staffDay}`]: 'see-desk',
  [`GET ${apiPaths.staffEvents}`]: 'see-desk',
  [`GET ${apiPaths.staffBookings}`]: 'see-desk',
  [`GET ${apiPaths.staffBooking}`]: 'see-desk',
  [`POST ${apiPaths.staffDeskBookings}`]: BOOKINGS,
  [`POST ${apiPaths.staffMove}`]: BOOKINGS,
  [`GET ${apiPaths.staffTargets}`]: BOOKINGS,
  [`POST ${apiPaths.staffMoves}`]: BOOKINGS,
  [`POST ${apiPaths.staffUndoMoves}`]: BOOKINGS,
  [`GET ${apiPaths.staffTasks}`]: 'see-desk',
  [`POST ${apiPaths.staffPlans}`]: 'plan-absences',
  [`GET ${apiPaths.staffPlan}`]: 'plan-absences',
  [`POST ${apiPaths.staffPlanCommit}`]: 'plan-absences',
  [`POST ${apiPaths.staffPlanUndo}`]: 'plan-absences',
  [`POST ${apiPaths.staffPlanEnd}`]: 'plan-absences',
  [`POST ${apiPaths.staffWalkIns}`]: 'serve-queue',
  [`GET ${apiPaths.staffQueue}`]: 'see-desk',
  [`POST ${apiPaths.staffQueueCall}`]: 'serve-queue',
  [`POST ${apiPaths.staffQueueStart}`]: 'serve-queue',
  [`POST ${apiPaths.staffQueueFinish}`]: 'serve-queue',
  [`POST ${apiPaths.staffQueueMiss}`]: 'serve-queue',
  [`POST ${apiPaths.staffQueueLeave}`]: 'serve-queue',
  [`POST ${apiPaths.staffQueueUndo}`]: 'serve-queue',
  [`POST ${apiPaths.staffCancel}`]: BOOKINGS,
  [`PATCH ${apiPaths.staffBooking}`]: BOOKINGS,
  [`POST ${apiPaths.staffPrintLink}`]: BOOKINGS,
  [`POST ${apiPaths.staffRestore}`]: BOOKINGS,
  [`POST ${apiPaths.staffConfirm}`]: BOOKINGS,
  [`POST ${apiPaths.staffDecline}`]: BOOKINGS,
  [`POST ${apiPaths.staffCheckIn}`]: BOOKINGS,
  [`POST ${apiPaths.staffComplete}`]: BOOKINGS,
  [`POST ${apiPaths.staffNoShow}`]: BOOKINGS,
  [`POST ${apiPaths.staffUndoCheckIn}`]: BOOKINGS,
  [`POST ${apiPaths.staffReopen}`]: BOOKINGS,
  [`GET ${apiPaths.staffSameNetwork}`]: 'cancel-false-bookings',
  [`POST ${apiPaths.staffFalseBookings}`]: 'cancel-false-bookings',
  [`GET ${apiPaths.staffExceptions}`]: 'see-desk',
  [`POST ${apiPaths.staffExceptions}`]: 'change-hours',
  [`PUT ${apiPaths.staffException}`]: 'change-hours',
  [`DELETE ${apiPaths.staffException}`]: 'change-hours',
  [`GET ${apiPaths.staffOpeningRules}`]: 'see-desk',
  [`PUT ${apiPaths.staffOpeningRules}`]: 'change-hours',
  [`GET ${apiPaths.staffDeskAbsences}`]: 'see-desk',
  [`POST ${apiPaths.staffAdvisorAbsences}`]: ABSENCES,
  [`PUT ${apiPaths.staffAbsence}`]: ABSENCES,
  [`DELETE ${apiPaths.staffAbsence}`]: ABSENCES,
};
