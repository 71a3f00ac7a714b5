import type { Booking } from '../booking/booking';
import { DomainError } from '../errors';
import type { Caller } from './caller';
import { isPermitted, type Permission } from './permissions';

/**
 * For each action, one function tells who may do it. Use cases refuse by the `assert` beside it, pages ask it what to
 * offer.
 * The system may do everything. Staff cannot see what belongs to another desk: they get `not-found`, never `forbidden`.
 */

/** The parts of a booking that decide who may change it. */
type Placed = Pick<Booking, 'deskId' | 'advisorId'>;

/** Tells whether the caller sees the desk: staff see their own, an admin all. For clients desks are public. */
export function seesDesk(who: Caller, deskId: string): boolean {
  if (who.kind !== 'staff') return true;
  return isPermitted(who.role, 'see-all-desks') || (who.deskId === deskId && isPermitted(who.role, 'see-desk'));
}

/** Tells whether the caller sees more than one desk. */
export function seesAllDesks(who: Caller): boolean {
  return isPermittedTo(who, 'see-all-desks');
}

/** @throws DomainError `not-found` */
export function assertSeesDesk(who: Caller, deskId: string): void {
  if (!seesDesk(who, deskId)) throw new DomainError('not-found');
}

/**
 * Tells whether the caller may move, cancel and restore the booking. Clients may with the booking whose link they have,
 * advisors with their own, reception and managers with all of their desk.
 */
export function mayChangeBooking(who: Caller, { deskId, advisorId }: Placed): boolean {
  return mayBookFor(who, deskId, advisorId);
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayChangeBooking(who: Caller, booking: Placed): void {
  assertAllowed(who, booking.deskId, mayChangeBooking(who, booking), 'an advisor changes their own bookings');
}

/**
 * Tells whether the caller may do with the booking what is the desk's task: record attendance, hand out the link, set
 * the video link, finish a task. For staff it is the same as `mayChangeBooking`.
 */
export function mayServeBooking(who: Caller, booking: Placed): boolean {
  return who.kind !== 'client' && mayChangeBooking(who, booking);
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayServeBooking(who: Caller, booking: Placed): void {
  assertAllowed(who, booking.deskId, mayServeBooking(who, booking), 'an advisor changes their own bookings');
}

/**
 * Tells whether the caller may book for others: reception with every advisor, an advisor only with themselves (a
 * follow-up). @param advisorId null: with any advisor
 */
export function mayBookFor(who: Caller, deskId: string, advisorId: string | null): boolean {
  if (!seesDesk(who, deskId)) return false;
  if (who.kind === 'client' || isPermittedTo(who, 'change-all-bookings')) return true;
  return isOwn(who, advisorId) && isPermittedTo(who, 'change-own-bookings');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayBookFor(who: Caller, deskId: string, advisorId: string | null): void {
  const reason = 'an advisor books for themselves: name yourself as `advisor`';
  assertAllowed(who, deskId, mayBookFor(who, deskId, advisorId), reason);
}

/**
 * Checks that the caller may move or restore the booking to this advisor: they must be allowed to book there, so an
 * advisor keeps it in their own calendar.
 */
export function assertMayMoveTo(who: Caller, booking: Placed, advisorId: string | null): void {
  assertMayChangeBooking(who, booking);
  const reason = 'an advisor moves bookings within their own calendar';
  assertAllowed(who, booking.deskId, mayBookFor(who, booking.deskId, advisorId), reason);
}

/**
 * Checks that the caller may renew, release or fill in the hold. Holding a slot is the first half of booking it, so
 * whoever may book with its advisor may.
 *
 * @throws DomainError `not-found`, `forbidden`
 */
export function assertMayChangeHold(who: Caller, { deskId, advisorId }: Placed): void {
  assertMayBookFor(who, deskId, advisorId);
}

/** Tells whether the caller may read the desk's bookings: staff who see the desk. Clients see those whose link they have. */
export function mayReadBookings(who: Caller, deskId: string): boolean {
  return who.kind !== 'client' && seesDesk(who, deskId);
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayReadBookings(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, mayReadBookings(who, deskId), 'bookings are searched by staff');
}

/**
 * Tells whether the caller may have manage links mailed to the address of their bookings. Clients may, because only the
 * owner of the mailbox reads the mail; of staff, whoever may change all bookings of the desk, because the address can
 * have bookings with any advisor.
 */
export function mayAskForLinks(who: Caller, deskId: string): boolean {
  return who.kind === 'client' || (seesDesk(who, deskId) && isPermittedTo(who, 'change-all-bookings'));
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayAskForLinks(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, mayAskForLinks(who, deskId), "links to bookings with any advisor are reception's to send");
}

/** Tells whether the caller may import the bookings of another system, which is a command of the operator. */
export function mayImport(who: Caller): boolean {
  return who.kind === 'system';
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayImport(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, mayImport(who), 'bookings are imported by the operator');
}

/**
 * Returns the advisor to whom the caller is limited in everything they book and move; undefined: they may choose any.
 */
export function boundTo(who: Caller): string | undefined {
  if (who.kind !== 'staff' || isPermittedTo(who, 'change-all-bookings')) return undefined;
  return who.advisorId ?? undefined;
}

/**
 * Tells whether the caller may cancel a run of false bookings. It concerns many advisors at once, so it takes a role
 * that may change all bookings of the desk.
 */
export function mayCancelFalseBookings(who: Caller, deskId: string): boolean {
  return seesDesk(who, deskId) && isPermittedTo(who, 'cancel-false-bookings');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayCancelFalseBookings(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, mayCancelFalseBookings(who, deskId), "a run of bookings is reception's to cancel");
}

/** Tells whether the caller may change the desk's hours, which is the manager's task. */
export function mayChangeHours(who: Caller, deskId: string): boolean {
  return seesDesk(who, deskId) && isPermittedTo(who, 'change-hours');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayChangeHours(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, mayChangeHours(who, deskId), "hours are the desk manager's");
}

/** Tells whether the caller may word the desk's own texts, which is the manager's task. */
export function mayChangeTexts(who: Caller, deskId: string): boolean {
  return seesDesk(who, deskId) && isPermittedTo(who, 'change-texts');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayChangeTexts(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, mayChangeTexts(who, deskId), "texts are the desk manager's");
}

/** Tells whether the caller may say which programs are told what happens at the desk. */
export function mayKeepWebhooks(who: Caller, deskId: string): boolean {
  return seesDesk(who, deskId) && isPermittedTo(who, 'keep-webhooks');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayKeepWebhooks(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, mayKeepWebhooks(who, deskId), "webhooks are the desk manager's");
}

/** What a feed is about: an advisor, or with null the whole desk. */
interface FeedOf {
  readonly deskId: string;
  readonly advisorId: string | null;
}

/** Tells whether the caller may make and revoke the feed: advisors their own, reception and managers every one. */
export function mayKeepFeed(who: Caller, { deskId, advisorId }: FeedOf): boolean {
  if (!seesDesk(who, deskId)) return false;
  return isPermittedTo(who, 'keep-feeds') || (isOwn(who, advisorId) && isPermittedTo(who, 'keep-own-feeds'));
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayKeepFeed(who: Caller, feed: FeedOf): void {
  assertAllowed(who, feed.deskId, mayKeepFeed(who, feed), 'an advisor subscribes to their own calendar');
}

/** Tells whether the caller may change absences: advisors their own, managers everybody's. */
export function mayChangeAbsences(who: Caller, deskId: string, advisorId: string): boolean {
  if (!seesDesk(who, deskId)) return false;
  if (isPermittedTo(who, 'change-all-absences')) return true;
  return isOwn(who, advisorId) && isPermittedTo(who, 'change-own-absences');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayChangeAbsences(who: Caller, deskId: string, advisorId: string): void {
  const reason = 'absences are entered by the advisor or a manager';
  assertAllowed(who, deskId, mayChangeAbsences(who, deskId, advisorId), reason);
}

/** Tells whether the caller may change the desk's topics, partners, advisors, reserves and rooms. */
export function mayChangeDeskData(who: Caller, deskId: string): boolean {
  return seesDesk(who, deskId) && isPermittedTo(who, 'change-desk-data');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayChangeDeskData(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, mayChangeDeskData(who, deskId), "the desk's own data is the manager's to change");
}

/** Tells whether the caller may plan what becomes of bookings while people are away, or close the desk for a while. */
export function mayPlanAbsences(who: Caller, deskId: string): boolean {
  return seesDesk(who, deskId) && isPermittedTo(who, 'plan-absences');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayPlanAbsences(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, mayPlanAbsences(who, deskId), "what becomes of a day is reception's to plan");
}

/**
 * Tells whether the caller may plan the absence of these people: reception everybody's and a closure, an advisor their
 * own. @param advisorIds null: the whole desk is closed
 */
function mayPlanAbsenceOf(who: Caller, deskId: string, advisorIds: readonly string[] | null): boolean {
  if (mayPlanAbsences(who, deskId)) return true;
  const [only, ...others] = advisorIds ?? [];
  return only !== undefined && others.length === 0 && mayChangeAbsences(who, deskId, only);
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayPlanAbsenceOf(who: Caller, deskId: string, advisorIds: readonly string[] | null): void {
  const reason = "what becomes of a day is reception's to plan, and an absence also that advisor's";
  assertAllowed(who, deskId, mayPlanAbsenceOf(who, deskId, advisorIds), reason);
}

/** Returns the advisor that the caller is at the desk; null: none, so that they have no day of their own there. */
export function ownAdvisorAt(who: Caller, deskId: string): string | null {
  return who.kind === 'staff' && who.deskId === deskId && seesDesk(who, deskId) ? who.advisorId : null;
}

/** Returns the advisor that the caller is at the desk. @throws DomainError `not-found`, `forbidden` */
export function assertOwnAdvisorAt(who: Caller, deskId: string): string {
  const own = ownAdvisorAt(who, deskId);
  assertAllowed(who, deskId, own !== null, 'only advisors have a day of their own');
  return own as string;
}

/** Tells whether the caller may put people into the queue of the desk and call them. */
export function mayServeQueue(who: Caller, deskId: string): boolean {
  return who.kind !== 'client' && seesDesk(who, deskId) && isPermittedTo(who, 'serve-queue');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayServeQueue(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, mayServeQueue(who, deskId), 'the queue is served by staff');
}

/** Tells whether the caller may see who waits until something becomes free, and offer them a start. */
export function mayServeWaiting(who: Caller, deskId: string): boolean {
  return who.kind !== 'client' && seesDesk(who, deskId) && isPermittedTo(who, 'change-all-bookings');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayServeWaiting(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, mayServeWaiting(who, deskId), 'the waiting list is served by reception');
}

/** Tells whether the caller may see the figures of the desk, which its manager reports. */
export function maySeeFigures(who: Caller, deskId: string): boolean {
  return seesDesk(who, deskId) && isPermittedTo(who, 'see-figures');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMaySeeFigures(who: Caller, deskId: string): void {
  assertAllowed(who, deskId, maySeeFigures(who, deskId), "figures are the desk manager's");
}

function assertAllowed(who: Caller, deskId: string, isAllowed: boolean, reason: string): void {
  assertSeesDesk(who, deskId);
  if (!isAllowed) throw new DomainError('forbidden', { reason });
}

function isPermittedTo(who: Caller, permission: Permission): boolean {
  return who.kind === 'system' || (who.kind === 'staff' && isPermitted(who.role, permission));
}

function isOwn(who: Caller, advisorId: string | null): boolean {
  return who.kind === 'staff' && advisorId !== null && who.advisorId === advisorId;
}
