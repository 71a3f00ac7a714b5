import type { Page } from '../../../wiring';
import { isAnswered, type Stage } from '../stage';
import { modeView } from './view';

/** Asks whether to talk in person, by phone or by video. */
export const modePage: Page<Stage> = {
  get(stage, req, res) {
    const isMissing = isAnswered(req);
    const view = modeView({ stage, isMissing }, res.locals);
    res.status(isMissing ? 422 : 200).render('pages/public/journey/mode', view);
  },
};
