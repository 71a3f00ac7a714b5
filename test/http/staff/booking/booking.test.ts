import type { Booking } from '../../../../src/domain/booking/booking';
import { type TestApp, testApp } from '../../../support/app';
import { aRequest, booked } from '../../../support/bookings';
import { aClient, aDeskThatAsks, aQuestion, aReceptionist } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

let app: TestApp;
let receptionist: Browser;
let booking: Booking;
beforeEach(async () => {
  const since = aQuestion({
    id: 'since',
    label: { de: 'Seit wann sind Sie hier?', en: 'Since when have you been here?' },
  });
  app = await testApp({ desks: [aDeskThatAsks([since])] });
  receptionist = await signedInAs(app);
  booking = await booked(app);
});
afterEach(() => app.close());

const page = () => `/staff/bookings/${booking.id}`;
const action = (what: string) => `${page()}/${what}`;
const current = async () => (await app.storage.bookings.find(booking.id)) as Booking;
const press = (what: string) => receptionist.submit(page(), action(what));

describe('The page of a booking', () => {
  it('has everything about it', async () => {
    const full = await booked(app, {
      details: {
        client: aClient({ name: 'Ken 山田', phone: '+49 211 5550100', language: 'de' }),
        attendees: 3,
        onBehalfOf: { organisation: 'Beispiel AG', name: 'Noor Muster' },
        people: [{ name: 'Noor Muster', email: 'noor@client.example', language: 'ar' }],
        support: ['wheelchair'],
        note: 'Zeile eins\n<b>Zeile zwei</b>',
        answers: { since: '2025' },
      },
    });
    const { text } = await receptionist.get(`/staff/bookings/${full.id}`).expect(200);
    const words = wordsIn(text);
    for (const fact of [
      'Ken 山田',
      'Dienstag, 1. Dezember 2026, 09:00–09:30',
      'Gebucht',
      full.reference,
      'Aufenthaltsrecht',
      'Englisch',
      'vor Ort',
      '+49 211 5550100',
      'kim@client.example',
      'Sprache der Mails Deutsch',
      'Personen 3',
      'Noor Muster, Beispiel AG',
      'Zeile eins',
      'Seit wann sind Sie hier? 2025',
      'Über die Website',
      'Klientin oder Klient',
      'wird gesendet',
    ])
      expect(words).toContain(fact);
    expect(text).toContain('&lt;b&gt;Zeile zwei&lt;/b&gt;');
    expect(text).toContain('href="tel:+492115550100"');
  });

  it('tells its history with who and why, the latest first', async () => {
    await app.app.moveBooking({
      bookingId: booking.id,
      start: booking.time.start + 3_600_000,
      who: { kind: 'client' },
    });
    await app.app.cancelBooking({
      bookingId: booking.id,
      reason: 'Zug fällt aus',
      who: aReceptionist('Rezi Empfang'),
    });
    const words = wordsIn((await receptionist.get(page())).text);
    expect(words).toMatch(
      /Abgesagt · Rezi Empfang .* Zug fällt aus Verschoben · .*vorher Di, 1. Dezember, 09:00–09:30.* Gebucht · /,
    );
  });

  it('tells who had it before it was reassigned, and what was mailed', async () => {
    const other = await booked(app);
    expect([booking.advisorId, other.advisorId]).toEqual(['a1', 'a2']);
    await app.app.cancelBooking({ bookingId: booking.id, reason: null, who: { kind: 'client' } });
    await app.run('sendOutbox');
    await booked(app, { query: { ...aRequest().query, language: 'ja' } });
    const words = wordsIn((await receptionist.get(`/staff/bookings/${other.id}`)).text);
    expect(words).toMatch(/abgegeben, damit ein weiterer Termin Platz hat · Programm .* vorher mit Bo Muster Gebucht/);
    expect(words).toContain('Mitteilung der Änderung an die Beraterin oder den Berater');
  });

  it('is not there for a booking that nobody made', async () => {
    for (const id of ['nobody', '00000000-0000-4000-8000-000000000000', '%00'])
      await receptionist.get(`/staff/bookings/${id}`).expect(404);
  });
});

describe('Attendance', () => {
  beforeEach(async () => {
    app.clock.set('2026-12-01T09:20:00+01:00');
    receptionist = await signedInAs(app, { email: 'today@expat-desk.example' });
  });

  const shown = async () => (await receptionist.get(page())).text;
  const at = async (time: string) => {
    app.clock.set(time);
    receptionist = await signedInAs(app, { email: `${time}@expat-desk.example` });
    return shown();
  };

  it('is one press each: here, done; and each is taken back where it is said', async () => {
    const { headers } = await press('check-in').expect(303);
    expect(headers.location).toBe(`${page()}?done=checked_in`);
    const { text } = await receptionist.get(headers.location as string);
    expect(wordsIn(text)).toMatch(/Vermerkt: Die Person ist da. Rückgängig/);
    expect(hiddenFields(text, action('undo-check-in'))).toMatchObject({ version: '2' });
    expect(wordsIn(text)).not.toContain('Doch nicht da');
    expect(wordsIn(await shown())).toContain('Doch nicht da');
    await press('complete').expect(303);
    expect(await current()).toMatchObject({ status: 'completed', version: 3, sequence: 0 });
    expect((await app.storage.bookings.history(booking.id)).at(-1)?.by).toEqual({
      kind: 'staff',
      name: 'Rezi Empfang',
    });
    expect((await press('reopen').expect(303)).headers.location).toBe(`${page()}?done=reopened`);
    expect((await current()).status).toBe('checked_in');
    await press('undo-check-in').expect(303);
    expect((await current()).status).toBe('confirmed');
    expect(wordsIn(await shown())).toMatch(/Anmeldung zurückgenommen .*Wieder geöffnet .*Erledigt .*Ist da .*Gebucht/);
  });

  it('can take back that somebody did not come', async () => {
    const { headers } = await press('no-show').expect(303);
    const { text } = await receptionist.get(headers.location as string);
    expect(wordsIn(text)).toContain('Doch noch gekommen');
    expect(wordsIn(text)).toMatch(/nicht gekommen. Rückgängig/);
    await press('check-in').expect(303);
    expect((await current()).status).toBe('checked_in');
  });

  it.each([
    ['2026-11-24T10:00:00+01:00', 'Das geht nur am Tag des Termins', 'Das geht erst, wenn der Termin begonnen hat'],
    ['2026-12-01T05:30:00+01:00', 'drei Stunden vor dem Beginn', 'Das geht erst, wenn der Termin begonnen hat'],
  ])('is neither offered nor taken at %s', async (time, early, notBegun) => {
    const text = await at(time);
    for (const what of ['check-in', 'complete', 'no-show']) expect(text).not.toContain(action(what));
    const { _csrf = '' } = hiddenFields(text, '/staff/sign-out');
    for (const [what, words] of [
      ['check-in', early],
      ['complete', notBegun],
      ['no-show', notBegun],
    ] as const)
      expect(wordsIn((await receptionist.post(action(what), { _csrf, version: '1' }).expect(200)).text)).toContain(
        words,
      );
    expect(await current()).toEqual(booking);
  });

  it('offers a check-in from three hours before the start, and the rest from the start', async () => {
    const early = await at('2026-12-01T06:00:00+01:00');
    expect(early).toContain(action('check-in'));
    for (const what of ['complete', 'no-show']) expect(early).not.toContain(action(what));
    const begun = await at('2026-12-01T09:00:00+01:00');
    for (const what of ['check-in', 'complete', 'no-show']) expect(begun).toContain(action(what));
  });

  it('is noted once where it is pressed twice, and so is taking it back', async () => {
    for (const what of ['check-in', 'undo-check-in']) {
      const fields = hiddenFields(await shown(), action(what));
      for (const _ of [1, 2]) await receptionist.post(action(what), fields).expect(303);
    }
    expect((await current()).version).toBe(3);
  });

  it('shows the new state and overwrites nothing on a page that is out of date', async () => {
    const fields = hiddenFields(await shown(), action('check-in'));
    await app.app.moveBooking({
      bookingId: booking.id,
      start: booking.time.start + 3_600_000,
      who: aReceptionist('R'),
    });
    const { text } = await receptionist.post(action('check-in'), fields).expect(200);
    expect(wordsIn(text)).toContain('Jemand anderes hat diesen Termin inzwischen geändert');
    expect(wordsIn(text)).toContain('10:00–10:30');
    expect((await current()).status).toBe('confirmed');
    await receptionist.post(action('check-in'), hiddenFields(text, action('check-in'))).expect(303);
  });

  it('mails nobody', async () => {
    const before = (await app.outbox(booking.id)).length;
    await press('check-in').expect(303);
    await press('undo-check-in').expect(303);
    expect(await app.outbox(booking.id)).toHaveLength(before);
  });

  it('leads to the booking if its address is opened as a page', async () => {
    for (const what of ['check-in', 'undo-check-in', 'reopen', 'restore']) {
      const { headers } = await receptionist.get(action(what)).expect(303);
      expect(headers.location).toBe(page());
    }
  });
});

describe('Cancelling', () => {
  const cancel = (reason: string) => receptionist.submit(action('cancel'), action('cancel'), { reason });

  it('asks, and says who will be mailed in which language', async () => {
    const words = wordsIn((await receptionist.get(action('cancel')).expect(200)).text);
    expect(words).toContain('Soll dieser Termin wirklich abgesagt werden?');
    expect(words).toContain('Kim Probe bekommt eine Mail an kim@client.example, Sprache: Englisch.');
  });

  it('keeps the reason, tells the client, frees the time', async () => {
    const { headers } = await cancel('Beraterin erkrankt').expect(303);
    expect(headers.location).toBe(`${page()}?done=cancelled`);
    expect(await current()).toMatchObject({ status: 'cancelled', sequence: 1 });
    expect((await app.storage.bookings.history(booking.id)).at(-1)).toMatchObject({ reason: 'Beraterin erkrankt' });
    expect((await app.outbox(booking.id)).map(({ kind }) => kind)).toContain('cancelled');
    const busy = await app.storage.bookings.busy('expat-desk', booking.time, app.clock.now());
    expect(busy).toEqual([]);
  });

  it.each([
    ['', 'Bitte geben Sie einen Grund an.'],
    ['x'.repeat(501), 'Bitte höchstens 500 Zeichen.'],
  ])('needs a reason of a length that can be read', async (reason, message) => {
    const { text } = await cancel(reason).expect(200);
    expect(text).toContain('href="#reason"');
    expect(wordsIn(text)).toContain(message);
    expect((await current()).status).toBe('confirmed');
  });

  it('asks to phone a client without mail', async () => {
    const client = aClient({ email: null, phone: '0211 5550100' });
    const other = await booked(app, { details: { ...aRequest().details, client } });
    const { text } = await receptionist.get(`/staff/bookings/${other.id}/cancel`);
    expect(wordsIn(text)).toContain('Kim Probe hat keine Mail-Adresse. Bitte rufen Sie an: +49 211 5550100.');
  });

  it('keeps the reason and asks again on a page that is out of date', async () => {
    const { text: before } = await receptionist.get(action('cancel'));
    await app.app.moveBooking({
      bookingId: booking.id,
      start: booking.time.start + 3_600_000,
      who: { kind: 'client' },
    });
    const fields = { ...hiddenFields(before, action('cancel')), reason: 'Brand im Haus' };
    const { text } = await receptionist.post(action('cancel'), fields).expect(200);
    expect(text).toContain('value="Brand im Haus"');
    expect(wordsIn(text)).toContain('10:00–10:30');
    await receptionist
      .post(action('cancel'), { ...hiddenFields(text, action('cancel')), reason: 'Brand im Haus' })
      .expect(303);
    expect((await current()).status).toBe('cancelled');
  });

  it('makes one cancellation and one mail if it is sent twice', async () => {
    const fields = {
      ...hiddenFields((await receptionist.get(action('cancel'))).text, action('cancel')),
      reason: 'krank',
    };
    for (const _ of [1, 2]) await receptionist.post(action('cancel'), fields).expect(303);
    expect((await current()).version).toBe(2);
    const told = (await app.outbox(booking.id)).filter(
      ({ kind, recipient }) => kind === 'cancelled' && recipient === 'client',
    );
    expect(told).toHaveLength(1);
  });

  it('is taken back where it is said, and later from the page', async () => {
    await app.run('sendOutbox');
    const { headers } = await cancel('Falsche Person').expect(303);
    const { text } = await receptionist.get(headers.location as string);
    expect(wordsIn(text)).toMatch(/Der Termin ist abgesagt. Rückgängig/);
    const fields = hiddenFields(text, action('restore'));
    const restored = await receptionist.post(action('restore'), fields).expect(303);
    expect(restored.headers.location).toBe(`${page()}?done=restored`);
    await receptionist.post(action('restore'), fields).expect(303);
    expect(await current()).toMatchObject({ status: 'confirmed', sequence: 2, version: 3 });
    const words = wordsIn((await receptionist.get(restored.headers.location as string)).text);
    expect(words).toContain('Die Absage ist zurückgenommen');
    expect(words).toContain('Rücknahme der Absage an die Klientin oder den Klienten');

    await cancel('Doch').expect(303);
    const later = (await receptionist.get(page())).text;
    expect(wordsIn(later)).toContain('Absage zurücknehmen');
    await app.app.addAbsence({
      who: { kind: 'system' },
      deskId: 'expat-desk',
      advisorId: 'a2',
      time: booking.time,
      reason: null,
    });
    await booked(app);
    const taken = await receptionist.post(action('restore'), hiddenFields(later, action('restore'))).expect(200);
    expect(wordsIn(taken.text)).toMatch(/bleibt abgesagt. Am nächsten frei: .*Di, 1. Dezember, 09:30/);
    expect((await current()).status).toBe('cancelled');
  });

  it('is not offered for what is over', async () => {
    app.clock.set('2026-12-01T09:20:00+01:00');
    receptionist = await signedInAs(app, { email: 'today@expat-desk.example' });
    await press('check-in').expect(303);
    await press('complete').expect(303);
    const { text } = await receptionist.get(action('cancel')).expect(409);
    expect(text).not.toContain('name="reason"');
  });
});

describe('The slip', () => {
  it('is in the language of the client, with what to bring', async () => {
    const { text } = await receptionist.get(`${page()}/slip`).expect(200);
    const slip = text.slice(text.indexOf('class="sheet" lang="en" dir="ltr"'));
    for (const fact of [booking.reference, 'Tuesday, 1 December 2026', 'Residence law', 'Passport', 'Musterplatz 1'])
      expect(slip).toContain(fact);
  });

  it('has the link to change the booking only when it is asked for, and the history says by whom', async () => {
    const token = app.deps.tokens.tokenFor(booking.id);
    for (const path of [page(), `${page()}/slip`, `${page()}/slip?new=1`, `${page()}/cancel`, `${page()}/move`])
      expect((await receptionist.get(path).expect(200)).text).not.toContain(token);

    const fields = hiddenFields((await receptionist.get(`${page()}/slip`)).text, `${page()}/slip`);
    for (let press = 0; press < 2; press++) {
      const { text } = await receptionist.post(`${page()}/slip`, fields).expect(200);
      expect(wordsIn(text)).toContain(`Move or cancel it yourself: http://desk.example/b/${token}`);
    }
    const history = await app.storage.bookings.history(booking.id);
    expect(history.map(({ type, by }) => [type, by])).toEqual([
      ['booked', { kind: 'client' }],
      ['link_printed', { kind: 'staff', name: 'Rezi Empfang' }],
    ]);
    expect(await current()).toEqual(booking);
    expect(wordsIn((await receptionist.get(page())).text)).toContain('Link zum Ändern ausgedruckt · Rezi Empfang');
  });

  it('is printed with the link only by who may change the booking, and while it can be changed', async () => {
    const advisor = await signedInAs(app, { role: 'advisor', advisorId: 'a2', email: 'a2@expat-desk.example' });
    const own = (await receptionist.get(`${page()}/slip`)).text;
    const theirs = (await advisor.get(`${page()}/slip`).expect(200)).text;
    expect(theirs).not.toContain(`action="${page()}/slip"`);
    const fields = { ...hiddenFields(own, `${page()}/slip`), ...hiddenFields(theirs, '/staff/sign-out') };
    await advisor.post(`${page()}/slip`, fields).expect(403);
    await app.app.cancelBooking({ bookingId: booking.id, reason: null, who: { kind: 'client' } });
    const { text } = await receptionist.post(`${page()}/slip`, hiddenFields(own, `${page()}/slip`)).expect(200);
    expect(text).not.toContain(app.deps.tokens.tokenFor(booking.id));
    expect((await receptionist.get(`${page()}/slip`)).text).not.toContain(`action="${page()}/slip"`);
  });
});
