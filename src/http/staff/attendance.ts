import { type RequestHandler, Router } from 'express';
import type { Attendance } from '../../app/booking/recordAttendance';
import { DomainError } from '../../domain/errors';
import type { HttpDeps } from '../deps';
import { requireCsrfToken } from '../middleware/csrf';
import { paths, url } from '../paths';
import { showBooking } from './booking';
import { bodyOf, versionOf } from './form';
import { actorOf, enterToChange } from './page';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now'>;

/** The client is here, was seen, or did not come: one press each. Whoever reloads the address gets the booking. */
export function attendanceRoutes(deps: Deps): Router {
  const router = Router();
  const press = (path: string, what: Attendance) =>
    router.post(path, requireCsrfToken, record(deps, what)).get(path, (req, res) => {
      res.redirect(303, url(paths.staffBooking, { id: String(req.params.id) }));
    });
  press(paths.staffCheckIn, 'check-in');
  press(paths.staffComplete, 'complete');
  press(paths.staffNoShow, 'no-show');
  return router;
}

function record({ app, storage, now }: Deps, what: Attendance): RequestHandler {
  return async (req, res) => {
    const { booking, desk } = await enterToChange({ storage }, res, String(req.params.id));
    try {
      const { value } = await app.recordAttendance({
        bookingId: booking.id,
        what,
        by: actorOf(res),
        ifVersion: versionOf(bodyOf(req)),
      });
      res.redirect(303, url(paths.staffBooking, { id: booking.id }, { done: value.status }));
    } catch (error) {
      const refusal = refusalOf(error, res.locals.t);
      const current = await storage.bookings.find(booking.id);
      if (!refusal || !current) throw error;
      await showBooking({ storage, now }, res, { booking: current, desk, refusal });
    }
  };
}

const STALE = { 'version-moved-on': 412, 'booking-not-changeable': 409 } as const;

/** Why a change could not be made to the booking as it stands now; undefined if that is not the reason. */
export function refusalOf(error: unknown, t: (key: string) => string): { status: number; text: string } | undefined {
  if (!(error instanceof DomainError) || !Object.hasOwn(STALE, error.code)) return undefined;
  return { status: STALE[error.code as keyof typeof STALE], text: t(`staff.refusal.${error.code}`) };
}
