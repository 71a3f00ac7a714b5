import type { Response } from 'express';
import type { Alternatives } from '../../../app/slots/alternatives';
import { freeTimes } from '../../../app/slots/freeTimes';
import type { Booking } from '../../../domain/booking/booking';
import { localDate } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { assertMayBookFor } from '../../../domain/staff/rights';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { dateOrNull, instantOrNull } from '../../typedTime';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, type Fields, keyOf, queryOf } from '../forms';
import { checkView } from './check/view';
import { askedOf, type Chosen } from './chosen';
import { type NewBookingDetails, readTold, type WrongFields } from './details/form';
import { detailsView } from './details/view';
import { type KnownSlotQuery, slotQueryOf } from './query';
import { newBookingTimesView } from './times/view';

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

/** @throws DomainError `forbidden` if the person may not make this booking; an advisor books only for themselves */
function readChoice(res: Response, desk: Desk, fields: Fields) {
  const query = slotQueryOf(desk, fields);
  if (query) assertMayBookFor(signedIn(res), desk.id, query.advisorId ?? null);
  return { query, start: instantOrNull(fields.start) };
}

/** What is shown of the query and its free times. */
interface Times
  extends Pick<Parameters<typeof newBookingTimesView>[0], 'desk' | 'fields' | 'missing' | 'carry' | 'alternatives'> {
  readonly query: KnownSlotQuery | null;
}

async function showTimes(deps: Deps, res: Response, { query, ...page }: Times): Promise<void> {
  const { desk, fields, alternatives } = page;
  const zone = desk.hours.timeZone;
  const now = deps.now();
  const date = dateOrNull(fields.date) ?? localDate(instantOrNull(fields.start) ?? now, zone);
  const found = query && (await freeTimes(deps, { desk, query, date }));
  const facts = { ...page, staff: signedIn(res), date, found, now, newKey: deps.ids.uuid() };
  const view = newBookingTimesView(facts, res.locals);
  res.status(alternatives ? 409 : view.errors ? 422 : 200).render('pages/staff/newBooking/times', view);
}

/** Shows the form about the caller with what was typed. If `wrong` is absent, it has not been sent yet. */
function showDetails(deps: Deps, res: Response, chosen: Chosen, wrong?: WrongFields): void {
  const view = detailsView({ ...chosen, wrong, now: deps.now(), newKey: deps.ids.uuid() }, res.locals);
  res.status(view.errors ? 422 : 200).render('pages/staff/newBooking/details', view);
}

async function showCheck(
  deps: Deps,
  res: Response,
  { refusal, ...page }: Chosen & { told: NewBookingDetails; refusal?: { status: number; text: string } },
): Promise<void> {
  const same = await sameName(deps, res, { desk: page.desk, name: page.told.details.client.name });
  const view = checkView({ ...page, same, refusal: refusal?.text, newKey: deps.ids.uuid() }, res.locals);
  res.status(refusal?.status ?? 200).render('pages/staff/newBooking/check', view);
}

const MAX_NAMESAKES = 5;

/** Returns future bookings under this name, as the caller may already have one. */
async function sameName(
  { app, now }: Deps,
  res: Response,
  { desk, name }: { desk: Desk; name: string },
): Promise<readonly Booking[]> {
  const range = { start: now() };
  const asked = { deskId: desk.id, text: name, range, nearestTo: range.start, status: 'confirmed' } as const;
  return (await app.searchBookings(signedIn(res), { ...asked, limit: MAX_NAMESAKES })).bookings;
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
      return showCheck(deps, res, {
        ...request,
        refusal: { status: 422, text: res.locals.t('staff.newBooking.again') },
      });
    if (!isRefusal(error, 'slot-unavailable')) throw error;
    const alternatives = error.details.alternatives as Alternatives;
    await showTimes(deps, res, { desk, query, fields, carry: true, alternatives });
  }
}
