import { Router } from 'express';
import { isLocale } from '../../presentation/texts';
import type { HttpDeps } from '../deps';
import { otherAddresses } from '../middleware/addresses';
import { paths } from '../paths';
import { aboutRoutes } from './about';
import { checkAnswersRoutes } from './checkAnswers';
import { chooseDayRoutes } from './chooseDay';
import { chooseQuestionRoutes } from './chooseQuestions';
import { chooseTimeRoutes } from './chooseTime';
import { loadDesk } from './deskPage';
import { findBookingRoutes } from './findBooking';
import { manageBookingRoutes } from './manageBooking';
import { startRoutes } from './start';
import { offerStartAgain, startAgainRoutes } from './startAgain';
import { yourDetailsRoutes } from './yourDetails';

/** The client's pages, in the order in which a client meets them. */
export function publicRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.use(manageBookingRoutes(deps));
  router.use(otherAddresses(deps));
  router.use(startRoutes(deps));
  router.use(findBookingRoutes(deps));
  router.use(aboutRoutes(deps));

  router.use(paths.journey, loadDesk(deps), offerStartAgain(deps));
  router.use(startAgainRoutes(deps));
  router.use(chooseQuestionRoutes(deps));
  router.use(chooseDayRoutes(deps));
  router.use(chooseTimeRoutes(deps));
  router.use(yourDetailsRoutes(deps));
  router.use(checkAnswersRoutes(deps));

  // With no method there is anything at a desk that does not exist.
  const found = loadDesk(deps);
  router.use(paths.start, (req, res, next) => (isLocale(req.params.locale) ? found(req, res, next) : next()));
  return router;
}
