import { simpleParser } from 'mailparser';
import { openTasks } from '../../../src/app/staff/openTasks';
import type { Booking } from '../../../src/domain/booking/booking';
import { HOUR } from '../../../src/domain/calendar/interval';
import { actorOf, CLIENT } from '../../../src/domain/staff/caller';
import { imapInbox } from '../../../src/mail/imap';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aDesk, aReceptionist } from '../../support/builders';
import { type Dovecot, dovecot, type Postbox } from '../../support/dovecot';
import { aBounce, aPersonsMail, aReply } from '../../support/incoming';

const KIM = 'kim@client.example';
const DAY = 24 * HOUR;
const staff = aReceptionist('Rezi Empfang');

let server: Dovecot | null;
let box: Postbox;
let t: TestApp;
let count = 0;
beforeAll(async () => {
  server = await dovecot();
});
afterAll(() => server?.close());
beforeEach(async () => {
  if (!server) return;
  box = server.postbox(`desk${++count}`);
  t = await testApp({ inbox: imapInbox(box.url, { startTls: 'never' }) });
});
afterEach(() => server && t.close());

/** A test against a real IMAP server; without one it does nothing, which a warning has said. */
const onServer = (title: string, test: () => Promise<void>) => it(title, async () => void (server && (await test())));

const read = () => t.run('readMailbox');
const tasks = async () => (await openTasks(t.storage, aDesk(), t.clock.now())).map(({ kind }) => kind);
const questions = async (booking: Booking) =>
  (await t.outbox(booking.id)).filter(({ kind }) => kind === 'declined' || kind === 'countered');
const now = async (booking: Booking) => t.storage.bookings.find(booking.id);

async function confirmed(): Promise<Booking> {
  const booking = await booked(t);
  await t.run('sendOutbox');
  return booking;
}

/** The Message-ID of the client's confirmation. */
async function messageIdOf(booking: Booking): Promise<string> {
  return `<${booking.uid}.0.booked@${booking.organizer.split('@')[1]}>`;
}

describe('A reply of a calendar', () => {
  onServer('that accepts is noted, and leaves the inbox without being marked as read', async () => {
    const booking = await confirmed();
    await box.deliver(aReply({ uid: booking.uid, attendee: KIM, partstat: 'ACCEPTED' }));
    await read();
    expect(await t.storage.replies.ofBooking(booking.id)).toMatchObject([
      { partstat: 'ACCEPTED', sequence: 0, reader: 'client' },
    ]);
    expect(await box.list()).toEqual([]);
    expect(await box.list('Sprechstunde')).toMatchObject([{ isSeen: false }]);
    expect(await tasks()).toEqual([]);
  });

  onServer('that declines cancels nothing: the client is asked once, and staff see it', async () => {
    const booking = await confirmed();
    await box.deliver(aReply({ uid: booking.uid, attendee: KIM, partstat: 'DECLINED' }));
    await box.deliver(aReply({ uid: booking.uid, attendee: KIM, partstat: 'DECLINED', stamp: '20261124T101000Z' }));
    await read();
    await read();
    expect((await now(booking))?.status).toBe('confirmed');
    expect(await questions(booking)).toMatchObject([{ kind: 'declined', state: 'waiting' }]);
    expect(await tasks()).toEqual(['declined']);
    await t.run('sendOutbox');
    const mails = await t.mailbox.list();
    const question = mails.find(({ subject }) => /answer|antworten/i.test(subject));
    expect(question?.calendar).toBeNull();
    for (const page of ['cancel', 'keep', 'move']) expect(question?.text).toMatch(new RegExp(`/b/[\\w-]+/${page}\\b`));
  });

  onServer('that asks for another time offers the move', async () => {
    const booking = await confirmed();
    await box.deliver(aReply({ uid: booking.uid, attendee: KIM, partstat: 'DECLINED', method: 'COUNTER' }));
    await read();
    expect(await questions(booking)).toMatchObject([{ kind: 'countered' }]);
    expect(await tasks()).toEqual(['declined']);
  });

  onServer('is settled by "no", by a later acceptance, by a cancellation and by a move', async () => {
    const declined = async (partstat = 'DECLINED', stamp = '20261124T100000Z') => {
      await box.deliver(aReply({ uid: booking.uid, attendee: KIM, partstat, stamp }));
      await read();
    };
    const booking = await confirmed();
    await declined();
    await t.app.keepBooking(booking.id);
    expect(await tasks()).toEqual([]);
    expect((await t.storage.bookings.history(booking.id)).map(({ type }) => type)).toEqual(['booked', 'kept']);
    expect((await now(booking))?.status).toBe('confirmed');

    await declined('DECLINED', '20261124T110000Z');
    expect(await tasks()).toEqual(['declined']);
    await declined('ACCEPTED', '20261124T120000Z');
    expect(await tasks()).toEqual([]);

    await declined('DECLINED', '20261124T130000Z');
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: CLIENT });
    expect(await tasks()).toEqual([]);
    expect(actorOf(CLIENT).kind).toBe('client');
  });

  onServer('of a stranger, to an unknown booking, or to an invitation of the past is ignored', async () => {
    const booking = await confirmed();
    await t.app.moveBooking({
      ...{ bookingId: booking.id, start: booking.time.start + DAY, who: staff },
      ...{ advisorId: undefined, reason: null },
    });
    await box.deliver(aReply({ uid: booking.uid, attendee: KIM, partstat: 'DECLINED', sequence: 0 }));
    await box.deliver(aReply({ uid: booking.uid, attendee: 'mallory@client.example', partstat: 'DECLINED' }));
    await box.deliver(aReply({ uid: '00000000-0000-4000-8000-000000000000', attendee: KIM, partstat: 'DECLINED' }));
    await read();
    expect(await tasks()).toEqual([]);
    expect(await questions(booking)).toEqual([]);
    expect((await t.storage.replies.ofBooking(booking.id)).map(({ sequence }) => sequence)).toEqual([0]);
    expect(await box.list()).toMatchObject([{ isSeen: false }, { isSeen: false }]);
  });
});

describe('A report of a mail that was not delivered', () => {
  onServer('becomes a task if the address is wrong, which is done once another address is told', async () => {
    const booking = await confirmed();
    await box.deliver(
      aBounce({ messageId: await messageIdOf(booking), to: KIM, status: '5.1.1', says: 'User unknown' }),
    );
    await read();
    expect(await tasks()).toEqual(['mail_failed']);
    const [mail] = (await t.outbox(booking.id)).filter(({ recipient }) => recipient === 'client');
    expect(mail?.bounced).toMatchObject({ hard: true, status: '5.1.1', reason: 'address_unknown' });
    expect(await box.list()).toEqual([]);

    const correction = { client: { email: 'kim.probe@client.example' } };
    await t.app.correctBooking({ bookingId: booking.id, correction, who: staff });
    expect(await tasks()).toEqual(['mail_failed']);
    t.clock.advance(HOUR);
    await t.run('sendOutbox');
    expect(await tasks()).toEqual([]);
  });

  onServer('waits if the address may be right, for a day or until it happens again', async () => {
    const booking = await confirmed();
    const messageId = await messageIdOf(booking);
    await box.deliver(aBounce({ messageId, to: KIM, status: '5.2.2', says: 'Mailbox full' }));
    await read();
    expect(await tasks()).toEqual([]);
    t.clock.advance(DAY);
    await read();
    await read();
    expect(await tasks()).toEqual(['mail_failed']);
  });

  onServer('without the mail that it is about is taken for the last one to the address', async () => {
    await confirmed();
    await box.deliver(
      aBounce({ messageId: '<other@elsewhere.example>', to: KIM, status: '5.1.1', says: 'User unknown' }),
    );
    await box.deliver(
      aBounce({ messageId: '<x@y.example>', to: 'nobody@a.example', status: '5.1.1', says: 'unknown' }),
    );
    await read();
    expect(await tasks()).toEqual(['mail_failed']);
    expect(await box.list()).toHaveLength(1);
  });
});

describe('A mail of a person', () => {
  onServer('stays as it is, and is linked at the booking whose thread it answers', async () => {
    const booking = await confirmed();
    await box.deliver(aPersonsMail({ from: KIM, inReplyTo: await messageIdOf(booking) }));
    await box.deliver(aPersonsMail({ from: 'somebody@client.example' }));
    await box.deliver('not a mail at all');
    await read();
    expect(await box.list()).toMatchObject([{ isSeen: false }, { isSeen: false }, { isSeen: false }]);
    expect(await t.storage.replies.ofBooking(booking.id)).toMatchObject([{ partstat: null }]);
  });
});

describe('Whatever happens meanwhile, no reply is lost and none counts twice', () => {
  onServer('if the process ends before the mail has left the inbox', async () => {
    const booking = await confirmed();
    await box.deliver(aReply({ uid: booking.uid, attendee: KIM, partstat: 'DECLINED' }));
    const killed = await testApp({
      databaseUrl: t.databaseUrl,
      desks: [],
      inbox: brokenAfterNoting(box.url),
    });
    await killed.run('readMailbox').catch(() => {});
    await killed.close();
    expect(await box.list()).toHaveLength(1);
    await t.app.keepBooking(booking.id);
    await read();
    expect(await box.list()).toEqual([]);
    expect(await tasks()).toEqual([]);
    expect(await questions(booking)).toHaveLength(1);
  });

  onServer('if two processes read at the same time', async () => {
    const booking = await confirmed();
    for (const hour of ['10', '11', '12'])
      await box.deliver(
        aReply({ uid: booking.uid, attendee: KIM, partstat: 'DECLINED', stamp: `20261124T${hour}0000Z` }),
      );
    await Promise.all([read(), read(), read()]);
    await read();
    expect(await t.storage.replies.ofBooking(booking.id)).toHaveLength(3);
    expect(await questions(booking)).toHaveLength(1);
    expect(await box.list()).toEqual([]);
    expect(await box.list('Sprechstunde')).toHaveLength(3);
  });

  onServer('if somebody puts the mails back into the inbox', async () => {
    const booking = await confirmed();
    await box.deliver(aReply({ uid: booking.uid, attendee: KIM, partstat: 'DECLINED' }));
    await read();
    await t.app.keepBooking(booking.id);
    await box.putBack('Sprechstunde');
    await read();
    expect(await t.storage.replies.ofBooking(booking.id)).toHaveLength(1);
    expect(await tasks()).toEqual([]);
    expect(await box.list()).toEqual([]);
  });

  onServer('if the mailbox is away for an hour and the clock jumps', async () => {
    const booking = await confirmed();
    await box.deliver(aReply({ uid: booking.uid, attendee: KIM, partstat: 'DECLINED' }));
    await server?.stop();
    for (let minute = 0; minute < 60; minute += 5) {
      await read();
      t.clock.advance(5 * 60_000);
    }
    expect(await t.storage.mailboxes.list()).toMatchObject([{ failing: { why: 'unreachable' } }]);
    await server?.start();
    t.clock.advance(DAY);
    await read();
    expect(await tasks()).toEqual(['declined']);
    expect(await t.storage.mailboxes.list()).toMatchObject([{ failing: null }]);
    t.clock.advance(-DAY);
    await read();
    expect(await questions(booking)).toHaveLength(1);
  });
});

/** A mailbox whose connection breaks when mails are to leave the inbox. */
function brokenAfterNoting(url: string): ReturnType<typeof imapInbox> {
  const inbox = imapInbox(url, { startTls: 'never' });
  return {
    ...inbox,
    open: (work) =>
      inbox.open((open) => work({ ...open, file: () => Promise.reject(new Error('the process was killed')) })),
  };
}

it('The mails of these tests are what programs write', async () => {
  const { attachments } = await simpleParser(aReply({ uid: 'x', attendee: KIM, partstat: 'DECLINED' }));
  expect(attachments.map(({ contentType }) => contentType)).toEqual(['text/calendar']);
});
