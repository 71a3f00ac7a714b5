import type { Request, Response } from 'express';
import { DAY } from '../../../domain/calendar/dates';
import type { Instant } from '../../../domain/calendar/interval';
import { localDate } from '../../../domain/calendar/zone';
import { paths, url } from '../../../paths';
import { inClientLocales } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { fieldTime } from '../../typedTime';
import type { Page } from '../../wiring';
import { type OwnAdvisor, signedIn } from '../desk';
import { bodyOf, type Fields, type FormError, keyOf } from '../forms';
import { endOfWork } from '../myDay/day';
import { loadOwnDays } from '../myDay/load';
import { readAbsence } from '../newPlan/form';
import { myAbsenceView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'texts'>;

/** How far ahead the own absences are listed. */
const LISTED_MS = 366 * DAY;

/**
 * An advisor says that they are away, and is led to what becomes of their appointments; nothing is changed before that
 * is carried out. With `quick` it is from now until the end of their day.
 */
export function myAbsencePage(deps: Deps): Page<OwnAdvisor> {
  return {
    get: (about, req, res) => show(deps, about, { req, res }),

    async post(about, req, res) {
      const { desk, advisor } = about;
      const now = deps.now();
      const sent = bodyOf(req);
      const end = sent.quick ? await endOfToday(deps, about, now) : null;
      const fields: Fields = end === null ? sent : { ...sent, from: fieldTime(desk, now), until: fieldTime(desk, end) };
      const notice = inClientLocales(deps.texts, 'booking.hours.specially');
      const read = readAbsence(desk, fields, [advisor.id], { now, notice, reader: res.locals });
      if ('errors' in read) return show(deps, about, { req, res, errors: read.errors });
      const idempotency = keyOf(deps, res, { what: `own absence ${desk.id}`, fields });
      const propose = () =>
        deps.app.proposePlan({ who: signedIn(res), deskId: desk.id, absence: read.absence, idempotency });
      const { value } = await deed(res, propose);
      res.redirect(303, url(paths.staffPlan, { desk: desk.id, id: value.id }));
    },
  };
}

async function endOfToday(deps: Pick<Deps, 'storage'>, about: OwnAdvisor, now: Instant): Promise<Instant | null> {
  const today = localDate(now, about.desk.hours.timeZone);
  const [day] = await loadOwnDays(deps, about, { first: today, count: 1, now });
  return day ? endOfWork(day, now) : null;
}

async function show(
  deps: Deps,
  about: OwnAdvisor,
  { req, res, errors }: { req: Request; res: Response; errors?: readonly FormError[] },
): Promise<void> {
  const { desk, advisor } = about;
  const { storage, ids } = deps;
  const now = deps.now();
  const ahead = await storage.desks.enteredAbsences(desk.id, { start: now, end: now + LISTED_MS });
  const facts = {
    ...about,
    fields: bodyOf(req),
    now,
    endOfWork: await endOfToday(deps, about, now),
    absences: ahead.filter(({ advisorId }) => advisorId === advisor.id).sort((a, b) => a.time.start - b.time.start),
    committed: await storage.plans.committed(desk.id),
    key: ids.uuid(),
    errors,
  };
  res.status(errors ? 422 : 200).render('pages/staff/myAbsence', myAbsenceView(facts, res.locals));
}
