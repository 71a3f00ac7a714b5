import type { Page } from '../../../wiring';
import type { Stage } from '../stage';
import { topicsView } from './view';

/** "I am not sure": explains what each topic is about and what happens there, each with a link to choose it. */
export const topicsPage: Page<Stage> = {
  get(stage, _req, res) {
    res.render('pages/public/journey/topics', topicsView(stage, res.locals));
  },
};
