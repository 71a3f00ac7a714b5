import { type Response, Router } from 'express';
import type { Alternatives } from '../../../app/slots/alternatives';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { requireCsrfToken } from '../../middleware/csrf';
import { actorOf, enterDesk } from '../desk';
import { bodyOf, type Fields, instantOrNull, keyOf, queryOf } from '../forms';
import { readTold, type Told } from './form';
import { assertMayBook, wishOf } from './query';
import { showTimes } from './times';
import { type Chosen, showCheck, showDetails } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'turn'>;

/**
 * Book for somebody who calls or stands at the door: wish and time in the address, which holds nothing of the person;
 * details, check and booking by POST, where each page carries what was said before.
 */
export function newBookingRoutes(deps: Deps): Router {
  const router = Router();

  router.get(paths.staffNewBooking, async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), 'new');
    const fields = { ...bodyOf(req), ...queryOf(req) };
    const { wish, start } = readChoice(res, desk, fields);
    if (wish && start !== null) return showDetails(deps, res, { desk, wish, start, fields });
    await showTimes(deps, res, { desk, wish, fields, missing: 'continue' in fields });
  });

  router.post(paths.staffNewBooking, requireCsrfToken, async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), 'new');
    const fields = bodyOf(req);
    const { wish, start } = readChoice(res, desk, fields);
    const { step } = fields;
    if (step === 'times' || !wish || start === null)
      return showTimes(deps, res, { desk, wish, fields, carry: true, missing: step !== 'times' });

    const chosen = { desk, wish, start, fields };
    if (step === 'details') return showDetails(deps, res, chosen);
    const read = readTold(fields, wish.mode);
    if ('wrong' in read) return showDetails(deps, res, chosen, read.wrong);
    if (step !== 'book') return showCheck(deps, res, { ...chosen, told: read.told });
    await book(deps, res, { ...chosen, told: read.told });
  });
  return router;
}

/** @throws DomainError `forbidden` if it is not theirs to book */
function readChoice(res: Response, desk: Desk, fields: Fields) {
  const wish = wishOf(desk, fields);
  if (wish) assertMayBook(res, desk, wish.advisorId);
  return { wish, start: instantOrNull(fields.start) };
}

async function book(deps: Deps, res: Response, request: Chosen & { told: Told }): Promise<void> {
  const { desk, wish, start, fields, told } = request;
  const idempotency = keyOf(deps, res, { what: `book ${desk.id}`, fields });
  try {
    const by = actorOf(res);
    const { value } = await deed(res, () =>
      deps.app.bookConsultation({ deskId: desk.id, wish, start, ...told, by, idempotency }),
    );
    res.redirect(303, url(paths.staffSlip, { id: value.id }, { new: 1 }));
  } catch (error) {
    if (isRefusal(error, 'idempotency-key-reused'))
      return showCheck(deps, res, { ...request, refusal: { status: 422, text: res.locals.t('staff.new.again') } });
    if (!isRefusal(error, 'slot-unavailable')) throw error;
    const alternatives = error.details.alternatives as Alternatives;
    await showTimes(deps, res, { desk, wish, fields, carry: true, alternatives });
  }
}
