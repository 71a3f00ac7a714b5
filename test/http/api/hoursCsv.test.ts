import { aDesk, anAdvisor, aQuestion, aTopic } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

const DESK = '/staff/desks/expat-desk';
const EXCEPTIONS = `${DESK}/exceptions`;
const ABSENCES = `${DESK}/absences`;
const QUESTIONS = `${DESK}/questions`;

const REASON = { de: 'Betriebsausflug', en: '=SUM(A1) outing', tr: 'Gezi' };
const HOURS_OF_DAYS = [
  { from: '2026-12-24', to: '2026-12-25', rrule: 'FREQ=YEARLY', closed: true, reason: REASON },
  {
    ...{ from: '2026-12-10', to: '2026-12-12', reason: { de: 'Messe', en: 'Fair' } },
    windows: [
      { start: '08:00', end: '09:30' },
      { start: '10:00', end: '12:00', kind: 'walk_in' },
      { start: '13:00', end: '24:00', kind: 'phone' },
    ],
  },
  {
    ...{ from: '2026-12-15', to: '2026-12-16', reason: { de: 'Pause', en: 'Break' } },
    closed: [{ start: '12:30', end: '13:30' }],
  },
];
const QUESTION = aQuestion({ id: 'since', label: { de: 'Seit wann?', en: 'Since when?' } });
const CHOICE = aQuestion({
  ...{ id: 'way', kind: 'choice', max: null, audience: 'staff', label: { de: 'Wie?', en: '-How?' } },
  choices: [
    { id: 'by-bus', label: { de: 'Bus', en: 'Bus' } },
    { id: 'on-foot', label: { de: 'Zu Fuß', en: 'On foot' } },
  ],
});

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  const topics = [aTopic({ questions: [QUESTION, CHOICE] }), aTopic({ id: 'career' })];
  const advisors = [anAdvisor(), anAdvisor({ id: 'a2', name: 'Bo', email: 'bo@expat-desk.example' })];
  api = await apiApp({ desks: [aDesk({ topics, advisors })] });
  manager = await api.as('manager');
});
afterEach(() => api.close());

const exported = async (at: string) => (await api.get(at, { ...manager, Accept: 'text/csv' }).expect(200)).text;
const send = (at: string, csv: string, more: Record<string, string> = {}) =>
  api.post(at, csv, { ...manager, 'Content-Type': 'text/csv; charset=utf-8', ...more });
const apply = (at: string, csv: string) => send(`${at}?apply=true`, csv).expect(200);
const pointers = async (at: string, csv: string) =>
  problem(await send(at, csv), 422, 'invalid').errors?.map(({ pointer }) => pointer);
const enterDays = async () => {
  for (const body of HOURS_OF_DAYS) await api.post(EXCEPTIONS, body, manager).expect(201);
};
const away = (advisor: string, start: string, end: string, reason?: string) =>
  api.post(`/staff/advisors/${advisor}/absences`, { start, end, ...(reason && { reason }) }, manager).expect(201);
const NOTHING = { changes: [], affected: [], unreachable: 0, plans: [], applied: true };

describe('Days with other hours, absences and questions as CSV', () => {
  it('can be imported as they were exported, which changes nothing', async () => {
    await enterDays();
    await away('a1', '2026-12-08T09:00:00+01:00', '2026-12-09T00:00:00+01:00', '+ Fortbildung');
    await away('a2', '2027-10-31T02:30:00+02:00', '2027-10-31T02:30:00+01:00');
    for (const at of [EXCEPTIONS, ABSENCES, QUESTIONS]) {
      const csv = await exported(at);
      const before = (await api.get(at, manager)).body;
      expect((await apply(at, csv)).body).toEqual(NOTHING);
      expect((await api.get(at, manager)).body).toEqual(before);
      expect(await exported(at)).toBe(csv);
    }
    expect(await api.dump('hours_version')).toHaveLength(6);
  });

  it('go to another desk, or come back, by their lines without ids', async () => {
    await enterDays();
    const csv = (await exported(EXCEPTIONS)).replace(/^[0-9a-f-]{36}/gm, '');
    const { exceptions } = (await api.get(EXCEPTIONS, manager)).body;
    for (const { id } of exceptions) await api.del(`${EXCEPTIONS}/${id}`, { ...manager, 'If-Match': '*' }).expect(200);
    await apply(EXCEPTIONS, csv);
    const content = (all: Record<string, unknown>[]) => all.map(({ id: _i, version: _v, ...rest }) => rest);
    expect(content((await api.get(EXCEPTIONS, manager)).body.exceptions)).toEqual(content(exceptions));
  });

  it('enter, change and withdraw, tell what that does to bookings, and are done once', async () => {
    await enterDays();
    const { id: booking } = await book(api);
    const [first, , last] = (await api.get(EXCEPTIONS, manager)).body.exceptions;
    const csv = [
      'id,kind,from,windows,reason.de,reason.en,withdrawn',
      ',closed,2026-12-01,,Umzug,Move,',
      `${last.id},open,2026-12-15,10:00-11:00,Pause,Break,`,
      `${first.id},,,,,,true`,
    ].join('\n');
    const dry = await send(EXCEPTIONS, csv).expect(200);
    expect(dry.body).toMatchObject({ applied: false, affected: [{ id: booking }] });
    expect(dry.body.changes.map(({ kind, at }: Record<string, string>) => `${kind} ${at}`)).toEqual([
      ...['removed exceptions', 'removed exceptions', 'added exceptions', 'added exceptions'],
    ]);
    expect((await api.get(EXCEPTIONS, manager)).body.exceptions).toHaveLength(3);
    const once = { 'Idempotency-Key': 'import-1' };
    for (const replayed of [undefined, 'true']) {
      const { headers, body } = await send(`${EXCEPTIONS}?apply=true`, csv, once).expect(200);
      expect([headers['idempotency-replayed'], body.affected.length]).toEqual([replayed, 1]);
    }
    const { exceptions } = (await api.get(EXCEPTIONS, manager)).body;
    expect(exceptions).toMatchObject([
      { from: '2026-12-10' },
      { from: '2026-12-01', to: '2026-12-02', closed: true },
      { id: last.id, windows: [{ start: '10:00', end: '11:00' }], version: 2 },
    ]);
    expect((await api.get(`${DESK}/tasks`, manager)).body.tasks).toMatchObject([{ kind: 'outside_hours', booking }]);
    const { versions } = (await api.get(`${DESK}/hours/versions`, manager)).body;
    expect(versions[0]).toMatchObject({ what: 'exceptions_imported', validFrom: '2026-12-01' });
  });

  it('put many away at once, by their clock', async () => {
    const { id: booking } = await book(api);
    const csv =
      'id,advisor,start,end,reason\n,a1,2026-12-01 09:00,02.12.2026 12:00,Kurs\n,a2,2026-12-01T00:00,2026-12-05T00:00,\n';
    const dry = await send(ABSENCES, csv).expect(200);
    expect(dry.body).toMatchObject({ affected: [{ id: booking }], changes: [{ kind: 'added' }, { kind: 'added' }] });
    expect((await apply(ABSENCES, csv)).body.affected).toHaveLength(1);
    const { absences } = (await api.get(ABSENCES, manager)).body;
    expect(absences).toMatchObject([
      { advisor: 'a2', start: '2026-12-01T00:00:00+01:00', reason: null },
      { advisor: 'a1', start: '2026-12-01T09:00:00+01:00', end: '2026-12-02T12:00:00+01:00', reason: 'Kurs' },
    ]);
    expect(await pointers(ABSENCES, csv)).toEqual(['/2', '/3']);
    const back = absences.map(({ id }: { id: string }) => `${id},true`).join('\n');
    expect((await apply(ABSENCES, `id,withdrawn\n${back}`)).body.changes).toMatchObject([
      { kind: 'removed' },
      { kind: 'removed' },
    ]);
    expect((await api.get(`${DESK}/tasks`, manager)).body.tasks).toEqual([]);
  });

  it('ask anew, otherwise, no more, and in another order', async () => {
    const csv = [
      'topic;id;kind;label.de;label.en;label.tr;choices.de;choices.en;keepDays;audience;retired',
      'residence;way;choice;Wie denn?;How?;;"Bus\nBahn";"Bus\nTrain";10;staff;',
      'residence;since;date;Seit wann?;Since when?;Ne zamandan beri?;;;10;client;',
      'career;goal;text;Ziel?;Goal?;;;;10;client;',
    ].join('\n');
    const kept = csv.replace('since;date', 'since;text');
    expect(await pointers(QUESTIONS, csv)).toEqual(['/5/kind']);
    await apply(QUESTIONS, kept);
    const asked = async () => (await api.get(QUESTIONS, manager)).body.questions as Record<string, unknown>[];
    expect(await asked()).toMatchObject([
      {
        ...{ topic: 'residence', id: 'way' },
        choices: [{ id: 'by-bus' }, { id: 'bahn', label: { de: 'Bahn', en: 'Train' } }],
      },
      { topic: 'residence', id: 'since', label: { tr: 'Ne zamandan beri?' } },
      { topic: 'career', id: 'goal' },
    ]);
    await apply(QUESTIONS, 'topic,id,retired\nresidence,way,true\n');
    expect((await asked()).map(({ id }) => id)).toEqual(['since', 'goal']);
    await apply(QUESTIONS, 'topic,id,retired\nresidence,way,\n');
    expect((await asked()).map(({ id }) => id)).toEqual(['way', 'since', 'goal']);
  });

  it('are taken wholly or not at all, with the lines and columns that are wrong', async () => {
    await enterDays();
    const before = await api.everything();
    const days = [
      'id,kind,from,last,windows,reason.de,reason.en,rrule',
      'none,closed,2026-12-01,,,x,y,',
      ',shut,2026-02-30,,,x,y,',
      ',open,2026-12-02,2026-12-01,nine,x,,',
      ',closed,2026-12-02,,09:00-10:00,x,y,',
      ',closed,2026-12-02,,,x,y,FREQ=HOURLY',
      ',open,2026-12-02,,10:00-10:00,x,y,',
      ',closed,2026-12-02,2036-12-02,,x,y,',
    ].join('\n');
    expect(await pointers(`${EXCEPTIONS}?apply=true`, days)).toEqual([
      ...['/2/id', '/3/kind', '/3/from', '/3/last', '/4/last', '/4/windows', '/4/reason.en'],
      ...['/5/windows', '/6/rrule', '/7/windows', '/8/last'],
    ]);
    const twice = 'id,kind,from,reason.de,reason.en\n,closed,2026-12-03,x,y\n,closed,2026-12-03,x,y\n';
    expect(await pointers(`${EXCEPTIONS}?apply=true`, twice)).toEqual(['/3']);
    const absences = 'id,advisor,start,end\n,nobody,2026-12-01 09:00,2026-12-01 08:00\n,a1,soon,2026-12-01 10:00\n';
    expect(await pointers(`${ABSENCES}?apply=true`, absences)).toEqual(['/2/advisor', '/2/end', '/3/start']);
    const questions = 'topic,id,kind\nnone,x,text\nresidence,Y!,text\nresidence,new,text\n';
    expect((await pointers(`${QUESTIONS}?apply=true`, questions))?.slice(0, 3)).toEqual([
      ...['/2/topic', '/3/id', '/4/label.de'],
    ]);
    const many = Array.from({ length: 20 }, (_, i) => `residence,q${i},text,Was?,What?,10,client`).join('\n');
    const head = 'topic,id,kind,label.de,label.en,keepDays,audience\n';
    expect(await pointers(`${QUESTIONS}?apply=true`, head + many)).toEqual(['/21/topic']);
    expect(await api.everything()).toEqual(before);
  });

  it('are refused where somebody has changed a line since', async () => {
    await enterDays();
    const csv = await exported(EXCEPTIONS);
    await apply(EXCEPTIONS, csv.replace('Messe', 'Tagung'));
    problem(await send(EXCEPTIONS, csv.replace('Messe', 'Fest')), 412, 'version-moved-on');
    const asked = await exported(QUESTIONS);
    await apply(QUESTIONS, asked.replace('Seit wann?', 'Seit wann denn?'));
    problem(await send(QUESTIONS, asked.replace('Seit wann?', 'Wann?')), 412, 'version-moved-on');
  });

  it('are for managers, and read by all who see the lists', async () => {
    const receptionist = await api.as('receptionist');
    for (const at of [EXCEPTIONS, ABSENCES, QUESTIONS]) {
      const csv = await api.get(at, { ...receptionist, Accept: 'text/csv' }).expect(200);
      await api.post(at, csv.text, { ...receptionist, 'Content-Type': 'text/csv' }).expect(403);
    }
  });
});
