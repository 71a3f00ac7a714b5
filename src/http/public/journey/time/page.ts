import type { Request, Response } from 'express';
import { isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { originOf } from '../../../middleware/rateLimit';
import { chosenStart } from '../../../typedTime';
import { minutesToWait, tooManyRequests } from '../../../waiting';
import type { Page } from '../../../wiring';
import { nextStep } from '../draft';
import { type FreeSlotsDeps, slotQueryOf, whatIsFree } from '../freeSlots';
import { heldUrl } from '../heldStage';
import { ensureHolder } from '../holder';
import { showSlotGone } from '../slotGone/show';
import type { JourneyStage, Stage } from '../stage';
import { timeView } from './view';

type Deps = FreeSlotsDeps & Pick<HttpDeps, 'ids' | 'limitKey'>;

/**
 * Asks how, on which day and at what time, all on one page. Choosing a time holds it and leads to the form.
 */
export function timePage(deps: Deps): Page<JourneyStage> {
  return {
    get: (stage, req, res) => show(deps, stage, req, res),

    async post(stage, req, res) {
      const { desk, place, choices } = stage;
      const start = chosenStart(req.body);
      if (start === null) {
        res.status(422);
        return show(deps, stage, req, res, res.locals.t('booking.time.missing'));
      }
      try {
        const { value: hold } = await deed(res, () =>
          deps.app.holdSlot({
            deskId: desk.id,
            query: slotQueryOf(choices),
            start,
            who: CLIENT,
            holder: ensureHolder(deps, req, res),
            journey: choices.journey,
            origin: originOf(deps, res),
          }),
        );
        // A client who comes back only for another time does not repeat what they have typed (WCAG 3.3.7).
        const topic = desk.topics.find(({ id }) => id === hold.topicId);
        res.redirect(303, heldUrl(topic ? nextStep({ desk, hold, topic, place }) : 'details', stage));
      } catch (error) {
        if (isRefusal(error, 'slot-unavailable')) return showSlotGone(stage, error, res);
        if (!isRefusal(error, 'too-many-requests')) throw error;
        tooManyRequests(res, error);
        const text = res.locals.t('booking.time.tooMany', { ...minutesToWait(error), phone: desk.phone });
        // Whoever waits finds the time that they wanted on top.
        await show(deps, { ...stage, choices: { ...choices, start } }, req, res, text);
      }
    },
  };
}

/** @param error why the time that was chosen is not held */
async function show(deps: Deps, stage: Stage, req: Request, res: Response, error?: string): Promise<void> {
  const free = await whatIsFree(deps, stage, { req, res });
  res.render('pages/public/journey/time', timeView({ stage, free, error, now: deps.now() }, res.locals));
}
