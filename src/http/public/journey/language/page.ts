import type { Page } from '../../../wiring';
import type { Stage } from '../stage';
import { languageView } from './view';

/** Asks in which language the client would like to speak. Each is a link that goes on. */
export const languagePage: Page<Stage> = {
  get(stage, _req, res) {
    res.render('pages/public/journey/language', languageView(stage, res.locals));
  },
};
