import { applyDesks } from '../../../src/app/desks/applyDesks';
import type { Topic } from '../../../src/domain/desk';
import { randomIds } from '../../../src/identity/ids';
import { aDesk, aTopic } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

const AT = '/staff/desks/expat-desk/topics';
const WORK = {
  name: { de: 'Arbeit', en: 'Work', tr: 'İş' },
  durationMinutes: 45,
  bufferMinutes: 15,
  modes: ['phone', 'in_person'],
  leadTimeOpenMinutes: 240,
  bring: { de: 'Vertrag', en: 'Contract' },
  questions: [{ id: 'since', kind: 'date', label: { de: 'Seit wann?', en: 'Since when?' }, keepDays: 7 }],
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
const listed = async () => (await api.get(AT, manager).expect(200)).body.topics;
const read = async (id: string) => (await api.get(`${AT}/${id}`, manager).expect(200)).body;
/** A topic as it is read, as it is sent back. */
const sent = ({ id: _, version: _v, origin: _o, missing: _m, ...body }: Record<string, unknown>) => body;
const onOffer = async () => (await api.get('/desks/expat-desk')).body.topics.map(({ id }: { id: string }) => id);
const starts = async (query: string) => (await api.get(`/desks/expat-desk/slots?${query}`)).body.slots ?? [];
const tasks = async () => (await api.deps.storage.tasks.open('expat-desk')).map(({ bookingId }) => bookingId);

describe('Topics', () => {
  it('are listed in the order of the desk, each with its version and with what is missing in which language', async () => {
    const [residence, career] = await listed();
    expect([residence.id, career.id]).toEqual(['residence', 'career']);
    expect(residence).toMatchObject({ origin: 'file', version: 1, retired: false });
    expect(residence.missing.tr).toEqual(['name', 'description', 'bring']);
    expect(residence.missing.de).toBeUndefined();
    const one = await api.get(`${AT}/residence`, manager).expect(200);
    expect([one.headers.etag, one.body]).toEqual(['"1"', residence]);
  });

  it('can be sent back as they were read, which changes nothing but the version', async () => {
    const topic = await read('residence');
    const { body, headers } = await api.put(`${AT}/residence`, sent(topic), seen(1)).expect(200);
    expect(body).toEqual({
      ...{ id: 'residence', outcome: 'changed', version: 2, changes: [], affected: [], unreachable: 0, plan: null },
    });
    expect(headers.etag).toBe('"2"');
    expect(await read('residence')).toEqual({ ...topic, origin: 'staff', version: 2 });
  });

  it('are entered at an address where there is none, and offered at once to whom an advisor can advise', async () => {
    const { body } = await api.put(`${AT}/work`, WORK, { ...manager, ...NEW }).expect(201);
    expect(body).toMatchObject({
      id: 'work',
      outcome: 'entered',
      version: 1,
      changes: [{ kind: 'added', at: 'topic work' }],
    });
    expect(await onOffer()).toEqual(['residence', 'career', 'work']);
    const advisor = { name: 'Neu', email: 'neu@expat-desk.example', languages: ['tr'], topics: ['work'] };
    await api.put('/staff/desks/expat-desk/advisors/neu', advisor, { ...manager, ...NEW }).expect(201);
    const [first] = await starts('topic=work&language=tr&mode=phone');
    expect(Date.parse(first.end) - Date.parse(first.start)).toBe(45 * 60_000);
  });

  it('change what is offered at once', async () => {
    const minutes = async () => {
      const [first] = await starts('topic=residence&language=en');
      return (Date.parse(first.end) - Date.parse(first.start)) / 60_000;
    };
    expect(await minutes()).toBe(30);
    const topic = sent(await read('residence'));
    await api.put(`${AT}/residence`, { ...topic, durationMinutes: 90 }, seen(1)).expect(200);
    expect(await minutes()).toBe(90);
    const firstDay = async () => (await starts('topic=residence&language=en'))[0].start.slice(0, 10);
    expect(await firstDay()).toBe('2026-11-24');
    await api.put(`${AT}/residence`, { ...topic, leadTimeWorkingDays: 4 }, seen(2)).expect(200);
    expect(await firstDay()).toBe('2026-11-30');
    await api.put(`${AT}/residence`, { ...topic, leadTimeWorkingDays: 61 }, seen(3)).expect(422);
  });

  it.each([
    ['without If-Match', {}, 428, 'version-required'],
    ['with the version before the last', { 'If-Match': '"1"' }, 412, 'version-moved-on'],
    ['as new, though it is there', { 'If-None-Match': '*' }, 412, 'version-moved-on'],
    ['as new by the version that is none', { 'If-Match': '"0"' }, 412, 'version-moved-on'],
  ])('are not changed %s', async (_, headers, status, code) => {
    await api.put(`${AT}/residence`, sent(await read('residence')), seen(1)).expect(200);
    const before = await listed();
    problem(await api.put(`${AT}/residence`, WORK, { ...manager, ...headers }), status, code);
    if (status === 428 || 'If-Match' in headers)
      problem(await api.del(`${AT}/residence`, { ...manager, ...headers }), status, code);
    expect(await listed()).toEqual(before);
  });

  it('are not entered by who thinks that they are there', async () => {
    for (const tag of ['"1"', '*'])
      problem(await api.put(`${AT}/work`, WORK, { ...manager, 'If-Match': tag }), 412, 'version-moved-on');
    problem(await api.del(`${AT}/work`, seen(1)), 404, 'not-found');
    await api.put(`${AT}/work`, WORK, seen(0)).expect(201);
  });

  it('tell what a change would do, and do nothing, in a dry run', async () => {
    const { id } = await book(api);
    const before = await api.dump('topic');
    const topic = { ...sent(await read('residence')), retired: true, durationMinutes: 60 };
    const { body } = await api.put(`${AT}/residence?dryRun=true`, topic, seen(1)).expect(200);
    expect(body).toMatchObject({
      version: 1,
      outcome: 'retired',
      affected: [{ id }],
      changes: [{ kind: 'removed', at: 'topic residence' }],
    });
    expect(await api.dump('topic')).toEqual(before);
    expect(await tasks()).toEqual([]);
  });

  it('are retired if there are bookings: these stay as tasks, and fit again when the topic is brought back', async () => {
    const { id } = await book(api);
    const { body } = await api.del(`${AT}/residence`, seen(1)).expect(200);
    expect(body).toMatchObject({ outcome: 'retired', version: 2, affected: [{ id }] });
    expect(await onOffer()).toEqual(['career']);
    expect(await starts('topic=residence&language=en')).toEqual([]);
    expect(await tasks()).toEqual([id]);
    const topic = await read('residence');
    expect(topic.retired).toBe(true);
    await api.put(`${AT}/residence`, { ...sent(topic), retired: false }, seen(2)).expect(200);
    expect(await onOffer()).toEqual(['residence', 'career']);
    expect(await tasks()).toEqual([]);
    expect((await starts('topic=residence&language=ja')).length).toBeGreaterThan(0);
  });

  it('are deleted if nothing refers to them', async () => {
    const { body } = await api.del(`${AT}/career`, seen(1)).expect(200);
    expect(body).toMatchObject({ outcome: 'deleted', version: null, affected: [] });
    expect((await listed()).map(({ id }: { id: string }) => id)).toEqual(['residence']);
    await api.get(`${AT}/career`, manager).expect(404);
  });

  it('keep a question that is asked no more for the answers to it', async () => {
    await api.put(`${AT}/work`, WORK, { ...manager, ...NEW }).expect(201);
    await api.put(`${AT}/work`, { ...WORK, questions: [] }, seen(1)).expect(200);
    expect((await read('work')).questions).toEqual([]);
    const stored = (await api.deps.storage.desks.find('expat-desk'))?.topics.find(({ id }) => id === 'work');
    expect(stored?.questions).toMatchObject([{ id: 'since', retired: true }]);
    await api.put(`${AT}/work`, WORK, seen(2)).expect(200);
    expect((await read('work')).questions).toMatchObject([{ id: 'since', kind: 'date' }]);
  });

  it.each([
    ['an id in the body', { ...WORK, id: 'work' }, '/id'],
    ['no German name', { ...WORK, name: { en: 'Work' } }, '/name/de'],
    ['a duration of nothing', { ...WORK, durationMinutes: 0 }, '/durationMinutes'],
    ['no mode', { ...WORK, modes: [] }, '/modes'],
    ['a choice of one', { ...WORK, questions: [{ ...WORK.questions[0], kind: 'choice' }] }, '/questions/0/choices'],
    [
      'a name for the board that is too long',
      { ...WORK, shortName: { de: 'Aufenthaltsrecht', en: 'x' } },
      '/shortName/de',
    ],
  ])('are refused with %s', async (_, body, pointer) => {
    const { errors } = problem(await api.put(`${AT}/work`, body, { ...manager, ...NEW }), 422, 'invalid');
    expect(errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('have an id that an address can hold', async () => {
    const { errors } = problem(await api.put(`${AT}/Neu%20hier`, WORK, { ...manager, ...NEW }), 422, 'invalid');
    expect(errors).toMatchObject([{ pointer: '/id' }]);
  });

  it('are changed by one of two who have read the same', async () => {
    const topic = sent(await read('career'));
    const both = [60, 75].map((durationMinutes) => api.put(`${AT}/career`, { ...topic, durationMinutes }, seen(1)));
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});

describe('Questions', () => {
  const ALL = '/staff/desks/expat-desk/questions';
  const asked = { topic: 'career', ...WORK.questions[0] };

  it('are read and replaced for all topics together, by the tag of all', async () => {
    const { headers, body } = await api.get(ALL, manager).expect(200);
    expect(body).toEqual({ questions: [] });
    const mine = { ...manager, 'If-Match': String(headers.etag) };
    const { body: change } = await api.put(ALL, { questions: [asked] }, mine).expect(200);
    expect(change).toMatchObject({ changes: [{ kind: 'changed', at: 'topic career: questions' }] });
    expect((await api.get(ALL, manager)).body.questions).toMatchObject([{ ...asked, audience: 'client', version: 2 }]);
    expect((await read('residence')).version).toBe(1);
    problem(await api.put(ALL, { questions: [] }, mine), 412, 'version-moved-on');
    problem(await api.put(ALL, { questions: [] }, manager), 428, 'version-required');
    problem(await api.del(ALL, manager), 428, 'version-required');
    await api.del(ALL, { ...manager, 'If-Match': '*' }).expect(200);
    expect((await api.get(ALL, manager)).body.questions).toEqual([]);
  });

  it.each([
    ['of no topic', { ...asked, topic: 'cooking' }, '/questions/1/topic'],
    ['that is asked twice', asked, '/questions/1/id'],
  ])('are refused with one %s', async (_, second, pointer) => {
    const any = { ...manager, 'If-Match': '*' };
    const { errors } = problem(await api.put(ALL, { questions: [asked, second] }, any), 422, 'invalid');
    expect(errors).toMatchObject([{ pointer }]);
  });
});

describe('A desk file that comes later', () => {
  const apply = (topics: Topic[]) =>
    applyDesks({ storage: api.storage, now: api.clock.now, ids: randomIds })([aDesk({ topics })], { apply: true });

  it('leaves alone what staff changed, and takes the rest over', async () => {
    const topic = sent(await read('career'));
    await api.put(`${AT}/career`, { ...topic, durationMinutes: 90 }, seen(1)).expect(200);
    const residence = aTopic({ durationMinutes: 45 });
    const career = aTopic({ id: 'career', durationMinutes: 20 });
    await apply([residence, career, aTopic({ id: 'new' })]);
    expect(
      (await listed()).map((each: Record<string, unknown>) => [
        each.id,
        each.durationMinutes,
        each.version,
        each.origin,
      ]),
    ).toEqual([
      ['residence', 45, 2, 'file'],
      ['career', 90, 2, 'staff'],
      ['new', 30, 1, 'file'],
    ]);
    await apply([residence]);
    expect((await listed()).map((each: Record<string, unknown>) => [each.id, each.retired])).toEqual([
      ['residence', false],
      ['career', false],
      ['new', true],
    ]);
  });
});
