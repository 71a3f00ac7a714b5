import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { simpleParser } from 'mailparser';
import { writeOutbox } from '../../../src/app/notifications/writeOutbox';
import type { WriteMail } from '../../../src/app/ports/mailWriter';
import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import type { MailFacts } from '../../../src/domain/notifications/mailFacts';
import { schedule } from '../../../src/jobs/schedule';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aDesk, anAdvisor, aTopic, NOW, TUESDAY_NINE } from '../../support/builders';
import { openUrl } from '../../support/databases';
import { aMessage } from '../../support/mails';

let t: TestApp;
const open: TestApp[] = [];
const anApp = async (options: Parameters<typeof testApp>[0] = {}) => {
  const app = await testApp(options);
  open.push(app);
  return app;
};
beforeEach(async () => {
  t = await anApp();
});
afterEach(async () => {
  // The last one opened may use the database of the first.
  for (const app of open.splice(0).reverse()) await app.close();
});

interface Row {
  readonly id: number;
  readonly state: string;
  readonly booking_id: string;
  readonly recipient: string;
  readonly content: string | null;
  readonly facts_json: string | null;
}

const rows = async (app = t) => ((await app.everything()).outbox as Row[]).sort((a, b) => a.id - b.id);
const contents = async (app = t) => (await rows(app)).map(({ content }) => content);
const sha256 = (text: string | null) =>
  createHash('sha256')
    .update(text ?? '')
    .digest('hex');
const BROKEN = 'a defect of the writer';
/** The job with another writer of mails. */
const sendWith = (writeMail: WriteMail) => {
  const jobs = schedule({
    ...t.deps,
    writeMail,
    mailer: t.mailbox,
    returnPath: ({ email }) => email,
    watchZoneData: async () => {},
  });
  return jobs.find(({ name }) => name === 'sendOutbox')?.run(new AbortController().signal);
};
const openTasks = async () => (await t.storage.tasks.open('expat-desk')).map(({ bookingId }) => bookingId);

describe('A mail of the outbox', () => {
  it('is only facts after the booking, and is written before its first attempt', async () => {
    await booked(t);
    for (const row of await rows()) {
      expect(row.content).toBeNull();
      expect(JSON.parse(row.facts_json ?? '')).toMatchObject({ shape: 1, recipient: row.recipient, stamp: NOW });
    }
    expect(await t.write()).toEqual({ written: 2, defects: [] });
    const written = await contents();
    await t.run('sendOutbox');
    expect(await contents()).toEqual(written);
    const arrived = await Promise.all((await t.mailbox.list()).map(({ id }) => t.mailbox.raw(id)));
    for (const content of written) expect(arrived.some((raw) => raw?.toString().endsWith(content ?? '-'))).toBe(true);
  });

  it('is sent as it was stored, whatever the program would write now', async () => {
    await booked(t);
    await t.write();
    await sendWith(() => 'another mail');
    expect(await t.mailbox.list()).toHaveLength(2);
    for (const { subject } of await t.mailbox.list()) expect(subject).toMatch(/^(Your consultation|Neuer Termin)/);
  });

  it('is the same bytes when it is written again, after desk, booking and clock have changed', async () => {
    const { id } = await booked(t);
    const facts = (await rows()).map(({ facts_json }) => JSON.parse(facts_json ?? '') as MailFacts);
    const before = facts.map(t.writeMail);
    t.clock.advance(36 * HOUR);
    const changed = aDesk({
      name: { en: 'Renamed Desk' },
      address: 'Elsewhere 2',
      phone: '+49 211 1111111',
      email: 'renamed@expat-desk.example',
      topics: [aTopic({ name: { en: 'Another topic' }, bring: null })],
      advisors: ['a1', 'a2', 'a3'].map((each) =>
        anAdvisor({ id: each, name: 'Renamed', email: `${each}@new.example` }),
      ),
    });
    await t.storage.write(({ desks }) => desks.replace(changed));
    const later = await anApp({
      databaseUrl: t.databaseUrl,
      desks: [],
      now: t.clock.now(),
      baseUrl: 'https://new.example',
    });
    await later.storage.write(async ({ bookings }) => {
      const booking = await bookings.find(id);
      if (booking) await bookings.save({ ...booking, version: booking.version + 1, attendees: 7 });
    });
    await later.write();
    expect(await contents(later)).toEqual(before);
  });

  it('is the same bytes in another process, in another zone and at another time', async () => {
    await booked(t);
    const program = join(__dirname, '../../support/printMails.ts');
    const at = NOW + 30 * HOUR;
    const args = ['--import', 'tsx', program, t.databaseUrl, String(at)];
    const env = { ...process.env, TZ: 'America/New_York' };
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: resolve(__dirname, '../../..'), env });
    await t.write();
    expect(JSON.parse(stdout)).toEqual((await contents()).map(sha256));
  });

  it('that an earlier version has written is sent with its words, dated by the attempt that it has had', async () => {
    await booked(t);
    const [client] = await rows();
    const message = { ...aMessage(), date: NOW - HOUR };
    const { db, storage } = await openUrl(t.databaseUrl, { now: NOW });
    await db
      .updateTable('outbox')
      .set({ facts_json: null, message_json: JSON.stringify(message), attempts: 1 })
      .where('id', '=', client?.id ?? 0)
      .execute();
    await storage.close();
    await t.run('sendOutbox');
    const mail = (await t.mailbox.list()).find(({ subject }) => subject === message.subject);
    expect(mail).toMatchObject({ html: message.html, date: new Date(NOW - HOUR).toISOString() });
    expect(mail?.text.trim()).toBe(message.text.trim());
  });
});

describe('Writing the outbox', () => {
  it('gives others their turn before each mail, and writes none twice', async () => {
    const order: string[] = [];
    const write = writeOutbox({
      ...t.deps,
      turn: async () => void order.push('turn'),
      writeMail: (from) => {
        order.push(from.recipient);
        return t.writeMail(from);
      },
    });
    await booked(t);
    await write();
    await write();
    expect(order).toEqual(['turn', 'client', 'turn', 'staff']);
  });

  it('writes no mail that is held, withdrawn or paused', async () => {
    const { id } = await booked(t);
    await t.app.cancelBooking({ bookingId: id, reason: null, who: { kind: 'client' } });
    await t.write();
    expect((await rows()).filter(({ content }) => content !== null).map(({ state }) => state)).toEqual(['waiting']);
    await booked(t, { start: TUESDAY_NINE.start + HOUR });
    await t.storage.write(({ outbox }) => outbox.pause('a restore', NOW));
    expect(await t.write()).toEqual({ written: 0, defects: [] });
  });

  it('sends all other mails if one cannot be written, and tells reception of it once', async () => {
    const broken = await booked(t);
    await booked(t, { start: TUESDAY_NINE.start + HOUR });
    const writeMail: WriteMail = (from) => {
      if ('shape' in from && 'booking' in from && from.booking.id === broken.id && from.recipient === 'client')
        throw new Error(BROKEN);
      return t.writeMail(from);
    };
    await expect(sendWith(writeMail)).rejects.toThrow(BROKEN);
    expect((await rows()).map(({ state }) => state)).toEqual(['waiting', 'sent', 'sent', 'sent']);
    expect(await openTasks()).toEqual([broken.id]);

    await t.storage.write(({ tasks }) => tasks.doneOf(broken.id, 'mail_failed', 'Empfang', NOW));
    t.clock.advance(MINUTE - 1);
    await sendWith(writeMail);
    t.clock.advance(1);
    await expect(sendWith(writeMail)).rejects.toThrow(BROKEN);
    expect(await openTasks()).toEqual([]);

    t.clock.advance(4 * DAY);
    await expect(sendWith(writeMail)).rejects.toThrow(BROKEN);
    await sendWith(writeMail);
    expect((await rows())[0]?.state).toBe('failed');
  });

  it('sends a mail once the defect is corrected, and closes the task', async () => {
    const { id } = await booked(t);
    await expect(
      sendWith(() => {
        throw new Error(BROKEN);
      }),
    ).rejects.toThrow(BROKEN);
    expect(await openTasks()).toEqual([id]);
    t.clock.advance(MINUTE);
    await t.run('sendOutbox');
    expect((await rows()).map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(await openTasks()).toEqual([]);
    const [mail] = await t.mailbox.list();
    const raw = (await t.mailbox.raw(mail?.id ?? '')) ?? '';
    expect((await simpleParser(raw)).date?.getTime()).toBe(NOW + MINUTE);
  });

  it('treats facts of a shape that it does not know as a mail that cannot be written', async () => {
    const { id } = await booked(t);
    const [client] = await rows();
    const facts = { ...JSON.parse(client?.facts_json ?? ''), shape: 99, messageId: '<99@expat-desk.example>' };
    await t.storage.write(({ outbox }) =>
      outbox.queue({ deskId: 'expat-desk', bookingId: id, sequence: 0, facts, now: NOW }),
    );
    const { written, defects } = await t.write();
    expect([written, defects.map(String)]).toEqual([2, ['Error: mail facts of the unknown shape 99']]);
  });
});
