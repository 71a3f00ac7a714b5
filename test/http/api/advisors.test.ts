import { applyDesks } from '../../../src/app/desks/applyDesks';
import { randomIds } from '../../../src/identity/ids';
import { aDesk, anAdvisor } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

const AT = '/staff/desks/expat-desk/advisors';
const UKRAINIAN = {
  name: 'Cem Neuling',
  email: 'cem@expat-desk.example',
  languages: ['uk', 'de'],
  levels: { uk: 'native', de: 'C1' },
  topics: ['residence'],
  workingRules: [{ rrule: 'FREQ=WEEKLY;BYDAY=MO,TU', start: '09:00', end: '12:00' }],
  door: 'Zimmer 4',
  videoLink: 'https://video.expat-desk.example/cem',
  from: '2026-12-01',
};
const NEW = { 'If-None-Match': '*' };

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk()] });
  manager = await api.as('manager');
});
afterEach(() => api.close());

const seen = (version: unknown) => ({ ...manager, 'If-Match': `"${version}"` });
const read = async (id: string) => (await api.get(`${AT}/${id}`, manager).expect(200)).body;
const sent = ({ id: _, version: _v, origin: _o, ...body }: Record<string, unknown>) => body;
const starts = async (query: string) =>
  (await api.get(`/desks/expat-desk/slots?topic=residence&${query}`)).body.slots.map(
    ({ start }: { start: string }) => start,
  );
/** Returns the bookings that need somebody, as the tasks tell. */
const outside = async () =>
  (await api.get('/staff/desks/expat-desk/tasks', manager)).body.tasks
    .filter(({ kind }: { kind: string }) => kind === 'outside_hours')
    .map(({ booking }: { booking: string }) => booking);
const languages = async () => (await api.get('/desks/expat-desk')).body.languages;

describe('Advisors', () => {
  it('are listed with their versions, and can be sent back as they were read', async () => {
    const { body } = await api.get(AT, manager).expect(200);
    expect(body.advisors).toMatchObject([
      { id: 'a1', languages: ['de', 'en'], topics: ['residence', 'career'], version: 1, origin: 'file' },
      { id: 'a2', languages: ['de', 'en', 'ja'], version: 1, retired: false },
    ]);
    const change = await api.put(`${AT}/a1`, sent(body.advisors[0]), seen(1)).expect(200);
    expect(change.body).toMatchObject({ outcome: 'changed', version: 2, changes: [], affected: [], plan: null });
    expect(await read('a1')).toEqual({ ...body.advisors[0], origin: 'staff', version: 2 });
  });

  it('can be booked at once when they are new, and not before their first day', async () => {
    expect(await languages()).not.toContain('uk');
    await api.put(`${AT}/cem`, UKRAINIAN, { ...manager, ...NEW }).expect(201);
    expect(await read('cem')).toEqual({ id: 'cem', ...UKRAINIAN, retired: false, origin: 'staff', version: 1 });
    expect(await languages()).toContain('uk');
    const offered = await starts('language=uk');
    expect(offered.slice(0, 6)).toEqual(
      ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'].map((time) => `2026-12-01T${time}:00+01:00`),
    );
    const { id } = await book(api, { language: 'uk', start: offered[0] });
    const stored = await api.get(`/staff/bookings/${id}`, manager);
    expect(stored.body.advisor).toEqual({ id: 'cem', name: 'Cem Neuling' });
  });

  it('give consultations in their own modes alone, and what they cannot take any more is told', async () => {
    const video = await book(api, { advisor: 'a1', mode: 'video', start: '2026-12-01T09:00:00+01:00' });
    const phoned = { advisor: 'a1', mode: 'phone', start: '2026-12-01T10:00:00+01:00' };
    await book(api, { ...phoned, client: { name: 'Kim', email: 'kim@client.example', phone: '+49 211 1234567' } });
    const onPhone = { ...sent(await read('a1')), modes: ['phone'] };
    const dry = await api.put(`${AT}/a1?dryRun=true`, onPhone, seen(1)).expect(200);
    expect(dry.body).toMatchObject({
      changes: [{ kind: 'changed', at: 'advisor a1: modes', before: null, after: ['phone'] }],
      affected: [{ id: video.id }],
    });
    expect((await api.put(`${AT}/a1`, onPhone, seen(1)).expect(200)).body.affected).toMatchObject([{ id: video.id }]);
    expect(await read('a1')).toMatchObject({ modes: ['phone'] });
    expect(await outside()).toEqual([video.id]);
    await api.put(`${AT}/a2`, { ...sent(await read('a2')), modes: ['phone', 'in_person'] }, seen(1)).expect(200);

    const { topics } = (await api.get('/desks/expat-desk')).body;
    expect(topics[0].modes).toEqual(['in_person', 'phone']);
    expect(await starts('language=en&mode=video')).toEqual([]);
    const [first] = await starts('language=en&mode=in_person');
    const one = { language: 'en', mode: 'in_person', start: first };
    expect(
      (await api.get(`/desks/expat-desk/slots?topic=residence&language=en&mode=in_person`)).body.slots[0].free,
    ).toBe(1);
    const { id } = await book(api, one);
    expect((await api.get(`/staff/bookings/${id}`, manager)).body.advisor.id).toBe('a2');
    expect(await starts('language=en&mode=in_person')).not.toContain(first);
    const walkIn = { topic: 'residence', language: 'en' };
    await api.post('/staff/desks/expat-desk/walk-ins', walkIn, await api.as('receptionist')).expect(201);

    await api.put(`${AT}/a1`, { ...onPhone, modes: null }, seen(2)).expect(200);
    expect(await read('a1')).not.toHaveProperty('modes');
    expect(await outside()).toEqual([]);
    const wrong = await api.put(`${AT}/a1`, { ...onPhone, modes: ['fax'] }, seen(3)).expect(422);
    expect(wrong.body.errors).toMatchObject([{ pointer: '/modes/0' }]);
    await api.put(`${AT}/a1`, { ...onPhone, modes: [] }, seen(3)).expect(422);
  });

  it('say to reception that they do not do a mode, and take it with a reason', async () => {
    await api.put(`${AT}/a1`, { ...sent(await read('a1')), modes: ['in_person'] }, seen(1)).expect(200);
    const { id } = await book(api, { mode: 'video', start: '2026-12-01T09:00:00+01:00' });
    const asked = `/staff/bookings/${id}/targets?override=true`;
    const { targets } = (await api.get(asked, manager).expect(200)).body;
    expect(targets).toContainEqual({
      ...{ start: '2026-12-01T09:00:00+01:00', advisor: 'a1', kind: 'override', others: [] },
      ...{ why: 'not-in-mode', reason: 'does not do video' },
    });
    const { version } = (await api.get(`/staff/bookings/${id}`, manager)).body;
    const line = { booking: id, version, start: '2026-12-01T09:00:00+01:00', advisor: 'a1', tell: 'nobody' };
    const move = (part: object) =>
      api.post('/staff/desks/expat-desk/moves', { moves: [{ ...line, ...part }] }, manager);
    await move({}).expect(409);
    await move({ override: true, reason: 'Nobody else is there' }).expect(200);
  });

  it('who leave hand over all their bookings ahead by a plan: nothing is lost', async () => {
    const near = await book(api, { language: 'de', advisor: 'a1', start: '2026-12-01T09:00:00+01:00' });
    const far = await book(api, { language: 'de', advisor: 'a1', start: '2027-01-20T09:00:00+01:00' });
    const until = { ...sent(await read('a1')), until: '2026-12-10' };
    const dry = await api.put(`${AT}/a1?dryRun=true`, until, seen(1)).expect(200);
    expect(dry.body).toMatchObject({ affected: [{ id: far.id }], plan: null, unreachable: 0 });
    const first = await api.put(`${AT}/a1`, until, seen(1)).expect(200);
    expect(first.body.affected).toMatchObject([{ id: far.id }]);
    const { body } = await api.del(`${AT}/a1`, seen(2)).expect(200);
    expect(body).toMatchObject({ outcome: 'retired', affected: [{ id: near.id }] });

    for (const [plan, booking] of [
      [first.body.plan, far],
      [body.plan, near],
    ]) {
      const { body: proposed } = await api.get(`/staff/absence-plans/${plan}`, manager).expect(200);
      expect(proposed).toMatchObject({ state: 'proposed', advisors: ['a1'], lines: [{ booking: { id: booking.id } }] });
      await api.post(`/staff/absence-plans/${plan}/commit`, {}, manager).expect(200);
    }
    // Both wished for this advisor, so reception asks them.
    const tasks = await api.deps.storage.tasks.open('expat-desk');
    expect(tasks.map(({ bookingId }) => bookingId).sort()).toEqual([near.id, far.id].sort());
  });

  it('who leave hand over to a colleague who can take the same time', async () => {
    const { id } = await book(api, { language: 'de', start: '2026-12-01T09:00:00+01:00' });
    const { body: booking } = await api.get(`/staff/bookings/${id}`, manager);
    const { body } = await api.del(`${AT}/${booking.advisor.id}`, seen(1)).expect(200);
    await api.post(`/staff/absence-plans/${body.plan}/commit`, {}, manager).expect(200);
    const { body: after } = await api.get(`/staff/bookings/${id}`, manager);
    expect([after.start, after.status]).toEqual([booking.start, 'confirmed']);
    expect(after.advisor.id).not.toBe(booking.advisor.id);
    expect(await api.deps.storage.tasks.open('expat-desk')).toEqual([]);
  });

  it('come back with all that they covered', async () => {
    const { id } = await book(api, { language: 'ja' });
    const before = await read('a2');
    await api.del(`${AT}/a2`, seen(1)).expect(200);
    expect(await languages()).not.toContain('ja');
    expect(await starts('language=ja')).toEqual([]);
    const left = await read('a2');
    expect(left).toEqual({ ...before, retired: true, origin: 'staff', version: 2 });
    await api.put(`${AT}/a2`, { ...sent(left), retired: false }, seen(2)).expect(200);
    expect(await languages()).toContain('ja');
    expect(await api.deps.storage.tasks.open('expat-desk')).toEqual([]);
    expect((await api.get(`/staff/bookings/${id}`, manager)).body.status).toBe('confirmed');
  });

  it('are retired when their last day is over, and come back with another one', async () => {
    await api.put(`${AT}/a2`, { ...sent(await read('a2')), until: '2026-12-02' }, seen(1)).expect(200);
    api.clock.set('2026-12-01T22:00:00+01:00');
    await api.run('retireLeavers');
    expect(await languages()).toContain('ja');
    api.clock.set('2026-12-02T00:00:00+01:00');
    await api.run('retireLeavers');
    expect(await languages()).not.toContain('ja');
    const { version, ...left } = await read('a2');
    expect([left.retired, left.languages, version]).toEqual([true, ['de', 'en', 'ja'], 3]);
    const { until: _, ...again } = sent(left);
    await api.put(`${AT}/a2`, { ...again, retired: false }, seen(3)).expect(200);
    await api.run('retireLeavers');
    expect(await languages()).toContain('ja');
  });

  it('are deleted if nothing refers to them', async () => {
    await api.put(`${AT}/cem`, UKRAINIAN, { ...manager, ...NEW }).expect(201);
    expect((await api.del(`${AT}/cem`, seen(1)).expect(200)).body).toMatchObject({ outcome: 'deleted', version: null });
    await api.get(`${AT}/cem`, manager).expect(404);
  });

  it.each([
    ['an id in the body', { ...UKRAINIAN, id: 'cem' }, '/id'],
    ['a topic that the desk does not have', { ...UKRAINIAN, topics: ['residence', 'cooking'] }, '/topics/1'],
    ['a level of a language that they do not speak', { ...UKRAINIAN, levels: { fr: 'B2' } }, '/levels/fr'],
    ['a last day before the first', { ...UKRAINIAN, until: '2026-12-01' }, '/until'],
    [
      'a rule that is none',
      { ...UKRAINIAN, workingRules: [{ rrule: 'FREQ=OFTEN', start: '09:00', end: '10:00' }] },
      '/workingRules/0/rrule',
    ],
    ['no language', { ...UKRAINIAN, languages: [] }, '/languages'],
    ['no mail address', { ...UKRAINIAN, email: 'cem' }, '/email'],
  ])('are refused with %s', async (_, body, pointer) => {
    const before = await api.rows();
    const { errors } = problem(await api.put(`${AT}/cem`, body, { ...manager, ...NEW }), 422, 'invalid');
    expect(errors?.map((error) => error.pointer)).toContain(pointer);
    expect(await api.rows()).toEqual(before);
  });

  it('are not changed without the version, or with an old one', async () => {
    const body = sent(await read('a1'));
    problem(await api.put(`${AT}/a1`, body, manager), 428, 'version-required');
    problem(await api.del(`${AT}/a1`, manager), 428, 'version-required');
    await api.put(`${AT}/a1`, body, seen(1)).expect(200);
    problem(await api.put(`${AT}/a1`, body, seen(1)), 412, 'version-moved-on');
    problem(await api.del(`${AT}/a1`, seen(1)), 412, 'version-moved-on');
    problem(await api.put(`${AT}/a1`, body, { ...manager, ...NEW }), 412, 'version-moved-on');
  });

  it('whom staff changed are left alone by a later desk file, and so are those who are new', async () => {
    await api.put(`${AT}/cem`, UKRAINIAN, { ...manager, ...NEW }).expect(201);
    await api.put(`${AT}/a1`, { ...sent(await read('a1')), languages: ['de', 'pl'] }, seen(1)).expect(200);
    const file = aDesk({ advisors: [anAdvisor({ languages: ['de', 'fr'] })] });
    await applyDesks({ storage: api.storage, now: api.clock.now, ids: randomIds })([file], { apply: true });
    const { body } = await api.get(AT, manager);
    expect(body.advisors.map((each: Record<string, unknown>) => [each.id, each.languages, each.retired])).toEqual([
      ['a1', ['de', 'pl'], false],
      ['a2', ['de', 'en', 'ja'], true],
      ['cem', ['uk', 'de'], false],
    ]);
  });
});

describe('Reserves and rooms', () => {
  const ROOMS = '/staff/desks/expat-desk/reserves';
  const RESERVES = {
    reserves: [{ language: 'ja', topic: null, urgent: false, startsPerDay: 2, releaseWorkingDays: 3 }],
    capacities: { in_person: 1 },
  };

  it('are read and replaced together, and hold at once', async () => {
    const { body, headers } = await api.get(ROOMS, manager).expect(200);
    expect([headers.etag, body]).toEqual(['"1"', { reserves: [], capacities: {}, origin: 'file', version: 1 }]);
    const free = async () =>
      (await api.get('/desks/expat-desk/slots?topic=residence&language=de&mode=in_person')).body.slots[0].free;
    expect(await free()).toBe(2);
    const change = await api.put(ROOMS, RESERVES, seen(1)).expect(200);
    expect(change.body.changes).toMatchObject([{ at: 'capacities' }, { kind: 'added', at: 'reserves' }]);
    expect(await free()).toBe(1);
    expect((await api.get(ROOMS, manager)).body).toEqual({ ...RESERVES, origin: 'staff', version: 2 });
    problem(await api.put(ROOMS, RESERVES, seen(1)), 412, 'version-moved-on');
    problem(await api.put(ROOMS, RESERVES, manager), 428, 'version-required');
    problem(await api.del(ROOMS, manager), 428, 'version-required');
    await api.del(ROOMS, seen(2)).expect(200);
    expect((await api.get(ROOMS, manager)).body).toMatchObject({ reserves: [], capacities: {}, version: 3 });
  });

  it.each([
    ['for nobody and nothing', { language: null }, '/reserves/0'],
    ['for a language that nobody speaks', { language: 'uk' }, '/reserves/0/language'],
    ['for a topic that the desk does not have', { topic: 'cooking' }, '/reserves/0/topic'],
    ['of nothing', { startsPerDay: 0 }, '/reserves/0/startsPerDay'],
  ])('are refused if they are %s', async (_, part, pointer) => {
    const body = { reserves: [{ ...RESERVES.reserves[0], ...part }] };
    const { errors } = problem(await api.put(ROOMS, body, seen(1)), 422, 'invalid');
    expect(errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('tell what they would have done with the bookings of four weeks, and change nothing', async () => {
    const booked = await book(api, { language: 'ja', start: '2026-12-10T09:00:00+01:00' });
    api.clock.set('2026-12-21T09:00:00+01:00');
    const before = await api.dump('desk');
    const { body } = await api.post(`${ROOMS}/replay`, { reserves: RESERVES.reserves }, manager).expect(200);
    // Twenty days on which the desk was open.
    expect(body).toEqual({
      days: 28,
      reserves: [{ language: 'ja', topic: null, urgent: false, kept: 40, used: 1, released: 39, late: 0 }],
    });
    expect(await api.dump('desk')).toEqual(before);
    expect(booked.id).toBeDefined();
  });

  it('which staff changed are left alone by a later desk file', async () => {
    await api.put(ROOMS, RESERVES, seen(1)).expect(200);
    const file = aDesk({ capacities: { video: 3 } });
    await applyDesks({ storage: api.storage, now: api.clock.now, ids: randomIds })([file], { apply: true });
    expect((await api.get(ROOMS, manager)).body).toMatchObject({ ...RESERVES, version: 2 });
  });
});
