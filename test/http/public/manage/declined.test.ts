import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Booking } from '../../../../src/domain/booking/booking';
import { imapInbox } from '../../../../src/mail/imap';
import { type TestApp, testApp } from '../../../support/app';
import { aRequest, booked } from '../../../support/bookings';
import { aClient } from '../../../support/builders';
import { type Dovecot, dovecot, type Postbox } from '../../../support/dovecot';
import { foreign } from '../../../support/foreign';
import { aBounce } from '../../../support/incoming';
import { type Browser, signedInAs, wordsIn } from '../../../support/staff';
import { browse, textOf } from '../browser';

const REPLIES = foreign('replies');
/** What Thunderbird wrote when Taro, whose address this is, declined. */
const DECLINED = '0004.eml';
const TARO = 'c007@client.example';
const TASKS = '/staff/expat-desk/tasks';

let server: Dovecot | null;
let box: Postbox;
let app: TestApp;
let reception: Browser;
let count = 0;
beforeAll(async () => {
  server = await dovecot();
});
afterAll(() => server?.close());
beforeEach(async () => {
  if (!server) return;
  box = server.postbox(`pages${++count}`);
  app = await testApp({ inbox: imapInbox(box.url, { startTls: 'never' }) });
  reception = await signedInAs(app);
});
afterEach(() => server && app.close());

/** A test against a real IMAP server; without one it does nothing, which a warning has said. */
const onServer = (title: string, test: () => Promise<void>) => it(title, async () => void (server && (await test())));

const readBox = () => app.run('readMailbox');
const statusOf = async ({ id }: Booking) => (await app.storage.bookings.find(id))?.status;
const tasks = async () => wordsIn((await reception.get(`${TASKS}?lang=en`).expect(200)).text);
const timeline = async ({ id }: Booking) =>
  wordsIn((await reception.get(`/staff/bookings/${id}?lang=en`).expect(200)).text);

async function invited(): Promise<Booking> {
  const client = aClient({ email: TARO, phone: '0211 5550100' });
  const booking = await booked(app, { details: { ...aRequest().details, client } });
  await app.run('sendOutbox');
  return booking;
}

/** Thunderbird's own mail, as if it had been written about this booking. */
function declineOf({ uid, sequence }: Booking): string {
  return readFileSync(join(REPLIES ?? '', DECLINED), 'utf8')
    .replace(/^UID:.*$/gm, `UID:${uid}`)
    .replace(/^SEQUENCE:\d+/gm, `SEQUENCE:${sequence}`);
}

/** Lets the calendar decline. @returns the paths that the mail with the question leads to */
async function asked(booking: Booking): Promise<{ cancel: string; keep: string }> {
  await box.deliver(declineOf(booking));
  await readBox();
  await app.run('sendOutbox');
  const mail = (await app.mailbox.list()).find(({ subject }) => subject.startsWith('Please answer'));
  const path = (page: string) => new RegExp(`/b/[\\w-]+/${page}\\b`).exec(mail?.text ?? '')?.[0] ?? '';
  return { cancel: path('cancel'), keep: path('keep') };
}

(REPLIES ? describe : describe.skip)('A client whose Thunderbird has declined', () => {
  onServer('says "yes" by mail and page, and only then the appointment is cancelled', async () => {
    const booking = await invited();
    const { cancel } = await asked(booking);
    const client = browse(app);
    expect(await tasks()).toContain('The calendar declined or asked for another time');
    expect(await timeline(booking)).toContain('Calendar: declined');

    await client.get(cancel).expect(200);
    expect(await statusOf(booking)).toBe('confirmed');
    await client.post(cancel, { why: 'none' }).expect(303);
    expect(await statusOf(booking)).toBe('cancelled');
    expect(await tasks()).toContain('Nothing to do');
  });

  onServer('says "no", and comes', async () => {
    const booking = await invited();
    const { keep } = await asked(booking);
    const client = browse(app);

    const { headers } = await client.get(keep).expect(303);
    expect(textOf(await client.get(String(headers.location)).expect(200))).toContain('Are you coming?');
    expect(await tasks()).not.toContain('Nothing to do');
    const { headers: after } = await client.post(keep).expect(303);
    const page = textOf(await client.get(String(after.location)).expect(200));
    expect(page).not.toContain('Are you coming?');
    expect(await statusOf(booking)).toBe('confirmed');
    expect(await tasks()).toContain('Nothing to do');
  });
});

describe('A client whose mail came back', () => {
  onServer('is to be phoned, and staff read why', async () => {
    const booking = await invited();
    const messageId = `<${booking.uid}.0.booked@${booking.organizer.split('@')[1]}>`;
    await box.deliver(aBounce({ messageId, to: TARO, status: '5.1.1', says: 'User unknown' }));
    await readBox();

    const words = await tasks();
    for (const fact of ['Please phone', '+49 211 5550100', 'address does not exist']) expect(words).toContain(fact);
    expect(await timeline(booking)).toContain('address does not exist');
  });
});
