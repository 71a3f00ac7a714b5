import type { Request, Response } from 'express';
import type { Instant } from '../../../../domain/calendar/interval';
import { isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { originOf } from '../../../middleware/rateLimit';
import { chosenStart } from '../../../typedTime';
import { minutesToWait, tooManyRequests } from '../../../waiting';
import { Elsewhere, type Guard, type Page } from '../../../wiring';
import { nextStep } from '../draft';
import { type FreeSlotsDeps, slotQueryOf, slotsFor } from '../freeSlots';
import { heldUrl } from '../heldStage';
import { ensureHolder } from '../holder';
import { journeyUrl, openBefore } from '../journey';
import { showSlotGone } from '../slotGone/show';
import { type JourneyStage, onJourney, type Stage, stageOf } from '../stage';
import { timeView } from './view';

type Deps = FreeSlotsDeps & Pick<HttpDeps, 'ids' | 'limitKey'>;

/**
 * The guard of the page: a reader who has left out a question belongs there. A time that was chosen says its day itself,
 * so that the earliest one can be taken from the list of days.
 */
export function beforeTime(deps: Deps): Guard<JourneyStage> {
  return (req, res) => {
    const stage = stageOf(req, res);
    const isChosen = req.method === 'POST' && chosenStart(req.body) !== null;
    const open = openBefore(isChosen ? 'day' : 'time', stage.choices);
    return open ? new Elsewhere(journeyUrl(open, stage.place, stage.choices)) : onJourney(stage, deps);
  };
}

/** Shows the times of one day. Choosing one holds it and leads to the form. */
export function timePage(deps: Deps): Page<JourneyStage> {
  return {
    get: (stage, req, res) => show(deps, stage, { req, res }),

    async post(stage, req, res) {
      const { desk, place, choices } = stage;
      const start = chosenStart(req.body);
      if (start === null) {
        res.status(422);
        return show(deps, stage, { req, res, error: res.locals.t('booking.time.missing') });
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
        res.redirect(303, heldUrl(topic ? nextStep({ hold, topic, place }) : 'details', stage));
      } catch (error) {
        if (isRefusal(error, 'slot-unavailable')) return showSlotGone(stage, error, res);
        if (!isRefusal(error, 'too-many-requests')) throw error;
        tooManyRequests(res, error);
        const text = res.locals.t('booking.time.tooMany', { ...minutesToWait(error), phone: desk.phone });
        await show(deps, stage, { req, res, error: text, start });
      }
    },
  };
}

interface Shown {
  readonly req: Request;
  readonly res: Response;
  readonly error?: string;
  readonly start?: Instant;
}

async function show(deps: Deps, stage: Stage, { req, res, error, start }: Shown): Promise<void> {
  const slots = await slotsFor(deps, stage, { req, res });
  res.render('pages/public/journey/time', timeView({ stage, slots, error, start }, res.locals));
}
