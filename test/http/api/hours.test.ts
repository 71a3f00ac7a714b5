import { aDesk } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk()] });
  manager = await api.as('manager');
});
afterEach(() => api.close());

/** Of the processor, as a machine that is busy with other work proves nothing. Expanded, some of these rules take seconds. */
const AT_ONCE_MS = 500;
const REASON = { de: 'Betriebsausflug', en: 'Staff outing' };
const addException = (body: object) => api.post('/staff/desks/expat-desk/exceptions', body, manager);
const day = async (date: string) =>
  (await api.get(`/desks/expat-desk/opening-hours?from=${date}&to=2027-01-31`)).body.days[0];

describe('Exceptions', () => {
  it('close the desk and tell which bookings they touch, which stay', async () => {
    const { id } = await book(api);
    const closure = { from: '2026-12-01', to: '2026-12-02', closed: true, reason: REASON };
    const { body } = await addException(closure).expect(201);
    expect(body).toMatchObject({ id: expect.any(String), affected: [{ id, status: 'confirmed' }] });
    expect(await day('2026-12-01')).toMatchObject({ windows: [], closed: { kind: 'exception', name: REASON } });
    expect((await api.get(`/staff/bookings/${id}`, manager)).body.status).toBe('confirmed');
  });

  it('open it otherwise', async () => {
    const windows = [{ start: '14:00', end: '18:00' }];
    await addException({ from: '2026-12-25', to: '2026-12-26', windows, reason: REASON }).expect(201);
    expect((await day('2026-12-25')).windows).toEqual([
      { start: '2026-12-25T14:00:00+01:00', end: '2026-12-25T18:00:00+01:00' },
    ]);
  });

  it.each([
    [{ closed: true, windows: [{ start: '09:00', end: '12:00' }] }, '/windows'],
    [{}, '/windows'],
    [{ closed: false }, '/windows'],
    [{ windows: [] }, '/windows'],
    [{ windows: [{ start: '09:00', end: '25:00' }] }, '/windows/0/end'],
    [{ windows: [{ start: '12:00', end: '12:00' }] }, '/windows/0/end'],
    [{ windows: [{ start: 9, end: 12 }] }, '/windows/0/start'],
    [{ windows: [{ start: '09:00' }] }, '/windows/0/end'],
    [{ closed: true, to: '2026-12-01' }, '/to'],
    [{ closed: true, to: '2026-02-30' }, '/to'],
    [{ closed: true, to: '2199-12-31' }, '/to'],
    [{ closed: true, reason: {} }, '/reason/de'],
    [{ closed: true, reason: { de: 'Nur auf Deutsch' } }, '/reason/en'],
    [{ closed: true, reason: 'party' }, '/reason'],
    [{ closed: true, reason: { de: '', en: 'Party' } }, '/reason/de'],
    [{ closed: true, id: 'mine' }, '/id'],
  ])('refuse %j', async (part, pointer) => {
    const before = await api.rows();
    const answer = await addException({ from: '2026-12-01', to: '2026-12-02', reason: REASON, ...part });
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.text).errors[0].pointer).toBe(pointer);
    expect(await api.rows()).toEqual(before);
  });
});

describe('Opening rules', () => {
  const put = (rules: unknown) => api.put('/staff/desks/expat-desk/opening-rules', { rules }, manager);
  const rule = { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', start: '09:00', end: '17:00' };

  it('may be for those who come without an appointment, who read so, and nothing is booked then', async () => {
    const offered = async () => {
      const query = 'topic=residence&language=de&from=2026-12-01&to=2026-12-02';
      return (await api.get(`/desks/expat-desk/slots?${query}`)).body.slots.map(({ start }: { start: string }) =>
        start.slice(11, 16),
      );
    };
    const rules = [
      { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '10:00' },
      { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '14:00', end: '16:00', kind: 'walk_in' },
    ];
    expect((await put(rules).expect(200)).body).toEqual({ rules });
    expect(await offered()).toEqual(['09:00', '09:30']);
    expect((await day('2026-12-01')).windows).toEqual([
      { start: '2026-12-01T09:00:00+01:00', end: '2026-12-01T10:00:00+01:00', kind: 'appointment' },
      { start: '2026-12-01T14:00:00+01:00', end: '2026-12-01T16:00:00+01:00', kind: 'walk_in' },
    ]);
    const staffDay = await api.get('/staff/desks/expat-desk/day?date=2026-12-01', manager).expect(200);
    expect(staffDay.body.windows[1]).toMatchObject({ kind: 'walk_in' });
    const { sentences } = (await api.get('/desks/expat-desk/status')).body;
    expect(sentences.de).toEqual(['Dienstag von 9 bis 10 Uhr', 'Ohne Termin: Dienstag von 14 bis 16 Uhr']);
    expect(sentences.en[1]).toBe('Without an appointment: Tuesday from 14:00 to 16:00');
  });

  it('are replaced, and hold at once', async () => {
    const rules = [
      { ...rule, until: '2026-12-07' },
      { rrule: 'FREQ=WEEKLY;BYDAY=SA', start: '10:00', end: '24:00', from: '2026-12-07' },
    ];
    expect((await put(rules).expect(200)).body).toEqual({ rules });
    expect((await api.get('/staff/desks/expat-desk/opening-rules', manager).expect(200)).body).toEqual({ rules });
    const { closed } = await day('2026-12-07');
    expect(closed).toMatchObject({ kind: 'no_rule', name: { de: 'Keine Öffnungszeit', en: 'Not open on this day' } });
    expect((await day('2026-12-12')).windows).toEqual([
      { start: '2026-12-12T10:00:00+01:00', end: '2026-12-13T00:00:00+01:00' },
    ]);
  });

  it.each([
    [{ rrule: 'FREQ=SECONDLY' }, 'rrule'],
    [{ rrule: 'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30' }, 'rrule'],
    [{ rrule: 'FREQ=MINUTELY;BYHOUR=25' }, 'rrule'],
    [{ rrule: 'FREQ=DAILY;COUNT=1000000000' }, 'rrule'],
    [{ rrule: 'FREQ=WEEKLY;INTERVAL=0' }, 'rrule'],
    [{ rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, 'rrule'],
    [{ rrule: 'RRULE:RRULE:FREQ=DAILY' }, 'rrule'],
    [{ rrule: 'FREQ=YEARLY;BYMONTHDAY=15' }, 'rrule'],
    [{ rrule: 'FREQ=YEARLY;BYWEEKNO=20' }, 'rrule'],
    [{ rrule: '' }, 'rrule'],
    [{ rrule: 'x'.repeat(301) }, 'rrule'],
    [{ start: '9:00' }, 'start'],
    [{ end: '09:00' }, 'end'],
    [{ from: 'monday' }, 'from'],
    [{ until: '1969-01-01' }, 'until'],
    [{ from: '2026-12-01', until: '2026-12-01' }, 'until'],
    [{ color: 'red' }, 'color'],
  ])('that say %j are refused at once, and the old ones stay', async (part, field) => {
    const before = (await api.get('/staff/desks/expat-desk/opening-rules', manager)).body;
    const used = process.cpuUsage();
    const answer = await put([rule, { ...rule, ...part }]);
    expect(process.cpuUsage(used).user / 1000).toBeLessThan(AT_ONCE_MS);
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.text).errors[0]).toEqual({ pointer: `/rules/1/${field}`, detail: expect.any(String) });
    expect((await api.get('/staff/desks/expat-desk/opening-rules', manager)).body).toEqual(before);
  });

  it('may be pasted out of a calendar, and are kept as rules alone', async () => {
    const pasted = 'rrule:FREQ=WEEKLY;BYDAY=MO,TU,\r\n WE,TH\r\n';
    expect((await put([{ ...rule, rrule: pasted }]).expect(200)).body).toEqual({ rules: [rule] });
  });

  it('take the odd weeks of the year', async () => {
    const odd = Array.from({ length: 27 }, (_, i) => 2 * i + 1).join(',');
    await put([{ ...rule, rrule: `FREQ=YEARLY;BYWEEKNO=${odd};BYDAY=TU` }]).expect(200);
    const { days } = (await api.get('/desks/expat-desk/opening-hours?from=2026-12-01&to=2027-01-15')).body;
    // 2026 has 53 weeks, and so two odd ones meet at its end.
    const open = (days as { date: string; windows: [] }[]).filter((of) => of.windows.length).map((of) => of.date);
    expect(open).toEqual(['2026-12-01', '2026-12-15', '2026-12-29', '2027-01-05']);
  });

  it('may go on beyond midnight: the day on which they begin has them, and what begins after it can be booked', async () => {
    await put([{ rrule: 'FREQ=WEEKLY;BYDAY=FR', start: '22:00', end: '06:00' }]).expect(200);
    const { days } = (await api.get('/desks/expat-desk/opening-hours?from=2026-12-04&to=2026-12-06').expect(200)).body;
    expect(days).toMatchObject([
      { windows: [{ start: '2026-12-04T22:00:00+01:00', end: '2026-12-05T06:00:00+01:00' }], closed: null },
      { windows: [], closed: { kind: 'no_rule' } },
    ]);
    const search = '/desks/expat-desk/slots?topic=career&language=en&from=2026-12-04&to=2026-12-06';
    const starts = (await api.get(search)).body.slots.map(({ start }: { start: string }) => start.slice(5, 16));
    expect(starts).toHaveLength(15);
    expect(starts).toEqual(expect.arrayContaining(['12-04T23:30', '12-05T00:00', '12-05T05:00']));
    for (const start of ['2026-12-04T23:30:00+01:00', '2026-12-05T04:00:00+01:00'])
      await book(api, { topic: 'career', start });
    const saturday = (await api.get('/staff/desks/expat-desk/day?date=2026-12-05', manager).expect(200)).body;
    expect(saturday.bookings.map(({ start }: { start: string }) => start)).toEqual([
      '2026-12-04T23:30:00+01:00',
      '2026-12-05T04:00:00+01:00',
    ]);
  });

  it('name the part that is refused', async () => {
    const document = problem(await put([{ ...rule, rrule: 'FREQ=DAILY;BYHOUR=9' }]), 422, 'invalid-rule');
    expect(document.detail).toContain('BYHOUR');
  });
});

describe('Absences', () => {
  const away = { start: '2026-12-01T08:00:00Z', end: '2026-12-01T12:00:00+01:00' };
  const add = (body: object, advisor = 'a1') => api.post(`/staff/advisors/${advisor}/absences`, body, manager);

  it('take the advisor out, and tell which bookings they touch', async () => {
    const mine = await book(api, { advisor: 'a1' });
    await book(api, { advisor: 'a2' });
    const { body } = await add({ ...away, reason: 'ill' }).expect(201);
    expect(body.affected.map(({ id }: { id: string }) => id)).toEqual([mine.id]);
    const slots = '/desks/expat-desk/slots?topic=residence&language=en&advisor=a1&from=2026-12-01&to=2026-12-02';
    expect((await api.get(slots)).body.slots[0].start).toBe('2026-12-01T12:00:00+01:00');
  });

  it.each([
    [{ end: '2026-12-01T08:00:00Z' }, '/end'],
    [{ end: '2026-12-01T07:00:00Z' }, '/end'],
    [{ start: 'now' }, '/start'],
    [{ reason: 'x'.repeat(501) }, '/reason'],
    [{ advisor: 'a2' }, '/advisor'],
  ])('refuse %j', async (part, pointer) => {
    expect(problem(await add({ ...away, ...part }), 422, 'invalid').errors?.[0]?.pointer).toBe(pointer);
  });

  it('are refused for an advisor who does not exist', async () => {
    problem(await add(away, 'nobody'), 404, 'not-found');
  });
});
