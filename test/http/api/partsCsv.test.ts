import { csvOf, readCsv } from '../../../src/http/csv/csv';
import { aDesk, anAdvisor, aPartner, aTopic } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

const DESK = '/staff/desks/expat-desk';
const TOPICS = `${DESK}/topics`;
const ADVISORS = `${DESK}/advisors`;
const PARTNERS = `${DESK}/partners`;
const RESERVES = `${DESK}/reserves`;

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  const topics = [
    aTopic({ bring: { de: 'Pass, Titel', en: '=SUM(A1)\nPassport' } }),
    aTopic({ id: 'career', partners: ['authority'] }),
  ];
  const advisors = [anAdvisor({ workingRules: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '12:00' }] })];
  const partners = [aPartner({ phone: '+49 221 4710 301', bring: { de: '=1\nPass', en: 'Passport' } })];
  api = await apiApp({ desks: [aDesk({ topics, partners, advisors })] });
  manager = await api.as('manager');
});
afterEach(() => api.close());

const exported = async (at: string) => (await api.get(at, { ...manager, Accept: 'text/csv' }).expect(200)).text;
const send = (at: string, csv: string, more: Record<string, string> = {}) =>
  api.post(at, csv, { ...manager, 'Content-Type': 'text/csv; charset=utf-8', ...more });

describe('Lists of the desk as CSV', () => {
  it.each([TOPICS, PARTNERS, ADVISORS])(
    'can be imported as they were exported, which changes nothing: %s',
    async (at) => {
      const csv = await exported(at);
      const before = (await api.get(at, manager)).body;
      const { body } = await send(`${at}?apply=true`, csv).expect(200);
      expect(body).toEqual({ changes: [], affected: [], unreachable: 0, plans: [], applied: true });
      const [list] = Object.values((await api.get(at, manager)).body) as Record<string, unknown>[][];
      const [was] = Object.values(before) as Record<string, unknown>[][];
      const content = (all: Record<string, unknown>[] | undefined) =>
        all?.map(({ version: _v, origin: _o, ...part }) => part);
      expect(content(list)).toEqual(content(was));
    },
  );

  it('tell what would change, and do it when that is asked for, once', async () => {
    const csv = 'id,durationMinutes,name.tr\r\nresidence,45,"İkamet, vize"\r\nwork,60,\r\n'.replace(
      'work,60,\r\n',
      'career,60,\r\n',
    );
    const dry = await send(TOPICS, csv).expect(200);
    expect(dry.body).toMatchObject({
      applied: false,
      changes: [
        { at: 'topic residence: durationMinutes', before: 30, after: 45 },
        { at: 'topic residence: name' },
        { at: 'topic career: durationMinutes', after: 60 },
      ],
    });
    expect((await api.get(`${TOPICS}/residence`, manager)).body.version).toBe(1);
    const once = { 'Idempotency-Key': 'import-1' };
    for (const replayed of [undefined, 'true']) {
      const { headers, body } = await send(`${TOPICS}?apply=true`, csv, once).expect(200);
      expect([headers['idempotency-replayed'], body]).toEqual([replayed, { ...dry.body, applied: true }]);
    }
    const { body } = await api.get(`${TOPICS}/residence`, manager);
    expect(body).toMatchObject({
      version: 2,
      durationMinutes: 45,
      bring: { de: 'Pass, Titel' },
      name: { tr: 'İkamet, vize' },
    });
  });

  it('enter new ones, retire, and name who would lose their place', async () => {
    const { id } = await book(api);
    const csv = [
      'id;name.de;name.en;durationMinutes;modes;retired',
      'work;Arbeit;Work;60;phone;',
      'residence;Aufenthalt;Residence;30;phone in_person;true',
    ].join('\n');
    const { body } = await send(`${TOPICS}?apply=true`, csv).expect(200);
    expect(body.affected).toMatchObject([{ id }]);
    const { topics } = (await api.get('/desks/expat-desk')).body;
    expect(topics.map((topic: { id: string }) => topic.id)).toEqual(['career', 'work']);
  });

  it('enter partners, and name them by topics', async () => {
    const csv = 'id,name.de,name.en,description.de,description.en\r\nchamber,Kammer,Chamber,Berät.,Advises.\r\n';
    await send(`${PARTNERS}?apply=true`, csv).expect(200);
    await send(`${TOPICS}?apply=true`, 'id,partners\r\nresidence,chamber authority\r\n').expect(200);
    const { partners, topics } = (await api.get('/desks/expat-desk')).body;
    expect(partners.map(({ id }: { id: string }) => id)).toEqual(['authority', 'chamber']);
    expect(topics[0].partners).toEqual(['authority', 'chamber']);
    const unknown = await send(TOPICS, 'id,partners\r\nresidence,nobody\r\n');
    expect(problem(unknown, 422, 'invalid').errors).toMatchObject([{ pointer: '/2/partners' }]);
    const elsewhere = await send(PARTNERS, 'id,bookingDesk\r\nchamber,nowhere\r\n');
    expect(problem(elsewhere, 422, 'invalid').errors).toMatchObject([{ pointer: '/2/bookingDesk' }]);
  });

  it('enter advisors, who can be booked at once', async () => {
    const csv = 'id,name,email,languages,topics\r\ncem,Cem Neuling,cem@expat-desk.example,uk:native de,residence\r\n';
    await send(`${ADVISORS}?apply=true`, csv).expect(200);
    expect((await api.get('/desks/expat-desk')).body.languages).toContain('uk');
  });

  it('are taken wholly or not at all, with the lines and columns that are wrong', async () => {
    const csv = 'id,durationMinutes\nresidence,45\ncareer,long\ncareer,30\nNeu hier,30\n';
    const before = await api.dump('topic');
    const { errors } = problem(await send(`${TOPICS}?apply=true`, csv), 422, 'invalid');
    expect(errors?.map((error) => error.pointer)).toEqual(['/3/durationMinutes', '/4/id', '/5/id']);
    expect(await api.dump('topic')).toEqual(before);
  });

  it('are refused where somebody has changed a line since', async () => {
    const csv = 'id,durationMinutes,version\nresidence,45,1\n';
    await send(`${TOPICS}?apply=true`, csv).expect(200);
    problem(await send(`${TOPICS}?apply=true`, csv), 412, 'version-moved-on');
    const unknown = await send(`${ADVISORS}?apply=true`, 'id,topics\na1,cooking\n');
    expect(problem(unknown, 422, 'invalid').errors).toMatchObject([{ pointer: '/2/topics' }]);
  });

  it('replace the reserves, and leave the capacities', async () => {
    const csv = 'language,topic,urgent,startsPerDay,releaseWorkingDays\r\nen,,,2,3\r\n,residence,true,1,0\r\n';
    await api.put(RESERVES, { capacities: { phone: 3 } }, { ...manager, 'If-Match': '*' }).expect(200);
    expect((await send(`${RESERVES}?apply=true`, csv).expect(200)).body.changes).toHaveLength(2);
    expect((await api.get(RESERVES, manager)).body).toMatchObject({ capacities: { phone: 3 } });
    expect(await exported(RESERVES)).toBe(csv);
    const wrong = await send(RESERVES, 'startsPerDay,releaseWorkingDays\n2,3\n');
    expect(problem(wrong, 422, 'invalid').errors).toMatchObject([{ pointer: '/2' }]);
  });
});

describe('CSV', () => {
  it('has no formulas, and gives texts back that look like some', () => {
    const cells = ['=1+1', '+49 211', '-', '@here', "'=x", "''-", "it's", '\tx', 'plain'];
    const csv = csvOf(
      ['text'],
      cells.map((cell) => [cell]),
    );
    expect(
      csv
        .split('\r\n')
        .slice(1, -1)
        .every((line) => !/^"?[=+\-@\t]/.test(line)),
    ).toBe(true);
    expect(readCsv(csv, ['text']).map((line) => line.cells.text)).toEqual(cells);
  });
});
