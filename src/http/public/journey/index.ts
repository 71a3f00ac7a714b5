import { type Request, type Response, Router } from 'express';
import { paths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { noStore } from '../../middleware/securityHeaders';
import { loadDesk, loadedDesk } from '../../pages/deskPage';
import { at, leadOn } from '../../wiring';
import { checkPage } from './check/page';
import { allTold } from './check/told';
import { detailsPage } from './details/page';
import { bookedHere, donePage } from './done/page';
import { forgetPage } from './forget/page';
import { giveBackPage } from './giveBack/page';
import { heldStage } from './heldStage';
import { journeyUrl, QUESTIONS } from './journey';
import { languagePage } from './language/page';
import { after, anyStage, stageOf } from './stage';
import { offerStartAgain } from './startAgain';
import { timePage } from './time/page';
import { topicPage } from './topic/page';
import { topicsPage } from './topics/page';

/**
 * The way to a booking, in the order in which a client goes it. Browsers may not store the pages on which something
 * personal is told.
 */
export function journeyRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.use(paths.journey, loadDesk(deps), offerStartAgain(deps));
  router.use([paths.yourDetails, paths.checkAnswers, paths.done], noStore);

  router.use(at(paths.forget, loadedDesk, forgetPage(deps)));
  router.use(at(paths.giveBack, heldStage(deps), giveBackPage(deps)));
  router.use(at(paths.chooseLanguage, anyStage(deps), languagePage));
  router.use(at(paths.chooseTopic, after(['language'], deps), topicPage));
  router.use(at(paths.topicsExplained, anyStage(deps), topicsPage));
  router.use(at(paths.chooseTime, after(QUESTIONS, deps), timePage(deps)));
  router.use(leadOn(paths.formerDays, toTimes));
  router.use(at(paths.yourDetails, heldStage(deps), detailsPage(deps)));
  router.use(at(paths.checkAnswers, allTold(deps), checkPage(deps)));
  router.use(at(paths.done, bookedHere(deps), donePage(deps)));
  return router;
}

function toTimes(req: Request, res: Response): string {
  const { place, choices } = stageOf(req, res);
  return journeyUrl('time', place, choices);
}
