import { MINUTE } from '../../../../src/domain/calendar/interval';
import { type TestApp, testApp } from '../../../support/app';
import { aRequest, booked } from '../../../support/bookings';
import { aClient, aDesk, TUESDAY_NINE } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs } from '../../../support/staff';

const DAY = '/staff/expat-desk/day';
const FIND = '/staff/expat-desk/find';

let app: TestApp;
let receptionist: Browser;
let csrf: string;
beforeAll(async () => {
  app = await testApp({ desks: [aDesk(), aDesk({ id: 'wuppertal' })], now: '2026-12-01T08:40:00+01:00' });
  receptionist = await signedInAs(app);
  csrf = hiddenFields((await receptionist.get(DAY).expect(200)).text, FIND)._csrf ?? '';
  await book('José Müller', TUESDAY_NINE.start, '+492111234567');
  await book('Олена Шевченко', TUESDAY_NINE.start + 3 * 24 * 60 * MINUTE);
  await book('Do Thi Lan', TUESDAY_NINE.start + 2 * 24 * 60 * MINUTE + 30 * MINUTE);
  await book('Ada Other', TUESDAY_NINE.start + 60 * MINUTE, null, 'wuppertal');
});
afterAll(() => app.close());

const book = (name: string, start: number, phone: string | null = null, deskId = 'expat-desk') =>
  booked(app, {
    deskId,
    start,
    source: 'phone',
    who: { kind: 'system' },
    details: { ...aRequest().details, client: aClient({ name, email: 'kim@client.example', phone }) },
  });
const found = async (q: string) => (await receptionist.post(FIND, { _csrf: csrf, q }).expect(200)).text;
const wordsIn = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const names = (html: string) => [...html.matchAll(/<bdi>([^<]+)<\/bdi>/g)].map(([, name]) => name);

describe('The search over every page', () => {
  it('finds by any part of a name, a number’s last digits and a date, the nearest first, in sections', async () => {
    expect(names(await found('mull'))).toEqual(['José Müller']);
    expect(names(await found('4567'))).toEqual(['José Müller']);
    const both = await found('kim@client');
    expect(wordsIn(both)).toMatch(/3 Funde.*Heute.*José Müller.*Demnächst.*Do Thi Lan.*Олена Шевченко/);
    expect(names(await found('4.12.'))).toEqual(['Олена Шевченко']);
    expect(names(await found('fr olena'))).toEqual(['Олена Шевченко']);
  });

  it('takes a word that is a day and a name for both', async () => {
    const html = await found('Do');
    expect(names(html)).toEqual(['Do Thi Lan']);
    expect(html).toContain(`href="${DAY}/2026-12-03"`);
  });

  it('finds people of the desk, and nothing of another', async () => {
    const html = await found('ada');
    expect(wordsIn(html)).toContain('Heute bei Ada Beispiel');
    expect(names(html)).toEqual([]);
  });

  it('lets a client be checked in or moved from there, if that is possible now', async () => {
    const today = await found('mull');
    expect(today).toMatch(/action="\/staff\/bookings\/[\w-]+\/check-in"/);
    expect(today).toMatch(/href="\/staff\/expat-desk\/day\/2026-12-01\?pick&#x3D;[\w-]+"/);
    expect(await found('olena')).not.toContain('check-in"');
  });

  it('says that nothing was found, finds nothing for nothing, and keeps no text', async () => {
    expect(wordsIn(await found('nobody here'))).toMatch(/0 Funde.*Nichts gefunden/);
    expect(wordsIn(await found(''))).toBe('');
    expect(JSON.stringify((await app.everything()).session)).not.toContain('nobody here');
  });

  it('asks for the form’s token, and is there on every page of a desk', async () => {
    await receptionist.post(FIND, { q: 'x' }).expect(403);
    for (const page of [DAY, '/staff/expat-desk/tasks', '/staff/expat-desk/bookings/new'])
      expect((await receptionist.get(page).expect(200)).text).toContain('id="palette"');
  });
});
