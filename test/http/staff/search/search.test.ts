import { MINUTE } from '../../../../src/domain/calendar/interval';
import { type TestApp, testApp } from '../../../support/app';
import { aRequest, booked } from '../../../support/bookings';
import { aClient, aDesk, NOW, TUESDAY_NINE } from '../../../support/builders';
import { type Browser, signedInAs, wordsIn } from '../../../support/staff';

let app: TestApp;
let receptionist: Browser;
beforeAll(async () => {
  app = await testApp({ desks: [aDesk(), aDesk({ id: 'wuppertal' })] });
  receptionist = await signedInAs(app);
});
afterAll(() => app.close());

const book = (
  name: string,
  email: string,
  { phone = null, ...part }: { phone?: string | null; start?: number; deskId?: string } = {},
) => booked(app, { ...part, details: { ...aRequest().details, client: aClient({ name, email, phone }) } });
const PAGE = '/staff/expat-desk/bookings';
/** The address of what was found. */
const searched = async (q: string) =>
  (await receptionist.submit(PAGE, PAGE, { q }).expect(303)).headers.location as string;
const search = async (q: string) => (await receptionist.get(await searched(q)).expect(200)).text;
const namesIn = (html: string) => [...html.matchAll(/<bdi>([^<]+)<\/bdi><\/a>/g)].map(([, name]) => name);
const found = async (q: string) => namesIn(await search(q));

describe('Searching', () => {
  beforeAll(async () => {
    await book('José Müller', 'jose@firma.example', { phone: '+492111234567' });
    await book('Олена Шевченко', 'olena@client.example', { start: TUESDAY_NINE.start + 30 * MINUTE });
    await book('Ayşe Örnek', 'ayse@client.example', { start: TUESDAY_NINE.start + 60 * MINUTE });
    await book('Siobhán O’Kerrigane', 'siobhan@client.example', { start: TUESDAY_NINE.start + 120 * MINUTE });
    await book('Other Desk', 'other@client.example', { deskId: 'wuppertal' });
  });

  it.each([
    ['part of a name, without accents or case', 'JOSE mull', ['José Müller']],
    ['the other way to write an umlaut', 'mueller', ['José Müller']],
    ['a Cyrillic name in Latin letters', 'olena', ['Олена Шевченко']],
    ['a Cyrillic name in Cyrillic', 'шевченко', ['Олена Шевченко']],
    ['a mail address', 'AYSE@client', ['Ayşe Örnek']],
    ['a name without its apostrophe', 'okerri', ['Siobhán O’Kerrigane']],
    ['a name with another apostrophe', "o'kerri", ['Siobhán O’Kerrigane']],
    ['words in any order', 'ornek ayse', ['Ayşe Örnek']],
    ['a Cyrillic name as Germans write it', 'schewtschenko', ['Олена Шевченко']],
    ['a phone number by its last digits', '4567', ['José Müller']],
    ['a phone number as it is dialled', '0211 / 123 45 67', ['José Müller']],
    ['something of another desk', 'other', []],
    ['a wildcard as itself', '%', []],
  ])('finds %s', async (_, q, names) => {
    expect(await found(q)).toEqual(names);
  });

  it('finds a reference however it is typed', async () => {
    const { reference } = await book('Ref Erenz', 'ref@client.example', { start: TUESDAY_NINE.start + 90 * MINUTE });
    const bare = reference.replace('-', '');
    for (const typed of [reference, bare, bare.toLowerCase(), reference.replace('-', ' '), reference.replace('-', '–')])
      expect(await found(typed)).toEqual(['Ref Erenz']);
  });

  it('shows when, who, what and how it stands', async () => {
    const words = wordsIn(await search('José'));
    for (const fact of [
      'Dienstag, 1. Dezember 2026',
      '09:00–09:30',
      'José Müller',
      'jose@firma.example',
      'Aufenthaltsrecht',
      'Gebucht',
    ])
      expect(words).toContain(fact);
  });

  it('says when nothing is found, and keeps what was typed', async () => {
    const html = await search('niemand "da"');
    expect(wordsIn(html)).toContain('Nichts gefunden');
    expect(html).toContain('value="niemand &quot;da&quot;"');
  });

  it('lists nobody before something is asked', async () => {
    expect(await found(' ')).toEqual([]);
    expect(wordsIn(await search(''))).not.toContain('Nichts gefunden');
  });

  it('goes on page by page', async () => {
    for (let i = 0; i < 12; i++)
      for (const _ of [1, 2])
        await book(`Serie ${i}`, `serie${i}@client.example`, {
          start: Date.parse('2026-12-03T09:00:00+01:00') + i * 30 * MINUTE,
        });
    const first = await search('serie');
    const next = /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=') ?? '';
    expect(await found('serie')).toHaveLength(20);
    const { text } = await receptionist.get(next).expect(200);
    expect([...text.matchAll(/<bdi>Serie/g)]).toHaveLength(4);
    expect(text).not.toContain('rel="next"');
  });

  it('refuses a cursor that is none', async () => {
    await receptionist.get(`${await searched('x')}&cursor=nonsense`).expect(422);
  });

  it.each([
    ['4567', 'Gefunden: Telefon endet auf 4567'],
    ['José', 'Gefunden: Name und E-Mail'],
    ['jose@firma', 'Gefunden: E-Mail'],
    ['schewtschenko', 'Gefunden: Name, anders geschrieben'],
  ])('says by what it was found: %s', async (q, reason) => {
    expect(wordsIn(await search(q))).toContain(reason);
  });

  it('lists today and what is to come first, the nearest before the others', async () => {
    for (const day of ['2026-12-09', '2026-12-07', '2026-12-08'])
      await book(`Nah ${day}`, 'nah@client.example', { start: Date.parse(`${day}T09:00:00+01:00`) });
    app.clock.set('2026-12-08T16:00:00+01:00');
    const later = await signedInAs(app, { email: 'later@expat-desk.example', id: 'later' });
    const { headers } = await later.submit(PAGE, PAGE, { q: 'nah 2026' }).expect(303);
    const names = namesIn((await later.get(String(headers.location)).expect(200)).text);
    app.clock.set(new Date(NOW).toISOString());
    expect(names).toEqual(['Nah 2026-12-08', 'Nah 2026-12-09', 'Nah 2026-12-07']);
  });

  it('puts what was searched for into no address and no title', async () => {
    const location = await searched('José');
    expect(location).toMatch(/^\/staff\/expat-desk\/bookings\?search=[0-9a-f]{16}$/);
    const html = (await receptionist.get(location).expect(200)).text;
    expect(/<title>[^<]*<\/title>/.exec(html)?.[0]).not.toContain('José');
    expect([...html.matchAll(/href="([^"]*)"/g)].join()).not.toMatch(/Jos|q=/);
  });

  it('begins empty for the next caller, and forgets what was typed for the last one', async () => {
    const location = await searched('José');
    expect(wordsIn((await receptionist.get(location).expect(200)).text)).toContain('José Müller');
    for (const page of [PAGE, location]) {
      const { text } = await receptionist.get(page).expect(200);
      expect(text).not.toContain('José');
      expect(text).toContain('name="q" value=""');
    }
  });

  it('does not show a later search at the address of an earlier one', async () => {
    const first = await searched('José');
    await searched('Олена');
    expect(wordsIn((await receptionist.get(first).expect(200)).text)).not.toContain('Олена');
  });

  it('shows nobody what somebody else has searched for', async () => {
    const location = await searched('José');
    const other = await signedInAs(app, { email: 'second@expat-desk.example', id: 'second' });
    for (const page of [PAGE, location])
      expect(wordsIn((await other.get(page).expect(200)).text)).not.toContain('José');
  });
});
