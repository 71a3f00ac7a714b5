import { MINUTE } from '../../../../src/domain/calendar/interval';
import { type TestApp, testApp } from '../../../support/app';
import { allBookings, aRequest, booked } from '../../../support/bookings';
import { aClient, aDesk, anAdvisor, aTopic, span } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const NEW = '/staff/expat-desk/bookings/new';
const WISH = 'topic=residence&language=en&mode=in_person&advisor=';
const NINE = '2026-12-01T09:00:00+01:00';
const DETAILS = `${NEW}?${WISH}&start=${encodeURIComponent(NINE)}`;
const CALLER = {
  source: 'phone',
  name: 'Ayşe Örnek',
  phone: '0211 5550100',
  email: '',
  mailLanguage: 'en',
  attendees: '',
  note: '',
};

let app: TestApp;
let receptionist: Browser;
beforeEach(async () => {
  app = await testApp();
  receptionist = await signedInAs(app);
});
afterEach(() => app.close());

const times = (html: string) => [...html.matchAll(/name="start" id="[\w-]+" value="([^"]+)"/g)].map(([, at]) => at);
/** From the details to the page that asks whether all is right. */
const check = (fields: Record<string, string> = {}) =>
  receptionist.submit(DETAILS, NEW, { ...CALLER, ...fields, step: 'check' });

describe('Booking for a caller', () => {
  it('begins with the wish, and then the free times, each with who would take it', async () => {
    const { text: first } = await receptionist.get(NEW).expect(200);
    expect(times(first)).toEqual([]);
    const { text } = await receptionist.get(`${NEW}?${WISH}&date=2026-12-01`).expect(200);
    expect(times(text)[0]).toBe(NINE);
    expect(text).toMatch(/Ada Beispiel oder [A-Z]/);
  });

  it('offers the slot that is running now, without lead time', async () => {
    const { text } = await receptionist.get(`${NEW}?${WISH}`).expect(200);
    expect(times(text)[0]).toBe('2026-11-24T10:00:00+01:00');
    app.clock.set('2026-11-24T10:20:00+01:00');
    expect(times((await receptionist.get(`${NEW}?${WISH}`)).text)[0]).toBe('2026-11-24T10:00:00+01:00');
  });

  it('says of a slot that is running since when, and never chooses it by itself', async () => {
    app.clock.set('2026-11-24T10:20:00+01:00');
    const { text } = await receptionist.get(`${NEW}?${WISH}`).expect(200);
    expect(wordsIn(text)).toMatch(/10:00–10:30 läuft seit 10:00 .*10:30–11:00 (?!läuft)/);
    expect(wordsIn(text).match(/läuft seit/g)).toHaveLength(1);
    // "Another time", after one was chosen.
    const { _csrf = '' } = hiddenFields(text, '/staff/sign-out');
    const back = async (time: string) => {
      const query = { topic: 'residence', language: 'en', mode: 'in_person' };
      const start = `2026-11-24T${time}:00+01:00`;
      const page = (await receptionist.post(NEW, { _csrf, ...query, ...CALLER, start, step: 'times' }).expect(200))
        .text;
      return new RegExp(`value="2026-11-24T${time}[^"]*" checked`).test(page);
    };
    expect([await back('10:00'), await back('10:30')]).toEqual([false, true]);
  });

  it('keeps the person out of every address', async () => {
    const { text } = await check().expect(200);
    expect(text).not.toMatch(/href="[^"]*(Ay|5550100)/);
  });

  it('says that a topic is not offered in that mode', async () => {
    const topics = [aTopic({ modes: ['in_person'] }), aTopic({ id: 'career', modes: ['phone'] })];
    const strict = await testApp({ desks: [aDesk({ topics })] });
    const browser = await signedInAs(strict);
    const { text } = await browser.get(`${NEW}?topic=residence&language=en&mode=phone`).expect(422);
    expect(text).toContain('href="#mode"');
    await strict.close();
  });

  it.each([
    ['topic', 'topic=&language=en&mode=in_person'],
    ['topic', 'topic=nowhere&language=en&mode=in_person'],
    ['language', 'topic=residence&language=&mode=in_person'],
    ['language', `topic=residence&language=%3Cscript%3E&mode=in_person&start=${encodeURIComponent(NINE)}`],
    ['language', `topic=residence&language=not a tag&mode=in_person&start=${encodeURIComponent(NINE)}`],
    ['mode', `topic=residence&language=en&mode=letter&start=${encodeURIComponent(NINE)}`],
    ['advisor', `${WISH}nobody&start=${encodeURIComponent(NINE)}`],
  ])("asks again for a %s that is missing or not the desk's: %s", async (field, query) => {
    const { text } = await receptionist.get(`${NEW}?${query}`).expect(422);
    expect(text).toContain(`href="#${field}"`);
    const _csrf = hiddenFields(text, '/staff/sign-out')._csrf ?? '';
    const sent = { ...Object.fromEntries(new URLSearchParams(query)), ...CALLER, start: NINE, _csrf, step: 'book' };
    await receptionist.post(NEW, sent).expect(200);
    expect(await allBookings(app)).toEqual([]);
  });

  it('asks for nothing yet where a link has chosen advisor and day', async () => {
    const { text } = await receptionist.get(`${NEW}?date=2026-12-01&advisor=a1`).expect(200);
    expect(text).not.toContain('error-summary');
  });

  it('needs a time', async () => {
    const { text } = await receptionist.get(`${NEW}?${WISH}&date=2026-12-01&continue=yes`).expect(422);
    expect(text).toContain('href="#start"');
  });

  it('books without mail address, and gives the reference to read out and a slip', async () => {
    const { text } = await check().expect(200);
    expect(wordsIn(text)).toContain('Ayşe Örnek bekommt keine Mail.');
    expect(wordsIn(text)).toContain('+49 211 5550100');
    const { headers } = await receptionist.post(NEW, { ...hiddenFields(text, NEW), step: 'book' }).expect(303);
    const [booking] = await allBookings(app);
    expect(booking).toMatchObject({
      client: { name: 'Ayşe Örnek', email: null, phone: '+492115550100', language: 'en' },
      source: 'phone',
      status: 'confirmed',
      time: span(NINE, 30),
      attendees: 1,
      tied: false,
    });
    expect(headers.location).toBe(`/staff/bookings/${booking?.id}/slip?new=1`);
    const done = wordsIn((await receptionist.get(headers.location as string)).text);
    expect(done).toContain(`Referenz zum Vorlesen ${booking?.reference}`);
    expect((await app.outbox(booking?.id ?? '')).map(({ recipient }) => recipient)).toEqual(['staff']);
    const [event] = await app.storage.bookings.history(booking?.id ?? '');
    expect(event?.by).toEqual({ kind: 'staff', name: 'Rezi Empfang' });
  });

  it('says in which language the mail goes out to a mail address', async () => {
    const { text } = await check({ email: 'ayse@client.example', mailLanguage: 'de' }).expect(200);
    expect(wordsIn(text)).toContain('bekommt eine Mail an ayse@client.example, Sprache: Deutsch.');
  });

  it('gives a walk-in the advisor whom they asked for', async () => {
    const start = encodeURIComponent('2026-11-24T10:00:00+01:00');
    const query = `${NEW}?topic=residence&language=en&mode=in_person&advisor=a2&start=${start}`;
    expect((await receptionist.get(query)).text).toMatch(/value="walk_in" checked/);
    const { text } = await receptionist.submit(query, NEW, { ...CALLER, source: 'walk_in', step: 'check' }).expect(200);
    await receptionist.post(NEW, { ...hiddenFields(text, NEW), step: 'book' }).expect(303);
    expect((await allBookings(app))[0]).toMatchObject({ source: 'walk_in', advisorId: 'a2', tied: true });
  });

  it.each([
    [{ name: '' }, '#name'],
    [{ name: 'x'.repeat(201) }, '#name'],
    [{ email: 'kim@@client' }, '#email'],
    [{ phone: 'call me' }, '#phone'],
    [{ phone: '000000' }, '#phone'],
    [{ attendees: '0' }, '#attendees'],
    [{ attendees: 'two' }, '#attendees'],
    [{ note: 'x'.repeat(501) }, '#note'],
    [{ source: 'web' }, '#source'],
    [{ mailLanguage: 'xx' }, '#mailLanguage'],
  ])('asks again for %j and keeps the rest', async (wrong, href) => {
    const { text } = await check(wrong).expect(200);
    expect(text).toContain(`href="${href}"`);
    expect(text).toContain('value="en"');
    if (!('phone' in wrong)) expect(text).toContain('value="0211 5550100"');
    expect(await allBookings(app)).toEqual([]);
  });

  it('needs a number for the phone and an address for video', async () => {
    const by = (mode: string) => DETAILS.replace('in_person', mode);
    const phone = await receptionist.submit(by('phone'), NEW, { ...CALLER, phone: '', step: 'check' }).expect(200);
    expect(wordsIn(phone.text)).toContain('Für ein Telefongespräch brauchen wir eine Nummer.');
    expect(phone.text).not.toContain('id="attendees"');
    const video = await receptionist.submit(by('video'), NEW, { ...CALLER, step: 'check' }).expect(200);
    expect(wordsIn(video.text)).toContain('Für ein Videogespräch brauchen wir eine Mail-Adresse');
  });

  it('can be changed on the way, and nothing is lost', async () => {
    const { text } = await check({ note: 'Rollstuhl' }).expect(200);
    const fields = hiddenFields(text, NEW);
    const details = await receptionist.post(NEW, { ...fields, step: 'details' }).expect(200);
    expect(details.text).toContain('>Rollstuhl</textarea>');
    const other = await receptionist.post(NEW, { ...fields, step: 'times' }).expect(200);
    expect(times(other.text)).toContain('2026-12-01T09:30:00+01:00');
    const later = { ...lastForm(other.text), start: '2026-12-01T09:30:00+01:00', step: 'check' };
    const again = await receptionist.post(NEW, later).expect(200);
    expect(wordsIn(again.text)).toContain('Rollstuhl');
    await receptionist.post(NEW, { ...hiddenFields(again.text, NEW), step: 'book' }).expect(303);
    expect((await allBookings(app))[0]).toMatchObject({
      note: 'Rollstuhl',
      time: span('2026-12-01T09:30:00+01:00', 30),
    });
  });

  it('says why a day has nothing, and that what is kept for urgent matters may be had for them', async () => {
    const kept = { language: null, topicId: null, urgent: true, startsPerDay: 16, releaseWorkingDays: 0 };
    const advisors = [anAdvisor({ languages: ['en', 'de'], topics: ['residence'] })];
    const strict = await testApp({ desks: [aDesk({ advisors, reserves: [kept] })] });
    const browser = await signedInAs(strict);
    const on = async (date: string, more = '') => (await browser.get(`${NEW}?${WISH}&date=${date}${more}`)).text;
    expect(wordsIn(await on('2026-12-05'))).toContain('An diesem Wochentag ist nicht geöffnet.');
    expect(wordsIn(await on('2026-12-25'))).toContain('Geschlossen: 1. Weihnachtstag (Feiertag).');
    const tuesday = await on('2026-12-01');
    expect(wordsIn(tuesday)).toContain('Was an diesem Tag noch frei ist, ist für andere freigehalten.');
    expect(tuesday).toContain('id="urgent"');
    expect(times(await on('2026-12-01', '&urgent=true'))).toHaveLength(16);
    await strict.close();
  });

  it('asks whether it is urgent only where something is kept for that', async () => {
    expect((await receptionist.get(NEW).expect(200)).text).not.toContain('id="urgent"');
  });

  it('stays urgent on the way, and its page says so', async () => {
    const urgent = DETAILS.replace('topic=', 'urgent=true&topic=');
    const { text } = await receptionist.submit(urgent, NEW, { ...CALLER, step: 'check' }).expect(200);
    expect(wordsIn(text)).toContain('dringend');
    const fields = hiddenFields(text, NEW);
    const other = await receptionist.post(NEW, { ...fields, step: 'times' }).expect(200);
    expect(other.text).toMatch(/id="urgent" name="urgent" type="checkbox" value="true" checked/);
    await receptionist.post(NEW, { ...fields, step: 'book' }).expect(303);
    const [booking] = await allBookings(app);
    expect(booking).toMatchObject({ urgent: true });
    for (const page of ['', '/move', '/cancel'])
      expect(wordsIn((await receptionist.get(`/staff/bookings/${booking?.id}${page}`)).text)).toContain('dringend');
  });

  it.each(['', '&urgent=', '&urgent=yes'])('is not urgent unless the box was ticked: %j', async (said) => {
    const { text } = await receptionist.submit(`${DETAILS}${said}`, NEW, { ...CALLER, step: 'check' }).expect(200);
    await receptionist.post(NEW, { ...hiddenFields(text, NEW), step: 'book' }).expect(303);
    const [booking] = await allBookings(app);
    expect(booking).toMatchObject({ urgent: false });
    expect(wordsIn((await receptionist.get(`/staff/bookings/${booking?.id}`)).text)).not.toContain('dringend');
  });

  it('says for whom an employer has booked', async () => {
    const { text } = await check({ personName: 'Lee Muster', organisation: 'Muster GmbH' }).expect(200);
    expect(wordsIn(text)).toContain('Lee Muster, Muster GmbH');
    await receptionist.post(NEW, { ...hiddenFields(text, NEW), step: 'book' }).expect(303);
    const onBehalfOf = { name: 'Lee Muster', organisation: 'Muster GmbH' };
    expect((await allBookings(app))[0]).toMatchObject({ onBehalfOf, client: { name: CALLER.name } });
  });

  it.each([
    ['attendees', { attendees: '0x10' }],
    ['attendees', { attendees: '1e1' }],
    ['personName', { organisation: 'Muster GmbH' }],
  ])('asks again for %s after %j', async (field, typed) => {
    const { text } = await check(typed as Record<string, string>).expect(200);
    expect(text).toContain(`href="#${field}"`);
    expect(await allBookings(app)).toEqual([]);
  });

  it('warns of a namesake’s booking also where they have cancelled more often than the page has room for', async () => {
    await booked(app, { details: { ...aRequest().details, client: aClient({ name: CALLER.name }) } });
    const by = { kind: 'client' } as const;
    for (let i = 1; i <= 6; i++) {
      const start = Date.parse(NINE) + i * 30 * MINUTE;
      const { id } = await booked(app, {
        start,
        details: { ...aRequest().details, client: aClient({ name: CALLER.name }) },
      });
      await app.app.cancelBooking({ bookingId: id, reason: null, who: by });
    }
    const { text } = await check().expect(200);
    expect(wordsIn(text)).toContain('Unter diesem Namen ist schon etwas gebucht');
  });

  it('says who has the same name already', async () => {
    await booked(app, { details: { ...aRequest().details, client: aClient({ name: 'AYSE Ornek' }) } });
    const { text } = await check().expect(200);
    expect(wordsIn(text)).toContain('Unter diesem Namen ist schon etwas gebucht');
  });

  it('makes one booking if it is sent twice', async () => {
    const fields = { ...hiddenFields((await check().expect(200)).text, NEW), step: 'book' };
    const answers = await Promise.all([receptionist.post(NEW, fields), receptionist.post(NEW, fields)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
    expect(await allBookings(app)).toHaveLength(1);
  });

  it('asks before it books a second time with a form that was used already', async () => {
    const fields = { ...hiddenFields((await check().expect(200)).text, NEW), step: 'book' };
    await receptionist.post(NEW, fields).expect(303);
    const { text } = await receptionist.post(NEW, { ...fields, name: 'Zweite Person' }).expect(200);
    expect(wordsIn(text)).toContain('Mit diesem Formular wurde schon ein Termin eingetragen.');
    await receptionist.post(NEW, { ...hiddenFields(text, NEW), step: 'book' }).expect(303);
    expect(await allBookings(app)).toHaveLength(2);
  });

  it('offers the nearest times if the chosen one has just gone, with all that was typed', async () => {
    const fields = { ...hiddenFields((await check({ note: 'Rollstuhl' }).expect(200)).text, NEW), step: 'book' };
    for (const _ of [1, 2]) await booked(app);
    const { text } = await receptionist.post(NEW, fields).expect(200);
    expect(wordsIn(text)).toContain('Diese Zeit ist inzwischen vergeben.');
    expect(times(text)).toContain('2026-12-01T09:30:00+01:00');
    const next = { ...lastForm(text), start: '2026-12-01T09:30:00+01:00', step: 'check' };
    expect(wordsIn((await receptionist.post(NEW, next).expect(200)).text)).toContain('Rollstuhl');
  });
});

/** The hidden fields of the form with the times, which is the second one for this address. */
function lastForm(html: string): Record<string, string> {
  return hiddenFields(html.slice(html.lastIndexOf('<form ')), NEW);
}
