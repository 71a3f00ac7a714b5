import type { Request, Response } from 'express';
import type { Attendance } from '../../../../app/booking/recordAttendance';
import type { Alternatives } from '../../../../app/slots/alternatives';
import type { Booking } from '../../../../domain/booking/booking';
import type { Desk } from '../../../../domain/desk';
import { isRefusal } from '../../../../domain/errors';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { dateOrNull } from '../../../typedTime';
import type { Page } from '../../../wiring';
import { dayAddress, dayQueryOf } from '../../day/query';
import { type BookingAtDesk, signedIn } from '../../desk';
import { bodyOf, versionOf } from '../../forms';
import { myDayAddress } from '../../myDay/query';
import { wordsOf } from '../../words';
import { showRefused } from '../overview/showBooking';
import { type RefusalNotice, refusalOf } from '../refusal';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now'>;

interface Button {
  readonly path: string;
  readonly what: Attendance | 'restore' | 'call' | 'begin' | 'undo-begin';
  /** The message on the booking's page when it is done. */
  readonly done: string;
}

/**
 * The buttons for a booking: the client is here, is called, is being advised, was advised, or did not come; and what undoes each of
 * these.
 */
export const ATTENDANCE_BUTTONS: readonly Button[] = [
  { path: paths.staffCheckIn, what: 'check-in', done: 'checked_in' },
  { path: paths.staffCall, what: 'call', done: 'called' },
  { path: paths.staffBegin, what: 'begin', done: 'begun' },
  { path: paths.staffUndoBegin, what: 'undo-begin', done: 'begin_undone' },
  { path: paths.staffComplete, what: 'complete', done: 'completed' },
  { path: paths.staffNoShow, what: 'no-show', done: 'no_show' },
  { path: paths.staffUndoCheckIn, what: 'undo-check-in', done: 'check_in_undone' },
  { path: paths.staffReopen, what: 'reopen', done: 'reopened' },
  { path: paths.staffRestore, what: 'restore', done: 'restored' },
];

/** Does what a button says, with one press. */
export function attendancePage(deps: Deps, { what, done }: Button): Page<BookingAtDesk> {
  return {
    async post({ booking, desk }, req, res) {
      try {
        await deed(res, () => record(deps, what, askedIn(req, res, booking)));
        res.redirect(303, dayOf(req, booking, done) ?? url(paths.staffBooking, { id: booking.id }, { done }));
      } catch (error) {
        const refusal = refusalOf(error, res.locals.t) ?? taken(error, desk, res.locals);
        await showRefused(deps, res, { error, refusal, booking, desk });
      }
    },
  };
}

/**
 * Returns the address of the day, or of one's own day, on which the button was pressed, with what was done; undefined: it was pressed on the
 * booking's own page. The form names the day, never an address, so that it leads nowhere else; a script that needs one
 * lane alone names that, too.
 */
function dayOf(req: Request, { id, deskId }: Booking, done: string): string | undefined {
  const fields = bodyOf(req);
  const day = dateOrNull(fields.day);
  if (day === null) return undefined;
  if (fields.mine) return myDayAddress(deskId, { date: day, view: 'day' }, { done, of: id });
  return dayAddress(deskId, day, dayQueryOf(fields), { done, of: id, lane: fields.lane || undefined });
}

function record({ app }: Pick<Deps, 'app'>, what: Button['what'], asked: ReturnType<typeof askedIn>): Promise<unknown> {
  const { bookingId: id, ...rest } = asked;
  switch (what) {
    case 'restore':
      return app.restoreBooking(asked);
    case 'call':
      return app.stepInQueue({ id, ...rest, what });
    case 'begin':
      return app.stepInQueue({ id, ...rest, what: 'start' });
    case 'undo-begin':
      return app.stepInQueue({ id, ...rest, what: 'undo' });
    default:
      return app.recordAttendance({ ...asked, what });
  }
}

function askedIn(req: Request, res: Response, { id }: Booking) {
  return { bookingId: id, who: signedIn(res), ifVersion: versionOf(bodyOf(req)) };
}

/** Returns the refusal to restore a booking whose time is taken, with the nearest free times. */
function taken(error: unknown, desk: Desk, reader: Reader): RefusalNotice | undefined {
  if (!isRefusal(error, 'slot-unavailable')) return undefined;
  const { slots } = error.details.alternatives as Alternatives;
  const { time: words } = wordsOf(desk, reader);
  const near = slots.map(({ time }) => `${words.shortDay(time.start)}, ${words.time(time.start)}`).join('; ');
  return { status: 409, text: reader.t(`staff.refusal.${near ? 'taken' : 'takenAll'}`, { near }) };
}
