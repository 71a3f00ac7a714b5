import type { Request, Response } from 'express';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { QUEUE_STATES } from '../../../domain/queue/entry';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, type Fields, type FormError, keyOf, queryOf } from '../forms';
import { readAdvisor, readStep, readWalkIn, refusedWalkIn } from './form';
import { offersFor } from './offers';
import { queueView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'turn' | 'ids' | 'tokens'>;

/** The waiting room: who waits, whom to call, and a form for those who come without an appointment. */
export function queuePage(deps: Deps): Page<Desk> {
  return {
    get: (desk, req, res) => show(deps, desk, { req, res }),

    async post(desk, req, res) {
      const fields = bodyOf(req);
      try {
        if (fields.do === 'next') await next(deps, desk, { req, res, fields });
        else if (fields.do === 'step') await step(deps, desk, { res, fields });
        else await add(deps, desk, { req, res, fields });
      } catch (error) {
        const isOver = isRefusal(error, 'queue-not-changeable') || isRefusal(error, 'version-moved-on');
        if (!isOver && !isRefusal(error, 'not-found')) throw error;
        await show(deps, desk, { req, res, refusal: res.locals.t('staff.queue.unchanged') });
      }
    },
  };
}

interface Sent {
  readonly req: Request;
  readonly res: Response;
  readonly fields: Fields;
}

/** Calls the next person for an advisor. */
async function next(deps: Deps, desk: Desk, { req, res, fields }: Sent): Promise<void> {
  const advisorId = readAdvisor(desk, fields);
  if (!advisorId) return show(deps, desk, { req, res, refusal: res.locals.t('staff.newBooking.wrong.advisor') });
  const request = { who: signedIn(res), deskId: desk.id, advisorId };
  const called = await deed(res, () => deps.app.callNext(request), undefined);
  if (called) return backWith(res, desk, { number: called.number, now: called.state });
  const advisor = desk.advisors.find(({ id }) => id === advisorId)?.name ?? advisorId;
  await show(deps, desk, { req, res, refusal: res.locals.t('staff.queue.next.nobody', { advisor }) });
}

/** Does a step with somebody. */
async function step(deps: Deps, desk: Desk, { res, fields }: Omit<Sent, 'req'>): Promise<void> {
  const what = readStep(fields);
  if (!what) return backWith(res, desk, {});
  const idempotency = keyOf(deps, res, { what: `queue ${fields.id} ${fields.step}`, fields });
  const request = { who: signedIn(res), id: fields.id ?? '', what, idempotency };
  const { value } = await deed(res, () => deps.app.stepInQueue(request));
  backWith(res, desk, { number: value.number, now: value.state });
}

/** Puts somebody without an appointment into the line. */
async function add(deps: Deps, desk: Desk, { req, res, fields }: Sent): Promise<void> {
  const read = readWalkIn(fields, res.locals);
  if ('errors' in read) return show(deps, desk, { req, res, errors: read.errors });
  const idempotency = keyOf(deps, res, { what: `walk-in ${desk.id}`, fields });
  const request = { who: signedIn(res), deskId: desk.id, ...read.walkIn, idempotency };
  try {
    const { value } = await deed(res, () => addOnce(deps, request));
    backWith(res, desk, { number: value.number });
  } catch (error) {
    if (!isRefusal(error, 'invalid')) throw error;
    await show(deps, desk, { req, res, errors: refusedWalkIn(error.details, res.locals) });
  }
}

/** Whoever goes back and fills in the form for somebody else sends its key again, with other fields. */
async function addOnce({ app }: Pick<Deps, 'app'>, request: Parameters<Deps['app']['addWalkIn']>[0]) {
  try {
    return await app.addWalkIn(request);
  } catch (error) {
    if (!isRefusal(error, 'idempotency-key-reused')) throw error;
    return app.addWalkIn({ ...request, idempotency: undefined });
  }
}

/** Leads back to the page, which says what was done with this number. */
function backWith(res: Response, desk: Desk, { number, now }: { number?: string; now?: string }): void {
  res.redirect(303, url(paths.staffQueue, { desk: desk.id }, { done: number, now }));
}

interface Told {
  readonly req: Request;
  readonly res: Response;
  readonly errors?: readonly FormError[];
  readonly refusal?: string;
}

async function show(
  { app, storage, now, turn, ids, tokens }: Deps,
  desk: Desk,
  { req, res, errors, refusal }: Told,
): Promise<void> {
  const who = signedIn(res);
  const { people } = await app.readQueue(who, desk.id);
  const { done: number, now: state } = queryOf(req);
  const done = number ? { number, state: QUEUE_STATES.find((each) => each === state) } : undefined;
  const fields = bodyOf(req);
  const offers = await offersFor({ storage, now, turn }, desk, people);
  const facts = { desk, people, offers, who, now: now(), key: ids.uuid(), fields, tokens, done, errors, refusal };
  if (errors) res.status(422);
  res.render('pages/staff/queue', queueView(facts, res.locals));
}
