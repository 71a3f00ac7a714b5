import { Router } from 'express';
import { paths } from '../../paths';
import { isClientLocale } from '../../presentation/texts';
import type { HttpDeps } from '../deps';
import { otherAddresses } from '../middleware/addresses';
import { loadDesk } from '../pages/deskPage';
import { aboutRoutes } from './desk/about/page';
import { startRoutes } from './desk/start/page';
import { answerQuestionsRoutes } from './journey/answers/page';
import { checkAnswersRoutes } from './journey/check/page';
import { chooseDayRoutes } from './journey/day/page';
import { yourDetailsRoutes } from './journey/details/page';
import { chooseQuestionRoutes } from './journey/questions/page';
import { offerStartAgain, startAgainRoutes } from './journey/startAgain/page';
import { chooseTimeRoutes } from './journey/time/page';
import { manageRoutes } from './manage';
import { findBookingRoutes } from './manage/find/page';

/** The client's pages, in the order in which a client reaches them. */
export function publicRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.use(manageRoutes(deps));
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
  router.use(answerQuestionsRoutes(deps));
  router.use(checkAnswersRoutes(deps));

  // A desk that does not exist is answered with 404 for every method.
  const found = loadDesk(deps);
  router.use(paths.start, (req, res, next) => (isClientLocale(req.params.locale) ? found(req, res, next) : next()));
  return router;
}
