import type { Request, Response } from 'express';
import { clientsLanguage } from '../../../../domain/booking/interpreting';
import { isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { originOf } from '../../../middleware/rateLimit';
import { limitText } from '../../../pages/limitText';
import { tooManyRequests } from '../../../waiting';
import type { Page } from '../../../wiring';
import { heldUrl } from '../heldStage';
import { asksToRenew, renewed } from '../keptSlot';
import { showSlotGone } from '../slotGone/show';
import type { Told } from './told';
import { checkView, SHOWN } from './view';

type Deps = Pick<HttpDeps, 'app' | 'tokens' | 'now' | 'limitKey'>;

/**
 * Shows what was told, and books. A form that is sent twice leads to the same booking, because its hold has become that
 * booking. A form that showed other data, because another tab has changed time or answers, is shown again instead of
 * booked.
 */
export function checkPage(deps: Deps): Page<Told> {
  return {
    get: (told, _req, res) => show(deps, told, res),

    async post(told, req, res) {
      if (asksToRenew(req.body)) {
        await deed(res, () => renewed(deps, told.stage));
        return res.redirect(303, heldUrl('check', told.stage));
      }
      if (shownTo(req) === shownBy(deps, told)) return book(deps, told, res);
      res.status(409);
      show(deps, told, res, res.locals.t('booking.check.changed'));
    },
  };
}

async function book(deps: Deps, told: Told, res: Response): Promise<void> {
  const { stage, details } = told;
  const { hold, desk, place } = stage;
  const query = {
    topicId: hold.topicId,
    language: clientsLanguage(hold),
    interpreter: hold.interpreting !== null,
    mode: hold.mode,
    advisorId: hold.tied ? hold.advisorId : undefined,
  };
  try {
    await deed(res, () =>
      deps.app.bookConsultation({
        deskId: desk.id,
        query,
        start: hold.time.start,
        holdId: hold.id,
        details,
        source: 'web',
        who: CLIENT,
        origin: originOf(deps, res),
      }),
    );
  } catch (error) {
    if (isRefusal(error, 'slot-unavailable')) return showSlotGone(stage, error, res);
    if (isRefusal(error, 'too-many-bookings')) {
      const { most: count } = error.details;
      res.status(409);
      return show(deps, told, res, res.locals.t('booking.check.tooMany', { count, phone: desk.phone }));
    }
    if (isRefusal(error, 'too-many-requests')) {
      tooManyRequests(res, error);
      return show(deps, told, res, limitText({ desk, error, now: deps.now() }, res.locals));
    }
    // The same form was sent a moment earlier, so the booking exists.
    if (!isRefusal(error, 'hold-expired')) throw error;
  }
  res.redirect(303, url(paths.done, place));
}

/** @param refused why it was not booked: the form showed other data than are held now, or a limit was reached */
function show(deps: Deps, told: Told, res: Response, refused?: string): void {
  const view = checkView({ told, shown: shownBy(deps, told), refused, now: deps.now() }, res.locals);
  res.render('pages/public/journey/check', view);
}

/** Returns the same text for the same data. It is a hash, as the page shows the data already. */
function shownBy({ tokens }: Pick<Deps, 'tokens'>, { stage: { hold }, details }: Told): string {
  const { deskId, topicId, language, interpreting, mode, time } = hold;
  return tokens.hash(JSON.stringify([deskId, topicId, language, interpreting, mode, time.start, details]));
}

function shownTo({ body }: Request): unknown {
  return (body as Record<string, unknown> | undefined)?.[SHOWN];
}
