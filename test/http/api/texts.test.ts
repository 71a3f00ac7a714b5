import request from 'supertest';
import { applyDesks } from '../../../src/app/desks/applyDesks';
import { WORDABLE_TEXTS } from '../../../src/domain/wordableTexts';
import { randomIds } from '../../../src/identity/ids';
import { aDesk, NOW } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

const AT = '/staff/desks/expat-desk/texts';
const INTRO = `${AT}/mail.booked.introVisit`;
const SUBJECT = `${AT}/mail.booked.subject`;
const WORDS = { text: { de: 'Kaffee steht bereit.', en: 'There is coffee.' } };

let api: ApiApp;
let manager: { Authorization: string };
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk(), aDesk({ id: 'wuppertal' })] });
  manager = await api.as('manager');
});
afterEach(() => api.close());

const seen = (version: number) => ({ ...manager, 'If-Match': `"${version}"` });
const word = async (path: string, body: object, version = 0) =>
  (await api.put(path, body, seen(version)).expect(200)).body;
/** What the client's mail about the appointment at this time says. */
const mailed = async (time: string) => {
  await api.run('sendOutbox');
  const about = (await api.mailbox.list()).find(({ to, subject }) => to.includes('kim@') && subject.includes(time));
  return (await api.mailbox.find(about?.id ?? ''))?.text;
};

describe("A desk's own texts", () => {
  it('are listed mail by mail, each with the words of the program, its placeholders and its version', async () => {
    const { texts } = (await api.get(AT, manager).expect(200)).body;
    expect(texts.map(({ key }: { key: string }) => key)).toEqual(WORDABLE_TEXTS.map(({ key }) => key));
    const subject = texts.find(({ key }: { key: string }) => key === 'mail.booked.subject');
    expect(subject).toMatchObject({
      ...{ key: 'mail.booked.subject', text: {}, before: null, version: 0, lines: false },
      placeholders: [
        { name: 'when', required: true },
        { name: 'desk', required: false },
      ],
    });
    expect(Object.keys(subject.program)).toHaveLength(9);
    expect(subject.program.en).toBe('Your consultation on {{when}} · {{desk}}');
  });

  it('are worded, read back, worded again and brought back to the words of the program', async () => {
    expect(await word(INTRO, WORDS)).toMatchObject({ ...WORDS, before: {}, version: 1 });
    const read = await api.get(INTRO, manager).expect(200);
    expect(read.headers.etag).toBe('"1"');
    expect(read.body).toMatchObject(WORDS);
    expect(await word(INTRO, { text: { de: 'Tee.' } }, 1)).toMatchObject({ before: WORDS.text, version: 2 });
    const { body } = await api.del(INTRO, seen(2)).expect(200);
    expect(body).toMatchObject({ text: {}, before: { de: 'Tee.' }, version: 3 });
    expect(await word(INTRO, { text: body.before }, 3)).toMatchObject({ text: { de: 'Tee.' }, version: 4 });
  });

  it('stay at their version if nothing changes', async () => {
    await word(INTRO, WORDS);
    expect(await word(INTRO, { text: { en: WORDS.text.en, de: ` ${WORDS.text.de}\r\n` } }, 1)).toMatchObject({
      version: 1,
    });
  });

  it('are changed by who has read them only', async () => {
    problem(await api.put(INTRO, WORDS, manager), 428, 'version-required');
    problem(await api.del(INTRO, manager), 428, 'version-required');
    await word(INTRO, WORDS);
    problem(await api.put(INTRO, { text: {} }, seen(0)), 412, 'version-moved-on');
    problem(await api.del(INTRO, seen(0)), 412, 'version-moved-on');
    expect((await api.get(INTRO, manager)).body).toMatchObject(WORDS);
  });

  it.each([
    [SUBJECT, { de: 'Termin' }, '/text/de', '{{when}} is missing'],
    [SUBJECT, { en: '{{when}} {{name}}' }, '/text/en', 'possible here: {{when}}, {{desk}}'],
    [SUBJECT, { en: 'On {{when}}\nBcc: x@y.example' }, '/text/en', 'expected one line'],
    [INTRO, { en: 'Hi', uk: '{{desk}}' }, '/text/uk', 'none is possible here'],
    [INTRO, { pl: 'Dzień dobry' }, '/text/pl', ''],
    [INTRO, { de: '' }, '/text/de', 'leave the language out'],
    [INTRO, { de: 7 }, '/text/de', 'expected a text'],
  ])('are refused with the sentence that explains it: %s %j', async (path, text, pointer, detail) => {
    const before = await api.rows();
    const { errors } = problem(await api.put(path, { text }, seen(0)), 422, 'invalid');
    expect(errors?.[0]).toEqual({ pointer, detail: expect.stringContaining(detail) });
    expect(await api.rows()).toEqual(before);
  });

  it.each(['mail.secret', 'mail.readdressed.intro', 'mail.label.when', 'about.privacy', 'constructor'])(
    'are not there for what every desk says alike: %s',
    async (key) => {
      problem(await api.get(`${AT}/${key}`, manager), 404, 'not-found');
      problem(await api.put(`${AT}/${key}`, WORDS, seen(0)), 404, 'not-found');
    },
  );

  it('are seen in their mail before they are saved, and mailed to nobody', async () => {
    const before = await api.rows();
    const { body } = await api
      .post(`${INTRO}/preview`, { language: 'en', text: 'Tea & biscuits' }, manager)
      .expect(200);
    expect(body).toMatchObject({ language: 'en', subject: expect.stringMatching(/^Your consultation on/) });
    expect(body.html).toContain('Tea &amp; biscuits');
    expect(body.text).toContain('Tea & biscuits');
    const broken = await api.post(`${SUBJECT}/preview`, { language: 'en', text: '{{wen}}' }, manager);
    expect(problem(broken, 422, 'invalid').errors?.[0]?.pointer).toBe('/text');
    problem(await api.post(`${INTRO}/preview`, { language: 'pl' }, manager), 422, 'invalid');
    problem(await api.post(`${AT}/mail.secret/preview`, { language: 'en' }, manager), 404, 'not-found');
    problem(await api.post(`${INTRO}/trial`, { language: 'en' }, manager), 422, 'invalid');
    expect(await api.rows()).toEqual(before);
  });

  it("stand in the mails of that desk's later bookings, and in none that was promised before", async () => {
    await book(api);
    await word(INTRO, WORDS);
    await book(api, { start: '2026-12-01T11:00:00+01:00' });
    expect(await mailed('9:00')).toContain('We look forward to seeing you.');
    expect(await mailed('11:00')).toContain('There is coffee.');
  });

  it('about the desk stand wherever clients read them, and where there is none the words of the file', async () => {
    const desk = async () => (await api.get('/desks/expat-desk').expect(200)).body;
    const before = await desk();
    await word(`${AT}/desk.headline`, { text: { uk: 'Ласкаво просимо' } });
    await word(`${AT}/desk.about`, { text: { de: 'Neu hier?\nWir helfen.' } });
    await word(`${AT}/desk.directions`, { text: { en: 'Ring twice.' } });
    const after = await desk();
    expect(after.headline).toEqual({ ...before.headline, uk: 'Ласкаво просимо' });
    expect(after.about).toEqual({ ...before.about, de: 'Neu hier?\nWir helfen.' });
    expect(after.directions).toEqual({ ...before.directions, en: 'Ring twice.' });
    const page = await request(api.http).get('/uk/expat-desk').expect(200);
    expect(page.text).toContain('Ласкаво просимо');
    await book(api);
    expect(await mailed('9:00')).toMatch(/Düsseldorf\s+Ring twice\./);
    await api.del(`${AT}/desk.headline`, seen(1)).expect(200);
    expect((await desk()).headline).toEqual(before.headline);
    problem(await api.put(`${AT}/desk.headline`, { text: { de: 'Zwei\nZeilen' } }, seen(2)), 422, 'invalid');
    problem(await api.post(`${AT}/desk.headline/preview`, { language: 'de' }, manager), 404, 'not-found');
  });

  it('outlive a new file of the desk, which does not name them', async () => {
    await word(INTRO, WORDS);
    await word(`${AT}/desk.headline`, { text: { de: 'Willkommen' } });
    const apply = applyDesks({ storage: api.storage, now: () => NOW, ids: randomIds });
    const { plans } = await apply([aDesk({ phone: '+49 211 555' })], { apply: true });
    expect(plans.flatMap(({ differences }) => differences.map(({ at }) => at))).toEqual(['phone']);
    expect((await api.storage.desks.find('expat-desk'))?.ownTexts).toEqual({
      'mail.booked.introVisit': WORDS.text,
      'desk.headline': { de: 'Willkommen' },
    });
    expect((await api.get('/desks/expat-desk').expect(200)).body.headline.de).toBe('Willkommen');
    expect((await api.get(INTRO, manager)).body.version).toBe(1);
  });
});
