import type { Response } from 'express';
import type { LocalDate } from '../../../domain/calendar/hours';
import { subtract } from '../../../domain/calendar/interval';
import { addDays, localDate } from '../../../domain/calendar/zone';
import { DomainError } from '../../../domain/errors';
import type { HttpDeps } from '../../deps';
import { dateOrNull } from '../../typedTime';
import type { Page } from '../../wiring';
import { type OwnAdvisor, signedIn } from '../desk';
import { loadOwnDays, loadVisits, type OwnDay } from '../myDay/load';
import { myDayAddress } from '../myDay/query';
import { wordsOf } from '../words';
import { offlineView, type PaperFacts, paperView } from './view';

type Deps = Pick<HttpDeps, 'storage' | 'now'>;

/** How many days ahead the next working day is looked for. */
const LOOKED_FOR_DAYS = 31;

/** One's own day for the printer. @throws DomainError `not-found` for a day that does not exist */
export function myDayPrint(deps: Deps): Page<OwnAdvisor> {
  return {
    async get(about, req, res) {
      const date = dateOrNull(req.params.date);
      if (date === null) throw new DomainError('not-found');
      const [day] = await loadOwnDays(deps, about, { first: date, count: 1, now: deps.now() });
      res.render(
        'pages/staff/myDayPaper/print',
        paperView(await factsOf(deps, about, day as OwnDay), around(deps, about, res)),
      );
    },
  };
}

/**
 * The next working day as one file that needs nothing else, to be kept where there may be no power and no network. The
 * answer is stored by no cache, as all pages for staff; only who asks for the file keeps it.
 */
export function myNextDayFile(deps: Deps): Page<OwnAdvisor> {
  return {
    async get(about, _req, res) {
      const { desk } = about;
      const now = deps.now();
      const tomorrow = addDays(localDate(now, desk.hours.timeZone), 1);
      const days = await loadOwnDays(deps, about, { first: tomorrow, count: LOOKED_FOR_DAYS, now });
      const day = days.find(isWorkingDay);
      if (!day) return res.redirect(303, myDayAddress(desk.id, { date: undefined, view: 'day' }, { done: 'no-day' }));
      const view = offlineView(await factsOf(deps, about, day), around(deps, about, res));
      res.attachment(fileName(day.plan.date)).type('html').render('pages/staff/myDayPaper/offline', view);
    },
  };
}

/** Holds no name, because it stays in the list of what was downloaded. */
function fileName(date: LocalDate): string {
  return `${date}.html`;
}

/** Tells whether the advisor works on the day, or has a consultation all the same. */
function isWorkingDay({ column }: OwnDay): boolean {
  if (!column) return false;
  return column.bookings.length > 0 || subtract(column.windows, column.away).length > 0;
}

async function factsOf(deps: Deps, { desk, advisor }: OwnAdvisor, day: OwnDay): Promise<PaperFacts> {
  const bookings = (day.column?.bookings ?? []).map(({ booking }) => booking);
  return { day, advisor: advisor.name, visits: await loadVisits(deps, desk.id, bookings) };
}

function around({ now }: Deps, { desk }: OwnAdvisor, res: Response) {
  const at = now();
  const today = localDate(at, desk.hours.timeZone);
  return { desk, now: at, today, staff: signedIn(res), words: wordsOf(desk, res.locals), reader: res.locals };
}
