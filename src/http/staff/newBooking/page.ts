import type { Response } from 'express';
import type { Alternatives } from '../../../app/slots/alternatives';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { instantOrNull } from '../../typedTime';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, type Fields, keyOf, queryOf } from '../forms';
import { type NewBookingDetails, readTold } from './form';
import { assertMayBook, slotQueryOf } from './query';
import { showTimes } from './times';
import { askedOf, type Chosen, showCheck, showDetails } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'turn'>;

/**
 * Books for somebody who calls or stands at the door. Query and time are in the address, which contains nothing
 * personal; details, check and booking are sent by POST, and each page carries the fields of the pages before.
 */
export function newBookingPage(deps: Deps): Page<Desk> {
  return {
    async get(desk, req, res) {
      const fields = { ...bodyOf(req), ...queryOf(req) };
      const { query, start } = readChoice(res, desk, fields);
      if (query && start !== null) return showDetails(deps, res, { desk, query, start, fields });
      await showTimes(deps, res, { desk, query, fields, missing: 'continue' in fields });
    },

    async post(desk, req, res) {
      const fields = bodyOf(req);
      const { query, start } = readChoice(res, desk, fields);
      const { step } = fields;
      if (step === 'times' || !query || start === null)
        return showTimes(deps, res, { desk, query, fields, carry: true, missing: step !== 'times' });

      const chosen = { desk, query, start, fields };
      if (step === 'details') return showDetails(deps, res, chosen);
      const read = readTold(fields, askedOf(chosen));
      if ('wrong' in read) return showDetails(deps, res, chosen, read.wrong);
      if (step !== 'book') return showCheck(deps, res, { ...chosen, told: read.told });
      await book(deps, res, { ...chosen, told: read.told });
    },
  };
}

/** @throws DomainError `forbidden` if the person may not make this booking */
function readChoice(res: Response, desk: Desk, fields: Fields) {
  const query = slotQueryOf(desk, fields);
  if (query) assertMayBook(res, desk, query.advisorId);
  return { query, start: instantOrNull(fields.start) };
}

async function book(deps: Deps, res: Response, request: Chosen & { told: NewBookingDetails }): Promise<void> {
  const { desk, query, start, fields, told } = request;
  const idempotency = keyOf(deps, res, { what: `book ${desk.id}`, fields });
  try {
    const who = signedIn(res);
    const { value } = await deed(res, () =>
      deps.app.bookConsultation({ deskId: desk.id, query, start, ...told, who, idempotency }),
    );
    res.redirect(303, url(paths.staffSlip, { id: value.id }, { new: 1 }));
  } catch (error) {
    if (isRefusal(error, 'idempotency-key-reused'))
      return showCheck(deps, res, { ...request, refusal: { status: 422, text: res.locals.t('staff.new.again') } });
    if (!isRefusal(error, 'slot-unavailable')) throw error;
    const alternatives = error.details.alternatives as Alternatives;
    await showTimes(deps, res, { desk, query, fields, carry: true, alternatives });
  }
}
