import { type Interval, MINUTE, type Minutes } from '../../../../domain/calendar/interval';
import { toIso } from '../../../../domain/calendar/zone';
import { mayBookFor } from '../../../../domain/staff/rights';
import { paths, url } from '../../../../paths';
import { type Around, type LaneFacts, placeOf } from './around';

/** From this length on everything fits, and hours say more than minutes. */
const LONG_GAP: Minutes = 120;

/** Returns a time in which an advisor is free, what it is good for, and the page that books it. */
export function gapView(gap: Interval, { plan, column, shown, useOf }: LaneFacts, around: Around) {
  const { desk, staff, words } = around;
  const { id } = column.advisor;
  const zone = desk.hours.timeZone;
  const query = { date: plan.date, start: toIso(gap.start, zone), advisor: id };
  const until = around.reader.t('staff.board.until', { until: words.time.time(gap.end) });
  const use = useText(gap, useOf(gap), around);
  return {
    start: gap.start,
    ...placeOf(gap, shown, zone),
    isGap: true,
    href: mayBookFor(staff, desk.id, id) ? url(paths.staffNewBooking, { desk: desk.id }, query) : undefined,
    until,
    use,
    label: `${around.reader.t('staff.board.freeSpan', { span: words.time.span(gap) })}: ${use}`,
  };
}

/** Says what fits into the gap and what does not: "30 Min.: Aufenthalt, Kita; nicht Anerkennung". */
function useText(gap: Interval, use: ReturnType<LaneFacts['useOf']>, { words, reader: { t } }: Around): string {
  const names = (topics: typeof use.fit) => topics.map(({ id }) => words.shortTopic(id)).join(', ');
  const minutes = Math.floor((gap.end - gap.start) / MINUTE);
  const [fit, misfit] = [names(use.fit), names(use.misfit)];
  const topics = !misfit
    ? t('staff.board.allTopics')
    : fit
      ? t('staff.board.someTopics', { fit, misfit })
      : t('staff.board.noTopic');
  return minutes < LONG_GAP ? `${t('staff.board.length', { minutes })}: ${topics}` : topics;
}
