import { CLIENT_LOCALES } from '../../../../src/presentation/texts';
import { type TestApp, testApp } from '../../../support/app';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const TEXTS = '/staff/expat-desk/texts';
const SUBJECT = `${TEXTS}/mail.booked.subject`;
const INTRO = `${TEXTS}/mail.booked.introVisit`;
const KEY = 'mail.booked.introVisit';

let app: TestApp;
let manager: Browser;
beforeEach(async () => {
  app = await testApp();
  manager = await signedInAs(app, { role: 'manager' });
});
afterEach(() => app.close());

const own = async () => (await app.storage.desks.find('expat-desk'))?.ownTexts;
const page = async (path: string) => (await manager.get(path).expect(200)).text;
/** What stands in the field, and in the frame of the mail. */
const field = (html: string) => /<textarea[^>]*>([^<]*)<\/textarea>/.exec(html)?.[1];
const frame = (html: string) =>
  manager.get((/<iframe[^>]* src="([^"]*)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));

/** Presses a button of the page as it was opened, and returns the page that comes then. */
async function press(html: string, fields: Record<string, string>): Promise<string> {
  const at = /<form[^>]* id="text"[^>]* action="([^"]*)"/.exec(html)?.[1] ?? '';
  const { _csrf = '', seen = '' } = hiddenFields(html, at);
  const answer = await manager.post(at.replace('&#x3D;', '='), { _csrf, seen, ...fields });
  return answer.status === 303 ? page(answer.headers.location ?? '') : answer.text;
}

const pressed = async (path: string, fields: Record<string, string>) => press(await page(path), fields);

describe("The texts of a desk's mails", () => {
  it('stand mail by mail, those of the program and those of the desk, and say where the desk has none', async () => {
    await pressed(`${INTRO}?language=de`, { step: 'save', wording: 'Kaffee steht bereit.' });
    const german = wordsIn(await page(TEXTS));
    expect(german).toMatch(/Nach dem Buchen Betreff : Nach dem Buchen Ihr Termin am \{\{when\}\} · \{\{desk\}\}/);
    expect(german).toContain('Kaffee steht bereit. Ihr Text');
    expect(german).not.toContain('Hier fehlt Ihr Text');
    expect(wordsIn(await page(`${TEXTS}?language=uk`))).toContain('Hier fehlt Ihr Text: Es gilt der ursprüngliche');
  });

  it.each(CLIENT_LOCALES)('are shown and worded in %s', async (language) => {
    const at = `${INTRO}?language=${language}`;
    const before = await page(at);
    expect(field(before)?.length).toBeGreaterThan(2);
    expect(wordsIn(await pressed(at, { step: 'save', wording: 'Kaffee' }))).toContain('Es gilt Ihr Text.');
    expect(await own()).toEqual({ [KEY]: { [language]: 'Kaffee' } });
  });

  it('are tried in the mail before they are saved', async () => {
    const tried = await pressed(INTRO, { step: 'preview', wording: 'Kaffee & Kekse\r\n\r\nim <3. Stock' });
    expect(wordsIn(tried)).toContain('So käme die Mail an, noch nicht gespeichert');
    expect(field(tried)).toBe('Kaffee &amp; Kekse\n\nim &lt;3. Stock');
    const mail = await frame(tried).expect(200);
    expect(mail.text).toContain('<br>Kaffee &amp; Kekse<br><br>im &lt;3. Stock</td>');
    expect(mail.headers['content-security-policy']).toMatch(/default-src 'none'.*; sandbox$/);
    expect(await own()).toBeUndefined();
  });

  it('show in the frame nothing that a link of somebody else says', async () => {
    const { text } = await manager.get(`${INTRO}/mail?language=de&of=Gewonnen&wording=Gewonnen`).expect(200);
    expect(text).toContain('wir freuen uns auf Sie.');
    expect(text).not.toContain('Gewonnen');
  });

  it('stay in the field when they are refused, with the sentence that explains it', async () => {
    const refused = await pressed(SUBJECT, { step: 'save', wording: 'Ihr Termin am {{wann}}' });
    expect(wordsIn(refused)).toContain(
      'Den Platzhalter {{wann}} gibt es hier nicht. Möglich sind hier: {{when}}, {{desk}}.',
    );
    expect(field(refused)).toBe('Ihr Termin am {{wann}}');
    expect(wordsIn(await pressed(SUBJECT, { step: 'preview', wording: 'Ihr Termin' }))).toContain(
      'Der Platzhalter {{when}} fehlt.',
    );
    expect(wordsIn(await pressed(INTRO, { step: 'save', wording: 'Am {{when}}' }))).toContain(
      'In diesem Text ist keiner möglich.',
    );
    expect(await own()).toBeUndefined();
  });

  it('are brought back: those of the program, and those before', async () => {
    const at = `${INTRO}?language=en`;
    await pressed(at, { step: 'save', wording: 'Coffee' });
    await pressed(at, { step: 'save', wording: 'Tea' });
    expect(wordsIn(await pressed(at, { step: 'before' }))).toContain('Der vorige Text gilt wieder.');
    expect(await own()).toEqual({ [KEY]: { en: 'Coffee' } });
    const programs = await pressed(at, { step: 'program', wording: 'whatever is typed {{' });
    expect(wordsIn(programs)).toContain('Es gilt wieder der ursprüngliche Text.');
    expect(await own()).toBeUndefined();
    expect(wordsIn(programs)).toContain('Vorher Coffee');
    await pressed(at, { step: 'before' });
    expect(await own()).toEqual({ [KEY]: { en: 'Coffee' } });
  });

  it('of two managers at once are both shown, and nothing is overwritten unseen', async () => {
    const opened = await page(INTRO);
    await pressed(INTRO, { step: 'save', wording: 'Tee' });
    const both = await press(opened, { step: 'save', wording: 'Kaffee' });
    expect(wordsIn(both)).toMatch(/Jemand anderes hat diesen Text inzwischen geändert.*der jetzt gilt Tee/);
    expect(field(both)).toBe('Kaffee');
    expect(await own()).toEqual({ [KEY]: { de: 'Tee' } });
    await press(both, { step: 'save', wording: 'Kaffee' });
    expect(await own()).toEqual({ [KEY]: { de: 'Kaffee' } });
  });

  it('are mailed to whoever tries them, as they stand in the field', async () => {
    const tried = await pressed(`${INTRO}?language=en`, { step: 'trial', wording: 'Tea' });
    expect(wordsIn(tried)).toContain('Die Testmail ist unterwegs an Ihre Adresse.');
    expect(field(tried)).toBe('Tea');
    await app.run('sendOutbox');
    expect(await app.mailbox.list()).toMatchObject([{ to: expect.stringContaining('manager@expat-desk.example') }]);
    expect(await own()).toBeUndefined();
    for (let sent = 1; sent < 10; sent++) await pressed(INTRO, { step: 'trial', wording: `Tea ${sent}` });
    const many = await pressed(INTRO, { step: 'trial', wording: 'Once more' });
    expect(wordsIn(many)).toContain('Das waren viele Testmails');
    expect(field(many)).toBe('Once more');
  });

  it('about the desk have no mail, but a way to their page, and the words with which it was set up', async () => {
    const at = `${TEXTS}/desk.directions?language=de`;
    const opened = wordsIn(await page(at));
    expect(opened).toMatch(/Der Weg hinein.*Es gilt der Text, mit dem die Stelle eingerichtet wurde/);
    expect(opened).toContain('In dieser Sprache gibt es keinen.');
    expect(opened).not.toContain('Testmail');
    const saved = await pressed(at, { step: 'save', wording: 'Zweimal klingeln.' });
    expect(saved).toContain('href="/de/expat-desk"');
    expect(await own()).toEqual({ 'desk.directions': { de: 'Zweimal klingeln.' } });
    await manager.get(`${TEXTS}/desk.directions/mail`).expect(404);
  });

  it('of two managers in two languages are both taken', async () => {
    const german = await page(`${INTRO}?language=de`);
    await pressed(`${INTRO}?language=fr`, { step: 'save', wording: 'Thé' });
    expect(wordsIn(await press(german, { step: 'save', wording: 'Tee' }))).toContain('Es gilt Ihr Text.');
    expect(await own()).toEqual({ [KEY]: { de: 'Tee', fr: 'Thé' } });
  });

  it.each(['preview', 'trial'])('of somebody else are not overwritten after a look by %s', async (step) => {
    const opened = await page(INTRO);
    await pressed(INTRO, { step: 'save', wording: 'Tee' });
    const looked = await press(opened, { step, wording: 'Kaffee' });
    const late = await press(looked, { step: 'save', wording: 'Kaffee' });
    expect(wordsIn(late)).toContain('Jemand anderes hat diesen Text inzwischen geändert');
    expect(await own()).toEqual({ [KEY]: { de: 'Tee' } });
  });

  it('leave the other languages as they are, and are no page for what no desk words', async () => {
    await pressed(`${INTRO}?language=de`, { step: 'save', wording: 'Tee' });
    await pressed(`${INTRO}?language=fr`, { step: 'save', wording: 'Thé' });
    await pressed(`${INTRO}?language=de`, { step: 'program' });
    expect(await own()).toEqual({ [KEY]: { fr: 'Thé' } });
    await manager.get(`${TEXTS}/mail.secret`).expect(404);
    await manager.get(`${TEXTS}/mail.secret/mail`).expect(404);
  });
});
