import { Router } from 'express';
import { paths } from '../../paths';
import { isPageLocale } from '../../presentation/texts';
import type { HttpDeps } from '../deps';
import { otherAddresses } from '../middleware/addresses';
import { atDesk, loadDesk } from '../pages/deskPage';
import { at } from '../wiring';
import { calendarFeedPage } from './calendars/page';
import { aboutPage } from './desk/about/page';
import { deskListPage, desksToChoose } from './desk/deskList/page';
import { startPage } from './desk/start/page';
import { hoursRoutes } from './hours';
import { journeyRoutes } from './journey';
import { manageRoutes } from './manage';
import { findPage } from './manage/find/page';
import { waitingRoutes } from './waiting';
import { waitingListPage } from './waiting/waitingList/page';

/** The client's pages, in the order in which a client reaches them. */
export function publicRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.use(manageRoutes(deps));
  router.use(waitingRoutes(deps));
  router.use(hoursRoutes(deps));
  router.get(paths.calendarFeed, calendarFeedPage(deps));
  router.use(otherAddresses(deps));
  router.use(at(paths.deskList, desksToChoose(deps), deskListPage(deps)));
  router.use(at(paths.start, atDesk(deps), startPage(deps)));
  router.use(at(paths.findBooking, atDesk(deps), findPage(deps)));
  router.use(at(paths.waitingList, atDesk(deps), waitingListPage(deps)));
  router.use(at(paths.about, atDesk(deps), aboutPage(deps)));
  router.use(journeyRoutes(deps));

  // A desk that does not exist is answered with 404 for every method.
  const found = loadDesk(deps);
  router.use(paths.start, (req, res, next) => (isPageLocale(req.params.locale) ? found(req, res, next) : next()));
  return router;
}
