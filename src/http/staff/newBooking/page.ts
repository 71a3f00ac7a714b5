import { promisify } from 'node:util';
import type { Response } from 'express';
import type { Alternatives } from '../../../app/slots/alternatives';
import { firstTimes } from '../../../app/slots/firstTimes';
import { type FreeTimes, freeTimes } from '../../../app/slots/freeTimes';
import type { Instant } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { assertMayBookFor } from '../../../domain/staff/rights';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { instantOrNull } from '../../typedTime';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, type Fields, keyOf, queryOf } from '../forms';
import { doubtsOf, doubtsView, takenFields } from './doubts';
import { askedOf, type NewBookingDetails, readTold, type WrongFields } from './form';
import { giveHeldBack, heldView, holdOf, keepHeld } from './held';
import { asksAfternoon, dayOf, inAskedPart, type KnownSlotQuery, slotQueryOf } from './query';
import { newBookingView } from './view';
import { waitInstead } from './wait';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'turn'>;

/**
 * Books for somebody who calls or stands at the door, on one page: what is asked for, the times, the caller. The address
 * contains nothing personal; what is typed is sent by POST. Its script asks for the times while something is chosen,
 * holds the chosen time while somebody types (`step` is `hold`; `leave` gives it back), and asks who has the same name
 * (`names`).
 */
export function newBookingPage(deps: Deps): Page<Desk> {
  return {
    async get(desk, req, res) {
      const fields = { ...bodyOf(req), ...queryOf(req) };
      await show(deps, res, { desk, fields, query: readQuery(res, desk, fields) });
    },

    async post(desk, req, res) {
      const typed = bodyOf(req);
      if (typed.step === 'leave') {
        await giveHeldBack(deps, res, desk, typed);
        return res.status(204).end();
      }
      if (typed.step === 'names') return sendDoubts(deps, res, desk, typed);
      const fields = await withTaken(deps, desk, typed);
      const query = readQuery(res, desk, fields);
      const start = instantOrNull(fields.start);
      if (fields.step === 'hold') return sendHeld(deps, res, { desk, fields, query, start });
      if (fields.step === 'times' || fields.day || fields.take) return show(deps, res, { desk, fields, query });
      if (!query) return show(deps, res, { desk, fields, query, sent: true });

      const read = readTold(fields, askedOf(desk, query));
      const page = { desk, fields, query, sent: true };
      const isWaiting = fields.step === 'wait';
      if ('wrong' in read) return show(deps, res, { ...page, sent: !isWaiting, wrong: read.wrong });
      if (isWaiting) {
        const refusal = await waitInstead(deps, res, { desk, fields, query, told: read.told });
        return refusal ? show(deps, res, { ...page, sent: false, refusal, isUsed: true }) : undefined;
      }
      if (start === null) return show(deps, res, page);
      const { mark } = await doubtsOf(deps, res, desk, fields);
      if (mark && fields.seen !== mark && !(await wasBooked(deps, res, page)))
        return show(deps, res, { ...page, refusal: res.locals.t('staff.newBooking.ask') });
      await book(deps, res, { ...page, start, told: read.told });
    },
  };
}

/** @throws DomainError `forbidden` if the person may not make this booking; an advisor books only for themselves */
function readQuery(res: Response, desk: Desk, fields: Fields): KnownSlotQuery | null {
  const query = slotQueryOf(desk, fields);
  if (query) assertMayBookFor(signedIn(res), desk.id, query.advisorId ?? null);
  return query;
}

/** Fills in an earlier client whom the person chose. */
async function withTaken({ storage }: Deps, desk: Desk, fields: Fields): Promise<Fields> {
  const booking = fields.take ? await storage.bookings.find(fields.take) : undefined;
  return booking?.deskId === desk.id ? { ...fields, ...takenFields(booking) } : fields;
}

/** What is shown. */
interface Shown {
  readonly desk: Desk;
  readonly fields: Fields;
  readonly query: KnownSlotQuery | null;
  readonly sent?: boolean;
  readonly wrong?: WrongFields | undefined;
  readonly alternatives?: Alternatives;
  readonly refusal?: string;
  readonly isUsed?: boolean;
}

async function show(deps: Deps, res: Response, { query, ...page }: Shown): Promise<void> {
  const { desk, fields, alternatives } = page;
  const now = deps.now();
  const hold = await holdOf(deps, res, desk, fields);
  const found = query && (await timesFor(deps, { desk, query, fields, except: hold?.id }));
  const doubts = fields.name ? doubtsView(await doubtsOf(deps, res, desk, fields), desk, res.locals) : undefined;
  const facts = {
    ...page,
    query,
    found,
    doubts,
    date: dayOf(fields),
    held: heldView(hold, desk, now, res.locals),
    staff: signedIn(res),
    now,
    newKey: deps.ids.uuid(),
  };
  const view = newBookingView(facts, res.locals);
  res.status(alternatives ? 409 : view.errors ? 422 : 200).render('pages/staff/newBooking', view);
}

/** Returns the free times of the day that was asked for, or else the first ones over all days. */
async function timesFor(
  deps: Deps,
  { desk, query, fields, except }: { desk: Desk; query: KnownSlotQuery; fields: Fields; except: string | undefined },
): Promise<FreeTimes> {
  const date = dayOf(fields);
  if (date === null) {
    const wanted = instantOrNull(fields.start);
    return firstTimes(deps, { desk, query, afternoons: asksAfternoon(fields), wanted, except });
  }
  const found = await freeTimes(deps, { desk, query, date, except });
  const isAsked = inAskedPart(fields, desk);
  return { ...found, slots: found.slots.filter(({ time }) => isAsked(time.start)) };
}

/** Answers the page's script: until when the time is held, or that it has gone. */
async function sendHeld(
  deps: Deps,
  res: Response,
  { desk, fields, query, start }: Shown & { readonly start: Instant | null },
): Promise<void> {
  if (!query || start === null || !fields.key) return void res.status(422).end();
  try {
    const hold = await keepHeld(deps, res, { desk, query, start, fields });
    res.type('text').send(heldView(hold, desk, deps.now(), res.locals) ?? '');
  } catch (error) {
    if (!isRefusal(error, 'slot-unavailable')) throw error;
    res.status(409).type('text').send(res.locals.t('staff.times.gone'));
  }
}

/** Answers the page's script: who has the name that is being typed. It is no page that "back" could come to. */
async function sendDoubts(deps: Deps, res: Response, desk: Desk, fields: Fields): Promise<void> {
  const doubts = doubtsView(await doubtsOf(deps, res, desk, fields), desk, res.locals);
  const render = promisify<string, object, string>(res.app.render.bind(res.app));
  res.send(await render('pages/staff/newBooking/doubts', { ...res.locals, doubts, layout: false }));
}

/**
 * Tells whether this form has made its booking already, by a first press of the same button: then the doubt is perhaps
 * about that booking itself.
 */
async function wasBooked(
  deps: Deps,
  res: Response,
  { desk, fields }: Pick<Shown, 'desk' | 'fields'>,
): Promise<boolean> {
  const idempotency = bookingKey(deps, res, { desk, fields });
  return idempotency !== undefined && !!(await deps.storage.keys.find(idempotency.scope, idempotency.key));
}

function bookingKey(deps: Deps, res: Response, { desk, fields }: Pick<Shown, 'desk' | 'fields'>) {
  return keyOf(deps, res, { what: `book ${desk.id}`, fields });
}

interface BookingToMake extends Shown {
  readonly query: KnownSlotQuery;
  readonly start: Instant;
  readonly told: NewBookingDetails;
}

async function book(deps: Deps, res: Response, request: BookingToMake): Promise<void> {
  const { desk, query, start, fields, told } = request;
  const idempotency = bookingKey(deps, res, request);
  try {
    const who = signedIn(res);
    const holdId = (await holdOf(deps, res, desk, fields))?.id;
    const { value } = await deed(res, () =>
      deps.app.bookConsultation({ deskId: desk.id, query, start, ...told, who, holdId, idempotency }),
    );
    res.redirect(303, url(paths.staffSlip, { id: value.id }, { new: 1 }));
  } catch (error) {
    if (isRefusal(error, 'idempotency-key-reused'))
      return show(deps, res, { ...request, isUsed: true, refusal: res.locals.t('staff.newBooking.again') });
    if (!isRefusal(error, 'slot-unavailable')) throw error;
    await show(deps, res, { ...request, alternatives: error.details.alternatives as Alternatives });
  }
}
