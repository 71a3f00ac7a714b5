import { type TestApp, testApp } from '../../../support/app';
import { allBookings, booked } from '../../../support/bookings';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const HOURS = '/staff/expat-desk/hours';
const CLOSED = { kind: 'closed', from: '2026-12-01', reasonDe: 'Umzug', reasonEn: 'Moving' };

let app: TestApp;
let manager: Browser;
beforeEach(async () => {
  app = await testApp();
  manager = await signedInAs(app, { role: 'manager' });
});
afterEach(() => app.close());

const fail = () => {
  throw new Error('expected an entry');
};
const entries = () => app.storage.desks.exceptions('expat-desk');

/** Sends the form of a day with other hours, as it stands on the page. */
async function send(fields: Record<string, string>) {
  const { _csrf = '' } = hiddenFields((await manager.get(HOURS)).text, HOURS);
  const { text } = await manager.post(HOURS, { _csrf, step: 'preview', ...fields }).expect(200);
  return text;
}

/** Goes from what would change to the page that says that it is entered. */
async function enter(fields: Record<string, string>) {
  const kept = hiddenFields(await send(fields), HOURS);
  const { headers } = await manager.post(HOURS, { ...kept, step: 'enter' }).expect(303);
  return { kept, page: (await manager.get(headers.location ?? '').expect(200)).text };
}

/** Presses the button of this page that posts to the entry. */
async function withdraw(page: string) {
  const [entry] = await entries();
  const at = `${HOURS}/${entry?.exception.id}`;
  return (await manager.post(at, hiddenFields(page, at)).expect(303)).headers.location ?? '';
}

/** Presses the button that brings back what held before. */
async function undo(page: string) {
  const [, at = ''] = /action="([^"]*hours\/versions\/[^"]+)"/.exec(page) ?? [];
  await manager.post(at, hiddenFields(page, at)).expect(303);
}

describe("A desk's hours", () => {
  it('show the usual week, and that no other days are entered', async () => {
    const { text } = await manager.get(`${HOURS}?lang=en`).expect(200);
    expect(wordsIn(text)).toMatch(/Opening hours.*The usual week.*9:00.*Nothing is entered/);
  });

  it('tell what an entry would change, and who would lose their place, before it is entered', async () => {
    const booking = await booked(app);
    const words = wordsIn(await send(CLOSED));
    expect(words).toMatch(/Das würde sich ändern.*Dienstag, 1. Dezember 2026 09:00–17:00 geschlossen \(Umzug\)/);
    expect(words).toMatch(/1 Termin würde seinen Platz verlieren.*Kim Probe/);
    expect(await entries()).toEqual([]);
    expect(await allBookings(app)).toEqual([booking]);
  });

  it('take an entry once, however often the button is pressed, and take it back', async () => {
    const { kept, page } = await enter(CLOSED);
    await manager.post(HOURS, { ...kept, step: 'enter' }).expect(303);
    expect(await entries()).toHaveLength(1);
    expect(wordsIn(page)).toContain('Eingetragen. Es gilt ab sofort.');
    const withdrawn = (await manager.get(await withdraw(page)).expect(200)).text;
    expect(await entries()).toEqual([]);
    await undo(withdrawn);
    expect((await entries()).map(({ exception }) => exception.reason)).toEqual([{ de: 'Umzug', en: 'Moving' }]);
  });

  it('keep the reason in every language when a withdrawal is taken back', async () => {
    const reason = { de: 'Umzug', en: 'Moving', tr: 'Taşınma', ar: 'انتقال' };
    const day = { from: '2026-12-01', to: '2026-12-02', closed: true, windows: [], reason };
    await app.storage.write(({ desks }) => desks.addException('expat-desk', { ...day, id: 'x1' }, 'staff'));
    const withdrawn = (await manager.get(await withdraw((await manager.get(`${HOURS}/x1`)).text)).expect(200)).text;
    expect(await entries()).toEqual([]);
    await undo(withdrawn);
    expect((await entries())[0]?.exception).toMatchObject({ ...day, reason });
  });

  it('show what a withdrawal would change, and that somebody else was faster', async () => {
    await enter({ ...CLOSED, kind: 'pause', start1: '12:00', end1: '13:00', recurs: 'yearly' });
    const [entry] = await entries();
    const at = `${HOURS}/${entry?.exception.id}`;
    const { text } = await manager.get(at).expect(200);
    expect(wordsIn(text)).toMatch(/Pause 12:00–13:00 · jedes Jahr.*9:00–12:00, 13:00–17:00.*9:00–17:00/);
    const stale = { ...hiddenFields(text, at), seen: String((entry?.version ?? 0) + 1) };
    expect((await manager.post(at, stale).expect(303)).headers.location).toBe(at);
    expect(await entries()).toHaveLength(1);
    expect(await withdraw(text)).toContain('done=withdrawn');
    await manager.get(at).expect(404);
  });

  it('are changed where they were entered, after a look at what that does, and changed back', async () => {
    const { page } = await enter({
      ...CLOSED,
      kind: 'pause',
      start1: '12:00',
      end1: '13:00',
      recurs: 'monthly',
      reasonTr: 'Ara',
    });
    const [{ exception, version } = fail()] = await entries();
    const at = `${HOURS}/${exception.id}/change`;
    expect(page).toContain(`href="${at}"`);
    const form = (await manager.get(at).expect(200)).text;
    for (const value of ['12:00', '13:00', '2026-12-01', 'Umzug', 'Moving', 'Ara'])
      expect(form).toContain(`value="${value}"`);
    expect(form).toMatch(/value="monthly" selected/);
    const changed = { ...CLOSED, kind: 'pause', start1: '12:00', end1: '14:00', recurs: 'monthly', reasonTr: 'Ara' };
    const { text } = await manager.post(at, { ...hiddenFields(form, at), ...changed, step: 'preview' }).expect(200);
    expect(wordsIn(text)).toMatch(/1. Dezember 2026 09:00–12:00, 13:00–17:00 09:00–12:00, 14:00–17:00/);
    expect((await entries())[0]).toEqual({ exception, origin: 'staff', version });
    const kept = hiddenFields(text, at);
    const { headers } = await manager.post(at, { ...kept, step: 'enter' }).expect(303);
    const done = (await manager.get(headers.location ?? '').expect(200)).text;
    expect(wordsIn(done)).toContain('Geändert. Es gilt ab sofort.');
    const pauses = [{ start: '12:00', end: '14:00' }];
    expect(await entries()).toEqual([{ exception: { ...exception, pauses }, origin: 'staff', version: version + 1 }]);
    await undo(done);
    expect((await entries())[0]?.exception).toMatchObject({ pauses: [{ start: '12:00', end: '13:00' }] });
  });

  it('have as many stretches of time as somebody asks for, which are changed in the form as well', async () => {
    const times = { start1: '08:00', end1: '09:00', start2: '10:00', end2: '11:00' };
    const line = await send({ ...CLOSED, kind: 'open', ...times, step: 'line' });
    expect(line).toContain('name="start3"');
    expect(line).not.toContain('name="start4"');
    expect(line).not.toContain('id="error-summary"');
    for (const value of ['08:00', '11:00', 'Umzug']) expect(line).toContain(`value="${value}"`);
    const more = { start3: '12:00', end3: '13:00', start4: '22:00', end4: '00:00', lines: '4' };
    await enter({ ...CLOSED, kind: 'open', ...times, ...more });
    const [{ exception } = fail()] = await entries();
    expect(exception.windows.map(({ start, end }) => `${start}-${end}`)).toEqual([
      ...['08:00-09:00', '10:00-11:00', '12:00-13:00', '22:00-00:00'],
    ]);
    const at = `${HOURS}/${exception.id}/change`;
    const form = (await manager.get(at).expect(200)).text;
    expect(form).toMatch(/name="start4"[^>]*value="22:00"/);
    const wrong = { ...CLOSED, kind: 'open', ...times, start3: '12:00', start4: '14:00', end4: '15:00' };
    const refused = await manager.post(at, { ...hiddenFields(form, at), ...wrong, step: 'preview' });
    expect(refused.text).toContain('href="#start3"');
    const changed = { ...wrong, end3: '12:30' };
    const { text } = await manager.post(at, { ...hiddenFields(form, at), ...changed, step: 'preview' }).expect(200);
    await manager.post(at, { ...hiddenFields(text, at), step: 'enter' }).expect(303);
    expect((await entries())[0]?.exception.windows.map(({ start }) => start)).toEqual([
      ...['08:00', '10:00', '12:00', '14:00'],
    ]);
  });

  it('keep what was typed where somebody else has changed the entry, beside what it says now', async () => {
    await enter(CLOSED);
    const [{ exception, version } = fail()] = await entries();
    const at = `${HOURS}/${exception.id}/change`;
    const form = hiddenFields((await manager.get(at).expect(200)).text, at);
    const theirs = { ...exception, to: '2026-12-03' };
    const who = { kind: 'system' } as const;
    await app.app.replaceException({
      who,
      deskId: 'expat-desk',
      id: exception.id,
      exception: theirs,
      ifVersion: version,
    });
    for (const step of ['preview', 'enter']) {
      const { text } = await manager.post(at, { ...form, ...CLOSED, last: '2026-12-04', step }).expect(200);
      expect(wordsIn(text)).toMatch(/Jemand hat diesen Eintrag.*1. Dezember 2026 bis Mittwoch, 2. Dezember 2026/);
      expect(text).toContain('value="2026-12-04"');
      expect(hiddenFields(text, at).seen).toBe(String(version + 1));
    }
    expect((await entries())[0]?.exception).toEqual(theirs);
  });

  it('are not changed into what they are without, nor by a form that cannot say them', async () => {
    await enter(CLOSED);
    const [{ exception } = fail()] = await entries();
    const at = `${HOURS}/${exception.id}/change`;
    const form = hiddenFields((await manager.get(at).expect(200)).text, at);
    const same = { kind: 'open', start1: '09:00', end1: '17:00' };
    const { text } = await manager.post(at, { ...form, ...CLOSED, ...same, step: 'enter' }).expect(200);
    expect(wordsIn(text)).toContain('Umzug');
    const windows = (['appointment', 'walk_in', 'phone'] as const).map((kind, i) => ({
      ...{ start: `1${i}:00`, end: `1${i}:30` },
      ...(kind !== 'appointment' && { kind }),
    }));
    await app.storage.write(({ desks }) =>
      desks.addException('expat-desk', { ...exception, id: 'three', closed: false, windows }, 'staff'),
    );
    expect((await manager.get(HOURS)).text).not.toContain(`${HOURS}/three/change`);
    expect((await manager.get(`${HOURS}/three/change`).expect(303)).headers.location).toBe(`${HOURS}/three`);
  });

  it('come again as their first day says: each first Wednesday only until twelve', async () => {
    const first = { kind: 'pause', from: '2026-12-02', start1: '12:00', end1: '24:00', recurs: 'monthly' };
    const words = wordsIn(await send({ ...CLOSED, ...first }));
    expect(words).toMatch(/Mittwoch, 2. Dezember 2026: Pause 12:00–24:00 · jeden ersten Mittwoch im Monat/);
    expect(words).toMatch(/Mittwoch, 6. Januar 2027 09:00–17:00 09:00–12:00/);
    await enter({ ...CLOSED, ...first });
    expect((await entries())[0]?.exception.rrule).toBe('FREQ=MONTHLY;BYDAY=1WE');
    expect(wordsIn(await send({ ...CLOSED, recurs: 'monthly_last' }))).toContain('Der erste Tag muss dazu passen');
    expect(wordsIn(await send({ ...CLOSED, recurs: 'other', rrule: 'FREQ=DAILY;BYHOUR=9' }))).toContain(
      'muss dazu passen',
    );
  });

  it('lead to a plan for the bookings, which enters them when it is carried out, and takes them back when it is undone', async () => {
    const booking = await booked(app);
    const kept = hiddenFields(await send(CLOSED), HOURS);
    const { headers } = await manager.post(HOURS, { ...kept, step: 'plan' }).expect(303);
    const at = headers.location ?? '';
    const page = (await manager.get(at).expect(200)).text;
    expect(wordsIn(page)).toMatch(/Was wird aus den Terminen\?.*1. Dezember 2026: geschlossen · Umzug.*Kim Probe/);
    expect(await entries()).toEqual([]);
    const cancel = { [`do-${booking.id}`]: 'cancel', message: 'Wir ziehen um.' };
    await manager.post(at, { ...hiddenFields(page, at), ...cancel }).expect(303);
    expect(await entries()).toHaveLength(1);
    expect(await app.storage.bookings.find(booking.id)).toMatchObject({ status: 'cancelled' });
    const history = await app.storage.bookings.history(booking.id);
    expect(history.at(-1)).toMatchObject({ type: 'cancelled', reason: 'Wir ziehen um.' });
    const done = (await manager.get(at).expect(200)).text;
    await manager.post(at, { ...hiddenFields(done, at), step: 'undo' }).expect(303);
    expect(await entries()).toEqual([]);
    expect(await app.storage.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
  });

  it('open for those without an appointment, with the reason in further languages', async () => {
    const open = { kind: 'open', start1: '14:00', end1: '16:00', reach: 'walk_in', reasonTr: 'Tanıtım günü' };
    const { page } = await enter({ ...CLOSED, ...open });
    expect(wordsIn(page)).toContain('geöffnet 14:00–16:00, ohne Termin');
    const [entry] = await entries();
    expect(entry?.exception).toMatchObject({
      windows: [{ start: '14:00', end: '16:00', kind: 'walk_in' }],
      reason: { de: 'Umzug', en: 'Moving', tr: 'Tanıtım günü' },
    });
  });

  it('show the year at a glance, and where the hours of each day of a month come from', async () => {
    await enter(CLOSED);
    const year = (await manager.get(`${HOURS}/calendar`).expect(200)).text;
    expect(wordsIn(year)).toMatch(/Öffnungszeiten 2026.*← 2025 2027 →.*1 geschlossen 2 3 4 5 ohne Öffnungszeit/);
    expect(year).toContain('/calendar/2026-12"');
    const month = wordsIn((await manager.get(`${HOURS}/calendar/2026-12?lang=de`).expect(200)).text);
    expect(month).toMatch(/Di, 1. Dezember geschlossen Eintrag: Umzug Mi, 2. Dezember von 9 bis 17 Uhr Montag bis/);
    expect(month).toMatch(/Fr, 25. Dezember geschlossen Feiertag: 1. Weihnachtstag/);
    await enter({ ...CLOSED, kind: 'open', start1: '10:00', end1: '12:00', reasonDe: 'Doch', reasonEn: 'After all' });
    expect(wordsIn((await manager.get(`${HOURS}/calendar/2026-12`)).text)).toContain(
      'ohne Wirkung: Umzug (neuer ist: Doch)',
    );
    await manager.get(`${HOURS}/calendar/2026-13`).expect(404);
    await manager.get(`${HOURS}/calendar/x`).expect(404);
  });

  it('offer no button for an entry that would change nothing, and say what decides the day', async () => {
    await enter(CLOSED);
    const again = await send({ ...CLOSED, reasonDe: 'Anders' });
    expect(wordsIn(again)).toMatch(/Das würde nichts ändern/);
    expect(again).not.toContain('value="enter"');
    expect(again).toContain('value="Anders"');
  });

  it('offer the days that many close, one press from what that would change, and name them in every language', async () => {
    const { text } = await manager.get(HOURS);
    expect(wordsIn(text)).toMatch(/Altweiber Donnerstag, 4. Februar 2027: Pause 11:00–24:00/);
    // The first of them is Christmas Eve.
    const offered = hiddenFields(text, HOURS);
    expect(offered).toMatchObject({ from: '2026-12-24', reasonDe: 'Heiligabend' });
    await enter(offered);
    const [entry] = await entries();
    expect(entry?.exception).toMatchObject({ closed: true, reason: { tr: 'Noel arifesi', en: 'Christmas Eve' } });
    expect((await manager.get(HOURS)).text.match(/Heiligabend/g)).toHaveLength(3);
  });

  it.each([
    ['no first day', { from: '' }, 'Bitte geben Sie den ersten Tag an.'],
    ['a last day before the first', { last: '2026-11-30' }, 'der nicht vor dem ersten liegt'],
    ['no times', { kind: 'open' }, 'Bitte geben Sie an, von wann bis wann.'],
    ['no end', { kind: 'open', start1: '12:00' }, 'Beginn und Ende'],
    ['no reason', { reasonEn: '' }, 'Bitte geben Sie einen Grund an'],
  ])('say what is wrong with %s, and keep what was typed', async (_, part, said) => {
    const page = await send({ ...CLOSED, ...part });
    expect(wordsIn(page)).toContain(said);
    expect(page).toContain('value="Umzug"');
    expect(await entries()).toEqual([]);
  });
});
