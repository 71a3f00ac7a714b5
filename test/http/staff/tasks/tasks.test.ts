import { MailRefused } from '../../../../src/app/ports/mailer';
import { type TestApp, testApp } from '../../../support/app';
import { aRequest, booked } from '../../../support/bookings';
import { aClient, NOW } from '../../../support/builders';
import { hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const TASKS = '/staff/expat-desk/tasks';
let app: TestApp;
afterEach(() => app.close());

async function withRefusedMail() {
  app = await testApp({
    mailer: { send: () => Promise.reject(new MailRefused(true, 550)), close: () => {} },
  });
  const client = aClient({ phone: '0211 5550100' });
  const booking = await booked(app, { details: { ...aRequest().details, client } });
  await app.run('sendOutbox');
  return booking;
}

describe('Tasks', () => {
  it('ask to phone a client whose mail was refused, with number and booking', async () => {
    const booking = await withRefusedMail();
    const receptionist = await signedInAs(app);
    const { text } = await receptionist.get(TASKS).expect(200);
    for (const fact of [
      'Die Mail war nicht zustellbar. Bitte anrufen.',
      'Kim Probe',
      '+49 211 5550100',
      'Sprache: Englisch',
    ])
      expect(wordsIn(text)).toContain(fact);
    expect(text).toContain(`href="/staff/bookings/${booking.id}"`);
    expect(wordsIn((await receptionist.get(`/staff/bookings/${booking.id}`)).text)).toContain('nicht zustellbar');
  });

  it('are done with one press, and a second press changes nothing', async () => {
    await withRefusedMail();
    const receptionist = await signedInAs(app);
    const fields = hiddenFields((await receptionist.get(TASKS)).text, TASKS);
    for (const _ of [1, 2]) await receptionist.post(TASKS, fields).expect(303);
    expect(wordsIn((await receptionist.get(`${TASKS}?done=yes`)).text)).toMatch(
      /Die Aufgabe ist erledigt.*Nichts zu tun/,
    );
  });

  it("of a colleague's booking are not an advisor's to finish", async () => {
    const { advisorId } = await withRefusedMail();
    const other = advisorId === 'a1' ? 'a2' : 'a1';
    const advisor = await signedInAs(app, { role: 'advisor', advisorId: other });
    const { text } = await advisor.get(TASKS).expect(200);
    expect(text).not.toContain('name="task"');
    const [task] = await app.storage.tasks.open('expat-desk');
    const { _csrf = '' } = hiddenFields(text, '/staff/sign-out');
    await advisor.post(TASKS, { _csrf, task: task?.id ?? '' }).expect(403);
    expect(await app.storage.tasks.open('expat-desk')).toHaveLength(1);
  });

  it('say that mails are held back, since when, and who can release them', async () => {
    app = await testApp();
    const receptionist = await signedInAs(app);
    expect(wordsIn((await receptionist.get(TASKS)).text)).not.toContain('zurückgehalten');
    await app.storage.write(({ outbox }) => outbox.pause('restored from kim.backup', NOW));
    const german = wordsIn((await receptionist.get(TASKS)).text);
    expect(german).toMatch(
      /Seit Dienstag, 24. November 2026 um 10:00 gehen keine Mails hinaus.* Freigeben kann sie die IT/,
    );
    expect(german).not.toContain('kim.backup');
    const { text } = await receptionist.get(`${TASKS}?lang=en`);
    expect(wordsIn(text)).toMatch(/No mails have gone out since Tuesday, 24 November 2026 at 10:00.* IT department/);
  });
});

describe('The task of a booking at whose time nobody is there', () => {
  it.each([
    ['de', /ist dann abwesend. Bitte verschieben oder anrufen. .*Kim Probe.*, mit [A-Z]/, 'Verschieben'],
    ['en', /is away then. Please move it or phone the client. .*Kim Probe.*, with [A-Z]/, 'Move'],
  ])('says what to do (%s), and leads to the booking and to its move', async (locale, text, move) => {
    app = await testApp();
    const { id, advisorId, time } = await booked(app);
    await app.app.addAbsence({ who: { kind: 'system' }, deskId: 'expat-desk', advisorId, time, reason: null });
    const receptionist = await signedInAs(app);
    const page = (await receptionist.get(`${TASKS}?lang=${locale}`)).text;
    expect(wordsIn(page)).toMatch(text);
    expect(page).toContain(`href="/staff/bookings/${id}"`);
    expect(page).toContain(`href="/staff/bookings/${id}/move" aria-label="${move}: Kim Probe"`);
  });

  it("offers no move of a colleague's booking", async () => {
    app = await testApp();
    const { id, advisorId, time } = await booked(app);
    await app.app.addAbsence({ who: { kind: 'system' }, deskId: 'expat-desk', advisorId, time, reason: null });
    const advisor = await signedInAs(app, { role: 'advisor', advisorId: advisorId === 'a1' ? 'a2' : 'a1' });
    const { text } = await advisor.get(TASKS);
    expect(text).toContain(`href="/staff/bookings/${id}"`);
    expect(text).not.toContain(`/staff/bookings/${id}/move`);
  });

  it('comes by the time at which it becomes too late, not by when it arose', async () => {
    app = await testApp();
    const starts = ['2026-12-02T09:00:00+01:00', '2026-12-01T09:00:00+01:00', '2026-12-01T15:00:00+01:00'];
    for (const start of starts) {
      const { advisorId, time } = await booked(app, { start: Date.parse(start) });
      await app.app.addAbsence({ who: { kind: 'system' }, deskId: 'expat-desk', advisorId, time, reason: null });
    }
    const order = async () =>
      [
        ...wordsIn(
          (await (await signedInAs(app, { email: `r${app.clock.now()}@expat-desk.example` })).get(TASKS)).text,
        ).matchAll(/(\d)\. Dezember, (\d\d:\d\d)/g),
      ].map(([, day, time]) => `${day} ${time}`);
    expect(await order()).toEqual(['1 09:00', '1 15:00', '2 09:00']);
    app.clock.set('2026-12-01T12:00:00+01:00');
    expect(await order()).toEqual(['1 15:00', '2 09:00', '1 09:00']);
  });
});
