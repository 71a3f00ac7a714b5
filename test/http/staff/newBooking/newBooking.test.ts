import { MINUTE } from '../../../../src/domain/calendar/interval';
import { type TestApp, testApp } from '../../../support/app';
import { allBookings, aRequest, booked } from '../../../support/bookings';
import { aClient, aDesk, anAdvisor, aTopic, span } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const NEW = '/staff/expat-desk/bookings/new';
const WISH = 'topic=residence&language=en&mode=in_person&advisor=';
const QUERY = Object.fromEntries(new URLSearchParams(WISH));
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
/** The starts that are chosen. */
const checked = (html: string) =>
  [...html.matchAll(/value="([^"]+)" checked>\s*<label class="slot/g)].map(([, at]) => at);
/** Presses the button with everything that is filled in. */
const book = (fields: Record<string, string> = {}) =>
  receptionist.submit(DETAILS, NEW, { ...QUERY, start: NINE, ...CALLER, step: 'book', ...fields });

describe('Booking for a caller', () => {
  it('begins with the wish, and then the first eight times over all days, each with who would take it', async () => {
    const { text: first } = await receptionist.get(NEW).expect(200);
    expect(times(first)).toEqual([]);
    expect(first).not.toContain('name="name"');
    const { text } = await receptionist.get(`${NEW}?${WISH}`).expect(200);
    expect(text).toMatch(/Ada Beispiel oder [A-Z]/);
    const found = times(text).filter((at) => at !== '2026-11-24T10:00:00+01:00');
    expect(found).toHaveLength(8);
    expect(found[0]).toBe('2026-11-24T10:30:00+01:00');
    expect(checked(text)).toEqual(['2026-11-24T10:30:00+01:00']);
  });

  it('goes on to other days where a day has not enough, and keeps to the afternoons if that is asked', async () => {
    app.clock.set('2026-11-24T15:45:00+01:00');
    const late = await signedInAs(app, { email: 'late@expat-desk.example' });
    const days = times((await late.get(`${NEW}?${WISH}`).expect(200)).text).map((at) => at?.slice(0, 10));
    expect(new Set(days).size).toBeGreaterThan(1);
    const afternoons = times((await late.get(`${NEW}?${WISH}&when=afternoon`).expect(200)).text);
    expect(afternoons.filter((at) => at !== '2026-11-24T15:30:00+01:00')).toHaveLength(8);
    for (const at of afternoons) expect(at?.slice(11, 16) ?? '').toMatch(/^1[2-9]/);
  });

  it('offers the slot that is running now, without lead time', async () => {
    const { text } = await receptionist.get(`${NEW}?${WISH}`).expect(200);
    expect(times(text)).toContain('2026-11-24T10:00:00+01:00');
    app.clock.set('2026-11-24T10:20:00+01:00');
    expect(times((await receptionist.get(`${NEW}?${WISH}`)).text)).toContain('2026-11-24T10:00:00+01:00');
  });

  it('says of a slot that is running since when, apart from the others, and never chooses it by itself', async () => {
    app.clock.set('2026-11-24T10:20:00+01:00');
    const { text } = await receptionist.get(`${NEW}?${WISH}`).expect(200);
    expect(wordsIn(text)).toMatch(/10:30–11:00 .*Läuft gerade .*10:00–10:30 läuft seit 10:00/);
    expect(wordsIn(text).match(/läuft seit/g)).toHaveLength(1);
    expect(checked(text)).toEqual(['2026-11-24T10:30:00+01:00']);
    const running = encodeURIComponent('2026-11-24T10:00:00+01:00');
    const asked = (await receptionist.get(`${NEW}?${WISH}&start=${running}`).expect(200)).text;
    expect(checked(asked)).toEqual(['2026-11-24T10:00:00+01:00']);
    expect(asked).toMatch(/value="walk_in" checked/);
  });

  it('chooses the start in the address of a gap on the board, on its day and with its advisor', async () => {
    const gap = new URLSearchParams({ date: '2026-12-01', start: '2026-12-01T11:30:00+01:00', advisor: 'a1' });
    const { text: first } = await receptionist.get(`${NEW}?${gap}`).expect(200);
    expect(first).not.toContain('error-summary');
    const form = hiddenGet(first);
    const asked = new URLSearchParams({
      ...form,
      topic: 'residence',
      language: 'en',
      advisor: 'a1',
      date: '2026-12-01',
    });
    const { text } = await receptionist.get(`${NEW}?${asked}`).expect(200);
    expect(checked(text)).toEqual(['2026-12-01T11:30:00+01:00']);
    asked.set('start', '2026-12-01T11:45:00+01:00');
    const other = (await receptionist.get(`${NEW}?${asked}`).expect(200)).text;
    expect(wordsIn(other)).toContain('Dienstag, 1. Dezember 2026 um 11:45 ist dafür nicht frei.');
    expect(checked(other)).toEqual(['2026-12-01T09:00:00+01:00']);
  });

  it('greys what is impossible, and says what is possible', async () => {
    const advisors = [
      anAdvisor(),
      anAdvisor({ id: 'a2', name: 'Bo Muster', languages: ['ja'], topics: ['residence'] }),
    ];
    const topics = [aTopic(), aTopic({ id: 'career', modes: ['phone'] })];
    const strict = await testApp({ desks: [aDesk({ advisors, topics })] });
    const browser = await signedInAs(strict);
    const { text } = await browser.get(`${NEW}?topic=career`).expect(200);
    expect(text).not.toContain('error-summary');
    expect(text).toMatch(/<option value="ja" disabled>[^<]*spricht dazu niemand<\/option>/);
    expect(wordsIn(text)).toContain('Möglich: Deutsch oder Englisch.');
    expect(text).toMatch(/<option value="in_person" disabled>[^<]*gibt es dazu nicht<\/option>/);
    expect(text).toMatch(/<option value="phone" selected>/);
    const { text: asked } = await browser.get(`${NEW}?topic=career&language=ja`).expect(200);
    expect(wordsIn(asked)).toContain('Zu diesem Thema spricht hier niemand diese Sprache.');
    // What was chosen is not lost: a browser does not send what is disabled.
    expect(asked).toMatch(/<option value="ja" selected>/);
    await strict.close();
  });

  it('keeps the person out of every address', async () => {
    const { text } = await book({ name: '', note: 'Ayşe 5550100' }).expect(200);
    // The version in the addresses of assets is by chance anything.
    expect(text.replace(/\?v=[\w-]+/g, '')).not.toMatch(/(href|action)="[^"]*(Ay|5550100)/);
    expect(text).toContain('method="post" action="/staff/expat-desk/bookings/new"');
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
    expect((await receptionist.post(NEW, sent).expect(200)).text).toContain(`href="#${field}"`);
    expect(await allBookings(app)).toEqual([]);
  });

  it('asks for nothing yet where a link has chosen advisor and day', async () => {
    const { text } = await receptionist.get(`${NEW}?date=2026-12-01&advisor=a1`).expect(200);
    expect(text).not.toContain('error-summary');
  });

  it('keeps what was typed where the query is wrong, and what is not asked for meanwhile', async () => {
    const { text } = await book({ topic: '', note: 'Rollstuhl', attendees: '3' }).expect(200);
    expect(text).toContain('href="#topic"');
    expect(hiddenFields(text, NEW)).toMatchObject({ name: CALLER.name, phone: CALLER.phone, note: 'Rollstuhl' });
    const call = await book({ mode: 'phone', attendees: '3', step: 'times' }).expect(200);
    expect(hiddenFields(call.text, NEW)).toMatchObject({ attendees: '3' });
    expect(hiddenFields(call.text, NEW)).not.toHaveProperty('name');
  });

  it('needs a time', async () => {
    const { text } = await book({ start: '' }).expect(200);
    expect(text).toContain('href="#start"');
    expect(checked(text)).toEqual([]);
  });

  it('books without mail address, and gives the reference to read out and a slip', async () => {
    const { headers } = await book({ mailLanguage: '', source: 'phone' }).expect(303);
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
    expect(done).toContain('Dienstag, 1. Dezember, 9 Uhr');
    expect((await app.outbox(booking?.id ?? '')).map(({ recipient }) => recipient)).toEqual(['staff']);
    const [event] = await app.storage.bookings.history(booking?.id ?? '');
    expect(event?.by).toEqual({ kind: 'staff', name: 'Rezi Empfang' });
  });

  it('notes what the caller needs, and keeps it while the mode does not ask for it', async () => {
    const ticked = { 'support-wheelchair': 'true', 'support-sign_language': 'true' };
    const call = await book({ ...ticked, mode: 'phone', step: 'times' }).expect(200);
    expect(hiddenFields(call.text, NEW)).toMatchObject({ 'support-wheelchair': 'true' });
    expect(call.text).toMatch(/name="support-sign_language" type="checkbox" value="true" checked/);
    expect(call.text).not.toMatch(/name="support-wheelchair" type="checkbox"/);
    await book(ticked).expect(303);
    expect((await allBookings(app))[0]?.support).toEqual(['wheelchair', 'sign_language']);
  });

  it('says that without an address there is no mail, and sends one in the chosen language', async () => {
    expect(wordsIn((await receptionist.get(DETAILS)).text)).toContain(
      'Mit E-Mail-Adresse bekommt die Person eine Mail.',
    );
    await book({ email: 'ayse@client.example', mailLanguage: 'de' }).expect(303);
    expect((await allBookings(app))[0]?.client).toMatchObject({ email: 'ayse@client.example', language: 'de' });
  });

  it('gives a walk-in the advisor whom they asked for', async () => {
    const start = encodeURIComponent('2026-11-24T10:00:00+01:00');
    const query = `${NEW}?topic=residence&language=en&mode=in_person&advisor=a2&start=${start}`;
    expect((await receptionist.get(query)).text).toMatch(/value="walk_in" checked/);
    await book({ advisor: 'a2', start: '2026-11-24T10:00:00+01:00', source: 'walk_in' }).expect(303);
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
    const { text } = await book(wrong).expect(200);
    expect(text).toContain(`href="${href}"`);
    expect(text).toContain('value="en"');
    if (!('phone' in wrong)) expect(text).toContain('value="0211 5550100"');
    expect(await allBookings(app)).toEqual([]);
  });

  it('needs a number for the phone and an address for video', async () => {
    const phone = await book({ mode: 'phone', phone: '' }).expect(200);
    expect(wordsIn(phone.text)).toContain('Für ein Telefongespräch brauchen wir eine Nummer.');
    expect(phone.text).not.toContain('id="attendees"');
    const video = await book({ mode: 'video' }).expect(200);
    expect(wordsIn(video.text)).toContain('Für ein Videogespräch brauchen wir eine Mail-Adresse');
  });

  it('can be changed on the way, and nothing is lost', async () => {
    const times1 = await book({ note: 'Rollstuhl', step: 'times', topic: 'career' }).expect(200);
    expect(times1.text).toContain('>Rollstuhl</textarea>');
    expect(times1.text).toContain('value="Ayşe Örnek"');
    expect(times1.text).not.toContain('error-summary');
    expect(times1.text).toMatch(/<option value="career" selected>/);
    const day = await book({ note: 'Rollstuhl', day: '2026-12-02', step: '' }).expect(200);
    expect(day.text).toContain('name="date" type="date" value="2026-12-02"');
    expect(day.text).toContain('>Rollstuhl</textarea>');
    expect(await allBookings(app)).toEqual([]);
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
    expect((await receptionist.get(urgent)).text).toMatch(
      /id="urgent" name="urgent" type="checkbox" value="true" checked/,
    );
    await book({ urgent: 'true' }).expect(303);
    const [booking] = await allBookings(app);
    expect(booking).toMatchObject({ urgent: true });
    for (const page of ['', '/move', '/cancel'])
      expect(wordsIn((await receptionist.get(`/staff/bookings/${booking?.id}${page}`)).text)).toContain('dringend');
  });

  it.each([{}, { urgent: '' }, { urgent: 'yes' }])('is not urgent unless the box was ticked: %j', async (said) => {
    await book(said as Record<string, string>).expect(303);
    const [booking] = await allBookings(app);
    expect(booking).toMatchObject({ urgent: false });
    expect(wordsIn((await receptionist.get(`/staff/bookings/${booking?.id}`)).text)).not.toContain('dringend');
  });

  it('says for whom an employer has booked', async () => {
    const { headers } = await book({ personName: 'Lee Muster', organisation: 'Muster GmbH' }).expect(303);
    const onBehalfOf = { name: 'Lee Muster', organisation: 'Muster GmbH' };
    expect((await allBookings(app))[0]).toMatchObject({ onBehalfOf, client: { name: CALLER.name } });
    expect(headers.location).toContain('/slip');
  });

  it.each([
    ['attendees', { attendees: '0x10' }],
    ['attendees', { attendees: '1e1' }],
    ['personName', { organisation: 'Muster GmbH' }],
  ])('asks again for %s after %j', async (field, typed) => {
    const { text } = await book(typed as Record<string, string>).expect(200);
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
    const { text } = await book().expect(200);
    expect(wordsIn(text)).toContain('Unter diesem Namen ist schon etwas gebucht');
  });

  it('asks once who has the same name already, names the bookings, and books after that', async () => {
    await booked(app, { details: { ...aRequest().details, client: aClient({ name: 'AYSE Ornek' }) } });
    const { text } = await book().expect(200);
    expect(wordsIn(text)).toContain('Unter diesem Namen ist schon etwas gebucht AYSE Ornek , Di, 1. Dezember');
    expect(wordsIn(text)).toContain('Es ist noch nichts eingetragen');
    expect(wordsIn(text)).toContain('Trotzdem buchen');
    expect(await allBookings(app)).toHaveLength(1);
    const { seen = '' } = hiddenFields(text, NEW);
    // Other bookings than those that were seen are asked about again.
    expect((await book({ seen: 'x' }).expect(200)).text).toContain('error-summary');
    await book({ seen }).expect(303);
    expect(await allBookings(app)).toHaveLength(2);
  });

  it('asks once about an address that is probably a slip of the pen', async () => {
    const { text } = await book({ email: 'ayse@gmial.com' }).expect(200);
    expect(wordsIn(text)).toContain('ayse@gmail.com');
    await book({ email: 'ayse@gmial.com', seen: hiddenFields(text, NEW).seen ?? '' }).expect(303);
  });

  it('knows an earlier client again, and fills in their phone, mail and language only when they are chosen', async () => {
    const client = aClient({ name: 'Ayse Ornek', email: 'a@client.example', phone: '+492115550199', language: 'de' });
    const { id } = await booked(app, { details: { ...aRequest().details, client } });
    app.clock.set('2026-12-02T08:00:00+01:00');
    receptionist = await signedInAs(app, { email: 'next-day@expat-desk.example' });
    const fields = { phone: '', start: '2026-12-03T09:00:00+01:00' };
    const names = await book({ ...fields, step: 'names' }).expect(200);
    expect(names.text).toContain('Schon einmal hier');
    expect(names.text).toContain('data-phone="+49 211 5550199"');
    expect(names.text).not.toContain('<html');
    const { text } = await book({ ...fields, take: id, step: '' }).expect(200);
    expect(text).toContain('value="+49 211 5550199"');
    expect(text).toContain('value="a@client.example"');
    expect(text).toMatch(/<option value="de" lang="de" selected>/);
    expect(await allBookings(app)).toHaveLength(1);
  });

  it('makes one booking if it is sent twice', async () => {
    const fields = await filledIn();
    const answers = await Promise.all([receptionist.post(NEW, fields), receptionist.post(NEW, fields)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
    expect(await allBookings(app)).toHaveLength(1);
  });

  it('makes one booking if it is sent again when the first is done, and does not doubt about that one', async () => {
    const fields = await filledIn();
    const first = await receptionist.post(NEW, fields).expect(303);
    await receptionist.post(NEW, fields).expect(303).expect('Location', String(first.headers.location));
    expect(await allBookings(app)).toHaveLength(1);
  });

  it('asks before it books a second time with a form that was used already', async () => {
    const fields = await filledIn();
    await receptionist.post(NEW, fields).expect(303);
    const second = { ...fields, name: 'Zweite Person' };
    const { text } = await receptionist.post(NEW, second).expect(200);
    expect(wordsIn(text)).toContain('Mit diesem Formular wurde schon ein Termin eingetragen.');
    await receptionist.post(NEW, { ...second, ...hiddenFields(text, NEW) }).expect(303);
    expect(await allBookings(app)).toHaveLength(2);
  });

  it('offers the nearest times if the chosen one has just gone, with all that was typed', async () => {
    const fields = { ...(await filledIn()), note: 'Rollstuhl' };
    for (const _ of [1, 2]) await booked(app);
    const { text } = await receptionist.post(NEW, fields).expect(200);
    expect(wordsIn(text)).toContain('Diese Zeit ist inzwischen vergeben.');
    expect(times(text)).toContain('2026-12-01T09:30:00+01:00');
    expect(text).toContain('>Rollstuhl</textarea>');
    expect(checked(text)).toEqual([]);
    await receptionist.post(NEW, { ...fields, start: '2026-12-01T09:30:00+01:00', key: 'k2' }).expect(303);
  });
});

describe('A time that is held for a caller', () => {
  const holdsOf = async () =>
    ((await app.everything()).booking as { status: string }[]).filter(({ status }) => status === 'held');
  it('is held for the form, moves with another choice, becomes the booking', async () => {
    const fields = await filledIn();
    const held = await receptionist.post(NEW, { ...fields, step: 'hold' }).expect(200);
    expect(held.text).toBe('09:00 Uhr ist für Sie gehalten bis 10:15 Uhr.');
    await receptionist.post(NEW, { ...fields, start: '2026-12-01T09:30:00+01:00', step: 'hold' }).expect(200);
    expect(await holdsOf()).toHaveLength(1);
    app.clock.advance(5 * MINUTE);
    const again = await receptionist.post(NEW, { ...fields, start: '2026-12-01T09:30:00+01:00', step: 'hold' });
    expect(again.text).toContain('bis 10:20');
    expect(await holdsOf()).toHaveLength(1);
    await receptionist.post(NEW, { ...fields, start: '2026-12-01T09:30:00+01:00' }).expect(303);
    expect(await holdsOf()).toEqual([]);
    expect((await allBookings(app))[0]?.time).toEqual(span('2026-12-01T09:30:00+01:00', 30));
  });

  it('is given back, and by nobody but who holds it', async () => {
    const fields = await filledIn();
    await receptionist.post(NEW, { ...fields, step: 'hold' }).expect(200);
    const other = await signedInAs(app, { email: 'other@expat-desk.example' });
    const { _csrf = '' } = hiddenFields((await other.get(NEW)).text, '/staff/sign-out');
    await other.post(NEW, { _csrf, key: fields.key ?? '', step: 'leave' }).expect(204);
    expect(await holdsOf()).toHaveLength(1);
    await receptionist.post(NEW, { _csrf: fields._csrf ?? '', key: fields.key ?? '', step: 'leave' }).expect(204);
    expect(await holdsOf()).toEqual([]);
  });

  it('may be the one that is running, and is not offered to others meanwhile', async () => {
    const running = { ...(await filledIn()), start: '2026-11-24T10:00:00+01:00', advisor: 'a1' };
    await receptionist.post(NEW, { ...running, step: 'hold' }).expect(200);
    const other = { ...(await filledIn()), key: 'another', start: running.start, advisor: 'a1' };
    const { text } = await receptionist.post(NEW, { ...other, step: 'hold' }).expect(409);
    expect(text).toContain('Diese Zeit ist inzwischen vergeben.');
  });

  it('is not held without a start or a topic', async () => {
    const fields = await filledIn();
    await receptionist.post(NEW, { ...fields, start: '', step: 'hold' }).expect(422);
    await receptionist.post(NEW, { ...fields, topic: '', step: 'hold' }).expect(422);
  });
});

/** What the form sends when it is filled in. */
async function filledIn(): Promise<Record<string, string>> {
  const { text } = await receptionist.get(DETAILS);
  return { ...hiddenFields(text, NEW), ...QUERY, ...CALLER, start: NINE, step: 'book' };
}

/** The hidden fields of the form by GET, and the start that it asks for. */
function hiddenGet(html: string): Record<string, string> {
  const form = html.slice(html.indexOf('id="caller"'), html.lastIndexOf('</form>'));
  const inputs = form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  return Object.fromEntries([...inputs].map(([, name, value]) => [name, value]));
}
