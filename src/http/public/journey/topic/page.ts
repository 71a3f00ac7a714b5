import { typedTopic } from '../../../pages/topicSearch';
import type { Page } from '../../../wiring';
import type { Stage } from '../stage';
import { topicView } from './view';

/** Asks for the topic, among those that an advisor covers in the chosen language. Each is a link that goes on. */
export const topicPage: Page<Stage> = {
  get(stage, req, res) {
    res.render('pages/public/journey/topic', topicView({ stage, typed: typedTopic(req.query.q) }, res.locals));
  },
};
