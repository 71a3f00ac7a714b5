import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Attendance } from '../../../../app/booking/recordAttendance';
import type { Alternatives } from '../../../../app/slots/alternatives';
import type { Booking } from '../../../../domain/booking/booking';
import type { Desk } from '../../../../domain/desk';
import { isRefusal } from '../../../../domain/errors';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { enterToChange, signedIn } from '../../desk';
import { bodyOf, versionOf } from '../../forms';
import { wordsOf } from '../../words';
import { refusalOf, showRefused } from '../refusal';
import type { RefusalNotice } from '../showBooking';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now'>;

/** The buttons on a booking's page, each with the message for when it is done. */
const PRESSED: readonly (readonly [path: string, what: Attendance, done: string])[] = [
  [paths.staffCheckIn, 'check-in', 'checked_in'],
  [paths.staffComplete, 'complete', 'completed'],
  [paths.staffNoShow, 'no-show', 'no_show'],
  [paths.staffUndoCheckIn, 'undo-check-in', 'check_in_undone'],
  [paths.staffReopen, 'reopen', 'reopened'],
];

/**
 * Records that the client is here, was advised, or did not come, and undoes each of these, with one press each. A GET
 * of these addresses leads to the booking.
 */
export function attendanceRoutes(deps: Deps): Router {
  const router = Router();
  const press = (path: string, done: string, work: Work) =>
    router.post(path, pressed(deps, done, work)).get(path, (req, res) => {
      res.redirect(303, url(paths.staffBooking, { id: String(req.params.id) }));
    });
  for (const [path, what, done] of PRESSED) press(path, done, (asked) => deps.app.recordAttendance({ ...asked, what }));
  press(paths.staffRestore, 'restored', (asked) => deps.app.restoreBooking(asked));
  return router;
}

type Work = (asked: ReturnType<typeof askedIn>) => Promise<unknown>;

function askedIn(req: Request, res: Response, { id }: Booking) {
  return { bookingId: id, who: signedIn(res), ifVersion: versionOf(bodyOf(req)) };
}

function pressed({ storage, now }: Deps, done: string, work: Work): RequestHandler {
  return async (req, res) => {
    const { booking, desk } = await enterToChange({ storage }, res, String(req.params.id));
    try {
      await deed(res, () => work(askedIn(req, res, booking)));
      res.redirect(303, url(paths.staffBooking, { id: booking.id }, { done }));
    } catch (error) {
      const refusal = refusalOf(error, res.locals.t) ?? taken(error, res, desk);
      await showRefused({ storage, now }, res, { error, refusal, booking, desk });
    }
  };
}

/** Returns the refusal to restore a booking whose time is taken, with the nearest free times. */
function taken(error: unknown, res: Response, desk: Desk): RefusalNotice | undefined {
  if (!isRefusal(error, 'slot-unavailable')) return undefined;
  const { t } = res.locals;
  const { slots } = error.details.alternatives as Alternatives;
  const { time: words } = wordsOf(desk, res.locals);
  const near = slots.map(({ time }) => `${words.shortDay(time.start)}, ${words.time(time.start)}`).join('; ');
  return { status: 409, text: t(`staff.refusal.${near ? 'taken' : 'takenAll'}`, { near }) };
}
