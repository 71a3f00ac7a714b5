import type { Page } from '../../../wiring';
import { isAnswered, type Stage } from '../stage';
import { languageView } from './view';

/** Asks in which language the client would like to speak, and which others would do. */
export const languagePage: Page<Stage> = {
  get(stage, req, res) {
    const isMissing = isAnswered(req);
    const view = languageView({ stage, isMissing }, res.locals);
    res.status(isMissing ? 422 : 200).render('pages/public/journey/language', view);
  },
};
