import { simpleParser } from 'mailparser';
import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { aRequest, booked } from '../../support/bookings';
import { aClient, aDesk, aReceptionist, aTopic, TUESDAY_NINE } from '../../support/builders';

const NINE = TUESDAY_NINE.start;
const STAFF = aReceptionist('Rezi Empfang');
const SUNDAY_NINE = '2026-11-29T09:00:00+01:00';
const MORNING = '2026-12-01T07:30:00+01:00';
const DESK = aDesk({
  reminders: [
    { daysBefore: 2, at: '09:00' },
    { daysBefore: 0, at: '07:30' },
  ],
  topics: [aTopic({ maxPeople: 3 }), aTopic({ id: 'career' })],
});

let t: TestApp;
beforeEach(async () => {
  t = await testApp({ desks: [DESK] });
});
afterEach(() => t.close());

interface Row {
  readonly id: number;
  readonly kind: string;
  readonly state: string;
  readonly address: string;
  readonly content: string | null;
}
const rows = async () =>
  ((await t.everything()).outbox as Row[]).filter(({ kind }) => kind === 'reminder').sort((a, b) => a.id - b.id);
/** How many reminders there are by now, in which state. */
const reminders = async () => {
  await t.run('remindClients');
  return (await rows()).map(({ state }) => state);
};
const remindAt = (time: string) => {
  t.clock.set(time);
  return reminders();
};
const lastMail = async () => {
  await t.run('sendOutbox');
  return simpleParser((await rows()).at(-1)?.content ?? '');
};

describe('Reminders', () => {
  it('go out two days before and on the morning, once each, also after a restart', async () => {
    await booked(t);
    expect(await remindAt('2026-11-29T08:59:59+01:00')).toEqual([]);
    expect(await remindAt(SUNDAY_NINE)).toEqual(['waiting']);
    await t.run('sendOutbox');
    expect(await remindAt('2026-11-29T09:01:00+01:00')).toEqual(['sent']);
    expect(await remindAt('2026-11-30T12:00:00+01:00')).toEqual(['sent']);
    expect(await remindAt(MORNING)).toEqual(['sent', 'waiting']);
    expect(await remindAt('2026-12-01T08:30:00+01:00')).toEqual(['sent', 'waiting']);
  });

  it('say when, where and what to bring, and lead to giving it back', async () => {
    const { id } = await booked(t);
    await remindAt(SUNDAY_NINE);
    const mail = await lastMail();
    expect(mail.subject).toBe('Reminder: your consultation on Tuesday, 1 December 2026, 09:00 · Expat Service Desk');
    const link = `http://desk.example/b/${t.deps.tokens.tokenFor(id)}`;
    expect(mail.text).toContain(`- I cannot come:\n  ${link}/cannot-come\n- I need another time:\n  ${link}/move\n`);
    expect(mail.text).toMatch(/Musterplatz 1.*Residence permit.*somebody else gets the place/s);
    expect(mail.text).not.toContain('/late');
    await remindAt(MORNING);
    const morning = await lastMail();
    expect(morning.text).toContain('Your consultation is today.');
    expect(morning.text).toContain(`- I am late:\n  ${link}/late\n`);
  });

  it('are of nothing that was booked, or moved, after their time', async () => {
    t.clock.set('2026-11-29T10:00:00+01:00');
    const { id } = await booked(t);
    expect(await reminders()).toEqual([]);
    await t.app.moveBooking({ bookingId: id, start: NINE + DAY, who: CLIENT });
    expect(await remindAt('2026-11-30T09:00:00+01:00')).toEqual(['waiting']);
    await t.app.moveBooking({ bookingId: id, start: NINE + 2 * HOUR, who: CLIENT });
    expect(await reminders()).toEqual(['withdrawn']);
    expect(await remindAt(MORNING)).toEqual(['withdrawn', 'waiting']);
  });

  it('do not go out any more after a cancellation, nor twice for what was restored', async () => {
    const { id } = await booked(t);
    expect(await remindAt(SUNDAY_NINE)).toEqual(['waiting']);
    await t.app.cancelBooking({ bookingId: id, reason: null, who: CLIENT });
    expect(await reminders()).toEqual(['withdrawn']);
    await t.app.restoreBooking({ bookingId: id, who: CLIENT });
    expect(await remindAt('2026-11-29T09:10:00+01:00')).toEqual(['withdrawn']);
    expect(await remindAt(MORNING)).toEqual(['withdrawn', 'waiting']);
  });

  it('stay what they are when only the advisor changes', async () => {
    const { id } = await booked(t);
    t.clock.set('2026-11-29T09:05:00+01:00');
    await t.app.moveBookings({
      deskId: 'expat-desk',
      lines: [{ bookingId: id, start: NINE, advisorId: 'a2' }],
      who: STAFF,
    });
    expect(await reminders()).toEqual(['waiting']);
  });

  it('are withdrawn when no server was there until the consultation began', async () => {
    await booked(t);
    await remindAt(MORNING);
    t.clock.set('2026-12-01T09:00:00+01:00');
    await t.run('sendOutbox');
    expect((await rows()).map(({ state }) => state)).toEqual(['waiting']);
    expect(await reminders()).toEqual(['withdrawn']);
  });

  it('go to who booked with the link, and to who is advised without it, each in their language', async () => {
    const people = [{ name: 'Hana Probe', email: 'hana@firm.example', language: 'ja' }];
    const details = { ...aRequest().details, client: aClient({ email: 'hr@firm.example', language: 'de' }), people };
    await booked(t, { details: { ...details, onBehalfOf: { organisation: 'Firma', name: 'Hana Probe' } } });
    await remindAt(SUNDAY_NINE);
    await t.run('sendOutbox');
    const mails = await Promise.all((await rows()).map(({ content }) => simpleParser(content ?? '')));
    expect(mails.map(({ subject, text }) => [subject?.slice(0, 4), text?.includes('/b/')])).toEqual([
      ['Erin', true],
      ['お知らせ', false],
    ]);
  });

  it('are not lost and not doubled when the clock is a day ahead for a while', async () => {
    await booked(t);
    expect(await remindAt('2026-11-30T10:00:00+01:00')).toEqual(['waiting']);
    expect(await remindAt('2026-11-29T10:00:00+01:00')).toEqual(['waiting']);
    expect(await remindAt('2026-12-02T10:00:00+01:00')).toEqual(['withdrawn']);
    expect(await remindAt(MORNING)).toEqual(['withdrawn', 'waiting']);
    t.clock.advance(-2 * DAY);
    expect(await reminders()).toEqual(['withdrawn', 'waiting']);
  });

  it('are sent once by two processes at the same time', async () => {
    for (const hours of [0, 1, 2, 3]) await booked(t, { start: NINE + hours * HOUR });
    const other = await testApp({ desks: [], databaseUrl: t.databaseUrl });
    try {
      for (const each of [t, other]) each.clock.set(SUNDAY_NINE);
      await Promise.all([t, other, t, other].map((each) => each.run('remindClients')));
      expect(await rows()).toHaveLength(4);
    } finally {
      await other.close();
    }
  });

  it('stop after the present booking when the process has to stop, and go on afterwards', async () => {
    for (const hours of [0, 1]) await booked(t, { start: NINE + hours * HOUR });
    t.clock.set(SUNDAY_NINE);
    const job = t.jobs.find(({ name }) => name === 'remindClients');
    await job?.run(AbortSignal.abort());
    expect(await rows()).toEqual([]);
    expect(await reminders()).toHaveLength(2);
  });
});

describe('The mail to a client who did not come', () => {
  const missed = async () =>
    ((await t.everything()).outbox as Row[]).filter(({ kind }) => kind === 'missed').map(({ state }) => state);
  const note = (bookingId: string, what: 'no-show' | 'reopen' | 'check-in') =>
    t.app.recordAttendance({ bookingId, what, who: STAFF });
  const sentAfter = async (minutes: number) => {
    t.clock.advance(minutes * MINUTE);
    await t.run('sendOutbox');
    return missed();
  };
  const start = async (missedMail: boolean) => {
    await t.close();
    t = await testApp({ desks: [{ ...DESK, missedMail }] });
    const booking = await booked(t);
    t.clock.set('2026-12-01T09:20:00+01:00');
    return booking;
  };

  it('waits twenty minutes, is sent once, and has the next free starts', async () => {
    const { id } = await start(true);
    await note(id, 'no-show');
    expect(await sentAfter(19)).toEqual(['waiting']);
    expect(await sentAfter(1)).toEqual(['sent']);
    await note(id, 'reopen');
    await note(id, 'no-show');
    expect(await sentAfter(60)).toEqual(['sent']);
    const row = ((await t.everything()).outbox as Row[]).find(({ kind }) => kind === 'missed');
    const { subject, text } = await simpleParser(row?.content ?? '');
    expect(subject).not.toMatch(/miss/i);
    expect(text).toMatch(/We missed you.*These times are free at the moment.*Tuesday, 1 December 2026, 11:30/s);
    expect(text).toContain('/en/expat-desk/book/time?language=en&topic=residence&mode=in_person&start=2026-12-01T10');
    expect(text).not.toContain('/b/');
  });

  it('is not sent when the client came after all, or was noted by mistake', async () => {
    const { id } = await start(true);
    await note(id, 'no-show');
    await note(id, 'check-in');
    expect(await sentAfter(60)).toEqual(['withdrawn']);
  });

  it('is written after the second note if the first was taken back', async () => {
    const { id } = await start(true);
    await note(id, 'no-show');
    await note(id, 'reopen');
    await note(id, 'no-show');
    expect(await sentAfter(60)).toEqual(['withdrawn', 'sent']);
  });

  it('is not written where the desk does not want it, nor days later', async () => {
    await note((await start(false)).id, 'no-show');
    expect(await missed()).toEqual([]);
    const { id } = await start(true);
    t.clock.advance(3 * DAY);
    await note(id, 'no-show');
    expect(await missed()).toEqual([]);
  });
});
