import { type TestApp, testApp } from '../../../support/app';
import { booked } from '../../../support/bookings';
import { type Browser, hiddenFields as escapedFields, signedInAs, wordsIn } from '../../../support/staff';

const TOPIC = '/staff/expat-desk/topics/career';
const ADVISOR = '/staff/expat-desk/advisors/a1';
const NEW_ADVISOR = '/staff/expat-desk/new-advisor';
const NEW_TOPIC = '/staff/expat-desk/new-topic';
const RESERVES = '/staff/expat-desk/reserves';

let app: TestApp;
let manager: Browser;
beforeEach(async () => {
  app = await testApp();
  manager = await signedInAs(app, { role: 'manager' });
});
afterEach(() => app.close());

const CAREER = {
  'name.de': 'Beruf und Karriere',
  'name.en': 'Career',
  'description.de': 'Stellensuche und Bewerbung.',
  'description.en': 'Job search and application.',
  'neutralName.de': 'Beruf',
  'neutralName.en': 'Career',
  'bring.de': 'Lebenslauf',
  'bring.en': 'CV',
  durationMinutes: '60',
  bufferMinutes: '0',
  maxPeople: '1',
  'mode.in_person': 'true',
  'mode.phone': 'true',
  'mode.video': 'true',
};

/** The fields that the first of the forms that go to this address says unseen. */
function hiddenFields(html: string, at: string): Record<string, string> {
  const plain = (text: string) =>
    text
      .replace(/&quot;/g, '"')
      .replace(/&#x3D;/g, '=')
      .replace(/&amp;/g, '&');
  return Object.fromEntries(Object.entries(escapedFields(html, at)).map(([name, value]) => [name, plain(value)]));
}

/** Opens a form, and returns what it says unseen. */
const opened = async (at: string) => hiddenFields((await manager.get(at).expect(200)).text, at);

/** The fields of the form that saves, or merges, on this page: the first of several that go to the same address. */
const next = (page: string, at: string) => hiddenFields(page, at);

async function save(at: string, begun: Record<string, string>, fields: Record<string, string>) {
  const { text } = await manager.post(at, { ...begun, ...fields, step: 'preview' });
  return manager.post(at, { ...next(text, at), step: 'save' });
}

const topic = async (id = 'career') =>
  (await app.storage.desks.topics('expat-desk')).find(({ part }) => part.id === id);
const advisors = () => app.storage.desks.advisors('expat-desk');

describe('The page of a topic', () => {
  it('shows what would change before it is saved, and saves it', async () => {
    const begun = await opened(TOPIC);
    const { text } = await manager.post(TOPIC, {
      ...begun,
      ...CAREER,
      durationMinutes: '45',
      'name.tr': 'Kariyer',
      step: 'preview',
    });
    expect(wordsIn(text)).toMatch(
      /Was sich ändert.*Dauer in Minuten Vorher: 60 Nachher: 45 Name \(Türkisch\) Vorher: – Nachher: Kariyer/,
    );
    expect((await topic())?.version).toBe(1);
    const { headers } = await manager.post(TOPIC, { ...next(text, TOPIC), step: 'save' }).expect(303);
    expect(wordsIn((await manager.get(headers.location ?? '')).text)).toContain('Gespeichert: Beruf und Karriere.');
    expect(await topic()).toMatchObject({
      part: { durationMinutes: 45, name: { de: 'Beruf und Karriere', en: 'Career', tr: 'Kariyer' } },
      version: 2,
      origin: 'staff',
    });
  });

  it('says that nothing changes, and offers nothing to save', async () => {
    const { text } = await manager.post(TOPIC, { ...(await opened(TOPIC)), ...CAREER, step: 'preview' });
    expect(wordsIn(text)).toContain('Es ändert sich nichts');
    expect(wordsIn(text)).not.toContain('Speichern');
  });

  it('merges what two managers change, and asks only where both changed the same', async () => {
    const [mine, theirs] = [await opened(TOPIC), await opened(TOPIC)];
    await save(TOPIC, theirs, { ...CAREER, durationMinutes: '45', 'bring.de': 'Zeugnisse' });
    const { text } = await manager.post(TOPIC, {
      ...mine,
      ...CAREER,
      durationMinutes: '90',
      'name.en': 'Jobs',
      step: 'save',
    });
    const words = wordsIn(text);
    expect(words).toMatch(/Jemand war schneller.*Übernommen wurde: Was mitzubringen ist \(Deutsch\)/);
    expect(words).toMatch(/Dauer in Minuten.*Meine Fassung 90 Die gespeicherte Fassung 45/);
    expect(words).not.toContain('Name (Englisch)');
    expect((await topic())?.version).toBe(2);

    const choice = { ...next(text, TOPIC), 'take.durationMinutes': 'theirs', step: 'preview' };
    const chosen = await manager.post(TOPIC, choice);
    expect(wordsIn(chosen.text)).toMatch(/Name \(Englisch\).*Jobs/);
    await manager.post(TOPIC, { ...next(chosen.text, TOPIC), step: 'save' }).expect(303);
    expect((await topic())?.part).toMatchObject({
      durationMinutes: 45,
      bring: { de: 'Zeugnisse', en: 'CV' },
      name: { de: 'Beruf und Karriere', en: 'Jobs' },
    });
  });

  it('takes by itself what only the other changed, and shows it before it saves', async () => {
    const [mine, theirs] = [await opened(TOPIC), await opened(TOPIC)];
    await save(TOPIC, theirs, { ...CAREER, durationMinutes: '45' });
    const { text } = await manager.post(TOPIC, { ...mine, ...CAREER, maxPeople: '2', step: 'save' });
    expect(wordsIn(text)).toContain('Übernommen wurde: Dauer in Minuten.');
    expect((await topic())?.version).toBe(2);
    await manager.post(TOPIC, { ...next(text, TOPIC), step: 'save' }).expect(303);
    expect((await topic())?.part).toMatchObject({ durationMinutes: 45, maxPeople: 2 });
  });

  it('offers it no more, tells whom that concerns, and takes it back', async () => {
    const at = TOPIC.replace('career', 'residence');
    await booked(app);
    const { _csrf = '' } = await opened(at);
    const { text } = await manager.post(at, { _csrf, version: '1', step: 'leave' });
    expect(wordsIn(text)).toMatch(/1 Termin würde seinen Platz verlieren.*Kim Probe/);
    expect((await topic('residence'))?.part.retired).toBeUndefined();
    const { headers } = await manager.post(at, { _csrf, version: '1', step: 'leave-now' }).expect(303);
    const page = (await manager.get(headers.location ?? '')).text;
    expect(wordsIn(page)).toMatch(/Nicht mehr angeboten: Aufenthaltsrecht/);
    expect(await app.storage.tasks.open('expat-desk')).toHaveLength(1);
    await manager.post(at, hiddenFields(page, at)).expect(303);
    expect((await topic('residence'))?.part.retired).toBeUndefined();
    expect(await app.storage.tasks.open('expat-desk')).toEqual([]);
  });

  it('enters a new one once, however often the button is pressed', async () => {
    const begun = await opened(NEW_TOPIC);
    const fields = { ...CAREER, 'name.de': 'Öffentliche Bäder', 'name.en': 'Pools', step: 'preview' };
    const { text } = await manager.post(NEW_TOPIC, { ...begun, ...fields });
    const sent = { ...next(text, NEW_TOPIC), step: 'save' };
    for (const _ of [1, 2]) await manager.post(NEW_TOPIC, sent).expect(303);
    const ids = (await app.storage.desks.topics('expat-desk')).map(({ part }) => part.id);
    expect(ids).toEqual(['residence', 'career', 'oeffentliche-baeder']);
  });
});

describe('The page of an advisor', () => {
  const CEM = {
    ...{ name: 'Cem Neuling', email: 'cem@expat-desk.example', 'language.0': 'uk', 'level.0': 'native' },
    ...{
      'language.1': 'de',
      'topic.residence': 'true',
      'mode.phone': 'true',
      'rule.0.MO': 'true',
      'rule.0.TU': 'true',
    },
    ...{ 'rule.0.start': '09:00', 'rule.0.end': '12:00', rules: 'FREQ=MONTHLY;BYDAY=1WE 13:00-15:00' },
  };

  it('enters somebody who can be booked at once, with an id that says no name', async () => {
    const answer = await save(NEW_ADVISOR, await opened(NEW_ADVISOR), CEM);
    expect([answer.status, answer.headers.location]).toEqual([303, '/staff/expat-desk/advisors?done=saved&id=a3']);
    expect((await advisors()).at(-1)?.part).toEqual({
      ...{ id: 'a3', name: 'Cem Neuling', email: 'cem@expat-desk.example' },
      ...{ languages: ['uk', 'de'], levels: { uk: 'native' }, topics: ['residence'], modes: ['phone'] },
      workingRules: [
        { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU', start: '09:00', end: '12:00' },
        { rrule: 'FREQ=MONTHLY;BYDAY=1WE', start: '13:00', end: '15:00' },
      ],
    });
    const query = { topicId: 'residence', language: 'uk' };
    const { slots } = await app.app.findSlots({ deskId: 'expat-desk', query, audience: 'client' });
    expect(slots.length).toBeGreaterThan(0);
    const { text } = await manager.get('/staff/expat-desk/advisors');
    expect(wordsIn(text)).toContain('Ukrainisch und Deutsch (nur Telefon)');
  });

  it('hands over by a plan what is booked with who leaves', async () => {
    const booking = await booked(app, {
      query: { topicId: 'residence', language: 'de', mode: 'video', advisorId: 'a1' },
    });
    const { _csrf = '' } = await opened(ADVISOR);
    const { text } = await manager.post(ADVISOR, { _csrf, version: '1', step: 'leave' });
    expect(wordsIn(text)).toMatch(/1 Termin würde seinen Platz verlieren.*Nach dem Speichern kommt der Plan/);
    const { headers } = await manager.post(ADVISOR, { _csrf, version: '1', step: 'leave-now' }).expect(303);
    expect(headers.location).toMatch(/^\/staff\/expat-desk\/plans\/.+/);
    const plan = await manager.get(headers.location ?? '').expect(200);
    expect(plan.text).toContain(booking.client.name);
    expect((await advisors())[0]?.part.retired).toBe(true);
  });

  it('shows the form as it was typed if it is wrong', async () => {
    const begun = await opened(ADVISOR);
    const { text } = await manager.post(ADVISOR, { ...begun, ...CEM, 'rule.0.end': '', step: 'preview' });
    expect(wordsIn(text)).toContain('Wochentage, Anfang und Ende.');
    expect(text).toContain('value="Cem Neuling"');
    expect(text).toMatch(/id="rule.0.start"[^>]*value="09:00"/);
    expect((await advisors())[0]?.version).toBe(1);
  });
});

describe('The page of reserves and rooms', () => {
  const ROW = { 'row.0.language': 'ja', 'row.0.starts': '2', 'row.0.days': '3', 'capacity.in_person': '1' };

  it('saves what is kept, and merges row by row', async () => {
    const [mine, theirs] = [await opened(RESERVES), await opened(RESERVES)];
    expect((await save(RESERVES, theirs, ROW)).status).toBe(303);
    const { text } = await manager.post(RESERVES, { ...mine, 'capacity.phone': '4', step: 'save' });
    expect(wordsIn(text)).toContain('Übernommen wurde: Japanisch, vor Ort.');
    await manager.post(RESERVES, { ...next(text, RESERVES), step: 'save' }).expect(303);
    expect((await app.storage.desks.rooms('expat-desk')).part).toEqual({
      reserves: [{ language: 'ja', topicId: null, urgent: false, startsPerDay: 2, releaseWorkingDays: 3 }],
      capacities: { in_person: 1, phone: 4 },
    });
  });

  it('tells what they would have done in the last four weeks, before they are saved', async () => {
    const begun = await opened(RESERVES);
    const { text } = await manager.post(RESERVES, { ...begun, ...ROW, step: 'preview' });
    expect(wordsIn(text)).toMatch(/in den letzten vier Wochen bewirkt hätte.*Japanisch (\d+) 0 \1 0/);
  });

  it('refuses what no advisor can take, beside the row', async () => {
    const { text } = await manager.post(RESERVES, {
      ...(await opened(RESERVES)),
      ...ROW,
      'row.0.language': 'fr',
      step: 'save',
    });
    expect(wordsIn(text)).toContain('das jemand beraten kann');
  });
});
