import type { Request, Response } from 'express';
import type { AbsencePlan, PlanLine } from '../../../domain/booking/absencePlan';
import type { Desk } from '../../../domain/desk';
import { DomainError, isRefusal } from '../../../domain/errors';
import { assertMayPlanAbsenceOf, assertMayPlanAbsences, boundTo } from '../../../domain/staff/rights';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { deskTime } from '../../../presentation/format';
import { clientLocaleFor } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { fieldTimeOrNull } from '../../typedTime';
import type { Guard, Page } from '../../wiring';
import { enterDesk, signedIn } from '../desk';
import { bodyOf, type Fields, keyOf, queryOf, reasonError } from '../forms';
import { clientReader } from '../hours/clientReader';
import { readLines } from './form';
import { type FoundLine, planView } from './view';

/** Refusals after which the plan stays as it is, and says why. */
const REFUSED = ['undo-expired', 'plan-undone', 'version-moved-on'] as const;

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'texts'>;

/** A plan that a page is about, with its desk. */
interface PlanAtDesk {
  readonly plan: AbsencePlan;
  readonly desk: Desk;
}

/** The guard of pages that begin a plan. @throws DomainError `not-found`, `forbidden` */
export function deskToPlan(deps: Pick<Deps, 'storage'>): Guard<Desk> {
  return (req, res) => enterToPlan(deps, req, res);
}

async function enterToPlan(deps: Pick<Deps, 'storage'>, req: Request, res: Response): Promise<Desk> {
  const desk = await enterDesk(deps, res, String(req.params.desk), 'plans');
  assertMayPlanAbsences(signedIn(res), desk.id);
  return desk;
}

/** The guard of the page about the plan in the address. @throws DomainError `not-found`, `forbidden` */
export function planToSee(deps: Pick<Deps, 'storage'>): Guard<PlanAtDesk> {
  return async (req, res) => {
    const section = boundTo(signedIn(res)) === undefined ? 'plans' : 'mine';
    const desk = await enterDesk(deps, res, String(req.params.desk), section);
    const plan = await deps.storage.plans.find(String(req.params.id));
    // Who may not see any plan is not told which there are.
    if (plan?.deskId !== desk.id) assertMayPlanAbsences(signedIn(res), desk.id);
    if (plan?.deskId !== desk.id) throw new DomainError('not-found');
    assertMayPlanAbsenceOf(signedIn(res), desk.id, plan.advisorIds);
    return { plan, desk };
  };
}

/** Shows what is proposed, carries it out with one press, undoes it with another, and notes who is back earlier. */
export function planPage(deps: Deps): Page<PlanAtDesk> {
  return {
    get: (about, req, res) => show(deps, about, { req, res }),

    async post({ plan, desk }, req, res) {
      const fields = bodyOf(req);
      const here = url(paths.staffPlan, { desk: desk.id, id: plan.id });
      const idempotency = keyOf(deps, res, { what: `plan ${plan.id}`, fields });
      const request = { who: signedIn(res), planId: plan.id, idempotency };
      try {
        if (fields.step === 'rest') return await proposeAnew(deps, res, { plan, desk, isLeft: true });
        if (fields.step === 'undo') await deed(res, () => deps.app.undoPlan(request));
        else if (fields.step === 'end' || fields.step === 'resume') {
          const at = fields.step === 'end' ? fieldTimeOrNull(desk, fields.at) : plan.time.end;
          if (at === null)
            return show(
              deps,
              { plan, desk },
              { req, res, typed: fields, refusal: res.locals.t('staff.newPlan.wrong.time') },
            );
          await deed(res, () => deps.app.endAbsence({ ...request, at, asksBack: fields.askBack === '1' }));
        } else {
          const wrong = reasonError(fields.message, res.locals);
          if (wrong) return show(deps, { plan, desk }, { req, res, typed: fields, refusal: wrong });
          const message = fields.message || null;
          await deed(res, () =>
            deps.app.commitPlan({ ...request, lines: readLines(plan, fields, boundTo(request.who)), message }),
          );
        }
        res.redirect(303, here);
      } catch (error) {
        if (REFUSED.some((code) => isRefusal(error, code)))
          return show(
            deps,
            { plan, desk },
            { req, res, refusal: res.locals.t(`staff.plan.refusal.${(error as DomainError).code}`) },
          );
        if (!isRefusal(error, 'moves-refused') && !isRefusal(error, 'slot-unavailable')) throw error;
        if (fields.step === 'undo')
          return show(deps, { plan, desk }, { req, res, refusal: res.locals.t('staff.refusal.undo-refused') });
        await proposeAnew(deps, res, { plan, desk });
      }
    },
  };
}

/** Proposes the same absence once more, because bookings have changed since, or for those that are left. */
async function proposeAnew(
  { app }: Deps,
  res: Response,
  { plan, desk, isLeft = false }: PlanAtDesk & { isLeft?: boolean },
): Promise<void> {
  const { advisorIds, time, kind, reason, notice, hours } = plan;
  const absence = { advisorIds, time, kind, reason, notice, hours };
  const { value } = await app.proposePlan({ who: signedIn(res), deskId: desk.id, absence });
  res.redirect(303, url(paths.staffPlan, { desk: desk.id, id: value.id }, isLeft ? {} : { anew: 1 }));
}

/** Returns which sentence the client hears on the phone: that nobody is there, or that the desk is closed then. */
function callKey({ advisorIds }: AbsencePlan, { start }: PlanLine): string {
  if (advisorIds === null) return start === null ? 'closedSorry' : 'closedOffer';
  return start === null ? 'sorry' : 'offer';
}

async function show(
  { storage, now, ids, texts }: Deps,
  { plan, desk }: PlanAtDesk,
  { req, res, refusal, typed }: { req: Request; res: Response; refusal?: string; typed?: Fields },
): Promise<void> {
  const found: FoundLine[] = [];
  for (const line of plan.lines) {
    const booking = await storage.bookings.find(line.bookingId);
    if (booking) found.push({ line, booking });
  }
  const sentence = ({ line, booking }: FoundLine) => {
    const lang = clientLocaleFor(booking.client.language);
    const time = deskTime(lang, desk.hours.timeZone);
    const said = {
      desk: inLanguage(desk.name, lang),
      when: time.dateAndTime(booking.time.start),
      offer: line.start === null ? '' : time.dateAndTime(line.start),
    };
    return { lang, text: texts.in('client', lang)(`booking.call.${callKey(plan, line)}`, said) };
  };
  const isAnew = Boolean(queryOf(req).anew);
  const facts = {
    desk,
    plan,
    found,
    who: signedIn(res),
    now: now(),
    key: ids.uuid(),
    refusal,
    typed,
    isAnew,
    sentence,
  };
  const house = clientReader({ texts }, res.locals.locale);
  res.status(refusal ? 409 : 200).render('pages/staff/plan', planView(facts, res.locals, house));
}
