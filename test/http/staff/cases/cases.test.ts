import { type TestApp, testApp } from '../../../support/app';
import { booked } from '../../../support/bookings';
import { aCase, aClient, aDesk, aPartner, aQuestion, aTopic } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const LIST = '/staff/expat-desk/cases';
const CASE = `${LIST}/case`;
const NEW = '/staff/expat-desk/new-case';

let t: TestApp;
let ada: Browser;
beforeEach(async () => {
  const topics = [aTopic({ questions: [aQuestion({ id: 'which', max: 50 })] }), aTopic({ id: 'career' })];
  const desk = aDesk({ topics, partners: [aPartner({ id: 'agency' })], cases: { keepDays: 365 } });
  t = await testApp({ desks: [desk, aDesk({ id: 'plain' })] });
  await t.storage.write(({ cases }) => cases.add(aCase()));
  ada = await signedInAs(t, { role: 'advisor', advisorId: 'a1', name: 'Ada Beispiel' });
});
afterEach(() => t.close());

const read = async (path = CASE) => (await ada.get(path).expect(200)).text;
const found = async () => (await t.storage.cases.find('case')) ?? aCase();
/** Sends a form of the page, and returns the page that follows. */
const send = async (fields: Record<string, string>, path = CASE) => {
  const { _csrf = '', version = '' } = hiddenFields(await read(path), path);
  const { status, text, headers } = await ada.post(path, { _csrf, version, ...fields });
  return { status, location: String(headers.location ?? ''), words: wordsIn(text), text };
};

describe('A case on its page', () => {
  it('gets steps, which are changed, done, dropped and opened again', async () => {
    await send({ form: 'step', stepText: 'Zeugnis übersetzen', stepOwner: 'client', stepDue: '2026-12-15' });
    await send({ form: 'step', stepText: 'Antrag', stepOwner: 'desk', stepPartner: 'agency' });
    const [first, second] = (await found()).steps;
    expect([first, second]).toMatchObject([
      { text: 'Zeugnis übersetzen', due: '2026-12-15', owner: 'client', partnerId: null, state: 'open' },
      { owner: 'desk', partnerId: 'agency' },
    ]);
    const changed = await read(`${CASE}?step=${second?.id}`);
    expect(changed).toMatch(/value="Antrag"/);
    await send({ form: 'step', stepId: second?.id ?? '', stepText: 'Antrag stellen', stepOwner: 'partner' });
    await send({ deed: 'done', about: first?.id ?? '' });
    await send({ deed: 'dropped', about: second?.id ?? '' });
    await send({ deed: 'open', about: second?.id ?? '' });
    expect((await found()).steps).toMatchObject([{ state: 'done' }, { text: 'Antrag stellen', state: 'open' }]);
  });

  it('gets what was brought along, what stands in the way, and the questions of a topic', async () => {
    await send({ form: 'intake', topic: 'residence' });
    await send({
      ...{ form: 'intake', topic: 'residence', 'answer-which': 'Köchin', 'obstacle-german': 'true' },
      ...{ 'what-0': 'Медсестра', 'country-0': 'Україна', 'level-0': 'vocational', 'papers-0': 'there' },
      ...{ 'recognition-0': 'asked', obstaclesNote: 'Abends Zeit' },
    });
    expect((await found()).intake).toMatchObject({
      qualifications: [{ what: 'Медсестра', country: 'Україна', level: 'vocational', recognition: 'asked' }],
      ...{ obstacles: ['german'], obstaclesNote: 'Abends Zeit', topicId: 'residence', answers: { which: 'Köchin' } },
    });
    const words = wordsIn(await read());
    expect(words).toContain('Україна · Berufsausbildung · Papiere: vorhanden · Anerkennung: beantragt');
    expect(words).toContain('Köchin');
  });

  it('is agreed, and says when something has changed since', async () => {
    await send({ form: 'strategy', goal: 'Працювати', strategyText: 'Erst B2', wordsLanguage: 'uk' });
    await send({ form: 'agree', agreedOn: '2026-11-24' });
    expect((await found()).strategy).toEqual({
      ...{ text: 'Erst B2', language: 'uk', agreedOn: '2026-11-24', changedSince: false },
    });
    await send({ form: 'strategy', goal: 'Навчатися', strategyText: 'Erst B2', wordsLanguage: 'uk' });
    expect(wordsIn(await read())).toContain('Seitdem hat sich etwas geändert.');
    await send({ deed: 'disagree' });
    expect((await found()).strategy.agreedOn).toBeNull();
  });

  it('keeps what was typed when somebody else was faster, and takes it the second time', async () => {
    const typed = { form: 'strategy', goal: 'Eigenes Café', strategyText: '', wordsLanguage: 'de' };
    const { _csrf = '', version = '' } = hiddenFields(await read(), CASE);
    await send({ form: 'step', stepText: 'x', stepOwner: 'client' });
    const refused = await ada.post(CASE, { _csrf, version, ...typed });
    expect(wordsIn(refused.text)).toContain('Inzwischen hat jemand anderes den Fall geändert.');
    expect(refused.text).toContain('Eigenes Café</textarea>');
    const again = hiddenFields(refused.text, CASE);
    expect(again.version).toBe('2');
    await ada.post(CASE, { ...typed, _csrf, version: '2' }).expect(303);
    expect(await found()).toMatchObject({ intake: { goal: 'Eigenes Café' }, steps: [{ text: 'x' }] });
  });

  it('proposes the other bookings of the same person, and takes them in and out', async () => {
    const client = aClient({ name: 'Олена Зразок', email: 'olena@client.example' });
    const booking = await booked(t, { details: { ...DETAILS, client } });
    await booked(t, { start: Date.parse('2026-12-08T10:00:00+01:00') });
    expect(wordsIn(await read())).toContain('Weitere Termine derselben Person');
    await send({ deed: 'attach', about: booking.id });
    expect((await found()).meetings.map(({ bookingId }) => bookingId)).toEqual([booking.id]);
    expect(wordsIn(await read())).not.toContain('Weitere Termine derselben Person');
    expect(wordsIn(await read(`/staff/bookings/${booking.id}`))).toContain('Zum Fall');
    const rezi = await signedInAs(t, { role: 'receptionist' });
    const seen = (await rezi.get(`/staff/bookings/${booking.id}`).expect(200)).text;
    expect(wordsIn(seen)).toContain('Dieser Termin gehört zu einem Fall.');
    expect(seen).not.toContain(CASE);
    await send({ deed: 'detach', about: booking.id });
    expect((await found()).meetings).toEqual([]);
  });

  it('lets a colleague in, who can take the first one out', async () => {
    await send({ deed: 'share', about: 'a2' });
    expect((await found()).advisors).toEqual(['a1', 'a2']);
    expect((await send({ deed: 'unshare', about: 'a1' })).location).toContain('done=left');
    await ada.get(CASE).expect(404);
    expect(wordsIn(await read(LIST))).toContain('Sie haben noch keine Fälle.');
  });

  it('is closed with a result and opened again', async () => {
    const refused = await send({ form: 'close', result: '', resultOn: '2027-01-01' });
    expect(refused.words).toContain('Bitte wählen, was der Fall ergeben hat.');
    await send({ form: 'close', result: 'work', resultOn: '2027-01-01' });
    expect((await found()).result).toEqual({ kind: 'work', on: '2027-01-01' });
    expect(wordsIn(await read())).toContain('Der Fall ist abgeschlossen.');
    await send({ deed: 'reopen' });
    expect((await found()).state).toBe('open');
  });

  it('is printed in the language of the client and in German, own words as they were typed', async () => {
    await send({ form: 'strategy', goal: 'Працювати', strategyText: '', wordsLanguage: 'uk' });
    await send({ form: 'step', stepText: 'Шукати курс', stepOwner: 'client', stepDue: '2026-12-15' });
    const text = await read(`${CASE}/strategy`);
    expect(text).toMatch(/<section class="sheet strategy" lang="uk" dir="ltr"/);
    expect(text).toContain('<dd lang="uk" dir="ltr">Працювати</dd>');
    for (const word of [
      'Наш план',
      'Unser Plan',
      'Наступні кроки',
      'вівторок, 15 грудня 2026',
      'Dienstag, 15. Dezember 2026',
    ])
      expect(wordsIn(text)).toContain(word);
  });

  it('is a file for the client, and erased after a look at what goes', async () => {
    const file = await ada.get(`${CASE}/case.json`).expect(200);
    expect(JSON.parse(file.text)).toMatchObject({ client: { name: 'Олена Зразок' } });
    expect(wordsIn(await read(`${CASE}/erasure`))).toContain('Das lässt sich nicht rückgängig machen.');
    expect((await send({}, `${CASE}/erasure`)).location).toContain('done=erased');
    expect(await t.storage.cases.find('case')).toBeUndefined();
  });

  it('says who has looked at it, each time', async () => {
    await read();
    await read(`${CASE}/strategy`);
    const trail = await t.storage.trail.about('case', 50);
    expect(trail.map(({ by, deed }) => `${by}: ${deed}`).sort()).toEqual([
      'Ada Beispiel: case_printed',
      'Ada Beispiel: case_read',
    ]);
    expect(wordsIn(await read())).toContain('Strategie gedruckt · Ada Beispiel');
  });
});

describe('A new case', () => {
  it('begins with a booking, whose client and answers stand in the form already', async () => {
    const client = aClient({ name: 'Kim Probe', language: 'uk' });
    const { id } = await booked(t, { details: { ...DETAILS, client, answers: { which: 'Köchin' } } });
    expect(await read(`/staff/bookings/${id}`)).toContain(`href="${NEW}?booking&#x3D;${id}"`);
    const page = await read(`${NEW}?booking=${id}`);
    expect(page).toContain('value="Kim Probe"');
    expect(page).toContain('value="Köchin"');
    const fields = { ...hiddenFields(page, NEW), name: 'Kim Probe', language: 'uk', 'answer-which': 'Konditorin' };
    for (const _ of [1, 2]) await ada.post(NEW, fields).expect(303);
    const own = (await t.storage.cases.ofAdvisor('expat-desk', 'a1')).filter((each) => each.id !== 'case');
    expect(own).toMatchObject([{ intake: { topicId: 'residence', answers: { which: 'Konditorin' } }, version: 1 }]);
    const { headers } = await ada.get(`${NEW}?booking=${id}`).expect(303);
    expect(headers.location).toBe(`/staff/bookings/${id}`);
  });
});

describe('The list of cases', () => {
  it('has open ones by what is due, finds by name without telling the address, and notes who was seen', async () => {
    const step = { owner: 'client', state: 'open', partnerId: null } as const;
    const soon = aCase({
      id: 'soon',
      client: { ...aCase().client, name: 'Jörg Bald' },
      steps: [{ ...step, id: 's', text: 'Kurs', due: '2026-11-30' }],
    });
    await t.storage.write(({ cases }) => cases.add(soon));
    const words = wordsIn(await read(LIST));
    expect(words.indexOf('Jörg Bald')).toBeLessThan(words.indexOf('Олена Зразок'));
    expect(words).toContain('Als Nächstes: Kurs · bis');
    const { _csrf = '' } = hiddenFields(await read(LIST), LIST);
    const { text } = await ada.post(LIST, { _csrf, q: 'joerg' });
    expect(wordsIn(text)).toContain('Jörg Bald');
    expect(wordsIn(text)).not.toContain('Олена');
    expect((await t.storage.trail.about('soon', 9)).every(({ deed }) => deed === 'case_listed')).toBe(true);
  });

  it('is not there for others, nor at a desk that does not work by case', async () => {
    const rezi = await signedInAs(t, { role: 'receptionist' });
    await rezi.get(LIST).expect(403);
    expect((await rezi.get('/staff/expat-desk/tasks')).text).not.toContain(LIST);
    const other = await signedInAs(t, { role: 'advisor', advisorId: 'a1', deskId: 'plain', email: 'x@plain.example' });
    await other.get('/staff/plain/cases').expect(404);
    await other.get(CASE).expect(404);
  });
});

const DETAILS = { client: aClient(), attendees: 1, onBehalfOf: null, people: [], support: [], note: null, answers: {} };
