import type { HoursException } from '../../../src/domain/calendar/hours';
import { HOUR } from '../../../src/domain/calendar/interval';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aDesk, aReceptionist, NOW, span, TUESDAY_NINE } from '../../support/builders';

const DESK = 'expat-desk';
const WEDNESDAY_TEN = Date.parse('2026-12-02T10:00:00+01:00');
const RECEPTION = aReceptionist('Rezi Empfang');

let t: TestApp;
beforeEach(async () => {
  t = await testApp();
});
afterEach(() => t.close());

const tasks = () => t.storage.tasks.open(DESK);
const tasksAsKept = async () => (await t.everything()).task as { done_at: number | null; done_by: string | null }[];
const exception = (part: Partial<HoursException> = {}) =>
  t.app.addException({
    who: { kind: 'system' },
    deskId: DESK,
    exception: { from: '2026-12-01', to: '2026-12-02', closed: true, windows: [], reason: { de: 'x' }, ...part },
  });
const absent = (advisorId = 'a1', time = TUESDAY_NINE) =>
  t.app.addAbsence({ who: { kind: 'system' }, deskId: DESK, advisorId, time, reason: null });
const rules = (start: string) =>
  t.app.replaceOpeningRules({
    who: { kind: 'system' },
    deskId: DESK,
    rules: [{ rrule: 'FREQ=DAILY', start, end: '17:00' }],
  });

describe('A booking at a time at which hours were changed', () => {
  it.each([
    ['a closure', () => exception()],
    ['shorter hours of a day', () => exception({ closed: false, windows: [{ start: '10:00', end: '17:00' }] })],
    ['an absence', () => absent()],
    ['new opening rules', () => rules('09:30')],
  ])('becomes a task for reception after %s', async (_, change) => {
    const { id } = await booked(t);
    const other = await booked(t, { start: WEDNESDAY_TEN });
    await change();
    expect(await tasks()).toEqual([
      { id: expect.any(String), deskId: DESK, bookingId: id, kind: 'outside_hours', createdAt: NOW },
    ]);
    expect(await t.storage.bookings.find(other.id)).toEqual(other);
  });

  it('becomes one task, however many changes there are', async () => {
    await booked(t);
    await exception();
    await absent();
    await rules('12:00');
    expect(await tasks()).toHaveLength(1);
  });

  it.each([
    [
      'moves',
      (bookingId: string) => t.app.moveBooking({ bookingId, start: WEDNESDAY_TEN, who: RECEPTION }),
      'Rezi Empfang',
    ],
    [
      'is cancelled',
      (bookingId: string) => t.app.cancelBooking({ bookingId, reason: null, who: { kind: 'client' } }),
      'client',
    ],
  ])('is no longer a task when it %s, and the task keeps who did that', async (_, change, by) => {
    const { id } = await booked(t);
    await exception();
    t.clock.advance(HOUR);
    await change(id);
    expect(await tasks()).toEqual([]);
    expect(await tasksAsKept()).toMatchObject([{ done_at: NOW + HOUR, done_by: by }]);
  });

  it('keeps the task about its mail when it moves', async () => {
    const { id: bookingId } = await booked(t);
    await t.storage.write((stores) =>
      stores.tasks.add({ id: 'mail', deskId: DESK, bookingId, kind: 'mail_failed', createdAt: NOW }),
    );
    await exception();
    await t.app.moveBooking({ bookingId, start: WEDNESDAY_TEN, who: RECEPTION });
    expect(await tasks()).toMatchObject([{ id: 'mail' }]);
  });

  it('is no longer a task when a later change makes it fit again', async () => {
    await booked(t);
    await rules('12:00');
    expect(await tasks()).toHaveLength(1);
    await exception({ closed: false, windows: [{ start: '09:00', end: '12:00' }] });
    expect(await tasks()).toEqual([]);
    expect(await tasksAsKept()).toMatchObject([{ done_by: 'system' }]);
  });

  it('stays a task when the desk opens but its advisor is still absent', async () => {
    await booked(t);
    await absent();
    await exception({ closed: false, windows: [{ start: '09:00', end: '12:00' }] });
    expect(await tasks()).toHaveLength(1);
  });

  it('that reception has settled is flagged again only after it moved, not by other changes', async () => {
    const { id: bookingId } = await booked(t);
    await exception();
    const [task] = await tasks();
    await t.app.finishTask({ deskId: DESK, id: task?.id ?? '', who: aReceptionist('Rezi') });
    await rules('12:00');
    expect(await tasks()).toEqual([]);
    await t.app.moveBooking({ bookingId, start: Date.parse('2026-12-02T12:00:00+01:00'), who: RECEPTION });
    await rules('13:00');
    expect(await tasks()).toHaveLength(1);
  });

  it('does not become a task if it is over or cancelled, or if the change does not affect it', async () => {
    await booked(t);
    const { id } = await booked(t, { start: WEDNESDAY_TEN });
    await t.app.cancelBooking({ bookingId: id, reason: null, who: RECEPTION });
    await exception({ from: '2026-12-02', to: '2026-12-03' });
    t.clock.set('2026-12-01T10:00:00+01:00');
    const { value } = await exception();
    expect(value.affected).toEqual([]);
    expect((await absent()).value.affected).toEqual([]);
    expect(await tasks()).toEqual([]);
  });

  it('can become a task until its end', async () => {
    await booked(t);
    t.clock.set('2026-12-01T09:29:59+01:00');
    expect((await exception()).value.affected).toHaveLength(1);
    expect(await tasks()).toHaveLength(1);
  });

  it('is named to the person who changed the hours, if the change concerns it', async () => {
    const { id } = await booked(t);
    const late = await booked(t, { start: TUESDAY_NINE.start + 4 * HOUR });
    await absent('a1', span('2026-12-01T13:00:00+01:00', 30));
    const { value } = await exception({ closed: false, windows: [{ start: '10:00', end: '17:00' }] });
    expect(value.affected.map((booking) => booking.id)).toEqual([id]);
    expect((await tasks()).map(({ bookingId }) => bookingId).sort()).toEqual([id, late.id].sort());
  });

  it('does not become a task at another desk', async () => {
    await t.storage.write(({ desks }) => desks.add(aDesk({ id: 'wuppertal' })));
    await booked(t, { deskId: 'wuppertal' });
    await exception();
    await absent();
    expect(await t.storage.tasks.open('wuppertal')).toEqual([]);
  });
});
