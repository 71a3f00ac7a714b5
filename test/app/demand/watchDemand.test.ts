import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR } from '../../../src/domain/calendar/interval';
import type { Desk } from '../../../src/domain/desk';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aDesk, anAdvisor, aReceptionist, NOW } from '../../support/builders';
import { refusal } from '../../support/refusal';

const MONDAY_MORNING = { rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '11:00' };
const MANAGER = aReceptionist('Mana Leitung', { role: 'manager' });

/** One advisor speaks Turkish, on Monday mornings: four consultations a week, twelve up to Friday, 11 December. */
const DESK = aDesk({
  advisors: [
    anAdvisor({ languages: ['de'] }),
    anAdvisor({ id: 'a2', name: 'Bo Muster', languages: ['de', 'tr'], workingRules: [MONDAY_MORNING] }),
  ],
});

let t: TestApp;
const open = async (desk: Desk = DESK) => {
  t = await testApp({ desks: [desk] });
};
afterEach(() => t.close());

const inVain = (searches: number, part: Partial<{ language: string; topicId: string; week: string }> = {}) =>
  t.storage.atomically(({ demand }) =>
    demand.count({ deskId: 'expat-desk', topicId: 'residence', language: 'tr', week: '2026-W48', ...part }, searches),
  );
const watched = async () => {
  await t.run('watchDemand');
  return t.storage.openStarts.open('expat-desk');
};

describe('What is looked for in vain', () => {
  it('becomes a task with how many starts are missing, and the half-day that would help most', async () => {
    await open();
    await inVain(14);
    // Three Mondays up to 11 December, two of them ahead of NOW's Tuesday: 30 November and 7 December.
    expect(await watched()).toMatchObject([
      {
        ...{ topicId: 'residence', language: 'tr', missing: 6, until: '2026-12-11' },
        opening: { advisorId: 'a2', date: '2026-11-25', start: '09:00', end: '13:00', starts: 6 },
      },
    ]);
  });

  it('is no task as long as there is room for all who looked', async () => {
    await open();
    await inVain(8);
    expect(await watched()).toEqual([]);
  });

  it('is no task if fewer than five looked, or if it is weeks ago', async () => {
    await open();
    await inVain(4, { language: 'uk' });
    await inVain(30, { week: '2026-W44' });
    expect(await watched()).toEqual([]);
  });

  it('counts what is booked meanwhile, and two needs that compete for the same advisor', async () => {
    await open();
    await inVain(5);
    await inVain(6, { topicId: 'career' });
    // Four hours: an hour for each of four who want the larger need's topic, and nothing for the other.
    const missing = async () => (await watched()).map((task) => [task.topicId, task.missing]);
    expect(await missing()).toEqual([
      ['residence', 5],
      ['career', 2],
    ]);
    const start = Date.parse('2026-11-30T09:00:00+01:00');
    await booked(t, { start, query: { topicId: 'residence', language: 'tr', mode: 'in_person' } });
    // What is left of that Monday holds an hour and a half.
    expect(await missing()).toEqual([
      ['residence', 4],
      ['career', 3],
    ]);
  });

  it('becomes one task, however often it is looked at, and keeps its age', async () => {
    await open();
    await inVain(14);
    const [first] = await watched();
    t.clock.advance(HOUR);
    await inVain(2);
    const again = await watched();
    expect(again).toMatchObject([{ id: first?.id, createdAt: first?.createdAt, missing: 8 }]);
  });

  it('closes by itself when enough is free', async () => {
    await open();
    await inVain(14);
    expect(await watched()).toHaveLength(1);
    const wider = { ...DESK, advisors: DESK.advisors.map((each) => ({ ...each, workingRules: [] })) };
    await t.storage.write(({ desks }) => desks.replace(wider));
    expect(await watched()).toEqual([]);
  });

  it('is not said again for a week to a manager who is done with it', async () => {
    await open();
    await inVain(14);
    const [task] = await watched();
    const finish = { deskId: 'expat-desk', id: task?.id ?? '' };
    await expect(t.app.finishTask({ ...finish, who: aReceptionist() })).rejects.toThrow(refusal('forbidden'));
    await t.app.finishTask({ ...finish, who: MANAGER });
    t.clock.advance(6 * DAY);
    await inVain(14, { week: '2026-W49' });
    expect(await watched()).toEqual([]);
    t.clock.advance(2 * DAY);
    expect(await watched()).toHaveLength(1);
  });

  it('has no half-day that would help, where nobody speaks the language', async () => {
    await open();
    await inVain(9, { language: 'uk' });
    expect(await watched()).toMatchObject([{ language: 'uk', missing: 9, opening: null }]);
  });

  it('calls nobody back from leave', async () => {
    await open();
    await inVain(20);
    const year = { start: NOW, end: NOW + 365 * DAY };
    await t.app.addAbsence({ who: MANAGER, deskId: 'expat-desk', advisorId: 'a2', time: year, reason: null });
    expect(await watched()).toMatchObject([{ missing: 20, opening: null }]);
  });

  it('names no half-day of a closure or a public holiday', async () => {
    const closed = {
      from: '2026-11-25',
      to: '2026-11-28',
      closed: true,
      windows: [],
      reason: { de: 'Umzug', en: 'Moving' },
    };
    await open({ ...DESK, hours: { ...DESK.hours, exceptions: [{ ...closed, id: 'x' }] } });
    await inVain(14);
    expect(await watched()).toMatchObject([{ opening: { date: '2026-11-30', start: '13:00' } }]);
  });
});
