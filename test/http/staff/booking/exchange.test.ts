import type { Booking } from '../../../../src/domain/booking/booking';
import { HOUR } from '../../../../src/domain/calendar/interval';
import { type TestApp, testApp } from '../../../support/app';
import { aRequest, booked } from '../../../support/bookings';
import { aClient, TUESDAY_NINE } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const NINE = TUESDAY_NINE.start;
let app: TestApp;
let receptionist: Browser;
let kim: Booking;
let lea: Booking;
beforeEach(async () => {
  app = await testApp();
  receptionist = await signedInAs(app);
  kim = await booked(app);
  lea = await bookedFor('Lea Muster', { start: NINE + HOUR, query: { ...aRequest().query, advisorId: undefined } });
});
afterEach(() => app.close());

function bookedFor(name: string, part: Parameters<typeof booked>[1] = {}): Promise<Booking> {
  const email = `${name.split(' ')[0]?.toLowerCase()}@client.example`;
  return booked(app, { ...part, details: { ...aRequest().details, client: aClient({ name, email }) } });
}
const page = (booking = kim) => `/staff/bookings/${booking.id}/exchange`;
const placeOf = async ({ id }: Booking) => {
  const found = await app.storage.bookings.find(id);
  return [found?.time.start, found?.version];
};
const links = (html: string) => [...html.matchAll(/exchange\?with&#x3D;([\w-]+)"/g)].map(([, id]) => id);

describe('An exchange of two appointments', () => {
  it('is reached from the page that moves, offers those of the day with whom it can be done, and each of them can be had', async () => {
    expect((await receptionist.get(`/staff/bookings/${kim.id}/move`)).text).toContain(page());
    const japanese = await bookedFor('Misaki', {
      query: { ...aRequest().query, language: 'ja' },
      start: NINE + 2 * HOUR,
    });
    await booked(app, { query: { ...aRequest().query, topicId: 'career', advisorId: 'a1' }, start: NINE + 2 * HOUR });
    const gone = await bookedFor('Gone', { start: NINE + 4 * HOUR });
    await app.app.cancelBooking({ bookingId: gone.id, reason: null, who: { kind: 'client' } });
    const { text } = await receptionist.get(page()).expect(200);
    expect(wordsIn(text)).toContain(kim.reference);
    const offered = links(text);
    expect(offered).toEqual(expect.arrayContaining([lea.id, japanese.id]));
    expect(offered).not.toContain(gone.id);
    expect(offered).not.toContain(kim.id);
    for (let i = 0; i < 6; i++) {
      // After each exchange others are offered.
      const now = links((await receptionist.get(page())).text);
      const confirm = await receptionist.get(`${page()}?with=${now[i % now.length]}`).expect(200);
      const { headers } = await receptionist.post(page(), hiddenFields(confirm.text, page())).expect(303);
      expect(headers.location).toContain('done=exchanged');
    }
  });

  it('says both old and new times and who is told, and does both at once', async () => {
    const { text } = await receptionist.get(`${page()}?with=${lea.id}`).expect(200);
    const words = wordsIn(text);
    expect(words).toMatch(
      /Kim Probe .* bisher Dienstag, 1\. Dezember 2026, 09:00–09:30.* neu Dienstag, 1\. Dezember 2026, 10:00–10:30/,
    );
    expect(words).toMatch(
      /Lea Muster .* bisher Dienstag, 1\. Dezember 2026, 10:00–10:30.* neu Dienstag, 1\. Dezember 2026, 09:00–09:30/,
    );
    expect(words).toContain('Kim Probe bekommt eine Mail an kim@client.example');
    expect(words).toContain('Lea Muster bekommt eine Mail an lea@client.example');
    expect([await placeOf(kim), await placeOf(lea)]).toEqual([
      [NINE, 1],
      [NINE + HOUR, 1],
    ]);
    await app.run('sendOutbox');
    const fields = hiddenFields(text, page());
    const { headers } = await receptionist.post(page(), fields).expect(303);
    expect(wordsIn((await receptionist.get(String(headers.location))).text)).toContain(
      'Die beiden Termine sind getauscht.',
    );
    // Pressed twice is once.
    await receptionist.post(page(), fields).expect(303);
    expect([await placeOf(kim), await placeOf(lea)]).toEqual([
      [NINE + HOUR, 2],
      [NINE, 2],
    ]);
    for (const { id } of [kim, lea]) {
      const told = (await app.outbox(id)).filter(({ kind, recipient }) => kind === 'moved' && recipient === 'client');
      expect(told).toHaveLength(1);
    }
  });

  it('keeps the reason for both, and shows one that is too long once more', async () => {
    const with_ = `${page()}?with=${lea.id}`;
    const long = await receptionist.submit(with_, page(), { reason: 'x'.repeat(501) }).expect(200);
    expect(long.text).toContain('href="#reason"');
    expect(await placeOf(kim)).toEqual([NINE, 1]);
    await receptionist.submit(with_, page(), { reason: 'Lift defekt' }).expect(303);
    for (const { id } of [kim, lea])
      expect((await app.storage.bookings.history(id)).at(-1)).toMatchObject({ type: 'moved', reason: 'Lift defekt' });
  });

  it('finds the other by its reference, however it is typed', async () => {
    const typed = lea.reference.toLowerCase().replace('-', ' ');
    const { headers } = await receptionist.submit(page(), page(), { reference: typed }).expect(303);
    expect(headers.location).toBe(`${page()}?with=${lea.id}`);
    for (const reference of ['', 'K7MQ-4XWT', kim.reference]) {
      const { text } = await receptionist.submit(page(), page(), { reference }).expect(200);
      expect(text).toContain('href="#reference"');
      expect(wordsIn(text)).toContain('gibt es hier keinen Termin, den Sie tauschen können');
    }
  });

  it('is not done with what has changed since it was shown', async () => {
    const fields = hiddenFields((await receptionist.get(`${page()}?with=${lea.id}`)).text, page());
    await app.app.moveBooking({ bookingId: lea.id, start: NINE + 3 * HOUR, who: { kind: 'client' } });
    const { text } = await receptionist.post(page(), fields).expect(200);
    expect(wordsIn(text)).toContain('Jemand anderes hat diesen Termin inzwischen geändert');
    expect([await placeOf(kim), await placeOf(lea)]).toEqual([
      [NINE, 1],
      [NINE + 3 * HOUR, 2],
    ]);
  });

  it('says when it cannot be: one does not fit where the other is', async () => {
    const long = await bookedFor('Long', {
      query: { ...aRequest().query, topicId: 'career', advisorId: 'a1' },
      start: NINE + 2 * HOUR,
    });
    await booked(app, { query: { ...aRequest().query, advisorId: 'a1' }, start: NINE + HOUR / 2 });
    const { text } = await receptionist.get(`${page()}?with=${long.id}`).expect(409);
    expect(wordsIn(text)).toContain('Mit Long (');
    expect(links((await receptionist.get(page())).text)).not.toContain(long.id);
  });

  it('is open to an advisor between their own bookings, and to nobody with another desk', async () => {
    const advisor = await signedInAs(app, {
      role: 'advisor',
      advisorId: kim.advisorId,
      email: 'own@expat-desk.example',
    });
    const other = await booked(app, {
      query: { ...aRequest().query, advisorId: kim.advisorId === 'a1' ? 'a2' : 'a1' },
    });
    expect(links((await advisor.get(page()).expect(200)).text)).not.toContain(other.id);
    await advisor.get(`${page()}?with=${other.id}`).expect(403);
    await receptionist.get(`${page()}?with=nobody`).expect(404);
    await receptionist.get(`${page()}?with=${kim.id}`).expect(404);
    const mine = await booked(app, {
      query: { ...aRequest().query, advisorId: kim.advisorId },
      start: NINE + 5 * HOUR,
    });
    const { text } = await advisor.get(`${page()}?with=${mine.id}`).expect(200);
    await advisor.post(page(), hiddenFields(text, page())).expect(303);
    expect((await placeOf(kim))[0]).toBe(NINE + 5 * HOUR);
  });
});
