import type { Response } from 'express';
import { localDate } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import { seesAllDesks } from '../../../domain/staff/rights';
import type { HttpDeps } from '../../deps';
import { dateOrNull } from '../../typedTime';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { queryOf } from '../forms';
import { wordsOf } from '../words';
import { knownFilter } from './board/filter';
import { laneOf } from './board/view';
import { didOf, didView } from './did';
import { loadWeek } from './load';
import type { DayPlan } from './plan';
import { dayAddress, dayQueryOf } from './query';
import { dayView } from './view';

type Deps = Pick<HttpDeps, 'storage' | 'now'>;

/**
 * The desk's day: a board with a lane for each advisor, the week of one advisor, or a table. With `?lane=` it is one
 * lane of the board alone, by which a page that is open renews it; with `?hand=1` a card is carried there.
 */
export function dayPage(deps: Deps): Page<Desk> {
  return {
    async get(desk, req, res) {
      const { date: asked, print, lane, hand, ...fields } = queryOf(req);
      const wished = dayQueryOf(fields);
      const query = { ...wished, filter: knownFilter(desk, wished.filter) };
      // The date field sends `?date=`; it redirects to the day's own address.
      if (asked && dateOrNull(asked)) return res.redirect(303, dayAddress(desk.id, asked, query));

      const now = deps.now();
      const today = localDate(now, desk.hours.timeZone);
      const inPath = req.params.date === undefined ? today : dateOrNull(req.params.date);
      const date = inPath ?? today;
      const isWrongDate = Boolean(asked) || inPath === null;
      const staff = signedIn(res);
      const isDayAlone = Boolean(lane) && query.view !== 'week';
      const week = await loadWeek(deps, { desk, date, now, ownAdvisorId: staff.advisorId, isDayAlone });
      const plan = week.find((day) => day.date === date) as DayPlan;
      const around = { desk, now, today, staff, words: wordsOf(desk, res.locals), reader: res.locals };
      const did = await didOf(deps, desk, fields);
      if (lane)
        return showLane(res, laneOf({ plan, week, query }, lane, around), did && didView(did, around, res.locals));

      const facts = { plan, week, query, printEach: print === 'advisors', isForHand: hand === '1', isWrongDate };
      const more = {
        otherDesks: seesAllDesks(staff) ? await desksBeside(deps, desk) : [],
        did,
      };
      res.status(isWrongDate ? 422 : 200).render('pages/staff/day', dayView({ ...facts, ...more }, around));
    },
  };
}

/**
 * Sends one lane as it stands on the page, with the message about what was just done in it, and nothing around them.
 *
 * @throws DomainError `not-found`
 */
function showLane(res: Response, lane: ReturnType<typeof laneOf>, did: ReturnType<typeof didView> | undefined): void {
  if (!lane) throw new DomainError('not-found');
  res.render('pages/staff/day/lane', { layout: false, lane, did });
}

async function desksBeside({ storage }: Pick<Deps, 'storage'>, { id }: Desk): Promise<Desk[]> {
  return (await storage.desks.list()).filter((each) => each.id !== id);
}
