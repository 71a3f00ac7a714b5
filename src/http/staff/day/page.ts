import type { LocalDate } from '../../../domain/calendar/hours';
import { hull, type Instant } from '../../../domain/calendar/interval';
import { dayInterval, localDate } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { seesAllDesks } from '../../../domain/staff/rights';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { dateOrNull } from '../../typedTime';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { queryOf } from '../forms';
import { type DayPlan, dayPlan } from './plan';
import { dayView } from './view';

type Deps = Pick<HttpDeps, 'storage' | 'now'>;

/**
 * The desk's day: a calendar with a column for each advisor, and the same as a table, which also works without
 * JavaScript and on paper.
 */
export function dayPage(deps: Deps): Page<Desk> {
  return {
    async get(desk, req, res) {
      const { date: asked, view: wished, print } = queryOf(req);
      const view = wished === 'table' ? ('table' as const) : ('calendar' as const);
      // The date field sends `?date=`; it redirects to the day's own address.
      if (asked && dateOrNull(asked))
        return res.redirect(303, url(paths.staffDay, { desk: desk.id, date: asked }, { view: wished || undefined }));

      const now = deps.now();
      const inPath = req.params.date === undefined ? localDate(now, desk.hours.timeZone) : dateOrNull(req.params.date);
      const date = inPath ?? localDate(now, desk.hours.timeZone);
      const isWrongDate = Boolean(asked) || inPath === null;
      const staff = signedIn(res);
      const plan = await loadDay(deps, { desk, date, now, ownAdvisorId: staff.advisorId });
      const otherDesks = seesAllDesks(staff) ? await desksBeside(deps, desk) : [];
      const facts = { desk, date, now, plan, staff, view, printEach: print === 'advisors', isWrongDate, otherDesks };
      res.status(isWrongDate ? 422 : 200).render('pages/staff/day', dayView(facts, res.locals));
    },
  };
}

/** Loads everything about the day, with four statements, whatever the number of advisors. */
async function loadDay(
  { storage }: Pick<Deps, 'storage'>,
  { desk, date, now, ownAdvisorId }: { desk: Desk; date: LocalDate; now: Instant; ownAdvisorId: string | null },
): Promise<DayPlan> {
  const day = dayInterval(date, desk.hours.timeZone);
  const bookings = await storage.bookings.within(desk.id, day);
  const absences = await storage.desks.absences(desk.id, hull([day, ...bookings.map(({ time }) => time)]));
  const taken = await storage.bookings.busy(desk.id, day, now);
  return dayPlan({ desk, date, now, bookings, absences, taken, ownAdvisorId });
}

async function desksBeside({ storage }: Pick<Deps, 'storage'>, { id }: Desk): Promise<Desk[]> {
  return (await storage.desks.list()).filter((each) => each.id !== id);
}
