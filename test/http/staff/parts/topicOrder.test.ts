import { type TestApp, testApp } from '../../../support/app';
import { aTopic } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';
import { type ApiApp, apiApp, problem } from '../../api/apiClient';

const TOPICS = '/staff/expat-desk/topics';
const ORDER = '/staff/desks/expat-desk/topic-order';

describe('The order of topics', () => {
  let app: TestApp;
  let manager: Browser;
  beforeEach(async () => {
    app = await testApp();
    await app.storage.write(({ desks }) => desks.putTopic('expat-desk', aTopic({ id: 'work' }), 'staff'), {
      desk: 'expat-desk',
    });
    manager = await signedInAs(app, { role: 'manager' });
  });
  afterEach(() => app.close());

  const order = async () => (await app.storage.desks.find('expat-desk'))?.topics.map(({ id }) => id).join(' ');
  const shown = async () => (await manager.get(TOPICS).expect(200)).text;
  const move = async (id: string, step: string, page?: string) =>
    manager.post(TOPICS, { ...hiddenFields(page ?? (await shown()), TOPICS), id, step });

  it('is changed by one press, which keeps the focus where it was, and says where the topic is now', async () => {
    expect(await order()).toBe('residence career work');
    const done = await move('work', 'up');
    expect([done.status, done.headers.location]).toEqual([303, `${TOPICS}?done=moved&id=work&moved=up`]);
    expect(await order()).toBe('residence work career');
    const { text } = await manager.get(String(done.headers.location)).expect(200);
    expect(wordsIn(text)).toMatch(/steht jetzt an Stelle 2 von 3/);
    expect(text.match(/ autofocus/g)).toHaveLength(1);
    expect(text).toMatch(/value="work">(?:(?!<\/form>)[\s\S])*value="up" autofocus/);

    const first = await move('work', 'up');
    const edge = (await manager.get(String(first.headers.location))).text;
    expect(edge).toMatch(/value="work">(?:(?!<\/form>)[\s\S])*value="down" autofocus/);
    await move('work', 'down');
    await move('work', 'down');
    expect(await order()).toBe('residence career work');
  });

  it('is the same for clients, reception and programs', async () => {
    await move('career', 'up');
    const desk = await manager.get('/api/v1/desks/expat-desk').expect(200);
    expect(desk.body.topics.map(({ id }: { id: string }) => id)).toEqual(['career', 'residence', 'work']);
    for (const page of ['/de/expat-desk/book/topic?language=de', '/staff/expat-desk/bookings/new']) {
      const { text } = await manager.get(page).expect(200);
      const at = ['career', 'residence'].map((id) => text.search(new RegExp(`(value="|topic(=|&#x3D;))${id}\\b`)));
      expect([page, at.every((place) => place > 0), [...at].sort((a, b) => a - b)]).toEqual([page, true, at]);
    }
  });

  it('is not changed by who saw another one, and is shown then as it is', async () => {
    const page = await shown();
    await move('work', 'up', page);
    const late = await move('work', 'up', page);
    expect(wordsIn(late.text)).toContain('Inzwischen hat jemand die Reihenfolge geändert');
    expect(await order()).toBe('residence work career');
  });

  it('is that of an imported list, which is shown before', async () => {
    const at = '/staff/expat-desk/import/topics';
    const csv = 'id\nwork\ncareer\nresidence\n';
    const { text } = await manager.get(at);
    const preview = await manager.post(at, { ...hiddenFields(text, at), csv, step: 'preview' });
    expect(wordsIn(preview.text)).toMatch(/Reihenfolge.*Ein Eintrag ändert sich|Ein Eintrag ändert sich.*Reihenfolge/);
    await manager.post(at, { ...hiddenFields(preview.text, at), csv, step: 'apply' }).expect(303);
    expect(await order()).toBe('work career residence');
    const file = (await manager.get('/staff/expat-desk/export/topics.csv')).text;
    expect(
      file
        .split('\r\n')
        .slice(1, 4)
        .map((line) => line.split(',')[0]),
    ).toEqual(['work', 'career', 'residence']);
  });
});

describe('The order of topics of the API', () => {
  let api: ApiApp;
  beforeEach(async () => {
    api = await apiApp();
  });
  afterEach(() => api.close());

  it('is read and changed by version', async () => {
    const manager = await api.as('manager');
    const { body, headers } = await api.get(ORDER, manager).expect(200);
    expect([body, headers.etag]).toEqual([{ ids: ['residence', 'career'], origin: 'file', version: 1 }, '"1"']);
    const ids = ['career', 'residence'];
    problem(await api.put(ORDER, { ids }, manager), 428, 'version-required');
    const tried = await api.put(`${ORDER}?dryRun=true`, { ids }, { ...manager, 'If-Match': '"1"' }).expect(200);
    expect(tried.body.changes).toMatchObject([{ at: 'topicOrder', after: ids }]);
    const done = await api.put(ORDER, { ids }, { ...manager, 'If-Match': '"1"' }).expect(200);
    expect([done.body.version, done.headers.etag]).toEqual([2, '"2"']);
    problem(await api.put(ORDER, { ids }, { ...manager, 'If-Match': '"1"' }), 412, 'version-moved-on');
    expect((await api.get(ORDER, manager)).body).toEqual({ ids, origin: 'staff', version: 2 });
    const wrong = await api.put(ORDER, { ids: ['career', 'nope', 'career'] }, { ...manager, 'If-Match': '*' });
    expect(problem(wrong, 422, 'invalid').errors).toMatchObject([{ pointer: '/ids/1' }, { pointer: '/ids/2' }]);
  });
});
