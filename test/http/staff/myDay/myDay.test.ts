import { HOUR, MINUTE } from '../../../../src/domain/calendar/interval';
import { SYSTEM } from '../../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../../support/app';
import { aRequest, booked } from '../../../support/bookings';
import { aClient, aDesk, anAdvisor, aReceptionist, TUESDAY_NINE } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const MINE = '/staff/expat-desk/my-day';
const NINE = TUESDAY_NINE.start;
const HOSTILE = '<img src=x onerror=alert(1)>"\'';
const { details, query } = aRequest();

let app: TestApp;
let ada: Browser;
beforeEach(async () => {
  app = await testApp({ desks: [aDesk(), aDesk({ id: 'wuppertal' })] });
});
afterEach(() => app.close());

const page = async (path = MINE, who = ada) => (await who.get(path).expect(200)).text;
const words = async (path = MINE, who = ada) => wordsIn(await page(path, who));
const aVisit = (hours: number, part: Partial<typeof details> = {}, more: Partial<typeof query> = {}) =>
  booked(app, {
    start: NINE + hours * HOUR,
    query: { ...query, advisorId: 'a1', ...more },
    details: { ...details, ...part },
  });
/** Sets the clock, and signs Ada in, whose session lasts no longer than a day. */
const adaAt = async (time: string) => {
  app.clock.set(time);
  ada = await signedInAs(app, { role: 'advisor', advisorId: 'a1' });
};
const atNine = () => adaAt('2026-12-01T08:55:00+01:00');
/** Presses the button of a form of the page, and returns the page to which it leads. */
async function press(action: string, fields: Record<string, string> = {}, path = MINE) {
  const { headers } = await ada.post(action, { ...hiddenFields(await page(path), action), ...fields }).expect(303);
  return String(headers.location);
}

describe('My day', () => {
  it('is where an advisor begins; reception and managers begin with the board', async () => {
    await atNine();
    await ada.get('/staff').expect('Location', MINE);
    for (const role of ['receptionist', 'manager'] as const) {
      const other = await signedInAs(app, { role, email: `${role}2@expat-desk.example` });
      await other.get('/staff').expect('Location', '/staff/expat-desk/day');
      await other.get(MINE).expect(403);
      expect((await other.get('/staff/expat-desk/day')).text).not.toContain(`href="${MINE}"`);
    }
    expect(await page()).toMatch(/href="\/staff\/expat-desk\/my-day" aria-current="page">Mein Tag/);
  });

  it('is nobody else’s: not of another advisor, and there is none at another desk', async () => {
    await aVisit(0, { client: aClient({ name: 'Kim Probe' }) });
    await atNine();
    const bo = await signedInAs(app, { role: 'advisor', advisorId: 'a2', email: 'bo@expat-desk.example' });
    const elsewhere = await signedInAs(app, {
      deskId: 'wuppertal',
      role: 'advisor',
      advisorId: 'a1',
      email: 'w@w.example',
    });
    expect(await words()).toContain('Kim Probe');
    expect(await words(MINE, bo)).not.toContain('Kim Probe');
    for (const path of [
      MINE,
      `${MINE}/2026-12-01/print`,
      '/staff/expat-desk/my-next-day.html',
      '/staff/expat-desk/my-absence',
    ])
      await elsewhere.get(path).expect(404);
    await elsewhere
      .post(MINE, hiddenFields(await page('/staff/wuppertal/my-day', elsewhere), '/staff/sign-out'))
      .expect(404);
  });

  it('has on top what is next, with all that was told, and the button that fits', async () => {
    const note = 'Is there parking nearby?';
    await aVisit(2.5, { note, attendees: 3, support: ['wheelchair'] });
    await atNine();
    const text = await page();
    expect(wordsIn(text)).toMatch(
      /Als Nächstes 11:30 Kim Probe Englisch · Aufenthaltsrecht · vor Ort · 3 Personen · fest zugesagt Mitteilung: Is there parking nearby\?/,
    );
    expect(wordsIn(text)).toContain('Gebraucht wird Rollstuhl, ohne Stufen');
    expect(text).toMatch(/<p class="my-facts__note" dir="ltr" lang="en">/);
    expect(text).toMatch(/kern-btn--primary" type="submit" aria-label="Ist da: Kim Probe"/);
    expect(text).toContain('class="my-now"');
  });

  it('leads with one button from the check-in to the end, each undone by another', async () => {
    const { id } = await aVisit(0);
    await atNine();
    const to = (what: string) => `/staff/bookings/${id}/${what}`;
    expect(await words(await press(to('check-in')))).toMatch(/Kim Probe ist da Rückgängig/);
    expect(await words(await press(to('call')))).toMatch(/Kim Probe ist aufgerufen Rückgängig.*aufgerufen um 08:55/);
    const undone = await press(to('undo-begin'), {}, `${MINE}?done=called&of=${id}`);
    expect(undone).toBe(`${MINE}/2026-12-01?done=begin_undone&of=${id}`);
    await press(to('begin'));
    expect(await words()).toMatch(/Jetzt in Beratung 09:00 Kim Probe/);
    app.clock.advance(20 * MINUTE);
    expect(await words(await press(to('complete')))).toMatch(/Kim Probe – erledigt.*Das war heute der letzte Termin/);
    expect(await app.storage.bookings.find(id)).toMatchObject({ status: 'completed' });
  });

  it('has who waits at the desk without an appointment, if there is time for them', async () => {
    await atNine();
    await app.app.addWalkIn({
      who: aReceptionist(),
      deskId: 'expat-desk',
      topicId: 'residence',
      language: 'en',
      name: null,
      urgent: null,
    });
    app.clock.set('2026-12-01T09:00:00+01:00');
    expect(await words()).toMatch(/Wartet ohne Termin: W1, Aufenthaltsrecht, Englisch Nächste Person/);
    await press('/staff/expat-desk/queue');
    expect(await words()).not.toContain('Wartet ohne Termin');
    expect(await words('/staff/expat-desk/queue')).toMatch(/W1 aufgerufen .*Ada Beispiel/);
  });

  it('calls by phone and opens a video, where that is what is agreed', async () => {
    await aVisit(0, { client: aClient({ phone: '+493023125001' }) }, { mode: 'phone' });
    const { id } = await aVisit(1, {}, { mode: 'video' });
    await app.app.changeVideoLink({
      bookingId: id,
      who: SYSTEM,
      videoLink: 'https://video.example/x',
    });
    await atNine();
    expect(await page()).toMatch(/kern-btn--primary" href="tel:\+493023125001" aria-label="Kim Probe anrufen: /);
    expect(await words()).toContain('Video starten ab 09:50');
    app.clock.advance(HOUR);
    expect(await page()).toMatch(/kern-btn--primary" href="https:\/\/video\.example\/x"[^>]* rel="noreferrer"/);
  });

  it('says that somebody was here before, and when and why', async () => {
    const first = await aVisit(-24 * 6);
    app.clock.set('2026-11-25T09:00:00+01:00');
    await app.app.recordAttendance({ bookingId: first.id, who: SYSTEM, what: 'complete' });
    await aVisit(1);
    await atNine();
    expect(await words()).toContain('2. Besuch, davor Mi, 25. November (Aufenthaltsrecht)');
  });

  it('shows what people typed as text', async () => {
    await aVisit(1, {
      client: aClient({ name: HOSTILE }),
      note: HOSTILE,
      onBehalfOf: { organisation: HOSTILE, name: HOSTILE },
    });
    await atNine();
    for (const path of [MINE, `${MINE}?view=week`, `${MINE}?view=list`, `${MINE}/2026-12-01/print`]) {
      const text = await page(path);
      expect(text).not.toContain('<img src=x');
      expect(text).toContain('&lt;img src&#x3D;x');
    }
    expect(await page('/staff/expat-desk/my-next-day.html')).not.toContain('<img src=x');
  });

  it('blocks what is free and gives it back, as a whole and in part', async () => {
    await aVisit(2);
    await atNine();
    const today = `${MINE}/2026-12-01`;
    const blocked = await press(today, { from: '09:00', until: '11:00', step: 'block' });
    expect(await words(blocked)).toMatch(/09:00–11:00 ist blockiert\. .*Rückgängig/);
    const given = await press(today, {}, blocked);
    expect(await words(given)).toMatch(/09:00–11:00 ist wieder frei\. Rückgängig/);
    await press(today, {}, given);
    expect(await words()).toMatch(/09:00–11:00 nicht da Wieder freigeben/);
    await press(today, { step: 'block', from: '14:00', until: '14:30' });
    expect(await words()).toMatch(/14:00–14:30 nicht da Wieder freigeben/);
  });

  it('says what cannot be blocked, and why', async () => {
    await aVisit(2);
    await atNine();
    const send = async (fields: Record<string, string>) => {
      const today = `${MINE}/2026-12-01`;
      const { text } = await ada.submit(MINE, today, { step: 'block', ...fields }).expect(200);
      return wordsIn(text);
    };
    expect(await send({ from: '11:00', until: '12:00' })).toContain('Diese Zeit ist nicht mehr frei');
    expect(await send({ from: '07:00', until: '08:00' })).toContain('oder sie ist vorbei');
    const wrong = await send({ gap: '17:00', from: '12:00', until: 'later' });
    expect(wrong).toContain('Bitte geben Sie einen Beginn und ein späteres Ende an');
    expect(await send({ step: 'unblock', of: 'nothing' })).toContain('Diese Zeit ist schon wieder frei');
    expect(await app.storage.desks.absences('expat-desk', { start: 0, end: Number.MAX_SAFE_INTEGER })).toEqual([]);
  });

  it("gives back no colleague's time", async () => {
    const time = { start: NINE, end: NINE + HOUR };
    await app.storage.write(({ desks }) =>
      desks.addAbsence('expat-desk', { id: 'of-bo', advisorId: 'a2', time, reason: null }),
    );
    await atNine();
    await ada.submit(MINE, `${MINE}/2026-12-01`, { step: 'unblock', of: 'of-bo' }).expect(200);
    expect(await app.storage.desks.findAbsence('of-bo')).toBeDefined();
  });

  it('has a week, a list and other days', async () => {
    await aVisit(1);
    await aVisit(25);
    await atNine();
    expect(await words(`${MINE}?view=week`)).toMatch(
      /Mo, 30\. November bis So, 6\. Dezember.*10:00 Kim Probe.*10:00 Kim Probe/,
    );
    expect(await words(`${MINE}?view=list`)).toMatch(/Di, 1\. Dezember bis Mo, 14\. Dezember.*1 Termin/);
    await ada.get(`${MINE}?date=2026-12-02&view=week`).expect('Location', `${MINE}/2026-12-02?view=week`);
    expect(await words(`${MINE}/2026-12-02`)).toContain('Mittwoch, 2. Dezember 2026');
    const wrong = await ada.get(`${MINE}/2026-02-30`).expect(422);
    expect(wordsIn(wrong.text)).toContain('Bitte einen Tag angeben, den es gibt');
  });

  it('says why there is nothing, and when the next one is', async () => {
    const { id } = await aVisit(24);
    await atNine();
    expect(await words()).toMatch(/Heute haben Sie keine Termine\. Der nächste: Mittwoch, 2\. Dezember 2026 um 09:00/);
    expect(await words(`${MINE}/2026-12-03`)).toContain('An diesem Tag haben Sie noch keine Termine.');
    expect(await words(`${MINE}/2026-12-25`)).toMatch(/Geschlossen: .*Weihnachtstag/);
    const time = { start: NINE - HOUR, end: NINE + 12 * HOUR };
    await app.storage.write(({ desks }) =>
      desks.addAbsence('expat-desk', { id: 'x', advisorId: 'a1', time, reason: 'Kur' }),
    );
    expect(await words()).toMatch(/An diesem Tag sind Sie nicht da\. .*nicht da: Kur/);
    await app.app.cancelBooking({ bookingId: id, reason: null, who: { kind: 'client' } });
    expect(await words(`${MINE}/2026-12-02`)).toContain('Abgesagt an diesem Tag (1)');
  });

  it('says on a day off that it is one', async () => {
    const workingRules = [{ rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '17:00' }];
    await app.storage.write(({ desks }) => desks.putAdvisor('expat-desk', anAdvisor({ workingRules }), 'staff'));
    await atNine();
    expect(await words()).toContain('An diesem Tag sind Sie nicht im Dienst.');
  });
});

describe('My day on paper', () => {
  it('has each consultation with its note and room for what came out', async () => {
    await aVisit(0, { note: 'Bring the lease?', client: aClient({ phone: '+493023125001' }) });
    await aVisit(1);
    await atNine();
    const text = await page(`${MINE}/2026-12-01/print`);
    expect(wordsIn(text)).toMatch(
      /Ada Beispiel: Dienstag, 1\. Dezember 2026 .*Stand Dienstag, 1\. Dezember 2026 um 08:55/,
    );
    expect(wordsIn(text)).toMatch(
      /09:00–09:30 Kim Probe .*Bring the lease\? .*Telefon: \+49 30 23125001 Ergebnis und nächste Schritte/,
    );
    expect(text.match(/class="my-paper__item"/g)).toHaveLength(2);
    await ada.get(`${MINE}/someday/print`).expect(404);
  });

  it('is a file of the next working day that needs nothing else, and says until when it is true', async () => {
    const first = await aVisit(-24 * 6);
    app.clock.set('2026-11-25T09:00:00+01:00');
    await app.app.recordAttendance({ bookingId: first.id, who: SYSTEM, what: 'complete' });
    await aVisit(0, { note: 'Bring the lease?' });
    await adaAt('2026-11-27T15:00:00+01:00');
    await app.storage.write(({ desks }) =>
      desks.addAbsence('expat-desk', {
        ...{ id: 'monday', advisorId: 'a1', reason: null },
        time: { start: NINE - 24 * HOUR, end: NINE - 12 * HOUR },
      }),
    );
    const { text, headers } = await ada.get('/staff/expat-desk/my-next-day.html').expect(200);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': 'attachment; filename=2026-12-01.html',
    });
    expect(wordsIn(text)).toMatch(
      /personenbezogene Daten.*Stand von Freitag, 27\. November 2026 um 15:00.*Bring the lease\?/,
    );
    expect(wordsIn(text)).toContain('2. Besuch, davor Mi, 25. November (Aufenthaltsrecht)');
    expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(text).not.toMatch(/<script|<link|<img|src=|https?:|url\(/);
    expect(text).not.toMatch(/<a [^>]*href="\//);
  });
});

describe('An own absence', () => {
  it('is entered in two presses from my day, shown to reception as a task with the plan, and undone', async () => {
    const { id } = await booked(app, {
      start: NINE + 3 * HOUR,
      query: { ...query, language: 'de', advisorId: undefined },
    });
    await adaAt('2026-12-01T11:30:00+01:00');
    const receptionist = await signedInAs(app);
    expect(await words()).toContain('Ab jetzt krank, bis 17:00');
    const plan = await press('/staff/expat-desk/my-absence');
    expect(await words(plan)).toMatch(
      /Ada Beispiel: Vorschlag .*11:30–17:00.*Macht der Empfang: 1 Termin.*Vorschlag für den Empfang: .*12:00, Bo Muster/,
    );
    expect(await press(plan, {}, plan)).toBe(plan);
    expect(await words(plan)).toMatch(/Der Plan ist ausgeführt\. Rückgängig/);
    expect(await words()).toMatch(/Heute sind Sie nicht mehr da\..*11:30–17:00 nicht da Ändern/);
    expect(await words('/staff/expat-desk/my-absence')).toContain(
      'Schon eingetragen Dienstag, 1. Dezember 2026, 11:30–17:00',
    );

    const tasks = (await receptionist.get('/staff/expat-desk/tasks').expect(200)).text;
    expect(tasks).toContain(`href="${plan}"`);
    const { text } = await receptionist.get(plan).expect(200);
    expect(wordsIn(text)).toContain('Einige Termine liegen noch in der Abwesenheit.');
    const anew = await receptionist.post(plan, { ...hiddenFields(text, plan), step: 'rest' }).expect(303);
    const second = String(anew.headers.location);
    await receptionist.submit(second, second).expect(303);
    expect(await app.storage.bookings.find(id)).toMatchObject({ advisorId: 'a2' });

    await ada.post(plan, { ...hiddenFields(await page(plan), plan), step: 'undo' }).expect(303);
    expect(await words()).not.toContain('nicht da');
  });

  it('has a form for another time, and opens no plan of others', async () => {
    await atNine();
    const form = '/staff/expat-desk/my-absence';
    const wrong = await ada
      .submit(form, form, {
        from: '2026-12-08T09:00',
        until: '2026-12-07T09:00',
        kind: 'closure',
      })
      .expect(200);
    expect(wordsIn(wrong.text)).toContain('Bitte geben Sie eine Zeit nach dem Beginn an');
    const right = await ada
      .submit(form, form, { from: '2026-12-08T09:00', until: '2026-12-09T17:00', kind: 'leave' })
      .expect(303);
    const plan = String(right.headers.location);
    expect(await words(plan)).toContain('Kein Termin ist betroffen.');
    const bo = await signedInAs(app, { role: 'advisor', advisorId: 'a2', email: 'bo@expat-desk.example' });
    await bo.get(plan).expect(403);
    await bo.get('/staff/expat-desk/plans/nothing').expect(403);
  });
});
