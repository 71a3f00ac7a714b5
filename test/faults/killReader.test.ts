import { type AddressInfo, connect, createServer } from 'node:net';
import { addDays, DAY } from '../../src/domain/calendar/dates';
import { localDate, localTime, toInstant } from '../../src/domain/calendar/zone';
import { SECRET, testApp } from '../support/app';
import { booked } from '../support/bookings';
import { aClient, aDesk, anAdvisor } from '../support/builders';
import { openUrl } from '../support/databases';
import { type Dovecot, dovecot } from '../support/dovecot';
import { aReply } from '../support/incoming';
import { until } from '../support/program';
import { smtpPeer } from '../support/smtpPeer';
import { waits } from '../support/waiting';
import { client } from './support/client';
import type { Place } from './support/databases';
import { outboxEmpty } from './support/mails';
import { freePort, type Running, startProgram } from './support/program';
import { report } from './support/report';
import { suite } from './support/suite';

const here = suite();

const ZONE = 'Europe/Berlin';
const MINUTE_MS = 60_000;

let server: Dovecot | null;
beforeAll(async () => {
  server = await dovecot();
});
afterAll(() => server?.close());

describe('A program that is killed while it reads its mailbox, reminds and offers', () => {
  it('does each of them once, and so do two at once', async () => {
    if (!server) return void process.stdout.write('left out: no Dovecot here\n');
    for (const place of await here.places('reader')) await killed(place, server);
  }, 600_000);
});

async function killed(place: Place, { postbox }: Dovecot): Promise<void> {
  const { first, cancelToken } = await twoDaysAgo(place);
  const [box, smtp] = [postbox(place.kind), await smtpPeer()];
  const line = await imapLine(box.url);
  const { db, storage } = await openUrl(place.url, { now: Date.now() });
  const [port, other] = [await freePort(), await freePort()];
  const start = async (at = port): Promise<Running> => {
    const program = startProgram({ databaseUrl: place.url, smtpUrl: smtp.url, port: at, env: line.env });
    await program.ready();
    return program;
  };
  const has = (table: 'reminder' | 'booking_reply' | 'mailbox_filing', count: number) => async () =>
    (await db.selectFrom(table).selectAll().execute()).length === count;
  const killAt = async (command: RegExp) => {
    const asked = line.next(command);
    const program = await start();
    await asked;
    await program.kill();
  };

  // Whatever is written waits until the program was killed after it.
  await storage.atomically(({ outbox }) => outbox.pause('until the kills', Date.now()));
  await box.deliver(aReply({ uid: first.uid, attendee: first.client.email ?? '', partstat: 'DECLINED' }));
  await killAt(/UID FETCH/);
  expect(await has('booking_reply', 0)()).toBe(true);
  await killAt(/UID MOVE/);
  expect([await has('mailbox_filing', 1)(), (await box.list()).length]).toEqual([true, 1]);

  let both = await Promise.all([start(), start(other)]);
  await until('the mail is filed', async () => (await box.list('Sprechstunde')).length === 1);
  await until('the reminders are written', has('reminder', 2));
  expect((await client(both[1].origin).cancel(cancelToken)).status).toBe(200);
  await Promise.all(both.map((program) => program.kill()));

  both = await Promise.all([start(), start(other)]);
  // Offers are told by day.
  const told = { hold_until: null, next_at: Date.now() };
  await db.updateTable('outbox').set(told).where('kind', '=', 'waiting_offer').execute();
  await storage.atomically(({ outbox }) => outbox.resume());
  await outboxEmpty(place.url, { patient: false });
  expect(await Promise.all(both.map((program) => program.term()))).toEqual([0, 0]);

  const sent = await db.selectFrom('outbox').select(['kind', 'address']).where('state', '=', 'sent').execute();
  const toClients = sent.filter(({ address }) => address.endsWith('@client.example'));
  const mails = toClients.map(({ kind, address }) => `${address.split('@')[0]} ${kind}`).sort();
  report({
    fault: `${place.kind}: kill -9 between fetch and mark of a reply, and before the mails of reminders and offers`,
    tries: 4,
    doubled: mails.length - new Set(mails).size,
    mails: smtp.received.length,
    remarks: 'one reply, two reminders, one offer',
  });
  expect(mails).toEqual([
    'ana booked',
    'ana declined',
    'ana reminder',
    'bo booked',
    'bo cancelled',
    'cleo waiting_joined',
    'cleo waiting_offer',
  ]);
  expect([await has('booking_reply', 1)(), await box.list()]).toEqual([true, []]);
  await Promise.all([storage.close(), smtp.close(), line.close()]);
}

/**
 * Fills the desk's two starts of tomorrow, and lets somebody wait, so long ago that both clients have to be reminded
 * now.
 */
async function twoDaysAgo({ url }: Place) {
  const due = Date.now() - MINUTE_MS;
  const tomorrow = addDays(localDate(due, ZONE), 1);
  const at = localTime(due, ZONE).slice(0, 5);
  const app = await testApp({
    databaseUrl: url,
    now: due - 2 * DAY,
    desks: [
      aDesk({
        leadTimeMinutes: 0,
        reminders: [{ daysBefore: 1, at }],
        advisors: [anAdvisor()],
        hours: {
          timeZone: ZONE,
          holidays: null,
          rules: [{ rrule: 'FREQ=DAILY', start: '12:00', end: '13:00', from: tomorrow, until: addDays(tomorrow, 1) }],
          exceptions: [],
        },
      }),
    ],
    secret: SECRET,
  });
  const book = (name: string, time: '12:00' | '12:30') =>
    booked(app, {
      start: toInstant(tomorrow, time, ZONE, 'rfc5545'),
      details: {
        ...{ client: aClient({ name, email: `${name.toLowerCase()}@client.example` }), attendees: 1, onBehalfOf: null },
        ...{ people: [], support: [], note: null, answers: {} },
      },
    });
  const first = await book('Ana', '12:00');
  await book('Bo', '12:30');
  await waits(app, 'Cleo');
  await app.run('sendOutbox');
  const mail = (await app.mailbox.list()).find(({ to }) => to.includes('bo@'));
  const cancelToken = /\/b\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  await app.close();
  return { first, cancelToken };
}

/** A way to the mailbox on which a test hears what is asked, before the server does. */
async function imapLine(address: string) {
  const url = new URL(address);
  const behind = Number(url.port);
  let [command, heard]: [RegExp | null, () => void] = [null, () => {}];
  const line = createServer((near) => {
    const far = connect(behind, '127.0.0.1');
    for (const [from, onto] of [
      [near, far],
      [far, near],
    ] as const)
      from.on('error', () => {}).on('close', () => onto.destroy());
    far.pipe(near);
    near.on('data', (bytes) => {
      if (!command?.test(bytes.toString('latin1'))) return void far.write(bytes);
      command = null;
      heard();
    });
  });
  await new Promise<void>((done) => line.listen(0, '127.0.0.1', done));
  url.port = String((line.address() as AddressInfo).port);
  return {
    env: { IMAP_URL: url.href, SECRET },
    /** Resolves when such a command is asked next; the server never hears of it. */
    next: (wanted: RegExp) =>
      new Promise<void>((done) => {
        [command, heard] = [wanted, done];
      }),
    close: () => new Promise((done) => line.close(done)),
  };
}
