import type { Request, Response } from 'express';
import { type CaseAtDesk, proposedBookings } from '../../../app/cases/readCases';
import type { Case } from '../../../domain/cases/case';
import { takenSteps } from '../../../domain/cases/takenSteps';
import { type ErrorCode, isRefusal } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { aboutOf } from '../caseGuard';
import { bodyOf, type Fields, type FormError, queryOf, versionOf } from '../forms';
import { readDeed } from './deeds';
import { CASE_FORMS, type CaseForm, readCaseForm } from './form';
import { caseView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now'>;

/** What was sent last, and why it was not done. */
interface Outcome {
  readonly form?: CaseForm | undefined;
  readonly fields?: Fields;
  readonly errors?: readonly FormError[];
  readonly refusal?: string;
}

/** The most lines of the trail that the page shows. */
const MAX_TRAIL_LINES = 50;
/** Refusals that are told on the page, with what was typed. */
const TOLD: readonly ErrorCode[] = ['version-moved-on', 'case-not-changeable', 'invalid'];

/** One case on one page. Each part is changed in its place by a form of its own. */
export function casePage(deps: Deps): Page<CaseAtDesk> {
  const { app, storage } = deps;
  const present = async ({ found }: CaseAtDesk) => (await storage.cases.find(found.id)) ?? found;
  return {
    get: (at, req, res) => {
      const fields = bodyOf(req);
      const form = CASE_FORMS.find((each) => each === fields.form);
      return show(deps, at, req, res, form ? { form, fields } : {});
    },

    async post(at, req, res) {
      const fields = bodyOf(req);
      const about = aboutOf(res, req.params);
      const form = CASE_FORMS.find((each) => each === fields.form);
      const read = form
        ? readCaseForm(form, fields, at, res.locals)
        : readDeed(fields, { ...at.found, taken: await takenFrom(storage, at, fields.about) });
      if ('errors' in read) return show(deps, at, req, res.status(422), { form, fields, errors: read.errors });
      // A form without a version has seen nothing.
      const ifVersion = versionOf(fields) ?? 0;
      try {
        if ('change' in read)
          await deed(res, async () => void (await app.changeCase({ ...about, ifVersion, ...read })), undefined);
        else if ('share' in read)
          await deed(res, async () => void (await app.shareCase({ ...about, advisorId: read.share })), undefined);
        else {
          await deed(res, async () => void (await app.unshareCase({ ...about, advisorId: read.unshare })), undefined);
          const isOut = read.unshare === about.who.advisorId;
          if (isOut) return res.redirect(303, url(paths.staffCases, { desk: at.desk.id }, { done: 'left' }));
        }
      } catch (error) {
        const code = TOLD.find((each) => isRefusal(error, each));
        if (!code) throw error;
        const status = code === 'version-moved-on' ? 412 : code === 'invalid' ? 422 : 409;
        const outcome = { form, fields, refusal: res.locals.t(`cases.refusal.${code}`) };
        return show(deps, { ...at, found: await present(at) }, req, res.status(status), outcome);
      }
      res.redirect(
        303,
        `${url(paths.staffCase, { desk: at.desk.id, id: at.found.id }, { done: 1 })}#${anchorOf(fields)}`,
      );
    },
  };
}

/** Returns what was agreed in a meeting of the case and does not stand in it yet. */
async function takenFrom({ bookings }: Pick<HttpDeps['storage'], 'bookings'>, { desk, found }: CaseAtDesk, id = '') {
  const isOfCase = found.meetings.some(({ bookingId }) => bookingId === id);
  const outcome = isOfCase ? (await bookings.find(id))?.outcome : undefined;
  return outcome ? takenSteps(outcome, found, desk.partners) : [];
}

/** Where the part stands that was changed. */
function anchorOf({ form, deed: what }: Fields): string {
  if (form === 'client' || form === 'intake') return form;
  if (form === 'strategy' || form === 'agree') return 'strategy';
  if (what === 'attach' || what === 'detach') return 'meetings';
  return what === 'share' || what === 'unshare' ? 'advisors' : 'steps';
}

async function show(
  { storage, now }: Deps,
  { desk, found }: CaseAtDesk,
  req: Request,
  res: Response,
  outcome: Outcome,
): Promise<void> {
  const { done, step } = queryOf(req);
  const view = caseView(
    {
      ...{ desk, found, outcome, now: now() },
      editedStep: outcome.fields?.stepId ?? step,
      done: done !== undefined && !outcome.form,
      advisorId: res.locals.staff?.advisorId ?? null,
      meetings: await bookingsOf(storage, found),
      proposed: found.state === 'open' ? await proposedBookings(storage, found) : [],
      trail: await storage.trail.about(found.id, MAX_TRAIL_LINES),
    },
    res.locals,
  );
  res.render('pages/staff/case', view);
}

/** Returns the bookings of the chain that are still there, by their ids. */
async function bookingsOf({ bookings }: Pick<HttpDeps['storage'], 'bookings'>, { meetings }: Case) {
  const found = await Promise.all(meetings.map(({ bookingId }) => bookings.find(bookingId)));
  return new Map(found.flatMap((booking) => (booking ? [[booking.id, booking] as const] : [])));
}
