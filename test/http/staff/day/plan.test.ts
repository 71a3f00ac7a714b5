import type { Booking } from '../../../../src/domain/booking/booking';
import { needingSomebody } from '../../../../src/domain/booking/outsideHours';
import type { Absence } from '../../../../src/domain/desk';
import { dayPlan } from '../../../../src/http/staff/day/plan';
import { aBooking, aDesk, anAdvisor, aTopic, span } from '../../../support/builders';

const NIGHTLY = [{ rrule: 'FREQ=DAILY', start: '20:00', end: '04:00' }];
const desk = aDesk({
  topics: [aTopic(), aTopic({ id: 'old', retired: true })],
  advisors: [anAdvisor(), anAdvisor({ id: 'gone', retired: true })],
});
const TEN = span('2026-12-01T10:00:00+01:00', 30);
const TWELVE = TEN.start + 2 * 3_600_000;
const away = (time: Absence['time']): Absence => ({ id: 'x', advisorId: 'a1', time, reason: null });

interface Case {
  readonly booking: Partial<Booking>;
  readonly absences?: readonly Absence[];
  readonly now?: number;
  readonly night?: boolean;
}

function both({ booking: part, absences = [], now = 0, night = false }: Case) {
  const booking = aBooking({ advisorId: 'a1', topicId: 'residence', status: 'confirmed', time: TEN, ...part });
  const there = night ? { ...desk, hours: { ...desk.hours, rules: NIGHTLY } } : desk;
  const facts = {
    desk: there,
    date: '2026-12-01',
    bookings: [booking],
    absences,
    checkIns: new Map(),
    queue: new Map(),
    taken: [],
    ownAdvisorId: null,
  };
  const { advisors } = dayPlan({ ...facts, now });
  return {
    day: advisors.flatMap(({ bookings }) => bookings).some(({ needsSomebody }) => needsSomebody),
    flagged: needingSomebody({ desk: there, absences }, [booking], now).length > 0,
  };
}

describe('The day says that a booking needs somebody exactly when reception is given a task for it', () => {
  it.each<[string, Case, boolean]>([
    ['a booking within the hours', { booking: {} }, false],
    ['one whose advisor is away', { booking: {}, absences: [away(TEN)] }, true],
    ['one whose client is here already', { booking: { status: 'checked_in' }, absences: [away(TEN)] }, true],
    ['one that took place', { booking: { status: 'completed' }, absences: [away(TEN)] }, false],
    ['one that is cancelled', { booking: { status: 'cancelled' }, absences: [away(TEN)] }, false],
    ['one whose time is over', { booking: {}, absences: [away(TEN)], now: TWELVE }, false],
    ['one whose topic is offered no more', { booking: { topicId: 'old' } }, true],
    ['one whose advisor has left', { booking: { advisorId: 'gone' } }, true],
    [
      'one over midnight, whose advisor is away after it',
      {
        booking: { time: span('2026-12-01T23:45:00+01:00', 30) },
        absences: [away(span('2026-12-02T00:00:00+01:00', 60))],
        night: true,
      },
      true,
    ],
    ['one over midnight', { booking: { time: span('2026-12-01T23:45:00+01:00', 30) }, night: true }, false],
  ])('%s', (_, given, needs) => {
    expect(both(given)).toEqual({ day: needs, flagged: needs });
  });
});
