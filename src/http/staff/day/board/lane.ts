import { type Interval, intersect, subtract, union } from '../../../../domain/calendar/interval';
import { inLanguage } from '../../../../domain/text';
import { type Around, type LaneFacts, placeOf } from './around';
import { cardView, holdView } from './card';
import { gapView } from './gap';

/**
 * Returns what stands in a lane of the board, by start: bookings, holds, what is free, the grounds in which nothing can
 * be booked, and the bands over hours without an appointment or by phone. Each has its time on the desk's clock (`from`, `to`), by which the stylesheet places it.
 */
export function laneItems(lane: LaneFacts, around: Around) {
  const { plan, column, shown } = lane;
  const { desk, reader } = around;
  const zone = desk.hours.timeZone;
  const placed = (time: Interval) => ({ start: time.start, ...placeOf(time, shown, zone) });
  const tails = [
    ...column.bookings.map(({ booking }) => ({ start: booking.time.end, end: booking.blockedUntil })),
    ...column.held.map(({ time, blockedUntil }) => ({ start: time.end, end: blockedUntil })),
  ];
  const open = intersect(union(plan.open), [shown]);
  const shut = plan.closed === null && plan.reason ? inLanguage(plan.reason.name, reader.locale) : undefined;
  return [
    ...column.bookings.map((planned) => cardView(planned, lane, around)),
    ...column.held.map((hold) => holdView(hold, lane, around)),
    ...intersect(column.free, [shown]).map((gap) => gapView(gap, lane, around)),
    ...intersect(column.away, [shown]).map((time) => ({
      ...placed(time),
      ground: 'away',
      text: reader.t('staff.board.awayUntil', { until: around.words.time.time(time.end) }),
    })),
    ...subtract(open, [...column.windows]).map((time) => ({
      ...placed(time),
      ground: 'closed',
      text: reader.t('staff.board.offDuty'),
    })),
    ...subtract([shown], open).map((time) => ({
      ...placed(time),
      ground: 'closed',
      text: shut ?? reader.t('staff.board.shut'),
    })),
    ...bandsOf(lane).map(({ kind, time }) => ({
      ...placed(time),
      band: kind,
      text: reader.t(`staff.day.reached.${kind}`, { times: around.words.time.span(time) }),
    })),
    ...intersect(union(tails), [shown]).map((time) => ({ ...placed(time), isTail: true })),
  ].sort((a, b) => a.start - b.start);
}

/** Returns the hours in which the advisor is there and nothing, or only consultations by phone, can be booked. */
function bandsOf({ plan: { windows }, column, shown }: LaneFacts) {
  const there = subtract([...column.windows], [...column.away]);
  return windows.flatMap(({ kind = 'appointment', start, end }) =>
    kind === 'appointment'
      ? []
      : intersect(there, intersect([{ start, end }], [shown])).map((time) => ({ kind, time })),
  );
}
