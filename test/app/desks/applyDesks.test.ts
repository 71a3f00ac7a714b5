import { join } from 'node:path';
import { applyDesks } from '../../../src/app/desks/applyDesks';
import { loadDeskFile } from '../../../src/desks/deskFile';
import type { HoursException } from '../../../src/domain/calendar/hours';
import type { Desk } from '../../../src/domain/desk';
import { randomIds } from '../../../src/identity/ids';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aDesk, aDeskThatAsks, anAdvisor, aQuestion, aReceptionist, aTopic, NOW } from '../../support/builders';
import { kinds, newDatabase, type TestDatabase } from '../../support/databases';
import { operate } from '../../support/operator';

const DESK = 'expat-desk';
const at = (time: string) => Date.parse(`2026-12-01T${time}:00+01:00`);
const closure = (id: string, from: string, to: string, en = 'Closed'): HoursException => ({
  id,
  from,
  to,
  closed: true,
  windows: [],
  reason: { en },
});

describe.each(kinds())('A desk that is made equal to its file, on %s', (kind) => {
  let database: TestDatabase;
  let t: TestApp;
  const original = aDesk();
  const file = (part: Partial<Desk> = {}, exceptions: HoursException[] = []): Desk =>
    aDesk({ ...part, hours: part.hours ?? { ...original.hours, exceptions } });
  beforeEach(async () => {
    database = await newDatabase(kind);
    t = await testApp({ databaseUrl: database.url, desks: [file({}, [closure('f1', '2026-12-24', '2026-12-25')])] });
  });
  afterEach(async () => {
    await t.close();
    await database.drop();
  });

  const apply = (desk: Desk, how = { apply: true }) =>
    applyDesks({ storage: t.storage, now: () => NOW, ids: randomIds })([desk], how);
  const differences = async (desk: Desk, how = { apply: true }) => {
    const { plans } = await apply(desk, how);
    return plans.flatMap((plan) => plan.differences.map(({ kind, at }) => `${kind} ${at}`));
  };
  const desk = () => t.storage.desks.find(DESK);
  const tasks = async () => (await t.storage.tasks.open(DESK)).map(({ bookingId }) => bookingId).sort();

  it('does not differ from the file that it came from', async () => {
    const shipped = ['expat-desk', 'wuppertal'].map((id) =>
      loadDeskFile(join(__dirname, `../../../data/desks/${id}.json`), randomIds),
    );
    const other = shipped.map((each) => ({ ...each, id: `${each.id}-2` }));
    const seeding = applyDesks({ storage: t.storage, now: () => NOW, ids: randomIds });
    expect((await seeding(other, { apply: true })).added).toEqual(['expat-desk-2', 'wuppertal-2']);
    const again = shipped.map((_, i) => ({ ...(other[i] as Desk) }));
    const { plans } = await seeding(again, { apply: false });
    expect(plans.map((plan) => plan.differences)).toEqual([[], []]);
  });

  it('is compared field by field in a dry run, which changes nothing', async () => {
    const before = await t.everything();
    const wanted = file({
      phone: '+49 211 1',
      leadTimeMinutes: 60,
      topics: [aTopic({ durationMinutes: 45 }), aTopic({ id: 'school' })],
      advisors: [anAdvisor({ topics: ['residence', 'school'] }), anAdvisor({ id: 'a3', topics: ['school'] })],
      hours: {
        ...original.hours,
        holidays: null,
        rules: [
          { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', start: '09:00', end: '17:00' },
          { rrule: 'FREQ=WEEKLY;BYDAY=SA', start: '10:00', end: '12:00' },
        ],
        exceptions: [closure('f2', '2026-12-31', '2027-01-01')],
      },
    });
    expect(await differences(wanted, { apply: false })).toEqual([
      'changed holidays',
      'changed leadTimeMinutes',
      'changed phone',
      'removed openingRules',
      'added openingRules',
      'removed exceptions',
      'added exceptions',
      'changed topic residence: durationMinutes',
      'removed topic career',
      'added topic school',
      'changed advisor a1: topics',
      'removed advisor a2',
      'added advisor a3',
    ]);
    expect(await t.everything()).toEqual(before);
    expect(await differences(wanted)).toHaveLength(13);
    expect(await differences(wanted)).toEqual([]);
    const { topics, advisors, hours, phone } = (await desk()) as Desk;
    expect([phone, hours.rules, hours.holidays]).toEqual(['+49 211 1', wanted.hours.rules, null]);
    expect(topics).toEqual([...wanted.topics, { ...original.topics[1], retired: true }]);
    const left = { ...original.advisors[1], languages: [], topics: [], workingRules: [], retired: true };
    expect(advisors).toEqual([...wanted.advisors, left]);
  });

  it('asks what its file asks, and keeps a question that is withdrawn for the answers to it', async () => {
    const same = () => file({}, [closure('same', '2026-12-24', '2026-12-25')]);
    const [kept, leaving] = [aQuestion({ id: 'kept' }), aQuestion({ id: 'leaving' })];
    expect(await differences(aDeskThatAsks([kept, leaving], same()))).toEqual(['changed topic residence: questions']);
    expect(await differences(aDeskThatAsks([kept], same()))).toEqual(['changed topic residence: questions']);
    expect((await desk())?.topics[0]?.questions).toEqual([kept, { ...leaving, retired: true }]);
    expect(await differences(aDeskThatAsks([kept], same()))).toEqual([]);
    expect(await differences(aDeskThatAsks([leaving, kept], same()))).toEqual(['changed topic residence: questions']);
    expect((await desk())?.topics[0]?.questions).toEqual([leaving, kept]);
  });

  it('keeps what staff entered, and the order in which it was entered', async () => {
    const entered = { from: '2026-12-22', to: '2026-12-24', closed: true, windows: [], reason: { en: 'Flood' } };
    await t.app.addException({ who: { kind: 'system' }, deskId: DESK, exception: entered });
    const same = closure('another-id', '2026-12-24', '2026-12-25');
    expect(await differences(file({}, [same]))).toEqual([]);
    expect(await differences(file({}, [same, closure('f3', '2026-12-31', '2027-01-01')]))).toEqual([
      'added exceptions',
    ]);
    const reasons = async () =>
      (await t.storage.desks.exceptions(DESK)).map(
        ({ exception, origin }) => `${origin} ${exception.from} ${exception.reason.en}`,
      );
    expect(await reasons()).toEqual(['file 2026-12-24 Closed', 'staff 2026-12-22 Flood', 'file 2026-12-31 Closed']);
    expect(await differences(file())).toEqual(['removed exceptions', 'removed exceptions']);
    expect(await reasons()).toEqual(['staff 2026-12-22 Flood']);
  });

  it('keeps the order of topics that staff made, with a new one of the file in its place', async () => {
    const [residence, career] = original.topics;
    const work = aTopic({ id: 'work', name: { de: 'Arbeit', en: 'Work' } });
    const who = aReceptionist('Maya', { role: 'manager' });
    await t.app.changeTopicOrder({ who, deskId: DESK, topicIds: ['career', 'residence'], seen: 1 });
    await apply(file({ topics: [residence, career, work].flatMap((topic) => topic ?? []) }));
    const topics = async () => (await t.storage.desks.find(DESK))?.topics.map(({ id }) => id);
    expect(await topics()).toEqual(['career', 'residence', 'work']);
  });

  it('keeps all bookings, and reception gets a task for each that lost its advisor, until the file names the advisor again', async () => {
    const query = { language: 'en', mode: 'phone' } as const;
    const staff = aReceptionist('Rezi Empfang');
    const withLeaver = await booked(t, {
      start: at('09:00'),
      query: { ...query, topicId: 'residence', advisorId: 'a2' },
      who: staff,
    });
    const aboutCareer = await booked(t, {
      start: at('10:00'),
      query: { ...query, topicId: 'career', advisorId: 'a1' },
      who: staff,
    });
    const late = await booked(t, {
      start: at('16:00'),
      query: { ...query, topicId: 'residence', advisorId: 'a1' },
      who: staff,
    });
    const fine = await booked(t, {
      start: at('13:00'),
      query: { ...query, topicId: 'residence', advisorId: 'a1' },
      who: staff,
    });
    const rules = [{ rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', start: '09:00', end: '16:00' }];
    const kept = {
      advisors: [anAdvisor({ topics: ['residence'] })],
      topics: [aTopic()],
      hours: { ...original.hours, rules },
    };
    const expected = [
      [aboutCareer.id, 'not_offered'],
      [late.id, 'closed'],
      [withLeaver.id, 'not_working'],
    ].sort();
    for (const how of [{ apply: false }, { apply: true }]) {
      const { plans } = await apply(file(kept), how);
      expect(plans[0]?.orphans.map(({ booking, why }) => [booking.id, why]).sort()).toEqual(expected);
      expect(await tasks()).toEqual(how.apply ? expected.map(([id]) => id) : []);
    }
    for (const each of [withLeaver, aboutCareer, late, fine])
      expect(await t.storage.bookings.find(each.id)).toEqual(each);
    const { code, err } = await operate(database.url, ['check']);
    expect({ code, err }).toEqual({ code: 0, err: '' });

    await apply(file({}, [closure('f1', '2026-12-24', '2026-12-25')]));
    expect(await tasks()).toEqual([]);
    expect((await desk())?.advisors).toEqual(original.advisors);
    expect((await desk())?.topics).toEqual(original.topics);
  });
});
