import type { Booking } from '../../../domain/booking/booking';
import { contains, hull, type Interval, intersect } from '../../../domain/calendar/interval';
import { dayInterval } from '../../../domain/calendar/zone';
import { paths, url } from '../../../paths';
import type { Around } from '../day/board/around';
import { clockOn } from '../videoStart';
import { itemView } from './item';
import type { OwnDay } from './load';

/** What was typed for a part of a gap, and refused. */
export interface TypedBlock {
  /** The end of the gap, by which it is known. */
  readonly gap: string;
  readonly from: string;
  readonly until: string;
  readonly error: string;
}

interface Facts {
  readonly day: OwnDay;
  readonly visits: ReadonlyMap<string, readonly Booking[]>;
  readonly typed?: TypedBlock | undefined;
}

/**
 * Returns what stands in one's own day, by start: consultations, what is free and can be blocked, absences that can be
 * taken back, slots that a client is booking just now, and today the line of the current time.
 */
export function timelineOf({ day, visits, typed }: Facts, around: Around) {
  const { plan, column } = day;
  const { now, today, words } = around;
  if (!column) return [];
  const items = [
    ...column.bookings.map((planned) => itemView(planned, visits.get(planned.booking.id) ?? [], around)),
    ...column.free.map((gap) => gapView(gap, day, typed, around)),
    ...column.held.map(({ time, until }) => ({
      start: time.start,
      isHeld: true,
      span: words.time.span(time),
      text: around.reader.t('staff.board.held', { until: words.time.time(until) }),
    })),
    ...awayViews(day, around),
  ].sort((a, b) => a.start - b.start);
  if (plan.date !== today || items.length === 0) return items;
  const line = { start: now, isNow: true, text: around.reader.t('myDay.now', { time: words.time.time(now) }) };
  const next = items.findIndex(({ start }) => start >= now);
  const at = next < 0 ? items.length : next;
  return [...items.slice(0, at), line, ...items.slice(at)];
}

/** A gap with the form that blocks it, as a whole or in part. */
function gapView(gap: Interval, { plan }: OwnDay, typed: TypedBlock | undefined, { desk, words, reader }: Around) {
  const zone = desk.hours.timeZone;
  const [from, until] = [clockOn(plan.date, gap.start, zone), clockOn(plan.date, gap.end, zone)];
  const own = typed?.gap === until ? typed : undefined;
  return {
    start: gap.start,
    isGap: true,
    gapId: until.replace(':', ''),
    span: words.time.span(gap),
    from,
    until,
    label: reader.t('myDay.blockLabel', { span: words.time.span(gap) }),
    action: url(paths.staffMyDay, { desk: desk.id, date: plan.date }),
    typed: { from: own?.from ?? from, until: own?.until ?? until, error: own?.error },
  };
}

/**
 * The absences of the day. One that was entered alone and lies within the day is taken back here, another one where it
 * can be changed: by its plan, with what has become of the appointments, or in the own calendar from which it comes.
 */
function awayViews({ plan: { date }, column, absences, plans }: OwnDay, { desk, words, reader: { t } }: Around) {
  const day = dayInterval(date, desk.hours.timeZone);
  return absences.flatMap(({ id, time, reason, isFromCalendar = false }) => {
    const away = intersect(column?.windows ?? [], [time]);
    if (away.length === 0) return [];
    const span = words.time.span(hull(away));
    const planId = plans.get(id);
    const isWithin = contains(day, time) && planId === undefined && !isFromCalendar;
    const own = isFromCalendar ? url(paths.staffCalendars, { desk: desk.id }) : undefined;
    const entered =
      planId === undefined
        ? url(paths.staffAbsence, { desk: desk.id, id })
        : url(paths.staffPlan, { desk: desk.id, id: planId });
    return [
      {
        start: hull(away).start,
        isAway: true,
        span,
        reason: isFromCalendar ? t('myDay.ownCalendar') : reason,
        label: t('myDay.unblockLabel', { span }),
        unblock: isWithin ? { id, action: url(paths.staffMyDay, { desk: desk.id, date }) } : undefined,
        changeHref: isWithin ? undefined : (own ?? entered),
      },
    ];
  });
}
