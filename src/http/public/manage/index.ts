import { Router } from 'express';
import { paths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { noStore } from '../../middleware/securityHeaders';
import { at } from '../../wiring';
import { acceptTimePage } from './acceptTime/page';
import { alarmPage } from './alarm/page';
import { calendarPage } from './calendar/page';
import { cancelPage } from './cancel/page';
import { cannotComePage } from './cannotCome/page';
import { attendedBooking, certificatePage } from './certificate/page';
import { changePage } from './change/page';
import { dataPage } from './data/page';
import { earlierPage } from './earlier/page';
import { keepPage } from './keep/page';
import { latePage } from './late/page';
import { behindManageLink, loadBooking } from './managedBooking';
import { movableBooking, movePage } from './move/page';
import { overviewPage } from './overview/page';
import { restorePage } from './restore/page';

/**
 * The pages behind the secret link of a mail: show, move, change, cancel, restore, download, erase. GET changes nothing, so mail
 * scanners that open links do no harm.
 */
export function manageRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.use(paths.manage, noStore, loadBooking(deps));
  router.use(at(paths.manage, behindManageLink, overviewPage(deps)));
  router.use(at(paths.manageCalendar, behindManageLink, calendarPage(deps)));
  router.use(at(paths.moveBooking, movableBooking, movePage(deps)));
  router.use(at(paths.correctBooking, movableBooking, changePage(deps)));
  router.use(at(paths.alarm, behindManageLink, alarmPage(deps)));
  router.use(at(paths.sayLate, behindManageLink, latePage(deps)));
  router.use(at(paths.certificate, attendedBooking, certificatePage(deps)));
  router.use(at(paths.bookingData, behindManageLink, dataPage(deps)));
  router.use(at(paths.cancelBooking, behindManageLink, cancelPage(deps)));
  router.use(at(paths.cannotCome, behindManageLink, cannotComePage(deps)));
  router.use(at(paths.waitForEarlier, movableBooking, earlierPage(deps)));
  router.use(at(paths.acceptTime, behindManageLink, acceptTimePage(deps)));
  router.use(at(paths.keepBooking, behindManageLink, keepPage(deps)));
  router.use(at(paths.restoreBooking, behindManageLink, restorePage(deps)));
  return router;
}
