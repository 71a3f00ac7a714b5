import { type ParsedMail, simpleParser } from 'mailparser';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { nextAttempt } from '../../../src/domain/notifications/attempts';
import { CLIENT } from '../../../src/domain/staff/caller';
import { schedule } from '../../../src/jobs/schedule';
import { smtpMailer } from '../../../src/mail/smtp';
import { type TestApp, testApp } from '../../support/app';
import { aRequest, booked } from '../../support/bookings';
import { aClient, aDesk, anAdvisor, aReceptionist, NOW } from '../../support/builders';
import { nobodyAtSmtp, type SmtpPeer, smtpPeer } from '../../support/smtpPeer';

const WEDNESDAY_TEN = Date.parse('2026-12-02T10:00:00+01:00');
const KIM = 'kim@client.example';
const client = { kind: 'client' } as const;
const staff = aReceptionist('Empfang');

let t: TestApp;
let peer: SmtpPeer;
let mailer: ReturnType<typeof smtpMailer>;
beforeEach(async () => {
  peer = await smtpPeer();
  mailer = smtpMailer(peer.url, { connection: 1_000, greeting: 500, socket: 1_000 });
  t = await testApp({ mailer });
});
afterEach(async () => {
  mailer.close();
  await peer.close();
  await t.close();
});

const toKim = () => peer.received.filter(({ to }) => to.includes(KIM));
const toStaff = () => peer.received.filter(({ to }) => !to.includes(KIM));

/** What the client's calendar was told, mail by mail: "REQUEST 0"; "plain" for a mail without calendar part. */
async function calendarMails(): Promise<string[]> {
  return Promise.all(toKim().map(async ({ raw }) => calendarLine(await simpleParser(raw))));
}

function calendarLine({ attachments }: ParsedMail): string {
  const file = attachments.find(({ contentType }) => contentType === 'application/ics')?.content.toString('utf8') ?? '';
  const property = (name: string) => new RegExp(`^${name}:(.*)\\r$`, 'm').exec(file)?.[1];
  return file ? `${property('METHOD')} ${property('SEQUENCE')}` : 'plain';
}

/** Waits for what happens elsewhere; the test's own time limit ends it. */
async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((done) => setTimeout(done, 10));
}

describe('The outbox', () => {
  it('sends one mail to the client and one copy to the advisor, once', async () => {
    await booked(t);
    await t.run('sendOutbox');
    await t.run('sendOutbox');
    expect(peer.received.map(({ to }) => to)).toEqual([[KIM], ['a1@expat-desk.example']]);
  });

  it('brings forty bookings that arrive together exactly one mail each, though three workers send', async () => {
    const starts = Array.from(
      { length: 20 },
      (_, i) => WEDNESDAY_TEN + Math.floor(i / 10) * 24 * HOUR + (i % 10) * 30 * MINUTE,
    );
    const emails = starts.flatMap((_, i) => [`first-${i}@client.example`, `second-${i}@client.example`]);
    const bookings = emails.map((email, i) =>
      booked(t, {
        start: starts[Math.floor(i / 2)] ?? 0,
        details: { ...aRequest().details, client: aClient({ email }) },
      }),
    );
    const work = Promise.all([0, 1, 2].map(() => t.run('sendOutbox')));
    await Promise.all(bookings);
    await work;
    await Promise.all([0, 1, 2].map(() => t.run('sendOutbox')));
    const arrived = peer.received.flatMap(({ to }) => to).filter((to) => to.endsWith('@client.example'));
    expect(arrived.sort()).toEqual(emails.sort());
    expect(peer.received).toHaveLength(80);
  });

  it('has no mail about a booking that failed', async () => {
    await booked(t);
    await booked(t);
    await expect(booked(t)).rejects.toBeDefined();
    await t.run('sendOutbox');
    expect(toKim()).toHaveLength(2);
  });

  it('starts at SEQUENCE 0 and rises by one with each change; a second attempt changes nothing (assertion 8)', async () => {
    const booking = await booked(t);
    peer.behave(451);
    await t.run('sendOutbox');
    await t.app.moveBooking({ bookingId: booking.id, start: WEDNESDAY_TEN, who: client });
    peer.behave('accept');
    for (let i = 0; i < 2; i++) {
      t.clock.advance(MINUTE);
      await t.run('sendOutbox');
    }
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client });
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['REQUEST 0', 'REQUEST 1', 'CANCEL 2']);
  });

  it('raises SEQUENCE strictly over 20 changes by two receptionists at once (assertion 10)', async () => {
    const booking = await booked(t);
    await t.run('sendOutbox');
    const changes = Array.from({ length: 20 }, (_, i) => {
      // Each to another time: moving to where it is already is no change, and nobody knows their order.
      const start = WEDNESDAY_TEN + Math.floor(i / 10) * 24 * HOUR + (i % 10) * 30 * MINUTE;
      return t.app.moveBooking({ bookingId: booking.id, start, who: aReceptionist(`R${i % 2}`) });
    });
    await Promise.all(changes);
    await t.run('sendOutbox');
    // Nobody sent a mail meanwhile: only the last state goes out. Each change wrote its own.
    expect(await calendarMails()).toEqual(['REQUEST 0', 'REQUEST 20']);
    const rows = (await t.everything()).outbox as { recipient: string; sequence: number }[];
    const sequences = rows.filter(({ recipient }) => recipient === 'client').map(({ sequence }) => sequence);
    expect(sequences.sort((a, b) => a - b)).toEqual(Array.from({ length: 21 }, (_, i) => i));
    expect((await t.storage.bookings.find(booking.id))?.sequence).toBe(20);
  });

  it('repeats a message byte for byte, also when nobody knows whether the first arrived (assertion 9)', async () => {
    await booked(t);
    peer.behave('drop', KIM);
    await t.run('sendOutbox');
    peer.behave('accept');
    t.clock.advance(HOUR);
    await t.run('sendOutbox');
    const [lost] = peer.unacknowledged;
    expect(lost?.raw.length).toBeGreaterThan(1000);
    expect(toKim().map(({ raw }) => raw.equals(lost?.raw ?? Buffer.alloc(0)))).toEqual([true]);
  });

  it('never sends a later message while an earlier one to the same person waits (assertion 23)', async () => {
    const booking = await booked(t);
    peer.behave(451, KIM);
    await t.run('sendOutbox');
    await t.app.moveBooking({ bookingId: booking.id, start: WEDNESDAY_TEN, who: staff });
    await t.run('sendOutbox');
    expect(toKim()).toEqual([]);
    expect(toStaff()).toHaveLength(2);
    peer.behave('accept');
    t.clock.advance(MINUTE);
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['REQUEST 0', 'REQUEST 1']);
  });

  it('sends neither calendar mail if the cancellation overtakes an invitation that nobody tried to send (assertion 23)', async () => {
    const booking = await booked(t);
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client });
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['plain']);
  });

  it('sends the CANCEL if sending the invitation was tried, because it may have arrived', async () => {
    const booking = await booked(t);
    peer.behave('drop', KIM);
    await t.run('sendOutbox');
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client });
    peer.behave('accept');
    t.clock.advance(HOUR);
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['REQUEST 0', 'CANCEL 1']);
  });

  it('invites again when a cancellation is undone, with a SEQUENCE above that of the CANCEL', async () => {
    const booking = await booked(t);
    await t.run('sendOutbox');
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client });
    await t.run('sendOutbox');
    await t.app.restoreBooking({ bookingId: booking.id, who: client });
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['REQUEST 0', 'CANCEL 1', 'REQUEST 2']);
    const last = await simpleParser(toKim().at(-1)?.raw ?? '');
    expect(last.subject).toBe('Going ahead: your consultation on Tuesday, 1 December 2026, 09:00 · Expat Service Desk');
    const file =
      last.attachments.find(({ contentType }) => contentType === 'application/ics')?.content.toString() ?? '';
    expect(file).toContain(`UID:${booking.uid}\r\n`);
    expect(file).toContain('STATUS:CONFIRMED\r\n');
    expect(toStaff()).toHaveLength(3);
  });

  it('sends no CANCEL that was undone before sending it was tried (assertion 23)', async () => {
    const booking = await booked(t);
    await t.run('sendOutbox');
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client });
    await t.app.restoreBooking({ bookingId: booking.id, who: client });
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['REQUEST 0', 'REQUEST 2']);
  });

  it('sends one invitation for a booking that was cancelled and restored before any mail was sent, and nothing about either', async () => {
    const booking = await booked(t);
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client });
    await t.app.restoreBooking({ bookingId: booking.id, who: staff });
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['REQUEST 2']);
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client });
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['REQUEST 2', 'CANCEL 3']);
  });

  it('keeps the order of a CANCEL that may have arrived and the invitation after it', async () => {
    const booking = await booked(t);
    await t.run('sendOutbox');
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client });
    peer.behave('drop', KIM);
    await t.run('sendOutbox');
    await t.app.restoreBooking({ bookingId: booking.id, who: client });
    peer.behave('accept');
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['REQUEST 0']);
    t.clock.advance(HOUR);
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['REQUEST 0', 'CANCEL 1', 'REQUEST 2']);
  });

  it('confirms a booking that was moved before any mail was sent as it is now, and tells the advisor once', async () => {
    const booking = await booked(t);
    await t.app.moveBooking({ bookingId: booking.id, start: WEDNESDAY_TEN, who: staff });
    await t.run('sendOutbox');
    const subjects = peer.received.map(({ raw }) => simpleParser(raw).then(({ subject }) => subject));
    expect(await Promise.all(subjects)).toEqual([
      'Your consultation on Wednesday, 2 December 2026, 10:00 · Expat Service Desk',
      'Neuer Termin: Mittwoch, 2. Dezember 2026, 10:00 Uhr',
    ]);
    expect(await calendarMails()).toEqual(['REQUEST 1']);
  });

  it('tells no advisor of a booking that was made and cancelled before any mail was sent', async () => {
    const booking = await booked(t);
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client });
    await t.run('sendOutbox');
    expect(toStaff()).toEqual([]);
    expect(await calendarMails()).toEqual(['plain']);
  });

  it('tells of one move from the known state to the present one, however often it was moved and by whom', async () => {
    const booking = await booked(t);
    await t.run('sendOutbox');
    for (const hours of [0, 1, 2])
      await t.app.moveBooking({ bookingId: booking.id, start: WEDNESDAY_TEN + hours * HOUR, who: staff });
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['REQUEST 0', 'REQUEST 3']);
    expect(toStaff()).toHaveLength(2);
    const { text = '' } = await simpleParser(toKim().at(-1)?.raw ?? '');
    expect(text).toContain('Tuesday, 1 December 2026, 09:00');
    expect(text).not.toContain('10:00');
    expect(text).toContain('12:00');
  });

  it('tells nothing of a booking that was moved and moved back before any mail was sent', async () => {
    const booking = await booked(t);
    await t.run('sendOutbox');
    for (const start of [WEDNESDAY_TEN, booking.time.start])
      await t.app.moveBooking({ bookingId: booking.id, start, who: staff });
    await t.run('sendOutbox');
    expect(peer.received).toHaveLength(2);
  });

  it('tells both advisors of the last state if one of them was told of the state before', async () => {
    const advisors = ['a1', 'a2'].map((id) => anAdvisor({ id, email: `${id}@expat-desk.example` }));
    const other = await testApp({ mailer, desks: [aDesk({ advisors })] });
    const { id: bookingId, time, advisorId: first } = await booked(other);
    const second = first === 'a1' ? 'a2' : 'a1';
    await other.run('sendOutbox');
    peer.behave(451, `${first}@expat-desk.example`);
    await other.app.moveBooking({ bookingId, start: time.start, advisorId: second, who: staff });
    await other.run('sendOutbox');
    await other.app.moveBooking({ bookingId, start: time.start, advisorId: first, who: staff });
    peer.behave('accept');
    other.clock.advance(HOUR);
    for (let i = 0; i < 2; i++) await other.run('sendOutbox');
    const subjects = await Promise.all(
      toStaff().map(async ({ to, raw }) => `${to}: ${(await simpleParser(raw)).subject?.split(':')[0]}`),
    );
    await other.close();
    expect(subjects.sort()).toEqual(
      [
        ...[`${first}@expat-desk.example: Neuer Termin`, `${second}@expat-desk.example: Termin übernommen`],
        ...[`${first}@expat-desk.example: Termin abgegeben`, `${second}@expat-desk.example: Termin abgegeben`],
        `${first}@expat-desk.example: Termin übernommen`,
      ].sort(),
    );
  });

  it('keeps a manage link that was requested, whatever is withdrawn', async () => {
    const booking = await booked(t);
    await t.app.sendManageLink({ deskId: 'expat-desk', reference: booking.reference, email: KIM, who: CLIENT });
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client });
    await t.app.restoreBooking({ bookingId: booking.id, who: client });
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['plain', 'REQUEST 2']);
  });

  it('waits 1, 5, 15, 60 minutes and then 4 hours, and gives up after 4 days', () => {
    const waits = [1, 2, 3, 4, 5, 6].map((attempts) => ((nextAttempt(attempts, NOW, NOW) ?? 0) - NOW) / MINUTE);
    expect(waits).toEqual([1, 5, 15, 60, 240, 240]);
    expect(nextAttempt(30, NOW, NOW + 4 * 24 * HOUR)).toBeNull();
  });

  it('sends all waiting mails as soon as the server is back, however long it was away', async () => {
    const booking = await booked(t);
    peer.behave('silent');
    for (let minutes = 0; minutes < 120; minutes += 30) {
      await t.run('sendOutbox');
      t.clock.advance(30 * MINUTE);
    }
    await t.app.moveBooking({ bookingId: booking.id, start: WEDNESDAY_TEN, who: client });
    await t.run('sendOutbox');
    peer.behave('accept');
    t.clock.advance(MINUTE);
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['REQUEST 1']);
    expect(toStaff()).toHaveLength(1);
  });

  it('tries an unreachable server once a minute, however many messages wait', async () => {
    const nobody = smtpMailer(await nobodyAtSmtp());
    const lonely = await testApp({ mailer: nobody });
    for (let i = 0; i < 3; i++) await booked(lonely, { start: WEDNESDAY_TEN + i * HOUR });
    expect(await lonely.run('sendOutbox')).toEqual({ sent: 0, postponed: 1, failed: 0 });
    lonely.clock.advance(MINUTE - 1);
    expect(await lonely.run('sendOutbox')).toEqual({ sent: 0, postponed: 0, failed: 0 });
    lonely.clock.advance(1);
    expect(await lonely.run('sendOutbox')).toEqual({ sent: 0, postponed: 1, failed: 0 });
    nobody.close();
    await lonely.close();
  });

  it('withdraws an invitation that only an unreachable server kept back, because nobody got it', async () => {
    const booking = await booked(t);
    peer.behave('silent');
    await t.run('sendOutbox');
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client });
    peer.behave('accept');
    t.clock.advance(MINUTE);
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['plain']);
  });

  it('sends to everybody else while one recipient keeps the server busy', async () => {
    const patient = smtpMailer(peer.url, { socket: 10_000 });
    const other = await testApp({ mailer: patient });
    await booked(other);
    peer.behave('hang', KIM);
    const run = other.run('sendOutbox');
    await until(() => peer.unacknowledged.length === 1);
    const late = aClient({ email: 'late@client.example' });
    await booked(other, { start: WEDNESDAY_TEN, details: { ...aRequest().details, client: late } });
    await until(() => peer.received.length === 3);
    peer.breakOff();
    await run;
    patient.close();
    await other.close();
    expect(peer.received.map(({ to: [to] }) => to).sort()).toEqual([
      'a1@expat-desk.example',
      'a1@expat-desk.example',
      'late@client.example',
    ]);
  });

  it('does not delay a message further because the clock was set back', async () => {
    await booked(t);
    peer.behave(451, KIM);
    await t.run('sendOutbox');
    peer.behave('accept');
    t.clock.advance(-2 * HOUR);
    await t.run('sendOutbox');
    expect(toKim()).toHaveLength(1);
  });

  it.each([550, { data: 554 }])('turns a permanent refusal (%p) into a task for reception at once', async (code) => {
    const booking = await booked(t);
    peer.behave(code, KIM);
    await t.run('sendOutbox');
    expect(await t.storage.tasks.open('expat-desk')).toMatchObject([{ bookingId: booking.id, kind: 'mail_failed' }]);
    peer.behave('accept');
    t.clock.advance(HOUR);
    await t.run('sendOutbox');
    expect(toKim()).toEqual([]);
    const [task] = await t.storage.tasks.open('expat-desk');
    await t.storage.write(({ tasks }) => tasks.done('expat-desk', task?.id ?? '', 'Empfang', t.clock.now()));
    expect(await t.storage.tasks.open('expat-desk')).toEqual([]);
  });

  it('turns a refusal of the sender into one task at once, and sends the mail once the server accepts the sender', async () => {
    const booking = await booked(t);
    const open = async () => (await t.storage.tasks.open('expat-desk')).map(({ kind }) => kind);
    peer.behave({ mailFrom: 553 });
    await t.run('sendOutbox');
    expect(await open()).toEqual(['mail_failed']);
    await t.storage.write(({ tasks }) => tasks.doneOf(booking.id, 'mail_failed', 'Empfang', t.clock.now()));
    t.clock.advance(MINUTE);
    await t.run('sendOutbox');
    expect(await open()).toEqual([]);
    peer.behave('accept');
    t.clock.advance(HOUR);
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['REQUEST 0']);
  });

  it('closes the task when the mail is sent after all', async () => {
    await booked(t);
    peer.behave({ mailFrom: 550 });
    await t.run('sendOutbox');
    peer.behave('accept');
    t.clock.advance(HOUR);
    await t.run('sendOutbox');
    expect(await t.storage.tasks.open('expat-desk')).toEqual([]);
  });

  it('uses the present sender in the envelope, whatever it was when the mail was written', async () => {
    await booked(t);
    const now = 'termine@city.example';
    const jobs = schedule({
      ...t.deps,
      writeMail: t.writeMail,
      mailer,
      returnPath: () => now,
      watchZoneData: async () => {},
    });
    await jobs.find(({ name }) => name === 'sendOutbox')?.run(new AbortController().signal);
    expect(toKim().map(({ from }) => from)).toEqual([now]);
    const { from, headers } = await simpleParser(toKim()[0]?.raw ?? '');
    expect(from?.value[0]?.address).toBe('beratung@expat-desk.example');
    // RFC 5322 §3.6.2.
    expect(headers.get('sender')).toMatchObject({ value: [{ address: now }] });
  });

  it('dates a mail by the first attempt that reached the server, and keeps DTSTAMP', async () => {
    await booked(t);
    peer.behave('silent');
    await t.run('sendOutbox');
    peer.behave(451, KIM);
    t.clock.advance(2 * HOUR);
    await t.run('sendOutbox');
    peer.behave('accept');
    t.clock.advance(HOUR);
    await t.run('sendOutbox');
    const mail = await simpleParser(toKim()[0]?.raw ?? '');
    expect(mail.date?.getTime()).toBe(NOW + 2 * HOUR);
    const file = mail.attachments.at(-1)?.content.toString();
    expect(file).toContain('DTSTAMP:20261124T090000Z');
  });

  it('sends a message again whose sending process died', async () => {
    await booked(t);
    await t.write();
    await t.storage.write(({ outbox }) => outbox.claim(t.clock.now(), 5 * MINUTE));
    await t.run('sendOutbox');
    expect(peer.received).toHaveLength(1);
    t.clock.advance(5 * MINUTE);
    await t.run('sendOutbox');
    expect(peer.received).toHaveLength(2);
  });

  it('mails the manage link only if reference and mail address belong together', async () => {
    const { reference } = await booked(t);
    const typed = reference.toLowerCase().replace('-', ' ');
    await t.app.sendManageLink({ deskId: 'expat-desk', reference, email: 'stranger@client.example', who: CLIENT });
    await t.app.sendManageLink({ deskId: 'expat-desk', reference: 'AAAA-AAAA', email: KIM, who: CLIENT });
    await t.app.sendManageLink({
      deskId: 'expat-desk',
      reference: typed,
      email: ` ${KIM.toUpperCase()} `,
      who: CLIENT,
    });
    await t.run('sendOutbox');
    expect(await calendarMails()).toEqual(['REQUEST 0', 'plain']);
  });
});
