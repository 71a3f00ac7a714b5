import { localDate } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import type { HttpDeps } from '../../deps';
import { dateOrNull } from '../../typedTime';
import type { Page } from '../../wiring';
import { clientReader } from '../hours/clientReader';
import { monthView, yearView } from './view';

/** The days of a year at a glance, or those of a month with what their hours come from. */
export function hoursCalendarPage({ now, texts }: Pick<HttpDeps, 'now' | 'texts'>): Page<Desk> {
  return {
    get(desk, req, res) {
      const today = localDate(now(), desk.hours.timeZone);
      const period = String(req.params.period ?? today.slice(0, 4));
      const isYear = /^\d{4}$/.test(period);
      const first = dateOrNull(isYear ? `${period}-01-01` : `${period}-01`);
      if (first === null) throw new DomainError('not-found');
      const house = clientReader({ texts }, res.locals.locale);
      if (isYear) res.render('pages/staff/hoursCalendar/year', yearView({ desk, first, today }, res.locals));
      else res.render('pages/staff/hoursCalendar/month', monthView({ desk, first, today }, res.locals, house));
    },
  };
}
