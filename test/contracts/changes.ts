import type { ChangePosition, DeskChanges } from '../../src/app/ports/deskChanges';
import type { Storage } from '../../src/app/ports/storage';
import { HOUR } from '../../src/domain/calendar/interval';
import { aHold, anEvent, aQueueEntry, aWaitingEntry, NOW, span, TUESDAY_NINE } from '../support/builders';
import { add, another } from './bookingStore';
import { type Open, withDesks } from './databases';

const DESK = 'expat-desk';
const OTHER = 'wuppertal';

/** What every database tells of its changes. */
export function changesContract(open: Open): void {
  let storage: Storage;
  let start: ChangePosition;
  beforeEach(async () => {
    storage = await withDesks(open);
    start = (await since(null)).now;
  });
  afterEach(() => storage.close());

  const since = async (position: ChangePosition | null, desk = DESK): Promise<DeskChanges> => {
    const found = (await storage.changes.since(new Map([[desk, position]]))).get(desk);
    if (!found) throw new Error('the desk is not in the answer');
    return found;
  };
  const record = (bookingId: string, part: Parameters<typeof anEvent>[0] = {}) =>
    storage.write(({ bookings }) => bookings.record(anEvent({ bookingId, ...part }), 0), { desk: DESK });
  const booked = async (part: Parameters<typeof another>[0] = {}) => {
    const booking = another(part);
    await add(storage, booking);
    await record(booking.id);
    return booking;
  };

  it('says that nothing has changed since the last position', async () => {
    await booked();
    const { now } = await since(start);
    expect(now.event).toBeGreaterThan(start.event);
    expect(await since(now)).toMatchObject({ now, bookings: [], diaries: [] });
    expect(await since(null)).toMatchObject({ now, bookings: [], diaries: [] });
    expect(await storage.changes.since(new Map())).toEqual(new Map());
  });

  it('returns the events of bookings in order, with where the booking is now and where it was', async () => {
    const booking = await booked();
    const moved = { ...booking, version: 2, advisorId: 'a2', time: span('2026-12-02T10:00:00+01:00', 30) };
    const later = { ...moved, blockedUntil: moved.time.end };
    await storage.write(({ bookings }) => bookings.save(later));
    await record(booking.id, { type: 'moved', from: { time: TUESDAY_NINE, advisorId: 'a1' } });
    const { bookings, now, completeAfter, settled } = await since(start);
    const place = { start: later.time.start, advisorId: 'a2' };
    const same = { bookingId: booking.id, version: 2, place, timeZone: 'Europe/Berlin' };
    expect(bookings).toEqual([
      { ...same, event: expect.any(Number), from: null },
      { ...same, event: now.event, from: { start: TUESDAY_NINE.start, advisorId: 'a1' } },
    ]);
    expect(bookings[0]?.event).toBeLessThan(now.event);
    expect([completeAfter, settled < now.event]).toEqual([start.event, true]);
    expect((await since({ ...start, event: bookings[0]?.event ?? 0 })).bookings).toEqual([bookings[1]]);
  });

  it('tells whose diaries were changed by a booking, by a hold and by its end, and no other desk', async () => {
    const booking = await booked();
    const first = await since(start);
    expect(first.diaries).toEqual([{ advisorId: 'a1', revision: first.now.revision }]);
    await storage.write(({ bookings }) => bookings.saveHold(aHold({ advisorId: 'a2' })));
    const second = await since(first.now);
    expect([second.bookings, second.diaries.map(({ advisorId }) => advisorId)]).toEqual([[], ['a2']]);
    await storage.write(({ bookings }) => bookings.lapseHolds(NOW + HOUR));
    const third = await since(second.now);
    expect(third.diaries.map(({ advisorId }) => advisorId)).toEqual(['a2']);
    await storage.write(({ bookings }) => bookings.save({ ...booking, version: 2, advisorId: 'a2' }));
    const fourth = await since(third.now);
    expect(fourth.diaries.map(({ advisorId }) => advisorId).sort()).toEqual(['a1', 'a2']);
    expect(await since(start, OTHER)).toMatchObject({ bookings: [], diaries: [] });
  });

  it('tells changes of the desk itself as those of no advisor', async () => {
    await storage.write(({ desks }) =>
      desks.addAbsence(DESK, { id: 'ab', advisorId: 'a1', time: TUESDAY_NINE, reason: null }),
    );
    expect((await since(start)).diaries.map(({ advisorId }) => advisorId)).toEqual([null]);
  });

  it('names who waits by a text that is another one for others, and in another state', async () => {
    const queue = async () => (await since(start)).now.queue;
    const seen = [await queue()];
    const entry = aQueueEntry();
    await storage.write((stores) => stores.queue.add(entry, 'hash'));
    seen.push(await queue());
    await storage.write((stores) => stores.queue.save({ ...entry, state: 'called', version: 2 }));
    seen.push(await queue());
    const waiting = aWaitingEntry();
    await storage.write((stores) => stores.waiting.add(waiting));
    seen.push(await queue());
    expect(new Set(seen).size).toBe(4);
    expect(seen.at(-1)).toMatch(/^[\w-]{1,32}$/);
    expect((await since(null, OTHER)).now.queue).toBe(seen[0]);
    await storage.write((stores) => stores.waiting.save({ ...waiting, state: 'left', endedAt: NOW, version: 2 }));
    expect(await queue()).toBe(seen[2]);
  });

  it('names the open tasks by a text that is another one when others are open', async () => {
    const { id: bookingId } = await booked();
    const tasks = async () => (await since(start)).now.tasks;
    const none = await tasks();
    const task = { id: 'task', deskId: DESK, bookingId, kind: 'mail_failed' as const, createdAt: NOW };
    await storage.write((stores) => stores.tasks.add(task));
    const one = await tasks();
    expect(one).not.toBe(none);
    expect(one).toMatch(/^[\w-]{1,32}$/);
    expect((await since(null, OTHER)).now.tasks).toBe(none);
    await storage.write((stores) => stores.tasks.add({ ...task, id: 'second', kind: 'outside_hours' }));
    expect([none, one]).not.toContain(await tasks());
    await storage.write((stores) => stores.tasks.done(DESK, 'second', 'Rezi', NOW));
    expect(await tasks()).toBe(one);
  });

  it('answers for several desks together, for each from its own position', async () => {
    const booking = await booked();
    await add(storage, another({ deskId: OTHER, id: 'there' }));
    await storage.write(({ bookings }) => bookings.record(anEvent({ bookingId: 'there' }), 0), { desk: OTHER });
    const { now } = await since(null);
    const asked = await storage.changes.since(
      new Map([
        [DESK, start],
        [OTHER, now],
      ]),
    );
    expect(asked.get(DESK)?.bookings.map(({ bookingId }) => bookingId)).toEqual([booking.id]);
    expect(asked.get(OTHER)?.bookings).toEqual([]);
    const both = new Map([DESK, OTHER].map((desk) => [desk, start]));
    expect((await storage.changes.since(both)).get(OTHER)?.bookings.map(({ bookingId }) => bookingId)).toEqual([
      'there',
    ]);
  });

  it('returns the newest of too many events, and says from where on they are complete', async () => {
    const { id } = await booked();
    await storage.write(
      async ({ bookings }) => {
        for (let i = 0; i < 600; i++) await bookings.record(anEvent({ bookingId: id }), 0);
      },
      { desk: DESK },
    );
    const { bookings, completeAfter, now } = await since(start);
    expect(bookings.at(-1)?.event).toBe(now.event);
    expect(completeAfter).toBeGreaterThan(start.event);
    expect(bookings.filter(({ event }) => event > completeAfter)).toHaveLength(now.event - completeAfter);
    expect((await since({ ...start, event: completeAfter })).completeAfter).toBe(completeAfter);
  });

  it('does not tell what is written and not committed', async () => {
    const { id } = await booked();
    const { now } = await since(start);
    await expect(
      storage.write(
        async ({ bookings }) => {
          await bookings.record(anEvent({ bookingId: id }), 0);
          throw new Error('rolled back');
        },
        { desk: DESK },
      ),
    ).rejects.toThrow('rolled back');
    expect(await since(now)).toMatchObject({ bookings: [], diaries: [] });
  });
}
