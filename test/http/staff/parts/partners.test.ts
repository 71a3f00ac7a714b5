import { type TestApp, testApp } from '../../../support/app';
import { aDesk, aPartner, aTopic } from '../../../support/builders';
import { type Browser, hiddenFields as escapedFields, signedInAs, wordsIn } from '../../../support/staff';

const LIST = '/staff/expat-desk/partners';
const PARTNER = `${LIST}/authority`;
const NEW_PARTNER = '/staff/expat-desk/new-partner';
const TOPIC = '/staff/expat-desk/topics/residence';

let app: TestApp;
let manager: Browser;
beforeEach(async () => {
  const partners = [
    aPartner({ phone: '+49 221 4710 301' }),
    aPartner({ id: 'idle', name: { de: 'Kammer', en: 'Chamber' } }),
  ];
  const desk = aDesk({ topics: [aTopic({ partners: ['authority'] }), aTopic({ id: 'career' })], partners });
  app = await testApp({ desks: [desk, aDesk({ id: 'wuppertal', name: { de: 'Wuppertal', en: 'Wuppertal' } })] });
  manager = await signedInAs(app, { role: 'manager' });
});
afterEach(() => app.close());

const AUTHORITY = {
  'name.de': 'Ausländerbehörde',
  'name.en': 'Immigration office',
  'description.de': 'Erteilt Aufenthaltstitel.',
  'description.en': 'Issues residence permits.',
  phone: '+49 221 4710 301',
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

const opened = async (at: string) => hiddenFields((await manager.get(at).expect(200)).text, at);
async function save(at: string, begun: Record<string, string>, fields: Record<string, string>) {
  const { text } = await manager.post(at, { ...begun, ...fields, step: 'preview' });
  return manager.post(at, { ...hiddenFields(text, at), step: 'save' });
}
const stored = async (id = 'authority') =>
  (await app.storage.desks.partners('expat-desk')).find(({ part }) => part.id === id);

describe('The page of partners', () => {
  it('says which nobody reads of, and what is missing', async () => {
    const words = wordsIn((await manager.get(LIST).expect(200)).text);
    expect(words).toMatch(/Ausländerbehörde.*Ein Thema nennt sie.*In 7 Sprachen fehlen Texte/);
    expect(words).toMatch(/Kammer.*Kein Thema nennt sie/);
  });
});

describe('The page of a partner', () => {
  it('shows what would change, and how clients see it in each language, before it is saved', async () => {
    const fields = { ...AUTHORITY, 'name.tr': 'Yabancılar Dairesi', website: 'https://amt.example/x', step: 'preview' };
    const { text } = await manager.post(PARTNER, { ...(await opened(PARTNER)), ...fields });
    const words = wordsIn(text);
    expect(words).toMatch(/Name der Stelle \(Türkisch\) Vorher: – Nachher: Yabancılar Dairesi/);
    expect(words).toMatch(/Türkisch · ein Text fehlt Yabancılar Dairesi.*İnternet sitesi amt\.example/);
    expect(words).not.toContain('gebuchter Termin');
    expect((await stored())?.version).toBe(1);
    const { headers } = await manager.post(PARTNER, { ...hiddenFields(text, PARTNER), step: 'save' }).expect(303);
    expect(wordsIn((await manager.get(headers.location ?? '')).text)).toContain('Gespeichert: Ausländerbehörde.');
    expect(await stored()).toMatchObject({
      part: { website: 'https://amt.example/x', name: { tr: 'Yabancılar Dairesi' } },
      ...{ version: 2, origin: 'staff' },
    });
  });

  it('merges what two managers change, and asks only where both changed the same', async () => {
    const [mine, theirs] = [await opened(PARTNER), await opened(PARTNER)];
    await save(PARTNER, theirs, { ...AUTHORITY, phone: '115', 'hours.de': 'Morgens', 'hours.en': 'Mornings' });
    const typed = { ...AUTHORITY, phone: '+49 221 4710 399', email: 'amt@amt.example', step: 'save' };
    const { text } = await manager.post(PARTNER, { ...mine, ...typed });
    expect(wordsIn(text)).toMatch(/Jemand war schneller.*Übernommen wurde: Öffnungszeiten \(Deutsch\)/);
    expect(wordsIn(text)).toMatch(/Telefon.*Meine Fassung \+49 221 4710 399 Die gespeicherte Fassung 115/);
    const choice = { ...hiddenFields(text, PARTNER), 'take.phone': 'theirs', step: 'preview' };
    const chosen = await manager.post(PARTNER, choice);
    await manager.post(PARTNER, { ...hiddenFields(chosen.text, PARTNER), step: 'save' }).expect(303);
    expect((await stored())?.part).toMatchObject({
      ...{ phone: '115', email: 'amt@amt.example', hours: { de: 'Morgens', en: 'Mornings' } },
    });
  });

  it('tells of it no more, and takes that back', async () => {
    const { _csrf = '' } = await opened(PARTNER);
    const { headers } = await manager.post(PARTNER, { _csrf, version: '1', step: 'leave' }).expect(303);
    const page = (await manager.get(headers.location ?? '')).text;
    expect(wordsIn(page)).toContain('Nicht mehr genannt: Ausländerbehörde.');
    expect((await stored())?.part.retired).toBe(true);
    await manager.post(PARTNER, hiddenFields(page, PARTNER)).expect(303);
    expect((await stored())?.part.retired).toBeUndefined();
  });

  it('enters a new one once, however often the button is pressed', async () => {
    const fields = { ...AUTHORITY, 'name.de': 'Schulamt', bookingDesk: 'wuppertal', step: 'preview' };
    const { text } = await manager.post(NEW_PARTNER, { ...(await opened(NEW_PARTNER)), ...fields });
    expect(wordsIn(text)).toMatch(/Oder eine Dienststelle von hier Vorher: – Nachher: Wuppertal/);
    const sent = { ...hiddenFields(text, NEW_PARTNER), step: 'save' };
    for (const _ of [1, 2]) await manager.post(NEW_PARTNER, sent).expect(303);
    const ids = (await app.storage.desks.partners('expat-desk')).map(({ part }) => part.id);
    expect(ids).toEqual(['authority', 'idle', 'schulamt']);
  });
});

describe('The page of a topic', () => {
  const RESIDENCE = {
    ...{ 'name.de': 'Aufenthaltsrecht', 'name.en': 'Residence law' },
    ...{ 'description.de': 'Aufenthaltstitel und Behörden.', 'description.en': 'Residence permits and authorities.' },
    ...{ 'bring.de': 'Reisepass\nAufenthaltstitel', 'bring.en': 'Passport\nResidence permit' },
    ...{ durationMinutes: '30', bufferMinutes: '0', maxPeople: '1' },
    ...{ 'mode.in_person': 'true', 'mode.phone': 'true', 'mode.video': 'true' },
  };
  const named = async () => (await app.storage.desks.topics('expat-desk'))[0]?.part.partners;

  it('names partners, and keeps one that is told no more for the day on which it comes back', async () => {
    expect((await manager.get(TOPIC)).text).toMatch(/id="partner\.authority"[^>]*checked/);
    const { _csrf = '' } = await opened(PARTNER);
    await manager.post(PARTNER, { _csrf, version: '1', step: 'leave' }).expect(303);
    expect((await manager.get(TOPIC)).text).not.toContain('partner.authority');
    const same = await manager.post(TOPIC, { ...(await opened(TOPIC)), ...RESIDENCE, step: 'preview' });
    expect(wordsIn(same.text)).toContain('Es ändert sich nichts');
    const fields = { ...RESIDENCE, 'partner.idle': 'true', step: 'preview' };
    const { text } = await manager.post(TOPIC, { ...(await opened(TOPIC)), ...fields });
    expect(wordsIn(text)).toMatch(/Wer noch weiterhilft Vorher: – Nachher: Kammer/);
    await manager.post(TOPIC, { ...hiddenFields(text, TOPIC), step: 'save' }).expect(303);
    expect([...((await named()) ?? [])].sort()).toEqual(['authority', 'idle']);
  });
});
