import type { Page } from '../../../wiring';
import { isAnswered, type Stage } from '../stage';
import { topicView } from './view';

/** Asks for the topic, among those that an advisor covers in the chosen language. */
export const topicPage: Page<Stage> = {
  get(stage, req, res) {
    const isMissing = isAnswered(req);
    const view = topicView({ stage, isMissing }, res.locals);
    res.status(isMissing ? 422 : 200).render('pages/public/journey/topic', view);
  },
};
