import type { Booking } from '../../../../src/domain/booking/booking';
import { MINUTE } from '../../../../src/domain/calendar/interval';
import { type TestApp, testApp } from '../../../support/app';
import { aRequest, booked } from '../../../support/bookings';
import { aClient, aReceptionist, span } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

let app: TestApp;
let receptionist: Browser;
let booking: Booking;
beforeEach(async () => {
  app = await testApp();
  receptionist = await signedInAs(app);
  booking = await booked(app);
});
afterEach(() => app.close());

const TEN = '2026-12-01T10:00:00+01:00';
const move = () => `/staff/bookings/${booking.id}/move`;
const current = async () => (await app.storage.bookings.find(booking.id)) as Booking;
const times = (html: string) => [...html.matchAll(/name="start" id="[\w-]+" value="([^"]+)"/g)].map(([, at]) => at);

describe('A move', () => {
  const page = () => `/staff/bookings/${booking.id}`;
  const undo = () => `${page()}/undo-move`;

  it('is undone where it is said, once for two presses, and that is undone as well', async () => {
    const { headers } = await receptionist.submit(move(), move(), { start: TEN, advisor: 'a2' }).expect(303);
    const { text } = await receptionist.get(headers.location as string).expect(200);
    expect(wordsIn(text)).toMatch(/Der Termin ist verschoben. Rückgängig/);
    for (const _ of [1, 2]) await receptionist.post(undo(), hiddenFields(text, undo())).expect(303, /done=move_undone/);
    expect(await current()).toMatchObject({ time: booking.time, advisorId: 'a1', version: 3 });
    const back = (await receptionist.get(`${page()}?done=move_undone`)).text;
    expect(wordsIn(back)).toMatch(/Das Verschieben ist rückgängig gemacht. Rückgängig/);
    await receptionist.post(undo(), hiddenFields(back, undo())).expect(303);
    expect(await current()).toMatchObject({ time: { start: Date.parse(TEN) }, advisorId: 'a2', version: 4 });
  });

  it('is undone from the page of the booking until it is too late, and is then moved back alone', async () => {
    await receptionist.submit(move(), move(), { start: TEN }).expect(303);
    const { text } = await receptionist.get(page()).expect(200);
    expect(wordsIn(text)).toMatch(/Verschieben rückgängig machen \(bis \d\d:\d\d\)/);
    app.clock.advance(15 * MINUTE);
    const late = await receptionist.post(undo(), hiddenFields(text, undo())).expect(200);
    expect(wordsIn(late.text)).toContain('Zu spät, um es als Ganzes rückgängig zu machen');
    const after = (await receptionist.get(page()).expect(200)).text;
    expect(wordsIn(after)).toMatch(/Zurückverschieben: Di, 1\. Dezember, 09:00–09:30, Ada Beispiel/);
    await receptionist.post(move(), hiddenFields(after, move())).expect(303);
    expect(await current()).toMatchObject({ time: booking.time, advisorId: booking.advisorId, version: 3 });
  });

  it('stays where it is if its old place is taken, and says so', async () => {
    await receptionist.submit(move(), move(), { start: TEN }).expect(303);
    const { text } = await receptionist.get(page()).expect(200);
    for (const advisorId of ['a1', 'a2']) await booked(app, { query: { ...aRequest().query, advisorId } });
    const refused = await receptionist.post(undo(), hiddenFields(text, undo())).expect(200);
    expect(wordsIn(refused.text)).toContain('Das lässt sich nicht mehr rückgängig machen');
    expect(await current()).toMatchObject({ time: { start: Date.parse(TEN) } });
  });
});

describe('The page to move a booking', () => {
  it('offers the free times of its day, with who would take them, without where it is', async () => {
    const { text } = await receptionist.get(move()).expect(200);
    expect(times(text).slice(0, 2)).toEqual(['2026-12-01T09:30:00+01:00', TEN]);
    expect(text).toMatch(/09:30–10:00<\/span> <span class="slot__who">Ada Beispiel oder [^<]+/);
    expect(wordsIn(text)).toContain('Kim Probe bekommt eine Mail an kim@client.example, Sprache: Englisch.');
  });

  it('begins with the booking’s own day, also weeks ahead and where nothing else is free', async () => {
    const day = '2026-12-17';
    booking = await booked(app, { start: Date.parse(`${day}T09:00:00+01:00`) });
    const page = async () => (await receptionist.get(move()).expect(200)).text;
    const isOfDay = (html: string) => {
      expect(html).toContain(`name="date" type="date" value="${day}"`);
      expect(wordsIn(html)).toContain('Frei am Donnerstag, 17. Dezember 2026');
    };
    let html = await page();
    isOfDay(html);
    expect(times(html)[0]).toBe(`${day}T09:30:00+01:00`);
    for (let free = times(html); free.length > 0; free = times(html)) {
      for (const start of free) await booked(app, { start: Date.parse(start as string) });
      html = await page();
    }
    isOfDay(html);
    expect(wordsIn(html)).toContain('Freitag, 18. Dezember');
  });

  it('offers another day and one person', async () => {
    await booked(app, {
      start: span('2026-12-02T09:00:00+01:00', 30).start,
      query: { ...aRequest().query, advisorId: 'a2' },
    });
    const { text } = await receptionist.get(`${move()}?date=2026-12-02&advisor=a2`).expect(200);
    expect(times(text)[0]).toBe('2026-12-02T09:30:00+01:00');
    expect(hiddenFields(text, move())).toMatchObject({ advisor: 'a2', date: '2026-12-02' });
  });

  it('names the next day with free times where there are none', async () => {
    const { text } = await receptionist.get(`${move()}?date=2026-12-05`).expect(200);
    expect(wordsIn(text)).toContain('An diesem Wochentag ist nicht geöffnet.');
    expect(text).toContain('date&#x3D;2026-12-07');
    expect(text).not.toContain('Verschieben und Mail senden');
  });

  it('offers, for a booking tied to a person, that person first, and nobody in general', async () => {
    const tied = await booked(app, { query: { ...aRequest().query, advisorId: 'a2' } });
    const { text } = await receptionist.get(`/staff/bookings/${tied.id}/move`).expect(200);
    expect(text).toMatch(/<option value="a2" selected>Bo Muster<\/option><option value="a1">/);
    expect(text).not.toContain('Alle, die passen');
  });

  it('takes a date that does not exist for none', async () => {
    const { text } = await receptionist.get(`${move()}?date=2026-02-30&advisor=nobody`).expect(200);
    expect(hiddenFields(text, move())).toMatchObject({ date: '2026-12-01' });
  });
});

describe('Moving a booking', () => {
  it('moves it, raises its sequence and mails the client', async () => {
    await app.run('sendOutbox');
    const { headers } = await receptionist.submit(move(), move(), { start: TEN }).expect(303);
    expect(headers.location).toBe(`/staff/bookings/${booking.id}?done=moved`);
    expect(await current()).toMatchObject({ time: span(TEN, 30), sequence: 1, version: 2, tied: false });
    expect((await app.outbox(booking.id)).at(-1)).toMatchObject({ kind: 'moved' });
  });

  it('says why to the client and in the history, and keeps a reason that is too long', async () => {
    const long = await receptionist.submit(move(), move(), { start: TEN, reason: 'x'.repeat(501) }).expect(200);
    expect(long.text).toContain('href="#reason"');
    expect(long.text).toContain(`value="${'x'.repeat(501)}"`);
    await app.run('sendOutbox');
    await receptionist.submit(move(), move(), { start: TEN, reason: 'Wasserschaden im Haus' }).expect(303);
    expect((await app.storage.bookings.history(booking.id)).at(-1)).toMatchObject({ reason: 'Wasserschaden im Haus' });
    await app.run('sendOutbox');
    const mails = await app.mailbox.list();
    expect(mails.filter(({ text }) => text.includes('Wasserschaden im Haus'))).toHaveLength(1);
  });

  it('gives it to anybody else at the same time if its advisor is ill, and mails the client nothing new', async () => {
    const { advisorId, time } = booking;
    await app.app.addAbsence({ who: { kind: 'system' }, deskId: 'expat-desk', advisorId, time, reason: 'krank' });
    const { text } = await receptionist.get(move()).expect(200);
    const start = times(text)[0] ?? '';
    expect(Date.parse(start)).toBe(time.start);
    await receptionist.post(move(), { ...hiddenFields(text, move()), start }).expect(303);
    const moved = await current();
    expect(moved).toMatchObject({ time, sequence: 0, version: 2, tied: false });
    expect(moved.advisorId).not.toBe(advisorId);
    expect((await app.outbox(booking.id)).map(({ kind, recipient }) => `${kind} ${recipient}`)).not.toContain(
      'moved client',
    );
  });

  it('promises nobody the person to whom it goes, unless that is ticked', async () => {
    const toA2 = `${move()}?advisor=a2`;
    expect(wordsIn((await receptionist.get(toA2)).text)).toContain(
      'Bo Muster fest zusagen: Kim Probe erfährt den Namen',
    );
    expect((await receptionist.get(move())).text).not.toContain('name="tie"');
    await receptionist.submit(toA2, move(), { start: TEN }).expect(303);
    expect(await current()).toMatchObject({ advisorId: 'a2', tied: false });
    await receptionist.submit(toA2, move(), { start: '2026-12-01T11:00:00+01:00', tie: 'true' }).expect(303);
    expect(await current()).toMatchObject({ advisorId: 'a2', tied: true });
    // What was promised stays so, and the page says with whom.
    const { text } = await receptionist.get(`${move()}?advisor=a1`).expect(200);
    expect(wordsIn(text)).toContain('Er bleibt fest zugesagt, dann mit Ada Beispiel.');
    expect(text).not.toContain('name="tie"');
    await receptionist.submit(`${move()}?advisor=a1`, move(), { start: TEN }).expect(303);
    expect(await current()).toMatchObject({ advisorId: 'a1', tied: true });
  });

  it('says before and after which others change their advisor for it', async () => {
    const other = await booked(app, { details: { ...aRequest().details, client: aClient({ name: 'Lea Muster' }) } });
    expect([booking.advisorId, other.advisorId]).toEqual(['a1', 'a2']);
    const toA2 = `${move()}?advisor=a2`;
    const asked = await receptionist
      .submit(toA2, move(), { start: '2026-12-01T09:00:00+01:00', tie: 'true' })
      .expect(200);
    const line = 'Di, 1. Dezember, 09:00–09:30, Lea Muster: Bo Muster gibt ab an Ada Beispiel';
    expect(wordsIn(asked.text)).toContain(line);
    expect(wordsIn(asked.text)).toContain('Verschieben bestätigen');
    expect(await current()).toEqual(booking);
    const done = await receptionist.post(move(), hiddenFields(asked.text, move())).expect(303);
    expect(await current()).toMatchObject({ advisorId: 'a2', tied: true });
    const after = await receptionist.get(String(done.headers.location)).expect(200);
    expect(wordsIn(after.text)).toContain(`Damit Platz ist, hat auch gewechselt: ${line}`);
    // An address that names others than it was says nothing.
    const { text } = await receptionist.get(`/staff/bookings/${other.id}?done=moved&others=${booking.id}`).expect(200);
    expect(wordsIn(text)).not.toContain('hat auch gewechselt');
  });

  it('offers the nearest times if the new one has just gone, and leaves it where it was', async () => {
    const fields = { ...hiddenFields((await receptionist.get(move())).text, move()), start: TEN };
    for (const _ of [1, 2]) await booked(app, { start: Date.parse(TEN) });
    const { text } = await receptionist.post(move(), fields).expect(200);
    expect(wordsIn(text)).toContain('Diese Zeit ist inzwischen vergeben.');
    expect(times(text)).toContain('2026-12-01T10:30:00+01:00');
    expect(times(text)).not.toContain(TEN);
    expect(await current()).toEqual(booking);
    await receptionist.post(move(), { ...hiddenFields(text, move()), start: '2026-12-01T10:30:00+01:00' }).expect(303);
  });

  it('keeps the choice and asks again on a page that is out of date', async () => {
    const fields = {
      ...hiddenFields((await receptionist.get(move())).text, move()),
      start: '2026-12-01T11:00:00+01:00',
    };
    await app.app.moveBooking({ bookingId: booking.id, start: Date.parse(TEN), who: { kind: 'client' } });
    const { text } = await receptionist.post(move(), fields).expect(200);
    expect(wordsIn(text)).toContain('Jemand anderes hat diesen Termin inzwischen geändert');
    expect(wordsIn(text)).toContain('10:00–10:30');
    expect(text).toContain('value="2026-12-01T11:00:00+01:00" checked');
    expect((await current()).time.start).toBe(Date.parse(TEN));
    await receptionist.post(move(), { ...hiddenFields(text, move()), start: '2026-12-01T11:00:00+01:00' }).expect(303);
  });

  it('makes one move and one mail if it is sent twice', async () => {
    await app.run('sendOutbox');
    const fields = { ...hiddenFields((await receptionist.get(move())).text, move()), start: TEN };
    for (const _ of [1, 2]) await receptionist.post(move(), fields).expect(303);
    expect((await current()).version).toBe(2);
    const told = (await app.outbox(booking.id)).filter(
      ({ kind, recipient }) => kind === 'moved' && recipient === 'client',
    );
    expect(told).toHaveLength(1);
  });

  it.each(['', 'tomorrow', '2026-12-01T10:00'])('needs a time, not %j', async (start) => {
    const { text } = await receptionist.submit(move(), move(), { start }).expect(200);
    expect(text).toContain('href="#start"');
    expect(text).toContain('id="start"');
  });

  it('finds no time free off the grid', async () => {
    await receptionist.submit(move(), move(), { start: '2026-12-01T10:10:00+01:00' }).expect(200);
    expect(await current()).toEqual(booking);
  });

  it('goes against a rule with a reason only, and keeps what was typed until there is one', async () => {
    const saturday = { against: '2026-12-05T10:05', againstAdvisor: 'a2', start: TEN };
    const { text } = await receptionist.submit(move(), move(), saturday).expect(200);
    expect(wordsIn(text)).toContain('Bitte geben Sie einen Grund an');
    for (const kept of ['value="2026-12-05T10:05"', '<option value="a2" selected>', 'move-against" open'])
      expect(text).toContain(kept);
    const wrong = await receptionist.submit(move(), move(), { ...saturday, against: 'bald', reason: 'x' }).expect(200);
    expect(wordsIn(wrong.text)).toContain('Bitte geben Sie Tag und Uhrzeit an');
    await receptionist.submit(move(), move(), { ...saturday, reason: 'Comes from far away' }).expect(303);
    expect(await current()).toMatchObject({
      advisorId: 'a2',
      time: { start: Date.parse('2026-12-05T10:05:00+01:00') },
    });
  });

  it('is told by a call, which becomes a task, or to nobody', async () => {
    const clientMails = async () =>
      ((await app.everything()).outbox as { recipient: string }[]).filter(({ recipient }) => recipient === 'client')
        .length;
    const before = await clientMails();
    await receptionist.submit(move(), move(), { start: TEN, tell: 'phone' }).expect(303);
    expect(await app.storage.tasks.open('expat-desk')).toMatchObject([{ kind: 'call', bookingId: booking.id }]);
    await receptionist.submit(move(), move(), { start: '2026-12-01T11:00:00+01:00', tell: 'nobody' }).expect(303);
    expect(await clientMails()).toBe(before);
  });

  it('is over when the consultation is', async () => {
    const by = aReceptionist('R');
    const fields = { ...hiddenFields((await receptionist.get(move())).text, move()), start: TEN };
    await app.app.cancelBooking({ bookingId: booking.id, reason: null, who: by });
    const { text } = await receptionist.post(move(), { ...fields, version: '2' }).expect(200);
    expect(wordsIn(text)).toContain('Abgesagt');
    await receptionist.get(move()).expect(409);
  });

  it('asks to phone a client without mail', async () => {
    const client = aClient({ email: null, phone: null });
    const silent = await booked(app, { details: { ...aRequest().details, client } });
    const { text } = await receptionist.get(`/staff/bookings/${silent.id}/move`);
    expect(wordsIn(text)).toContain('weder Mail-Adresse noch Telefonnummer');
    expect(wordsIn(text)).not.toContain('Mail senden');
  });
});
