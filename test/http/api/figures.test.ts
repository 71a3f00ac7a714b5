import { tellable } from '../../../src/domain/figures/suppression';
import { aDesk, anAdvisor, aTopic } from '../../support/builders';
import { aFact, facts } from '../../support/figures';
import { inSpan } from '../../support/linear';
import { type ApiApp, apiApp, problem } from './apiClient';

const AT = '/staff/desks/expat-desk/figures';
const TOPICS = ['residence', 'career', 'school'];

interface Row extends Readonly<Record<string, string | number | null>> {
  readonly month: string;
  readonly count: number | null;
}

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk({ topics: TOPICS.map((id) => aTopic({ id })) }), aDesk({ id: 'wuppertal' })] });
  manager = await api.as('manager');
});
afterEach(() => api.close());

/** Closes all months that are over, with these facts. */
async function closed(...all: readonly ReturnType<typeof facts>[]) {
  await api.storage.atomically(({ figures }) => figures.addFacts(all.flat()));
  await api.run('closeMonths');
}
const read = async (query = '') => (await api.get(`${AT}${query}`, manager).expect(200)).body;
const tableOf = (body: { tables: { id: string; rows: Row[] }[] }, id: string) =>
  body.tables.find((table) => table.id === id)?.rows ?? [];

describe('The figures of a desk', () => {
  it('tell of months that are over, and of no other', async () => {
    expect(await read()).toMatchObject({ from: null, to: null, suppressedBelow: 5 });
    await closed(facts(12), facts(7, { month: '2026-09' }), facts(9, { month: '2026-11' }));
    const body = await read('?from=2026-01&to=2026-12');
    expect([body.from, body.to]).toEqual(['2026-01', '2026-10']);
    expect(body.tables.map(({ id }: { id: string }) => id).slice(0, 5)).toEqual([
      'consultations',
      'waiting',
      'attendance',
      'use',
      'demand',
    ]);
    expect(body.tables[0]).toEqual({
      id: 'consultations',
      dimensions: ['month', 'topic', 'language', 'mode'],
      rows: [
        { month: '2026-09', topic: 'residence', language: 'en', mode: 'in_person', count: 7 },
        { month: '2026-10', topic: 'residence', language: 'en', mode: 'in_person', count: 12 },
      ],
    });
    expect(tableOf(await read('?from=2026-10&to=2026-10'), 'topics')).toEqual([
      { month: '2026-10', topic: 'residence', count: 12 },
    ]);
  });

  it('have the waits side by side, and no suggestion where nothing is missing', async () => {
    await closed(facts(10));
    const samples = [1, 2, 3, 4, 5].map((day) => ({
      ...{ deskId: 'expat-desk', date: `2026-10-0${day}`, topicId: 'residence', language: 'en' },
      ...{ firstDays: day, thirdDays: 2 * day },
    }));
    await api.storage.atomically(({ figures }) => figures.addSamples(samples));
    const body = await read();
    expect(tableOf(body, 'waiting')).toEqual([
      {
        ...{ topic: 'residence', language: 'en' },
        bookingDays: { median: 7, p90: 7 },
        firstFreeDays: { median: 3, p90: 5 },
        thirdFreeDays: { median: 6, p90: 10 },
      },
    ]);
    expect(body.tables.find(({ id }: { id: string }) => id === 'demand')).toMatchObject({ suggestion: null });
  });

  it('are the same numbers as CSV, one table a file', async () => {
    await closed(facts(12), facts(3, { topicId: 'school' }), facts(6, { topicId: 'career', mode: 'phone' }));
    const csv = async (table: string) => {
      const { text, headers } = await api.get(`${AT}?table=${table}`, { ...manager, Accept: 'text/csv' }).expect(200);
      expect(headers).toMatchObject({
        'content-type': 'text/csv; charset=utf-8',
        vary: expect.stringContaining('Accept'),
      });
      return text;
    };
    const { tables } = await read();
    for (const { id, rows } of tables as { id: string; rows: Row[] }[]) {
      const [head = '', ...lines] = (await csv(id)).trimEnd().split('\r\n');
      expect(lines).toHaveLength(rows.length);
      const fields = head.split(',').map((name) => name.split('.'));
      for (const [i, row] of rows.entries()) {
        const values = fields.map(([name = '', part]) => {
          const value = row[name] as unknown as Record<string, number> | null;
          return part && value !== null ? value?.[part] : value;
        });
        expect(lines[i]).toBe(values.map((value) => value ?? '').join(','));
      }
    }
    const { text } = await api.get(AT, { ...manager, Accept: 'text/csv' }).expect(200);
    expect(text).toBe(await csv('consultations'));
    expect(text).toContain('2026-10,school,en,in_person,\r\n');
  });

  it('answer 304 where nothing has changed, to JSON and CSV by tags of their own', async () => {
    await closed(facts(12));
    const tags: string[] = [];
    for (const Accept of ['application/json', 'text/csv']) {
      const { headers } = await api.get(AT, { ...manager, Accept }).expect(200);
      tags.push(headers.etag ?? '');
      await api.get(AT, { ...manager, Accept, 'If-None-Match': headers.etag ?? '' }).expect(304);
    }
    expect(new Set(tags).size).toBe(2);
  });

  it('are for the manager and the admin, and of their own desk', async () => {
    for (const role of ['receptionist', 'advisor'] as const)
      problem(await api.get(AT, await api.as(role)), 403, 'forbidden');
    problem(await api.get(AT.replace('expat-desk', 'wuppertal'), manager), 404, 'not-found');
    await api.get(AT, await api.as('admin')).expect(200);
  });

  it.each([
    'from=2026-13',
    'from=2026-10-01',
    'from=2026-10&to=2026-09',
    'table=advisors',
    'from=2026-01&from=2026-02',
    'x=1',
  ])('refuse ?%s', async (query) => {
    problem(await api.get(`${AT}?${query}`, manager), 422, 'invalid');
  });

  it('tell where starts are missing, as the tasks do, with what would help most', async () => {
    await closed(facts(12));
    for (const week of ['2026-W42', '2026-W48'])
      await api.storage.atomically(({ demand }) =>
        demand.count({ deskId: 'expat-desk', topicId: 'school', language: 'ja', week }, 9),
      );
    // Who speaks Japanese is there on Friday mornings: three consultations a week, on three Fridays.
    const rule = { rrule: 'FREQ=WEEKLY;BYDAY=FR', start: '09:00', end: '10:30' };
    const desk = (await api.storage.desks.find('expat-desk')) ?? aDesk();
    const speaker = anAdvisor({ id: 'a9', languages: ['ja'], topics: ['school'], workingRules: [rule] });
    await api.storage.write(({ desks }) => desks.replace({ ...desk, advisors: [...desk.advisors, speaker] }));
    await api.run('watchDemand');
    expect((await api.get('/staff/desks/expat-desk/tasks', manager).expect(200)).body.tasks).toEqual([]);

    await api.storage.atomically(({ demand }) =>
      demand.count({ deskId: 'expat-desk', topicId: 'school', language: 'ja', week: '2026-W48' }, 3),
    );
    await api.run('watchDemand');
    const opening = { advisor: 'a9', date: '2026-11-25', start: '09:00', end: '13:00', starts: 3 };
    const missing = { topic: 'school', language: 'ja', missing: 3, until: '2026-12-11' };
    expect((await api.get('/staff/desks/expat-desk/tasks', manager).expect(200)).body.tasks).toEqual([
      {
        ...{ id: expect.any(String), kind: 'open_starts', due: '2026-12-12T00:00:00+01:00' },
        reason: '3 starts are missing for school in ja until 2026-12-11',
        ...{ ...missing, opening },
      },
    ]);
    const demand = (await read()).tables.find(({ id }: { id: string }) => id === 'demand');
    expect(demand).toMatchObject({
      rows: [{ month: '2026-10', topic: 'school', language: 'ja', count: 9 }],
      suggestion: { ...missing, ...opening },
    });
  });

  it('have no table about advisors', async () => {
    await closed(facts(12));
    expect(JSON.stringify(await read())).not.toMatch(/advisor|a1/);
  });

  it('give nothing hidden away to whoever asks for all periods and tables, and solves the equations', async () => {
    const languages = ['de', 'en', 'uk'];
    const months = ['2026-07', '2026-08', '2026-09', '2026-10'];
    const all = months.flatMap((month, m) =>
      TOPICS.flatMap((topicId, t) =>
        languages.flatMap((language, l) =>
          (['in_person', 'phone'] as const).flatMap((mode, n) =>
            facts((7 * m + 5 * t + 3 * l + 4 * n) % 11, {
              month,
              topicId,
              language,
              mode,
              source: l === 2 ? 'walk_in' : 'web',
            }),
          ),
        ),
      ),
    );
    await closed(all, facts(3, { month: '2026-09', status: 'no_show' }), [
      aFact({ month: '2026-08', topicId: 'school' }),
    ]);

    // Whatever the period, a month says the same.
    const whole = await read(`?from=2026-07&to=2026-10`);
    const counting = ['persons', 'attendance', 'topics', 'languages', 'modes', 'ways', 'consultations'];
    for (const from of months)
      for (const to of months.filter((month) => month >= from)) {
        const part = await read(`?from=${from}&to=${to}`);
        for (const id of counting)
          expect(tableOf(part, id)).toEqual(tableOf(whole, id).filter(({ month }) => from <= month && month <= to));
      }

    let hiddenRows = 0;
    for (const month of months) {
      const of = (id: string) => tableOf(whole, id).filter((row) => row.month === month);
      const { names, equations } = equationsOf(of);
      for (const row of counting.flatMap(of)) {
        if (row.count !== null || row.unit === 'persons') continue;
        hiddenRows++;
        const meant = names.map((name) => (matches(name, row) ? 1 : 0));
        expect([row, inSpan(meant, equations)]).toEqual([row, false]);
      }
    }
    expect(hiddenRows).toBeGreaterThan(20);
  });

  it('would be given away by a rule that only hides what is small', () => {
    const counts = [20, 9, 2];
    const sums = [[0, 1, 2], [0], [1], [2]];
    const naive = sums.filter((sum) => sum.reduce((size, i) => size + (counts[i] ?? 0), 0) >= 5);
    const vector = (sum: readonly number[]) => counts.map((_, i) => (sum.includes(i) ? 1 : 0));
    expect(inSpan(vector([2]), naive.map(vector))).toBe(true);
    const told = tellable(counts, sums);
    expect(inSpan(vector([2]), sums.filter((_, i) => told[i]).map(vector))).toBe(false);
  });
});

/**
 * What somebody knows who reads all tables of a month: each row that is told is the sum of the unknowns that it covers,
 * which are the rows of the finest table, each by appointment and without, and what did not take place.
 */
function equationsOf(rowsOf: (id: string) => Row[]) {
  const names = [
    ...rowsOf('consultations').flatMap(({ topic, language, mode }) =>
      ['appointment', 'walk_in'].map((way) => ({ topic, language, mode, way, outcome: 'held' })),
    ),
    ...['missed', 'cancelled_late', 'cancelled'].map((outcome) => ({ outcome })),
  ];
  const rows = ['persons', 'attendance', 'topics', 'languages', 'modes', 'ways', 'consultations'].flatMap(rowsOf);
  const told = rows.filter(({ count, unit }) => count !== null && unit !== 'persons');
  return { names, equations: told.map((row) => names.map((name) => (matches(name, row) ? 1 : 0))) };
}

/** Tells whether the row counts this unknown. */
function matches(name: Readonly<Record<string, unknown>>, { month: _, count, unit, ...values }: Row): boolean {
  const asked = 'outcome' in values ? values : { ...values, outcome: 'held' };
  return Object.entries(asked).every(([dimension, value]) => name[dimension] === value);
}
