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

/** What is pressed on a booking's page, with what the page says when it is done. */
const PRESSED: readonly (readonly [path: string, what: Attendance, done: string])[] = [
  [paths.staffCheckIn, 'check-in', 'checked_in'],
  [paths.staffComplete, 'complete', 'completed'],
  [paths.staffNoShow, 'no-show', 'no_show'],
  [paths.staffUndoCheckIn, 'undo-check-in', 'check_in_undone'],
  [paths.staffReopen, 'reopen', 'reopened'],
];

/** The client is here, was seen, or did not come, and each of them taken back: one press each. Whoever reloads the address gets the booking. */
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

/** Who was cancelled cannot come back at that time; the nearest others are named. */
function taken(error: unknown, res: Response, desk: Desk): RefusalNotice | undefined {
  if (!isRefusal(error, 'slot-unavailable')) return undefined;
  const { t } = res.locals;
  const { slots } = error.details.alternatives as Alternatives;
  const { time: words } = wordsOf(desk, res.locals);
  const near = slots.map(({ time }) => `${words.shortDay(time.start)}, ${words.time(time.start)}`).join('; ');
  return { status: 409, text: t(`staff.refusal.${near ? 'taken' : 'takenAll'}`, { near }) };
}
