import type { Storage } from '../../src/app/ports/storage';
import { HOUR } from '../../src/domain/calendar/interval';
import type { BusyCalendar } from '../../src/domain/calendars/busyCalendar';
import { aFeed, NOW } from '../support/builders';
import { type Open, withDesks } from './databases';

const CALENDAR: BusyCalendar = {
  ...{ id: 'c1', deskId: 'expat-desk', advisorId: 'a1', host: 'calendar.example', sealedUrl: 'sealed' },
  ...{ tag: '"one"', modified: null, events: 2, unread: 1, readAt: NOW, expandedAt: NOW, triedAt: NOW, problem: null },
};
const hours = (...each: number[]) => each.map((n) => ({ start: NOW + n * HOUR, end: NOW + (n + 1) * HOUR }));
const RANGE = { start: NOW - 100 * HOUR, end: NOW + 100 * HOUR };

/** What every store of the calendars of staff does. */
export function calendarsContract(open: Open): void {
  let storage: Storage;
  beforeEach(async () => {
    storage = await withDesks(open);
  });
  afterEach(() => storage.close());

  const busy = async () => (await storage.desks.absences('expat-desk', RANGE)).filter((each) => each.isFromCalendar);
  const replace = (times: readonly { start: number; end: number }[], from = NOW, keptFrom = 0) =>
    storage.write(({ desks }) => desks.replaceBusyTimes('expat-desk', 'a1', { times, from, keptFrom }));

  it('returns feeds as they were stored, the oldest first, and finds one by its secret until that is another', async () => {
    const [first, second] = [
      aFeed({ names: true, userId: 'u' }),
      aFeed({ id: 'f2', advisorId: null, createdAt: NOW + 1 }),
    ];
    await storage.write(async ({ feeds }) => {
      await feeds.add(second, 'two');
      await feeds.add(first, 'one');
      await feeds.add(aFeed({ id: 'f3', deskId: 'wuppertal' }), 'three');
    });
    expect(await storage.feeds.list('expat-desk')).toEqual([first, second]);
    expect(await storage.feeds.findByToken('one')).toEqual(first);
    await storage.write(({ feeds }) => feeds.renew(first.id, 'four'));
    expect(await storage.feeds.findByToken('one')).toBeUndefined();
    expect(await storage.feeds.findByToken('four')).toEqual(first);
    await storage.write(({ feeds }) => feeds.remove(first.id));
    expect(await storage.feeds.find(first.id)).toBeUndefined();
  });

  it('keeps one own calendar of each advisor, and gives those whose turn it is', async () => {
    const other = { ...CALENDAR, id: 'c2', tag: null, problem: 'time', triedAt: NOW + 1 };
    await storage.write(({ busyCalendars }) => busyCalendars.put(CALENDAR));
    expect(await storage.busyCalendars.find('expat-desk', 'a1')).toEqual(CALENDAR);
    await storage.write(({ busyCalendars }) => busyCalendars.put(other));
    expect(await storage.busyCalendars.all()).toEqual([other]);
    expect(await storage.busyCalendars.due(NOW)).toEqual([]);
    expect(await storage.busyCalendars.due(NOW + 1)).toEqual([other]);
    await storage.write(({ busyCalendars }) => busyCalendars.remove('expat-desk', 'a1'));
    expect(await storage.busyCalendars.all()).toEqual([]);
  });

  it('counts busy times among the absences, but not among those that were entered', async () => {
    const entered = { id: 'ab', advisorId: 'a2', time: { start: NOW, end: NOW + HOUR }, reason: null };
    await storage.write(({ desks }) => desks.addAbsence('expat-desk', entered));
    await replace(hours(1, 3));
    expect((await busy()).map(({ advisorId, time, reason }) => ({ advisorId, time, reason }))).toEqual(
      hours(1, 3).map((time) => ({ advisorId: 'a1', time, reason: null })),
    );
    expect(await storage.desks.enteredAbsences('expat-desk', RANGE)).toEqual([entered]);
    expect(await storage.desks.absences('wuppertal', RANGE)).toEqual([]);
  });

  it('replaces busy times from an instant on, keeps what is over, and drops what was over long ago', async () => {
    await replace(hours(-5, -2, 1), NOW - 10 * HOUR);
    await replace(hours(4), NOW, NOW - 3 * HOUR);
    expect((await busy()).map(({ time }) => time)).toEqual(hours(-2, 4));
  });

  it('lets searches see that they have changed', async () => {
    const seen = async () => (await (await storage.snapshot('expat-desk')).absences(RANGE)).length;
    expect(await seen()).toBe(0);
    await replace(hours(1, 3));
    expect(await seen()).toBe(2);
    await replace([]);
    expect(await seen()).toBe(0);
  });

  it('writes many at once', async () => {
    await replace(hours(...Array.from({ length: 1_200 }, (_, i) => 2 * i)));
    const range = { start: NOW, end: Number.MAX_SAFE_INTEGER };
    expect(await storage.desks.absences('expat-desk', range)).toHaveLength(1_200);
  });
}
