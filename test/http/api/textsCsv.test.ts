import { WORDABLE_TEXTS } from '../../../src/domain/wordableTexts';
import { aDesk } from '../../support/builders';
import { type ApiApp, apiApp, problem } from './apiClient';

const AT = '/staff/desks/expat-desk/texts';
const HEADER = 'key,language,text,version\r\n';

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk()] });
  manager = await api.as('manager');
});
afterEach(() => api.close());

const own = async () => (await api.storage.desks.find('expat-desk'))?.ownTexts;
const exported = async () => (await api.get(AT, { ...manager, Accept: 'text/csv' }).expect(200)).text;
const send = (csv: string, { apply = false, ...headers }: { apply?: boolean; [name: string]: string | boolean } = {}) =>
  api.post(`${AT}${apply ? '?apply=true' : ''}`, csv, {
    ...manager,
    'Content-Type': 'text/csv; charset=utf-8',
    ...(headers as Record<string, string>),
  });

describe("A desk's texts as CSV", () => {
  it('are all texts in all languages, beside those of the program, and JSON for whoever does not ask for CSV', async () => {
    const { text, headers } = await api.get(AT, { ...manager, Accept: 'text/csv' }).expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers.vary).toContain('Accept');
    const [header, ...lines] = text.split('\r\n');
    expect(header).toBe('key,language,text,program,version');
    expect(lines).toContain('mail.booked.subject,de,,Ihr Termin am {{when}} · {{desk}},0');
    expect(lines).toContain('desk.directions,uk,,,0');
    expect(text.trimEnd().split('\r\n')).toHaveLength(1 + WORDABLE_TEXTS.length * 9);
    for (const Accept of ['*/*', 'application/json', 'application/json, text/csv;q=0.5'])
      expect((await api.get(AT, { ...manager, Accept }).expect(200)).type).toBe('application/json');
  });

  it('say what they would change, and change it when they are told to, once for one key', async () => {
    const csv = `${HEADER}mail.greeting,de,"Hallo,",0\r\nmail.greeting,en,"He said ""Hi"",",\r\nmail.booked.title,de,,\r\n`;
    const changes = [
      { key: 'mail.greeting', language: 'de', before: null, after: 'Hallo,' },
      { key: 'mail.greeting', language: 'en', before: null, after: 'He said "Hi",' },
    ];
    expect((await send(csv).expect(200)).body).toEqual({ changes, applied: false });
    expect(await own()).toBeUndefined();
    const once = { apply: true, 'Idempotency-Key': 'csv-1' };
    expect((await send(csv, once).expect(200)).body).toEqual({ changes, applied: true });
    expect(await own()).toEqual({ 'mail.greeting': { de: 'Hallo,', en: 'He said "Hi",' } });
    expect((await send(csv, once).expect(200)).headers['idempotency-replayed']).toBe('true');
  });

  it('change nothing when they come back as they were', async () => {
    await send(`${HEADER}mail.booked.introVisit,de,"Zeile eins\r\n\r\n; ""zwei"", drei",\r\n`, { apply: true }).expect(
      200,
    );
    expect(await own()).toEqual({ 'mail.booked.introVisit': { de: 'Zeile eins\n\n; "zwei", drei' } });
    expect((await send(await exported(), { apply: true }).expect(200)).body.changes).toEqual([]);
  });

  it('take the text of the program again where theirs is empty, and leave alone what they do not name', async () => {
    await send(`${HEADER}mail.greeting,de,Hallo!,\r\nmail.greeting,fr,Salut !,\r\n`, { apply: true }).expect(200);
    // As a spreadsheet writes it in German.
    await send('\uFEFFLanguage;Key;Text\r\nde;mail.greeting;\r\n', { apply: true }).expect(200);
    expect(await own()).toEqual({ 'mail.greeting': { fr: 'Salut !' } });
  });

  it('are refused by the lines that are wrong, and none of them is taken', async () => {
    const csv = [
      'key,language,text,version',
      'mail.greeting,de,"Hallo,",',
      '"mail.booked.introVisit",de,"eins',
      'zwei {{when}}",',
      'mail.booked.subject,de,Termin,',
      'mail.secret,de,Egal,',
      'mail.greeting,pl,Dzień,',
      'mail.greeting,de,Noch einmal,',
      'mail.greeting,en,Hello,x',
    ].join('\r\n');
    const { errors } = problem(await send(csv, { apply: true }), 422, 'invalid');
    expect(errors?.map(({ pointer }) => pointer)).toEqual([
      ...['/3/text', '/5/text', '/6/key', '/7/language', '/8/key', '/9/version'],
    ]);
    expect(errors?.[1]?.detail).toContain('{{when}} is missing');
    expect(await own()).toBeUndefined();
  });

  it('are refused where they are stale, cannot be read, or are no CSV', async () => {
    problem(await send(`${HEADER}mail.greeting,de,Hallo!,3\r\n`, { apply: true }), 412, 'version-moved-on');
    expect(problem(await send('key,text\r\n'), 422, 'invalid').errors?.[0]).toEqual({
      pointer: '/1',
      detail: 'expected the columns key, language, text; missing: language',
    });
    expect(
      problem(await send(`${HEADER}mail.greeting,de,"open\r\n`), 422, 'invalid').errors?.[0]?.pointer,
    ).toBeDefined();
    problem(await api.post(AT, { key: 'mail.greeting' }, manager), 415, 'unsupported-media-type');
    const csv = { ...manager, 'Content-Type': 'text/csv' };
    problem(await api.post('/staff/desks/expat-desk/absence-plans', 'a,b', csv), 415, 'unsupported-media-type');
    problem(await api.post('/desks/expat-desk/bookings', 'a,b', csv), 415, 'unsupported-media-type');
    problem(await send('x'.repeat(1_100_000)), 413, 'too-large');
  });
});
