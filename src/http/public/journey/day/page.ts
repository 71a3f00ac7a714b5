import type { Page } from '../../../wiring';
import { explainedFor, type FreeSlotsDeps, slotsFor } from '../freeSlots';
import type { Stage } from '../stage';
import { dayView } from './view';

/** The list of days with free slots. On top is the earliest time, with a button to take it. */
export function dayPage(deps: FreeSlotsDeps): Page<Stage> {
  return {
    async get(stage, req, res) {
      const slots = await slotsFor(deps, stage, { req, res });
      const explanation = await explainedFor(deps, stage, req);
      const given = { stage, slots, explanation, from: req.query.from, now: deps.now() };
      res.render('pages/public/journey/day', dayView(given, res.locals));
    },
  };
}
