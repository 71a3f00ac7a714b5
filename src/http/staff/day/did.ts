import { possibleActions } from '../../../domain/booking/actions';
import type { Booking } from '../../../domain/booking/booking';
import type { Instant } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import { actorOf } from '../../../domain/staff/caller';
import { mayServeBooking } from '../../../domain/staff/rights';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import type { SignedIn } from '../../middleware/staff';
import type { Fields } from '../forms';

/** What a card's button did, by the name of its message, with the status that it leaves and what undoes it. */
const DID = {
  checked_in: { status: 'checked_in', undo: 'undo-check-in', path: paths.staffUndoCheckIn },
  called: { status: 'checked_in', path: paths.staffUndoBegin },
  begun: { status: 'checked_in', path: paths.staffUndoBegin },
  begin_undone: { status: 'checked_in' },
  completed: { status: 'completed', undo: 'reopen', path: paths.staffReopen },
  no_show: { status: 'no_show', undo: 'reopen', path: paths.staffReopen },
  check_in_undone: { status: 'confirmed' },
  reopened: {},
} as const satisfies Record<string, Did>;

interface Did {
  readonly status?: Booking['status'];
  /** What the booking must allow to be undone; absent: nothing, as it has not changed itself. */
  readonly undo?: 'undo-check-in' | 'reopen';
  readonly path?: string;
}

/** The booking that a card's button changed just now, as the address of the day tells. */
export interface DidFacts {
  readonly booking: Booking;
  readonly did: keyof typeof DID;
}

/** Reads from the address what was done; undefined: nothing, or it is so no more. */
export async function didOf(
  { storage }: Pick<HttpDeps, 'storage'>,
  desk: Pick<Desk, 'id'>,
  { done, of }: Fields,
): Promise<DidFacts | undefined> {
  if (!done || !of || !Object.hasOwn(DID, done)) return undefined;
  const did = done as keyof typeof DID;
  const { status }: Did = DID[did];
  const booking = await storage.bookings.find(of);
  if (booking?.deskId !== desk.id || (status !== undefined && booking.status !== status)) return undefined;
  return { booking, did };
}

/** Returns the message about what was done, and the form that undoes it as long as that is possible. */
export function didView(
  { booking, did }: DidFacts,
  { desk, staff, now }: { desk: Desk; staff: SignedIn; now: Instant },
  { t }: Reader,
) {
  const { undo, path }: Did = DID[did];
  const asking = { by: actorOf(staff), now, timeZone: desk.hours.timeZone, last: undefined };
  const isUndoable =
    mayServeBooking(staff, booking) && (undo === undefined || possibleActions(booking, asking).has(undo));
  return {
    client: booking.client.name,
    text: t(`staff.board.did.${did}`),
    advisorId: booking.advisorId,
    version: booking.version,
    undoHref: isUndoable && path ? url(path, { id: booking.id }) : undefined,
    outcomeHref:
      did === 'completed' && mayServeBooking(staff, booking) ? url(paths.staffOutcome, { id: booking.id }) : undefined,
  };
}
