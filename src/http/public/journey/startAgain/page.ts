import { type RequestHandler, Router } from 'express';
import { isTyped } from '../../../../domain/booking/hold';
import { localDate } from '../../../../domain/calendar/zone';
import { isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import { paths, url } from '../../../../paths';
import { CLIENT_LOCALES } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import { forgetForms } from '../../../keptForm';
import { forgetLocale } from '../../../middleware/locale';
import { deskIn } from '../../../pages/deskPage';
import { DRAFT_FIELDS } from '../details/form';
import { answerFields, typedIn } from '../draft';
import { heldStage } from '../heldStage';
import { forgetHolder, holderOf } from '../holder';
import { journeyUrl, QUESTIONS, type Step } from '../journey';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'baseUrl'>;

/** Releases the time that is held for the client, or deletes everything that the browser stores about them. */
export function startAgainRoutes(deps: Deps): Router {
  const router = Router();

  router.post(paths.forget, async (req, res) => {
    const holder = holderOf(deps, req);
    const hold = holder && (await deps.storage.bookings.findHoldOf(holder));
    if (hold)
      await deps.app.releaseHold({ ...hold, who: CLIENT }).catch((error: unknown) => {
        // The button was pressed twice.
        if (!isRefusal(error, 'not-found')) throw error;
      });
    forgetHolder(deps, res);
    forgetLocale(res);
    const desk = deskIn(res).id;
    const typedAt = [paths.yourDetails, paths.answerQuestions, paths.findBooking];
    forgetForms(
      deps,
      res,
      CLIENT_LOCALES.flatMap((locale) => typedAt.map((path) => url(path, { locale, desk }))),
    );
    res.redirect(303, url(paths.start, { locale: res.locals.locale, desk }));
  });

  router.post(paths.giveBack, async (req, res) => {
    const stage = await heldStage(deps, req, res);
    if (!stage) return;
    const { hold, desk, place, choices } = stage;
    await deps.app.keepDraft(hold, CLIENT, {
      ...hold.draft,
      ...typedIn([...DRAFT_FIELDS, ...answerFields(stage.topic)], req.body),
    });
    await deps.app.giveBack({ ...hold, who: CLIENT });
    const date = localDate(hold.time.start, desk.hours.timeZone);
    const to = leftFor(req.body);
    res.redirect(303, journeyUrl(to, place, to === 'time' ? { ...choices, date } : choices));
  });
  return router;
}

/** Returns the page to which the client goes next; by default, the times. */
function leftFor(body: unknown): Step {
  const to = (body as { to?: unknown } | undefined)?.to;
  return QUESTIONS.find((question) => question === to) ?? 'time';
}

/** Adds to each page of the journey on which something was typed how another person can begin anew. */
export function offerStartAgain(deps: Deps): RequestHandler {
  return async (req, res, next) => {
    const holder = holderOf(deps, req);
    const hold = holder && (await deps.storage.bookings.findHoldOf(holder));
    if (hold && isTyped(hold.draft))
      res.locals.startAgainHref = url(paths.forget, { locale: res.locals.locale, desk: deskIn(res).id });
    next();
  };
}
