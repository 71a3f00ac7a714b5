import { MINUTE } from '../../../../src/domain/calendar/interval';
import { CLIENT } from '../../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../../support/app';
import { aRequest, booked } from '../../../support/bookings';
import { aClient, aDesk, anAdvisor, aReceptionist, aTopic, NOW, span } from '../../../support/builders';
import { type Browser, signedInAs, wordsIn } from '../../../support/staff';

const DAY = '/staff/expat-desk/day/2026-12-01';
const TABLE = `${DAY}?view=table`;
let app: TestApp;
let receptionist: Browser;
beforeEach(async () => {
  app = await testApp();
  receptionist = await signedInAs(app);
});
afterEach(() => app.close());

const day = async (path = DAY) => (await receptionist.get(path).expect(200)).text;
const row = (html: string, name: string) =>
  html.split('<tr ').find((each) => each.startsWith('class="board-table__booking') && each.includes(name)) ?? '';
/** The advisors of the board in their order. */
const lanes = (html: string) => [...html.matchAll(/<section [^>]*data-advisor="(\w+)"/g)].map(([, id]) => id);
/** What stands in the lanes of the board, each with its place: "gap 09:30-17:00". */
const items = (html: string) =>
  [...html.matchAll(/<li class="([\w -]+) timed"[^>]*? data-from="([^"]*)" data-to="([^"]*)"/g)]
    .map(([, kind = '', from, to]) => `${kind.split(' ').at(-1)} ${from}-${to}`)
    .filter((item) => !item.startsWith('axis'));

describe("The desk's day", () => {
  it('has every field of each booking as a table', async () => {
    const booking = await booked(app);
    const words = row(await day(TABLE), 'Kim Probe').replace(/<[^>]+>/g, ' ');
    for (const field of [
      '09:00–09:30',
      'Kim Probe',
      'Aufenthaltsrecht',
      'Englisch',
      'vor Ort',
      'Gebucht',
      booking.reference,
    ])
      expect(words).toContain(field);
    expect(row(await day(TABLE), 'Kim Probe')).toContain(`href="/staff/bookings/${booking.id}"`);
  });

  it('is printed by time, with phone, note and state, and a page an advisor only when asked for', async () => {
    const query = aRequest().query;
    const client = aClient({ name: 'Kim Probe', phone: '+492115550100' });
    const details = { ...aRequest().details, client, note: 'Bitte langsam' };
    await booked(app, { query: { ...query, advisorId: 'a2' }, details });
    const later = Date.parse('2026-12-01T10:00:00+01:00');
    await booked(app, { query: { ...query, advisorId: 'a1' }, start: later, details: aRequest().details });
    const paper = async (path: string) => (await day(path)).split('<section class="day-print').slice(1);
    const [list = '', ...others] = await paper(DAY);
    expect(others).toEqual([]);
    expect(list.replace(/<[^>]+>|\s+/g, ' ').replace(/ +/g, ' ')).toMatch(
      /09:00–09:30 Kim Probe \+49 211 5550100 Mitteilung: Bitte langsam .*Gebucht.*10:00–10:30/,
    );
    const pages = await paper(`${DAY}?print=advisors`);
    expect(pages.map((page) => [page.startsWith(' day-print--page'), /\d\d:00–/.exec(page)?.[0]])).toEqual([
      [true, '10:00–'],
      [true, '09:00–'],
    ]);
  });

  it('prints a long name whole, each of its words on one line, unless a word is wider than the paper', async () => {
    const words = ['Anna-Katharina', 'Müller-Lüdenscheidt', 'von', 'Beispielshausen', 'x'.repeat(80)];
    const details = { ...aRequest().details, client: aClient({ name: words.join(' ') }) };
    await booked(app, { details });
    const [, list = ''] = (await day()).split('<section class="day-print');
    expect(
      [...list.matchAll(/<span class="day-print__word([^"]*)">([^<]*)</g)].map(([, kind, word]) => [word, kind]),
    ).toEqual(words.map((word) => [word, word.length > 60 ? ' day-print__word--endless' : '']));
    expect(list.replace(/<[^>]+>/g, '')).toContain(words.join(' '));
  });

  it('places everything by the wall time of the desk, whatever the browser thinks', async () => {
    await booked(app, { query: { ...aRequest().query, advisorId: 'a1' } });
    expect(items(await day())).toEqual(['board-card--confirmed 09:00-09:30', 'gap 09:30-17:00', 'gap 09:00-17:00']);
  });

  it('shows what is free, and only what is still to come', async () => {
    app.clock.set('2026-12-01T10:10:00+01:00');
    receptionist = await signedInAs(app, { email: 'later@expat-desk.example' });
    expect(items(await day())).toEqual(['gap 10:10-17:00', 'gap 10:10-17:00']);
  });

  it('shows what a client is booking just now, and the buffer after a consultation', async () => {
    const topics = [aTopic({ bufferMinutes: 15 })];
    const advisors = [anAdvisor({ id: 'a1', topics: ['residence'] })];
    const other = await testApp({ desks: [aDesk({ topics, advisors })] });
    const query = { ...aRequest().query, advisorId: 'a1' };
    await booked(other, { query });
    await other.app.holdSlot({
      who: CLIENT,
      deskId: 'expat-desk',
      query,
      start: Date.parse('2026-12-01T11:00:00+01:00'),
    });
    const browser = await signedInAs(other);
    const { text } = await browser.get(DAY).expect(200);
    const table = await browser.get(TABLE).expect(200);
    await other.close();
    expect(items(text)).toEqual([
      'board-card--confirmed 09:00-09:30',
      'tail 09:30-09:45',
      'gap 09:45-11:00',
      'board-card--held 11:00-11:30',
      'tail 11:30-11:45',
      'gap 11:45-17:00',
    ]);
    expect(wordsIn(text)).toContain('wird gerade gebucht (bis 10:15)');
    expect(wordsIn(table.text)).toContain('Wird gerade gebucht: 11:00–11:30');
  });

  it('ends a stretch that lasts until midnight at 24:00, after its start', async () => {
    const windows = [{ start: '18:00', end: '24:00' }];
    const night = { from: '2026-12-01', to: '2026-12-02', closed: false, windows, reason: { de: 'Lange Nacht' } };
    await app.app.addException({ who: { kind: 'system' }, deskId: 'expat-desk', exception: night });
    expect(items(await day())).toEqual(['gap 18:00-24:00', 'gap 18:00-24:00']);
  });

  it('shows of a night what lies on the day, and misses nobody for a booking over midnight', async () => {
    const windows = [{ start: '22:00', end: '06:00' }];
    const night = { from: '2026-12-01', to: '2026-12-02', closed: false, windows, reason: { de: 'Lange Nacht' } };
    await app.app.addException({ who: { kind: 'system' }, deskId: 'expat-desk', exception: night });
    const query = { ...aRequest().query, topicId: 'career', advisorId: 'a1' };
    await booked(app, { query, start: Date.parse('2026-12-01T23:30:00+01:00') });
    const evening = await day();
    expect(items(evening)).toEqual(['gap 22:00-23:30', 'board-card--confirmed 23:30-24:00', 'gap 22:00-24:00']);
    expect(evening).toContain('data-from="22:00" data-to="24:00"');
    const morning = items(await day('/staff/expat-desk/day/2026-12-02'));
    expect(morning.slice(0, 4)).toEqual([
      'board-card--confirmed 00:00-00:30',
      'gap 00:30-06:00',
      'ground--closed 06:00-09:00',
      'gap 09:00-17:00',
    ]);
  });

  it('names the clock of the day that is shown, and who is not there on it', async () => {
    expect(wordsIn(await day('/staff/expat-desk/day/2027-03-30'))).toContain(
      'Alle Zeiten: Mitteleuropäische Sommerzeit',
    );
    const saturday = wordsIn(await day('/staff/expat-desk/day/2026-12-05?view=table'));
    expect(saturday).toContain('Alle Zeiten: Mitteleuropäische Normalzeit');
    expect(saturday).not.toMatch(/[Hh]eute nicht/);
  });

  it('counts how the bookings stand', async () => {
    const first = await booked(app);
    await booked(app);
    const cancelled = await booked(app, { start: span('2026-12-01T10:00:00+01:00', 30).start });
    const by = aReceptionist('R');
    app.clock.set('2026-12-01T08:50:00+01:00');
    await app.app.recordAttendance({ bookingId: first.id, what: 'check-in', who: by });
    app.clock.set('2026-11-24T10:00:00+01:00');
    await app.app.cancelBooking({ bookingId: cancelled.id, reason: null, who: by });
    const words = wordsIn(await day());
    for (const count of ['1 gebucht', '1 ist da', '1 abgesagt', 'Abgesagt an diesem Tag (1)'])
      expect(words).toContain(count);
  });

  it('says which booking needs somebody, because its advisor is away', async () => {
    const booking = await booked(app);
    const { advisorId, time } = booking;
    await app.app.addAbsence({ who: { kind: 'system' }, deskId: 'expat-desk', advisorId, time, reason: null });
    expect(row(await day(TABLE), 'Kim Probe')).toContain('Umzuplanen');
    expect(items(await day())).toEqual(
      expect.arrayContaining(['board-card--needs 09:00-09:30', 'ground--away 09:00-09:30']),
    );
    expect(wordsIn((await receptionist.get(`/staff/bookings/${booking.id}`)).text)).toContain(
      'Zu dieser Zeit ist niemand da',
    );
  });

  it('begins with the own day for an advisor', async () => {
    const advisor = await signedInAs(app, { role: 'advisor', advisorId: 'a2' });
    expect(lanes((await advisor.get(DAY)).text)).toEqual(['a2', 'a1']);
    expect(lanes(await day())).toEqual(['a1', 'a2']);
  });

  it('follows the working hours of each advisor', async () => {
    const early = anAdvisor({ workingRules: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '08:00', end: '11:00' }] });
    const other = await testApp({ desks: [aDesk({ advisors: [early] })] });
    const { text } = await (await signedInAs(other)).get(DAY);
    expect(items(text)).toEqual(['gap 09:00-11:00']);
    expect(text).toContain('data-from="09:00" data-to="11:00"');
    await other.close();
  });

  it('leads to the days around it, and to any day', async () => {
    const html = await day();
    for (const href of ['/day/2026-11-30', '/day/2026-12-02', '/staff/expat-desk/day"']) expect(html).toContain(href);
    const { headers } = await receptionist.get('/staff/expat-desk/day?date=2027-03-28&view=table').expect(303);
    expect(headers.location).toBe('/staff/expat-desk/day/2027-03-28?view=table');
  });

  it('opens on today at the desk', async () => {
    app.clock.set('2026-12-01T23:30:00Z');
    receptionist = await signedInAs(app, { email: 'later@expat-desk.example' });
    expect(wordsIn(await day('/staff/expat-desk/day'))).toContain('Mittwoch, 2. Dezember 2026');
  });

  it.each([
    '/staff/expat-desk/day?date=2026-02-30',
    '/staff/expat-desk/day?date=x',
    '/staff/expat-desk/day/2026-13-01',
  ])('answers %s with today and what is wrong', async (path) => {
    const { text } = await receptionist.get(path).expect(422);
    expect(text).toContain('href="#date"');
    expect(wordsIn(text)).toContain('Dienstag, 24. November 2026');
  });

  it('says why it is closed', async () => {
    expect(wordsIn(await day('/staff/expat-desk/day/2026-12-25'))).toContain('1. Weihnachtstag (Feiertag)');
    expect(wordsIn(await day('/staff/expat-desk/day/2026-12-05'))).toContain('An diesem Wochentag ist nicht geöffnet');
    const reason = { de: 'Umzug', en: 'Moving house' };
    await app.app.addException({
      who: { kind: 'system' },
      deskId: 'expat-desk',
      exception: { from: '2026-12-02', to: '2026-12-03', closed: true, windows: [], reason },
    });
    expect(wordsIn(await day('/staff/expat-desk/day/2026-12-02'))).toContain('Geschlossen: Umzug');
    expect(wordsIn(await day('/staff/expat-desk/day/2026-12-02?lang=en'))).toContain('Closed: Moving house');
  });

  it('says why it is open at other times', async () => {
    const said = async () => wordsIn(await day('/staff/expat-desk/day/2026-12-02'));
    expect(await said()).not.toContain('Andere Öffnungszeiten');
    const reason = { de: 'Teambesprechung', en: 'Team meeting' };
    const pauses = [{ start: '12:00', end: '13:00' }];
    await app.app.addException({
      who: { kind: 'system' },
      deskId: 'expat-desk',
      exception: { from: '2026-12-02', to: '2026-12-03', closed: false, windows: [], pauses, reason },
    });
    expect(await said()).toContain('Andere Öffnungszeiten: Teambesprechung');
    expect(wordsIn(await day('/staff/expat-desk/day/2026-12-02?lang=en'))).toContain(
      'Other opening hours: Team meeting',
    );
  });

  it('says how the desk is reached, where not all windows are by appointment', async () => {
    expect(wordsIn(await day())).not.toContain('Mit Termin:');
    await app.app.replaceOpeningRules({
      who: { kind: 'system' },
      deskId: 'expat-desk',
      rules: [
        { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '12:00', kind: 'walk_in' },
        { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '12:00', end: '14:00' },
        { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '14:00', end: '16:00', kind: 'phone' },
      ],
    });
    const html = await day();
    const bands = html.match(/<li class="band [^>]*>/g) ?? [];
    expect(new Set(bands)).toEqual(
      new Set([
        '<li class="band band--walk_in timed" data-from="09:00" data-to="12:00">',
        '<li class="band band--phone timed" data-from="14:00" data-to="16:00">',
      ]),
    );
    // Nothing is booked into hours without an appointment.
    const gaps = html.match(/<li class="gap timed" data-from="[^>]*>/g) ?? [];
    expect(new Set(gaps)).toEqual(new Set(['<li class="gap timed" data-from="12:00" data-to="16:00">']));
    const said = wordsIn(html);
    expect(said.split('Ohne Termin: 09:00–12:00')).toHaveLength(1 + 1 + bands.length / 2);
    for (const text of ['Ohne Termin: 09:00–12:00', 'Mit Termin: 12:00–14:00', 'Nur telefonisch: 14:00–16:00'])
      expect(said).toContain(text);
    expect(wordsIn(await day('/staff/expat-desk/day/2026-12-01?view=table&lang=en'))).toContain(
      'Without an appointment: 09:00–12:00',
    );
  });

  it('keeps bookings in sight on a day that closed afterwards', async () => {
    await booked(app);
    const reason = { de: 'Wasserschaden', en: 'Flood' };
    await app.app.addException({
      who: { kind: 'system' },
      deskId: 'expat-desk',
      exception: { from: '2026-12-01', to: '2026-12-02', closed: true, windows: [], reason },
    });
    const html = await day();
    expect(wordsIn(html)).toContain('Wasserschaden');
    expect(items(html)).toContain('board-card--needs 09:00-09:30');
  });

  it('says that nothing is booked', async () => {
    expect(wordsIn(await day())).toContain('noch nichts gebucht');
  });

  it('prints whatever a client wrote as text', async () => {
    const name = `<img src=x onerror=alert(1)> "' {{t}}`;
    await booked(app, { details: { ...aRequest().details, client: aClient({ name }) } });
    const html = await day();
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt; &quot;&#x27; {{t}}');
  });

  it('takes as many statements with many bookings as with few', async () => {
    const statements: string[] = [];
    const counted = await testApp({ onStatement: (sql) => statements.push(sql) });
    const browser = await signedInAs(counted);
    const count = async () => {
      statements.length = 0;
      await browser.get(DAY).expect(200);
      return statements.length;
    };
    // The first look after a change reads what is remembered then.
    await count();
    const few = await count();
    for (let i = 0; i < 8; i++)
      await booked(counted, { start: span('2026-12-01T09:00:00+01:00', 30).start + i * 30 * MINUTE });
    await count();
    expect(await count()).toBe(few);
    await counted.close();
  });

  it('shows the page without JavaScript as the script does with it: nothing is inline', async () => {
    const html = await day();
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  });
});

describe('An admin', () => {
  it('sees the days of all desks', async () => {
    const two = await testApp({
      now: NOW,
      desks: [aDesk(), aDesk({ id: 'wuppertal', name: { de: 'Wuppertal', en: 'Wuppertal' } })],
    });
    const admin = await signedInAs(two, { role: 'admin' });
    expect((await admin.get(DAY)).text).toContain('href="/staff/wuppertal/day"');
    await admin.get('/staff/wuppertal/day').expect(200);
    await admin.get('/staff/nowhere/day').expect(404);
    await two.close();
  });
});
