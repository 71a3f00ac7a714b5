import { type ErrorRequestHandler, Router } from 'express';
import { paths } from '../../paths';
import type { HttpDeps } from '../deps';
import { notFound } from '../errors';
import { refuseMethod } from '../methods';
import { requireCsrfToken } from '../middleware/csrf';
import { noStore } from '../middleware/securityHeaders';
import { requireStaff } from '../middleware/staff';
import { at } from '../wiring';
import { attendanceRoutes } from './booking/attendance/page';
import { cancelPage } from './booking/cancel/page';
import { exchangeRoutes } from './booking/exchange/page';
import { falseBookingRoutes } from './booking/falseBookings/page';
import { moveRoutes } from './booking/move/page';
import { bookingRoutes } from './booking/overview/page';
import { slipRoutes } from './booking/slip/page';
import { videoLinkRoutes } from './booking/videoLink/page';
import { dayRoutes } from './day/page';
import { bookingToChange, enterDesk } from './desk';
import { newBookingRoutes } from './newBooking/page';
import { searchRoutes } from './search/page';
import { signedInRoutes, signInRoutes } from './signIn/page';
import { taskRoutes } from './tasks/page';

/**
 * The pages for staff. Browsers may not store any of them. All but sign-in require a session, and accept a form only
 * with that session's token; both are checked here, once, before the pages. What the person may do is checked by
 * `enterDesk` and the use cases.
 */
export function staffRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.use(paths.staff, noStore);
  const signIn = signInRoutes(deps);
  router.use(signIn);
  router.use(
    paths.staff,
    refuseMethod(() => signIn, paths.staff),
  );
  router.use(
    paths.staff,
    requireStaff,
    refuseMethod(() => router, paths.staff),
    requireCsrfToken,
  );

  router.use(signedInRoutes(deps));
  router.use(dayRoutes(deps));
  router.use(searchRoutes(deps));
  router.use(newBookingRoutes(deps));
  router.use(taskRoutes(deps));
  router.use(bookingRoutes(deps));
  router.use(slipRoutes(deps));
  router.use(moveRoutes(deps));
  router.use(exchangeRoutes(deps));
  router.use(at(paths.staffCancel, bookingToChange(deps), cancelPage(deps)));
  router.use(falseBookingRoutes(deps));
  router.use(videoLinkRoutes(deps));
  router.use(attendanceRoutes(deps));

  router.use(paths.staff, notFound);
  router.use(refusalInFrame(deps));
  return router;
}

/**
 * Adds the navigation to the page of a refusal: that of the person's own desk, if the request had not entered another.
 */
function refusalInFrame(deps: HttpDeps): ErrorRequestHandler {
  return async (error, _req, res, next) => {
    const { staff } = res.locals;
    if (staff && !res.headersSent && !('nav' in res.locals)) await enterDesk(deps, res, staff.deskId);
    next(error);
  };
}
