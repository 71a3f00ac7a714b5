import { Router } from 'express';
import { paths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { noStore } from '../../middleware/securityHeaders';
import { manageBookingRoutes } from './booking/page';
import { cancelBookingRoutes } from './cancel/page';
import { loadBooking } from './managedBooking';
import { moveBookingRoutes } from './move/page';
import { restoreBookingRoutes } from './restore/page';

/**
 * The pages behind the secret link of a mail: show, move, cancel, restore, download. GET changes nothing, so mail
 * scanners that open links do no harm.
 */
export function manageRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.use(paths.manage, noStore, loadBooking(deps));
  router.use(manageBookingRoutes(deps));
  router.use(moveBookingRoutes(deps));
  router.use(cancelBookingRoutes(deps));
  router.use(restoreBookingRoutes(deps));
  return router;
}
